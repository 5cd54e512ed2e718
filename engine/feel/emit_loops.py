"""Closures for filters, `for`, `some` and `every`.

Items and lists may be UNKNOWN, and a list may still be open (`OpenList`). A filter that does not know
whether an item belongs is UNKNOWN as a whole; `some` and `every` stop at the first item that decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from engine.errors import worded
from engine.feel import tree
from engine.feel.check_forms import static_kind
from engine.feel.compare import disjunction, negation
from engine.feel.compiler import Compiler, Inner, emits, nested, turn_cost
from engine.feel.moments import day_of, number_of
from engine.feel.run import Code, Run, Scope
from engine.feel.unknown import UNKNOWN
from engine.feel.values import FarDate, OpenList, Range

_ITEM: Final = "item"


@emits(tree.Filter)
def selection(compiler: Compiler, expr: tree.Filter) -> Code:
    base = compiler.code(expr.base)
    with compiler.declaring(_ITEM):
        condition = compiler.code(expr.condition)
    fixed = _fixed_index(expr.condition)
    kind, cost = static_kind(expr.condition), turn_cost(expr.condition)

    def code(scope: Scope, run: Run) -> object:
        value = base(scope, run)
        if value is UNKNOWN:
            return UNKNOWN
        items = value if isinstance(value, list) else [] if value is None else [value]
        if fixed is not None:
            return _pick(items, fixed, run)
        run.spend(len(items) * cost)
        chosen = (
            _select(items, condition, scope, run) if items else _select_from_none(items, condition, kind, scope, run)
        )
        if kind == "boolean":
            return chosen
        if kind == "number" and type(chosen) is list:
            return run.null("A place in a list is a number.")
        return UNKNOWN if isinstance(items, OpenList) and isinstance(chosen, OpenList) else chosen

    return code


def _fixed_index(condition: tree.Expr) -> Decimal | None:
    sign = 1
    if isinstance(condition, tree.Negate):
        sign, condition = -1, condition.operand
    if isinstance(condition, tree.Literal) and isinstance(condition.value, Decimal):
        return condition.value.copy_negate() if sign < 0 else condition.value
    return None


def _pick(items: list[object], index: Decimal, run: Run) -> object:
    """The item at a place counted from 1, or from the end when negative."""
    if isinstance(items, OpenList) and not (index.is_finite() and 0 < index <= len(items)):
        return UNKNOWN
    size = len(items)
    if not index.is_finite() or index != index.to_integral_value() or not 1 <= index.copy_abs() <= size:
        return run.null(worded("This list of {size} has no such item.", size=size))
    return items[int(index) - 1 if index > 0 else int(index)]


def _select(items: list[object], condition: Code, scope: Scope, run: Run) -> object:
    kept: list[object] = []
    unknown = False
    for item in items:
        if item is UNKNOWN:
            unknown = True
            continue
        verdict = condition(_item_scope(item, scope), run)
        if verdict is True:
            kept.append(item)
        elif verdict is UNKNOWN:
            unknown = True
        elif type(verdict) is Decimal:
            if unknown:
                return UNKNOWN
            return _pick(items, verdict, run)
    if unknown:
        return UNKNOWN
    run.grow(len(kept))
    return type(items)(kept)


def _select_from_none(items: list[object], condition: Code, kind: str, scope: Scope, run: Run) -> object:
    """The same of an empty list: what is not known may be a place that it does not have."""
    if kind == "boolean":
        return type(items)()
    index = condition(nested(((_ITEM, None),), scope), run)
    if index is UNKNOWN:
        return UNKNOWN
    return _pick(items, index, run) if type(index) is Decimal else type(items)()


def _item_scope(item: object, scope: Scope) -> Inner:
    if type(item) is dict:
        local = Inner(item)
        local.parent = scope
        local.setdefault(_ITEM, item)
        return local
    return nested(((_ITEM, item),), scope)


Source = Callable[[Scope, Run], "Iterator[object] | None"]


class _Open(Exception):
    """The source of an iteration is a list that ended open."""


class _Unknown(Exception):
    """The source of an iteration is UNKNOWN."""


def _source(compiler: Compiler, iteration: tree.Iteration) -> Source:
    first = compiler.code(iteration.source)
    if iteration.until is None:
        return lambda scope, run: _items(first(scope, run), run)
    last = compiler.code(iteration.until)
    return lambda scope, run: _count(first(scope, run), last(scope, run), run)


def _items(value: object, run: Run) -> Iterator[object] | None:
    if value is UNKNOWN:
        raise _Unknown
    if isinstance(value, OpenList):
        return _open(value)
    if isinstance(value, list):
        return iter(value)
    if isinstance(value, Range):
        return counted(value, run)
    return run.null("A loop over null gives null.") if value is None else iter((value,))


def _open(items: OpenList) -> Iterator[object]:
    yield from items
    raise _Open


def counted(span: Range, run: Run) -> Iterator[object] | None:
    """The whole numbers or dates in a range; None, with a diagnostic, where nothing can be counted."""
    low, high = span.low, span.high
    items = _count(low, high, run)
    if items is None:
        return None
    dropped = ([] if span.low_closed else [low]) + ([] if span.high_closed else [high])
    return (item for item in items if item not in dropped)


def _count(first: object, last: object, run: Run) -> Iterator[object] | None:
    """`first..last`, up or down, numbers or dates."""
    if first is UNKNOWN or last is UNKNOWN:
        raise _Unknown
    if isinstance(first, Decimal) and isinstance(last, Decimal):
        whole = first.is_finite() and last.is_finite() and first == first.to_integral_value()
        if whole and abs(first) < 10**15 and abs(last) < 10**15 and last == last.to_integral_value():
            return map(Decimal, _between(int(first), int(last)))
    elif type(first) in (date, FarDate) and type(last) in (date, FarDate):
        assert isinstance(first, date | FarDate)
        assert isinstance(last, date | FarDate)
        return (day_of(number) for number in _between(number_of(first), number_of(last)))
    return run.null("A loop counts whole numbers or dates.")


def _between(first: int, last: int) -> range:
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)


def _sources(compiler: Compiler, iterations: tuple[tree.Iteration, ...], body: tree.Expr, *extra: str) -> _Loop:
    """Compiles sources and body, each seeing the variables before it."""
    names: list[str] = []
    sources: list[Source] = []
    for iteration in iterations:
        with compiler.declaring(*names):
            sources.append(_source(compiler, iteration))
        names.append(iteration.name)
    with compiler.declaring(*names, *extra):
        return _Loop(tuple(names), tuple(sources), compiler.code(body), turn_cost(body))


class _Loop:
    """The nested loops of one `for`, `some` or `every`."""

    __slots__ = ("body", "cost", "names", "sources")

    def __init__(self, names: tuple[str, ...], sources: tuple[Source, ...], body: Code, cost: int) -> None:
        self.names = names
        self.sources = sources
        self.body = body
        self.cost = cost

    def values(self, scope: Scope, run: Run, level: int = 0) -> Iterator[object]:
        """The value of the body per turn.

        Raises _Unknown where a source is UNKNOWN, _Open where one ends open, _NoList where one is null.
        """
        items = self.sources[level](scope, run)
        if items is None:
            raise _NoList
        name, inner = self.names[level], level + 1 < len(self.sources)
        for item in items:
            run.spend(self.cost)
            local = nested(((name, item),), scope)
            if inner:
                yield from self.values(local, run, level + 1)
            else:
                yield self.body(local, run)


class _NoList(Exception):
    """The source of an iteration is null or no list."""


@emits(tree.For)
def loop(compiler: Compiler, expr: tree.For) -> Code:
    partial = any(isinstance(node, tree.Name) and node.name == "partial" for node in tree.walk(expr.body))
    loops = _sources(compiler, expr.iterations, expr.body, *(("partial",) if partial else ()))
    single = len(expr.iterations) == 1
    if single and not partial:
        return _mapped(loops, _captures(expr.body))

    def code(scope: Scope, run: Run) -> object:
        made: list[object] = []
        if partial:
            scope = Partial(made, scope, run)
        try:
            for value in loops.values(scope, run):
                run.grow(1)
                made.append(value)
        except _Open:
            return OpenList(made) if single else UNKNOWN
        except _Unknown:
            return UNKNOWN
        except _NoList:
            return None
        return made

    return code


def _captures(body: tree.Expr) -> bool:
    """Whether a function defined in the body may outlive its turn, so that each turn needs a scope of its own."""
    return any(isinstance(node, tree.FunctionDef) for node in tree.walk(body))


def _mapped(loops: _Loop, captures: bool) -> Code:
    """A `for` over one list."""
    name, source, body, cost = loops.names[0], loops.sources[0], loops.body, loops.cost

    def code(scope: Scope, run: Run) -> object:
        made: list[object] = []
        try:
            items = source(scope, run)
            if items is None:
                return None
            local = nested((), scope)
            for item in items:
                run.spend(cost)
                if captures:
                    local = nested((), scope)
                local[name] = item
                made.append(body(local, run))
        except _Open:
            return OpenList(made)
        except _Unknown:
            return UNKNOWN
        run.grow(len(made))
        return made

    return code


class Partial(Inner):
    """The scope in which `partial` is a copy of what a loop has made so far."""

    __slots__ = ("_made", "_run")

    def __init__(self, made: list[object], parent: Scope, run: Run) -> None:
        super().__init__()
        self.parent = parent
        self._made = made
        self._run = run

    def __missing__(self, name: str) -> object:
        if name != "partial":
            return self.parent[name]
        self._run.spend(len(self._made))
        self._run.grow(len(self._made))
        return list(self._made)


@emits(tree.Quantified)
def quantified(compiler: Compiler, expr: tree.Quantified) -> Code:
    loops = _sources(compiler, expr.iterations, expr.condition)
    every = expr.word == "every"
    if len(expr.iterations) == 1:
        return _quantified_once(loops, not every, _captures(expr.condition))

    def truths(scope: Scope, run: Run) -> Iterator[object]:
        try:
            for value in loops.values(scope, run):
                known = isinstance(value, bool) or value is UNKNOWN
                yield (negation(value) if every else value) if known else None
        except (_Open, _Unknown):
            yield UNKNOWN

    def code(scope: Scope, run: Run) -> object:
        try:
            found = disjunction(truths(scope, run))  # type: ignore[arg-type]
        except _NoList:
            return None
        return negation(found) if every else found

    return code


def _quantified_once(loops: _Loop, decides: bool, captures: bool) -> Code:
    """`some` (decided by the first true) or `every` (by the first false) over one list."""
    name, source, body, cost = loops.names[0], loops.sources[0], loops.body, loops.cost

    def code(scope: Scope, run: Run) -> object:
        unknown = null = False
        try:
            items = source(scope, run)
            if items is None:
                return None
            local = nested((), scope)
            for item in items:
                run.spend(cost)
                if captures:
                    local = nested((), scope)
                local[name] = item
                truth = body(local, run)
                if truth is decides:
                    return decides
                unknown = unknown or truth is UNKNOWN
                null = null or (truth is not UNKNOWN and not isinstance(truth, bool))
        except (_Open, _Unknown):
            unknown = True
        return UNKNOWN if unknown else None if null else not decides

    return code

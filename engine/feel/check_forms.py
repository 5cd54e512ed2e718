"""Type rules of constants, names, paths, filters, lists, contexts, loops and functions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from typing import Final

from engine.errors import UNSAID, worded
from engine.feel import tree
from engine.feel.checker import Checker, meant, rule, unknown_name
from engine.feel.registry import BUILT_INS
from engine.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DURATION,
    INTEGER,
    NULL,
    NUMBER,
    NUMERIC,
    PERIOD,
    TEXT,
    TEXTUAL,
    TIME,
    Type,
    choice,
    context,
    describe,
    function,
    list_of,
    loose,
    range_of,
    unite,
)
from engine.feel.values import YearsMonths

_TEMPORAL: Final = {
    "date": DATE,
    "FarDate": DATE,
    "time": TIME,
    "FineTime": TIME,
    "datetime": DATE_TIME,
    "FineDateTime": DATE_TIME,
    "FarDateTime": DATE_TIME,
    "timedelta": DURATION,
    YearsMonths.__name__: PERIOD,
}
_OF_DAY: Final = {"year": INTEGER, "month": INTEGER, "day": INTEGER, "weekday": INTEGER}
_OF_CLOCK: Final = {
    "hour": INTEGER,
    "minute": INTEGER,
    "second": INTEGER,
    "time offset": DURATION,
    "timezone": TEXT,
}
_PARTS: Final[dict[str, dict[str, Type]]] = {
    "date": _OF_DAY,
    "time": _OF_CLOCK,
    "date and time": _OF_DAY | _OF_CLOCK,
    "duration": dict.fromkeys(("days", "hours", "minutes", "seconds"), INTEGER),
    "period": {"years": INTEGER, "months": INTEGER},
    "range": {"start": ANY, "end": ANY, "start included": BOOLEAN, "end included": BOOLEAN},
}
_NAMED: Final = {
    "number": NUMBER,
    "string": TEXT,
    "boolean": BOOLEAN,
    "date": DATE,
    "time": TIME,
    "date and time": DATE_TIME,
    "days and time duration": DURATION,
    "years and months duration": PERIOD,
    "list": list_of(ANY),
    "context": Type("context"),
}


@rule(tree.Literal)
def literal(checker: Checker, expr: tree.Literal) -> Type:
    value = expr.value
    if expr.kind is tree.Kind.TEMPORAL:
        found = _TEMPORAL.get(type(value).__name__)
        if found is not None:
            return found
        return checker.problem(
            expr,
            "E-VALUE",
            worded("This is no date, time or duration."),
            worded('Write `@"2026-04-06"`, `@"P1Y6M"` or `@"P14D"`.'),
        )
    if isinstance(value, Decimal):
        return INTEGER if value == value.to_integral_value() else NUMBER
    if isinstance(value, str):
        return choice((value,))
    kinds = {tree.Kind.BOOLEAN: BOOLEAN, tree.Kind.UNSURE: Type("unsure")}
    return kinds.get(expr.kind, NULL)


@rule(tree.Name)
def name(checker: Checker, expr: tree.Name) -> Type:
    found = checker.scope.get(expr.name)
    if found is not None:
        return found
    if expr.name in BUILT_INS:
        return Type("function")
    return unknown_name(checker, expr, expr.name)


@rule(tree.Path)
def path(checker: Checker, expr: tree.Path) -> Type:
    return _member(checker, expr, checker.type(expr.base))


def _member(checker: Checker, expr: tree.Path, base: Type) -> Type:
    if loose(base) or (base.kind == "context" and base.entries is None):
        return ANY
    if base.kind == "list":
        return list_of(_member(checker, expr, base.item or ANY))
    parts = dict(base.entries or ()) if base.kind == "context" else _PARTS.get(base.kind, {})
    if expr.name in parts:
        return base.item or ANY if base.kind == "range" and expr.name in ("start", "end") else parts[expr.name]
    hint = meant(expr.name, parts) or (worded("It has {parts}.", parts=", ".join(parts)) if parts else UNSAID)
    return checker.problem(expr, "E-NAME", worded("{base} has no `{name}`.", base=describe(base), name=expr.name), hint)


@rule(tree.Filter)
def selection(checker: Checker, expr: tree.Filter) -> Type:
    base = checker.type(expr.base)
    item = (base.item or ANY) if base.kind == "list" else base
    inner = {"item": item, **dict(item.entries or ())}
    with checker.declaring(inner):
        condition = checker.type(expr.condition)
    if condition.kind in NUMERIC:
        return item
    if condition.unsure:
        checker.problem(expr.condition, "E-UNSURE", worded("This may also be `unsure`."), worded("Write `... = yes`."))
    if condition.kind == "boolean":
        return ANY if loose(base) else list_of(item)
    if loose(condition):
        return ANY
    return checker.problem(
        expr.condition,
        "E-TYPE",
        worded("A filter is yes or no, or a place in the list; this is {condition}.", condition=describe(condition)),
    )


@rule(tree.ListExpr)
def list_literal(checker: Checker, expr: tree.ListExpr) -> Type:
    item: Type | None = NULL
    for part in [checker.type(part) for part in expr.items]:
        item = unite(item, part) if item is not None else None
    return list_of(ANY if item is None or item is NULL else item)


@rule(tree.ContextExpr)
def context_literal(checker: Checker, expr: tree.ContextExpr) -> Type:
    entries: dict[str, Type] = {}
    for key, value in expr.entries:
        with checker.declaring(entries):
            kind = checker.type(value)
        if key in entries:
            checker.problem(
                value,
                "E-NAME",
                worded("`{key}` occurs twice in this context.", key=key),
                worded("Give one another name."),
            )
        entries[key] = kind
    return context(entries)


@contextmanager
def _iterating(checker: Checker, iterations: tuple[tree.Iteration, ...]) -> Iterator[None]:
    with ExitStack() as stack:
        for iteration in iterations:
            stack.enter_context(checker.declaring({iteration.name: _item(checker, iteration)}))
        yield


def _item(checker: Checker, iteration: tree.Iteration) -> Type:
    """The type of a loop variable."""
    source = checker.type(iteration.source)
    if iteration.until is not None:
        until = checker.type(iteration.until)
        for end, kind in ((iteration.source, source), (iteration.until, until)):
            if not loose(kind) and kind.kind not in ("integer", "date"):
                hint = worded("Round it, as in `floor(...)`.") if kind.kind in NUMERIC else UNSAID
                checker.problem(
                    end,
                    "E-TYPE",
                    worded("A loop counts whole numbers or dates; this is {kind}.", kind=describe(kind)),
                    hint,
                )
        return unite(source, until) or ANY
    if source.kind in ("list", "range"):
        return source.item or ANY
    if loose(source):
        return ANY
    return checker.problem(
        iteration.source, "E-TYPE", worded("A loop runs over a list; this is {source}.", source=describe(source))
    )


@rule(tree.For)
def loop(checker: Checker, expr: tree.For) -> Type:
    with _iterating(checker, expr.iterations), checker.declaring({"partial": list_of(ANY)}):
        return list_of(checker.type(expr.body))


@rule(tree.Quantified)
def quantified(checker: Checker, expr: tree.Quantified) -> Type:
    with _iterating(checker, expr.iterations):
        checker.boolean(expr.condition, worded("what `{word}` asks", word=expr.word))
    return BOOLEAN


@rule(tree.FunctionDef)
def function_definition(checker: Checker, expr: tree.FunctionDef) -> Type:
    if expr.external:
        return checker.problem(
            expr, "E-CALL", worded("Functions of other languages are not run."), worded("Write it in FEEL.")
        )
    parameters = {p.name: ANY if p.type is None else written_type(p.type) for p in expr.parameters}
    with checker.declaring(parameters):
        returns = checker.type(expr.body)
    return function(parameters, returns)


def written_type(kind: tree.TypeExpr) -> Type:
    """The type that a type expression names; `any` for what is not known here."""
    match kind:
        case tree.TypeName(named):
            return _NAMED.get(named, ANY)
        case tree.ListType(item):
            return list_of(written_type(item))
        case tree.RangeType(item):
            return range_of(written_type(item))
        case tree.ContextType(entries):
            return context({key: written_type(entry) for key, entry in entries})
    return Type("function")


def static_kind(expr: tree.Expr) -> str:
    """`boolean`, `number` or another kind that the text of `expr` alone tells; `any` when it does not."""
    kind = Checker({}).type(expr)
    return "number" if kind.kind in NUMERIC else kind.kind


def function_type(expr: tree.FunctionDef) -> tree.FunctionType:
    """The type of a function as far as its text tells; what it gives is `Any` when that cannot be told."""
    anything = tree.TypeName("Any")
    gives = Checker({}).type(expr).returns or ANY
    return tree.FunctionType(tuple(p.type or anything for p in expr.parameters), type_expression(gives))


def type_expression(kind: Type) -> tree.TypeExpr:
    """The inverse of `written_type`."""
    if kind.kind in NUMERIC:
        return tree.TypeName("number")
    if kind.kind in TEXTUAL:
        return tree.TypeName("string")
    if kind.kind == "list":
        return tree.ListType(type_expression(kind.item or ANY))
    if kind.kind == "range":
        return tree.RangeType(type_expression(kind.item or ANY))
    if kind.entries is not None:
        return tree.ContextType(tuple((key, type_expression(entry)) for key, entry in kind.entries))
    return tree.TypeName(next((name for name, type_ in _NAMED.items() if type_ == kind), "Any"))

"""A citizen of whom everything is known, by one flow's rules: plain values, without asking what can still be.

    rules = Rules(graph)          a function for each decision, made once
    person = rules.person(raw)    raw: fact key -> typed answer; a list -> its number of items
    person["recht"]               the decision's value, worked out when it is first read, and kept

It runs the same compiled formulas as `engine.graph.view` and gives what a view of the same answers gives (a property
test holds it to that), in a fraction of the time: a view reasons about what is not known. Whatever does not go the
plain way (a budget that runs out, a decision about an item that reads its own list) is left to a view. Called by
`engine.harness.draws` and `engine.harness.compare_witness`; tests: tests/engine/harness/test_whole.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any, Final

from engine.feel import cells
from engine.feel.bulk import bulk_expression
from engine.feel.cells import ColumnType
from engine.feel.functions import Function
from engine.feel.run import BudgetExceeded
from engine.feel.tree import Kind as LiteralKind
from engine.feel.tree import Literal, Name
from engine.feel.unknown import UNKNOWN
from engine.flow.keys import item_key, path_of
from engine.flow.model import FactType, Hit
from engine.graph.exact import apply, run
from engine.graph.graph import CellCondition, Condition, FactNode, Formula, Graph, ParameterTable, Row, Ruling
from engine.graph.hits import LiveRow, gathered
from engine.graph.kinds import KINDS
from engine.graph.possible import One
from engine.graph.rulings import rounded
from engine.graph.view import View

Raw = Mapping[str, Any]
Around = Mapping[str, object]
Value = Callable[[Any], object]
_PLAIN: Final = (bool, Decimal, str, date, type(None))


class Answers(dict[str, Any]):
    """Answers that are made when they are first read."""

    def whole(self) -> dict[str, Any]:
        """All of them."""
        return dict(self)


class _Unplain(Exception):
    """It does not go the plain way; a view has the answer."""


class _Names(dict[str, object]):
    """Names that are worked out when they are first read."""

    def __missing__(self, name: str) -> object:
        value = self[name] = self.find(name)
        return value

    def find(self, name: str) -> object:
        """What a name stands for."""
        raise KeyError(name)


class Person(_Names):
    """A citizen by the names of a flow."""

    __slots__ = ("beside", "raw", "rules")

    def __init__(self, rules: Rules, raw: Raw, beside: Person | None) -> None:
        super().__init__()
        self.rules, self.raw, self.beside = rules, raw, beside

    def find(self, name: str) -> object:
        """A fact, a decision, a parameter or a function."""
        if self.beside is not None and name in self.rules.shared:
            return self.beside[name]
        made = self.rules.made.get(name)
        return None if made is None else made(self)


class _Item(_Names):
    """One item of a list: its fields and decisions by name, everything else from the citizen."""

    __slots__ = ("at", "fields", "person")

    def __init__(self, person: Person, fields: Mapping[str, Callable[[_Item], object]], at: int) -> None:
        super().__init__()
        self.person, self.fields, self.at = person, fields, at

    def find(self, name: str) -> object:
        """A field or a decision about the item, or a name of the citizen."""
        made = self.fields.get(name)
        return self.person[name] if made is None else made(self)


class _Given(_Names):
    """The arguments of a function, and the names around it."""

    __slots__ = ("around",)

    def __init__(self, around: Person, arguments: Mapping[str, object]) -> None:
        super().__init__(arguments)
        self.around = around

    def find(self, name: str) -> object:
        """A name that is no argument."""
        return self.around[name]


class Rules:
    """See the top of this module."""

    def __init__(self, graph: Graph, shared: Set[str] = frozenset()) -> None:
        self.graph, self.shared = graph, shared
        self.made: dict[str, Value] = {}
        programs = self.programs = _Programs(graph)
        self.fields: dict[str, dict[str, Value]] = {}
        for node in graph.facts.values():
            self._declare(node)
        for ruling in graph.rulings.values():
            if ruling.each:
                self.fields[ruling.each][ruling.name] = _ruling(programs, ruling)
                self.made[ruling.name] = _of_items(ruling)
            else:
                self.made[ruling.name] = _ruling(programs, ruling)
        self.made |= {name: _parameter(own) for name, own in graph.parameters.items()}
        self.made |= {name: _function(programs, own) for name, own in graph.functions.items()}

    def person(self, raw: Raw, beside: Person | None = None) -> Person:
        """A citizen with these answers; `beside`: the same one by other rules, that mean the same by `shared` names."""
        return Person(self, raw, beside)

    def value(self, person: Person, name: str) -> object:
        """What a fact or decision of this citizen is; UNKNOWN where it is beyond every budget, or an answer lacks."""
        try:
            return person[name]
        except (_Unplain, BudgetExceeded, RecursionError):
            whole = person.raw.whole() if isinstance(person.raw, Answers) else person.raw
            own = {key: value for key, value in whole.items() if path_of(key) in self.graph.facts}
            return View(self.graph, own).value(name)

    def _declare(self, node: FactNode) -> None:
        programs = self.programs
        if node.spec.type is FactType.LIST:
            self.fields.setdefault(node.path, {})
            self.made[node.path] = _listing(programs, node, self.fields[node.path])
        elif node.list:
            self.fields.setdefault(node.list, {})[node.name] = _guarded(programs, node, _of_item(node))
        else:
            self.made[node.path] = _guarded(programs, node, _of_person(node.path))


def _of_person(path: str) -> Value:
    def value(person: Person) -> object:
        try:
            return person.raw[path]
        except KeyError:  # a formula would take it for a name that does not exist
            raise _Unplain from None

    return value


def _of_item(node: FactNode) -> Value:
    own, name = node.list, node.name

    def value(item: _Item) -> object:
        try:
            return item.person.raw[item_key(own, item.at, name)]
        except KeyError:
            raise _Unplain from None

    return value


def _guarded(programs: _Programs, node: FactNode, raw: Value) -> Value:
    """The answer where the fact's `when` is true, else its `otherwise`."""
    if node.when is None:
        return raw
    when, otherwise = programs.of(node.when), node.otherwise
    return lambda around: raw(around) if when(around) is True else otherwise


def _listing(programs: _Programs, node: FactNode, fields: Mapping[str, Value]) -> Value:
    """The items of a list, each with its fields and decisions."""
    when = None if node.when is None else programs.of(node.when)
    count = None if node.count is None else programs.of(node.count)

    def size(person: Person) -> int:
        if when is not None and when(person) is not True:
            return 0
        closed = person.raw.get(node.path)
        if isinstance(closed, int):
            return closed
        counted = None if count is None else count(person)
        if not isinstance(counted, Decimal):
            raise _Unplain
        return max(0, int(counted))

    def items(person: Person) -> object:
        found = (_Item(person, fields, at) for at in range(size(person)))
        return [{name: item[name] for name in fields} for item in found]

    return items


def _of_items(ruling: Ruling) -> Value:
    """A decision about each item: its values, in the order of the items."""
    return lambda person: [item[ruling.name] for item in person[ruling.each]]


def _parameter(table: ParameterTable) -> Value:
    found = Function(table.keys, lambda given, _run: table.look_up(*given), name=table.name)
    return lambda _person: found


def _function(programs: _Programs, ruling: Ruling) -> Value:
    body = _ruling(programs, ruling)

    def made(person: Person) -> object:
        return Function(
            ruling.given, lambda given, _run: body(_Given(person, dict(zip(ruling.given, given, strict=False)))),
            name=ruling.name,
        )  # fmt: skip

    return made


class _Programs:
    """Formulas of one flow as functions of the names around them, by what each of its names is."""

    def __init__(self, graph: Graph) -> None:
        kinds = {own.name: own.spec.type for own in graph.facts.values()}
        kinds |= {own.name: own.type for own in graph.rulings.values() if not own.each}
        self.names = {name: ColumnType(KINDS[own]) for name, own in kinds.items() if own in KINDS}

    def of(self, formula: Formula) -> Value:
        """Plain values and names as they are; sums and comparisons as Python where they can be; else by FEEL."""
        expr = formula.expr
        if isinstance(expr, Literal) and isinstance(expr.value, _PLAIN) and expr.kind is not LiteralKind.UNSURE:
            value = expr.value
            return lambda around: value
        if isinstance(expr, Name) and expr.name in self.names:
            name = expr.name
            return lambda around: around[name]
        return _known(bulk_expression(expr, self.names))


def _known(value: Value) -> Value:
    def known(around: Around) -> object:
        found = value(around)
        if found is UNKNOWN:
            raise _Unplain
        return found

    return known


# -- decisions


def _ruling(programs: _Programs, ruling: Ruling) -> Value:
    """A decision as a function of the names around it."""
    plain = programs.of(ruling.formula) if ruling.formula is not None else _by_rows(programs, ruling)
    rounding = ruling.round
    if rounding is None:
        return plain
    return lambda around: rounded(rounding, One(plain(around))).value  # type: ignore[union-attr]


def _by_rows(programs: _Programs, ruling: Ruling) -> Value:
    rows = [(_holding(programs, row), programs.of(row.output), row.rest) for row in ruling.rows]
    if ruling.hit is Hit.FIRST:
        return lambda around: next((output(around) for holds, output, _ in rows if holds(around)), None)
    order = tuple(ruling.options)

    def value(around: Around) -> object:
        live: list[Value] = []
        for holds, output, is_rest in rows:
            if not live if is_rest else holds(around):
                live.append(output)
        if ruling.hit is Hit.UNIQUE:
            return live[0](around) if len(live) == 1 else None
        found = gathered(ruling.hit, [LiveRow(One(own(around)), True) for own in live], order, disjoint=ruling.disjoint)
        if not isinstance(found, One):
            raise _Unplain
        return found.value

    return value


def _holding(programs: _Programs, row: Row) -> Callable[[Any], bool]:
    """Whether all conditions of a row hold; for `first` `else` holds where it is reached."""
    conditions = [own for each in row.conditions if (own := _condition(programs, each)) is not None]
    return lambda around: all(own(around) is True for own in conditions)


def _condition(programs: _Programs, condition: Condition) -> Value | None:
    """True, false or null; None for a condition that always holds."""
    if not isinstance(condition, CellCondition):
        return programs.of(condition)
    test, head = condition.test, programs.of(condition.head)
    if isinstance(test, cells.Anything):
        return None
    if isinstance(test, cells.Interval) and type(test.low or test.high) is Decimal:
        return _between(test, head)
    if cells.is_dynamic(test):
        return lambda around: _tested(test, _simple(head(around)), around)
    return lambda around: cells.holds(test, _simple(head(around)))


def _between(test: cells.Interval, head: Value) -> Value:
    """A cell between two numbers."""
    low: Any = test.low
    high: Any = test.high
    above, below = (ge if test.low_closed else gt), (le if test.high_closed else lt)

    def holds(around: Around) -> object:
        value = head(around)
        if type(value) is not Decimal:
            return cells.holds(test, _simple(value))
        return (low is None or above(value, low)) and (high is None or below(value, high))

    return holds


def _simple(value: object) -> object:
    """A head that is no list of records: of those a view knows more than plain values tell."""
    if isinstance(value, list) and value and not isinstance(value[0], str):
        raise _Unplain
    return value


def _tested(test: cells.CellTest, value: object, around: Around) -> object:
    """A cell that compares with what is worked out."""
    if not cells.is_dynamic(test):
        return cells.holds(test, value)
    if isinstance(test, cells.Compare):
        return apply(test.order, value, run(test.right, around))
    if isinstance(test, cells.Not):
        inner = _tested(test.test, value, around)
        return not inner if isinstance(inner, bool) else None
    if isinstance(test, cells.AnyOf):
        return _either([_tested(own, value, around) for own in test.tests])
    raise _Unplain


def _either(verdicts: Sequence[object]) -> bool | None:
    if True in verdicts:
        return True
    return False if all(own is False for own in verdicts) else None

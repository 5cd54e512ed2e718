"""Random small decision tables and their values, for the property tests of tables, bulk and analysis."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from engine.feel.cells import All, AnyOf, Anything, CellTest, ColumnType, Has, Interval, Kind, Not, OneOf, Only, holds
from engine.feel.table_hits import Policy
from engine.feel.table_model import Constant, InputColumn, TableModel, TableRule
from engine.feel.unsure import UNSURE

OPTIONS = ("a", "b", "c", "d")
TYPES = (
    ColumnType(Kind.BOOLEAN, nullable=False),
    ColumnType(Kind.BOOLEAN, unsure=True),
    ColumnType(Kind.CHOICE, OPTIONS[:3], nullable=False),
    ColumnType(Kind.CHOICES, OPTIONS, nullable=False),
    ColumnType(Kind.NUMBER, nullable=False),
    ColumnType(Kind.NUMBER, integer=True, minimum=Decimal(0), maximum=Decimal(9), nullable=False),
    ColumnType(Kind.NUMBER, unsure=True),
    ColumnType(Kind.DATE),
    ColumnType(Kind.TEXT),
)
POLICIES = tuple(Policy)


def values_of(kind: ColumnType) -> st.SearchStrategy[object]:
    """Known values that a column of this type can have."""
    plain = _plain_values(kind)
    special: list[object] = ([None] if kind.nullable else []) + ([UNSURE] if kind.unsure else [])
    return st.one_of(plain, st.sampled_from(special)) if special else plain


def _plain_values(kind: ColumnType) -> st.SearchStrategy[object]:
    if kind.kind is Kind.BOOLEAN:
        return st.booleans()
    if kind.kind is Kind.CHOICE:
        return st.sampled_from(kind.options)
    if kind.kind is Kind.CHOICES:
        return st.frozensets(st.sampled_from(kind.options))
    if kind.kind is Kind.TEXT:
        return st.sampled_from(["p", "q", "r", "zz"])
    if kind.kind is Kind.DATE:
        return st.integers(0, 12).map(lambda days: date(2026, 1, 1) + timedelta(days=days))
    if kind.integer:
        return st.integers(0, 9).map(Decimal)
    return st.integers(-2, 22).map(lambda half: Decimal(half) / 2)


def cells_of(kind: ColumnType) -> st.SearchStrategy[CellTest]:
    """Cells that a column of this type can have."""
    simple = _simple_cells(kind)
    several = st.lists(simple, min_size=2, max_size=3).map(lambda tests: AnyOf(tuple(tests)))
    some = st.one_of(simple, several)
    return st.one_of(st.just(Anything()), st.just(Anything()), some, some.map(Not))


def _simple_cells(kind: ColumnType) -> st.SearchStrategy[CellTest]:
    ways: list[st.SearchStrategy[CellTest]] = [
        st.lists(values_of(kind), min_size=1, max_size=2).map(lambda values: OneOf(tuple(values)))
    ]
    if kind.kind is Kind.CHOICES:
        chosen = st.lists(st.sampled_from(kind.options), min_size=1, max_size=2).map(tuple)
        return st.one_of(*(chosen.map(way) for way in (Has, All, Only)))
    if kind.kind in (Kind.NUMBER, Kind.DATE):
        bound = st.one_of(st.none(), _plain_values(kind))
        ways.append(st.builds(Interval, bound, bound, st.booleans(), st.booleans()))
    return st.one_of(*ways)


@st.composite
def tables(draw: st.DrawFn, policies: tuple[Policy, ...] = POLICIES) -> TableModel:
    """Tables of up to 4 columns and 6 rules with constant conclusions."""
    types = draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=4))
    policy = draw(st.sampled_from(policies))
    numbers = policy in (Policy.SUM, Policy.MIN, Policy.MAX)
    outputs: tuple[object, ...] = (Decimal(0), Decimal(1), Decimal(2)) if numbers else ("x", "y", "z")
    rules = draw(st.lists(st.tuples(*(cells_of(kind) for kind in types)), min_size=1, max_size=6))
    return TableModel(
        columns=tuple(InputColumn(f"c{number}", kind) for number, kind in enumerate(types)),
        outputs=("out",),
        rules=tuple(TableRule(tuple(cells), (Constant(draw(st.sampled_from(outputs))),)) for cells in rules),
        policy=policy,
        options=(outputs,),
        distinct=draw(st.booleans()),
    )


def rows_of(model: TableModel) -> st.SearchStrategy[tuple[object, ...]]:
    """A known value for every column."""
    return st.tuples(*(values_of(column.type) for column in model.columns))


def matching(model: TableModel, row: tuple[object, ...]) -> list[int]:
    """The rules that match, by definition: every cell holds."""
    return [
        number
        for number, rule in enumerate(model.rules)
        if all(holds(cell, value) is True for cell, value in zip(rule.cells, row, strict=True))
    ]


def by_definition(model: TableModel, row: tuple[object, ...]) -> object:
    """The value of the table as DMN 1.5 section 8.2.8 words it, without masks."""
    found = matching(model, row)
    values = [rule.conclusions[0].value for rule in (model.rules[number] for number in found)]  # type: ignore[union-attr]
    ranked = sorted(values, key=model.options[0].index)
    once = list(dict.fromkeys(values))
    written = list(dict.fromkeys(rule.conclusions[0].value for rule in model.rules))  # type: ignore[union-attr]
    answers: dict[Policy, object] = {
        Policy.UNIQUE: values[0] if len(values) == 1 else None,
        Policy.FIRST: values[0] if values else None,
        Policy.ANY: values[0] if len(once) == 1 else None,
        Policy.PRIORITY: ranked[0] if ranked else None,
        Policy.RULE_ORDER: once if model.distinct else values,
        Policy.OUTPUT_ORDER: list(dict.fromkeys(ranked)) if model.distinct else ranked,
        Policy.COLLECT: sorted(once, key=written.index) if model.distinct else values,
        Policy.COUNT: Decimal(len(values)),
    }
    if model.policy in answers:
        return answers[model.policy]
    if not values:
        return None
    numbers = [value for value in values if isinstance(value, Decimal)]
    return {Policy.SUM: sum(numbers), Policy.MIN: min(numbers), Policy.MAX: max(numbers)}[model.policy]

"""Compiled tables: every hit policy, exact on UNKNOWN, lazy on columns, explained."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel.cells import Anything, CellTest, ColumnType, Compare, Interval, Kind, OneOf
from engine.feel.table import Table
from engine.feel.table_hits import Policy
from engine.feel.table_model import Computed, Constant, InputColumn, TableModel, TableRule
from engine.feel.tree import Name
from engine.feel.unknown import UNKNOWN
from tests.engine.feel.table_cases import by_definition, matching, rows_of, tables

ANY = Anything()
YES = OneOf((True,))
NO = OneOf((False,))
BOOL = ColumnType(Kind.BOOLEAN, nullable=False)
NUMBER = ColumnType(Kind.NUMBER, nullable=False)


def model(policy: Policy, types: list[ColumnType], *rules: tuple[object, ...]) -> TableModel:
    """A table with columns c0, c1 ...; the last of each rule is its conclusion."""
    return TableModel(
        tuple(InputColumn(f"c{number}", kind) for number, kind in enumerate(types)),
        ("out",),
        tuple(TableRule(tuple(rule[:-1]), (Constant(rule[-1]),)) for rule in rules),  # type: ignore[arg-type]
        policy,
    )


def reader(*values: object) -> Callable[[int], object]:
    """Reads these column values."""
    return lambda number: values[number]


def below(bound: int) -> CellTest:
    return Interval(None, Decimal(bound), False, False)


@given(st.data())
@settings(max_examples=200)
def test_known_values_give_what_the_standard_says(source: st.DataObject) -> None:
    """For every hit policy the compiled table, by both ways, equals the definition."""
    table = Table(source.draw(tables()))
    row = source.draw(rows_of(table.model))
    expected = by_definition(table.model, row)
    assert table.evaluate(reader(*row)) == expected
    assert table.decide({f"c{number}": value for number, value in enumerate(row)}) == expected


@given(st.data())
@settings(max_examples=200)
def test_unknown_columns_are_judged_by_all_their_completions(source: st.DataObject) -> None:
    """A value is given exactly when every completion gives it; `needed` are exactly the columns that can change it."""
    table = Table(source.draw(tables()))
    row = list(source.draw(rows_of(table.model)))
    hidden = source.draw(st.sets(st.integers(0, len(row) - 1)))
    choices = [
        [each.witness for each in table.columns[number].classes] if number in hidden else [value]
        for number, value in enumerate(row)
    ]
    completions = {combination: by_definition(table.model, combination) for combination in product(*choices)}
    partial = [UNKNOWN if number in hidden else value for number, value in enumerate(row)]
    outcomes = {combination: table.hits.outcome(_mask(table, combination)) for combination in completions}
    found = table.evaluate(reader(*partial))
    first = next(iter(completions.values()))
    if len(set(outcomes.values())) == 1:
        assert found == first
    else:
        assert found is UNKNOWN or all(found == value for value in completions.values())
    if table.model.policy not in (Policy.SUM, Policy.UNIQUE, Policy.ANY):
        assert (found is UNKNOWN) == any(value != first for value in completions.values())
    changing = {
        number
        for number in hidden
        for combination, outcome in outcomes.items()
        for witness in choices[number]
        if outcomes[(*combination[:number], witness, *combination[number + 1 :])] != outcome
    }
    assert set(table.needed(reader(*partial))) == changing
    assert set(table.needed(reader(*partial), exact=False)) >= changing


def _mask(table: Table, row: tuple[object, ...]) -> int:
    found = set(matching(table.model, row))
    return sum(1 << bit for bit, rule in enumerate(table.order) if rule in found)


def test_a_table_never_falls_through_on_unknown() -> None:
    """While the first row can still match, the last row is not the answer."""
    table = Table(model(Policy.FIRST, [BOOL, BOOL], (YES, ANY, "stop"), (ANY, ANY, "go")))
    assert table.evaluate(reader(UNKNOWN, True)) is UNKNOWN
    assert table.needed(reader(UNKNOWN, UNKNOWN)) == (0,)


def test_the_answer_is_there_as_soon_as_all_ways_lead_to_it() -> None:
    """Two unknown branches with the same conclusion decide, though neither row is certain."""
    table = Table(model(Policy.UNIQUE, [BOOL, NUMBER], (YES, ANY, "a"), (NO, below(5), "a"), (NO, OneOf((9,)), "b")))
    assert table.evaluate(reader(UNKNOWN, Decimal(3))) == "a"
    assert table.evaluate(reader(UNKNOWN, Decimal(9))) is UNKNOWN


def test_a_shadowed_row_does_not_keep_a_table_open() -> None:
    """x < 5 and x >= 5 cover everything, so the row below both never counts."""
    high = Interval(Decimal(5), None)
    table = Table(model(Policy.FIRST, [NUMBER], (below(5), "a"), (high, "a"), (ANY, "b")))
    assert table.evaluate(reader(UNKNOWN)) == "a"
    assert table.needed(reader(UNKNOWN)) == ()


def test_columns_that_cannot_change_the_outcome_are_not_read() -> None:
    """A certain first row stops reading, and a column without live tests is skipped."""
    read: list[int] = []

    def spy(number: int) -> object:
        read.append(number)
        return True

    table = Table(
        model(Policy.FIRST, [BOOL, BOOL, BOOL], (YES, ANY, ANY, "a"), (ANY, YES, YES, "b"), (ANY, ANY, ANY, "c"))
    )
    assert table.evaluate(spy) == "a"
    assert read == [0]


def test_a_comparison_with_an_expression_is_a_column_of_its_own() -> None:
    """The caller supplies whether `income > limit` holds; equal cells share one extra column."""
    over = Compare(">", Name("limit"))
    table = Table(model(Policy.FIRST, [NUMBER, BOOL], (over, YES, "a"), (over, NO, "b"), (ANY, ANY, "c")))
    assert [(extra.base, extra.test) for extra in table.extra] == [(0, over)]
    assert table.evaluate(lambda number: {1: True, 2: True}[number]) == "a"
    assert table.evaluate(lambda number: {1: True, 2: None}[number]) == "c"
    assert table.evaluate(lambda number: {1: True, 2: UNKNOWN}[number]) is UNKNOWN
    assert table.needed(lambda number: UNKNOWN) == (1, 2)


def test_conclusions_can_be_expressions() -> None:
    """Expressions are computed by the caller, only when they count, and UNKNOWN stays UNKNOWN."""
    rules = (TableRule((YES,), (Computed(Name("x")),)), TableRule((NO,), (Computed(Name("y")),)))
    table = Table(TableModel((InputColumn("c", BOOL),), ("out",), rules, Policy.UNIQUE))
    facts: dict[str, object] = {"x": Decimal(1), "y": Decimal(1)}

    def compute(expr: object) -> object:
        assert isinstance(expr, Name)
        return facts[expr.name]

    assert table.evaluate(reader(True), compute) == 1
    assert table.evaluate(reader(UNKNOWN), compute) == 1
    facts["y"] = Decimal(2)
    assert table.evaluate(reader(UNKNOWN), compute) is UNKNOWN
    facts["x"] = UNKNOWN
    assert table.evaluate(reader(True), compute) is UNKNOWN
    with pytest.raises(TypeError, match="compute"):
        table.evaluate(reader(True))


def test_several_outputs_give_a_context() -> None:
    """Right of the bars several heads: the value is a dict by head; so is a default."""
    rules = (TableRule((YES,), (Constant(Decimal(1)), Constant("a"))),)
    default = (Constant(Decimal(0)), Constant("z"))
    table = Table(TableModel((InputColumn("c", BOOL),), ("n", "t"), rules, Policy.UNIQUE, default=default))
    assert table.evaluate(reader(True)) == {"n": Decimal(1), "t": "a"}
    assert table.decide({"c": False}) == {"n": Decimal(0), "t": "z"}
    assert table.evaluate(reader(UNKNOWN)) is UNKNOWN


def test_overlap_in_a_unique_table_is_a_fault() -> None:
    """Two matching rules in a unique table give null, and the explanation says that it is a fault."""
    table = Table(model(Policy.UNIQUE, [NUMBER], (below(5), "a"), (below(9), "b")))
    assert table.evaluate(reader(Decimal(3))) is None
    explanation = table.explain(reader(Decimal(3)))
    assert explanation.fault
    assert explanation.matched == (0, 1)


def test_an_explanation_names_the_first_failing_cell() -> None:
    """Each rule that does not match names the column that fails, an open one only where none fails."""
    table = Table(
        model(
            Policy.FIRST, [BOOL, NUMBER], (YES, below(5), "a"), (YES, ANY, "b"), (ANY, below(9), "c"), (ANY, ANY, "d")
        )
    )
    explanation = table.explain(reader(False, Decimal(7)))
    assert explanation.matched == (2, 3)
    assert [(cell.rule, cell.column, cell.unknown) for cell in explanation.failed] == [(0, 0, False), (1, 0, False)]
    partial = table.explain(reader(UNKNOWN, Decimal(7)))
    assert [(cell.rule, cell.column, cell.unknown) for cell in partial.failed] == [(0, 1, False), (1, 0, True)]


@given(st.data())
@settings(max_examples=100)
def test_an_explanation_agrees_with_the_definition(source: st.DataObject) -> None:
    """Matched rules are the matching ones; every other rule has a cell that does not hold."""
    table = Table(source.draw(tables()))
    row = source.draw(rows_of(table.model))
    explanation = table.explain(reader(*row))
    assert list(explanation.matched) == matching(table.model, row)
    assert len(explanation.failed) + len(explanation.matched) == len(table.model.rules)


def test_a_foreign_value_matches_as_null_does() -> None:
    """A text in a number column satisfies `-` only, and raises nothing."""
    table = Table(model(Policy.FIRST, [NUMBER], (below(5), "a"), (ANY, "b")))
    assert table.evaluate(reader("x")) == "b"
    assert table.decide({"c0": "x"}) == "b"


BANDS = [(Interval(Decimal(low), Decimal(low + 10), True, False), f"band {low}") for low in range(0, 10_000, 10)]
THOUSAND = {
    "decimal": Table(model(Policy.UNIQUE, [NUMBER], *BANDS)),
    "whole": Table(model(Policy.UNIQUE, [ColumnType(Kind.NUMBER, integer=True)], *BANDS)),
}


@given(st.sampled_from(sorted(THOUSAND)), st.integers(-5, 10_005))
def test_a_thousand_rules_are_the_same_machine(kind: str, value: int) -> None:
    """A table of 1,000 rules finds the one band that holds the value, by both ways; outside them there is none."""
    table = THOUSAND[kind]
    expected = f"band {value // 10 * 10}" if 0 <= value < 10_000 else None
    assert table.evaluate(reader(Decimal(value))) == table.decide({"c0": Decimal(value)}) == expected
    assert table.decide({"c0": None}) is None
    assert table.decide({}) is UNKNOWN

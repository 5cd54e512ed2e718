"""The check of a table: gaps, overlap and rows without use, with witnesses; the walk and z3 agree."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel.analysis import analyse
from engine.feel.analysis_z3 import available, prove
from engine.feel.cells import Anything, ColumnType, Compare, Interval, Kind, OneOf, holds
from engine.feel.parser import parse
from engine.feel.table import Table
from engine.feel.table_hits import Policy
from engine.feel.table_masks import OTHER
from engine.feel.table_model import Constant, InputColumn, TableModel, TableRule
from tests.engine.feel.table_cases import matching, tables

ANY = Anything()
NUMBER = ColumnType(Kind.NUMBER, nullable=False)
BOOL = ColumnType(Kind.BOOLEAN, nullable=False)
needs_z3 = pytest.mark.skipif(not available(), reason="z3 is not installed (extra `verify`)")


def model(policy: Policy, columns: list[tuple[str, ColumnType]], *rules: tuple[object, ...]) -> TableModel:
    """A table with these heads as expressions; the last of each rule is its conclusion."""
    names = [name for name, _ in columns]
    return TableModel(
        tuple(InputColumn(head, kind, parse(head, names)) for head, kind in columns),
        ("out",),
        tuple(TableRule(tuple(rule[:-1]), (Constant(rule[-1]),)) for rule in rules),  # type: ignore[arg-type]
        policy,
    )


def between(low: int | None, high: int | None) -> Interval:
    """low <= value < high."""
    return Interval(low if low is None else Decimal(low), high if high is None else Decimal(high), True, False)


def test_a_gap_has_a_witness() -> None:
    """Nobody decides about exactly 5."""
    table = model(Policy.UNIQUE, [("x", NUMBER)], (between(None, 5), "a"), (Interval(Decimal(5), None, False), "b"))
    found = analyse(table)
    assert found.complete is False
    assert found.gaps is not None
    assert found.gaps[0].witness == (Decimal(5),)
    assert found.disjoint is True


def test_whole_numbers_and_limits_close_gaps() -> None:
    """Between 22 and 23 lies no whole number, and nothing lies outside min and max."""
    age = ColumnType(Kind.NUMBER, integer=True, minimum=Decimal(16), maximum=Decimal(100), nullable=False)
    cells = [Interval(Decimal(16), Decimal(22)), Interval(Decimal(23), Decimal(100))]
    assert analyse(model(Policy.UNIQUE, [("age", age)], *((cell, "a") for cell in cells))).complete is True


def test_null_is_a_value_too() -> None:
    """A column that can be null needs a row for it."""
    table = model(Policy.UNIQUE, [("x", ColumnType(Kind.BOOLEAN))], (OneOf((True,)), "a"), (OneOf((False,)), "b"))
    found = analyse(table)
    assert found.gaps is not None
    assert [gap.witness for gap in found.gaps] == [(None,)]


def test_overlap_is_a_fault_only_where_it_matters() -> None:
    """Unique: always; any: with different conclusions; first: never."""
    rules = [(between(0, 9), "a"), (between(5, 12), "a"), (between(8, 20), "b")]
    pairs = {
        policy: [(each.first, each.second) for each in analyse(model(policy, [("x", NUMBER)], *rules)).overlaps or ()]
        for policy in (Policy.UNIQUE, Policy.ANY, Policy.FIRST)
    }
    assert pairs == {Policy.UNIQUE: [(0, 1), (0, 2), (1, 2)], Policy.ANY: [(0, 2), (1, 2)], Policy.FIRST: []}


def test_a_row_behind_several_others_is_shadowed() -> None:
    """Two rows together cover the third; the witness and the covering rows are named."""
    bands = ((0, 5), (5, 10), (20, 30), (2, 8))
    rules = [(between(low, high), ANY, str(low)) for low, high in bands]
    found = analyse(model(Policy.FIRST, [("x", NUMBER), ("y", BOOL)], *rules)).shadowed
    assert found is not None
    assert [(each.rule, each.by) for each in found] == [(3, (0, 1))]
    witness = found[0].witness
    assert witness is not None
    assert holds(rules[3][0], witness[0])


def test_a_row_that_nothing_satisfies_is_found() -> None:
    """Cells outside the limits of their column match nobody, under every hit policy."""
    age = ColumnType(Kind.NUMBER, minimum=Decimal(0), nullable=False)
    for policy in Policy:
        found = analyse(model(policy, [("age", age)], (between(None, 0), "a"), (ANY, "b"))).shadowed
        assert found is not None
        assert [(each.rule, each.by, each.witness) for each in found] == [(0, (), None)], policy


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_findings_are_true(source: st.DataObject) -> None:
    """A gap's witness matches no rule, an overlap's both, a shadowed rule's own witness comes to an earlier rule."""
    table = source.draw(tables((Policy.UNIQUE, Policy.FIRST, Policy.ANY)))
    found = analyse(table, prove=False)
    assert found.decided
    for gap in found.gaps or ():
        assert matching(table, gap.witness) == []
    for pair in found.overlaps or ():
        assert {pair.first, pair.second} <= set(matching(table, pair.witness))
    for each in found.shadowed or ():
        if each.witness is not None:
            assert each.rule in matching(table, each.witness)
            assert min(matching(table, each.witness)) < each.rule


@needs_z3
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_the_walk_and_z3_agree(source: st.DataObject) -> None:
    """Same verdicts, same pairs, same rows, by two unrelated methods; z3's witnesses are true too."""
    table = source.draw(tables((Policy.UNIQUE, Policy.FIRST, Policy.ANY, Policy.PRIORITY)))
    walked = analyse(table, prove=False)
    proven = prove(Table(table), {})
    assert proven is not None
    assert proven.certain
    assert walked.complete == proven.complete
    assert [(each.first, each.second) for each in walked.overlaps or ()] == [
        (each.first, each.second) for each in proven.overlaps or ()
    ]
    assert [(each.rule, each.witness is None) for each in walked.shadowed or ()] == [
        (each.rule, each.witness is None) for each in proven.shadowed or ()
    ]
    for gap in proven.gaps or ():
        assert matching(table, gap.witness) == [] or OTHER in gap.witness


@needs_z3
def test_z3_sees_columns_that_depend_on_each_other() -> None:
    """`x`, and x compared with y: the walk thinks of gaps that cannot be, z3 knows better."""
    over = Compare(">", parse("y", ["y"]))
    rest = Compare("<=", parse("y", ["y"]))
    table = model(Policy.UNIQUE, [("x", NUMBER), ("y", NUMBER)], (over, ANY, "a"), (rest, ANY, "b"))
    proven = analyse(table)
    assert (proven.method, proven.complete, proven.disjoint, proven.certain) == ("z3", True, True, True)
    walked = analyse(table, prove=False)
    assert not walked.certain
    assert walked.note
    assert walked.complete is False


@needs_z3
def test_z3_reckons_with_dates_and_sums() -> None:
    """Two heads over the same facts: a term of six weeks is always over once ten weeks have passed."""
    day = ColumnType(Kind.DATE, nullable=False)
    length = ColumnType(Kind.DAYS, nullable=False)
    names = {"today": day, "sent": day}
    heads = [("today - sent", length), ("sent", day)]
    six = Interval(None, parse('@"P42D"').value, True, True)  # type: ignore[attr-defined]
    later = Compare(">", parse('today - @"P70D"', list(names)))
    table = TableModel(
        tuple(InputColumn(head, kind, parse(head, list(names))) for head, kind in heads),
        ("out",),
        (TableRule((six, later), (Constant("a"),)), TableRule((six, ANY), (Constant("b"),))),
        Policy.UNIQUE,
    )
    proven = analyse(table, names)
    assert proven.method == "z3"
    assert proven.overlaps is not None
    assert len(proven.overlaps) == 1
    never = Compare("<", parse('today - @"P70D"', list(names)))
    dead = TableModel(table.columns, ("out",), (TableRule((six, never), (Constant("a"),)),), Policy.FIRST)
    found = analyse(dead, names).shadowed
    assert found is not None
    assert [each.rule for each in found] == [0]


def test_beyond_the_budget_a_verdict_is_open_not_wrong() -> None:
    """With one step nothing is decided, and a sentence says what to do."""
    rules = [(between(low, low + 3), OneOf((low % 2 == 0,)), "a") for low in range(12)]
    table = model(Policy.FIRST, [("x", NUMBER), ("y", BOOL)], *rules)
    found = analyse(table, steps=1, prove=False)
    assert found.complete is None
    assert found.shadowed is None
    assert "verify" in found.note


@needs_z3
def test_beyond_the_budget_z3_takes_over() -> None:
    """The same table is decided by z3 as the walk with a larger budget decides it."""
    rules = [(between(low, low + 2), OneOf((low % 2 == 0,)), "a") for low in range(12)]
    table = model(Policy.FIRST, [("x", NUMBER), ("y", BOOL)], *rules)
    handed_over = analyse(table, steps=1)
    assert handed_over.method == "z3"
    walked = analyse(table)
    assert walked.method == "walk"
    assert handed_over.complete == walked.complete
    assert handed_over.shadowed is not None
    assert walked.shadowed is not None
    assert [each.rule for each in handed_over.shadowed] == [each.rule for each in walked.shadowed]


def test_without_z3_the_walk_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An absent z3 is no error: the verdict stays open and the note names the extra."""
    monkeypatch.setattr("engine.feel.analysis_z3.find_spec", lambda name: None)
    table = model(Policy.FIRST, [("x", NUMBER)], (Compare(">", parse("y", ["y"])), "a"))
    found = analyse(table)
    assert found.method == "walk"
    assert "verify" in found.note

"""Cells: what each text means in a column of each type, and the sentence for every mistake."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel.cells import (
    All,
    AnyOf,
    Anything,
    CellTest,
    ColumnType,
    Compare,
    Has,
    Interval,
    Kind,
    Not,
    OneOf,
    Only,
    holds,
)
from engine.feel.cells_read import CellReader
from engine.feel.table_model import Computed, Constant
from engine.feel.table_text import TextCell
from engine.feel.tree import Arithmetic, Name, walk
from engine.feel.unsure import UNSURE
from engine.feel.values import YearsMonths

NUMBER = ColumnType(Kind.NUMBER)
DATE = ColumnType(Kind.DATE)
BOOLEAN = ColumnType(Kind.BOOLEAN, unsure=True)
CHOICE = ColumnType(Kind.CHOICE, ("kappen", "snoeien", "iets anders", "a, b", "no"))
CHOICES = ColumnType(Kind.CHOICES, ("loon", "uitkering", "geen"))
TEXT = ColumnType(Kind.TEXT)


def read(text: str, kind: ColumnType) -> CellTest:
    """The test, of a cell without faults."""
    reader = CellReader(names=("inkomen", "grens"))
    found = reader.test(TextCell(text, 1, 1), kind)
    assert found is not None, reader.problems
    return found


def faults(text: str, kind: ColumnType) -> list[tuple[str, int]]:
    """Code and column of each problem in a left cell that starts at column 10."""
    reader = CellReader(names=("inkomen",))
    assert reader.test(TextCell(text, 1, 10), kind) is None
    return [(problem.code, problem.where.column) for problem in reader.problems]


D = Decimal


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("-", NUMBER, Anything()),
        ("12", NUMBER, OneOf((D(12),))),
        ("-3.5, 7", NUMBER, OneOf((D("-3.5"), D(7)))),
        ("< 31", NUMBER, Interval(None, D(31), False, False)),
        (">=31", NUMBER, Interval(D(31), None, True, False)),
        ("!= 3", NUMBER, Not(OneOf((D(3),)))),
        ("[18..67)", NUMBER, Interval(D(18), D(67), True, False)),
        ("(1..2], > 9", NUMBER, AnyOf((Interval(D(1), D(2), False, True), Interval(D(9), None, False, False)))),
        ("not(1, [3..4])", NUMBER, Not(AnyOf((OneOf((D(1),)), Interval(D(3), D(4)))))),
        ("none", NUMBER, OneOf((None,))),
        ("> inkomen", NUMBER, Compare(">", Name("inkomen"))),
        ("2026-04-06", DATE, OneOf((date(2026, 4, 6),))),
        ("[2025-04-06..2026-04-06)", DATE, Interval(date(2025, 4, 6), date(2026, 4, 6), True, False)),
        ("yes", BOOLEAN, OneOf((True,))),
        ("nee", BOOLEAN, OneOf((False,))),
        ("ja, unsure", BOOLEAN, OneOf((True, UNSURE))),
        ("kappen, iets anders", CHOICE, OneOf(("kappen", "iets anders"))),
        ('"a, b"', CHOICE, OneOf(("a, b",))),
        ("no", CHOICE, OneOf(("no",))),
        ("not(kappen)", CHOICE, Not(OneOf(("kappen",)))),
        ("= inkomen", CHOICE, Compare("=", Name("inkomen"))),
        ("has loon, uitkering", CHOICES, Has(("loon", "uitkering"))),
        ("all loon", CHOICES, All(("loon",))),
        ("only geen", CHOICES, Only(("geen",))),
        ("not(has geen)", CHOICES, Not(Has(("geen",)))),
        ('"1234 AB", "x\\"y"', TEXT, OneOf(("1234 AB", 'x"y'))),
        ("14:30", ColumnType(Kind.TIME), OneOf((time(14, 30),))),
        ("2026-04-06T14:30", ColumnType(Kind.DATE_TIME), OneOf((datetime(2026, 4, 6, 14, 30),))),
        ("<= P6W", ColumnType(Kind.DAYS), Interval(None, timedelta(days=42), False, True)),
        ("P1Y6M", ColumnType(Kind.MONTHS), OneOf((YearsMonths(18),))),
    ],
)
def test_a_left_cell_means(text: str, kind: ColumnType, expected: CellTest) -> None:
    """Each form of a left cell gives its test."""
    assert read(text, kind) == expected


def test_the_right_side_of_a_comparison_may_be_an_expression() -> None:
    """What is no literal is parsed as FEEL."""
    found = read("> grens * 2 + 1", NUMBER)
    assert isinstance(found, Compare)
    assert isinstance(found.right, Arithmetic)
    assert Name("grens") in set(walk(found.right))


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("", NUMBER, [("E-CELL-EMPTY", 10)]),
        ("1,, 2", NUMBER, [("E-CELL-EMPTY", 12)]),
        ("€ 12,50", NUMBER, [("E-CELL-VALUE", 10)]),
        ("[67..18]", NUMBER, [("E-CELL-INTERVAL", 10)]),
        ("(3..3]", NUMBER, [("E-CELL-INTERVAL", 10)]),
        ("[a..5]", NUMBER, [("E-CELL-VALUE", 11)]),
        ("< ", NUMBER, [("E-CELL-VALUE", 10)]),
        ("> inkomen +", NUMBER, [("E-FEEL-SYNTAX", 21)]),
        ("2026-02-30", DATE, [("E-CELL-VALUE", 10)]),
        ("maybe", BOOLEAN, [("E-CELL-VALUE", 10)]),
        ("< yes", BOOLEAN, [("E-CELL-ORDER", 10)]),
        ("kapen", CHOICE, [("E-CELL-VALUE", 10)]),
        ("kappen, snoejen", CHOICE, [("E-CELL-VALUE", 18)]),
        ("!= kapen", CHOICE, [("E-CELL-VALUE", 13)]),
        ("unsure", CHOICE, [("E-CELL-VALUE", 10)]),
        ("loon", CHOICES, [("E-CELL-VALUE", 10)]),
        ("= inkomen", CHOICES, [("E-CELL-ORDER", 10)]),
        ("has lon", CHOICES, [("E-CELL-VALUE", 14)]),
        ("not(-)", NUMBER, [("E-CELL-NOT", 14)]),
        ("word", TEXT, [("E-CELL-VALUE", 10)]),
    ],
)
def test_a_mistake_in_a_left_cell_is_found_at_its_place(
    text: str, kind: ColumnType, expected: list[tuple[str, int]]
) -> None:
    """Every mistake has a code and the column where it starts."""
    assert faults(text, kind)[: len(expected)] == expected


def test_a_misspelled_option_is_named() -> None:
    """The hint offers the option that was probably meant."""
    reader = CellReader()
    reader.test(TextCell("snoejen", 1, 1), CHOICE)
    assert reader.problems[0].hint == "Did you mean `snoeien`?"


def test_a_bare_option_in_a_choices_column_says_has() -> None:
    """A set is not equal to one option: the author says has, all or only."""
    reader = CellReader()
    assert reader.test(TextCell("loon", 1, 1), CHOICES) is None
    assert "has" in reader.problems[0].hint


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("kappen", CHOICE, Constant("kappen")),
        ('"kappen"', CHOICE, Constant("kappen")),
        ("yes", BOOLEAN, Constant(True)),
        ("703", NUMBER, Constant(D(703))),
        ("none", NUMBER, Constant(None)),
        ("2026-01-31", DATE, Constant(date(2026, 1, 31))),
        ("loon, geen", CHOICES, Constant(["loon", "geen"])),
        ("[]", CHOICES, Constant([])),
        ("inkomen", NUMBER, Computed(Name("inkomen"))),
    ],
)
def test_a_right_cell_means(text: str, kind: ColumnType, expected: Constant | Computed) -> None:
    """A right cell is a literal or option, else an expression."""
    reader = CellReader(names=("inkomen",))
    assert reader.conclusion(TextCell(text, 1, 1), kind) == expected
    assert reader.problems == []


@pytest.mark.parametrize(("text", "kind"), [("", NUMBER), ("-", NUMBER), ("kapen", CHOICE), ("1 +", NUMBER)])
def test_a_mistake_in_a_right_cell_is_found(text: str, kind: ColumnType) -> None:
    """An empty conclusion, a misspelled option and a broken expression are problems."""
    reader = CellReader()
    assert reader.conclusion(TextCell(text, 1, 1), kind) is None
    assert reader.problems


def test_null_and_unsure_follow_the_table_on_top_of_the_module() -> None:
    """Null matches none, -, != and not(equality) only; UNSURE matches unsure and - only."""
    cells = ("-", "none", "!= 5", "not(5)", "< 5", "not(< 5)", "5")
    assert [text for text in cells if holds(read(text, NUMBER), None)] == ["-", "none", "!= 5", "not(5)"]
    cells = ("-", "unsure", "unsure, yes", "yes", "not(yes)", "!= yes", "none")
    assert [text for text in cells if holds(read(text, BOOLEAN), UNSURE)] == ["-", "unsure", "unsure, yes"]


def test_sets_of_options() -> None:
    """has: at least one; all: every one; only: something, and nothing else."""
    for chosen, expected in (
        (frozenset({"loon"}), (True, False, True)),
        (frozenset({"loon", "uitkering"}), (True, True, True)),
        (frozenset({"loon", "uitkering", "geen"}), (True, True, False)),
        (frozenset({"geen"}), (False, False, False)),
        (frozenset[str](), (False, False, False)),
    ):
        cells = [read(f"{word} loon, uitkering", CHOICES) for word in ("has", "all", "only")]
        assert tuple(holds(cell, chosen) for cell in cells) == expected


KINDS = st.sampled_from([NUMBER, DATE, BOOLEAN, CHOICE, CHOICES, TEXT, ColumnType(Kind.TIME), ColumnType(Kind.DAYS)])


@given(st.text(alphabet='-<>=!()[].,"0123 hasnotlyekpn|\\@', max_size=24), KINDS)
def test_any_text_gives_a_test_or_a_problem(text: str, kind: ColumnType) -> None:
    """Whatever stands in a cell, it is read or refused with a sentence; nothing raises."""
    reader = CellReader(names=("inkomen",))
    cell = TextCell(text.strip(), 1, 1)
    assert (reader.test(cell, kind) is None) == bool(reader.problems)
    other = CellReader(names=("inkomen",))
    assert (other.conclusion(cell, kind) is None) == bool(other.problems)

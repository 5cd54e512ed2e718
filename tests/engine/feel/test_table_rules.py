"""Sparse rules: a condition taken apart means the same as the condition."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel.cells import Anything, Compare, Has, Interval, Not, OneOf, holds
from engine.feel.evaluator import compile_expression
from engine.feel.parser import parse
from engine.feel.syntax import Profile
from engine.feel.table_rules import as_columns, taken_apart
from engine.feel.tree import Expr, Name

NAMES = ("a", "b", "p", "q", "t", "c")


def read(text: str) -> Expr:
    return parse(text, NAMES, profile=Profile.FLOW)


def test_a_condition_falls_into_heads() -> None:
    """Each head once, with what is asked of it; what is no comparison is a boolean head."""
    parts = taken_apart(read('a < 31 and not(p) and t in ("x", "y") and has any(c, ["u"]) and a > b and (p or q)'))
    found = {part.head: part.test for part in parts}
    assert found[Name("p")] == OneOf((False,))
    assert found[Name("c")] == Has(("u",))
    assert found[read("p or q")] == OneOf((True,))
    assert isinstance(found[Name("a")], Not)
    single = taken_apart(read("31 > a"))[0]
    assert (single.head, single.test) == (Name("a"), Interval(None, Decimal(31), False, False))
    assert taken_apart(read("a > b"))[0].test == Compare(">", Name("b"))


def test_rules_share_their_columns() -> None:
    """Rows that look at different things get `-` where they do not look."""
    heads, cells = as_columns([taken_apart(read(text)) for text in ("a < 3 and p", "q", "a >= 3")])
    assert heads == [Name("a"), Name("p"), Name("q")]
    assert cells[1] == [Anything(), Anything(), OneOf((True,))]


CONDITIONS = [
    "a < 3",
    "3 <= a",
    "a = 3 or a = 5",
    "a in [2..5)",
    "a in (< 2, 4, [6..7])",
    "a between 2 and 4",
    "not(a in (1, 2))",
    "not(a < 3)",
    "a != none",
    "p",
    "not(p)",
    "p = no",
    "p or q",
    "not(p or a > 3)",
    't = "x"',
    't in ("x", "y")',
    'has any(c, ["u", "v"])',
    'not(has only(c, ["u"]))',
]
VALUES = {
    "a": st.one_of(st.none(), st.integers(0, 8).map(Decimal)),
    "p": st.sampled_from([True, False, None]),
    "q": st.sampled_from([True, False, None]),
    "t": st.sampled_from(["x", "y", "z", None]),
    "c": st.lists(st.sampled_from("uvw"), unique=True),
}


@given(st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=3), st.fixed_dictionaries(VALUES))
@settings(max_examples=300)
def test_the_parts_mean_the_condition(texts: list[str], scope: dict[str, object]) -> None:
    """All parts hold exactly where the condition is true."""
    condition = read(" and ".join(f"({text})" for text in texts))
    expected = compile_expression(condition, NAMES)(scope)
    verdicts = [holds(part.test, compile_expression(part.head, NAMES)(scope)) for part in taken_apart(condition)]
    assert (all(verdict is True for verdict in verdicts)) == (expected is True)


@pytest.mark.parametrize("text", ["a + 1 < 3", "count(c) > 1", "if p then q else no"])
def test_any_expression_can_be_a_head(text: str) -> None:
    """A head need not be a name."""
    assert len(taken_apart(read(text))) == 1

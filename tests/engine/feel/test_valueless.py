"""What can never have a value is told at load; what may have one is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FlowError
from engine.feel.evaluator import Run, compile_expression
from engine.feel.parser import Profile, parse
from engine.feel.valueless import STEPS, valueless
from engine.graph.load import load_flow

NAMES = ("leeftijd", "naam", "dag")


def found(text: str) -> list[tuple[str, str]]:
    """What is told of an expression: the text from where it starts, and why."""
    return [(text[own.start :], own.why) for own in valueless(parse(text, NAMES, profile=Profile.FLOW))]


@pytest.mark.parametrize(
    ("text", "part", "why"),
    [
        ('date("2026-02-30")', 'date("2026-02-30")', "not a date"),
        ("leeftijd + 1 / 0", "1 / 0", "cannot be computed"),
        ('matches(naam, "(?=x)")', 'matches(naam, "(?=x)")', "pattern"),
        ('replace(naam, "[", "")', 'replace(naam, "[", "")', "pattern"),
        ('if leeftijd > 3 then number("drie") else 4', 'number("drie") else 4', "not a number"),
        ('dag > @"2026-13-01"', '@"2026-13-01"', "no date"),
        ("date(2026, 13, 1) < dag", "date(2026, 13, 1) < dag", "no such day"),
        ("sqrt(-1) + leeftijd", "sqrt(-1) + leeftijd", "square root"),
        ("[1, 2][5] + leeftijd", "[1, 2][5] + leeftijd", "no such item"),
    ],
)
def test_part_without_a_value_is_told_where_it_stands(text: str, part: str, why: str) -> None:
    """With the reason that running it gives."""
    [(where, says)] = found(text)
    assert where == part
    assert why in says


@pytest.mark.parametrize(
    "text",
    [
        'date("2026-02-28") < dag',
        'matches(naam, "^[a-z]+$")',
        "1 / leeftijd",
        "null",
        "today() > dag",
        "max([])",
        "for i in [1, 2] return 1 / i",
        "[1, 2][item > leeftijd]",
        "count(for i in 1..100000 return i) > leeftijd",
    ],
)
def test_what_may_have_a_value_is_left_alone(text: str) -> None:
    """Also what is null on purpose, and what takes too long to look at here."""
    assert found(text) == []


def test_each_part_is_told_once() -> None:
    """Two faults in one expression are two findings, and a fault within a fault is one."""
    assert [part for part, _ in found("(1 / 0 + 2) + leeftijd + number(string(1 / 0))")] == [
        "1 / 0 + 2) + leeftijd + number(string(1 / 0))",
        "number(string(1 / 0))",
    ]


@given(st.integers(-3, 3), st.integers(-3, 3), st.sampled_from("+-*/"), st.integers(0, 3))
def test_told_when_and_only_when_it_has_no_value(left: int, right: int, sign: str, power: int) -> None:
    """What is told of a calculation with written numbers is what running it gives."""
    text = f"{left} {sign} ({right}) ** {power}"
    expr = parse(text, ())
    assert bool(valueless(expr)) == (compile_expression(expr)({}, Run(steps=STEPS)) is None)


def test_flow_with_it_is_refused_at_the_place() -> None:
    """The author sees line, column and the reason."""
    with pytest.raises(FlowError) as refused:
        load_flow("""wegwijzer: 1
flow: proef
language: nl
question: Mag het?
goal: doel
facts:
  dag: {type: date, ask: "Dag?", why: "D."}
decisions:
  doel: {type: choice, options: [ja, nee], is: 'if dag > date("2026-02-30") then "ja" else "nee"'}
outcomes:
  ja: {kind: answer, text: Ja}
  nee: {kind: answer, text: Nee}
""")
    [problem] = refused.value.problems
    assert problem.code == "E-VALUELESS"
    assert (problem.where.line, problem.where.column) == (9, 58)
    assert "not a date" in problem.message

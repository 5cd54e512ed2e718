"""Calculations that could take too many steps are told at load, and given up in time when they do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.errors import FlowError, Severity
from engine.feel.run import FLOW_STEPS, Run
from engine.feel.unknown import UNKNOWN
from engine.graph.graph import Formula, Graph
from engine.graph.load import load_flow
from engine.graph.step_bounds import Span, _Bounds
from engine.graph.view import View
from engine.journey.relevance import Phase, relevance

FACTS = """
  n: {type: integer, min: 0, max: 30, ask: "N?", why: "D."}
  m: {type: integer, min: 0, max: 20, ask: "M?", why: "D."}
  wijd: {type: integer, ask: "Hoeveel?", why: "D."}
  dag: {type: date, min: 2026-01-01, max: 2026-03-01, ask: "Dag?", why: "D."}
  later: {type: date, min: 2026-02-01, max: 2026-04-01, ask: "Later?", why: "D."}
  geboren: {type: date, ask: "Geboren?", why: "D."}
  kinderen:
    type: list
    item: kind
    max: 4
    ask: Welke kinderen hebt u?
    why: D.
    of: {leeftijd: {type: integer, min: 0, max: 17, ask: "Hoe oud?", why: "D."}}
"""


def graph_of(formula: str, function: str = "a + b") -> Graph:
    """A flow whose goal rests on one calculation."""
    return load_flow(f"""wegwijzer: 1
flow: proef
language: nl
question: Mag het?
goal: doel
facts:{FACTS}
functions:
  f: {{given: {{a: integer, b: integer}}, type: number, is: '{function}'}}
decisions:
  som: {{type: number, is: '{formula}'}}
  doel: {{type: choice, options: [ja, nee], is: 'if som > 10 then "ja" else "nee"'}}
outcomes:
  ja: {{kind: answer, values: [som], text: "Ja, {{som}}."}}
  nee: {{kind: answer, text: Nee}}
""")


def formula_of(graph: Graph) -> Formula:
    """The calculation."""
    found = graph.rulings["som"].formula
    assert found is not None
    return found


def bounds(formula: str, function: str = "a + b") -> Span:
    """From how many to how many steps it is said to take."""
    graph = graph_of(formula, function)
    return _Bounds(graph).steps(formula_of(graph).expr, View(graph, {}))


BOUNDED = [
    "n + m",
    "count(up(1, n))",
    "sum(for x in up(1, n) return x * m)",
    "sum(for x in 1..n return x)",
    "count(for x in n..m return x)",
    "sum(for x in up(1, n), y in up(1, m) return x * y)",
    "sum(for x in up(1, n) return sum(for y in up(1, x) return y))",
    "sum(for x in up(1, n) return f(x, m))",
    "if some x in up(1, n) satisfies x > m then 1 else 0",
    "if n > 10 then count(up(1, n)) else 0",
    "count(days(dag, later))",
    "sum(for d in days(dag, later) return n)",
    "count(up(1, n)[item > m])",
    "count(concatenate(up(1, n), up(1, m), [1, 2, 3]))",
    "sum(for x in [1, 2, 3] return x + n)",
    "if (n > 3 and count(up(1, m)) > 4) then 1 else 0",
    "count(sort(up(1, n), function(a, b) a > b)[item > 2])",
]


@pytest.mark.parametrize("text", BOUNDED)
@given(st.integers(0, 30), st.integers(0, 20), st.integers(0, 59), st.integers(0, 59))
@example(0, 0, 59, 0)
@example(30, 20, 0, 59)
def test_it_takes_no_more_and_no_fewer_steps_than_said(text: str, n: int, m: int, first: int, last: int) -> None:
    """Whatever the answers within the limits of the facts, the steps really taken lie within what is told at load."""
    function = "sum(for z in up(1, a) return z + b)"
    graph = _cached(text, function)
    span = _Bounds(graph).steps(formula_of(graph).expr, View(graph, {}))
    assert span.high is not None
    day = date(2026, 1, 1).toordinal()
    known: dict[str, object] = {
        "n": Decimal(n),
        "m": Decimal(m),
        "dag": date.fromordinal(day + first),
        "later": date.fromordinal(day + 31 + last),
    }
    run = Run(10_000_000)
    assert formula_of(graph).program(View(graph, known).scope, run) is not UNKNOWN
    taken = 10_000_000 - run.steps
    assert taken <= span.high
    if "sort" not in text:
        assert span.low <= taken


_GRAPHS: dict[str, Graph] = {}


def _cached(text: str, function: str) -> Graph:
    if text not in _GRAPHS:
        _GRAPHS[text] = graph_of(text, function)
    return _GRAPHS[text]


def codes(formula: str, function: str = "a + b") -> list[str]:
    """What is told at load, without refusing."""
    return [found.code for found in graph_of(formula, function).findings]


@pytest.mark.parametrize("text", BOUNDED)
def test_nothing_is_said_of_a_calculation_that_stays_within_its_budget(text: str) -> None:
    """Loops within limits are no news."""
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    ["count(up(1, 30000))", "sum(for x in 1..20001 return x)", "n + count(for x in 1..200, y in 1..200 return x)"],
)
def test_a_calculation_that_always_takes_too_much_is_refused(text: str) -> None:
    """With its line and column, how many steps it takes, and how many it may."""
    with pytest.raises(FlowError) as caught:
        graph_of(text)
    (problem,) = caught.value.problems
    assert problem.code == "E-BUDGET"
    assert (problem.where.line, problem.where.column > 1) == (24, True)
    assert "20,000" in problem.message
    assert problem.hint


def test_a_calculation_that_can_take_too_much_is_warned_of() -> None:
    """A date without limits lies between 1900 and 2100: more than twenty thousand days."""
    (found,) = graph_of("count(days(geboren, later))").findings
    assert (found.code, found.severity) == ("W-BUDGET", Severity.WARNING)
    assert found.where.line == 24
    assert codes("sum(for x in up(1, n) return f(x, m))", "sum(for z in up(1, 1000) return a + b)") == ["W-BUDGET"]


def test_a_calculation_without_limits_gets_a_note() -> None:
    """Advice that fails no command: nobody can tell how far an integer without limits goes."""
    (found,) = graph_of("sum(for x in up(1, wijd) return x)").findings
    assert (found.code, found.severity) == ("W-BUDGET-OPEN", Severity.NOTE)


TOO_MUCH = [
    ("count(up(1, wijd))", "a + b"),
    ("sum(for x in 1..wijd return x)", "a + b"),
    ("sum(for x in up(1, wijd) return f(x, wijd))", "sum(for z in up(1, b) return z)"),
    ("count(for x in 1..wijd return count(for y in 1..wijd return x * y))", "a + b"),
    ("string length(string join(for x in up(1, wijd) return string(x)))", "a + b"),
]


@pytest.mark.parametrize(("text", "function"), TOO_MUCH)
def test_what_takes_too_much_at_run_time_is_given_up_and_a_person_looks(text: str, function: str) -> None:
    """No hang, no crash, and no outcome: null would be an answer, and the next rule would decide with it."""
    graph = graph_of(text, function)
    view = View(graph, {"wijd": Decimal(5_000_000)})
    found = relevance(graph, view)
    assert (found.outcome, found.phase, found.stuck, found.needed) == ("", Phase.DONE, True, ())
    assert view.value("som") is UNKNOWN
    assert view.work.given_up


@pytest.mark.parametrize(("text", "function"), TOO_MUCH)
def test_the_same_flow_decides_where_it_takes_less(text: str, function: str) -> None:
    """The budget is of the calculation with these answers, not of the flow."""
    graph = graph_of(text, function)
    assert relevance(graph, View(graph, {"wijd": Decimal(20)})).outcome == "ja"


def test_functions_share_the_budget_of_who_calls_them() -> None:
    """A hundred calls of three hundred steps are too many, although no single one is."""
    graph = graph_of("sum(for x in up(1, wijd) return f(x, 300))", "sum(for z in up(1, b) return z)")
    assert relevance(graph, View(graph, {"wijd": Decimal(10)})).outcome == "ja"
    assert relevance(graph, View(graph, {"wijd": Decimal(100)})).stuck


def test_reasoning_about_what_is_not_known_is_bounded_too() -> None:
    """With one fact unknown nothing is computed, only reasoned about; what is needed is still asked."""
    formula = "sum(for x in 1..wijd return sum(for y in 1..wijd return x * y + n))"
    graph = graph_of(formula)
    found = relevance(graph, View(graph, {"wijd": Decimal(390)}))
    assert (found.outcome, found.needed) == ("", ("n",))


def test_an_outcome_whose_figure_takes_too_much_goes_to_a_person() -> None:
    """The outcome may be certain while the figure in its letter is not: nobody gets a letter with a hole in it."""
    text = graph_of("count(up(1, wijd))").flow
    assert text.outcomes["ja"].values == ("som",)
    graph = load_flow("""wegwijzer: 1
flow: proef
language: nl
question: Mag het?
goal: doel
facts:
  wijd: {type: integer, ask: "Hoeveel?", why: "D."}
  oud: {type: boolean, ask: "Oud?", why: "D."}
decisions:
  som: {type: number, is: 'count(up(1, wijd))'}
  doel: {type: choice, options: [ja, nee], is: 'if oud then "ja" else "nee"'}
outcomes:
  ja: {kind: answer, values: [som], text: "Ja, {som}."}
  nee: {kind: answer, text: Nee}
""")
    known: dict[str, Any] = {"oud": True, "wijd": Decimal(30)}
    assert relevance(graph, View(graph, known)).outcome == "ja"
    assert relevance(graph, View(graph, {**known, "wijd": Decimal(3_000_000)})).stuck
    assert FLOW_STEPS == 20_000

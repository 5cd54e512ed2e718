"""A figure of the law without a row for a day that may come: found where it changes something, with a citizen."""

from __future__ import annotations

from typing import Any

import pytest

from engine.graph.load import load_flow
from engine.harness.prove import Proof, prove

FLOW = """
wegwijzer: 1
flow: toeslag
language: nl
question: Krijg ik toeslag?
goal: recht
facts:
  dag: {type: date%(limits)s, from: [clock:start]}
  alleen: {type: boolean, ask: "Woont u alleen?", why: "Dan geldt een andere grens."}
  geld: {type: money, min: 0, max: 90000, ask: "Hoeveel verdient u?", why: "Boven de grens krijgt u niets."}
parameters:
  grens: {by: %(by)s, table: "%(table)s"}
decisions:
%(rules)s
  recht: {type: choice, options: [wel, geen, later], %(goal)s}
outcomes:
  wel: {kind: answer, rank: 1, text: %(text)s}
  geen: {kind: answer, rank: 0, text: "U krijgt niets."}
  later: {kind: answer, text: "Vraag het later."}
"""
BY_DAY = {"by": "from", "table": "| from || top |\\n| 2026-01-01 || 30000 |\\n| 2027-01-01 || 31000 |"}
BY_YEAR = {"by": "equal", "table": "| jaar || top |\\n| 2026 || 30000 |\\n| 2027 || 31000 |"}
SILENT = 'is: \'if geld > grens(dag).top then "geen" else "wel"\''
ROWS = "hit: first, rules: [{when: geld > grens(dag).top, then: geen}, {when: else, then: wel}]"
CELLS = 'hit: first, table: "| geld || recht |\\n| > grens(dag).top || geen |\\n| - || wel |"'
APART = 'is: \'if dag < @"2026-01-01" then "later" else if geld > grens(dag).top then "geen" else "wel"\''
YEARLY = 'is: \'if geld > grens(dag.year).top then "geen" else "wel"\''


def found(**parts: str) -> Proof:
    own: dict[str, Any] = {"limits": "", "rules": "", "text": '"U krijgt toeslag."', "goal": SILENT, **BY_DAY, **parts}
    return prove(load_flow(FLOW % own))


def of(proof: Proof) -> list[Any]:
    assert not [own for own in proof.not_proven if "figure" in own]
    return [own for own in proof.findings if own.problem.code == "P-NO-FIGURE"]


@pytest.mark.parametrize("goal", [SILENT, ROWS, CELLS])
def test_a_day_before_the_first_figure_is_shown(goal: str) -> None:
    """The condition is null on that day and the `else` or the next row follows: a citizen of that day is shown."""
    (finding,) = of(found(goal=goal))
    assert finding.witness["dag"] < "2026-01-01"
    assert "`grens` has no figures for" in finding.problem.message


def test_a_limit_on_the_clock_takes_it_away() -> None:
    """`min` at the fact from the clock says that no such day comes."""
    assert of(found(limits=", min: 2026-01-01")) == []
    assert len(of(found(limits=", min: 2025-12-31"))) == 1


def test_a_day_that_a_row_keeps_apart_is_no_finding() -> None:
    """Where the rules say something of their own for those days, nothing is silent."""
    assert of(found(goal=APART)) == []


def test_figures_by_year_run_out() -> None:
    """A table by year has no row for the years to come, unless the author says how far is counted."""
    (finding,) = of(found(goal=YEARLY, **BY_YEAR))
    assert not "2026" <= finding.witness["dag"] < "2028"
    assert of(found(goal=YEARLY, limits=", min: 2026-01-01, max: 2027-12-31", **BY_YEAR)) == []


def test_it_is_found_through_another_decision_and_a_sum() -> None:
    """The figure is read in a decision behind the goal, in a calculation that has no diagram."""
    rules = "  ruimte: {type: money, is: grens(dag).top - geld / 2}"
    goal = 'is: \'if ruimte < 0 then "geen" else "wel"\''
    (finding,) = of(found(rules=rules, goal=goal))
    assert finding.witness["dag"] < "2026-01-01"
    assert of(found(rules=rules, goal=goal, limits=", min: 2026-01-01")) == []


def test_it_is_found_in_the_text_of_an_outcome() -> None:
    """A sentence is left out in silence on a day without a figure."""
    text = '[{when: geld > grens(dag).top, text: "Het hoge tarief."}, "U krijgt toeslag."]'
    goal = 'is: \'if alleen then "geen" else "wel"\''
    (finding,) = of(found(text=text, goal=goal))
    assert "the text of `wel`" in finding.problem.message
    assert of(found(text=text, goal=goal, limits=", min: 2026-01-01")) == []


def test_it_is_found_in_a_function() -> None:
    """The key is an argument; the parameter is named all the same."""
    goal = 'is: \'if hoog then "geen" else "wel"\''
    own = {"limits": "", "rules": "  hoog: {type: boolean, is: 'boven(dag, geld)'}", "text": '"Ja."', "goal": goal}
    text = FLOW % {**own, **BY_DAY} + (
        "functions:\n  boven: {given: {op: date, som: money}, type: boolean, is: som > grens(op).top}\n"
    )
    assert len(of(prove(load_flow(text)))) == 1


def test_a_key_that_every_option_has_is_no_finding() -> None:
    """All keys of a choice or a yes and no have a row."""
    goal = 'is: \'if geld > grens(alleen).top then "geen" else "wel"\''
    assert of(found(goal=goal, by="equal", table="| alleen || top |\\n| yes || 1 |\\n| no || 2 |")) == []
    assert len(of(found(goal=goal, by="equal", table="| alleen || top |\\n| yes || 1 |"))) == 1


ITEMS = """
wegwijzer: 1
flow: kinderen
language: nl
question: Krijg ik iets?
goal: recht
facts:
  kinderen:
    type: list
    item: kind
    ask: Voor welke kinderen?
    why: Daarvan hangt het af.
    of:
      oud: {type: integer, min: 0, max: 17, ask: "Hoe oud is {item}?", why: "Daarvan hangt het af."}
parameters:
  bedrag: {by: from, table: "| oud || euro |\\n| %s || 100 |\\n| 12 || 40 |"}
decisions:
  per_kind: {each: kinderen, type: money, is: 'if bedrag(oud).euro > 50 then 10 else 0'}
  recht: {type: choice, options: [wel, geen], is: 'if sum(per_kind) > 5 then "wel" else "geen"'}
outcomes:
  wel: {kind: answer, rank: 1, text: "Ja."}
  geen: {kind: answer, rank: 0, text: "Nee."}
"""


@pytest.mark.parametrize(("first", "said"), [("4", "`bedrag` has no figures for 0"), ("0", "")])
def test_it_is_found_for_an_item_of_a_list(first: str, said: str) -> None:
    """A child for whose age there is no row, named by that age."""
    assert [own.problem.message.partition(",")[0] for own in of(prove(load_flow(ITEMS % first)))] == [said] * bool(said)

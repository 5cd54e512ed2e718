"""Days of the clock in a proof: those from `min` to `max`, where the author says which days are counted with."""

from __future__ import annotations

import pytest

from engine.graph.load import load_flow
from engine.harness.prove import prove

FLOW = """
wegwijzer: 1
flow: steun
language: nl
question: Krijg ik steun?
goal: steun
facts:
  dag: {type: date%s, from: [clock:start]}
  geld: {type: money, min: 0, max: 1000, ask: "Hoeveel geld hebt u?", why: "Dan weten we het bedrag."}
parameters:
  grens: {by: from, table: "| from || geld |\\n| 2026-01-01 || 500 |\\n| 2027-01-01 || 510 |"}
decisions:
  bedrag: {type: money, round: down 0.01, is: grens(dag).geld - geld / 3}
  steun: {type: choice, options: [wel, geen], is: 'if geld < 400 then "wel" else "geen"'}
outcomes:
  wel: {kind: answer, rank: 1, values: [bedrag], text: "U krijgt {bedrag}."}
  geen: {kind: answer, rank: 0, text: "U krijgt niets."}
"""


@pytest.mark.parametrize(
    ("limits", "found"),
    [("", ["P-NO-VALUE"]), (", min: 2026-01-01", []), (", min: 2025-12-31", ["P-NO-VALUE"])],
)
def test_a_figure_by_date_has_a_value_on_every_day_that_is_counted_with(limits: str, found: list[str]) -> None:
    """Before the first row there is no value; `min` at the fact from the clock says that no such day will come."""
    assert [own.problem.code for own in prove(load_flow(FLOW % limits)).findings] == found


OLD = """
wegwijzer: 1
flow: oud
language: nl
question: Ben ik oud?
goal: oud
facts:
  dag: {type: date, from: [clock:start]}
  geboren: {type: date, min: 2000-01-01, ask: "Wanneer bent u geboren?", why: "Dan weten we hoe oud u bent."}
decisions:
  oud: {type: choice, options: [ja, nee], is: 'if years(geboren, dag) > 110 then "ja" else "nee"'}
outcomes:
  ja: {kind: answer, text: "U bent oud."}
  nee: {kind: answer, text: "U bent niet oud."}
"""


def test_a_day_of_the_clock_beyond_what_one_may_answer_is_no_disagreement() -> None:
    """Nobody answers a day after 2100, but the clock comes there: such a citizen is one, and nothing is left open."""
    proof = prove(load_flow(OLD))
    assert (list(proof.findings), list(proof.not_proven)) == ([], [])


PLAIN = FLOW.replace("grens(dag).geld - geld / 3", "grens(dag).geld")


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        ("", ["P-NO-VALUE"]),
        (", min: 2026-01-01", []),
        (", min: 2026-03-01", []),
        (", min: 2025-12-31", ["P-NO-VALUE"]),
        (", min: 2026-01-01, max: 2027-12-31", []),
    ],
)
def test_that_holds_where_diagrams_tell_it_too(limits: str, found: list[str]) -> None:
    """Nobody is shown of a day that the author does not count with, whichever way the proof goes."""
    assert [own.problem.code for own in prove(load_flow(PLAIN % limits)).findings] == found

"""What the citizen is asked while only a worker can settle the outcome."""

from __future__ import annotations

from engine.graph.load import load_flow
from engine.graph.view import View
from engine.journey.relevance import Phase, relevance

FLOW = """
wegwijzer: 1
flow: proef
language: nl
question: Mag dit?
goal: mag
facts:
  groot: {type: boolean, ask: "Is het groot?", why: "Daarvan hangt het af."}
  past: {type: boolean, from: [worker], skill: bouw, ask: "Past het?", why: "Dat beoordeelt iemand."}
  tekening: {type: text, ask: "Wat tekent u?", why: "Dat bekijkt iemand."}
  rekening: {type: iban, ask: "Welke rekening?", why: "Daar betalen we."}
decisions:
  mag: {type: choice, options: [ja, nee], is: if past and not(groot) then "ja" else "nee"}
outcomes:
  ja: {kind: answer, needs: [tekening, rekening], text: "Ja."}
  nee: {kind: answer, needs: [tekening], text: "Nee."}
"""
GRAPH = load_flow(FLOW)


def test_what_every_possible_outcome_needs_is_asked_before_the_worker_looks() -> None:
    """The drawing is needed whatever comes out, the account number only for one of the outcomes."""
    found = relevance(GRAPH, View(GRAPH, {"groot": False}))
    assert found.askable == ("tekening",)
    assert found.phase is Phase.NEEDS
    assert found.waiting == ("past",)


def test_questions_of_the_goal_come_first() -> None:
    """As long as the citizen can still change the outcome, only that is asked."""
    assert relevance(GRAPH, View(GRAPH, {})).askable == ("groot",)


def test_then_the_worker_is_waited_for() -> None:
    """When that is told too, nothing is asked and the worker's judgement is what is left."""
    found = relevance(GRAPH, View(GRAPH, {"groot": False, "tekening": "een schuur"}))
    assert (found.askable, found.waiting) == ((), ("past",))


def test_deciding_only_asks_for_nothing_else() -> None:
    """A bulk run that stops at the decision leaves the handling out."""
    assert relevance(GRAPH, View(GRAPH, {"groot": False}), decide_only=True).askable == ()

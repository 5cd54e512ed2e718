"""What the citizen is asked once only a worker's judgement is waited for: the `needs` of that fact."""

from __future__ import annotations

import pytest

from engine.errors import FlowError
from engine.flow.keys import FactKey
from engine.graph.load import load_flow
from engine.graph.view import View
from engine.harness.prove import prove
from engine.journey.relevance import Phase, relevance

FLOW = """
wegwijzer: 1
flow: proef
language: nl
question: Mag dit?
goal: mag
facts:
  groot: {type: boolean, ask: "Is het groot?", why: "Daarvan hangt het af."}
  heeft: {type: boolean, ask: "Hebt u een tekening?", why: "Dan zien wij het."}
  past: {type: boolean, from: [worker], skill: bouw, needs: [tekening, wat], ask: "Past het?", why: "Iemand oordeelt."}
  tekening: {type: text, when: heeft, ask: "Wat tekent u?", why: "Dat bekijkt iemand.", unsure: worker}
  wat: {type: text, ask: "Wat is het?", why: "Dat bekijkt iemand."}
  rekening: {type: iban, ask: "Welke rekening?", why: "Daar betalen we."}
decisions:
  mag: {type: choice, options: [ja, nee], is: if past and not(groot) then "ja" else "nee"}
outcomes:
  ja: {kind: answer, needs: [rekening], text: "Ja."}
  nee: {kind: answer, needs: [rekening], text: "Nee."}
"""
GRAPH = load_flow(FLOW)


def test_questions_of_the_goal_come_first() -> None:
    """As long as the citizen can still change the outcome, only that is asked."""
    assert relevance(GRAPH, View(GRAPH, {})).askable == ("groot",)


def test_then_what_the_worker_must_have_is_asked() -> None:
    """The judgement is all that is left, so what it rests on is asked, and nothing that an outcome needs."""
    found = relevance(GRAPH, View(GRAPH, {"groot": False}))
    assert (found.askable, found.waiting, found.phase) == (("heeft", "wat"), ("past",), Phase.NEEDS)
    assert "rekening" not in found.needed


def test_what_the_when_of_a_need_reads_is_asked_too() -> None:
    """Whether there is a drawing decides whether somebody is asked to send it."""
    found = relevance(GRAPH, View(GRAPH, {"groot": False, "wat": "een schuur"}))
    assert found.askable == ("heeft",)


def test_a_need_that_makes_no_sense_is_not_asked() -> None:
    """Without a drawing nobody is asked to send it."""
    found = relevance(GRAPH, View(GRAPH, {"groot": False, "heeft": False}))
    assert found.askable == ("wat",)


def test_then_the_worker_is_waited_for() -> None:
    """When that is told too, nothing is asked and the judgement is what is left."""
    found = relevance(GRAPH, View(GRAPH, {"groot": False, "heeft": False, "wat": "een schuur"}))
    assert (found.askable, found.waiting, found.is_settled) == ((), ("past",), False)


def test_a_need_handed_on_to_a_person_does_not_hold_up_the_rest() -> None:
    """To say "weet ik niet" about a need leaves it to the worker who looks anyway."""
    view = View(GRAPH, {"groot": False, "heeft": True, "wat": "een schuur"})
    found = relevance(GRAPH, view, frozenset({"tekening"}))
    assert (found.askable, found.waiting) == ((), ("past", "tekening"))


def test_where_no_worker_looks_nothing_of_it_is_asked() -> None:
    """A certain outcome needs no judgement, so neither what the judgement needs."""
    found = relevance(GRAPH, View(GRAPH, {"groot": True}))
    assert (found.outcome, found.askable) == ("nee", ("rekening",))


def test_deciding_only_asks_for_nothing_else() -> None:
    """A bulk run that stops at the decision leaves the handling out."""
    assert relevance(GRAPH, View(GRAPH, {"groot": False}), decide_only=True).askable == ()


def test_a_question_that_only_a_worker_needs_counts_as_mattering() -> None:
    """The proof does not call it useless."""
    assert [own for own in prove(GRAPH).findings if own.problem.code == "P-USELESS"] == []
    assert FactKey("wat").path in GRAPH.facts


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("needs: [tekening, wat]", "needs: [tekenning]", "tekenning"),
        ("needs: [tekening, wat]", "needs: [past]", "needs itself"),
        ("from: [worker], skill: bouw, needs", "needs", "no worker supplies"),
    ],
)
def test_needs_that_cannot_be_are_refused_in_words(was: str, becomes: str, says: str) -> None:
    """A name that is not there, a fact that needs itself, a fact that no worker supplies."""
    with pytest.raises(FlowError) as raised:
        load_flow(FLOW.replace(was, becomes))
    assert any(says in problem.message for problem in raised.value.problems)

"""A determination is not made known while a value that it tells waits for a person."""

from __future__ import annotations

import pytest

from engine.errors import RefusedEvent
from engine.journey import events as ev
from tests.engine.journey.travelling import Traveller, fact, facts, graph_of, worker

DECISIONS = """
bedrag: {type: money, is: auto * 0.1}
doel: {type: choice, options: [wel, niet], is: if arm then "wel" else "niet"}
"""
OUTCOMES = """
wel: {kind: grant, values: [bedrag], text: "U krijgt {bedrag}.", remedy: {kind: bezwaar, within: P6W}}
niet: {kind: refusal, text: "Niet.", remedy: {kind: bezwaar, within: P6W}}
"""
STEPS = """
process:
  from: standard@1
  steps: |
    | from     | event  | by      | if | to      | do                              |
    | checking | submit | citizen | -  | judging | tell ontvangen; task beoordelen |
"""


def handed_in() -> Traveller:
    """Who does not know what the car is worth, before a worker."""
    lines = facts(fact("arm", "boolean"), fact("auto", "money", "min: 0, max: 90000, unsure: worker"))
    traveller = Traveller(graph_of(lines, DECISIONS, OUTCOMES, more=STEPS)).answers(arm=True)
    traveller.do(ev.HelpWanted, fact="auto", leads_to="worker")
    traveller.step("submit")
    return traveller


def test_an_amount_that_nobody_found_out_is_not_determined() -> None:
    """The step is refused, names what is missing, and changes nothing."""
    traveller = handed_in()
    before = traveller.journey
    with pytest.raises(RefusedEvent) as refused:
        traveller.step("propose", worker(), outcome="wel")
    assert refused.value.code == "refused.unknown"
    assert refused.value.params["missing"] == ("auto",)
    assert traveller.journey is before


def test_it_is_once_a_worker_found_it_out() -> None:
    """With the figure known the determination is made known."""
    traveller = handed_in()
    traveller.do(ev.JudgementGiven, worker(), fact="auto", value="5000", motive="opgezocht")
    traveller.step("propose", worker(), outcome="wel")
    assert traveller.journey.place == "decided"


def test_an_outcome_that_does_not_tell_it_waits_for_nothing() -> None:
    """What another outcome would show holds nothing up."""
    traveller = handed_in()
    traveller.step("propose", worker(), outcome="niet", motive="het kan niet")
    assert traveller.journey.place == "decided"

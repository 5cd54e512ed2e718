"""Running journeys and a new version: safe, needs an answer, needs a person; nothing dropped, replay still true."""

from __future__ import annotations

from functools import partial

import pytest

from engine.graph.graph import Graph
from engine.journey import events as ev
from engine.journey.accept import load_fact
from engine.journey.moving import Needs, sort
from engine.journey.reducer import advance
from engine.journey.replay import replay
from tests.engine.journey.travelling import Traveller, fact, facts, graph_of, worker

KLEIN, OUD = fact("klein", "boolean"), fact("oud", "boolean")
SOORT = fact("soort", "choice", 'options: {eik: "Eik", iep: "Iep"}')
GOAL = 'doel: {type: choice, options: [mag, mag_niet], is: if klein and oud then "mag" else "mag_niet"}'
OUTCOMES = """
mag: {kind: grant, text: "Het mag."}
mag_niet: {kind: refusal, text: "Het mag niet.", remedy: {kind: bezwaar, at: "ons", within: P6W, source: awb}}
"""
AWB = 'sources: {awb: {bwb: BWBR0005537, article: "6:7", title: "Awb"}}\n'


def flow(lines: str = facts(KLEIN, OUD), goal: str = GOAL, outcomes: str = OUTCOMES) -> Graph:
    return graph_of(lines, goal, outcomes, more=AWB)


def told(**answers: object) -> Traveller:
    return Traveller(flow()).answers(**answers)


WITH_SOORT = GOAL.replace("klein and oud", 'klein and oud and soort = "eik"')
NEW: dict[str, tuple[Graph, Needs, str]] = {
    "other words": (flow(facts(fact("klein", "boolean", 'help: "Kijk."'), OUD)), Needs.NOTHING, ""),
    "one question more, while answering": (flow(facts(KLEIN, OUD, SOORT), WITH_SOORT), Needs.NOTHING, ""),
    "a fact that was told is gone": (flow(facts(OUD), GOAL.replace("klein and oud", "oud")), Needs.PERSON, "fact_gone"),
    "another type": (
        flow(facts(fact("klein", "integer"), OUD), GOAL.replace("klein and", "klein > 3 and")),
        Needs.PERSON,
        "type_changed",
    ),
    "only a worker supplies it now": (
        flow(facts(fact("klein", "boolean", "from: [worker], skill: bomen"), OUD)),
        Needs.PERSON,
        "supplier_changed",
    ),
}


@pytest.mark.parametrize("name", NEW)
def test_a_journey_in_the_middle_is_sorted(name: str):
    """What the citizen told decides: known there too is safe; gone, of another type or of somebody else is not."""
    new, needs, code = NEW[name]
    own = told(klein=True)
    found = sort(own.graph, new, own.journey, own.stored)
    assert found.needs is needs
    assert [reason.code for reason in found.reasons] == ([code] if code else [])


def test_a_safe_journey_goes_on_and_replays_by_the_new_version():
    """After the move every answer is there, the new question is asked, and the stored events make the same journey."""
    new = NEW["one question more, while answering"][0]
    own = told(klein=True)
    found = sort(own.graph, new, own.journey, own.stored)
    assert found.moved is not None
    event = ev.JourneyMigrated(
        id="m", at=own.at, actor=ev.Actor(kind=ev.ActorKind.ENGINE), version=new.version, before=own.graph.version
    )
    step = advance(new, found.moved, event)
    assert step.journey.version == new.version
    assert set(step.journey.answers) == {"klein"}
    assert replay(partial(load_fact, new), [*own.stored, *step.events]) == step.journey


def test_an_outcome_that_would_change_needs_a_person():
    """Nobody's decision turns round because a file was published."""
    own = told(klein=False)
    new = flow(goal=GOAL.replace("klein and oud", "klein or oud"))
    found = sort(own.graph, new, own.journey, own.stored)
    assert ("outcome_changes", Needs.PERSON) in [(reason.code, reason.needs) for reason in found.reasons]


def test_an_option_that_is_gone_needs_an_answer():
    """The citizen is the one who knows what it should be now."""
    old = flow(facts(SOORT, KLEIN, OUD), WITH_SOORT)
    new = flow(facts(fact("soort", "choice", 'options: {eik: "Eik", beuk: "Beuk"}'), KLEIN, OUD), WITH_SOORT)
    own = Traveller(old).answers(soort="iep")
    found = sort(old, new, own.journey, own.stored)
    assert ("does_not_fit", "soort") in [(reason.code, reason.about) for reason in found.reasons]


def test_after_a_determination_nothing_moves_by_itself():
    """What was decided was decided by its own rules."""
    own = told(klein=False)
    own.step("submit")
    own.step("propose", worker(), outcome="mag_niet")
    found = sort(own.graph, NEW["other words"][0], own.journey, own.stored)
    assert found.needs is Needs.PERSON


def test_what_happened_before_must_be_readable():
    """An answer that was changed since still stands in the history; a version that cannot read it is not safe."""
    old = flow(facts(SOORT, KLEIN, OUD), WITH_SOORT)
    new = flow(facts(fact("soort", "choice", 'options: {eik: "Eik", beuk: "Beuk"}'), KLEIN, OUD), WITH_SOORT)
    own = Traveller(old).answers(klein=True, soort="iep")
    own = own.answers(soort="eik") if own.journey.place == "answering" else own
    found = sort(old, new, own.journey, own.stored)
    assert found.needs is not Needs.NOTHING

"""In every order of answering: one decision, nothing irrelevant asked, and a replay equal to the live journey."""

from __future__ import annotations

import random
from functools import partial
from typing import Any

import pytest

from engine.flow.fields import dump_value
from engine.flow.model import FactType
from engine.graph.graph import FactNode, Graph
from engine.graph.load import load_flow
from engine.graph.view import View
from engine.journey import events as ev
from engine.journey.accept import load_fact
from engine.journey.codec import dump_event, dump_journey, load_event, load_journey
from engine.journey.facts import known
from engine.journey.options import options
from engine.journey.reducer import advance
from engine.journey.relevance import relevance
from engine.journey.replay import replay
from engine.journey.state import Journey
from tests.architecture.tree import ROOT
from tests.journeys.clock import AT

FLOWS = ("boom-kappen", "rijbewijs-leeftijdspoort")
ORDERS = 500
CITIZEN = ev.Actor(kind=ev.ActorKind.CITIZEN)
BIRTHS = ("1950-02-28", "1990-06-01", "2007-01-15", "2008-01-15", "2008-01-16", "2012-12-31")


def graph_of(slug: str) -> Graph:
    return load_flow((ROOT / "flows" / slug / "flow.yaml").read_text(encoding="utf-8"), slug)


def anything(node: FactNode, chance: random.Random) -> Any:
    """A random answer as canonical JSON."""
    spec = node.spec
    if spec.type is FactType.BOOLEAN:
        return chance.random() < 0.5
    if spec.type is FactType.CHOICE:
        return chance.choice(list(spec.options))
    return chance.choice(BIRTHS) if spec.type is FactType.DATE else chance.choice(("Sanne", "de Vries"))


def started(graph: Graph) -> tuple[Journey, list[ev.Event]]:
    flow = graph.flow
    fields = {"journey": "j", "reference": "R", "flow": flow.flow, "version": graph.version, "language": "nl"}
    step = advance(graph, None, ev.JourneyStarted(id="0", at=AT, actor=CITIZEN, **fields))
    return step.journey, list(step.events)


def walk(graph: Graph, citizen: dict[str, Any], chance: random.Random) -> tuple[Journey, list[ev.Event]]:
    """Answer open questions in a random order, saved and restored after every event."""
    journey, stored = started(graph)
    for number in range(1, 100):
        asks = [ask.fact for ask in options(graph, journey, CITIZEN, AT).questions]
        if not asks:
            return journey, stored
        fact = chance.choice(asks)
        assert matters(graph, journey, fact)
        event = ev.AnswerGiven(id=str(number), at=AT, actor=CITIZEN, fact=fact, value=citizen[fact])
        step = advance(graph, journey, event)
        journey = load_journey(graph, dump_journey(graph, step.journey))
        assert journey == step.journey
        stored.extend(step.events)
    raise AssertionError("the questions never end")


def matters(graph: Graph, journey: Journey, fact: str) -> bool:
    """The engine's own word that the fact is needed, from the facts alone."""
    return fact in relevance(graph, View(graph, known(graph, journey))).needed


@pytest.mark.parametrize("slug", FLOWS)
def test_every_order_gives_the_same_decision(slug: str):
    """Random citizens in random orders: one outcome per citizen, and a replay of the stored events is the journey."""
    graph, chance = graph_of(slug), random.Random(20260115)  # noqa: S311
    facts = {path: node for path, node in graph.facts.items() if node.spec.is_asked}
    for _ in range(ORDERS // 5):
        citizen = {path: anything(node, chance) for path, node in facts.items()}
        outcomes = set()
        for _ in range(5):
            journey, stored = walk(graph, citizen, chance)
            outcomes.add(journey.outcome)
            again = replay(partial(load_fact, graph), [load_event(dump_event(event)) for event in stored])
            assert again == journey
        assert len(outcomes) == 1
        assert outcomes != {""}


@pytest.mark.parametrize("slug", FLOWS)
def test_answers_that_are_not_needed_change_nothing(slug: str):
    """Whatever the questions that were never asked would have got, the outcome is the same."""
    graph, chance = graph_of(slug), random.Random(7)  # noqa: S311
    facts = {path: node for path, node in graph.facts.items() if node.spec.is_asked}
    for _ in range(ORDERS // 5):
        citizen = {path: anything(node, chance) for path, node in facts.items()}
        journey, _ = walk(graph, citizen, chance)
        told = known(graph, journey)
        for _ in range(5):
            extra = {
                path: load_fact(graph, path, anything(node, chance)) for path, node in facts.items() if path not in told
            }
            assert relevance(graph, View(graph, {**extra, **told})).outcome == journey.outcome


def test_a_journey_that_is_edited_switched_and_disturbed():
    """Edits, channel switches, a person asked and an answer taken back: a replay is still the live journey."""
    graph, chance = graph_of("boom-kappen"), random.Random(3)  # noqa: S311
    for _ in range(ORDERS // 5):
        journey, stored = started(graph)
        for number in range(1, 12):
            event = disturbed(graph, journey, str(number), chance)
            if event is None:
                break
            step = advance(graph, journey, event)
            journey = step.journey
            stored.extend(step.events)
        again = replay(partial(load_fact, graph), [load_event(dump_event(event)) for event in stored])
        assert again == journey
        assert journey.seq == len(stored)


def disturbed(graph: Graph, journey: Journey, number: str, chance: random.Random) -> ev.Event | None:
    """Any event that may happen now."""
    may = options(graph, journey, CITIZEN, AT)
    envelope: dict[str, Any] = {"id": number, "at": AT, "actor": CITIZEN}
    facts = [*(ask.fact for ask in may.questions), *may.changeable]
    kind = chance.choice(("answer", "answer", "answer", "switch", "person"))
    if kind == "answer" and facts:
        fact = chance.choice(facts)
        return ev.AnswerGiven(**envelope, fact=fact, value=anything(graph.facts[fact], chance))
    if kind == "switch":
        return ev.ChannelSwitched(**envelope, to=chance.choice(may.channels))
    return ev.PersonAsked(**envelope, over=may.contact[0].channel)


def test_dumped_values_are_canonical():
    """What is stored of an answer reads back as the same typed value."""
    graph = graph_of("rijbewijs-leeftijdspoort")
    node = graph.facts["geboortedatum"]
    assert dump_value(node.spec.type, load_fact(graph, "geboortedatum", "2008-01-15")) == "2008-01-15"

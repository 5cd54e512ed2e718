"""What is remembered of a journey's facts from one command to the next changes no answer: held against none at all."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import Any

import pytest

from engine.errors import AnswerError, RefusedEvent
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.journey import events as ev
from engine.journey.accept import current, may_answer
from engine.journey.facts import MOST_SIGHTS, Sight, view_of
from engine.journey.options import options
from engine.journey.reducer import advance
from engine.journey.relevance import applies, remembered
from engine.journey.state import Journey, altered
from tests.architecture.tree import ROOT
from tests.engine.journey.travelling import CITIZEN, MONDAY, worker

TELLABLE: tuple[Any, ...] = (True, False, "verwijderen", "verplanten", "nee", "ja", 3, 18, "2001-05-06", "150.00")
EVENTS = 40


@lru_cache(maxsize=8)
def graph_of(flow: str) -> Graph:
    return load_flow((ROOT / "flows" / flow / "flow.yaml").read_text(encoding="utf-8"), flow)


def begun(graph: Graph) -> Journey:
    """A journey that has just begun."""
    flow = {"flow": graph.flow.flow, "version": graph.version, "language": "nl"}
    start = ev.JourneyStarted(id="s", at=MONDAY, actor=CITIZEN, journey="j", reference="WW-1", **flow)
    return advance(graph, None, start).journey


def event_of(draw: random.Random, graph: Graph, journey: Journey, number: int) -> ev.Event:
    """Something that the citizen or a register might do, possible or not."""
    at = MONDAY + timedelta(minutes=number)
    told: dict[str, Any] = {"id": f"e{number}", "at": at, "actor": CITIZEN}
    asked = current(graph, journey).askable
    fact = draw.choice((*asked, *asked, *journey.answers, *graph.facts))
    named = [str(own) for own in graph.facts[fact].spec.options] if fact in graph.facts else []
    value = draw.choice((*TELLABLE, *named * 5))
    return draw.choice(
        (
            ev.AnswerGiven(**told, fact=fact, value=value),
            ev.AnswerGiven(**told, fact=fact, value=value),
            ev.AnswerGiven(**told, fact=fact, value=value),
            ev.FactFetched(**told, fact=fact, value=value, source="r"),
            ev.FactDisputed(**told, fact=fact, reason="nee"),
            ev.HelpWanted(**told, fact=fact, leads_to="worker"),
            ev.AnswersWithdrawn(**told, facts=(fact,)),
            ev.StepTaken(**told, step=draw.choice(("submit", "withdraw"))),
        )
    )


def outcome_of(graph: Graph, journey: Journey, event: ev.Event) -> Any:
    """The step, with what may be done then; or the refusal."""
    try:
        step = advance(graph, journey, event)
    except (RefusedEvent, AnswerError) as error:
        return type(error), error.code, error.params
    own = [options(graph, step.journey, actor, event.at) for actor in (CITIZEN, worker())]
    return step, own, current(graph, step.journey)


@pytest.mark.parametrize("flow", ["boom-kappen", "verkeersboete", "bijstand", "dagopname"])
def test_remembered_or_not_the_same_follows(flow: str) -> None:
    """Every step, refusal, option and need is equal, with views going on from one command to the next."""
    graph, draw = graph_of(flow), random.Random(flow)  # noqa: S311
    for _ in range(3):
        journey, sights, gone = begun(graph), list[Sight](), 0
        for number in range(EVENTS):
            event = event_of(draw, graph, journey, number)
            plain = outcome_of(graph, journey, event)
            with remembered(sights=sights):
                assert outcome_of(graph, journey, event) == plain
            assert len(sights) <= MOST_SIGHTS
            if len(plain) == 3 and hasattr(plain[0], "journey"):
                journey, gone = plain[0].journey, gone + 1
            sights = [own for own in sights if own.is_of(graph, journey)]
        assert gone


def test_what_may_be_answered_is_what_may_be_answered_by_the_long_way() -> None:
    """An own answer that still applies may change without looking at what is needed: the rule says the same."""
    graph, draw = graph_of("verkeersboete"), random.Random(5)  # noqa: S311
    journey = begun(graph)
    for number in range(EVENTS):
        view = view_of(graph, journey)
        relevant = current(graph, journey, view)
        for key, answer in journey.answers.items():
            own = answer.supplier is ev.Supplier.CITIZEN and not answer.disputed and applies(graph, view, key)
            if key in (*relevant.askable, *relevant.waiting):
                own = not answer.disputed
            assert may_answer(graph, journey, view, key) == own
        found = outcome_of(graph, journey, event_of(draw, graph, journey, number))
        journey = found[0].journey if hasattr(found[0], "journey") else journey


def test_another_answer_is_another_sight() -> None:
    """A sight is of one mapping of answers, one start and one submission: a changed journey has one of its own."""
    graph = graph_of("boom-kappen")
    journey = begun(graph)
    with remembered():
        view = view_of(graph, journey)
        assert view_of(graph, altered(journey, seq=9, place="elsewhere")) is view
        told = advance(graph, journey, ev.AnswerGiven(id="a", at=MONDAY, actor=CITIZEN, fact="spoed", value=False))
        assert view_of(graph, told.journey).known != view.known
        assert view_of(graph, altered(journey, submitted=MONDAY)) is not view
        assert view_of(graph, altered(journey, started=MONDAY + timedelta(days=1))) is not view
    assert view_of(graph, journey) is not view


def test_altered_is_replace() -> None:
    """The quicker copy is the one of the standard library."""
    journey = begun(graph_of("boom-kappen"))
    assert altered(journey, seq=7, outcome="x") == replace(journey, seq=7, outcome="x")
    with pytest.raises(TypeError):
        altered(journey, nothing=1)

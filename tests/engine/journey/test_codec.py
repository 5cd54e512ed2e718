"""Snapshots: one that takes over what is still the same is the one that is made anew, and it reads back whole."""

from __future__ import annotations

import json
import random

import pytest

from engine.errors import AnswerError, RefusedEvent
from engine.journey.codec import Dumped, dump_journey, load_journey, reached
from engine.journey.reducer import advance
from engine.journey.state import Proposal, altered
from tests.engine.journey.test_sights import EVENTS, begun, event_of, graph_of


@pytest.mark.parametrize("flow", ["boom-kappen", "verkeersboete", "bijstand", "dagopname"])
def test_taken_over_or_made_anew_it_is_the_same(flow: str) -> None:
    """After every event of a life: the same JSON in the same order, also where some commands came in between."""
    graph, draw = graph_of(flow), random.Random(flow)  # noqa: S311
    for _ in range(3):
        journey = begun(graph)
        before = Dumped(journey, dump_journey(graph, journey))
        for number in range(EVENTS):
            try:
                journey = advance(graph, journey, event_of(draw, graph, journey, number)).journey
            except (RefusedEvent, AnswerError):
                continue
            if draw.random() < 0.3:
                continue
            dumped = dump_journey(graph, journey, before)
            assert json.dumps(dumped) == json.dumps(dump_journey(graph, journey))
            assert load_journey(graph, dumped) == journey
            assert reached(dumped) == (journey.channel, journey.language, journey.reach)
            before = Dumped(journey, dumped)


def test_a_proposal_without_a_motive_reads_back() -> None:
    """Whoever proposes what the rules say needs no motive, and the journey is kept all the same."""
    graph = graph_of("boom-kappen")
    journey = altered(begun(graph), proposed="toestemmingsvrij", proposals=(Proposal("toestemmingsvrij", "", 2),))
    assert load_journey(graph, dump_journey(graph, journey)) == journey


def test_a_copy_has_no_field_of_its_own() -> None:
    """What is no field of a journey cannot be changed."""
    journey = begun(graph_of("boom-kappen"))
    with pytest.raises(TypeError, match="no plaats"):
        altered(journey, plaats="x")

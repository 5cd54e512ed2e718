"""What is known and what is asked, for every partial set of answers of small random flows, against brute force.

The semantics of the flow language, as the design note has them: a decision is known once every completion of the raw
answers agrees; a question is relevant exactly while two completions that differ in it alone give different goals.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.feel.unsure import UNSURE
from engine.graph import decide
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.view import View
from engine.journey.relevance import Relevance, relevance
from tests.engine.graph.small_flows import SmallFlow, flows

FEW = settings(max_examples=30, suppress_health_check=list(HealthCheck))
MOST_STATES = 250


def typed(known: dict[str, Any]) -> dict[str, object]:
    """Answers as the engine holds them."""
    found: dict[str, object] = {}
    for name, value in known.items():
        if isinstance(value, bool):
            found[name] = value
        elif isinstance(value, int):
            found[name] = Decimal(value)
        elif isinstance(value, tuple):
            found[name] = list(value)
        else:
            found[name] = UNSURE if value == "unsure" else value
    return found


def told(graph: Graph, known: dict[str, Any]) -> Relevance:
    """What the engine says about a partial set of answers."""
    return relevance(graph, View(graph, typed(known)))


def differing(flow: SmallFlow, known: dict[str, Any]) -> set[str]:
    """The facts in which two completions that differ in that fact alone give different goals."""
    goals = {tuple(full.items()): flow.goal(full) for full in flow.completions(known)}
    found = set()
    for fact in flow.facts:
        if fact.name in known:
            continue
        seen: dict[Any, Any] = {}
        for full, goal in goals.items():
            rest = tuple(pair for pair in full if pair[0] != fact.name)
            if seen.setdefault(rest, goal) != goal:
                found.add(fact.name)
                break
    return found


def states(flow: SmallFlow) -> list[dict[str, Any]]:
    """Partial sets of answers; of very many an even spread."""
    everything = list(flow.partial())
    return everything[:: len(everything) // MOST_STATES + 1]


@FEW
@given(flows())
def test_goal_is_known_exactly_when_all_completions_agree(flow: SmallFlow) -> None:
    """Not one answer too late, not one too early; null (no row holds) is an answer of the rules too."""
    graph = load_flow(flow.text)
    for known in states(flow):
        goals = {flow.goal(full) for full in flow.completions(known)}
        found = told(graph, known)
        if len(goals) > 1:
            assert (found.outcome, found.stuck) == ("", False), known
        else:
            goal = goals.pop()
            assert (found.outcome, found.stuck) == (goal or "", goal is None), known


@FEW
@given(flows())
def test_question_is_relevant_exactly_when_it_alone_can_make_a_difference(flow: SmallFlow) -> None:
    """Every question that can still change the goal is needed, and no other."""
    graph = load_flow(flow.text)
    for known in states(flow):
        assert set(told(graph, known).needed) == differing(flow, known), known


@FEW
@given(flows())
def test_without_a_diagram_nothing_is_decided_early_and_nothing_relevant_dropped(flow: SmallFlow) -> None:
    """Interval reasoning alone may ask too much; it never decides too early and never drops what matters."""
    graph = replace(load_flow(flow.text), diagram=None)
    for known in states(flow):
        goals = {flow.goal(full) for full in flow.completions(known)}
        found = told(graph, known)
        if found.outcome or found.stuck:
            assert goals == {found.outcome or None}, known
        else:
            assert differing(flow, known) <= set(found.needed), known
        if len(known) == len(flow.facts):
            assert found.outcome or found.stuck, known


@FEW
@given(flows(), st.integers(4, 30))
def test_decisions_standing_apart_stay_sound(flow: SmallFlow, budget: int) -> None:
    """With diagrams too small to hold each other: never too early, never a relevant question dropped."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decide, "BUDGET", budget)
        graph = load_flow(flow.text)
    for known in states(flow):
        goals = {flow.goal(full) for full in flow.completions(known)}
        found = told(graph, known)
        if found.outcome or found.stuck:
            assert goals == {found.outcome or None}, known
        else:
            assert differing(flow, known) <= set(found.needed), known


@FEW
@given(flows())
def test_something_can_always_be_asked_until_the_goal_is_known(flow: SmallFlow) -> None:
    """While the goal is open some question applies for certain, so that nobody waits for a `when`."""
    graph = load_flow(flow.text)
    for known in states(flow):
        found = told(graph, known)
        if not found.outcome and not found.stuck:
            assert found.next in found.needed, known

"""An interview that is told facts one by one says at every step what is said of all its facts together."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import AnswerError
from engine.flow.model import FactType
from engine.graph import decide
from engine.graph.graph import FactNode, Graph
from engine.graph.load import load_flow
from engine.graph.view import View
from engine.journey import relevance as module
from engine.journey.accept import load_fact
from engine.journey.interview import Interview
from engine.journey.relevance import Relevance, relevance
from tests.bench.large_flows import answer_of, large_flow
from tests.engine.graph.small_flows import SmallFlow, flows

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((*ROOT.glob("flows/*/flow.yaml"), *ROOT.glob("tests/conformance/cases/*/flow.yaml")))
FEW = settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
STEPS = 25
FIGURES = (0, 1, 2, 3, 10, 100, 1_500, 30_000)


def some_answer(node: FactNode, chance: random.Random) -> Any:
    """An answer to a fact as JSON, not always one that is accepted."""
    kind = node.spec.type
    if kind is FactType.BOOLEAN:
        return chance.random() < 0.5
    if kind is FactType.CHOICE:
        return chance.choice(list(node.spec.options))
    if kind is FactType.CHOICES:
        return chance.sample(list(node.spec.options), chance.randint(1, 2))
    if kind is FactType.DATE:
        return (date(2026, 1, 1) + timedelta(days=chance.choice((-8_000, -400, -30, 0, 2, 4, 90)))).isoformat()
    if kind is FactType.LIST:
        return chance.randint(0, 2)
    return chance.choice(FIGURES) if kind in (FactType.INTEGER, FactType.NUMBER, FactType.MONEY) else "1234 AB"


def some_key(graph: Graph, relevant: Relevance, chance: random.Random) -> str:
    """Mostly what is asked, sometimes any needed fact, sometimes one that does not matter now."""
    if relevant.next and chance.random() < 0.5:
        return relevant.next
    if relevant.needed and chance.random() < 0.7:
        return chance.choice(relevant.needed)
    node = chance.choice(list(graph.facts.values()))
    return f"{node.list}[{chance.randint(0, 1)}].{node.name}" if node.list else node.path


def step(interview: Interview, chance: random.Random) -> None:
    """One more answer, another answer to something, or an answer taken back."""
    if interview.known and chance.random() < 0.15:
        interview.withdraw(chance.choice(sorted(interview.known)))
        return
    again = interview.known and chance.random() < 0.15
    key = chance.choice(sorted(interview.known)) if again else some_key(interview.graph, interview.relevant(), chance)
    if chance.random() < 0.05:
        interview.skip(key)
        return
    node = interview.graph.facts[".".join(part.split("[")[0] for part in key.split("."))]
    try:
        interview.tell(key, load_fact(interview.graph, key, some_answer(node, chance)))
    except AnswerError:
        return


def check_walk(graph: Graph, seed: int, steps: int = STEPS) -> None:
    """Hold every step of one random interview against all its facts seen afresh."""
    chance = random.Random(seed)  # noqa: S311
    interview = Interview(graph, {})
    for _ in range(steps):
        asked_first = interview.next if chance.random() < 0.5 else None
        known: Mapping[str, object] = dict(interview.known)
        afresh = relevance(graph, View(graph, known), interview.passed)
        assert interview.relevant() == afresh, known
        assert interview.next == afresh.next, known
        assert asked_first in (None, afresh.next), known
        step(interview, chance)


@FEW
@given(flows(), st.integers(0, 1_000_000))
def test_interview_agrees_at_every_step_of_small_random_flows(flow: SmallFlow, seed: int) -> None:
    """Whatever is told, changed or taken back, in any order."""
    check_walk(load_flow(flow.text), seed)


@FEW
@given(flows(), st.integers(4, 30), st.integers(0, 1_000_000))
def test_interview_agrees_where_decisions_stand_apart(flow: SmallFlow, budget: int, seed: int) -> None:
    """Also where the diagrams are too small to hold each other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decide, "BUDGET", budget)
        graph = load_flow(flow.text)
    check_walk(graph, seed)


@FEW
@given(flows(), st.integers(1, 40), st.integers(0, 1_000_000))
def test_interview_agrees_while_diagrams_are_forgotten(flow: SmallFlow, room: int, seed: int) -> None:
    """Also where memory for what is left is so short that it is dropped again and again."""
    graph = load_flow(flow.text)
    if graph.diagram is not None:
        graph.diagram.forest.freeze(room)
    check_walk(graph, seed)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_interview_agrees_on_the_example_flows(path: Path) -> None:
    """With lists, sums of money, dates, facts with a `when` and needs."""
    graph = load_flow(path.read_text(encoding="utf-8"))
    for seed in range(6):
        check_walk(graph, seed)


@pytest.mark.parametrize(("seed", "shared"), [(1, 0), (2, 0), (3, 0.4), (4, 0.4), (5, 0.4)])
def test_interview_agrees_on_large_flows(seed: int, shared: float) -> None:
    """Sixty questions, in diagrams that stand apart from each other, also where two decisions read a third."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decide, "BUDGET", 800)
        graph = load_flow(large_flow(60, seed, shared=shared))
    assert graph.diagram is not None
    assert graph.diagram.decisions
    for walk in range(4):
        check_walk(graph, walk, steps=40)


@pytest.mark.parametrize("seed", range(6))
def test_next_question_agrees_when_only_what_is_asked_is_answered(seed: int) -> None:
    """A citizen who answers in order, where what was found beside the first question is used again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decide, "BUDGET", 800)
        graph = load_flow(large_flow(60, seed, shared=0.4))
    for walk in range(6):
        chance, interview, known = random.Random(walk), Interview(graph, {}), {}  # noqa: S311
        while interview.next:
            key = interview.next
            known[key] = load_fact(graph, key, answer_of(str(graph.facts[key].spec.type), chance))
            interview.tell(key, known[key])
            assert interview.next == relevance(graph, View(graph, dict(known))).next, known


@FEW
@given(flows(), st.integers(0, 1_000_000))
def test_short_way_to_what_is_needed_agrees_with_the_long_way(flow: SmallFlow, seed: int) -> None:
    """What is read straight from the goal's diagram is what reasoning over every fact gives."""
    graph = load_flow(flow.text)
    chance = random.Random(seed)  # noqa: S311
    interview = Interview(graph, {})
    for _ in range(STEPS):
        short = interview.relevant()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "_plain", lambda *_: None)
            assert relevance(graph, View(graph, dict(interview.known)), interview.passed) == short
        step(interview, chance)


def test_change_of_an_answer_reopens_what_rested_on_it() -> None:
    """An outcome that was certain is open again once an answer behind it is taken back."""
    graph = load_flow((ROOT / "flows/boom-kappen/flow.yaml").read_text(encoding="utf-8"))
    interview = Interview(graph, {})
    chance = random.Random(3)  # noqa: S311
    while interview.next:
        key = interview.next
        interview.tell(key, load_fact(graph, key, some_answer(graph.facts[key], chance)))
    first = interview.relevant()
    assert first.outcome
    for key in list(interview.known):
        interview.withdraw(key)
    assert interview.relevant() == relevance(graph, View(graph, {}))
    assert interview.known == {}

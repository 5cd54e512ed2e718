"""Citizens whose way was gone before by others get what they get alone, whether the goal has a lane or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.flow.model import FactType
from engine.graph.graph import FactNode, Graph
from engine.graph.load import load_flow
from engine.harness.answer import Answered, Citizen, answer
from engine.journey import interview
from tests.engine.graph.small_flows import SmallFlow, flows

FLOWS = Path(__file__).resolve().parents[3] / "flows"
SLUGS = ("boom-kappen", "rijbewijs-leeftijdspoort", "verkeersboete")
CITIZENS = 40


def said(node: FactNode, chance: Random) -> Any:
    """An answer, sometimes none, sometimes one that is not accepted."""
    spec = node.spec
    if chance.random() < 0.1:
        return None
    if spec.type is FactType.BOOLEAN:
        return chance.random() < 0.5
    if spec.type is FactType.CHOICE:
        return chance.choice([*spec.options, "unsure"])
    if spec.type is FactType.CHOICES:
        return chance.sample(list(spec.options), chance.randint(1, 2))
    if spec.type is FactType.DATE:
        return (date(2026, 1, 1) + timedelta(days=chance.choice((-8_000, -6_500, -400, 0, 90)))).isoformat()
    return "Jansen" if spec.type is FactType.TEXT else chance.choice((0, 1, 75, 300, 10**7))


def citizens(graph: Graph, seed: int, many: int) -> list[Citizen]:
    chance = Random(seed)  # noqa: S311
    days = (date(2026, 5, 1), date(2026, 6, 1))
    return [
        Citizen(
            {
                path: said(node, chance)
                for path, node in graph.facts.items()
                if chance.random() < 0.95 and not node.list
            },
            chance.choice(days),
        )
        for _ in range(many)
    ]


def told(answered: Answered) -> tuple[Answered, str]:
    """Everything of it; a refusal by what it says."""
    return replace(answered, refused=None), repr(answered.refused)


def alone(graph: Graph, own: Citizen, *, decide_only: bool) -> tuple[Answered, str]:
    """Through a graph that nobody went through before, by the whole diagram."""
    return told(answer(replace(graph, lane=None), own, decide_only=decide_only))


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("decide_only", [False, True])
def test_many_citizens_get_what_each_gets_alone(slug: str, decide_only: bool) -> None:
    """Status, outcome, values, what was asked, missing and waited for, and refusals."""
    graph = load_flow((FLOWS / slug / "flow.yaml").read_text("utf-8"))
    for own in citizens(graph, 5, CITIZENS):
        assert told(answer(graph, own, decide_only=decide_only)) == alone(graph, own, decide_only=decide_only)


@given(flow=flows(), seed=st.integers(0, 1_000))
@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
def test_the_same_of_random_flows(flow: SmallFlow, seed: int) -> None:
    """Whatever their tables are."""
    graph = load_flow(flow.text)
    for own in citizens(graph, seed, 6):
        assert told(answer(graph, own)) == alone(graph, own, decide_only=False)


def test_a_goal_over_answers_alone_has_a_lane() -> None:
    """Sums, dates against dates and decisions that stand apart have none."""
    lanes = {slug: load_flow((FLOWS / slug / "flow.yaml").read_text("utf-8")).lane for slug in SLUGS}
    assert [slug for slug, lane in lanes.items() if lane is not None] == ["boom-kappen"]


def test_what_is_remembered_of_days_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A simulation over years begins on many days."""
    monkeypatch.setattr(interview, "MOST_DAYS", 3)
    graph = load_flow((FLOWS / "rijbewijs-leeftijdspoort" / "flow.yaml").read_text("utf-8"))
    for shift in range(10):
        answer(graph, Citizen({}, date(2026, 5, 1) + timedelta(days=shift)))
    assert 0 < len(graph.begins) <= 4

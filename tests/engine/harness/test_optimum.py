"""The fewest questions of any order: held against trying every order by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from engine.graph.load import load_flow
from engine.harness.compare import compare, expected_questions
from engine.harness.optimum import fewest_questions
from tests.engine.graph.small_flows import SmallFlow, flows

FLOWS = Path(__file__).parents[3] / "flows"


def text_of(order: tuple[str, ...]) -> str:
    """Three yes/no facts; the goal looks at one of two, depending on the third."""
    facts = "".join(f'  {name}: {{type: boolean, ask: "{name}?", why: "D."}}\n' for name in order)
    return f"""wegwijzer: 1
flow: proef
language: nl
question: Mag het?
goal: doel
facts:
{facts}decisions:
  doel: {{type: choice, options: [ja, nee], is: 'if (if soort then links else rechts) then "ja" else "nee"'}}
outcomes:
  ja: {{kind: answer, text: Ja}}
  nee: {{kind: answer, text: Nee}}
"""


def test_the_best_order_asks_first_what_tells_what_to_ask() -> None:
    """Two questions are enough when the one that chooses comes first; the other order asks more."""
    good, bad = load_flow(text_of(("soort", "links", "rechts"))), load_flow(text_of(("links", "rechts", "soort")))
    assert (fewest_questions(good), expected_questions(good)) == (2.0, 2.0)
    assert (fewest_questions(bad), expected_questions(bad)) == (2.0, 2.5)


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(flows(most=3))
def test_no_order_tried_by_hand_does_better(flow: SmallFlow) -> None:
    """Over every way of asking the next question depending on the answers, on the raw answers of small flows."""
    if any(fact.kind not in ("boolean", "choice") or fact.when is not None for fact in flow.facts):
        return
    graph = load_flow(flow.text)
    found, author = fewest_questions(graph), expected_questions(graph)
    if found is None:
        return

    @cache
    def by_hand(known: frozenset[tuple[str, object]]) -> float:
        told = dict(known)
        goals = {flow.goal(full) for full in flow.completions(told)}
        if len(goals) == 1:
            return 0.0
        left = [fact for fact in flow.facts if fact.name not in told]
        return min(
            1 + sum(by_hand(known | {(fact.name, value)}) for value in fact.domain) / len(fact.domain) for fact in left
        )

    assert found == pytest.approx(by_hand(frozenset()))
    assert author is None or found <= author + 1e-9


@pytest.mark.parametrize("slug", ["boom-kappen", "dagopname"])
def test_an_example_flow_is_near_its_optimum(slug: str) -> None:
    """The comparison carries both, and the author's order is never below the bound."""
    graph = load_flow((FLOWS / slug / "flow.yaml").read_text(encoding="utf-8"))
    found = compare(graph, graph)
    expected, best = found.questions[1], found.fewest[1]
    assert expected is not None
    assert best is not None
    assert 0 < best <= expected + 1e-9

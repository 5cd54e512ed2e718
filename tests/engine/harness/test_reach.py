"""Where an edit is told to reach nobody, both versions ask and decide the same, whatever else is answered."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.possible import Some
from engine.graph.view import View
from engine.harness.driver import Point, Trunk
from engine.harness.mutate_tree import RULES
from engine.harness.reach import Reach
from engine.harness.run import run
from engine.journey.relevance import relevance
from tests.engine.harness.example_flows import graph_of, text_of
from tests.engine.harness.test_earlier import edits, scenarios_of

SLUGS = ("boom-kappen", "verkeersboete", "dagopname", "paspoort", "omgevingsvergunning")
EACH = 6


def known_on_the_way(graph: Graph, slug: str) -> dict[str, Point]:
    """The points of all scenarios, each set of facts once."""
    trunk = Trunk(graph)
    ends = [run(graph, own, twice=False, trunk=trunk).end for own in scenarios_of(slug)]
    return {point.facts[0]: point for end in ends if end is not None for point in end.way}


def said(graph: Graph, point: Point) -> object:
    """Everything that a version says of what is known: what is needed, in order, and what everything can still be."""
    view = View(graph, point.known)
    needed = [relevance(graph, view, point.facts[1], decide_only=own) for own in (True, False)]
    possible = [view.possible(name) for name in (*graph.rulings, *graph.facts)]
    return needed, [sorted(map(repr, own.values)) if isinstance(own, Some) else own for own in possible]


@pytest.mark.parametrize("slug", SLUGS)
def test_whoever_is_spared_is_asked_and_told_the_same(slug: str) -> None:
    """Rows that are gone, moved, wider or narrower, figures and formulas: version against version."""
    spared = others = 0
    points = known_on_the_way(graph_of(slug), slug).values()
    for before, now in pairwise((graph_of(slug), *edits(slug, RULES, EACH))):
        reach = Reach.of(before, now)
        for point in points if reach is not None else ():
            if reach is not None and reach.spares(point.known):
                spared += 1
                assert said(before, point) == said(now, point), point.known
            else:
                others += 1
    assert spared > 20
    assert others > 0


def test_rows_in_another_order_reach_whom_both_can_hold_for() -> None:
    """Who wants to pay is spared where the rows of who cannot change places; who cannot is not, and nobody at first."""
    text = text_of("verkeersboete")
    rows = [line for line in text.splitlines() if line.strip().startswith("| kan_niet")]
    turned = text.replace("\n".join(rows), "\n".join(reversed(rows)))
    assert turned != text
    reach = Reach.of(load_flow(text), load_flow(turned))
    assert reach is not None
    assert reach.spares({"wens": "betalen"})
    assert not reach.spares({"wens": "kan_niet"})
    assert not reach.spares({})


def test_other_kinds_of_edits_are_not_told_by_rows() -> None:
    """Another hit policy, or a formula instead of rows: whoever it reaches is found out one by one."""
    text = text_of("verkeersboete")
    for old, new in (("hit: first", "hit: priority"), ("is: te_betalen / 12", "is: bedrag / 12")):
        assert old in text
        assert Reach.of(load_flow(text), load_flow(text.replace(old, new, 1))) is None

"""The evaluator and the diagrams on every cell of a small flow: each full citizen, and each partial set of answers.

The evaluator runs the rules themselves here, without the diagrams that usually spare it the work. What a partial set
leaves open is the union of what its completions give, worked out by itself below."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import pytest

from engine.graph.axes import FactAxis
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.possible import finite
from engine.graph.view import View
from tests.architecture.tree import ROOT

SMALL = ("boom-kappen",)  # 32,805 partial sets; of larger flows random citizens are tried (test_symbols.py)


def cells_of(graph: Graph) -> dict[str, tuple[Any, ...]]:
    """A value from each cell of each fact on which the goal's diagram rests."""
    diagram = graph.diagram
    assert diagram is not None
    support = diagram.forest.support(diagram.root)
    found: dict[str, tuple[Any, ...]] = {}
    for number, axis in enumerate(diagram.axes):
        if support >> number & 1:
            assert isinstance(axis, FactAxis), "a goal that rests on answers alone"
            found[axis.node.path] = tuple(axis.cells.representative(cell) for cell in range(len(axis.cells)))
    return found


@pytest.mark.parametrize("slug", SMALL)
def test_the_evaluator_agrees_with_the_diagram_on_every_cell(slug):
    """Every full citizen by the rules alone, and every partial set, of which the diagram says exactly what is left."""
    graph = load_flow((ROOT / "flows" / slug / "flow.yaml").read_text("utf-8"))
    bare = replace(graph, diagram=None)
    cells, goal = cells_of(graph), graph.flow.goal
    facts = tuple(cells)

    @cache
    def left(answers: tuple[int, ...]) -> frozenset[Any]:
        """The goals of all completions; -1 is not answered."""
        if -1 not in answers:
            known = {fact: cells[fact][cell] for fact, cell in zip(facts, answers, strict=True)}
            return frozenset([View(bare, known).value(goal)])
        at = answers.index(-1)
        return frozenset().union(
            *(left((*answers[:at], cell, *answers[at + 1 :])) for cell in range(len(cells[facts[at]])))
        )

    for answers in product(*(range(-1, len(cells[fact])) for fact in facts)):
        known = {fact: cells[fact][cell] for fact, cell in zip(facts, answers, strict=True) if cell >= 0}
        values = finite(View(graph, known).possible(goal))
        assert values is not None
        assert frozenset(values) == left(answers), known

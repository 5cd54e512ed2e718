"""The evaluator and the diagrams agree on every cell of the example flows: each citizen, each partial set of answers.

The evaluator runs the rules themselves here, without the diagrams that usually spare it the work. What a partial set
leaves open is the union of what its completions give, walked by itself below. Above MOST cells a few citizens for
each way through the diagram stand for them, and random partial sets for all; `EVERY_CELL=1` leaves nothing out.
Decisions over sums and days (terms) have no citizen for each cell: random ones are tried with every other answer.
"""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from math import prod
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine.graph.axes import DecisionAxis, FactAxis, OptionAxis, TermAxis
from engine.graph.cells import OTHER
from engine.graph.diagrams import Diagram
from engine.graph.frozen import freeze, thaw
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.mdd import numbers
from engine.graph.possible import finite
from engine.graph.view import View
from tests.architecture.tree import ROOT
from tests.engine.harness.citizens import citizen

MOST = 10**9 if os.environ.get("EVERY_CELL") else 10_000
PARTIAL = 10**9 if os.environ.get("EVERY_CELL") else 1_500
EACH = 6
GRAPHS = {path.parent.name: load_flow(path.read_text("utf-8")) for path in Path(ROOT, "flows").glob("*/flow.yaml")}
Cells = tuple[int, ...]


def diagram_of(graph: Graph) -> Diagram:
    """The diagram of an example flow."""
    assert graph.diagram is not None
    return graph.diagram


def with_diagrams(*, terms: bool) -> list[Any]:
    """Every decision that has a diagram, over answers alone or also over terms."""
    found = []
    for slug, graph in sorted(GRAPHS.items()):
        diagram = diagram_of(graph)
        for name in graph.rulings:
            if name in diagram.roots:
                support = diagram.forest.support(diagram.roots[name])
                rests_on_terms = bool(support & (diagram.terms | diagram.decisions))
                if rests_on_terms == terms:
                    found.append(pytest.param(slug, name, id=f"{slug}-{name}"))
    return found


class Decision:
    """One decision, the cells of its answers, and a citizen for each."""

    def __init__(self, slug: str, name: str) -> None:
        self.graph, self.name = GRAPHS[slug], name
        self.bare = replace(self.graph, diagram=None)
        self.diagram = diagram_of(self.graph)
        self.root = self.diagram.roots[name]
        self.forest = self.diagram.forest
        self.variables = tuple(numbers(self.forest.support(self.root)))
        self.sizes = tuple(self.forest.sizes[number] for number in self.variables)

    def known(self, cells: Sequence[int]) -> dict[str, Any]:
        """Answers that lie in these cells; -1 is not answered."""
        found: dict[str, Any] = {}
        for number, cell in zip(self.variables, cells, strict=True):
            axis = self.diagram.axes[number]
            assert isinstance(axis, FactAxis | OptionAxis), "answers alone"
            value = axis.cells.representative(cell) if cell >= 0 else OTHER
            if value is OTHER:
                continue
            if isinstance(axis, OptionAxis):
                found[axis.node.path] = [*found.get(axis.node.path, ()), *((axis.option,) if value else ())]
            else:
                found[axis.node.path] = value
        return found

    def together(self, cells: Cells) -> Cells:
        """The options of a fact are answered all at once, or not at all."""
        paths = [self._options_of(number) for number in self.variables]
        left = {path for path, cell in zip(paths, cells, strict=True) if cell < 0}
        return tuple(-1 if path and path in left else cell for path, cell in zip(paths, cells, strict=True))

    def _options_of(self, number: int) -> str:
        axis = self.diagram.axes[number]
        return axis.node.path if isinstance(axis, OptionAxis) else ""

    def of_diagram(self, cells: Sequence[int]) -> set[Hashable]:
        """The values to which these cells lead, by every way that they leave open."""
        found, at, waiting = set[Hashable](), dict(zip(self.variables, cells, strict=True)), {self.root}
        while waiting:
            node = waiting.pop()
            if self.forest.is_terminal(node):
                found.add(self.forest.value(node))
                continue
            cell, kids = at[self.forest.top[node]], self.forest.children[node]
            waiting.update(kids if cell < 0 else (kids[cell],))
        return found

    def full(self, random: Random) -> Iterator[Cells]:
        """Every cell; or a few from each way through the diagram."""
        if prod(self.sizes) <= MOST:
            yield from product(*map(range, self.sizes))
            return
        for way in self._ways(self.root, {}):
            for _ in range(EACH):
                yield tuple(
                    way.get(number, random.randrange(size))
                    for number, size in zip(self.variables, self.sizes, strict=True)
                )

    def _ways(self, node: int, so_far: dict[int, int]) -> Iterator[dict[int, int]]:
        if self.forest.is_terminal(node):
            yield so_far
            return
        for cell, kid in enumerate(self.forest.children[node]):
            yield from self._ways(kid, {**so_far, self.forest.top[node]: cell})

    def partial(self, random: Random) -> Iterator[Cells]:
        """Every partial set of answers, or random ones."""
        if prod(size + 1 for size in self.sizes) <= PARTIAL:
            yield from product(*(range(-1, size) for size in self.sizes))
            return
        for _ in range(PARTIAL):
            yield tuple(random.randrange(-1, size) if random.random() < 0.7 else -1 for size in self.sizes)


@pytest.mark.parametrize(("slug", "name"), with_diagrams(terms=False))
def test_the_evaluator_agrees_with_the_diagram_on_every_cell(slug: str, name: str) -> None:
    """Every full citizen by the rules alone gets what the diagram says."""
    own = Decision(slug, name)
    for cells in own.full(Random(name)):  # noqa: S311
        known = own.known(cells)
        assert {freeze(View(own.bare, known).value(name))} == own.of_diagram(cells), known


@pytest.mark.parametrize(("slug", "name"), with_diagrams(terms=False))
def test_a_partial_set_leaves_what_its_completions_give(slug: str, name: str) -> None:
    """The diagram says of each partial set exactly the values of all full citizens with these answers."""
    own = Decision(slug, name)
    for cells in map(own.together, own.partial(Random(name))):  # noqa: S311
        known = own.known(cells)
        values = finite(View(own.graph, known).possible(name))
        assert values is not None
        assert {freeze(value) for value in values} == own.of_diagram(cells), known


@pytest.mark.parametrize(("slug", "name"), with_diagrams(terms=True))
def test_the_evaluator_agrees_with_diagrams_over_sums_and_days(slug: str, name: str) -> None:
    """Random citizens, with every answer that the diagram looks at."""
    own = Decision(slug, name)
    random, looked_at = Random(name), set[tuple[int, int]]()  # noqa: S311
    for _ in range(600):
        known = citizen(own.graph, random)
        view, node = View(own.graph, known), own.root
        while not own.forest.is_terminal(node):
            number = own.forest.top[node]
            axis = own.diagram.axes[number]
            assert isinstance(axis, FactAxis | OptionAxis | TermAxis)
            cell = axis.mask(view).bit_length() - 1
            assert axis.mask(view) == 1 << cell, "a full citizen lies in one cell"
            looked_at.add((number, cell))
            node = own.forest.children[node][cell]
        assert View(own.bare, known).value(name) == thaw(own.forest.value(node)), known
    answers = {
        (number, cell)
        for number, size in zip(own.variables, own.sizes, strict=True)
        if not isinstance(own.diagram.axes[number], TermAxis | DecisionAxis)
        for cell in range(size)
    }
    assert answers <= looked_at

"""The fewest questions that any order of asking can do with: what the author's own order is measured against.

    fewest(node) = 0 where the goal is certain
                 = the least, over all facts that still matter, of 1 + the mean of what is left per answer

Every cell of an answer counts alike. Facts that the citizen is not asked cost nothing and are known first. A `when` may
forbid the best order, so it is a bound: no flow with these rules asks fewer. Exact, by going through what can be left
(two ways to the same remainder are one, as diagrams are canonical), and None beyond a budget of these.
Called by `engine.harness.compare`; tests: tests/engine/harness/test_optimum.py.
"""

from __future__ import annotations

from functools import lru_cache

from engine.graph.diagrams import Diagram
from engine.graph.graph import Graph
from engine.graph.mdd import DiagramTooLarge, numbers

MOST = 4_000


@lru_cache(maxsize=32)
def fewest_questions(graph: Graph) -> float | None:
    """Expected questions of the best order; None where a term decides, or where there is too much to go through."""
    diagram = graph.diagram
    if diagram is None or diagram.forest.supports[diagram.root] & (diagram.terms | diagram.decisions):
        return None
    try:
        return _Search(diagram).fewest(diagram.root)
    except (DiagramTooLarge, RecursionError):
        return None
    finally:
        diagram.forest.forget()


class _Search:
    def __init__(self, diagram: Diagram) -> None:
        self.forest = diagram.forest
        self.asked = diagram.asked
        self.found: dict[int, float] = {}

    def fewest(self, node: int) -> float:
        """Expected questions from here on. DiagramTooLarge beyond the budget."""
        if self.forest.is_terminal(node):
            return 0.0
        found = self.found.get(node)
        if found is None:
            if len(self.found) >= MOST:
                raise DiagramTooLarge
            support = self.forest.supports[node]
            free = support & ~self.asked
            options = numbers(free & -free if free else support)
            found = self.found[node] = min(self._after(node, number, 0 if free else 1) for number in options)
        return found

    def _after(self, node: int, number: int, cost: int) -> float:
        cells = self.forest.sizes[number]
        left = (self.fewest(self.forest.pick(node, number, cell)) for cell in range(cells))
        return cost + sum(left) / cells

"""The goal's diagram walked answer by answer, where it rests on answers alone: the same steps for every citizen.

    lane = Lane.of(diagram)          None where a term, a `when` or a decision of its own stands in the goal's diagram
    node = lane.told(node, key, value)      what is left after an answer; AWAY where only the whole diagram can tell
    lane.first(node)                 the first question that a citizen can be asked of it, "" where there is none

What holds for a node holds for whoever comes there, so that each is worked out once. The same questions as
`Diagram.first`, which does all that this leaves out. Used by `engine.journey.interview`; tests:
tests/engine/journey/test_interview.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from engine.graph.axes import FactAxis, OptionAxis
from engine.graph.diagrams import Diagram
from engine.graph.mdd import DiagramTooLarge, numbers
from engine.graph.view import View

AWAY: Final = -1
"""In place of a node: the lane was left."""

MOST_KEPT: Final = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """See the top of this module. `variables` are those of each fact in the goal's diagram.

    `ends` remembers what is left to do for whoever comes to an end (`engine.journey.interview`).
    """

    diagram: Diagram
    variables: dict[str, tuple[tuple[int, FactAxis | OptionAxis], ...]]
    ends: dict[object, object] = field(default_factory=dict)
    _firsts: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, diagram: Diagram) -> Lane | None:
        """The lane of a goal."""
        behind = diagram.deep[diagram.root]
        if behind & (diagram.terms | diagram.decisions | diagram.guarded):
            return None
        found: dict[str, tuple[tuple[int, FactAxis | OptionAxis], ...]] = {}
        for number in numbers(behind):
            axis = diagram.axes[number]
            assert isinstance(axis, FactAxis | OptionAxis)
            found[axis.node.path] = (*found.get(axis.node.path, ()), (number, axis))
        return cls(diagram, found)

    def told(self, node: int, key: str, value: object) -> int:
        """What is left when a fact is known too."""
        forest = self.diagram.forest
        for number, axis in self.variables.get(key, ()):
            cell = axis.index(value)
            if cell < 0:
                return AWAY
            if forest.supports[node] >> number & 1:
                try:
                    node = forest.pick(node, number, cell)
                except (DiagramTooLarge, RecursionError):
                    return AWAY
        return node

    def first(self, node: int) -> str:
        """The first question of what is left."""
        found = self._firsts.get(node)
        if found is None:
            left = self.diagram.forest.supports[node] & self.diagram.asked
            found = self.diagram.path_of((left & -left).bit_length() - 1) if left else ""
            if node < self.diagram.forest.base and len(self._firsts) < MOST_KEPT:
                self._firsts[node] = found
        return found

    def fill(self, view: View, node: int) -> None:
        """Tell a view, which was told nothing yet, what is left of the goal with all that it knows."""
        memo, root = view.narrowed, self.diagram.root
        memo.restart(self.diagram.forest.generation)
        for key in view.known:
            memo.bits = max(memo.bits, 0) | self.diagram.by_fact.get(key, 0)
        memo.bits = max(memo.bits, 0)
        memo[root] = memo.filled[root] = node

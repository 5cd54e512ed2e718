"""Which citizens of a file each change in words or process touches: their answers in the sets of all changes.

    counting.of(known)      two sets of numbers as bits: which changes certainly touch somebody, and which may
    counting.counts(crowd)  of each change and each harm how many are touched, at least and at most

`known` are the typed answers that this citizen gave to both versions, which may leave open whether he is meant. Called
by `engine.harness.compare_population`, made by `engine.harness.compare_whom`; tests:
tests/engine/harness/test_compare_counted.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.feel.unknown import UNKNOWN
from engine.graph.axes import DecisionAxis
from engine.graph.view import View
from engine.harness.compare_sets import Found, Sets
from engine.harness.compare_witness import frozen, seen_by


class Counting:
    """See the top of this module. `founds` are the sets of the changes, then those of the harms."""

    def __init__(self, sets: Sets, founds: Sequence[Found]) -> None:
        self.sets, self.forest = sets, sets.forest
        self.founds = tuple(founds)
        self.numbers: dict[Found, int] = {}
        for found in founds:
            self.numbers.setdefault(found, len(self.numbers))

    def of(self, known: Mapping[str, Any]) -> tuple[int, int]:
        """See the top of this module."""
        seen = _Seen(self.sets, known)
        sure = may = 0
        for found, number in self.numbers.items():
            can = seen.can_be(found.node)
            may |= (True in can) << number
            sure |= ((seen.can_be(found.sure) if found.bound else can) == {True}) << number
        return sure, may

    def counts(self, crowd: Iterable[tuple[tuple[int, int], int]]) -> tuple[tuple[int, int], ...]:
        """`crowd`: what `of` gave, and of how many citizens."""
        low, high = [0] * len(self.numbers), [0] * len(self.numbers)
        for (sure, may), many in crowd:
            for number in self.numbers.values():
                low[number] += many * (sure >> number & 1)
                high[number] += many * (may >> number & 1)
        return tuple((low[self.numbers[own]], high[self.numbers[own]]) for own in self.founds)


class _Seen:
    """One citizen in the diagrams of both flows."""

    def __init__(self, sets: Sets, known: Mapping[str, Any]) -> None:
        self.sides, self.forest = sets.sides, sets.forest
        self.views = {id(graph): seen_by(graph, known) for graph in (self.sides.old, self.sides.new)}
        self._masks: dict[int, int] = {}

    def can_be(self, node: int) -> set[bool]:
        """Whether the citizen can be in a set, and whether he can be outside it."""
        found, waiting, seen = set[bool](), [node], set[int]()
        while waiting and len(found) < 2:
            own = waiting.pop()
            if own in seen:
                continue
            seen.add(own)
            if self.forest.is_terminal(own):
                found.add(self.forest.value(own) is True)
                continue
            mask, kids = self._mask(self.forest.top[own]), self.forest.children[own]
            waiting += [kid for cell, kid in enumerate(kids) if mask >> cell & 1]
        return found

    def _mask(self, number: int) -> int:
        if number not in self._masks:
            self._masks[number] = self._made(number)
        return self._masks[number]

    def _made(self, number: int) -> int:
        axis, view = self.sides.axes[number], self.views[id(self.sides.owner[number])]
        return _cell_of(axis, view) if isinstance(axis, DecisionAxis) else axis.mask(view)


def _cell_of(axis: DecisionAxis, view: View) -> int:
    """The cell of what a decision comes to; any, while that is open."""
    value = view.value(axis.name)
    cell = -1 if value is UNKNOWN else axis.cells.index(frozen(value))
    return 1 << cell if cell >= 0 else (1 << len(axis.cells)) - 1

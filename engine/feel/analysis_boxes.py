"""Boxes that lie apart: do they fill the grid, and if not, which cell do they leave open? By counting, no search.

A rule is a box on the grid of its columns' classes; its size is the product of the classes in which its cell holds. Of
boxes that are apart the sizes add up, so they fill the grid when the sum is its own size, and where it is less, some
class of the first column has room left, and in it some class of the second, and so on. Exact, in whole numbers.

Called by `engine.feel.analysis_walk`, which knows whether rules are apart; tests:
tests/engine/feel/test_analysis_boxes.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from engine.feel.table_hits import bits
from engine.feel.table_masks import ValueClass


class Boxes:
    """The boxes of `rules`, no two of which meet, on a grid of classes by column."""

    def __init__(self, grid: Sequence[Sequence[ValueClass]], rules: int) -> None:
        self.grid = grid
        self.rules = rules
        self.sides = [self._sides(classes) for classes in grid]

    def _sides(self, classes: Sequence[ValueClass]) -> dict[int, int]:
        """By rule in how many classes of the column it holds."""
        found = dict.fromkeys(bits(self.rules), 0)
        for each in classes:
            for bit in bits(each.mask & self.rules):
                found[bit] += 1
        return found

    def are_full(self) -> bool:
        """Whether every cell of the grid lies in a box."""
        return self._taken(self.rules, 0) == prod(map(len, self.grid))

    def outside(self) -> tuple[object, ...]:
        """A value for each column that together lie in no box; there is one when they are not full."""
        rules, found = self.rules, []
        for number, classes in enumerate(self.grid):
            room = prod(map(len, self.grid[number + 1 :]))
            chosen = next(each for each in classes if self._taken(rules & each.mask, number + 1) < room)
            rules &= chosen.mask
            found.append(chosen.witness)
        return tuple(found)

    def _taken(self, rules: int, after: int) -> int:
        """How many cells these rules take in the columns from `after` on."""
        sides = self.sides[after:]
        return sum(prod([side[bit] for side in sides]) for bit in bits(rules))

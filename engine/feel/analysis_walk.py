"""The walk over classes of values: does some rule always match, do two match together, does each rule count?

Every column has few classes of values, each with the mask of the rules whose cell holds there
(`engine.feel.table_masks`), so a table is a grid of boxes and the questions are about unions of boxes:

    uncovered   a cell of the grid where no rule of a set matches, looking only where rule `within` matches:
                depth first, one column a level; a branch ends when no rule is left (found), or when a left rule
                holds in everything still to come (covered); equal states are visited once
    overlaps    two boxes meet when they meet in every column: an AND of masks for each rule, no search

The first is exponential at worst (it decides tautology), so steps are counted and `OutOfSteps` ends it. Where no two
rules of the set meet there is no search either: boxes that are apart fill a box when their sizes add up to its size
(`engine.feel.analysis_boxes`), so that a table of thousands of rules is decided too.
Called by `engine.feel.analysis`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.errors import WegwijzerError
from engine.feel.analysis_boxes import Boxes
from engine.feel.table_hits import bits
from engine.feel.table_masks import Column, ValueClass

Values = tuple[object, ...]

FEW = 8
"""Rules that are looked at one by one in any case."""


class OutOfSteps(WegwijzerError):
    """The budget is used up, or a column has too many classes to list: another method must decide."""


@dataclass(slots=True)
class Walker:
    """Walks one table of `count` rules; `steps` is what is left of the budget. Values come in column order."""

    columns: Sequence[Column]
    count: int
    steps: int
    _meets: list[int] | None = None

    def __post_init__(self) -> None:
        if any(not column.classes for column in self.columns):
            self.steps = -1

    def uncovered(self, rules: int, within: int | None = None) -> Iterator[Values]:
        """Values for which none of `rules` matches, in the box of rule `within`. Raises OutOfSteps."""
        grid = [_classes(column, within) for column in self.columns]
        self._spend(1)
        if not all(grid):
            return
        boxes = Boxes(grid, rules) if rules.bit_count() > FEW and self.are_apart(rules) else None
        if boxes is not None and boxes.are_full():
            return
        found = False
        try:
            for values in self._descended(grid, rules):
                found = True
                yield values
        except OutOfSteps:
            if boxes is None or found:
                raise
            yield boxes.outside()

    def are_apart(self, rules: int) -> bool:
        """Whether no two of these rules meet."""
        meets = self._all_meets()
        return all(meets[bit] & rules in (0, 1 << bit) for bit in bits(rules))

    def _descended(self, grid: Sequence[Sequence[ValueClass]], rules: int) -> Iterator[Values]:
        order = sorted(range(len(grid)), key=lambda number: (self.columns[number].always & rules).bit_count())
        covers = _covers([grid[number] for number in order], rules)
        chosen: list[ValueClass | None] = [None] * len(grid)
        seen: set[tuple[int, int]] = set()

        def descend(depth: int, alive: int) -> Iterator[Values]:
            if not alive:
                yield tuple((chosen[each] or grid[each][0]).witness for each in range(len(grid)))
                return
            if alive & covers[depth] or (depth, alive) in seen:
                return
            seen.add((depth, alive))
            column = order[depth]
            for mask, each in _distinct(grid[column], alive):
                self._spend(1)
                chosen[column] = each
                yield from descend(depth + 1, mask)
            chosen[column] = None

        yield from descend(0, rules)

    def meets(self) -> list[int]:
        """By rule bit: the rules whose box meets its box (itself too, unless its box is empty). Raises OutOfSteps."""
        for column in self.columns:
            self._spend(len(column.classes))
        return self._all_meets()

    def _all_meets(self) -> list[int]:
        if self._meets is not None:
            return self._meets
        everything = (1 << self.count) - 1
        found = [everything] * self.count
        for column in self.columns:
            own = [0] * self.count
            for each in column.classes:
                for bit in bits(each.mask & ~column.always):
                    own[bit] |= each.mask
            somewhere = 0
            for each in column.classes:
                somewhere |= each.mask
            for bit in range(self.count):
                found[bit] &= somewhere if column.always >> bit & 1 else own[bit]
        self._meets = found
        return found

    def common(self, rules: int) -> Values:
        """Values that all of `rules` match; they must meet."""
        return tuple(next(each.witness for each in column.classes if not rules & ~each.mask) for column in self.columns)

    def _spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise OutOfSteps


def _classes(column: Column, within: int | None) -> Sequence[ValueClass]:
    if within is None or column.always >> within & 1:
        return column.classes
    return [each for each in column.classes if each.mask >> within & 1]


def _covers(grid: Sequence[Sequence[ValueClass]], rules: int) -> list[int]:
    """By depth: the rules that hold in every class of all columns from there on."""
    found = [rules]
    for classes in reversed(grid):
        common = found[-1]
        for each in classes:
            common &= each.mask
        found.append(common)
    return found[::-1]


def _distinct(classes: Sequence[ValueClass], alive: int) -> list[tuple[int, ValueClass]]:
    """The different masks that are left, fewest rules first, each with a class that gives it."""
    found: dict[int, ValueClass] = {}
    for each in classes:
        found.setdefault(each.mask & alive, each)
    return sorted(found.items(), key=lambda pair: pair[0].bit_count())

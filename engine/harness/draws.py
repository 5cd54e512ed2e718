"""Citizens drawn from a declared population, always the same ones: what they answer is drawn when it is first read.

    spreading = Spreading(declared, facts)      facts: path -> FactNode of both flows
    drawn = spreading.citizen(dice, fixed)      fixed: fact -> the cell in which its answer lies
    drawn["inkomen"]                            a typed answer; of a list its number of items

A fact is spread as `engine.harness.declared` says, within a cell as over the whole: in proportion to the figures that
lie in it. A list is as long as its weights say (`kinderen: {0: 60, 1: 40}`), or between its `min` and `max`. Called by
`engine.harness.estimates`; tests: tests/engine/harness/test_estimates.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any, Final

from engine.errors import worded
from engine.flow.keys import path_of
from engine.flow.model import FactType
from engine.graph.axes import FactAxis
from engine.graph.cells import OTHER, FiniteCells
from engine.graph.graph import FactNode
from engine.graph.possible import finite
from engine.harness.declared import Declared, NotSpread, Range, clipped, figures, ranges_of, step_of, word_of
from engine.harness.dice import Dice
from engine.harness.whole import Answers

Fixed = Mapping[str, "Spread"]


class Spread:
    """The answers to one fact with their weights: single ones, or ranges of figures on a grid.

    `parts`: weight, the lowest as a number of steps, how many figures.
    """

    def __init__(self, parts: Sequence[tuple[float, int, int]], value: Callable[[int], Any]) -> None:
        self.parts, self.value = parts, value
        self.size = sum(count for _, _, count in parts)
        self.ends = list(accumulate(weight for weight, _, _ in parts))

    def draw(self, throw: Dice) -> Any:
        """One answer."""
        at = min(bisect_right(self.ends, throw() * self.ends[-1]), len(self.parts) - 1)
        _, low, count = self.parts[at]
        return self.value(low if count == 1 else low + int(throw() * count))

    def all(self) -> Iterator[tuple[Any, float]]:
        """Every answer with its part of the whole."""
        for weight, low, count in self.parts:
            for place in range(low, low + count):
                yield self.value(place), weight / count / self.ends[-1]


class Drawn(Answers):
    """The answers of one citizen by fact key, each drawn when it is first read."""

    __slots__ = ("fixed", "spreading", "throw")

    def __init__(self, spreading: Spreading, throw: Dice, fixed: Fixed) -> None:
        super().__init__()
        self.spreading, self.throw, self.fixed = spreading, throw, fixed

    def __missing__(self, key: str) -> Any:
        own = self.fixed.get(key)
        value = self[key] = (self.spreading.of_key(key) if own is None else own).draw(self.throw)
        return value

    def again(self) -> Drawn:
        """Somebody with the same answers to what was read so far, and others to the rest."""
        found = Drawn(self.spreading, self.throw, self.fixed)
        found.update(self)
        return found

    def get(self, key: str, default: Any = None) -> Any:
        """The length of a list that nothing counts; `default` where the answer to another question settles it."""
        return self[key] if key in self or key in self.spreading.closed else default

    def whole(self) -> dict[str, Any]:
        """All answers, those that were not read yet as well; without those of which it cannot be told."""
        for path in self.spreading.plain:
            self._read(path)
        for path, fields in self.spreading.lists.items():
            for at in range(self.get(path, self.spreading.most(path))):
                for name in fields:
                    self._read(f"{path}[{at}].{name}")
        return dict(self)

    def _read(self, key: str) -> None:
        with suppress(NotSpread):
            self[key]


class Spreading:
    """See the top of this module. Raises NotSpread when a fact is drawn of which it cannot be told."""

    def __init__(self, declared: Declared, facts: Mapping[str, FactNode]) -> None:
        self.declared, self.facts = declared, facts
        self.plain = [path for path, node in facts.items() if not node.list and node.spec.type is not FactType.LIST]
        self.lists = {path: [own.name for own in facts.values() if own.list == path] for path in facts
                      if facts[path].spec.type is FactType.LIST}  # fmt: skip
        self.closed = frozenset(path for path in self.lists if facts[path].count is None)
        self._spreads: dict[str, Spread] = {}
        self._cells: dict[tuple[str, int], Spread] = {}

    def citizen(self, throw: Dice, fixed: Fixed) -> Drawn:
        """Somebody of the population, with these answers fixed to a part of what they can be."""
        return Drawn(self, throw, fixed)

    def of_key(self, key: str) -> Spread:
        """How the answers under a key are spread."""
        found = self._spreads.get(key)
        if found is None:
            found = self._spreads[key] = self.spread(self.facts[path_of(key)])
        return found

    def most(self, path: str) -> int:
        """How many items a list has at most."""
        return int(self.facts[path].spec.max or MOST_ITEMS)

    def spread(self, node: FactNode) -> Spread:
        """How the answers to a fact are spread."""
        given = self.declared.spread.get(node.path)
        if node.spec.type is FactType.LIST:
            sizes = figures(node, given, (Decimal(node.spec.min or 0), Decimal(self.most(node.path))))
            return _ordered([(low, high, weight) for low, high, weight in sizes], Decimal(1), int)
        values = finite(node.domain)
        if values is not None:
            return _listed([(own, 1.0 if given is None else given.get(word_of(own), 0.0)) for own in values])
        if node.spec.type is FactType.TEXT and given is not None:
            return _listed(list(given.items()))
        if node.spec.type is FactType.CHOICES:
            return _sets(node)
        return _ordered(ranges_of(self.declared, node), step_of(node), _reader(node))

    def within(self, axis: FactAxis, cell: int) -> Spread:
        """The same within one cell of a fact's axis."""
        key = axis.node.path, cell
        if key not in self._cells:
            self._cells[key] = self._within(axis, cell)
        return self._cells[key]

    def _within(self, axis: FactAxis, cell: int) -> Spread:
        if isinstance(axis.cells, FiniteCells):
            value = axis.cells.values[cell]
            return _listed([("something else" if value is OTHER else value, 1.0)])
        step = step_of(axis.node)
        parts = [
            (*ends, weight * float(((ends[1] - ends[0]) // step + 1) / ((high - low) // step + 1)))
            for low, high, weight in ranges_of(self.declared, axis.node)
            if (ends := clipped(axis.cells, cell, low, high, step)) is not None
        ]
        return _ordered(parts, step, _reader(axis.node))


MOST_ITEMS: Final = 4
"""Items of a list of which neither the flow nor the population says how long it can be."""


def _ordered(ranges: Sequence[Range], step: Decimal, value: Callable[[Decimal], Any]) -> Spread:
    parts = [(weight, int(low / step), int((high - low) // step) + 1) for low, high, weight in ranges if weight > 0]
    places = step.as_tuple().exponent
    assert isinstance(places, int)
    return Spread(parts, lambda place: value(Decimal(place).scaleb(places)))


def _listed(values: Sequence[tuple[Any, float]]) -> Spread:
    kept = [own for own in values if own[1] > 0]
    return Spread([(weight, at, 1) for at, (_, weight) in enumerate(kept)], lambda place: kept[place][0])


def _sets(node: FactNode) -> Spread:
    """Every set of many options alike, where no option stands alone."""
    options = list(node.spec.options)
    if node.spec.alone or node.spec.min or node.spec.max:
        raise NotSpread(
            worded("`{path}` has too many sets of options; use a file with a line a citizen", path=node.path)
        )
    return Spread(
        [(1.0, 0, 1 << len(options))], lambda place: [own for at, own in enumerate(options) if place >> at & 1]
    )


def _reader(node: FactNode) -> Callable[[Decimal], Any]:
    if node.spec.type is FactType.DATE:
        return lambda own: date.fromordinal(int(own))
    return lambda own: own

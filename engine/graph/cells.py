"""Cells: a term's domain cut at every constant with which the flow compares it.

Within one cell no test of the flow can tell two values apart, so a term over numbers or dates becomes a
variable with few cells:

    cuts 12, 16 on a number     (..12) [12] (12..16) [16] (16..)      and `null` where it can be null

Cells that hold no value at all (nothing lies between 15 and 16 for an integer, nothing below `min`) are left out,
so no question is ever asked for a citizen who cannot exist. Called by `engine.graph.decide` while
compiling and by `engine.journey.relevance` to place an answer; tests: tests/engine/graph/test_exactness.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from engine.graph.possible import Anything, Between, One, Possible, Some, finite, is_ordered

HALF = Decimal("0.5")


class Other:
    """Stands for every value that the flow never names."""

    def __repr__(self) -> str:
        return "<any other value>"


OTHER = Other()


def _key(value: object) -> object:
    """True apart from 1; a list by its items."""
    return (list, tuple(value)) if isinstance(value, list) else (type(value), value)


@dataclass(frozen=True, slots=True)
class FiniteCells:
    """One cell a value; `OTHER` last when the term can be something the flow never names."""

    values: tuple[Any, ...]
    place: dict[Any, int] = field(default_factory=dict, hash=False, compare=False)

    def __post_init__(self) -> None:
        self.place.update({_key(value): cell for cell, value in reversed(list(enumerate(self.values)))})

    def __len__(self) -> int:
        return len(self.values)

    def representative(self, cell: int) -> Any:
        """A value that lies in the cell."""
        return self.values[cell]

    def index(self, value: object) -> int:
        """The cell of `value`; -1 when it lies outside the domain."""
        cell = self.place.get(_key(value), -1)
        return len(self.values) - 1 if cell < 0 and self.values and self.values[-1] is OTHER else cell

    def mask(self, possible: Possible) -> int:
        """Bitmask of the cells in which the term can still lie."""
        everything = (1 << len(self.values)) - 1
        values = finite(possible)
        if values is None:
            return everything
        mask = 0
        for value in values:
            cell = self.index(value)
            if cell >= 0:
                mask |= 1 << cell
        return mask or everything


@dataclass(frozen=True, slots=True)
class OrderedCells:
    """Cells of a number or date. `slots[i]` is the position of cell i in the full sequence 0..2n (+ null)."""

    cuts: tuple[Any, ...]
    slots: tuple[int, ...]
    samples: tuple[Any, ...]
    place: dict[int, int] = field(hash=False, compare=False)

    def __len__(self) -> int:
        return len(self.slots)

    def representative(self, cell: int) -> Any:
        """A value that lies in the cell."""
        return self.samples[cell]

    def _slot(self, value: Any) -> int:
        if value is None:
            return 2 * len(self.cuts) + 1
        at = bisect_left(self.cuts, value)
        return 2 * at + 1 if at < len(self.cuts) and self.cuts[at] == value else 2 * at

    def index(self, value: object) -> int:
        """The cell of `value`; -1 when it lies outside the domain."""
        if value is not None and not is_ordered(value):
            return -1
        return self.place.get(self._slot(value), -1)

    def mask(self, possible: Possible) -> int:
        """Bitmask of the cells in which the term can still lie."""
        everything = (1 << len(self.slots)) - 1
        if isinstance(possible, Anything):
            return everything
        mask = 0
        if isinstance(possible, Between):
            low = 0 if possible.low is None else self._slot(possible.low)
            high = 2 * len(self.cuts) if possible.high is None else self._slot(possible.high)
            for cell, slot in enumerate(self.slots):
                inside = low <= slot <= high if slot <= 2 * len(self.cuts) else possible.null
                mask |= inside << cell
            return mask or everything
        for value in finite(possible) or ():
            cell = self.index(value)
            if cell >= 0:
                mask |= 1 << cell
        return mask or everything


Cells = FiniteCells | OrderedCells


@dataclass(frozen=True, slots=True)
class Domain:
    """What a term can be before anything is known."""

    possible: Possible
    step: Decimal | None = None  # values are multiples of it: 1 for whole numbers, 0.01 for money
    null: bool = False


def finite_cells(values: Sequence[Any], *, other: bool = False) -> FiniteCells:
    """One cell for each of `values`, and one for everything else where `other`."""
    kept = dict[object, Any]()
    for value in values:
        kept.setdefault(_key(value), value)
    return FiniteCells((*kept.values(), OTHER) if other else tuple(kept.values()))


def ordered_cells(domain: Domain, constants: Iterable[Any]) -> OrderedCells:
    """Cut the domain at `constants` (all numbers or all dates)."""
    cuts = tuple(sorted(set(constants)))
    low, high = (domain.possible.low, domain.possible.high) if isinstance(domain.possible, Between) else (None, None)
    slots: list[int] = []
    samples: list[Any] = []
    for slot in range(2 * len(cuts) + 1):
        sample = _sample(cuts, slot, low, high, domain.step)
        if sample is not None:
            slots.append(slot)
            samples.append(sample)
    if domain.null or not slots:
        slots.append(2 * len(cuts) + 1)
        samples.append(None)
    return OrderedCells(cuts, tuple(slots), tuple(samples), {slot: cell for cell, slot in enumerate(slots)})


def _sample(cuts: tuple[Any, ...], slot: int, low: Any, high: Any, step: Decimal | None) -> Any:
    """A value of the domain within the slot, or None when there is none."""
    at, is_point = divmod(slot, 2)
    if is_point:
        value = cuts[at]
        inside = (low is None or value >= low) and (high is None or value <= high)
        return value if inside and _fits(value, step) else None
    left = cuts[at - 1] if at > 0 else None
    right = cuts[at] if at < len(cuts) else None
    start, start_in = _bound(left, low, max)
    end, end_in = _bound(right, high, min)
    if start is None and end is None:
        return cuts[0] if cuts else Decimal(0)
    if start is None:
        return end if end_in and _fits(end, step) else _next(end, step, -1)
    first = start if start_in and _fits(start, step) else _next(start, step, 1)
    if end is None or first < end or (end_in and first == end):
        return first
    return _middle(start, end) if step is None and not isinstance(start, date) else None


def _bound(cut: Any, limit: Any, pick: Any) -> tuple[Any, bool]:
    """The tighter of an excluded cut and an included limit, and whether it is itself allowed."""
    if cut is None:
        return limit, True
    if limit is None or cut == limit:
        return cut, False
    tighter = pick(cut, limit)
    return tighter, tighter == limit


def _fits(value: Any, step: Decimal | None) -> bool:
    return step is None or isinstance(value, date) or value % step == 0


def _next(value: Any, step: Decimal | None, way: int) -> Any:
    """The first value above (or below) `value`; without a step any."""
    if isinstance(value, date):
        return value + timedelta(days=way)
    if step is None:
        return value + way
    rounding = ROUND_FLOOR if way > 0 else ROUND_CEILING
    return ((value / step).to_integral_value(rounding) + way) * step


def _middle(start: Any, end: Any) -> Any:
    middle = (start + end) * HALF
    return middle if start < middle < end else None


def domain_of(possible: Possible, step: Decimal | None = None) -> Domain:
    """The Domain for a term of which only `possible` is known."""
    if isinstance(possible, Between):
        return Domain(possible, step, possible.null)
    if isinstance(possible, (One, Some)):
        return Domain(possible, step, any(value is None for value in finite(possible) or ()))
    return Domain(possible, step, null=True)

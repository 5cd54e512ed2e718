"""A column of a decision table, compiled: from a value to the bitmask of the rules whose cell it satisfies.

Bit r stands for rule r. The values of a column fall into few classes that no cell can tell apart; each has one mask:

    discrete   boolean, choice, text without an order     dict: value -> mask, and a mask for any other value
    ordered    number, date, time, duration               the line cut at every bound, one mask for each piece
    chosen     choices (a set of options)                 a mask for each set seen, kept; classes by groups of options

An ordered column is compiled with one sweep: every bound toggles one rule, the running XOR is the mask, so 1,000 rules
cost 2,000 toggles and not a million comparisons. A bound is a cut (value, side): side 0 lies just before the value,
side 1 just after it. Whole numbers and dates turn side 1 into side 0 of the next value, so that one binary search finds
the piece; only true decimals need a second look where `<=` stands beside `<`. Whole numbers with many bounds close
together are listed, which needs no search at all.

`mask` is for values that are known: null and UNSURE have masks of their own; UNKNOWN is the table's business.
A value of a foreign type matches as null does. Called by `engine.feel.table` and `engine.feel.analysis`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Any

from engine.feel.cells import (
    ORDERED,
    All,
    Anything,
    CellTest,
    ColumnType,
    Has,
    Interval,
    Kind,
    OneOf,
    Only,
    holds,
    parts,
)
from engine.feel.table_line import NOTHING, Cut, line, witness
from engine.feel.unknown import UNKNOWN
from engine.feel.unsure import UNSURE

Find = Callable[[Any, Any], int]

MAX_CLASSES = 4_096
KEPT_SETS = 1_024
MANY_CUTS = 8
SPREAD = 64


class _Masks(dict[object, int]):
    """Value -> mask; any other value gives `other`. UNKNOWN is a KeyError: it has no mask.

    `open` says that other values are to be expected.
    """

    __slots__ = ("open", "other")
    other: int
    open: bool

    def __missing__(self, key: object) -> int:
        if key is UNKNOWN:
            raise KeyError(key)
        return self.other


@dataclass(frozen=True, slots=True)
class ValueClass:
    """Values that no cell of the column tells apart: their mask and one of them, as a witness."""

    mask: int
    witness: object


@dataclass(slots=True)
class Column:
    """One compiled column. `always` are the rules with `-`; `classes` what its type allows, one for each mask.

    `classes` is empty when there are too many to list. `find`, `index` and `masks` are for the table's
    fast path: `masks[find(index, value)]` (ordered), `masks[value]` (where `find` is None).
    """

    always: int
    null: int
    unsure: int
    classes: tuple[ValueClass, ...]
    masks: Any
    find: Find | None = None
    index: Any = None
    _sets: Callable[[frozenset[object]], int] | None = field(default=None, repr=False)

    @property
    def is_plain(self) -> bool:
        """Whether `masks` answers for every known value but null and UNSURE, and fails on all else."""
        return self._sets is None and (self.find is None or bool(self.index))

    @property
    def listed(self) -> dict[object, int]:
        """`masks` for a column without `find`, as a plain dict (faster) where it need not answer for other values."""
        return dict(self.masks) if isinstance(self.masks, _Masks) and not self.masks.open else self.masks

    def mask(self, value: object) -> int:
        """The rules whose cell holds for a known `value`."""
        if value is None:
            return self.null
        if value is UNSURE:
            return self.unsure
        try:
            if self.find is not None:
                return int(self.masks[self.find(self.index, value)])
            if self._sets is not None:
                return self._mask_of_set(frozenset(value))  # type: ignore[call-overload]
            return int(self.masks[value])
        except TypeError:
            return self.null

    def _mask_of_set(self, chosen: frozenset[object]) -> int:
        mask = self.masks.get(chosen)
        if mask is None:
            assert self._sets is not None
            mask = self._sets(chosen)
            if len(self.masks) < KEPT_SETS:
                self.masks[chosen] = mask
        return int(mask)


def compile_column(kind: ColumnType, tests: Sequence[CellTest]) -> Column:
    """Compile the cells of one column, top row first, without dynamic tests (`engine.feel.table` takes those out)."""
    if kind.kind is Kind.CHOICES:
        return _chosen(kind, tests)
    if kind.kind in ORDERED or (kind.kind is Kind.TEXT and _has_order(tests)):
        return _ordered(kind, tests)
    return _discrete(kind, tests)


def _has_order(tests: Iterable[CellTest]) -> bool:
    return any(isinstance(part, Interval) for test in tests for part in parts(test))


def _mask_of(tests: Sequence[CellTest], value: object) -> int:
    mask = 0
    for rule, test in enumerate(tests):
        if holds(test, value):
            mask |= 1 << rule
    return mask


def _always(tests: Sequence[CellTest]) -> int:
    return sum(1 << rule for rule, test in enumerate(tests) if isinstance(test, Anything))


def _special(kind: ColumnType, null: int, unsure: int) -> list[ValueClass]:
    found = [ValueClass(null, None)] if kind.nullable else []
    return [*found, ValueClass(unsure, UNSURE)] if kind.unsure else found


def _distinct(classes: Iterable[ValueClass]) -> tuple[ValueClass, ...]:
    """The first class of each mask."""
    kept: dict[int, ValueClass] = {}
    for each in classes:
        kept.setdefault(each.mask, each)
    return tuple(kept.values())


# --- discrete -------------------------------------------------------------------------------------------------


class Other:
    """Stands for a text that the table does not name."""

    def __repr__(self) -> str:
        return "<any other text>"


OTHER = Other()


def _discrete(kind: ColumnType, tests: Sequence[CellTest]) -> Column:
    always = _always(tests)
    other = _mask_of(tests, OTHER)
    masks = _Masks(dict.fromkeys(_domain(kind), other))
    masks.other, masks.open = other, kind.kind is Kind.TEXT
    for value in {value for test in tests for part in parts(test) if isinstance(part, OneOf) for value in part.values}:
        masks[value] = other
    _fill(masks, tests)
    null, unsure = _mask_of(tests, None), _mask_of(tests, UNSURE)
    classes = [ValueClass(mask, value) for value, mask in masks.items() if value is not None and value is not UNSURE]
    if kind.kind is Kind.TEXT:
        classes.append(ValueClass(other, OTHER))
    elif kind.kind is not Kind.BOOLEAN and kind.options:
        classes = [each for each in classes if each.witness in kind.options]
    masks[None], masks[UNSURE] = null, unsure
    return Column(always, null, unsure, _distinct([*classes, *_special(kind, null, unsure)]), masks)


def _domain(kind: ColumnType) -> tuple[object, ...]:
    return (True, False) if kind.kind is Kind.BOOLEAN else kind.options


def _fill(masks: _Masks, tests: Sequence[CellTest]) -> None:
    """Set each rule's bit for the values in which it differs from `other`: one look at each named value."""
    for rule, test in enumerate(tests):
        bit = 1 << rule
        usual = masks.other & bit
        for part in parts(test):
            for value in part.values if isinstance(part, OneOf) else ():
                if value is None or value is UNSURE:
                    continue
                masks[value] = masks[value] & ~bit | (bit if holds(test, value) else 0)
        assert masks.other & bit == usual


# --- ordered --------------------------------------------------------------------------------------------------


def _ordered(kind: ColumnType, tests: Sequence[CellTest]) -> Column:
    toggles: dict[Cut, int] = {}
    running = 0
    for rule, test in enumerate(tests):
        bit = 1 << rule
        begins, cuts = line(test, kind)
        running ^= bit if begins else 0
        for cut in cuts:
            toggles[cut] = toggles.get(cut, 0) ^ bit
    cuts = sorted(cut for cut, toggle in toggles.items() if toggle)
    masks = [running]
    for cut in cuts:
        running ^= toggles[cut]
        masks.append(running)
    null, unsure = _mask_of(tests, None), _mask_of(tests, UNSURE)
    pieces = [
        ValueClass(mask, found)
        for mask, (low, high) in zip(masks, _pieces(cuts), strict=True)
        if (found := witness(kind, low, high)) is not NOTHING
    ]
    classes = _distinct([*pieces, *_special(kind, null, unsure)])
    bounds = [value for value, _ in cuts]
    if kind.integer and len(cuts) >= MANY_CUTS and bounds[-1] - bounds[0] <= SPREAD * len(cuts):
        return Column(_always(tests), null, unsure, classes, _WholeNumbers(bounds, masks))
    return Column(_always(tests), null, unsure, classes, masks, _finder(cuts), bounds)


class _WholeNumbers(dict[object, int]):
    """Whole number -> mask, listed from the first bound to the last; any other value is found by its place.

    For columns with many bounds close together (ages, days): a look-up does not grow with the number of rules.
    """

    __slots__ = ("_bounds", "_pieces")

    def __init__(self, bounds: Sequence[Any], pieces: Sequence[int]) -> None:
        self._bounds, self._pieces = bounds, pieces
        first, last = int(bounds[0]), int(bounds[-1])
        super().__init__((value, self[value]) for value in map(Decimal, range(first, last + 1)))

    def __missing__(self, value: Any) -> int:
        return self._pieces[bisect_right(self._bounds, value)]


def _pieces(cuts: Sequence[Cut]) -> list[tuple[Cut | None, Cut | None]]:
    return list(zip([None, *cuts], [*cuts, None], strict=True))


def _finder(cuts: Sequence[Cut]) -> Find:
    """How to find the piece of a value: the number of cuts that lie before it."""
    sides = [side for _, side in cuts]
    if not any(sides):
        return bisect_right
    if all(sides):
        return bisect_left

    def find(bounds: Any, value: Any) -> int:
        found = bisect_right(bounds, value)
        return found - 1 if found and sides[found - 1] and bounds[found - 1] == value else found

    return find


# --- chosen ---------------------------------------------------------------------------------------------------


def _chosen(kind: ColumnType, tests: Sequence[CellTest]) -> Column:
    null, unsure = _mask_of(tests, None), _mask_of(tests, UNSURE)
    distinct: dict[CellTest, int] = {}
    for rule, test in enumerate(tests):
        distinct[test] = distinct.get(test, 0) | 1 << rule

    def mask_of(chosen: frozenset[object]) -> int:
        mask = 0
        for test, rules in distinct.items():
            if holds(test, chosen):
                mask |= rules
        return mask

    found = [ValueClass(mask_of(chosen), chosen) for chosen in _choices(kind, distinct)]
    classes = _distinct([*found, *_special(kind, null, unsure)]) if found else ()
    return Column(_always(tests), null, unsure, classes, {}, None, None, mask_of)


def _choices(kind: ColumnType, tests: Iterable[CellTest]) -> list[frozenset[object]]:
    """One set for each class: of options that all tests treat alike none, one or all are chosen."""
    named = [part.options for test in tests for part in parts(test) if isinstance(part, Has | All | Only)]
    groups: dict[tuple[bool, ...], list[str]] = {}
    for option in kind.options:
        groups.setdefault(tuple(option in options for options in named), []).append(option)
    states: list[list[tuple[str, ...]]] = []
    total = 1
    for group in groups.values():
        states.append([(), tuple(group)] if len(group) == 1 else [(), (group[0],), tuple(group)])
        total *= len(states[-1])
        if total > MAX_CLASSES:
            return []
    return [frozenset(option for state in each for option in state) for each in product(*states)]

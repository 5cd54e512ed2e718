"""What a value can still be while some facts are UNKNOWN: an over-approximation that never leaves a value out.

    One(v)                  certainly v (v may be None: certainly "there is none")
    Some(values)            one of at most LIMIT values
    Between(low, high)      a number or a date in the closed interval, either end may be open-ended (None);
                            `null` and `unsure` say whether it can also be one of those
    ANY                     anything

"Exact for comparisons with constants, intervals for sums, Kleene beyond": the diagrams
(`engine.graph.mdd`) give the first, these values the other two. Interval arithmetic after R.E. Moore,
"Interval Analysis" (1966), on Decimals and dates, always rounding outwards to a closed interval.
Called by `engine.graph.abstract` and `engine.graph.cells`; tests: tests/engine/graph/test_possible.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from engine.feel.unknown import UNKNOWN

LIMIT: Final = 64


@dataclass(frozen=True, slots=True)
class One:
    """Certainly this value."""

    value: Any


@dataclass(frozen=True, slots=True)
class Some:
    """One of these values, each at most once, in first-seen order."""

    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """An ordered value from `low` to `high` inclusive (None: no bound), or null where `null` says so."""

    low: Any = None
    high: Any = None
    null: bool = False


@dataclass(frozen=True, slots=True)
class Anything:
    """No knowledge at all."""


ANY: Final = Anything()
BOOLEAN: Final = Some((True, False))
MAYBE: Final = Some((True, False, None))
Possible = One | Some | Between | Anything


def settled(value: Possible) -> object:
    """The value when it is certain, UNKNOWN otherwise."""
    return value.value if isinstance(value, One) else UNKNOWN


def same(left: object, right: object) -> bool:
    """Equality that keeps True apart from 1 and a date apart from a date-time."""
    return type(left) is type(right) and left == right


def some(values: Iterable[Any]) -> Possible:
    """The smallest Possible that holds all `values`."""
    kept: list[Any] = []
    for value in values:
        if not any(same(value, other) for other in kept):
            kept.append(value)
            if len(kept) > LIMIT:
                return hull(Some((*kept, *values)))
    if len(kept) == 1:
        return One(kept[0])
    return Some(tuple(kept))


def is_ordered(value: object) -> bool:
    """Numbers and plain dates: what an interval can hold."""
    return isinstance(value, Decimal) or (isinstance(value, date) and not isinstance(value, datetime))


def hull(possible: Possible) -> Possible:
    """The interval around a finite set, or ANY where its values have no common order."""
    if isinstance(possible, (Between, Anything)):
        return possible
    values = (possible.value,) if isinstance(possible, One) else possible.values
    present = [value for value in values if value is not None]
    if not present or not all(is_ordered(value) and type(value) is type(present[0]) for value in present):
        return ANY
    return Between(min(present), max(present), len(present) < len(values))


def join(*options: Possible) -> Possible:
    """Everything that any of `options` can be."""
    if not options:
        return ANY
    if all(isinstance(option, (One, Some)) for option in options):
        return some(value for option in options for value in finite(option) or ())
    hulls = [hull(option) if not is_null(option) else option for option in options]
    null = any(is_null(option) or (isinstance(option, Between) and option.null) for option in hulls)
    spans = [option for option in hulls if isinstance(option, Between)]
    if len(spans) + sum(is_null(option) for option in hulls) < len(hulls) or not spans:
        return ANY
    low = None if any(span.low is None for span in spans) else min(span.low for span in spans)
    high = None if any(span.high is None for span in spans) else max(span.high for span in spans)
    return Between(low, high, null)


def is_null(possible: Possible) -> bool:
    """Certainly null."""
    return isinstance(possible, One) and possible.value is None


def finite(possible: Possible) -> tuple[Any, ...] | None:
    """All values, or None when they cannot be listed."""
    if isinstance(possible, One):
        return (possible.value,)
    if isinstance(possible, Some):
        return possible.values
    return None


def may_be(possible: Possible, value: object) -> bool:
    """Can it be this value?"""
    values = finite(possible)
    if values is not None:
        return any(same(value, other) for other in values)
    if isinstance(possible, Between):
        if value is None:
            return possible.null
        if not is_ordered(value):
            return False
        below = possible.low is not None and value < possible.low
        above = possible.high is not None and value > possible.high
        return not below and not above
    return True


def lift(operation: Callable[..., Any], operands: tuple[Possible, ...]) -> Possible | None:
    """`operation` on every combination of listable operands; None when there are too many."""
    total = 1
    lists = []
    for operand in operands:
        values = finite(operand)
        if values is None:
            return None
        total *= len(values)
        lists.append(values)
    if total > LIMIT * 4:
        return None
    combinations: list[tuple[Any, ...]] = [()]
    for values in lists:
        combinations = [(*head, value) for head in combinations for value in values]
    return some([operation(*combination) for combination in combinations])

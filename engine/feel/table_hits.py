"""Hit policies: from the set of matching rules to an outcome, and from an outcome to a value (DMN 1.5, 8.2.8).

    policy                the matching rules give                                            none matches
    unique                the conclusion of the only one; of several: null, a fault          default, else null
    first                 the conclusion of the one that stands highest                      default, else null
    any                   their common conclusion; different ones: null, a fault             default, else null
    priority              the conclusion that comes first among the options                  default, else null
    rule order            the list of their conclusions, in the order of the rules           []
    output order          the list of their conclusions, in the order of the options         []
    collect               the list of their conclusions; `distinct`: each once, in the       []
                          order in which the table first names them
    collect(sum|min|max)  the sum, the lowest, the highest of their conclusions              default, else null
    collect(count)        how many they are                                                  0

An outcome is a tuple of conclusion numbers, `FAULT` or `()`: rule sets with equal outcomes give equal values, which is
what makes a table with unknown columns decidable. For priority and output order the rules are sorted by
conclusion while compiling, so the lowest bit of a mask always comes first. Called by `engine.feel.table` only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum

from engine.feel.cells import same

Outcome = tuple[int, ...]

FAULT: Outcome = (-1,)
KEPT_ANSWERS = 4_096
_DECIMAL128 = Context(prec=34, rounding=ROUND_HALF_EVEN)


class Policy(StrEnum):
    """Which matching rules count; the values are the words of the flow file and of DMN."""

    UNIQUE = "unique"
    FIRST = "first"
    ANY = "any"
    PRIORITY = "priority"
    RULE_ORDER = "rule order"
    OUTPUT_ORDER = "output order"
    COLLECT = "collect"
    SUM = "collect(sum)"
    COUNT = "collect(count)"
    MIN = "collect(min)"
    MAX = "collect(max)"


LEADING = frozenset({Policy.FIRST, Policy.PRIORITY})
"""The lowest bit alone decides."""

SINGLE = LEADING | {Policy.UNIQUE, Policy.ANY}
"""One conclusion is the value."""

AGGREGATES = frozenset({Policy.SUM, Policy.MIN, Policy.MAX})
"""A number made of all conclusions."""

LISTS = frozenset({Policy.COLLECT, Policy.RULE_ORDER, Policy.OUTPUT_ORDER})
"""The value is a new list each time."""

BY_OPTIONS = frozenset({Policy.PRIORITY, Policy.OUTPUT_ORDER})
"""Rules are sorted by the place of their conclusion among the options."""


def bits(mask: int) -> Iterator[int]:
    """Positions of the bits of a mask, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass(frozen=True, slots=True)
class Hits:
    """A hit policy over numbered conclusions: `conclusions[bit]` is the number of that rule's conclusion.

    `constants` are the conclusions' values by number, None when some are computed.
    """

    policy: Policy
    conclusions: tuple[int, ...]
    distinct: bool = False
    constants: tuple[object, ...] | None = None

    def outcome(self, matching: int) -> Outcome:
        """What exactly these rules matching comes to."""
        if not matching:
            return ()
        lowest = self.conclusions[(matching & -matching).bit_length() - 1]
        if self.policy in LEADING:
            return (lowest,)
        if self.policy is Policy.UNIQUE:
            return (lowest,) if not matching & (matching - 1) else FAULT
        found = [self.conclusions[bit] for bit in bits(matching)]
        if self.policy is Policy.ANY:
            return (lowest,) if all(each == lowest for each in found) else FAULT
        if self.policy is Policy.COUNT:
            return (0,) * len(found)
        if self.policy in AGGREGATES:
            return self._aggregated(found)
        if not self.distinct:
            return tuple(found)
        return tuple(sorted(set(found))) if self.policy is Policy.COLLECT else tuple(dict.fromkeys(found))

    def _aggregated(self, found: list[int]) -> Outcome:
        """Without the conclusions that make no difference: zeros in a sum, all but the lowest or highest."""
        if self.policy is Policy.SUM:
            found.sort()
            if self.constants is None:
                return tuple(found)
            return tuple(each for each in found if self.constants[each] != 0) or (found[0],)
        once = sorted(set(found))
        if self.constants is None:
            return tuple(once)
        wanted = _aggregate(self.policy, [self.constants[each] for each in once])
        return next(((each,) for each in once if same(self.constants[each], wanted)), tuple(once))

    def value(self, values: Sequence[object], default: object) -> object:
        """The table's value from the conclusions' values, in the order of the outcome."""
        if self.policy is Policy.COUNT:
            return Decimal(len(values))
        if self.policy in LISTS:
            return _each_once(values) if self.distinct else list(values)
        if not values:
            return default
        if self.policy in AGGREGATES:
            return _aggregate(self.policy, values)
        return values[0]


class Answers(dict[int, object]):
    """Matching rules -> the table's value, worked out once for each set of rules that turns up."""

    __slots__ = ("_work_out",)

    def __init__(self, work_out: Callable[[int], object]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, matching: int) -> object:
        value = self._work_out(matching)
        if len(self) < KEPT_ANSWERS:
            self[matching] = value
        return value


def _each_once(values: Sequence[object]) -> list[object]:
    kept: list[object] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return kept


def _aggregate(policy: Policy, values: Sequence[object]) -> object:
    """FEEL's sum, min or max; null where a conclusion is null or two have no order."""
    if policy is Policy.SUM:
        total = Decimal(0)
        for value in values:
            if not isinstance(value, Decimal | int) or isinstance(value, bool):
                return None
            total = _DECIMAL128.add(total, Decimal(value))
        return total
    try:
        return min(values) if policy is Policy.MIN else max(values)  # type: ignore[type-var]
    except TypeError:
        return None

"""What a fact can be before anybody supplied it, as its type and limits say (`engine.flow.fields`).

    boolean, choice       its values, and UNSURE where that counts as an answer
    choices               every set of options that is an answer, where these are few
    number, date ...      from `min` to `max`, or what the field takes without them

Called by `engine.graph.compile`, which keeps it with the fact, and by `engine.graph.decide`; tests:
tests/engine/graph/test_exactness.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from engine.feel.unsure import UNSURE
from engine.flow.fields import FIELDS
from engine.flow.fields.date import FIRST, LAST
from engine.flow.model import Fact, FactType, SupplierKind, Unsure
from engine.graph.possible import ANY, Between, Possible, finite, some

STEPS: Mapping[FactType, Decimal | None] = {
    FactType.INTEGER: Decimal(1),
    FactType.NUMBER: None,
    FactType.MONEY: Decimal("0.01"),
    FactType.YEAR: Decimal(1),
    FactType.DATE: None,
}
"""The types with an order, and of what their values are multiples."""

MOST_OPTIONS = 5  # of more options not every set is listed

DEFAULTS: Mapping[FactType, tuple[str, str]] = {
    FactType.YEAR: ("1900", "2100"),
    FactType.DATE: (FIRST.isoformat(), LAST.isoformat()),
}
"""Limits of a fact that sets none of its own (`engine.flow.fields`)."""


def domain(spec: Fact) -> Possible:
    """What a fact can be before anybody supplied it: within its type, options, `min` and `max`."""
    unsure = [UNSURE] if spec.unsure is Unsure.VALUE else []
    if spec.type is FactType.BOOLEAN:
        return some([True, False, *unsure])
    if spec.type is FactType.CHOICE:
        return some(_options(spec))
    if unsure:
        return ANY
    if spec.type is FactType.CHOICES:
        return _choices(spec)
    if spec.type not in STEPS or any(ref.kind is SupplierKind.CLOCK for ref in spec.suppliers):
        return Between() if spec.type in STEPS else ANY
    low, high = DEFAULTS.get(spec.type, ("", ""))
    return Between(_bound(spec, spec.min or low), _bound(spec, spec.max or high))


def all_answers(spec: Fact, can_be: Possible) -> Sequence[Any] | None:
    """Every answer to a fact, a choice however many options it has; None where they are not listed."""
    return _options(spec) if spec.type is FactType.CHOICE else finite(can_be)


def _options(spec: Fact) -> list[Any]:
    return [*spec.options, UNSURE] if spec.unsure is Unsure.VALUE else list(spec.options)


def clock_days(spec: Fact) -> Between:
    """The days of the clock that the author counts with; nothing refuses another, so it is for proofs alone."""
    return Between(_bound(spec, spec.min), _bound(spec, spec.max))


def _bound(spec: Fact, limit: str) -> Any:
    value = FIELDS[spec.type].bound(limit) if limit else None
    return Decimal(value) if isinstance(value, int) else value


def _choices(spec: Fact) -> Possible:
    """Every set of options that is an answer, where these are few."""
    if len(spec.options) > MOST_OPTIONS:
        return ANY
    low, high = FIELDS[spec.type].bound(spec.min) or 0, FIELDS[spec.type].bound(spec.max) or len(spec.options)
    least = max(low, 1 if spec.alone else 0)
    return some(
        [
            list(chosen)
            for size in range(least, high + 1)
            for chosen in combinations(spec.options, size)
            if size < 2 or not any(name in spec.alone for name in chosen)
        ]
    )

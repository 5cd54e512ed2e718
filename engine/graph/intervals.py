"""Arithmetic and comparison on what values can still be (`engine.graph.possible`); never leaves a value out.

    operator   interval rule (Moore 1966)                        falls back on
    + -        ends added / crosswise subtracted                 open end
    *          least and greatest of the four corners            open end; both from 0 upward: low * low
    /          the same when the divisor excludes 0              anything, or null (division by zero)
    < <= > >=  certain when the intervals do not overlap         true or false
    = !=       certain when they cannot meet                     true or false

FEEL gives null for a comparison or sum with null, so `null` is carried along. Called by `engine.graph.abstract`
only; tests: tests/engine/graph/test_possible.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, Final

from engine.graph.possible import (
    ANY,
    MAYBE,
    Between,
    One,
    Possible,
    Some,
    finite,
    hull,
    is_null,
    join,
    lift,
    may_be,
    some,
)

Apply = Callable[..., Any]
"""The exact operation on plain values (null where FEEL gives null)."""

_MIRROR: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _span(possible: Possible) -> Between | None:
    """The interval, without knowledge of kinds that cannot be ordered."""
    wide = hull(possible)
    return wide if isinstance(wide, Between) else None


def arithmetic(operator: str, left: Possible, right: Possible, exact: Apply) -> Possible:
    """`left operator right` for + - * / **."""
    listed = lift(exact, (left, right))
    if listed is not None:
        return listed
    if is_null(left) or is_null(right):
        return One(None)
    a, b = _span(left), _span(right)
    if operator == "-" and a is not None and b is not None:
        return _ends(exact, (a, b), (1, -1))
    if operator == "+" and (a is not None or b is not None):
        return _shifted(exact, left, right, a, b)
    if a is None or b is None or operator == "**":
        return ANY
    return _product(operator, a, b, exact)


def _shifted(exact: Apply, left: Possible, right: Possible, a: Between | None, b: Between | None) -> Possible:
    """A sum; a date shifted by a fixed duration moves with the date."""
    if a is not None and b is not None:
        return _ends(exact, (a, b), (1, 1))
    fixed, moving, swap = (right, a, False) if a is not None else (left, b, True)
    if moving is None or not isinstance(fixed, One):
        return ANY

    def shift(value: Any) -> Any:
        return exact(fixed.value, value) if swap else exact(value, fixed.value)

    low = None if moving.low is None else shift(moving.low)
    high = None if moving.high is None else shift(moving.high)
    return Between(low, high, moving.null)


def monotone(exact: Apply, operands: Sequence[Possible], signs: Sequence[int]) -> Possible:
    """A function that rises (+1) or falls (-1) with each operand: its ends come from the operands' ends."""
    listed = lift(exact, tuple(operands))
    if listed is not None:
        return listed
    spans = [_span(operand) for operand in operands]
    present = [span for span in spans if span is not None]
    return _ends(exact, present, signs) if len(present) == len(spans) else ANY


def _ends(exact: Apply, spans: Sequence[Between], signs: Sequence[int]) -> Possible:
    lows = [span.low if sign > 0 else span.high for span, sign in zip(spans, signs, strict=True)]
    highs = [span.high if sign > 0 else span.low for span, sign in zip(spans, signs, strict=True)]
    low = None if any(end is None for end in lows) else exact(*lows)
    high = None if any(end is None for end in highs) else exact(*highs)
    null = any(span.null for span in spans)
    if (low is None and None not in lows) or (high is None and None not in highs):
        return ANY
    return Between(low, high, null)


def _product(operator: str, a: Between, b: Between, exact: Apply) -> Possible:
    null = a.null or b.null
    if operator == "/" and may_be(Between(b.low, b.high), Decimal(0)):
        return Between(None, None, null=True)
    ends = (a.low, a.high, b.low, b.high)
    if any(end is None or isinstance(end, date) for end in ends):
        if operator == "*" and a.low is not None and b.low is not None and a.low >= 0 and b.low >= 0:
            return Between(exact(a.low, b.low), None, null)
        return Between(None, None, null) if not any(isinstance(end, date) for end in ends) else ANY
    corners = [exact(x, y) for x, y in product((a.low, a.high), (b.low, b.high))]
    if any(corner is None for corner in corners):
        return ANY
    return Between(min(corners), max(corners), null)


def compare(operator: str, left: Possible, right: Possible, exact: Apply) -> Possible:
    """`left operator right` for = != < <= > >=: what of true, false and null it can be."""
    listed = lift(exact, (left, right))
    if listed is not None:
        return listed
    if operator in ("=", "!="):
        return _equal(operator, left, right)
    a, b = _span(left), _span(right)
    if is_null(left) or is_null(right):
        return One(None)
    if a is None or b is None:
        return MAYBE
    if operator in (">", ">="):
        a, b, operator = b, a, _MIRROR[operator]
    return _below(a, b, strict=operator == "<")


def _below(a: Between, b: Between, *, strict: bool) -> Possible:
    outcomes: list[bool | None] = []
    if a.low is None or b.high is None or (a.low < b.high if strict else a.low <= b.high):
        outcomes.append(True)
    if a.high is None or b.low is None or (a.high >= b.low if strict else a.high > b.low):
        outcomes.append(False)
    if a.null or b.null:
        outcomes.append(None)
    return some(outcomes)


def _equal(operator: str, left: Possible, right: Possible) -> Possible:
    """Can they meet? Two different kinds never do."""
    hit, miss = operator == "=", operator != "="
    listed, other = (left, right) if finite(left) is not None else (right, left)
    values = finite(listed)
    if values is not None:
        return some([hit, miss]) if any(may_be(other, value) for value in values) else One(miss)
    a, b = _span(left), _span(right)
    if a is None or b is None:
        return Some((hit, miss))
    apart = _apart(a, b) or _apart(b, a)
    return One(miss) if apart and not (a.null and b.null) else Some((hit, miss))


def _apart(a: Between, b: Between) -> bool:
    return a.high is not None and b.low is not None and bool(a.high < b.low)


def kleene_and(operands: Sequence[Possible]) -> Possible:
    """FEEL's `and`: false wins, then null, then true (DMN 1.5 table 50); anything not boolean counts as null."""
    return _kleene(operands, wins=False)


def kleene_or(operands: Sequence[Possible]) -> Possible:
    """FEEL's `or`: true wins, then null, then false."""
    return _kleene(operands, wins=True)


def _kleene(operands: Sequence[Possible], *, wins: bool) -> Possible:
    sets = [truth(operand) for operand in operands]
    if any(own == {wins} for own in sets):
        return One(wins)
    outcomes: list[bool | None] = []
    if any(wins in own for own in sets):
        outcomes.append(wins)
    if all((not wins) in own for own in sets):
        outcomes.append(not wins)
    if any(None in own for own in sets) and all(own != {wins} for own in sets):
        outcomes.append(None)
    return some(outcomes)


def truth(possible: Possible) -> set[bool | None]:
    """Which of true, false and null (anything else) it can be."""
    values = finite(possible)
    if values is None:
        return {None} if isinstance(possible, Between) else {True, False, None}
    return {value if isinstance(value, bool) else None for value in values}


def negation(possible: Possible) -> Possible:
    """FEEL's `not`."""
    return some([None if value is None else not value for value in (True, False, None) if value in truth(possible)])


def choice(condition: Possible, then: Callable[[], Possible], otherwise: Callable[[], Possible]) -> Possible:
    """`if`: null counts as not true; both branches when it is not known."""
    outcomes = truth(condition)
    if outcomes == {True}:
        return then()
    if True not in outcomes:
        return otherwise()
    return join(then(), otherwise())

"""Equality and order over all kinds of values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from engine.feel.compare import equal, negation, ordered, within
from engine.feel.evaluator import Run
from engine.feel.unknown import UNKNOWN
from engine.feel.values import Range
from tests.engine.feel.evaluating import partly_known, values


@given(partly_known, partly_known)
def test_equality_is_symmetric(one: object, two: object) -> None:
    """a = b is b = a."""
    assert equal(one, two, Run()) is equal(two, one, Run())


@given(values)
def test_everything_equals_itself(value: object) -> None:
    """a = a holds for everything but what holds a number that is none."""
    assert equal(value, value, Run()) is True or "NaN" in repr(value) or "low" in repr(value)


@given(partly_known, partly_known)
def test_order_mirrors(one: object, two: object) -> None:
    """a < b is b > a, and not(a < b) is a >= b where there is an order."""
    below, above = ordered("<", one, two, Run()), ordered(">", two, one, Run())
    assert below is above
    assert ordered(">=", one, two, Run()) is negation(below)


@given(values, values, values)
def test_a_range_is_two_comparisons(value: object, low: object, high: object) -> None:
    """Lying in [a..b] is lying above a and below b."""
    inside = within(value, Range(low, high), Run())
    ends = {ordered(">=", value, low, Run()), ordered("<=", value, high, Run())}
    assert inside is (False if False in ends else None if None in ends else True)


def test_unknown_decides_nothing() -> None:
    """UNKNOWN compared with anything known is UNKNOWN; null still decides an order."""
    assert equal(UNKNOWN, None, Run()) is UNKNOWN
    assert ordered("<", UNKNOWN, None, Run()) is None
    assert ordered("<", UNKNOWN, 1, Run()) is UNKNOWN


@pytest.mark.parametrize("odd", ["sNaN", "NaN"])
@pytest.mark.parametrize("other", [Decimal(1), 3, Decimal("sNaN")])
def test_what_is_not_a_number_is_compared_without_an_exception(odd: str, other: object) -> None:
    """Also with a number of another Python type, on either side, for `=` and for an order: never True."""
    for one, two in ((Decimal(odd), other), (other, Decimal(odd))):
        run = Run()
        assert equal(one, two, run) is not True
        assert ordered("<", one, two, run) is not True
        assert run.diagnostics

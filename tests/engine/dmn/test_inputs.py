"""What callers give as inputs becomes FEEL values; what is none becomes null, and nothing is raised."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

import pytest

from engine.feel.values import FarDate, Range, YearsMonths
from tests.engine.dmn.models import decision, input_element, literal, model


class Colour(StrEnum):
    RED = "rood"


class Later(datetime):
    """A datetime of a library of its own."""


class Count(int):
    """A number of a library of its own."""


ECHO = model(input_element("x"), decision("echo", literal("x"), "i_x"), decision("text", literal("string(x)"), "i_x"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (3, Decimal(3)),
        (Count(3), Decimal(3)),
        (0.1, Decimal("0.1")),
        (Decimal("1E+3"), Decimal(1000)),
        (Colour.RED, "rood"),
        (Later(2024, 2, 29, 12, tzinfo=UTC), datetime(2024, 2, 29, 12, tzinfo=UTC)),
        (date(2024, 2, 29), date(2024, 2, 29)),
        (time(12, 30, tzinfo=UTC), time(12, 30, tzinfo=UTC)),
        (timedelta(hours=1), timedelta(hours=1)),
        (YearsMonths(14), YearsMonths(14)),
        (FarDate(-44, 3, 15), FarDate(-44, 3, 15)),
        (Range(Decimal(1), Decimal(2)), Range(Decimal(1), Decimal(2))),
        (({"a": (1, True)},), [{"a": [Decimal(1), True]}]),
        ({1: 2}, {"1": Decimal(2)}),
    ],
)
def test_python_values_become_those_of_feel(given: object, expected: object):
    """Numbers become Decimal, subclasses the plain kind, tuples lists and mappings contexts, deeply."""
    outcome = ECHO.evaluate("echo", {"x": given})
    assert outcome == expected
    assert type(outcome) is type(expected)


@pytest.mark.parametrize(
    "given", [float("nan"), float("-inf"), Decimal("sNaN"), Decimal("1E+9999"), {1, 2}, b"bytes", object(), print, len]
)
def test_what_feel_has_no_value_for_is_null(given: object):
    """Infinity, NaN and Python objects that FEEL does not know become null: foreign functions are never called."""
    assert ECHO.evaluate("echo", {"x": given}) is None
    called = model(input_element("x"), decision("call", literal("x(1)"), "i_x"))
    assert called.evaluate("call", {"x": given}) is None


def test_numbers_have_34_digits():
    """A longer number is rounded, half even, as a number written in FEEL is; none is too long to take."""
    assert ECHO.evaluate("echo", {"x": 10**40 + 1}) == Decimal(10**40)
    assert ECHO.evaluate("echo", {"x": 10**5000}) == Decimal("1E+5000")


def test_values_without_end_end():
    """A list that holds itself is cut where it gets too deep; nothing is raised."""
    endless: list[object] = []
    endless.append(endless)
    assert ECHO.evaluate("echo", {"x": endless}) is not None
    assert str(ECHO.evaluate("text", {"x": endless})).startswith("[[[")


@pytest.mark.parametrize(("name", "inputs"), [(None, {}), ("echo", None), ("echo", {1: 2}), (7, [3])])
def test_a_wrong_call_gives_null(name: object, inputs: object):
    """A name or inputs of the wrong kind give null, as everything else that is wrong does."""
    assert ECHO.evaluate(name, inputs) is None  # type: ignore[arg-type]

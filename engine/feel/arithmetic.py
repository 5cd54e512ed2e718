"""`+ - * / **` and unary minus: one table of which kinds go together (DMN 1.5, tables 50-53).

Anything not in the table gives null and a diagnostic. UNKNOWN gives UNKNOWN, except that null with anything
is null already.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

from engine.errors import worded
from engine.feel.compare import kind_name
from engine.feel.decimals import FEEL_CONTEXT
from engine.feel.moments import (
    MICROSECOND,
    comparable,
    difference,
    length,
    shift,
    shift_day,
    shift_months,
    shift_time,
    time_key,
)
from engine.feel.run import Run
from engine.feel.unknown import UNKNOWN
from engine.feel.values import FarDate, FarDateTime, FineDateTime, FineTime, YearsMonths

Operation = Callable[[Any, Any], object]


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    """IEEE 754: anything to the power of zero is one, zero too."""
    return FEEL_CONTEXT.power(base, exponent) if exponent else Decimal(1)


NUMBER_OPERATIONS: Final[dict[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": FEEL_CONTEXT.add,
    "-": FEEL_CONTEXT.subtract,
    "*": FEEL_CONTEXT.multiply,
    "/": FEEL_CONTEXT.divide,
    "**": _power,
}


def finite(number: Decimal) -> Decimal | None:
    """`number`, or null when it is none (division by zero, overflow, a root of a negative number)."""
    return number if number.is_finite() else None


def _numbers(op: str) -> Operation:
    compute = NUMBER_OPERATIONS[op]
    return lambda one, two: finite(compute(one, two))


def _micros(value: timedelta) -> int:
    return value // MICROSECOND


def _scale_time(value: timedelta, by: Decimal) -> timedelta | None:
    scaled = finite(FEEL_CONTEXT.multiply(Decimal(_micros(value)), by))
    return None if scaled is None else length(int(FEEL_CONTEXT.to_integral_value(scaled)))


def _scale_months(value: YearsMonths, by: Decimal) -> YearsMonths | None:
    scaled = finite(FEEL_CONTEXT.multiply(Decimal(value.months), by))
    return None if scaled is None or abs(scaled) > 10**15 else YearsMonths(int(scaled.to_integral_value(ROUND_DOWN)))


def _inverse(by: Decimal) -> Decimal:
    return FEEL_CONTEXT.divide(Decimal(1), by)


def _part_time(value: timedelta, by: Decimal) -> timedelta | None:
    part = finite(FEEL_CONTEXT.divide(Decimal(_micros(value)), by))
    return None if part is None else length(int(FEEL_CONTEXT.to_integral_value(part)))


def _part_months(value: YearsMonths, by: Decimal) -> YearsMonths | None:
    part = finite(FEEL_CONTEXT.divide(Decimal(value.months), by))
    return None if part is None or abs(part) > 10**15 else YearsMonths(int(part.to_integral_value(ROUND_DOWN)))


def _ratio_time(one: timedelta, two: timedelta) -> Decimal | None:
    return finite(FEEL_CONTEXT.divide(Decimal(_micros(one)), Decimal(_micros(two))))


def _ratio_months(one: YearsMonths, two: YearsMonths) -> Decimal | None:
    return finite(FEEL_CONTEXT.divide(Decimal(one.months), Decimal(two.months)))


def _subtract_times(one: time, two: time) -> timedelta | None:
    return length(time_key(one) - time_key(two)) if comparable(one, two) else None


def _add_lengths(one: timedelta, two: timedelta) -> timedelta | None:
    return length(_micros(one) + _micros(two))


def _subtract_lengths(one: timedelta, two: timedelta) -> timedelta | None:
    return length(_micros(one) - _micros(two))


def _add_months(one: YearsMonths, two: YearsMonths) -> YearsMonths:
    return YearsMonths(one.months + two.months)


def _subtract_months(one: YearsMonths, two: YearsMonths) -> YearsMonths:
    return YearsMonths(one.months - two.months)


def _back(operation: Operation) -> Operation:
    return lambda value, by: operation(value, YearsMonths(-by.months) if isinstance(by, YearsMonths) else -by)


def _swapped(operation: Operation) -> Operation:
    return lambda one, two: operation(two, one)


def _concatenate(one: str, two: str) -> str:
    return one + two


TABLE: Final[dict[tuple[str, type, type], Operation]] = {
    **{(op, Decimal, Decimal): _numbers(op) for op in NUMBER_OPERATIONS},
    ("+", str, str): _concatenate,
    ("+", timedelta, timedelta): _add_lengths,
    ("-", timedelta, timedelta): _subtract_lengths,
    ("+", YearsMonths, YearsMonths): _add_months,
    ("-", YearsMonths, YearsMonths): _subtract_months,
    **{("-", one, two): _subtract_times for one in (time, FineTime) for two in (time, FineTime)},
    ("*", timedelta, Decimal): _scale_time,
    ("*", Decimal, timedelta): _swapped(_scale_time),
    ("/", timedelta, Decimal): _part_time,
    ("/", timedelta, timedelta): _ratio_time,
    ("*", YearsMonths, Decimal): _scale_months,
    ("*", Decimal, YearsMonths): _swapped(_scale_months),
    ("/", YearsMonths, Decimal): _part_months,
    ("/", YearsMonths, YearsMonths): _ratio_months,
}
_MOMENTS: Final = (datetime, FineDateTime, FarDateTime)
_POINTS: Final[tuple[tuple[type, type, Operation], ...]] = (
    *((clock, timedelta, shift_time) for clock in (time, FineTime)),
    *((day, timedelta, shift_day) for day in (date, FarDate)),
    *((moment, timedelta, shift) for moment in _MOMENTS),
    *((point, YearsMonths, shift_months) for point in (date, FarDate, *_MOMENTS)),
)
for _point, _by, _shift in _POINTS:
    TABLE["+", _point, _by] = _shift
    TABLE["+", _by, _point] = _swapped(_shift)
    TABLE["-", _point, _by] = _back(_shift)
for _one in (date, FarDate, *_MOMENTS):
    for _two in (date, FarDate, *_MOMENTS):
        TABLE["-", _one, _two] = difference
TABLE["-", date, date] = operator.sub


def calculate(op: str, one: object, two: object, run: Run) -> object:
    """`one op two`; null with a diagnostic when it cannot be computed."""
    if one is None or two is None:
        return run.null(worded("`{op}` with null gives null.", op=op))
    if one is UNKNOWN or two is UNKNOWN:
        return UNKNOWN
    operation = TABLE.get((op, type(one), type(two)))
    if operation is None and int in (type(one), type(two)):
        one, two = _decimal(one), _decimal(two)
        operation = TABLE.get((op, type(one), type(two)))
    if operation is None:
        return run.null(
            worded("{one} and {two} cannot be combined by `{op}`.", one=kind_name(one), two=kind_name(two), op=op)
        )
    try:
        outcome = operation(one, two)
    except OverflowError:
        outcome = None
    if isinstance(outcome, str):
        run.grow_text(len(outcome))
    return outcome if outcome is not None else run.null(worded("`{op}` cannot be computed for these values.", op=op))


def negate(value: object, run: Run) -> object:
    """`-value` for numbers and durations."""
    if value is None or value is UNKNOWN:
        return value
    value = _decimal(value)
    if isinstance(value, Decimal):
        return finite(FEEL_CONTEXT.minus(value))
    if isinstance(value, timedelta):
        return length(-_micros(value))
    if isinstance(value, YearsMonths):
        return YearsMonths(-value.months)
    return run.null(worded("{value} has no negative.", value=kind_name(value)))


def _decimal(value: object) -> object:
    return Decimal(value) if type(value) is int else value

"""Functions of dates and times (DMN 1.5, 10.3.4.7, 10.3.4.9), and `is`, which is stricter than `=`."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Final

from engine.feel.compare import equal
from engine.feel.moments import Day, Moment, day_number, day_of, number_of
from engine.feel.registry import built_in
from engine.feel.run import Run
from engine.feel.values import FarDateTime, finer_digits

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SPRING: Final = ("January", "February", "March", "April", "May", "June")
_MONTHS: Final = (*_SPRING, "July", "August", "September", "October", "November", "December")


@built_in("now")
def now(run: Run) -> object:
    return run.now if run.now is not None else run.null("There is no clock here; the time is not known.")


@built_in("today")
def today(run: Run) -> object:
    return run.now.date() if run.now is not None else run.null("There is no clock here; the day is not known.")


def _weekday(number: int) -> int:
    """0 for Monday."""
    return (number + 3) % 7


@built_in("day of year", "day")
def day_of_year(_: Run, day: Day | Moment) -> object:
    return Decimal(number_of(day) - day_number(day.year, 1, 1) + 1)


@built_in("day of week", "day")
def day_of_week(_: Run, day: Day | Moment) -> object:
    return _DAYS[_weekday(number_of(day))]


@built_in("month of year", "day")
def month_of_year(_: Run, day: Day | Moment) -> object:
    return _MONTHS[day.month - 1]


@built_in("week of year", "day")
def week_of_year(run: Run, day: Day | Moment) -> object:
    """ISO 8601: the week of the Thursday."""
    number = number_of(day)
    thursday = day_of(number - _weekday(number) + 3)
    if thursday is None:
        return run.null("This date is too far away.")
    return Decimal((number_of(thursday) - day_number(thursday.year, 1, 1)) // 7 + 1)


@built_in("is", "any", "any", gaps=True)
def same(run: Run, one: object, two: object) -> object:
    """The same kind and the same value; times and moments also in the same zone, to the last digit."""
    if one is None or two is None:
        return one is two
    if isinstance(one, time | datetime | FarDateTime) and type(one) is type(two):
        return _in_parts(one) == _in_parts(two)
    number = isinstance(one, Decimal | int) and isinstance(two, Decimal | int)
    if type(one) is not type(two) and not number:
        return False
    return equal(one, two, run) is True


def _in_parts(value: time | Moment) -> tuple[object, ...]:
    clock = (value.hour, value.minute, value.second, value.microsecond)
    zone = value.tzinfo
    day = () if isinstance(value, time) else (value.year, value.month, value.day)
    return (*day, *clock, finer_digits(value), zone)

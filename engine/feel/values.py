"""The values FEEL works on that Python does not have.

    FEEL                          Python
    number                        Decimal (34 digits, half even)
    string, boolean, null         str, bool, None
    date, time, date and time     date, time, datetime; beyond the years 1..9999: FarDate, FarDateTime;
                                  with digits below a microsecond: FineTime, FineDateTime
    days and time duration        timedelta
    years and months duration     YearsMonths
    list, context, range          list, dict, Range
    function                      engine.feel.functions.Function
    (flows) not answered yet      UNKNOWN; OpenList for a list that may still grow
    (flows) "I do not know"       UNSURE

Zones keep their identity: `timezone` for an offset, `ZoneInfo` for a name such as Europe/Amsterdam.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, tzinfo


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A years-and-months duration, in whole months (may be negative). DMN 1.5, 10.3.2.3.8."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return ("-P" if self.months < 0 else "P") + (text or "0M")


@dataclass(frozen=True, slots=True)
class Range:
    """All values from `low` to `high`. DMN 1.5, 10.3.2.7.

    `op` is set for a range written as a comparison, `(< 5)`: it has one end only, equals only a range written
    that way, and with `!=` holds everything but `low`. None for any other end is null: nobody knows what is in it.
    """

    low: object
    high: object
    low_closed: bool = True
    high_closed: bool = True
    op: str = ""


@dataclass(frozen=True, slots=True, order=True)
class FarDate:
    """A date of the proleptic Gregorian calendar outside the years 1..9999 (year 0 is 1 BC)."""

    year: int
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class FarDateTime:
    """A date and time outside the years 1..9999."""

    year: int
    month: int
    day: int
    hour: int = 0
    minute: int = 0
    second: int = 0
    microsecond: int = 0
    tzinfo: tzinfo | None = None


class FineTime(time):
    """A time written with more digits than a microsecond has: `finer` holds them. They are shown, not reckoned with."""

    finer: str = ""


class FineDateTime(datetime):
    """A date and time written with more digits than a microsecond has, as `FineTime`."""

    finer: str = ""


def with_digits(clock: time, finer: str) -> time:
    """The time with these digits below its microsecond; as it is when there are none."""
    if not finer:
        return clock
    fine = FineTime(clock.hour, clock.minute, clock.second, clock.microsecond, clock.tzinfo, fold=clock.fold)
    fine.finer = finer
    return fine


def moment_with_digits(moment: datetime, finer: str) -> datetime:
    """As `with_digits`, for a date and time."""
    if not finer:
        return moment
    fine = FineDateTime.combine(moment.date(), moment.timetz())
    fine.finer = finer
    return fine


def finer_digits(value: object) -> str:
    """The digits below a microsecond; none for most values."""
    return value.finer if isinstance(value, FineTime | FineDateTime) else ""


class OpenList(list[object]):
    """A list of which more items may follow: the citizen has not said yet that this is all.

    `some` is true as soon as one item makes it so, `every` false as soon as one does; a count or sum is UNKNOWN.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"OpenList({super().__repr__()})"

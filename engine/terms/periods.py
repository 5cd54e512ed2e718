"""ISO 8601 durations as people write them in a flow file, and adding them to a day.

    P8W   P30D   P3M   P1Y6M   PT4H   PT90M   P1DT12H

Years and months count by the calendar (31 January + P1M is 28 or 29 February), weeks and days by the
day, hours and smaller in real time. Weeks may stand beside other parts (ISO 8601-2 allows it).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from engine.errors import worded

LARGEST = 9999
_SHAPE = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?P<time>T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)
_UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
_LETTERS = dict(zip(_UNITS, "YMWDHMS", strict=True))


class PeriodError(ValueError):
    """A duration that cannot be read or counted; the message is one sentence with a way out."""


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time. All parts are whole numbers, zero or more."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: int = 0

    @property
    def has_time(self) -> bool:
        """Whether it counts hours, minutes or seconds."""
        return bool(self.hours or self.minutes or self.seconds)

    @property
    def has_date(self) -> bool:
        return bool(self.years or self.months or self.weeks or self.days)

    @property
    def clock_part(self) -> timedelta:
        """Hours, minutes and seconds only."""
        return timedelta(hours=self.hours, minutes=self.minutes, seconds=self.seconds)

    @property
    def at_most(self) -> timedelta:
        """The longest that this period can last, months taken as 31 days and years as 366."""
        days = self.years * 366 + self.months * 31 + self.weeks * 7 + self.days
        return timedelta(days=days) + self.clock_part

    def __str__(self) -> str:
        parts = [f"{getattr(self, unit)}{_LETTERS[unit]}" for unit in _UNITS[:4] if getattr(self, unit)]
        clock = [f"{getattr(self, unit)}{_LETTERS[unit]}" for unit in _UNITS[4:] if getattr(self, unit)]
        if not parts and not clock:
            return "P0D"
        return "P" + "".join(parts) + ("T" + "".join(clock) if clock else "")


@lru_cache(maxsize=1024)  # the same few words of the flows, at every step
def parse_period(text: str) -> Period:
    """`text` as a Period. Raises PeriodError that names the mistake."""
    found = _SHAPE.fullmatch(text)
    if found is None or text == "P" or found["time"] == "T":
        raise PeriodError(
            worded(
                "This is not a duration. Write P, a number and D, W, M or Y (P8W is eight weeks), "
                "or PT, a number and H or M (PT4H is four hours)."
            )
        )
    numbers = {unit: found[unit] or "0" for unit in _UNITS}
    if any(len(digits) > 4 for digits in numbers.values()):
        raise PeriodError(
            worded("A duration counts to {largest} of a unit at most. Use a larger unit.", largest=LARGEST)
        )
    period = Period(**{unit: int(digits) for unit, digits in numbers.items()})
    if not period.has_date and not period.has_time:
        raise PeriodError(worded("A duration of nothing has no meaning here. Write how long it lasts, such as P1D."))
    return period


def add(day: date, period: Period) -> date:
    """`day` plus the date part of `period`: first years and months by the calendar, then weeks and days."""
    return _days_later(_months_later(day, period.years * 12 + period.months), period.weeks * 7 + period.days)


def subtract(day: date, period: Period) -> date:
    """`day` less the date part of `period`, in the same order."""
    return _days_later(_months_later(day, -period.years * 12 - period.months), -period.weeks * 7 - period.days)


def _months_later(day: date, months: int) -> date:
    """The same day of the month, or that month's last day where it has no such day."""
    if not months:
        return day
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise PeriodError(worded("This duration leads outside the calendar. Use a shorter one."))
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days_later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise PeriodError(worded("This duration leads outside the calendar. Use a shorter one.")) from None

"""Dates, times and durations as text: reading the lexical forms of DMN 1.5, 10.3.2.3.4-10.

Every reader returns None for a text that is not of its form; none raises.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from engine.feel.values import FarDate, FarDateTime, YearsMonths, finer_digits, moment_with_digits, with_digits

MAX_YEAR: Final = 999_999_999
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DATE: Final = re.compile(r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})")
_ZONE: Final = re.compile(r"Z|z|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@([A-Za-z][A-Za-z0-9_+\-/]{0,60})")
_TIME: Final = re.compile(r"T?([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,30}))?(.*)", re.DOTALL)
_DAYS_TIME: Final = re.compile(
    r"(-?)P(?:([0-9]{1,15})D)?(?:T(?:([0-9]{1,15})H)?(?:([0-9]{1,15})M)?(?:([0-9]{1,15})(?:\.([0-9]{0,30}))?S)?)?"
)
_WEEKS: Final = re.compile(r"(-?)P([0-9]{1,9})W")
_YEARS_MONTHS: Final = re.compile(r"(-?)P(?:([0-9]{1,15})Y)?(?:([0-9]{1,15})M)?")


def days_in_month(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _DAYS[month - 1]


def make_date(year: int, month: int, day: int) -> date | FarDate | None:
    """The date, as FarDate outside Python's years; None when the calendar has no such day."""
    if not (1 <= month <= 12 and abs(year) <= MAX_YEAR and 1 <= day <= days_in_month(year, month)):
        return None
    return date(year, month, day) if 1 <= year <= 9999 else FarDate(year, month, day)


def next_day(day: date | FarDate) -> date | FarDate | None:
    """The day after; None at the end of the years FEEL knows."""
    if day.day < days_in_month(day.year, day.month):
        return make_date(day.year, day.month, day.day + 1)
    return make_date(day.year, day.month + 1, 1) if day.month < 12 else make_date(day.year + 1, 1, 1)


def join(day: date | FarDate, clock: time) -> datetime | FarDateTime:
    """The moment on `day` at `clock`, with the zone of `clock`."""
    if isinstance(day, FarDate):
        parts = (clock.hour, clock.minute, clock.second, clock.microsecond)
        return FarDateTime(day.year, day.month, day.day, *parts, clock.tzinfo)
    return moment_with_digits(datetime.combine(day, clock), finer_digits(clock))


def read_date(text: str) -> date | FarDate | None:
    """`2026-04-06`; years of more than four digits and negative years too."""
    match = _DATE.fullmatch(text)
    return make_date(int(match[1]), int(match[2]), int(match[3])) if match else None


def read_time(text: str) -> time | None:
    """`13:20:00`, with fraction, `Z`, an offset or `@Europe/Amsterdam`."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3])
    zone = read_zone(match[5]) if match[5] else None
    if hour == 24 and not (minute or second or int(match[4] or 0)):
        hour = 0
    if hour > 23 or minute > 59 or second > 59 or (match[5] and zone is None):
        return None
    digits = match[4] or ""
    micro = int((digits + "000000")[:6])
    return with_digits(time(hour, minute, second, micro, zone), digits[6:].rstrip("0"))


def read_datetime(text: str) -> datetime | FarDateTime | None:
    """`2026-04-06T13:20:00` with the endings of a time; `24:00:00` is midnight of the next day."""
    day_text, separator, time_text = text.partition("T")
    if not separator or time_text.startswith("T"):
        return None
    day, clock = read_date(day_text), read_time(time_text)
    if day is None or clock is None:
        return None
    if time_text.startswith("24"):
        later = next_day(day)
        return None if later is None else join(later, clock)
    return join(day, clock)


@lru_cache(maxsize=512)
def read_zone(text: str) -> tzinfo | None:
    """`Z`, `+01:00`, `@Europe/Amsterdam`; None when it is no zone."""
    match = _ZONE.fullmatch(text)
    if match is None:
        return None
    if match[5]:
        return _named(match[5])
    if not match[1]:
        return UTC
    hours, minutes, seconds = int(match[2]), int(match[3]), int(match[4] or 0)
    if hours > 18 or minutes > 59 or seconds > 59 or (hours == 18 and minutes + seconds):
        return None
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return timezone(-offset if match[1] == "-" else offset)


def _named(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def read_days_time(text: str) -> timedelta | None:
    """`P1DT2H3M4.5S`, at least one part, maybe with a minus sign in front."""
    match = _DAYS_TIME.fullmatch(text)
    if match is None or text.endswith(("P", "T")):
        return None
    try:
        length = timedelta(
            days=int(match[2] or 0),
            hours=int(match[3] or 0),
            minutes=int(match[4] or 0),
            seconds=int(match[5] or 0),
            microseconds=int(((match[6] or "") + "000000")[:6]),
        )
        return -length if match[1] else length
    except OverflowError:
        return None


def read_years_months(text: str) -> YearsMonths | None:
    """`P1Y2M`, at least one part, maybe with a minus sign in front."""
    match = _YEARS_MONTHS.fullmatch(text)
    if match is None or text.endswith("P"):
        return None
    months = int(match[2] or 0) * 12 + int(match[3] or 0)
    return YearsMonths(-months if match[1] else months)


def read_weeks(text: str) -> timedelta | None:
    """`P6W`: weeks stand in flows only, FEEL has none."""
    match = _WEEKS.fullmatch(text)
    if match is None or int(match[2]) > 10_000_000:
        return None
    length = timedelta(weeks=int(match[2]))
    return -length if match[1] else length


def read_duration(text: str, *, weeks: bool = False) -> timedelta | YearsMonths | None:
    found = read_years_months(text) or read_days_time(text)
    if found is None:
        found = read_days_time(text)
    return read_weeks(text) if found is None and weeks else found


def read_temporal(text: str, *, weeks: bool = False) -> object:
    """What stands in `@"..."`: a date, time, moment or duration; None when it is none of them."""
    if text.startswith(("P", "-P")):
        return read_duration(text, weeks=weeks)
    for read in (read_date, read_datetime, read_time):
        found = read(text)
        if found is not None:
            return found
    return None

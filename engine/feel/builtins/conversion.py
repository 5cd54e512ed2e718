"""Conversion functions (DMN 1.5, 10.3.4.1): `number`, `string`, `date`, `time`, `duration` ..."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Final

from engine.feel.decimals import FEEL_CONTEXT
from engine.feel.lexical import join, make_date, read_date, read_datetime, read_duration, read_time, read_zone
from engine.feel.moments import Day, Moment, clock_part, months_between
from engine.feel.registry import built_in
from engine.feel.run import Run
from engine.feel.text import text_of
from engine.feel.values import FarDate, FarDateTime, finer_digits, with_digits

_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_GROUPINGS: Final = (None, " ", ",", ".")
_POINTS: Final = (None, ".", ",")


def _day(value: Day | Moment) -> Day:
    if isinstance(value, FarDateTime):
        return FarDate(value.year, value.month, value.day)
    return value.date() if isinstance(value, datetime) else value


@built_in("date", "any")
def date_from(run: Run, source: object) -> object:
    if isinstance(source, list) and len(source) == 1:
        source = source[0]
    if isinstance(source, str):
        return read_date(source) or run.null("This text is not a date such as 2026-04-06.")
    if isinstance(source, date | FarDate | FarDateTime):
        return _day(source)
    return run.null("A date is made from a text or a date and time.")


@built_in("date", "integer", "integer", "integer")
def date_of(run: Run, year: int, month: int, day: int) -> object:
    return make_date(year, month, day) or run.null("The calendar has no such day.")


@built_in("time", "any")
def time_from(run: Run, source: object) -> object:
    if isinstance(source, list) and len(source) == 1:
        source = source[0]
    if isinstance(source, str):
        found = read_time(source)
        return found if found is not None else run.null("This text is not a time such as 13:20:00.")
    if isinstance(source, time):
        return source
    if isinstance(source, datetime | FarDateTime):
        return clock_part(source)
    if isinstance(source, date | FarDate):
        return time(0, 0, 0, 0, UTC)
    return run.null("A time is made from a text or a date and time.")


@built_in("time", "integer", "integer", "number", "length?")
def time_of(run: Run, hour: int, minute: int, second: Decimal, away: object = None) -> object:
    if not (0 <= hour <= 23 and 0 <= minute <= 59 and second.is_finite() and 0 <= second < 60):
        return run.null("The clock has no such time.")
    zone = None
    if away is not None:
        if not isinstance(away, timedelta) or abs(away) > timedelta(hours=18):
            return run.null("The distance to UTC is a days-and-time duration of at most 18 hours.")
        zone = timezone(away)
    whole = int(second)
    digits = f"{second - whole:f}"[2:]
    clock = time(hour, minute, whole, int((digits + "000000")[:6]), zone)
    return with_digits(clock, digits[6:36].rstrip("0"))


@built_in("date and time", "any")
def moment_from(run: Run, source: object) -> object:
    if isinstance(source, list) and len(source) == 1:
        source = source[0]
    if isinstance(source, str):
        day = read_date(source)
        found = read_datetime(source) if day is None else join(day, time())
        return found or run.null("This text is not a date and time such as 2026-04-06T13:20:00.")
    if isinstance(source, datetime | FarDateTime):
        return source
    if isinstance(source, date | FarDate):
        return join(source, time(tzinfo=UTC))
    return run.null("A date and time is made from a text or a date.")


@built_in("date and time", "day", "time")
def moment_of(_: Run, day: Day | Moment, clock: time) -> object:
    return join(_day(day), clock)


@built_in("date and time", "moment", "string")
def moment_in_zone(run: Run, moment: Moment, name: str) -> object:
    zone = read_zone(f"@{name}") or read_zone(name)
    if zone is None:
        return run.null("There is no such time zone.")
    if not isinstance(moment, datetime):
        return run.null("This date is too far away for time zones.")
    try:
        there = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
        return join(there.date(), with_digits(there.timetz(), finer_digits(moment)))
    except OverflowError:
        return run.null("This date is too far away for time zones.")


@built_in("number", "string", "string?", "string?")
def number(run: Run, source: str, grouping: str | None = None, point: str | None = None) -> object:
    if grouping not in _GROUPINGS or point not in _POINTS or (grouping is not None and grouping == point):
        return run.null("Separators are a space, a comma or a point, and not the same.")
    plain = source.replace(grouping, "") if grouping else source
    plain = plain.replace(point, ".") if point else plain
    if not _NUMBER.fullmatch(plain):
        return run.null("This text is not a number.")
    value = FEEL_CONTEXT.create_decimal(plain)
    return value if value.is_finite() else run.null("This number is too large.")


@built_in("string", "any")
def string(run: Run, source: object) -> object:
    return None if source is None else text_of(source, run)


@built_in("duration", "any")
def duration(run: Run, source: object) -> object:
    if isinstance(source, list) and len(source) == 1:
        source = source[0]
    found = read_duration(source) if isinstance(source, str) else None
    return found if found is not None else run.null("This is not a duration such as P1DT2H or P1Y2M.")


@built_in("years and months duration", "day", "day")
def years_and_months(_: Run, start: Day | Moment, end: Day | Moment) -> object:
    return months_between(start, end)

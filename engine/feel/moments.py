"""Calendar arithmetic over all years: dates and moments, Python's own and the far ones.

Python's `date` and `datetime` carry what they can; outside the years 1..9999 the same sums are done on
day numbers of the proleptic Gregorian calendar. A moment is counted in microseconds since 1970, in UTC
when it has a zone (DMN 1.5, 10.3.2.3.6: the value of a date and time), else on its own clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from engine.feel.lexical import MAX_YEAR, days_in_month, join, make_date
from engine.feel.values import (
    FarDate,
    FarDateTime,
    FineDateTime,
    YearsMonths,
    finer_digits,
    moment_with_digits,
    with_digits,
)

Day: TypeAlias = date | FarDate
Moment: TypeAlias = datetime | FarDateTime

MICROSECOND: Final = timedelta(microseconds=1)
_DAY: Final = 86_400_000_000
_ERA: Final = 146_097
_EPOCH: Final = 719_468


def day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01, for any year (H. Hinnant, "chrono-compatible low-level date algorithms")."""
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * _ERA + of_era * 365 + of_era // 4 - of_era // 100 + of_year - _EPOCH


def day_of(number: int) -> Day | None:
    """The inverse of `day_number`; None beyond the years FEEL knows."""
    era, of_era = divmod(number + _EPOCH, _ERA)
    year_of_era = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    part = (5 * of_year + 2) // 153
    month = part + 3 if part < 10 else part - 9
    return make_date(year_of_era + era * 400 + (month <= 2), month, of_year - (153 * part + 2) // 5 + 1)


def number_of(day: Day | Moment) -> int:
    return day_number(day.year, day.month, day.day)


def micros_of(clock: time | Moment) -> int:
    """Microseconds since midnight on its own clock."""
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1_000_000 + clock.microsecond


def clock_of(micros: int, zone: tzinfo | None) -> time:
    seconds, micro = divmod(micros % _DAY, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return time(hour, minute, second, micro, zone)


def offset(value: Moment | time) -> timedelta | None:
    """The distance to UTC; None without a zone. A time in a named zone counts as on 1970-01-01."""
    zone = value.tzinfo
    if zone is None:
        return None
    if isinstance(value, datetime):
        return value.utcoffset()
    if isinstance(value, time):
        return (
            zone.utcoffset(datetime(1970, 1, 1, value.hour, value.minute))
            if isinstance(zone, ZoneInfo)
            else value.utcoffset()
        )
    year = 9998 if value.year > 0 else 2
    return zone.utcoffset(datetime(year, value.month, min(value.day, 28), value.hour, value.minute))


def absolute(value: Moment | Day) -> int:
    """Microseconds since 1970 in UTC; for a moment without zone and for a date, on its own clock."""
    if (isinstance(value, date) and not isinstance(value, datetime)) or isinstance(value, FarDate):
        return number_of(value) * _DAY
    away = offset(value)
    local = number_of(value) * _DAY + micros_of(value)
    return local if away is None else local - away // MICROSECOND


def _at(micros: int, zone: tzinfo | None) -> Moment | None:
    """The moment at `micros` on the clock of `zone`."""
    number, rest = divmod(micros, _DAY)
    day = day_of(number)
    return None if day is None else join(day, clock_of(rest, zone))


def shift(value: Moment, by: timedelta) -> Moment | None:
    """`value` later by an exact length of time; in a named zone across clock changes too."""
    if isinstance(value, FineDateTime):
        later = shift(datetime.combine(value.date(), value.timetz()), by)
        return moment_with_digits(later, value.finer) if isinstance(later, datetime) else later
    if isinstance(value, datetime):
        try:
            if isinstance(value.tzinfo, ZoneInfo):
                return (value.astimezone(UTC) + by).astimezone(value.tzinfo)
            return value + by
        except OverflowError:
            pass
    away = offset(value)
    return _at(absolute(value) + by // MICROSECOND + (away // MICROSECOND if away else 0), value.tzinfo)


def shift_day(day: Day, by: timedelta) -> Day | None:
    """A date later by a length of time; what is left below a day is cut towards the past."""
    return day_of(number_of(day) + by // timedelta(days=1))


def shift_months(value: Day | Moment, by: YearsMonths) -> Day | Moment | None:
    """`value` later by months; a day that the month does not have becomes its last."""
    year, month = divmod(value.year * 12 + value.month - 1 + by.months, 12)
    if abs(year) > MAX_YEAR:
        return None
    day = make_date(year, month + 1, min(value.day, days_in_month(year, month + 1)))
    if day is None or isinstance(value, FarDate) or not isinstance(value, datetime | FarDateTime):
        return day
    return join(day, clock_part(value))


def clock_part(value: Moment) -> time:
    """The time of a moment, with its zone."""
    clock = time(value.hour, value.minute, value.second, value.microsecond, value.tzinfo)
    return with_digits(clock, finer_digits(value))


def shift_time(clock: time, by: timedelta) -> time:
    return with_digits(clock_of(micros_of(clock) + by // MICROSECOND, clock.tzinfo), finer_digits(clock))


def length(micros: int) -> timedelta | None:
    """A days-and-time duration; None beyond a billion days."""
    try:
        return timedelta(microseconds=micros)
    except OverflowError:
        return None


def comparable(one: Moment | time, two: Moment | time) -> bool:
    """Whether both have a zone, or neither has."""
    return (one.tzinfo is None) == (two.tzinfo is None)


def time_key(clock: time) -> int:
    """Microseconds of a time in UTC, or on its own clock when it has no zone."""
    away = offset(clock)
    return micros_of(clock) - (away // MICROSECOND if away else 0)


def difference(one: Moment | Day, two: Moment | Day) -> timedelta | None:
    """`one - two`; None when one has a zone and the other is a moment without. A date is midnight in UTC."""
    if isinstance(one, datetime | FarDateTime) != isinstance(two, datetime | FarDateTime):
        moment = one if isinstance(one, datetime | FarDateTime) else two
        if isinstance(moment, datetime | FarDateTime) and moment.tzinfo is None:
            return None
    elif (
        isinstance(one, datetime | FarDateTime) and isinstance(two, datetime | FarDateTime) and not comparable(one, two)
    ):
        return None
    return length(absolute(one) - absolute(two))


def months_between(start: Day | Moment, end: Day | Moment) -> YearsMonths:
    """Whole months from `start` to `end`, negative when `end` is earlier."""
    if absolute(end) < absolute(start):
        return YearsMonths(-months_between(end, start).months)
    months = (end.year - start.year) * 12 + end.month - start.month
    short = (end.day, _clock(end)) < (start.day, _clock(start))
    return YearsMonths(months - short)


def _clock(value: Day | Moment) -> int:
    return micros_of(value) if isinstance(value, datetime | FarDateTime) else 0

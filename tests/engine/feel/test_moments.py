"""Calendar arithmetic: agrees with Python's where Python has an answer, and goes on beyond."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import moments
from engine.feel.values import FarDate, FarDateTime, YearsMonths
from tests.engine.feel.evaluating import evaluate

days = st.integers(-(10**11), 10**11)
EPOCH = date(1970, 1, 1).toordinal()


@given(st.dates())
def test_day_numbers_are_pythons(day: date) -> None:
    """Day numbers and dates are each other's inverse, as Python counts them."""
    assert moments.number_of(day) == day.toordinal() - EPOCH
    assert moments.day_of(moments.number_of(day)) == day


@given(days)
def test_day_numbers_beyond_python(number: int) -> None:
    """The inverse holds for all years."""
    day = moments.day_of(number)
    assert day is not None
    assert moments.number_of(day) == number


@given(st.datetimes(timezones=st.just(UTC)), st.timedeltas(timedelta(days=-9000), timedelta(days=9000)))
def test_shifting_there_and_back(moment: datetime, by: timedelta) -> None:
    """A moment shifted and shifted back is that moment, also over the edge of Python's years."""
    there = moments.shift(moment, by)
    assert there is not None
    back = moments.shift(there, -by)
    assert back is not None
    assert moments.absolute(back) == moments.absolute(moment)
    assert moments.difference(there, moment) == by


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_months_between(start: date, end: date) -> None:
    """The months between two dates are the most that can be added without passing the second."""
    months = moments.months_between(start, end).months
    if start <= end:
        later = moments.shift_months(start, YearsMonths(months))
        further = moments.shift_months(start, YearsMonths(months + 1))
        assert isinstance(later, date)
        assert isinstance(further, date)
        assert later <= end
        assert further > end or further.day < start.day
    else:
        assert months == -moments.months_between(end, start).months


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_years(start: date, end: date) -> None:
    """years(a, b) is the largest n with a <= b - n years."""
    found = evaluate("years(a, b)", a=start, b=end)
    for more, holds in ((0, True), (1, False)):
        text = '(a <= b - @"P1Y" * (n + more))'
        assert evaluate(text, a=start, b=end, n=found, more=evaluate(str(more))) is holds


def test_years_on_leap_days() -> None:
    """29 February less n years falls on 28 February."""
    assert evaluate("years(a, b)", a=date(2004, 2, 29), b=date(2005, 2, 28)) == 0
    assert evaluate("years(a, b)", a=date(2004, 2, 29), b=date(2005, 3, 1)) == 1
    assert evaluate("years(a, b)", a=date(2007, 2, 28), b=date(2008, 2, 29)) == 1
    assert evaluate("years(a, b)", a=date(2007, 3, 1), b=date(2008, 2, 29)) == 0


def test_clock_changes() -> None:
    """A day later in a named zone is 24 hours later, whatever the clock did."""
    zone = ZoneInfo("Europe/Amsterdam")
    assert moments.shift(datetime(2024, 3, 30, 12, tzinfo=zone), timedelta(days=1)) == datetime(
        2024, 3, 31, 13, tzinfo=zone
    )


def test_far_moments() -> None:
    """Years beyond 9999 compare, shift and come back."""
    assert evaluate('@"9999-12-31T23:59:59" + @"PT1S"') == FarDateTime(10_000, 1, 1)
    assert evaluate('@"10000-01-01T00:00:00" - @"PT1S"') == datetime(9999, 12, 31, 23, 59, 59)
    assert evaluate('@"10000-01-01" > @"9999-12-31"') is True
    assert evaluate('@"10000-02-29" + @"P1Y"') == FarDate(10_001, 2, 28)
    assert evaluate('@"0000-01-01" + @"P1Y"') == date(1, 1, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('time("10:00:00.123456789")', "10:00:00.123456789"),
        ('time("10:00:00.000000001Z")', "10:00:00.000000001Z"),
        ('time("10:00:00.1234560")', "10:00:00.123456"),
        ("time(10, 1, 2.1234567)", "10:01:02.1234567"),
        ('@"10:00:00.1234567" + @"PT15H"', "01:00:00.1234567"),
        ('@"2024-02-29T10:00:00.1234567" - @"P1D"', "2024-02-28T10:00:00.1234567"),
        ('@"2024-01-31T10:00:00.1234567" + @"P1M"', "2024-02-29T10:00:00.1234567"),
        ('time(@"2024-01-31T10:00:00.1234567+01:00")', "10:00:00.1234567+01:00"),
        ('date and time(@"2024-01-31", @"10:00:00.1234567")', "2024-01-31T10:00:00.1234567"),
        ('date and time(@"2024-01-31T10:00:00.1234567Z", "Europe/Paris")', "2024-01-31T11:00:00.1234567@Europe/Paris"),
    ],
)
def test_digits_below_a_microsecond_are_kept(text: str, expected: str) -> None:
    """A time or moment shows every digit it was written with, also after it moved."""
    assert evaluate(f"string({text})") == expected


@given(st.times(), st.text("0123456789", max_size=9))
def test_a_fine_time_is_a_time(clock: time, digits: str) -> None:
    """Whatever the digits, such a time is of its type, has its parts, equals itself and is itself alone for `is`."""
    written = f"{clock:%H:%M:%S}.{clock.microsecond:06d}{digits}"
    parts = f'time("{written}").hour = {clock.hour} and time("{written}") - @"00:00:00" >= @"PT0S"'
    assert evaluate(f'{parts} and time("{written}") instance of time and time("{written}") = @"{written}"') is True
    assert evaluate(f'is(@"{written}", @"{written}")') is True
    assert evaluate(f'is(@"{written}", @"{written}1")') is False

"""ISO 8601 durations: what is read, what is refused, and how months are counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.terms.periods import Period, PeriodError, add, parse_period, subtract

small = st.integers(min_value=0, max_value=99)
periods = st.builds(
    Period, years=small, months=small, weeks=small, days=small, hours=small, minutes=small, seconds=small
).filter(lambda period: period.has_date or period.has_time)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P8W", Period(weeks=8)),
        ("P30D", Period(days=30)),
        ("P1M", Period(months=1)),
        ("PT4H", Period(hours=4)),
        ("PT1M", Period(minutes=1)),
        ("P1Y6M", Period(years=1, months=6)),
        ("P1DT12H", Period(days=1, hours=12)),
    ],
)
def test_common_durations_are_read(text: str, period: Period) -> None:
    """M means months before the T and minutes behind it."""
    assert parse_period(text) == period


@pytest.mark.parametrize("text", ["", "P", "PT", "8W", "P8", "P-8W", "P8w", "P1.5D", "P1D2W", "P1DT", "P99999D", "P0D"])
def test_what_is_no_duration_is_refused_with_a_way_out(text: str) -> None:
    """Each refusal is a sentence that does not repeat the text."""
    with pytest.raises(PeriodError) as refused:
        parse_period(text)
    assert str(refused.value).endswith(".")


@given(periods)
def test_writing_and_reading_a_period_gives_the_same(period: Period) -> None:
    """str() is the inverse of parse_period."""
    assert parse_period(str(period)) == period


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_months_count_by_the_calendar(day: str, months: int, expected: str) -> None:
    """Where the month has no such day, its last day is taken."""
    assert add(date.fromisoformat(day), Period(months=months)) == date.fromisoformat(expected)


def test_counting_back_a_year_from_leap_day_gives_28_february() -> None:
    """29 February less n years falls on 28 February."""
    assert subtract(date(2024, 2, 29), Period(years=1)) == date(2023, 2, 28)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 5000))
def test_days_and_weeks_are_plain_days(day: date, days: int) -> None:
    """Seven days are a week."""
    weeks, rest = divmod(days, 7)
    assert add(day, Period(weeks=weeks, days=rest)) == day + timedelta(days=days)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), periods)
def test_adding_never_goes_beyond_the_stated_maximum(day: date, period: Period) -> None:
    """`at_most` bounds what a period can last, which the process checks rely on."""
    assert add(day, period) - day <= period.at_most


def test_leaving_the_calendar_is_refused() -> None:
    """A date beyond the year 9999 gives a sentence, not a crash."""
    with pytest.raises(PeriodError, match="outside the calendar"):
        add(date(9000, 1, 1), Period(years=9999))
    with pytest.raises(PeriodError, match="outside the calendar"):
        add(date(9999, 12, 31), Period(days=1))

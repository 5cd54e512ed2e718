"""Dates, times and durations as text: read, refused, and written back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel.evaluator import Run
from engine.feel.lexical import read_date, read_duration, read_temporal, read_time, read_zone
from engine.feel.text import text_of
from engine.feel.values import FarDate, FarDateTime, YearsMonths

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
zones = st.one_of(st.none(), offsets, st.sampled_from([ZoneInfo("Europe/Amsterdam"), ZoneInfo("Asia/Dhaka")]))
far_dates = st.builds(
    FarDate,
    st.one_of(st.integers(10_000, 999_999_999), st.integers(-999_999_999, 0)),
    st.integers(1, 12),
    st.integers(1, 28),
)


@given(
    st.one_of(
        st.dates(),
        st.times(timezones=zones),
        st.datetimes(timezones=zones),
        st.timedeltas(),
        st.integers(-(10**9), 10**9).map(YearsMonths),
        far_dates,
        far_dates.map(lambda d: FarDateTime(d.year, d.month, d.day, 13, 5, 7, 250_000, UTC)),
    )
)
def test_what_is_written_reads_back(value: object) -> None:
    """Reading the text of a temporal value gives that value."""
    read = read_temporal(text_of(value, Run()))
    assert read == value
    assert type(read) is type(value)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """A reader gives a value or None; it never raises."""
    assert read_temporal(text, weeks=True) is None or isinstance(text, str)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("12345-01-01", FarDate(12_345, 1, 1)),
        ("-0044-03-15", FarDate(-44, 3, 15)),
        ("13:20:00", time(13, 20)),
        ("13:20:00.5Z", time(13, 20, 0, 500_000, UTC)),
        ("13:20:00-05:30", time(13, 20, tzinfo=timezone(-timedelta(hours=5, minutes=30)))),
        ("24:00:00", time(0)),
        ("2024-12-31T24:00:00", datetime(2025, 1, 1)),
        ("P1DT2H3M4.5S", timedelta(days=1, hours=2, minutes=3, seconds=4.5)),
        ("-PT90M", timedelta(minutes=-90)),
        ("P1Y14M", YearsMonths(26)),
        ("-P1M", YearsMonths(-1)),
        ("P0D", timedelta(0)),
    ],
)
def test_forms(text: str, value: object) -> None:
    """The lexical forms of DMN 1.5."""
    assert read_temporal(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("2023-02-29", "2024-13-01", "24-01-01", "02024-01-01", "+2024-01-01", "2024-1-1", "2024-01-01Z"),
        *("1234567890-01-01", "25:00:00", "12:60:00", "12:00", "24:00:01", "12:00:00+19:00", "12:00:00@Nowhere/Else"),
        *("2024-01-01T", "2024-01-01 10:00:00", "2024-01-01TT10:00:00", "P", "PT", "P1DT", "P1Y1D", "P6W", "1D", "p1d"),
        *("P999999999999999D", "", "now"),
    ],
)
def test_refused(text: str) -> None:
    """What is no date, time or duration is None."""
    assert read_temporal(text) is None


def test_weeks_in_flows_only() -> None:
    """Weeks are read where they are asked for."""
    assert read_duration("P6W") is None
    assert read_duration("P6W", weeks=True) == timedelta(weeks=6)
    assert read_duration("-P1W", weeks=True) == timedelta(weeks=-1)


def test_zones_keep_their_name() -> None:
    """A named zone stays that zone; an odd name is no zone."""
    clock = read_time("10:00:00@Europe/Amsterdam")
    assert clock is not None
    assert clock.tzinfo == ZoneInfo("Europe/Amsterdam")
    assert read_zone("@../../etc/passwd") is None
    assert read_zone("@Europe") is None


def test_the_calendar_ends() -> None:
    """Beyond 999,999,999 years there are no dates."""
    assert read_date("999999999-12-31") == FarDate(999_999_999, 12, 31)
    assert read_temporal("999999999-12-31T24:00:00") is None

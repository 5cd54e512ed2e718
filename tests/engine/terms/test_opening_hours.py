"""Opening hours: reading them, when it is open, and counting in them, also when the clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.terms.opening_hours import (
    ALWAYS_OPEN,
    OpeningHours,
    OpeningHoursError,
    after_opening_time,
    closes_at,
    is_open,
    never_closed,
    next_opening,
    parse_opening_hours,
)

NL = ZoneInfo("Europe/Amsterdam")
PHONE = parse_opening_hours(["mo-fr 08:30-17:00", "th 17:00-20:00"])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NL)


def test_entries_add_up_and_touching_ranges_become_one() -> None:
    """Thursday is one range from half past eight to eight in the evening."""
    assert PHONE.week[3] == ((510, 1200),)
    assert PHONE.week[0] == ((510, 1020),)
    assert PHONE.week[5] == ()


@pytest.mark.parametrize("text", ["mo,we,fr 9:00-12:00", "MO, we ,fr  09:00 - 12:00"])
def test_days_apart_and_spaces_are_fine(text: str) -> None:
    """Capitals, spaces and a single-figure hour change nothing."""
    assert parse_opening_hours([text]).week[2] == ((540, 720),)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("monday 08:30-17:00", "Write days"),
        ("mo-fr", "Write days"),
        ("ma-fr 08:30-17:00", "Days are mo tu"),
        ("fr-mo 08:30-17:00", "earlier to a later"),
        ("mo-we-fr 08:30-17:00", "earlier to a later"),
        ("mo 08.30-17.00", "08:30"),
        ("mo 08:30-25:00", "08:30"),
        ("mo 08:30-24:30", "08:30"),
        ("mo 22:00-02:00", "closes before it opens"),
        ("mo 08:30-08:30", "closes before it opens"),
        ("mo " + "-" * 5000, "Write days"),
    ],
)
def test_a_wrong_entry_is_refused_with_a_way_out(entry: str, says: str) -> None:
    """The sentence says what to write instead."""
    with pytest.raises(OpeningHoursError, match=says):
        parse_opening_hours([entry])


def test_all_wrong_entries_are_reported_at_once() -> None:
    """Each fault carries the number of its entry."""
    with pytest.raises(OpeningHoursError) as refused:
        parse_opening_hours(["xx 1", "mo 08:30-17:00", "mo 9-5"])
    assert [number for number, _ in refused.value.faults] == [0, 2]


def test_no_entries_are_refused() -> None:
    """An empty list says nothing about when it is open."""
    with pytest.raises(OpeningHoursError, match="No opening hours"):
        parse_opening_hours([])


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2026-11-23T08:29:59", False),
        ("2026-11-23T08:30:00", True),
        ("2026-11-23T16:59:59", True),
        ("2026-11-23T17:00:00", False),
        ("2026-11-26T19:00:00", True),
        ("2026-11-22T12:00:00", False),
        ("2026-12-25T12:00:00", False),
    ],
)
def test_when_it_is_open(moment: str, opened: bool) -> None:
    """Opening time is in, closing time is out; Sundays and holidays are closed."""
    assert is_open(at(moment), PHONE) is opened


def test_the_next_opening_skips_the_weekend_and_holidays() -> None:
    """After closing on Thursday 24 December 2026 it opens on Monday: Friday is Christmas."""
    assert next_opening(at("2026-12-24T20:30"), PHONE) == at("2026-12-28T08:30")
    assert next_opening(at("2026-11-23T12:00"), PHONE) == at("2026-11-24T08:30")
    assert next_opening(at("2026-12-24T20:30"), PHONE, never_closed) == at("2026-12-25T08:30")


def test_closing_time_is_known_while_open() -> None:
    """And there is none when it is closed."""
    assert closes_at(at("2026-11-26T12:00"), PHONE) == at("2026-11-26T20:00")
    assert closes_at(at("2026-11-26T21:00"), PHONE) is None


@pytest.mark.parametrize(
    ("asked", "hours", "due"),
    [
        ("2026-11-23T09:00", 4, "2026-11-23T13:00"),
        ("2026-11-23T15:00", 4, "2026-11-24T10:30"),
        ("2026-11-23T13:00", 4, "2026-11-23T17:00"),
        ("2026-11-27T16:00", 4, "2026-11-30T11:30"),
        ("2026-11-28T03:00", 4, "2026-11-30T12:30"),
        ("2026-04-02T18:00", 4, "2026-04-07T10:30"),
    ],
)
def test_opening_hours_are_counted_only_while_open(asked: str, hours: int, due: str) -> None:
    """Nights, weekends and Easter add nothing; exactly at closing time is still that day."""
    assert after_opening_time(at(asked), timedelta(hours=hours), PHONE) == at(due)


def test_never_open_gives_none() -> None:
    """Instead of a search without end."""
    nothing = OpeningHours(((),) * 7)
    assert nothing.never_open
    assert after_opening_time(at("2026-11-23T09:00"), timedelta(hours=1), nothing) is None
    assert next_opening(at("2026-11-23T09:00"), nothing) is None


def test_a_night_on_which_the_clock_changes_counts_real_hours() -> None:
    """Open round the clock, 24 hours are 24 hours: an hour later or earlier by the clock on the wall."""
    spring = after_opening_time(at("2026-03-28T12:00"), timedelta(hours=24), ALWAYS_OPEN)
    autumn = after_opening_time(at("2026-10-24T12:00"), timedelta(hours=24), ALWAYS_OPEN)
    assert spring == at("2026-03-29T13:00")
    assert autumn == at("2026-10-25T11:00")


def test_an_opening_in_the_hour_that_does_not_exist_is_left_out() -> None:
    """02:10 to 02:40 does not occur on 29 March 2026; nothing counts and nothing breaks."""
    night = parse_opening_hours(["mo-su 02:10-03:00"])
    assert not is_open(datetime(2026, 3, 29, 1, 5, tzinfo=UTC), night)
    assert after_opening_time(at("2026-03-29T00:00"), timedelta(minutes=50), night) == at("2026-03-30T03:00")


moments = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
minutes = st.integers(1, 5000)


@given(moments, minutes, minutes)
def test_counting_in_two_parts_is_counting_at_once(moment: datetime, one: int, two: int) -> None:
    """a + (b + c) = (a + b) + c in opening hours."""
    first = after_opening_time(moment, timedelta(minutes=one), PHONE)
    assert first is not None
    apart = after_opening_time(first, timedelta(minutes=two), PHONE)
    assert apart == after_opening_time(moment, timedelta(minutes=one + two), PHONE)


@given(moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(moment: datetime) -> None:
    """From a closed moment, no minute up to the next opening is open."""
    opens = next_opening(moment, PHONE)
    assert opens is not None
    assert is_open(opens, PHONE)
    if not is_open(moment, PHONE):
        assert not any(is_open(moment + (opens - moment) * part / 50, PHONE) for part in range(50))

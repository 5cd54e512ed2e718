"""A line's outlook, worked out once a day, is what three questions at that moment say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.terms.opening_hours import ALWAYS_OPEN, OpeningHours, parse_opening_hours
from engine.terms.outlook import Line, Outlook, plain
from engine.terms.periods import PeriodError, parse_period
from engine.terms.promises import Promise, WorkingDays, WorkingHours

LINES = (
    parse_opening_hours(["mo-fr 08:30-17:00"]),
    parse_opening_hours(["mo-fr 08:30-17:00", "th 17:00-20:00"]),
    parse_opening_hours(["mo-fr 09:00-12:00", "mo-fr 13:30-17:00", "sa 10:00-11:00"]),
    parse_opening_hours(["su 00:00-24:00", "mo 00:00-06:00", "we 23:00-24:00"]),
    parse_opening_hours(["tu 12:00-12:01"]),
    ALWAYS_OPEN,
)
PROMISES: tuple[Promise | None, ...] = (
    None,
    WorkingHours(Decimal("0.5")),
    WorkingHours(Decimal(4)),
    WorkingHours(Decimal("8.5")),
    WorkingHours(Decimal(40)),
    WorkingDays(2),
    parse_period("PT4H"),
    parse_period("P5D"),
)
EDGES = (timedelta(), datetime.resolution, -datetime.resolution)
MINUTES = st.integers(0, 3 * 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@lru_cache
def line_of(hours: OpeningHours, promise: Promise | None) -> Line:
    """One for the whole test, as there is one for all citizens."""
    return Line(hours, promise)


def said(now: datetime, hours: OpeningHours, promise: Promise | None) -> Outlook | str:
    """What the line tells, or why it can tell nothing."""
    try:
        return line_of(hours, promise).outlook(now)
    except PeriodError as error:
        return str(error)


def worked_out(now: datetime, hours: OpeningHours, promise: Promise | None) -> Outlook | str:
    """The same, from three questions."""
    try:
        return plain(now, hours, promise)
    except PeriodError as error:
        return str(error)


@given(minute=MINUTES, quarter=st.booleans(), hours=st.sampled_from(LINES), promise=st.sampled_from(PROMISES))
@example(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), True, LINES[3], PROMISES[2])
@example(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True, ALWAYS_OPEN, PROMISES[3])
def test_it_is_what_three_questions_say(
    minute: datetime, quarter: bool, hours: OpeningHours, promise: Promise | None
) -> None:
    """At any moment, and just before and after it, also where an opening begins, ends or no longer fits."""
    at = minute - timedelta(minutes=minute.minute % 15) if quarter else minute
    for edge in EDGES:
        now = at + edge
        assert said(now, hours, promise) == worked_out(now, hours, promise)


@pytest.mark.parametrize("hours", LINES)
@pytest.mark.parametrize("promise", PROMISES)
def test_every_quarter_of_a_week_is_right(hours: OpeningHours, promise: Promise | None) -> None:
    """Christmas week, with holidays in it: each quarter of an hour and the instants beside it."""
    start = datetime(2026, 12, 21, tzinfo=UTC)
    for quarter in range(8 * 24 * 4):
        for edge in EDGES:
            now = start + timedelta(minutes=15 * quarter) + edge
            assert said(now, hours, promise) == worked_out(now, hours, promise)


def test_a_promise_that_cannot_be_kept_is_refused_all_the_same() -> None:
    """Hours that never add up raise what they raised."""
    with pytest.raises(PeriodError, match="never open long enough"):
        Line(LINES[4], WorkingHours(Decimal(40))).outlook(datetime(2026, 5, 4, 9, tzinfo=UTC))

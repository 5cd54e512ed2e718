"""Promises: opening hours or the calendar."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.flow.model import Span
from engine.terms.opening_hours import OpeningHours, parse_opening_hours
from engine.terms.periods import Period, PeriodError
from engine.terms.promises import WorkingDays, WorkingHours, due, parse_promise, promise_of

NL = ZoneInfo("Europe/Amsterdam")
DESK = parse_opening_hours(["mo-fr 09:00-16:00"])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NL)


def test_both_spellings_are_read() -> None:
    """Opening hours as a mapping, the calendar as an ISO duration."""
    assert parse_promise({"working_hours": "1.5"}) == WorkingHours(Decimal("1.5"))
    assert parse_promise({"working_hours": 4}) == WorkingHours(Decimal(4))
    assert parse_promise("P5D") == Period(days=5)


@pytest.mark.parametrize(
    "written",
    [
        {"working_hours": 0},
        {"working_hours": -1},
        {"working_hours": "soon"},
        {"working_hours": "NaN"},
        {"working_hours": 1001},
        {"hours": 4},
        {},
        4,
        None,
        "4 hours",
    ],
)
def test_what_is_no_promise_is_refused(written: object) -> None:
    """With one sentence."""
    with pytest.raises(PeriodError):
        parse_promise(written)


def test_working_hours_wait_for_the_next_opening() -> None:
    """Asked on Friday at three, due on Monday at noon."""
    assert due(at("2026-11-27T15:00"), WorkingHours(Decimal(4)), DESK) == at("2026-11-30T12:00")


def test_working_days_end_at_closing_time() -> None:
    """Two working days from Friday afternoon: Tuesday at four; today and the weekend do not count."""
    assert due(at("2026-11-27T15:00"), WorkingDays(2), DESK) == at("2026-12-01T16:00")


@pytest.mark.parametrize(
    ("span", "promise"),
    [
        ("P2W", Period(weeks=2)),
        ({"working_hours": "4"}, WorkingHours(Decimal(4))),
        ({"working_days": 2}, WorkingDays(2)),
    ],
)
def test_every_span_of_a_flow_is_a_promise(span: object, promise: object) -> None:
    """The three spellings of the flow file."""
    assert promise_of(Span.model_validate(span)) == promise


def test_a_span_beyond_counting_is_refused() -> None:
    """251 working days is no promise."""
    with pytest.raises(PeriodError):
        promise_of(Span.model_validate({"working_days": 251}))


def test_half_hours_count() -> None:
    """1.5 working hours are ninety minutes."""
    assert due(at("2026-11-27T09:00"), WorkingHours(Decimal("1.5")), DESK) == at("2026-11-27T10:30")


def test_days_last_until_the_end_of_the_day() -> None:
    """Five days from Monday morning: Saturday midnight, also across the clock change."""
    assert due(at("2026-11-23T10:00"), Period(days=5), DESK) == at("2026-11-29T00:00")
    assert due(at("2026-03-27T10:00"), Period(days=2), DESK) == datetime(2026, 3, 29, 22, tzinfo=UTC)


def test_hours_are_real_hours() -> None:
    """Four hours over the night on which the clock goes forward."""
    assert due(at("2026-03-29T00:00"), Period(hours=4), DESK) == at("2026-03-29T05:00")


def test_days_and_hours_keep_the_time_of_day() -> None:
    """A day and two hours: tomorrow at the same time by the clock, and two hours more."""
    assert due(at("2026-03-28T10:00"), Period(days=1, hours=2), DESK) == at("2026-03-29T12:00")


def test_a_promise_that_can_never_be_kept_is_refused() -> None:
    """Rather than a date far away."""
    with pytest.raises(PeriodError, match="Widen"):
        due(at("2026-11-23T10:00"), WorkingHours(Decimal(1)), OpeningHours(((),) * 7))

"""When a promise falls due: `{working_hours: 4}` counts opening hours, an ISO duration the calendar.

    working_hours: 4    four hours in which it is open
    working_days: 2     until closing time on the second day after today on which it is open
    PT4H                four hours by the clock, night and holidays included
    P5D, P2W            whole days: until the end of that day in the Netherlands

A promise is the organisation's own; the Algemene termijnenwet does not touch it. Legal terms are in
`engine.terms.deadlines`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from engine.errors import worded
from engine.flow.model import Span
from engine.terms.deadlines import NETHERLANDS, end_of, local_day
from engine.terms.opening_hours import (
    ClosedOn,
    OpeningHours,
    after_opening_time,
    closed_on_holidays,
    closing_time_of_day,
)
from engine.terms.periods import Period, PeriodError, add, parse_period

MOST_WORKING_HOURS = 1000
MOST_WORKING_DAYS = 250


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """So many hours in which it is open; more than 0."""

    hours: Decimal

    @property
    def amount(self) -> timedelta:
        """The same, to the microsecond."""
        return timedelta(microseconds=int(self.hours * 3_600_000_000))


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """So many days on which it is open, today not counted; more than 0."""

    days: int


Promise = WorkingHours | WorkingDays | Period


@lru_cache(maxsize=1024)
def promise_of(span: Span) -> Promise:
    """A span of the flow model as a promise. Raises PeriodError where it is too long to count."""
    if span.duration is not None:
        return parse_period(span.duration)
    if span.working_days is not None:
        if not 0 < span.working_days <= MOST_WORKING_DAYS:
            raise PeriodError(worded("`working_days` is a number above 0 and at most {most}.", most=MOST_WORKING_DAYS))
        return WorkingDays(span.working_days)
    return parse_promise({"working_hours": span.working_hours})


def parse_promise(written: object) -> Promise:
    """`{"working_hours": 4}` or an ISO duration as text. Raises PeriodError with one sentence."""
    if isinstance(written, str):
        return parse_period(written)
    if not isinstance(written, Mapping) or set(written) != {"working_hours"}:
        raise PeriodError(worded("A promise is {working_hours: 4} or a duration such as P5D."))
    try:
        hours = Decimal(str(written["working_hours"]))
    except InvalidOperation:
        hours = Decimal(0)
    if not hours.is_finite() or not 0 < hours <= MOST_WORKING_HOURS:
        raise PeriodError(worded("`working_hours` is a number above 0 and at most {most}.", most=MOST_WORKING_HOURS))
    return WorkingHours(hours)


def due(asked_at: datetime, promise: Promise, hours: OpeningHours, closed: ClosedOn = closed_on_holidays) -> datetime:
    """When `promise`, made at the aware moment `asked_at`, falls due, in UTC.

    Raises PeriodError when the opening hours never add up to the promise.
    """
    if isinstance(promise, Period):
        return after_period(asked_at, promise)
    if isinstance(promise, WorkingDays):
        moment = closing_time_of_day(asked_at, promise.days, hours, closed)
    else:
        moment = after_opening_time(asked_at, promise.amount, hours, closed)
    if moment is None:
        raise PeriodError(worded("It is never open long enough to keep this promise. Widen the opening hours."))
    return moment


def after_period(moment: datetime, period: Period) -> datetime:
    """`moment` plus `period`: the end of the day where it counts days only, else to the second, in UTC.

    Days and months are counted by the calendar of the Netherlands, hours in real time (the clock change
    neither adds nor takes any).
    """
    day = add(local_day(moment), period)
    if not period.has_time:
        return end_of(day)
    if not period.has_date:
        return moment.astimezone(UTC) + period.clock_part
    local = moment.astimezone(NETHERLANDS)
    return local.replace(year=day.year, month=day.month, day=day.day).astimezone(UTC) + period.clock_part

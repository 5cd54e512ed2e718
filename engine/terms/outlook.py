"""A line that people answer, seen from one moment: is it open, when does it open next, when is a promise due.

    line = Line(hours, promise)          kept: one for all who may call it
    line.outlook(now) -> Outlook(is_open, opens_at, due)

The same as `is_open`, `next_opening` and `due` one by one, worked out once a day for everybody: a day in the
Netherlands falls into stretches, in each of which all three stand still or move along with the clock.

    stretch                     opens_at            due of `working_hours: n`
    closed                      the next opening    stands still
    open, n hours are left      none                now + n hours
    open, fewer are left        none                now + n hours + the closed hours in between

Other promises, and one that the hours never add up to, are asked of `engine.terms.promises` each time. Called by
`engine.journey.options`; tests: tests/engine/terms/test_outlook.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from engine.terms.deadlines import end_of, local_day
from engine.terms.opening_hours import OpeningHours, closed_on_holidays, is_open, next_opening, openings_from
from engine.terms.promises import Promise, WorkingHours, due

INSTANT = datetime.resolution
MOST_DAYS = 64
Opening = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Outlook:
    """`opens_at` is None while it is open, and where it opens no more; `due` is None without a promise."""

    is_open: bool
    opens_at: datetime | None
    due: datetime | None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Up to `until`. The promise is due at `due`, or `later` than the moment at which it is made."""

    until: datetime
    now: Outlook
    later: timedelta | None = None


class Line:
    """When it is answered, and what is promised."""

    __slots__ = ("_days", "_hours", "_last", "_promise")

    def __init__(self, hours: OpeningHours, promise: Promise | None) -> None:
        self._hours = hours
        self._promise = promise
        self._days: dict[date, tuple[_Stretch, ...]] = {}
        self._last: tuple[datetime, _Stretch | None] = (datetime.min.replace(tzinfo=UTC), None)

    def outlook(self, now: datetime) -> Outlook:
        """What can be said at the aware moment `now`. Raises PeriodError as `engine.terms.promises.due` does."""
        since, stretch = self._last
        if stretch is None or not since <= now < stretch.until:
            stretch = self._stretch(now)
            if stretch is None:
                return plain(now, self._hours, self._promise)
            self._last = now, stretch  # up to its end all that comes later lies in it too
        seen, later = stretch.now, stretch.later
        return seen if later is None else Outlook(seen.is_open, seen.opens_at, now.astimezone(UTC) + later)

    def _stretch(self, now: datetime) -> _Stretch | None:
        """The one in which `now` lies; None where it is worked out anew each time."""
        day = local_day(now)
        stretches = self._days.get(day)
        if stretches is None:
            stretches = self._worked_out(day)
        return next((stretch for stretch in stretches if now < stretch.until), None)

    def _worked_out(self, day: date) -> tuple[_Stretch, ...]:
        """The day, and no more than MOST_DAYS others are remembered."""
        if len(self._days) >= MOST_DAYS:
            self._days.clear()
        found = self._days[day] = _stretches(day, self._hours, self._promise)
        return found


def plain(now: datetime, hours: OpeningHours, promise: Promise | None) -> Outlook:
    """The same, worked out anew."""
    opened = is_open(now, hours)
    opens = None if opened else next_opening(now, hours)
    return Outlook(opened, opens, due(now, promise, hours) if promise is not None else None)


def _stretches(day: date, hours: OpeningHours, promise: Promise | None) -> tuple[_Stretch, ...]:
    """The day from its first to its last moment; empty for what is worked out anew each time."""
    if promise is not None and not isinstance(promise, WorkingHours):
        return ()
    start, end = end_of(day - timedelta(days=1)), end_of(day)
    try:
        return tuple(_of_a_day(start, end, _openings(start, end, hours, promise), hours, promise))
    except ValueError:  # it cannot be kept from some moment of this day
        return ()


def _openings(start: datetime, end: datetime, hours: OpeningHours, promise: WorkingHours | None) -> list[Opening]:
    """Those of the day, and as many after it as the promise can take."""
    found, left = list[Opening](), promise.amount if promise is not None else timedelta()
    for opens, closes in openings_from(start, hours, closed_on_holidays):
        found.append((opens, closes))
        if opens >= end:
            left -= closes - opens
            if left <= timedelta():
                break
    return found


def _of_a_day(
    start: datetime,
    end: datetime,
    openings: Sequence[Opening],
    hours: OpeningHours,
    promise: WorkingHours | None,
) -> Iterator[_Stretch]:
    at = start
    for number, (opens, closes) in enumerate(openings):
        if opens >= end:
            break
        if at < opens:
            yield _Stretch(opens, plain(at, hours, promise))
        if promise is None:
            yield _Stretch(closes, plain(opens, hours, None))
        else:
            yield from _while_open(openings[number:], promise.amount)
        at = closes
    if at < end:
        yield _Stretch(end, plain(at, hours, promise))


def _while_open(openings: Sequence[Opening], amount: timedelta) -> Iterator[_Stretch]:
    """The first of these openings. At its last moment all of `amount` is still to come, in those behind it."""
    (opens, closes), *behind = openings
    seen, later, last = Outlook(True, None, None), amount, closes - amount  # up to `last`, itself too, it fits
    before = closes
    for begins, ends in ((opens, closes), *behind):
        if begins != opens:
            later += begins - before  # the closed hours in between
            last += ends - begins
            before = ends
        if last >= opens:
            yield _Stretch(min(last + INSTANT, closes), seen, later)
        if last + INSTANT >= closes:
            return
    raise ValueError("It is never open long enough to keep this promise.")

"""Opening hours as a flow writes them, and counting in them.

    mo-fr 08:30-17:00      days, then one range of times
    mo,we,fr 9:00-12:00    days apart, and ranges of days, separated by commas
    th 17:00-20:00         more entries add to one another; overlaps count once
    su 00:00-24:00         24:00 is the end of the day

Days are mo tu we th fr sa su. Hours are those of the Netherlands; counting is done in UTC, so that a
day on which the clock changes counts 23 or 25 hours. On a closed day (by default every holiday of
article 3 Algemene termijnenwet) nothing is open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from engine.errors import Said, worded
from engine.terms.deadlines import NETHERLANDS, local_day
from engine.terms.holidays import holiday

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MINUTES_A_DAY = 24 * 60
SEARCH_DAYS = 400
AT_A_TIME = 8  # a divisor of SEARCH_DAYS
LONGEST_ENTRY = 100
ONE_DAY = timedelta(days=1)
_ENTRY = re.compile(r"(?P<days>[a-z]{2}(?:\s*[-,]\s*[a-z]{2})*)\s+(?P<opens>\S+?)\s*-\s*(?P<closes>\S+)")
_TIME = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")

ClosedOn = Callable[[date], bool]


class OpeningHoursError(ValueError):
    """Entries that cannot be read. `faults` holds (number of the entry from 0, sentence with a way out)."""

    def __init__(self, faults: Sequence[tuple[int, Said]]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(sentence for _, sentence in self.faults))


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Per weekday (0 is Monday) the ranges in minutes since midnight, in order, without overlap."""

    week: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def never_open(self) -> bool:
        return not any(self.week)


ALWAYS_OPEN = OpeningHours((((0, MINUTES_A_DAY),),) * 7)


def closed_on_holidays(day: date) -> bool:
    """The default calendar of closed days."""
    return holiday(day) is not None


def never_closed(day: date) -> bool:
    """A calendar without closed days, for a line that is staffed on holidays too."""
    return False


def parse_opening_hours(entries: Sequence[str]) -> OpeningHours:
    """Entries such as `mo-fr 08:30-17:00`. Raises OpeningHoursError with every fault in every entry."""
    ranges: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    faults: list[tuple[int, Said]] = []
    for number, entry in enumerate(entries):
        try:
            days, opens, closes = _entry(entry.strip().lower())
        except _EntryError as fault:
            faults.append((number, fault.said))
            continue
        for day in days:
            ranges[day].append((opens, closes))
    if not entries:
        faults.append((0, worded("No opening hours are given. Write days and times, such as mo-fr 08:30-17:00.")))
    if faults:
        raise OpeningHoursError(faults)
    return OpeningHours(tuple(_merged(each) for each in ranges))


def is_open(at: datetime, hours: OpeningHours, closed: ClosedOn = closed_on_holidays) -> bool:
    """Whether it is open at the aware moment `at`."""
    return any(opens <= at < closes for opens, closes in openings_of(local_day(at), hours, closed))


def next_opening(at: datetime, hours: OpeningHours, closed: ClosedOn = closed_on_holidays) -> datetime | None:
    """When it next opens after `at`, in UTC; None if it does not within 400 days. Open now does not count."""
    return next((opens for opens, _ in openings_from(at, hours, closed) if opens > at), None)


def closes_at(at: datetime, hours: OpeningHours, closed: ClosedOn = closed_on_holidays) -> datetime | None:
    """When the opening that runs at `at` ends, in UTC; None if it is not open."""
    return next((ends for opens, ends in openings_of(local_day(at), hours, closed) if opens <= at < ends), None)


def after_opening_time(
    at: datetime, amount: timedelta, hours: OpeningHours, closed: ClosedOn = closed_on_holidays
) -> datetime | None:
    """The moment, in UTC, at which `amount` of opening time has passed since `at`.

    Exactly at closing time counts as before closing. None if 400 days without enough opening hours pass.
    """
    left = amount
    for opens, ends in openings_from(at, hours, closed):
        begins = max(opens, at)
        if ends - begins >= left:
            return begins.astimezone(UTC) + left
        left -= ends - begins
    return None


def closing_time_of_day(
    at: datetime, number: int, hours: OpeningHours, closed: ClosedOn = closed_on_holidays
) -> datetime | None:
    """When it closes, in UTC, on the `number`-th open day after the day of `at`; None if 400 days hold too few."""
    first = local_day(at)
    for later in range(1, SEARCH_DAYS):
        ranges = openings_of(first + later * ONE_DAY, hours, closed)
        number -= bool(ranges)
        if not number:
            return ranges[-1][1]
    return None


def openings_from(at: datetime, hours: OpeningHours, closed: ClosedOn) -> Iterator[tuple[datetime, datetime]]:
    """Opening ranges that end after `at`, in order. Stops after 400 days."""
    first = local_day(at)
    for number in range(0, SEARCH_DAYS, AT_A_TIME):
        yield from (each for each in _coming(first + number * ONE_DAY, hours, closed) if each[1] > at)


@lru_cache(maxsize=512)  # the same few stretches, for every answer of every citizen
def _coming(first: date, hours: OpeningHours, closed: ClosedOn) -> tuple[tuple[datetime, datetime], ...]:
    """The openings of AT_A_TIME days from `first` on."""
    days = (openings_of(first + number * ONE_DAY, hours, closed) for number in range(AT_A_TIME))
    return tuple(each for ranges in days for each in ranges)


@lru_cache(maxsize=4096)  # the same few days, for every page of every citizen
def openings_of(day: date, hours: OpeningHours, closed: ClosedOn) -> tuple[tuple[datetime, datetime], ...]:
    """The openings of one day in UTC. A range that the clock change swallows is left out."""
    if closed(day):
        return ()
    ranges = ((_moment(day, opens), _moment(day, closes)) for opens, closes in hours.week[day.weekday()])
    return tuple(each for each in ranges if each[0] < each[1])


def _moment(day: date, minute: int) -> datetime:
    if minute == MINUTES_A_DAY:
        day, minute = day + ONE_DAY, 0
    return datetime.combine(day, time(*divmod(minute, 60)), NETHERLANDS).astimezone(UTC)


class _EntryError(Exception):
    """One sentence about one entry."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


def _entry(text: str) -> tuple[set[int], int, int]:
    found = _ENTRY.fullmatch(text) if len(text) <= LONGEST_ENTRY else None
    if found is None:
        raise _EntryError(worded("Write days, a space and one range of times, such as mo-fr 08:30-17:00."))
    opens, closes = _minute(found["opens"]), _minute(found["closes"])
    if opens >= closes:
        raise _EntryError(
            worded("It closes before it opens. For a night, write one entry up to 24:00 and one from 00:00.")
        )
    days = {day for part in found["days"].replace(" ", "").split(",") for day in _day_range(part)}
    return days, opens, closes


def _day_range(text: str) -> range:
    ends = text.split("-")
    for name in ends:
        if name not in DAYS:
            raise _EntryError(worded("Days are {days}; this is not one of them.", days=" ".join(DAYS)))
    first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
    if len(ends) > 2 or first > last:
        raise _EntryError(
            worded("A range of days runs from an earlier to a later day of the week, mo first: write sa,su,mo apart.")
        )
    return range(first, last + 1)


def _minute(text: str) -> int:
    found = _TIME.fullmatch(text)
    minute = int(found[1]) * 60 + int(found[2]) if found else MINUTES_A_DAY + 1
    if minute > MINUTES_A_DAY:
        raise _EntryError(worded("A time is written as 08:30, between 00:00 and 24:00."))
    return minute


def _merged(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for opens, closes in sorted(ranges):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(closes, merged[-1][1]))
        else:
            merged.append((opens, closes))
    return tuple(merged)

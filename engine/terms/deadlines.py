"""The last day of a legal term, with every step that led to it and the article behind each step.

How a term is counted (texts and what could not be verified: `docs/terms.md`):

    1  the day of the event does not count; the term begins the day after    (Awb 6:8(1) for objections)
    2  length, then extensions, by the calendar                               (Awb 4:14, 7:10(3))
    3  days on which the term stood still are added                           (Awb 4:15, 7:10(2))
    4  the Algemene termijnenwet (Atw) does not apply to some terms           (Atw 4, 5)
    5  a term of at least three days has at least two working days            (Atw 2)
    6  a term that ends on a day that is no working day ends on the next one  (Atw 1(1); not when counted back, 1(2))

The term ends with the end of its last day in the Netherlands: `Deadline.over_at` is the first moment
that is too late. Terms in hours are no matter for this module: see `engine.terms.promises`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.errors import worded
from engine.terms.decree_days import decrees_known
from engine.terms.holidays import Holiday, holiday, working_day
from engine.terms.periods import Period, PeriodError, add, subtract

NETHERLANDS = ZoneInfo("Europe/Amsterdam")
ONE_DAY = timedelta(days=1)
SHORT_TERM_DAYS = 3
WORKING_DAYS_IN_A_TERM = 2


class CountingRule(StrEnum):
    """How a term is counted. All but STATUTORY leave rules 5 or 6 out."""

    STATUTORY = "statutory"  # set by an act or an order in council (Atw 1, 2, 5)
    BACKWARDS = "backwards"  # counted back from a moment or an event (Atw 1(2))
    PLAIN = "plain"  # not set by an act or an order in council: a by-law, a policy, an agreement
    PUBLICATION = "publication"  # publication or entry into force of regulations (Atw 4(b))
    DETENTION = "detention"  # deprivation of liberty (Atw 4(c))


class Law(StrEnum):
    """Where a step comes from. Atw = Algemene termijnenwet (BWBR0002448), Awb = BWBR0005537."""

    NONE = ""
    ATW_1_1 = "Algemene termijnenwet art. 1 lid 1"
    ATW_1_2 = "Algemene termijnenwet art. 1 lid 2"
    ATW_2 = "Algemene termijnenwet art. 2"
    ATW_4_A = "Algemene termijnenwet art. 4 onder a"
    ATW_4_B = "Algemene termijnenwet art. 4 onder b"
    ATW_4_C = "Algemene termijnenwet art. 4 onder c"
    ATW_5 = "Algemene termijnenwet art. 5"
    AWB_4_15 = "Algemene wet bestuursrecht art. 4:15"


class Reason(StrEnum):
    """What a step does; names a text in `ui_schema.texts` (`term.counted`)."""

    COUNTED = "counted"
    EXTENDED = "extended"
    STOOD_STILL = "stood_still"
    OUTSIDE_THE_ACT = "outside_the_act"
    TOO_FEW_WORKING_DAYS = "too_few_working_days"
    NOT_A_WORKING_DAY = "not_a_working_day"
    COUNTED_BACK = "counted_back"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the count: the last day was `before` and became `after`, because of `law`.

    `length` is set for COUNTED and EXTENDED, `days` for STOOD_STILL; `holidays` are those passed over.
    """

    reason: Reason
    law: str
    before: date
    after: date
    length: Period | None = None
    days: int = 0
    holidays: tuple[Holiday, ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    """A longer term by law or agreement. `law` is the article that allows it."""

    length: Period
    law: str = ""


@dataclass(frozen=True, slots=True)
class Suspension:
    """The term stands still from the day after `asked` up to, not including, `answered` (Awb 4:15(1))."""

    asked: date
    answered: date
    law: str = Law.AWB_4_15.value

    @property
    def first(self) -> date:
        """The first day that does not count."""
        return self.asked + ONE_DAY


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a term. `provisional`: no decree of art. 3(3) is known yet for a year that matters."""

    date: date
    because: tuple[Step, ...]
    provisional: bool = False

    @property
    def over_at(self) -> datetime:
        """The first moment that is too late, in UTC: midnight after the last day in the Netherlands."""
        return end_of(self.date)


@lru_cache(maxsize=4_096)  # the same few days for everybody
def end_of(day: date) -> datetime:
    """The end of `day` in the Netherlands as an aware moment in UTC (a day has 23, 24 or 25 hours)."""
    return datetime.combine(day + ONE_DAY, time(), NETHERLANDS).astimezone(UTC)


def local_day(moment: datetime) -> date:
    """The day it is in the Netherlands at an aware `moment`."""
    if moment.tzinfo is None:
        raise PeriodError(worded("A moment without a time zone cannot be placed on a day. Give it a zone."))
    return moment.astimezone(NETHERLANDS).date()


def deadline(
    start: date,
    length: Period,
    *,
    counted: CountingRule = CountingRule.STATUTORY,
    extensions: Sequence[Extension] = (),
    suspensions: Sequence[Suspension] = (),
) -> Deadline:
    """The last day of a term of `length` that starts with an event on `start`.

    BACKWARDS gives the last day before `start` on which something can be done: `length` before it;
    extensions make that day earlier still, and suspensions do not occur. Raises PeriodError for a
    length in hours and for a count that leaves the calendar.
    """
    if any(piece.has_time or not piece.has_date for piece in (length, *(more.length for more in extensions))):
        raise PeriodError(worded("A legal term counts whole days. Write it in days, weeks, months or years (P8W)."))
    back = counted is CountingRule.BACKWARDS
    move = subtract if back else add
    steps = [Step(Reason.COUNTED, Law.NONE, start, move(start, length), length=length)]
    for more in extensions:
        steps.append(_extended(steps[-1].after, more, back))
    outside = _outside_the_act(counted, (length, *(more.length for more in extensions)))
    if not back:
        steps.extend(_stood_still(steps[-1].after, suspensions, rolls=outside is None))
    if outside is not None:
        steps.append(Step(Reason.OUTSIDE_THE_ACT, outside, steps[-1].after, steps[-1].after))
    else:
        steps.extend(_by_the_act(start, length, steps[-1].after, back))
    end = steps[-1].after
    provisional = outside is None and not (decrees_known(end.year) and decrees_known(steps[0].after.year))
    return Deadline(end, tuple(steps), provisional)


def _extended(end: date, more: Extension, back: bool) -> Step:
    after = subtract(end, more.length) if back else add(end, more.length)
    return Step(Reason.EXTENDED, more.law, end, after, length=more.length)


def _stood_still(end: date, suspensions: Sequence[Suspension], *, rolls: bool) -> list[Step]:
    """One step for each suspension that began while the term still ran. Days in two of them count once."""
    steps: list[Step] = []
    counted_until = date.min
    for pause in sorted(suspensions, key=lambda each: (each.asked, each.answered)):
        first = max(pause.first, counted_until)
        days = (pause.answered - first).days
        running_until = _next_working_day(end) if rolls else end
        if days <= 0 or first > running_until:
            continue
        steps.append(Step(Reason.STOOD_STILL, pause.law, end, end + days * ONE_DAY, days=days))
        end, counted_until = steps[-1].after, pause.answered
    return steps


def _outside_the_act(counted: CountingRule, pieces: Sequence[Period]) -> Law | None:
    """The article by which the Algemene termijnenwet does not apply, if any."""
    by_kind = {
        CountingRule.PLAIN: Law.ATW_5,
        CountingRule.PUBLICATION: Law.ATW_4_B,
        CountingRule.DETENTION: Law.ATW_4_C,
    }
    if counted in by_kind:
        return by_kind[counted]
    return Law.ATW_4_A if any(_too_long(piece) for piece in pieces) else None


def _too_long(length: Period) -> bool:
    """Article 4(a): in years, or more than three months, twelve weeks or 90 days, as the term is written."""
    if length.years:
        return True
    rest = length.weeks * 7 + length.days
    if length.months:
        return length.months > 3 or rest > (3 - length.months) * 31
    return rest > 12 * 7 if length.weeks else rest > 90


def _by_the_act(start: date, length: Period, end: date, back: bool) -> list[Step]:
    """Articles 2 and 1, in that order: the second may still move what the first made."""
    steps: list[Step] = []
    step_length = -ONE_DAY if back else ONE_DAY
    if length.months or length.weeks * 7 + length.days >= SHORT_TERM_DAYS:
        enough = _with_two_working_days(start, end, step_length)
        if enough != end:
            passed = _holidays_between(start, enough)
            steps.append(Step(Reason.TOO_FEW_WORKING_DAYS, Law.ATW_2, end, enough, holidays=passed))
            end = enough
    if back:
        return [*steps, Step(Reason.COUNTED_BACK, Law.ATW_1_2, end, end)]
    rolled = _next_working_day(end)
    if rolled != end:
        passed = _holidays_between(end - ONE_DAY, rolled)
        steps.append(Step(Reason.NOT_A_WORKING_DAY, Law.ATW_1_1, end, rolled, holidays=passed))
    return steps


def _with_two_working_days(start: date, end: date, step: timedelta) -> date:
    """`end`, moved on by `step` until the term (the day after `start` up to `end`) has two working days."""
    day, found = start, 0
    while day != end:
        day += step
        found += working_day(day)
        if found >= WORKING_DAYS_IN_A_TERM:
            return end
    while found < WORKING_DAYS_IN_A_TERM:
        day += step
        found += working_day(day)
    return day


def _next_working_day(day: date) -> date:
    """`day` itself if it is a working day, else the first one after it."""
    while not working_day(day):
        day += ONE_DAY
    return day


def _holidays_between(after: date, before: date) -> tuple[Holiday, ...]:
    """Holidays strictly between two days, in order of time."""
    first, last = sorted((after, before))
    days = (first + number * ONE_DAY for number in range(1, (last - first).days))
    return tuple(name for day in days if (name := holiday(day)) is not None)

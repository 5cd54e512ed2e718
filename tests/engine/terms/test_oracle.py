"""Deadlines of 2000-2060 against an independent oracle: the `holidays` package and a count day by day."""

from calendar import monthrange
from datetime import date, timedelta

import holidays as outside
import pytest

from engine.terms.deadlines import CountingRule, deadline
from engine.terms.decree_days import DECREE_DAYS
from engine.terms.holidays import holidays, working_day
from engine.terms.periods import Period

YEARS = range(2000, 2061)
FIRST, LAST = date(2000, 1, 1), date(2060, 9, 1)
ONE = timedelta(days=1)
PUBLIC = outside.country_holidays("NL", years=range(1999, 2062), categories=("public", "optional"))
OFF = frozenset(PUBLIC) | DECREE_DAYS
DAYS = [FIRST + number * ONE for number in range((LAST - FIRST).days + 1)]


def off(day: date) -> bool:
    return day.weekday() > 4 or day in OFF


NEXT: dict[date, date] = {}
_next = LAST + 200 * ONE
while _next >= FIRST:
    NEXT[_next] = NEXT.get(_next + ONE, _next) if off(_next) else _next
    _next -= ONE


def months_later(day: date, months: int) -> date:
    for _ in range(months):
        day = day.replace(day=1)
        day += timedelta(days=monthrange(day.year, day.month)[1])
    return day


def by_the_oracle(start: date, plain: date, days: int) -> date:
    """Articles 2 and 1, one day at a time."""
    if days >= 3:
        working = [day for day in (start + n * ONE for n in range(1, (plain - start).days + 1)) if not off(day)][:2]
        while len(working) < 2:
            plain += ONE
            working += [] if off(plain) else [plain]
    return NEXT[plain]


def test_working_days_are_the_oracles_working_days() -> None:
    """No day between 2000 and 2060 is judged differently."""
    assert [day for day in DAYS if working_day(day) == off(day)] == []


def test_the_oracle_names_the_same_holidays() -> None:
    """Apart from the two Sundays, which are no holidays in article 3, the lists are equal."""
    for year in YEARS:
        named = {day for day in PUBLIC if day.year == year and PUBLIC[day] not in {"Easter Sunday", "Pentecost"}}
        assert named | {day for day in DECREE_DAYS if day.year == year} == set(holidays(year))


@pytest.mark.parametrize("days", [1, 2, 3, 4, 7, 42, 56, 84])
def test_every_term_in_days_or_weeks_ends_on_the_oracles_day(days: int) -> None:
    """Every start day of 61 years: 0 differences."""
    length = Period(days=days) if days < 7 else Period(weeks=days // 7)
    assert [day for day in DAYS if deadline(day, length).date != by_the_oracle(day, day + days * ONE, days)] == []


@pytest.mark.parametrize("months", [1, 3])
def test_every_term_in_months_ends_on_the_oracles_day(months: int) -> None:
    """Months by the calendar: the same day of the month, or the month's last."""
    for day in DAYS:
        first_of_month = months_later(day, months)
        plain = first_of_month.replace(day=min(day.day, monthrange(first_of_month.year, first_of_month.month)[1]))
        assert deadline(day, Period(months=months)).date == NEXT[plain]


def test_excluded_and_backward_terms_never_move_to_a_working_day() -> None:
    """Article 4(a) and article 1(2), for every start day."""
    for day in DAYS[400::7]:
        assert deadline(day, Period(weeks=13)).date == day + 91 * ONE
        assert deadline(day, Period(days=10), counted=CountingRule.BACKWARDS).date <= day - 10 * ONE

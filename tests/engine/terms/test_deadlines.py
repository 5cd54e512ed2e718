"""Cases for each article, suspension, extension, and the moment at which a term is over."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.terms.deadlines import (
    CountingRule,
    Deadline,
    Extension,
    Law,
    Reason,
    Suspension,
    deadline,
    end_of,
    local_day,
)
from engine.terms.holidays import Holiday, working_day
from engine.terms.periods import Period, PeriodError, parse_period


def d(text: str) -> date:
    return date.fromisoformat(text)


def term(start: str, length: str, **how: object) -> Deadline:
    return deadline(d(start), parse_period(length), **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "length", "end", "why"),
    [
        ("2026-03-02", "P6W", "2026-04-13", "a Monday, after Easter"),
        ("2026-02-20", "P6W", "2026-04-07", "Good Friday and Easter Monday are passed over"),
        ("2026-11-14", "P6W", "2026-12-28", "Boxing day on a Saturday"),
        ("2025-04-18", "P1W", "2025-04-25", "an ordinary Friday"),
        ("2025-04-22", "P5D", "2025-04-28", "King's Day on a Sunday is celebrated on Saturday, Monday is ordinary"),
        ("2026-04-20", "P1W", "2026-04-28", "King's Day on a Monday"),
        ("2023-03-24", "P6W", "2023-05-08", "the fifth of May counts every year"),
        ("2025-04-18", "P6W", "2025-06-02", "the Friday after Ascension Day, by royal decree"),
        ("2024-01-31", "P1M", "2024-02-29", "the last day of a shorter month"),
    ],
)
def test_article_1_1(start: str, length: str, end: str, why: str) -> None:
    """A term that ends on no working day ends on the next day that is one."""
    assert term(start, length).date == d(end), why


def test_article_1_1_names_the_holidays_that_were_passed_over() -> None:
    """The step cites the article and lists the holidays between the old and the new day."""
    step = term("2026-02-20", "P6W").because[-1]
    assert (step.reason, step.law) == (Reason.NOT_A_WORKING_DAY, Law.ATW_1_1)
    assert step.holidays == (Holiday.GOEDE_VRIJDAG, Holiday.TWEEDE_PAASDAG)


def test_article_1_2() -> None:
    """Ten days before a hearing on Wednesday 4 March 2026 is Sunday 22 February: it stays there."""
    found = term("2026-03-04", "P10D", counted=CountingRule.BACKWARDS)
    assert found.date == d("2026-02-22")
    assert found.because[-1].law == Law.ATW_1_2


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-04-02", "P3D", "2026-04-08"),  # Thursday before Easter: Friday to Monday are off
        ("2026-01-08", "P3D", "2026-01-12"),  # Thursday: only Friday, so Monday
        ("2026-01-09", "P3D", "2026-01-13"),  # Friday: only Monday, so Tuesday
        ("2026-01-07", "P3D", "2026-01-12"),  # Wednesday: Thursday and Friday are two, Saturday moves to Monday
        ("2007-12-21", "P1W", "2008-01-03"),  # a week without a single working day
    ],
)
def test_article_2(start: str, length: str, end: str) -> None:
    """A term of at least three days holds at least two working days."""
    assert term(start, length).date == d(end)


def test_article_2_says_so() -> None:
    """The step cites article 2, not article 1."""
    assert [step.law for step in term("2026-01-09", "P3D").because[1:]] == [Law.ATW_2]


def test_article_2_leaves_terms_of_two_days_alone() -> None:
    """Friday plus two days ends on Monday by article 1 alone."""
    assert term("2026-01-09", "P2D").date == d("2026-01-12")


def test_article_2_counted_back_moves_away_from_the_event() -> None:
    """Three days before a Monday hold no two working days until the Thursday before."""
    found = term("2026-01-12", "P3D", counted=CountingRule.BACKWARDS)
    assert found.date == d("2026-01-08")
    assert Law.ATW_2 in {step.law for step in found.because}


@pytest.mark.parametrize("length", ["P91D", "P13W", "P12W1D", "P3M1D", "P4M", "P1Y", "P2M5W"])
def test_article_4_a(length: str) -> None:
    """Longer than 90 days, twelve weeks or three months, or in years: no article 1, whatever the end day."""
    starts = [date(2026, 5, number) for number in range(1, 29)]
    ends = [deadline(start, parse_period(length)) for start in starts]
    assert any(not working_day(end.date) for end in ends)
    assert all(end.because[-1].law == Law.ATW_4_A for end in ends)


@pytest.mark.parametrize("length", ["P90D", "P12W", "P3M", "P11W6D", "P2M4W"])
def test_article_4_a_is_about_more_than(length: str) -> None:
    """Exactly 90 days, twelve weeks or three months are still within the act."""
    starts = [date(2026, 5, number) for number in range(1, 29)]
    assert all(working_day(deadline(start, parse_period(length)).date) for start in starts)


def test_article_4_a_excludes_hours() -> None:
    """A term in hours is counted by the clock, so it has no last day."""
    with pytest.raises(PeriodError, match="whole days"):
        deadline(d("2026-01-09"), Period(hours=24))


@pytest.mark.parametrize(
    ("rule", "law"),
    [
        (CountingRule.PUBLICATION, Law.ATW_4_B),
        (CountingRule.DETENTION, Law.ATW_4_C),
        (CountingRule.PLAIN, Law.ATW_5),
    ],
)
def test_articles_4_b_4_c_and_5(rule: CountingRule, law: Law) -> None:
    """Other exclusions end on the day that the calendar gives."""
    found = term("2026-01-09", "P1D", counted=rule)
    assert (found.date, found.because[-1].law) == (d("2026-01-10"), law)


def test_days_that_a_term_stood_still_are_added() -> None:
    """Awb 4:15: asked on 10 March, completed on 20 March: the 11th up to the 19th, nine days."""
    found = term("2026-03-02", "P8W", suspensions=[Suspension(d("2026-03-10"), d("2026-03-20"))])
    assert [step.days for step in found.because if step.reason is Reason.STOOD_STILL] == [9]
    assert found.date == d("2026-05-06")  # 27 April plus nine days


def test_overlapping_suspensions_count_each_day_once() -> None:
    """Two reasons to stand still on the same day move the term by one day."""
    both = [Suspension(d("2026-03-10"), d("2026-03-20")), Suspension(d("2026-03-12"), d("2026-03-25"))]
    one = [Suspension(d("2026-03-10"), d("2026-03-25"))]
    assert term("2026-03-02", "P8W", suspensions=both).date == term("2026-03-02", "P8W", suspensions=one).date


def test_a_suspension_after_the_end_does_not_revive_a_term() -> None:
    """What has lapsed cannot stand still."""
    late = [Suspension(d("2026-06-01"), d("2026-06-20"))]
    assert term("2026-03-02", "P8W", suspensions=late) == term("2026-03-02", "P8W")


def test_a_second_suspension_can_fall_in_the_days_the_first_one_gave() -> None:
    """The term still runs then."""
    pauses = [Suspension(d("2026-03-10"), d("2026-03-31")), Suspension(d("2026-05-11"), d("2026-05-15"))]
    assert sum(step.days for step in term("2026-03-02", "P8W", suspensions=pauses).because) == 23


def test_answering_the_next_day_takes_no_day() -> None:
    """The day of asking and the day of answering both count."""
    quick = [Suspension(d("2026-03-10"), d("2026-03-11"))]
    assert term("2026-03-02", "P8W", suspensions=quick) == term("2026-03-02", "P8W")


def test_an_extension_is_counted_from_the_plain_end() -> None:
    """Six weeks and six more are twelve weeks, moved to a working day only once."""
    longer = term("2026-02-20", "P6W", extensions=[Extension(Period(weeks=6), "Awb art. 7:10 lid 3")])
    assert longer.date == term("2026-02-20", "P12W").date
    assert "Awb art. 7:10 lid 3" in {step.law for step in longer.because}


def test_a_year_without_a_known_decree_is_provisional() -> None:
    """A term in 2040 may still move when its decree comes."""
    assert term("2040-03-02", "P6W").provisional
    assert not term("2026-03-02", "P6W").provisional
    assert not term("2040-03-02", "P1Y").provisional


def test_every_step_starts_where_the_one_before_ended() -> None:
    """The explanation is a chain from the event to the last day."""
    found = term("2026-02-20", "P6W", suspensions=[Suspension(d("2026-03-01"), d("2026-03-05"))])
    for before, after in zip(found.because, found.because[1:], strict=False):
        assert before.after == after.before
    assert found.because[-1].after == found.date


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-07-01", 24), ("2026-01-01", 24)]
)
def test_a_day_ends_at_midnight_in_the_netherlands(day: str, hours: int) -> None:
    """Also on the days on which the clock changes."""
    whole = end_of(d(day)) - end_of(date.fromordinal(d(day).toordinal() - 1))
    assert whole.total_seconds() == hours * 3600


def test_the_end_of_a_summer_day_is_22_hours_utc() -> None:
    """over_at is in UTC, the first moment that is too late."""
    assert term("2026-06-01", "P2W").over_at == datetime(2026, 6, 15, 22, tzinfo=UTC)


def test_a_moment_just_after_midnight_falls_on_the_new_day() -> None:
    """22:30 UTC in summer is half past midnight here."""
    assert local_day(datetime(2026, 6, 15, 22, 30, tzinfo=UTC)) == d("2026-06-16")
    with pytest.raises(PeriodError, match="time zone"):
        local_day(datetime(2026, 6, 15, 22, 30))


dates = st.dates(date(2000, 1, 1), date(2060, 1, 1))
lengths = st.one_of(st.builds(Period, days=st.integers(1, 90)), st.builds(Period, weeks=st.integers(1, 12)))


@given(dates, lengths)
def test_a_statutory_term_ends_on_a_working_day_and_never_early(start: date, length: Period) -> None:
    """It is only ever moved later, and to a working day."""
    found = deadline(start, length)
    assert working_day(found.date)
    assert found.date >= found.because[0].after


@given(dates, lengths, st.integers(0, 60), st.integers(0, 60))
def test_standing_still_longer_never_shortens_a_term(start: date, length: Period, wait: int, days: int) -> None:
    """More days of suspension, no earlier end."""
    asked = date.fromordinal(start.toordinal() + wait)
    ends = [
        deadline(start, length, suspensions=[Suspension(asked, date.fromordinal(asked.toordinal() + n))]).date
        for n in (days, days + 1)
    ]
    assert ends[0] <= ends[1]


@given(dates, dates, lengths)
def test_a_later_start_never_ends_earlier(first: date, second: date, length: Period) -> None:
    """Counting keeps the order of days."""
    early, late = sorted((first, second))
    assert deadline(early, length).date <= deadline(late, length).date

"""date, period, duration."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import AnswerError
from engine.feel.values import Range, YearsMonths
from engine.flow.fields import dump_value, feel_type, load_value, parse_value, show_value
from engine.flow.model import Fact, FactType
from engine.flow.slots import Notation

DATE = Fact.model_validate({"type": "date"})
LIMITED = Fact.model_validate({"type": "date", "min": "2022-01-01", "max": "2026-12-31"})
PERIOD = Fact.model_validate({"type": "period"})
DAYS = Fact.model_validate({"type": "duration"})
WEEKS = Fact.model_validate({"type": "duration", "unit": "weken", "max": "P10W"})
MONTHS = Fact.model_validate({"type": "duration", "unit": "months"})


@pytest.mark.parametrize(
    "typed",
    [
        "3-4-2026",
        "03-04-2026",
        "3/4/2026",
        "3.4.2026",
        "3 4 2026",
        "03042026",
        "2026-04-03",
        "3 april 2026",
        "3 apr. 2026",
        "vrijdag 3 april 2026",
        "3rd of April 2026",
        "April 3, 2026",
        " 3  april  2026 ",
    ],
)
def test_what_people_type_is_a_day(typed: str) -> None:
    """Every usual way to write the third of April 2026 is understood; figures are day, month, year."""
    assert parse_value("x", DATE, typed, "nl") == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31-2-2026", "answer.date.impossible"),
        ("29-2-2025", "answer.date.impossible"),
        ("3-4-26", "answer.date.year"),
        ("3 april 26", "answer.date.year"),
        ("3 mey 2026", "answer.date"),
        ("morgen", "answer.date"),
        ("3-4-1850", "answer.date.min"),
        ("3-4-2200", "answer.date.max"),
        ("", "answer.required"),
    ],
)
def test_what_is_no_day_is_refused_precisely(typed: str, code: str) -> None:
    """A slip of the pen gets the sentence that helps."""
    with pytest.raises(AnswerError) as caught:
        parse_value("x", DATE, typed, "nl")
    assert caught.value.code == code


@pytest.mark.parametrize(
    "value", ["3-4-2026", "2026-4-3", "20260403", "2026-04-03T00:00", 20260403, True, "2026-02-30"]
)
def test_json_takes_only_the_canonical_form(value: object) -> None:
    """An interface writes 2026-04-03."""
    with pytest.raises(AnswerError):
        load_value("x", DATE, value)


def test_limits_of_the_fact_replace_the_usual_years() -> None:
    """The first and last day count; a day further is refused with the limit."""
    assert load_value("x", LIMITED, "2022-01-01") == date(2022, 1, 1)
    assert load_value("x", LIMITED, "2026-12-31") == date(2026, 12, 31)
    with pytest.raises(AnswerError) as caught:
        load_value("x", LIMITED, "2021-12-31")
    assert (caught.value.code, caught.value.params) == ("answer.date.min", {"min": date(2022, 1, 1)})


@pytest.mark.parametrize(
    ("language", "notation", "expected"),
    [
        ("nl", Notation.USUAL, "3 maart 2027"),
        ("nl", Notation.SHORT, "3-3-2027"),
        ("nl", Notation.WORDS, "woensdag 3 maart 2027"),
        ("en", Notation.USUAL, "3 March 2027"),
        ("en", Notation.SHORT, "3/3/2027"),
    ],
)
def test_days_are_written_out(language: str, notation: Notation, expected: str) -> None:
    """By language and notation."""
    assert show_value(DATE, FactType.DATE, date(2027, 3, 3), language, notation) == expected


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["nl", "en"]), st.sampled_from(list(Notation)))
def test_a_shown_day_can_be_typed_back(day: date, language: str, notation: Notation) -> None:
    """What the page shows is understood when it is typed."""
    assert parse_value("x", DATE, show_value(DATE, FactType.DATE, day, language, notation), language) == day
    assert load_value("x", DATE, dump_value(FactType.DATE, day)) == day


def test_a_period_has_two_days_in_order() -> None:
    """Text, two inputs and JSON give the same period; an open end is allowed, a turned one is not."""
    expected = Range(date(2026, 4, 3), date(2026, 5, 1))
    assert parse_value("x", PERIOD, "3-4-2026 t/m 1-5-2026", "nl") == expected
    assert parse_value("x", PERIOD, {"from": "3 april 2026", "to": "1 mei 2026"}, "nl") == expected
    assert load_value("x", PERIOD, {"from": "2026-04-03", "to": "2026-05-01"}) == expected
    assert load_value("x", PERIOD, dump_value(FactType.PERIOD, expected)) == expected
    assert show_value(PERIOD, FactType.PERIOD, expected, "nl") == "3 april 2026 tot en met 1 mei 2026"
    still = load_value("x", PERIOD, {"from": "2026-04-03", "to": None})
    assert show_value(PERIOD, FactType.PERIOD, still, "en") == "from 3 April 2026"
    with pytest.raises(AnswerError) as caught:
        load_value("x", PERIOD, {"from": "2026-05-01", "to": "2026-04-03"})
    assert caught.value.code == "answer.period.order"


@pytest.mark.parametrize(
    ("fact", "typed", "expected", "canonical", "shown"),
    [
        (DAYS, "10 dagen", timedelta(days=10), "P10D", "10 dagen"),
        (DAYS, "2 weken", timedelta(days=14), "P14D", "2 weken"),
        (DAYS, "1 dag en 4 uur", timedelta(days=1, hours=4), "P1DT4H", "1 dag en 4 uur"),
        (DAYS, "PT90M", timedelta(minutes=90), "PT1H30M", "1 uur en 30 minuten"),
        (WEEKS, "3", timedelta(weeks=3), "P21D", "3 weken"),
        (MONTHS, "2 jaar en 3 maanden", YearsMonths(27), "P2Y3M", "2 jaar en 3 maanden"),
        (MONTHS, "5", YearsMonths(5), "P5M", "5 maanden"),
    ],
)
def test_lengths_of_time_are_read_and_written(
    fact: Fact, typed: str, expected: object, canonical: str, shown: str
) -> None:
    """In words or ISO 8601; a bare number counts the fact's unit."""
    value = parse_value("x", fact, typed, "nl")
    assert value == expected
    assert dump_value(FactType.DURATION, value) == canonical
    assert load_value("x", fact, canonical) == expected
    assert show_value(fact, FactType.DURATION, value, "nl") == shown


@pytest.mark.parametrize(
    ("fact", "typed", "code"),
    [
        (DAYS, "P1M2D", "answer.duration.mixed"),
        (DAYS, "3 maanden", "answer.duration.mixed"),
        (MONTHS, "3 dagen", "answer.duration.mixed"),
        (DAYS, "lang", "answer.duration"),
        (DAYS, "3 lichtjaar", "answer.duration"),
        (WEEKS, "11", "answer.duration.max"),
    ],
)
def test_lengths_that_do_not_fit_are_refused(fact: Fact, typed: str, code: str) -> None:
    """Months and days together have no fixed length."""
    with pytest.raises(AnswerError) as caught:
        parse_value("x", fact, typed, "nl")
    assert caught.value.code == code


def test_the_unit_decides_which_duration_it_is() -> None:
    """FEEL has two durations, and a fact is always one of them."""
    assert feel_type(MONTHS, FactType.DURATION) == "years and months duration"
    assert feel_type(DAYS, FactType.DURATION) == "days and time duration"

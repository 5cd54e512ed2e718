"""integer, number, money, year: what is read, what is refused, how it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import AnswerError
from engine.flow.fields import dump_value, load_value, parse_value, show_value
from engine.flow.model import Fact, FactType
from engine.flow.slots import Notation

NUMBER = Fact.model_validate({"type": "number"})
INTEGER = Fact.model_validate({"type": "integer", "min": "16", "max": "100"})
MONEY = Fact.model_validate({"type": "money"})
POUNDS = Fact.model_validate({"type": "money", "unit": "GBP"})
YEAR = Fact.model_validate({"type": "year"})
TREE = Fact.model_validate({"type": "number", "unit": "cm"})


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("12", "nl", "12"),
        ("1.234,50", "nl", "1234.5"),
        ("1,234.50", "nl", "1234.5"),
        ("1.234", "nl", "1234"),
        ("1.5", "nl", "1.5"),
        ("1,5", "nl", "1.5"),
        ("1.234.567", "nl", "1234567"),
        ("1 234,5", "nl", "1234.5"),
        ("-3,2", "nl", "-3.2"),
        ("−3", "nl", "-3"),
        ("+4", "nl", "4"),
        ("007", "nl", "7"),
        ("1,234", "en", "1234"),
        ("1,5", "en", "1.5"),
        ("1,234.50", "en", "1234.5"),
        ("1.234,50", "en", "1234.5"),
    ],
)
def test_what_people_type_is_read(typed: str, language: str, expected: str) -> None:
    """Points and commas are read by the language, and by their place where that is plain."""
    assert parse_value("x", NUMBER, typed, language) == Decimal(expected)


@pytest.mark.parametrize(
    "typed", ["abc", "1.2.3", "1,2,3", "1.23,4.5", "--1", "1e5", "NaN", "Infinity", "0x10", "٣", "."]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(AnswerError) as caught:
        parse_value("x", NUMBER, typed, "nl")
    assert (caught.value.fact, caught.value.code) == ("x", "answer.number")


@pytest.mark.parametrize("value", [True, 1.5, None, [], {}, "1,5", " ", "1e3"])
def test_json_is_read_strictly(value: object) -> None:
    """Only a JSON number or canonical text is a number; never a float, boolean or local notation."""
    with pytest.raises(AnswerError):
        load_value("x", NUMBER, value)


def test_limits_of_the_fact_hold() -> None:
    """`min` and `max` are inside; beyond them the refusal names the limit."""
    assert load_value("leeftijd", INTEGER, 16) == 16
    assert load_value("leeftijd", INTEGER, Decimal(100)) == 100
    for value, code, limit in ((15, "answer.number.min", 16), (101, "answer.number.max", 100)):
        with pytest.raises(AnswerError) as caught:
            load_value("leeftijd", INTEGER, value)
        assert (caught.value.code, list(caught.value.params.values())) == (code, [limit])


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        (INTEGER, "20.5", "answer.number.whole"),
        (MONEY, "1.005", "answer.money.cents"),
        (NUMBER, 10**15, "answer.number.digits"),
        (NUMBER, "0.12345678901", "answer.number.digits"),
        (NUMBER, Decimal("1e40"), "answer.number.digits"),
        (NUMBER, Decimal("NaN"), "answer.number"),
        (YEAR, 26, "answer.number.min"),
        (YEAR, "2026.5", "answer.year"),
        (YEAR, 2101, "answer.number.max"),
    ],
)
def test_each_refusal_has_its_code(fact: Fact, value: object, code: str) -> None:
    """What is wrong is said precisely."""
    with pytest.raises(AnswerError) as caught:
        load_value("x", fact, value)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("€ 1.234,50", "1234.5"), ("12,-", "12"), ("12,--", "12"), ("EUR 12,50", "12.5"), ("12 euro", "12"), ("-5", "-5")],
)
def test_amounts_are_read_with_their_sign(typed: str, expected: str) -> None:
    """The euro sign, the word and the dash for whole euros do no harm."""
    assert parse_value("x", MONEY, typed, "nl") == Decimal(expected)


@pytest.mark.parametrize(
    ("fact", "value", "language", "notation", "expected"),
    [
        (MONEY, "1234", "nl", Notation.USUAL, "€ 1.234,00"),
        (MONEY, "-1234.5", "nl", Notation.USUAL, "€ -1.234,50"),
        (MONEY, "1234.5", "en", Notation.USUAL, "€1,234.50"),
        (MONEY, "1234.5", "nl", Notation.WHOLE, "€ 1.235"),
        (MONEY, "1234", "nl", Notation.SHORT, "€ 1.234"),
        (MONEY, "1234.5", "nl", Notation.SHORT, "€ 1.234,50"),
        (MONEY, "1234.05", "nl", Notation.WORDS, "1.234 euro en 5 cent"),
        (MONEY, "1", "en", Notation.WORDS, "1 euro"),
        (POUNDS, "4900", "en", Notation.USUAL, "£4,900.00"),
        (NUMBER, "1234.50", "nl", Notation.USUAL, "1.234,5"),
        (NUMBER, "0.1234567891", "nl", Notation.USUAL, "0,1234567891"),
        (NUMBER, "3", "nl", Notation.WORDS, "drie"),
        (NUMBER, "13", "nl", Notation.WORDS, "13"),
        (NUMBER, "2.5", "nl", Notation.WHOLE, "3"),
        (NUMBER, "-2.5", "nl", Notation.WHOLE, "-3"),
        (TREE, "31", "nl", Notation.USUAL, "31 cm"),
        (TREE, "31", "nl", Notation.SHORT, "31"),
        (YEAR, "2026", "nl", Notation.USUAL, "2026"),
    ],
)
def test_numbers_are_written_as_people_read_them(
    fact: Fact, value: str, language: str, notation: Notation, expected: str
) -> None:
    """Language, type and notation decide how a value looks."""
    assert show_value(fact, fact.type, Decimal(value), language, notation).replace("\u00a0", " ") == expected


def test_a_unit_may_be_typed_along() -> None:
    """`31 cm` is 31 where cm is what the fact counts."""
    assert parse_value("omtrek", TREE, "31 cm", "nl") == 31


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False))
def test_canonical_json_comes_back(amount: Decimal) -> None:
    """What is stored is what was known."""
    assert load_value("x", MONEY, dump_value(FactType.MONEY, amount)) == amount
    assert load_value("x", NUMBER, dump_value(FactType.NUMBER, amount)) == amount


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False), st.sampled_from(["nl", "en"]))
def test_what_is_shown_can_be_typed_back(amount: Decimal, language: str) -> None:
    """A citizen who copies the amount from the page gives the same amount."""
    shown = show_value(MONEY, FactType.MONEY, amount, language)
    assert parse_value("x", MONEY, shown, language) == amount

"""email, phone, postcode, bsn, iban, address, person, file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import AnswerError
from engine.flow.fields import dump_value, load_value, parse_value, show_value
from engine.flow.model import Fact, FactType
from engine.flow.slots import Notation


def fact(type_: str) -> Fact:
    """A fact of this type with nothing special."""
    return Fact.model_validate({"type": type_})


def refusal(type_: str, value: object) -> AnswerError:
    """How JSON is refused."""
    with pytest.raises(AnswerError) as caught:
        load_value("x", fact(type_), value)
    return caught.value


@pytest.mark.parametrize(
    ("type_", "typed", "canonical", "shown"),
    [
        ("email", " Jan.de+Boer@Voorbeeld.NL ", "Jan.de+Boer@voorbeeld.nl", "Jan.de+Boer@voorbeeld.nl"),
        ("phone", "06-12345678", "+31612345678", "06 1234 5678"),
        ("phone", "0031 6 1234 5678", "+31612345678", "06 1234 5678"),
        ("phone", "+31 (0)20 123 4567", "+31201234567", "020 123 4567"),
        ("phone", "+32 470 12 34 56", "+32470123456", "+32470123456"),
        ("postcode", "1234ab", "1234AB", "1234 AB"),
        ("postcode", "1234 AB", "1234AB", "1234 AB"),
        ("bsn", "111222333", "111222333", "111222333"),
        ("bsn", "1112.22.333", "111222333", "111222333"),
        ("iban", "nl91 abna 0417 1643 00", "NL91ABNA0417164300", "NL91 ABNA 0417 1643 00"),
        ("iban", "DE89370400440532013000", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00"),
    ],
)
def test_every_usual_way_of_writing_becomes_one_form(type_: str, typed: str, canonical: str, shown: str) -> None:
    """What is kept is canonical; what is shown is what people are used to."""
    value = parse_value("x", fact(type_), typed, "nl")
    assert value == canonical
    assert load_value("x", fact(type_), dump_value(FactType(type_), value)) == canonical
    assert show_value(fact(type_), FactType(type_), value, "nl") == shown


@pytest.mark.parametrize(
    ("type_", "value", "code"),
    [
        ("email", "jan@voorbeeld", "answer.email"),
        ("email", "jan..de@voorbeeld.nl", "answer.email"),
        ("email", "jan@@voorbeeld.nl", "answer.email"),
        ("email", "a" * 250 + "@b.nl", "answer.email"),
        ("phone", "12345", "answer.phone"),
        ("phone", "06-1234567", "answer.phone"),
        ("phone", "bel mij", "answer.phone"),
        ("postcode", "0123AB", "answer.postcode"),
        ("postcode", "1234SS", "answer.postcode"),
        ("postcode", "1234", "answer.postcode"),
        ("bsn", "12345", "answer.bsn"),
        ("bsn", "111222334", "answer.bsn.check"),
        ("bsn", "000000000", "answer.bsn.check"),
        ("iban", "NL91ABNA041716430", "answer.iban"),
        ("iban", "NL91ABNA0417164301", "answer.iban.check"),
        ("iban", "hallo", "answer.iban"),
    ],
)
def test_slips_of_the_pen_are_refused_precisely(type_: str, value: str, code: str) -> None:
    """The check digits tell a slip from something that is no number at all."""
    assert refusal(type_, value).code == code


@given(st.integers(min_value=0, max_value=8), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_never_passes_the_check_of_a_bsn(place: int, shift: int) -> None:
    """The 11-proef catches every single slip."""
    digits = list("111222333")
    digits[place] = str((int(digits[place]) + shift) % 10)
    assert refusal("bsn", "".join(digits)).code == "answer.bsn.check"


ADDRESS = {"street": "Dorpsstraat", "number": "12", "addition": "a", "postcode": "1234 ab", "town": "Voorbeeld"}


def test_an_address_is_kept_in_parts() -> None:
    """Each part is checked and named when it is wrong."""
    value = load_value("x", fact("address"), ADDRESS)
    assert value["postcode"] == "1234AB"
    assert load_value("x", fact("address"), dump_value(FactType.ADDRESS, value)) == value
    assert show_value(fact("address"), FactType.ADDRESS, value, "nl") == "Dorpsstraat 12 a, 1234 AB Voorbeeld"
    for part, wrong in (("number", "twaalf"), ("postcode", "12"), ("town", ""), ("street", "x" * 100)):
        found = refusal("address", {**ADDRESS, part: wrong})
        assert (found.code, found.params) == ("answer.address", {"part": part})
    with pytest.raises(AnswerError) as caught:
        parse_value("x", fact("address"), {"street": "", "town": " "}, "nl")
    assert caught.value.code == "answer.required"


def test_a_person_needs_a_name_only() -> None:
    """What is not known is null; a birthdate may be typed as people do."""
    value = parse_value("x", fact("person"), {"name": "Sanne de Vries", "birthdate": "3 april 1990"}, "nl")
    assert value == {"name": "Sanne de Vries", "birthdate": date(1990, 4, 3), "bsn": None, "email": None, "phone": None}
    assert load_value("x", fact("person"), dump_value(FactType.PERSON, value)) == value
    whole = show_value(fact("person"), FactType.PERSON, value, "nl", Notation.WHOLE)
    assert whole == "Sanne de Vries, geboren op 3 april 1990"
    assert refusal("person", {"name": "S", "bsn": "123456789"}).params == {"part": "bsn"}
    assert refusal("person", {"email": "s@voorbeeld.nl"}).params == {"part": "name"}
    assert refusal("person", {"name": "S", "role": "admin"}).code == "answer.type"


FILE: dict[str, Any] = {"id": "0192f3a4-aaaa", "name": "boom.jpg", "type": "image/jpeg", "size": 1234}


def test_a_file_is_a_reference_that_leads_nowhere_else() -> None:
    """Type and size are bounded; a name loses its path."""
    value = load_value("x", fact("file"), FILE)
    assert load_value("x", fact("file"), dump_value(FactType.FILE, value)) == value
    assert load_value("x", fact("file"), {**FILE, "name": "../../etc/passwd"})["name"] == "passwd"
    for change, code in (
        ({"type": "text/html"}, "answer.file.type"),
        ({"size": 50_000_000}, "answer.file.size"),
        ({"size": 0}, "answer.file.size"),
        ({"id": "../x"}, "answer.file"),
        ({"type": ["a"]}, "answer.file.type"),
    ):
        assert refusal("file", {**FILE, **change}).code == code

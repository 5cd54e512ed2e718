"""Answers of registers: what is there is read as it was said, what is not is not known, what is odd is never a fact."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.registers.declared import Told
from api.registers.port import Found
from api.registers.reading import Unreadable, body_of, read

PERSON = {
    "personen": [
        {
            "naam": {"volledigeNaam": "Suzanne Moulin"},
            "geboorte": {"datum": {"datum": "1985-12-01"}, "compact": "19851201"},
            "partners": [{"soort": "huwelijk"}],
            "kinderen": [],
            "a/b": 1996,
            "year": "1996",
            "code": "G",
            "amount": 120.10,
            "flag": True,
        }
    ]
}


def told(value: Any, **more: Any) -> Told:
    return Told.model_validate({"register": "brp", "post": "/p", "body": "{subject}", "value": value, **more})


def said(value: Any, body: Any = PERSON, **more: Any) -> Found | None:
    return read(told(value, **more), body_of(json.dumps(body).encode()))


@pytest.mark.parametrize(
    ("value", "fact"),
    [
        ("/personen/0/naam/volledigeNaam", "Suzanne Moulin"),
        ({"name": "/personen/0/naam/volledigeNaam", "bsn": "/personen/0/bsn"}, {"name": "Suzanne Moulin"}),
        ({"at": "/personen/0/geboorte/compact", "as": "date"}, "1985-12-01"),
        ({"at": "/personen/0/partners", "as": "known"}, True),
        ({"at": "/personen/0/kinderen", "as": "known"}, False),
        ({"at": "/personen/0/gezag", "as": "known"}, False),
        ({"at": "/personen/0/a~1b", "as": "text"}, "1996"),
        ({"at": "/personen/0/year", "as": "whole"}, 1996),
        ({"at": "/personen/0/code", "words": {"G": "gemeente"}}, "gemeente"),
        ({"at": "/personen/0/flag", "words": {"true": "ja", "false": "nee"}}, "ja"),
        ("/personen/0/amount", "120.1"),
    ],
)
def test_what_is_there(value: Any, fact: Any):
    """Each kind reads what it says it reads."""
    assert said(value) == Found(fact)


@pytest.mark.parametrize(
    "value",
    ["/personen/1/naam", "/personen/0/naam/niets", {"at": "/personen/1/partners", "as": "known"}, "/personen/-/naam"],
)
def test_what_is_not_there(value: Any):
    """Nothing at the pointer is "not known"; a person who is not there has no "no partner" either."""
    assert said(value) is None


def test_a_part_that_must_be_there():
    """Without its first part nothing of a person is known."""
    assert said({"name": "/personen/0/bsn", "birthdate": "/personen/0/geboorte/datum/datum"}) is None


@pytest.mark.parametrize(
    "value",
    [
        {"at": "/personen/0/naam/volledigeNaam", "as": "date"},
        {"at": "/personen/0/naam", "as": "text"},
        {"at": "/personen/0/flag", "as": "whole"},
        {"at": "/personen/0/code", "words": {"R": "rijk"}},
        {"at": "/personen/0/partners", "words": {"R": "rijk"}},
    ],
)
def test_what_is_something_else(value: Any):
    """A value of another kind, or a word that is not listed, is not guessed at."""
    with pytest.raises(Unreadable):
        said(value)


def test_the_day_for_which_it_holds():
    """It is taken along when it is a day, and left out when it is not."""
    own = "/personen/0/naam/volledigeNaam"
    assert said(own, on="/personen/0/geboorte/compact") == Found("Suzanne Moulin", "1985-12-01")
    assert said(own, on="/personen/0/code") == Found("Suzanne Moulin")


@pytest.mark.parametrize("content", [b"<html>", b"{", b'{"a": NaN}', b"\xff", b"[" * 60_000])
def test_what_is_no_json(content: bytes):
    """Garbage, half an answer, NaN and endless nesting are unreadable, and nothing worse."""
    with pytest.raises(Unreadable):
        body_of(content)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "0", "b"]), inner, max_size=3)
        ),
        max_leaves=8,
    ),
    st.sampled_from(["/a", "/0", "/a/b", "/a/0/b"]),
    st.sampled_from(["plain", "text", "whole", "date", "known"]),
)
def test_any_answer(body: Any, at: str, kind: str):
    """Whatever a register sends, it is read, not known, or unreadable; nothing else comes out."""
    try:
        found = read(told({"at": at, "as": kind}), body_of(json.dumps(body).encode()))
    except Unreadable:
        return
    assert found is None or found.value is not None

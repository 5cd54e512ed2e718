"""Strict JSON: what two readers could understand differently is refused, and nothing else."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.problems import Refusal
from api.security.strict_json import DEPTH, parse

REFUSED = {
    "nothing": b"",
    "half an object": b'{"a":',
    "trailing text": b"{} {}",
    "NaN": b'{"a": NaN}',
    "Infinity": b"[Infinity]",
    "minus Infinity": b"[-Infinity]",
    "a name twice": b'{"a": 1, "a": 2}',
    "a name twice, spelled differently": b'{"a": 1, "\\u0061": 2}',
    "NUL escaped": b'["\\u0000"]',
    "NUL in a name": b'{"\\u0000": 1}',
    "half a surrogate pair": b'["\\ud800"]',
    "half a surrogate pair in a name": b'{"\\udc00": 1}',
    "not UTF-8": b'["\xff"]',
    "UTF-16": '["a"]'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf["a"]',
    "too deep": b"[" * (DEPTH + 2) + b"]" * (DEPTH + 2),
    "much too deep": b"[" * 100_000,
    "a number that is too long": b"[" + b"9" * 5000 + b"]",
    "a number that is too large": b"[1e999999999]",
    "a number that is too small": b"[1e-999999999]",
    "nothing, very often": b"[0e999999999]",
    "a comma too many": b"[1,]",
    "single quotes": b"{'a': 1}",
    "a comment": b"[1] // one",
    "a control character": b'["\x01"]',
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_strictly_json_is_refused(name: str):
    """Each kind of nonsense is a 400 with one fault that says what it is, and no echo."""
    with pytest.raises(Refusal) as refused:
        parse(REFUSED[name])
    assert refused.value.status_code == 400
    assert refused.value.faults[0].code.startswith("json.")


def test_numbers_are_exact():
    """A fraction is a Decimal as it was written; a whole number stays whole."""
    assert parse(b'{"a": 1.10, "b": 1e2, "c": 12, "d": -0.0}') == {
        "a": Decimal("1.10"),
        "b": Decimal("1E+2"),
        "c": 12,
        "d": Decimal("-0.0"),
    }
    assert str(parse(b"[1.10]")[0]) == "1.10"


def test_a_whole_pair_of_surrogates_is_one_character():
    """An escaped pair is a character like any other."""
    assert parse(b'["\\ud83c\\udf33"]') == ["🌳"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=4),
    max_leaves=10,
)


@given(VALUES)
def test_ordinary_json_is_read_as_it_was_written(value: object):
    """What a well-behaved writer writes comes back the same, unless it holds NUL."""
    text = json.dumps(value)
    if "\\u0000" in text:
        with pytest.raises(Refusal):
            parse(text.encode())
    else:
        assert parse(text.encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_a_refusal(body: bytes):
    """No input whatever leads to another error."""
    try:
        parse(body)
    except Refusal as refused:
        found = refused
    else:
        return
    assert found.status_code == 400
    assert found.faults

"""What a record says of a step is told in the reader's language, its figures as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.harness.evidence_words import evidence_told, recognised

CASES = {
    "nothing found": "niets gevonden",
    "3 found": "3 gevonden",
    "9 facts, 32,805 situations": "9 gegevens, 32.805 situaties",
    "2 found, 1 not proven": "2 gevonden, 1 niet bewezen",
    "58 of 58 citizens as expected": "58 van 58 burgers zoals verwacht",
    "no scenarios, 2 problems in scenario files": "geen scenario's, 2 problemen in bestanden met scenario's",
    "with 656b399: 1 groups gain, 0 lose, 12 changes in words or process, 3 accepted; norms: drawing board": (
        "met 656b399: 1 groepen gaan erop vooruit, 0 achteruit, 12 wijzigingen in woorden of proces, 3 aanvaard; "
        "normen: tekentafel"
    ),
    "with bijstand: 2 groups gain, 1 lose, 0 changes in words or process; norms: go on": (
        "met bijstand: 2 groepen gaan erop vooruit, 1 achteruit, 0 wijzigingen in woorden of proces; normen: doorgaan"
    ),
}


@pytest.mark.parametrize("text", CASES)
def test_a_record_is_told_in_dutch_and_english(text: str) -> None:
    """Each form that a record has: whole in Dutch, and to the letter in English."""
    assert evidence_told(text, "nl") == CASES[text]
    assert evidence_told(text, "en") == text


@pytest.mark.parametrize("text", ["", "40 people in the town hall, 12 days", "58 of 58 citizens as expected!", "x, "])
def test_what_a_person_wrote_stays_as_it_is(text: str) -> None:
    """A sentence of no template of ours, or of one and something else, is shown as it was written."""
    assert evidence_told(text, "nl") == text


@given(st.text(alphabet="0123456789,;: abnorms_foundwith{}", max_size=60))
def test_english_is_never_changed(text: str) -> None:
    """Whatever stands in a record, English shows it to the letter."""
    assert recognised(text) == text

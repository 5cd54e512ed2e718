"""boolean, choice, choices, text, list, and what every field does alike."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import AnswerError
from engine.feel.unsure import UNSURE
from engine.flow.fields import CODES, FIELDS, dump_value, load_value, parse_value, show_value
from engine.flow.model import Fact, FactType, Text

YES_NO = Fact.model_validate({"type": "boolean"})
MAYBE = Fact.model_validate({"type": "boolean", "unsure": "value"})
LABELS = {
    "loon": Text({"nl": "Loon", "en": "Wages"}),
    "uitkering": Text({"nl": "Een uitkering"}),
    "geen": Text({"nl": "Geen van deze"}),
}
ONE = Fact.model_validate({"type": "choice", "options": LABELS})
SEVERAL = Fact.model_validate({"type": "choices", "options": LABELS, "alone": ["geen"]})
BETWEEN = Fact.model_validate({"type": "choices", "options": LABELS, "min": "1", "max": "2"})
WORDS = Fact.model_validate({"type": "text", "max_length": 10})
CHILDREN = Fact.model_validate(
    {"type": "list", "max": "2", "of": {"leeftijd": {"type": "integer"}, "geboren": {"type": "date"}}}
)


def code_of(fact: Fact, value: object) -> str:
    """The code with which JSON is refused."""
    with pytest.raises(AnswerError) as caught:
        load_value("x", fact, value)
    return caught.value.code


@pytest.mark.parametrize(
    ("typed", "expected"), [("ja", True), ("Nee", False), ("YES", True), ("no", False), ("true", True)]
)
def test_yes_and_no_in_two_languages(typed: str, expected: bool) -> None:
    """A form may send either word; JSON is a boolean and nothing else."""
    assert parse_value("x", YES_NO, typed, "nl") is expected
    assert load_value("x", YES_NO, expected) is expected
    assert code_of(YES_NO, typed) == "answer.boolean"


def test_unsure_is_a_value_only_where_the_flow_says_so() -> None:
    """`unsure` passes as the one value UNSURE, there and back."""
    assert load_value("x", MAYBE, "unsure") is UNSURE
    assert parse_value("x", MAYBE, "unsure", "nl") is UNSURE
    assert dump_value(FactType.BOOLEAN, UNSURE) == "unsure"
    assert show_value(MAYBE, FactType.BOOLEAN, UNSURE, "nl") == "weet ik niet"
    assert code_of(YES_NO, "unsure") == "answer.boolean"


def test_null_is_shown_in_words_and_is_no_answer() -> None:
    """ "There is none" can be known, but nobody can answer nothing."""
    assert show_value(YES_NO, FactType.BOOLEAN, None, "nl") == "geen"
    assert dump_value(FactType.MONEY, None) is None
    assert code_of(YES_NO, None) == "answer.required"


def test_a_choice_is_an_option_by_id_or_label() -> None:
    """JSON takes the id; a form also the label in its language."""
    assert load_value("x", ONE, "loon") == "loon"
    assert parse_value("x", ONE, "wages", "en") == "loon"
    assert show_value(ONE, FactType.CHOICE, "loon", "en") == "Wages"
    assert show_value(ONE, FactType.CHOICE, "uitkering", "en") == "Een uitkering"
    assert code_of(ONE, "Loon") == "answer.option"
    assert code_of(ONE, True) == "answer.type"


def test_choices_stand_in_the_order_of_the_options() -> None:
    """Doubles fall together, order comes from the flow, and the text joins them."""
    assert load_value("x", SEVERAL, ["uitkering", "loon", "loon"]) == ["loon", "uitkering"]
    assert parse_value("x", SEVERAL, ["uitkering"], "nl") == ["uitkering"]
    assert show_value(SEVERAL, FactType.CHOICES, ["loon", "uitkering"], "nl") == "Loon en Een uitkering"
    assert show_value(SEVERAL, FactType.CHOICES, ["loon", "uitkering", "geen"], "en").endswith(" and Geen van deze")
    assert show_value(SEVERAL, FactType.CHOICES, [], "nl") == "geen"


def test_an_option_that_stands_alone_goes_with_no_other() -> None:
    """And where such an option exists, nothing at all is no answer; elsewhere it is."""
    assert code_of(SEVERAL, ["loon", "geen"]) == "answer.alone"
    assert code_of(SEVERAL, []) == "answer.required"
    assert load_value("x", Fact.model_validate({"type": "choices", "options": LABELS}), []) == []
    assert code_of(BETWEEN, []) == "answer.choices.min"
    assert code_of(BETWEEN, ["loon", "uitkering", "geen"]) == "answer.choices.max"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "answer.required"),
        ("  \n ", "answer.required"),
        ("a\x00b", "answer.text.characters"),
        ("a\ud800", "answer.text.characters"),
        ("a\u202eb", "answer.text.characters"),
        ("elf letters", "answer.text.max"),
        ("x" * 30_000, "answer.text.max"),
        (12, "answer.type"),
    ],
)
def test_text_is_bounded_and_clean(value: object, code: str) -> None:
    """No control characters, no lone surrogates, no turned writing, no endless text."""
    assert code_of(WORDS, value) == code


def test_text_is_trimmed_and_composed() -> None:
    """Spaces at the ends go, an e with a loose accent becomes one letter, ends of lines stay."""
    assert load_value("x", WORDS, "  cafe\u0301 ") == "caf\u00e9"
    assert load_value("x", WORDS, "een\r\ntwee") == "een\ntwee"


def test_a_list_names_the_item_and_field_that_is_wrong() -> None:
    """A fault deep in a list is placed by its key."""
    loaded = load_value("kinderen", CHILDREN, [{"leeftijd": 4}, {"geboren": "2020-01-02"}])
    assert loaded[0] == {"leeftijd": Decimal(4)}
    assert load_value("kinderen", CHILDREN, dump_value(FactType.LIST, loaded)) == loaded
    for value, fact, code in (
        ([{"leeftijd": 4}, {"leeftijd": "vier"}], "kinderen[1].leeftijd", "answer.number"),
        ([{"naam": "x"}], "kinderen[0]", "answer.list.field"),
        ([4], "kinderen[0]", "answer.list"),
        ([{}, {}, {}], "kinderen", "answer.list.max"),
        ({}, "kinderen", "answer.list"),
    ):
        with pytest.raises(AnswerError) as caught:
            load_value("kinderen", CHILDREN, value)
        assert (caught.value.fact, caught.value.code) == (fact, code)


def test_every_type_has_a_field() -> None:
    """One file per type, none forgotten."""
    assert set(FIELDS) == set(FactType)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=20) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(list(FactType)), ANYTHING)
def test_no_json_makes_a_field_fail(type_: FactType, value: object) -> None:
    """Whatever arrives is a value or a refusal from the table; what is a value comes back from its JSON."""
    options = {"options": LABELS} if type_ in (FactType.CHOICE, FactType.CHOICES) else {}
    fact = Fact.model_validate({"type": type_, **options})
    refusal = None
    try:
        loaded = load_value("x", fact, value)
    except AnswerError as error:
        refusal = error
    if refusal is not None:
        assert set(CODES[refusal.code]) == set(refusal.params)
        return
    assert load_value("x", fact, dump_value(type_, loaded)) == loaded


@given(
    st.sampled_from([t for t in FactType if t is not FactType.LIST]),
    st.text(max_size=30),
    st.sampled_from(["nl", "en"]),
)
def test_nothing_typed_makes_a_field_fail(type_: FactType, typed: str, language: str) -> None:
    """The same for forms, and what was understood can be shown."""
    options = {"options": LABELS} if type_ in (FactType.CHOICE, FactType.CHOICES) else {}
    fact = Fact.model_validate({"type": type_, **options})
    refusal = None
    try:
        value = parse_value("x", fact, typed, language)
    except AnswerError as error:
        refusal = error
    if refusal is not None:
        assert refusal.code in CODES
        return
    assert isinstance(show_value(fact, type_, value, language), str)
    assert load_value("x", fact, dump_value(type_, value)) == value

"""The door to the field types: from answers to typed values and back, with the fact's key in every refusal.

    load_value(key, fact, json)               strict; API, registers, store
    parse_value(key, fact, typed, language)   lenient; forms
    dump_value(type, value)                   canonical JSON
    show_value(of, value, language, notation) words for a text
    feel_type(of)                             the FEEL type of its values

`None` is null ("there is none") and UNSURE is "I do not know" where the flow counts that as an answer; both
pass through here, no field ever sees them. UNKNOWN never comes here: it is no value.
Called by `engine.graph`, `engine.journey`, `ui_schema` and the doors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import JsonValue

from engine.errors import AnswerError
from engine.feel.unsure import UNSURE
from engine.flow.fields.codes import CODES
from engine.flow.fields.duration import is_calendar
from engine.flow.fields.field import Described, Field, Typed, refused
from engine.flow.fields.list import Listed
from engine.flow.fields.simple import SIMPLE
from engine.flow.model import Fact, FactType, Unsure
from engine.flow.slots import Notation

__all__ = [
    "CODES",
    "FIELDS",
    "Described",
    "Field",
    "Notation",
    "Typed",
    "dump_value",
    "feel_type",
    "field_of",
    "load_value",
    "parse_value",
    "refused",
    "show_value",
]

FIELDS: Final[Mapping[FactType, Field]] = {**SIMPLE, FactType.LIST: Listed()}

_UNSURE: Final = "unsure"
_HAS_NONE: Final = {
    FactType.PHONE: {"nl": "geen telefoonnummer", "en": "no telephone number"},
    FactType.EMAIL: {"nl": "geen e-mailadres", "en": "no e-mail address"},
}
"""What "I do not know" means of something that everybody knows and not everybody has."""
_NO_VALUE: Final = {"nl": ("geen", "weet ik niet"), "en": ("none", "I do not know")}


def field_of(type_: FactType) -> Field:
    """The field of a type."""
    return FIELDS[type_]


def feel_type(of: Described, type_: FactType) -> str:
    """The name of the FEEL type of a fact's or decision's values."""
    if type_ == FactType.DURATION:
        return "years and months duration" if is_calendar(of.unit) else "days and time duration"
    return FIELDS[type_].feel


def load_value(key: str, fact: Fact, value: object) -> Any:
    """The typed value of canonical JSON. Raises AnswerError with `key`, also for null: no answer is no value."""
    if value is None:
        raise _keyed(key, refused("answer.required"))
    if value == _UNSURE and fact.unsure == Unsure.VALUE and fact.type != FactType.TEXT:
        return UNSURE
    try:
        return FIELDS[fact.type].load(value, fact)
    except AnswerError as error:
        raise _keyed(key, error) from None


def parse_value(key: str, fact: Fact, typed: Typed, language: str) -> Any:
    """The typed value of what a form sent. Raises AnswerError with `key`."""
    if typed == _UNSURE and fact.unsure == Unsure.VALUE:
        return UNSURE
    return _guarded(key, lambda: FIELDS[fact.type].parse(typed, fact, language))


def dump_value(type_: FactType, value: Any) -> JsonValue:
    """Canonical JSON of a typed value."""
    if value is None:
        return None
    return _UNSURE if value is UNSURE else FIELDS[type_].dump(value)


def show_value(
    of: Fact | Described, type_: FactType, value: Any, language: str, notation: Notation = Notation.USUAL
) -> str:
    """A typed value in words."""
    words = _NO_VALUE["nl" if language == "nl" else "en"]
    if value is None:
        return words[0]
    if value is UNSURE:
        return _HAS_NONE.get(type_, {}).get(language, words[1])
    return FIELDS[type_].show(value, of, language, notation)


def _guarded(key: str, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except AnswerError as error:
        raise _keyed(key, error) from None


def _keyed(key: str, error: AnswerError) -> AnswerError:
    return replace(error, fact=key + error.fact)

"""boolean: yes or no. JSON: true, false. FEEL: boolean."""

from __future__ import annotations

from typing import ClassVar, Final

from pydantic import JsonValue

from engine.flow.fields.field import Described, Field, Typed, clean, one, refused
from engine.flow.model import Fact
from engine.flow.slots import Notation

_YES: Final = frozenset({"yes", "ja", "true", "y", "j"})
_NO: Final = frozenset({"no", "nee", "false", "n"})
_WORDS: Final = {"nl": ("nee", "ja"), "en": ("no", "yes")}


class Boolean(Field):
    """Yes or no."""

    feel: ClassVar[str] = "boolean"

    def load(self, value: object, fact: Fact) -> bool:
        if not isinstance(value, bool):
            raise refused("answer.boolean")
        return value

    def parse(self, typed: Typed, fact: Fact, language: str) -> bool:
        return _read(clean(one(typed)))

    def literal(self, text: str, fact: Fact) -> bool:
        return _read(text)

    def dump(self, value: bool) -> JsonValue:
        return value

    def show(self, value: bool, of: Described, language: str, notation: Notation) -> str:
        return _WORDS["nl" if language == "nl" else "en"][value]


def _read(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise refused("answer.boolean")
    return word in _YES

"""text: words of one's own. JSON: a string. FEEL: string."""

from __future__ import annotations

from typing import ClassVar, Final

from pydantic import JsonValue

from engine.flow.fields.field import Described, Field, Typed, clean_lines, one, refused
from engine.flow.model import Fact
from engine.flow.slots import Notation

USUAL_LENGTH: Final = 1_000
"""The longest text where the fact sets no `max_length`."""


class Words(Field):
    """Text: trimmed, NFC, no control characters, of limited length."""

    feel: ClassVar[str] = "string"

    def load(self, value: object, fact: Fact) -> str:
        text = clean_lines(value)
        longest = fact.max_length or USUAL_LENGTH
        if len(text) > longest:
            raise refused("answer.text.max", max=longest)
        return text

    def parse(self, typed: Typed, fact: Fact, language: str) -> str:
        return self.load(one(typed), fact)

    def dump(self, value: str) -> JsonValue:
        return value

    def show(self, value: str, of: Described, language: str, notation: Notation) -> str:
        return value

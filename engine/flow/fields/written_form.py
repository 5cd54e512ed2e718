"""Base of the fields that are one string with a form of its own: email, phone, postcode, bsn, iban."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from pydantic import JsonValue

from engine.flow.fields.field import Described, Field, Typed, clean, one
from engine.flow.model import Fact
from engine.flow.slots import Notation


class WrittenForm(Field):
    """One string in canonical form; people may write it in any usual way."""

    feel: ClassVar[str] = "string"

    @abstractmethod
    def canonical(self, text: str) -> str:
        """The one form that is kept; AnswerError when `text` is not this."""

    def load(self, value: object, fact: Fact) -> str:
        return self.canonical(clean(value))

    def parse(self, typed: Typed, fact: Fact, language: str) -> str:
        return self.canonical(clean(one(typed)))

    def dump(self, value: str) -> JsonValue:
        return value

    def show(self, value: str, of: Described, language: str, notation: Notation) -> str:
        return self.written(value)

    def written(self, value: str) -> str:
        """As people are used to read it."""
        return value

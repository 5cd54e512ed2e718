"""year: a calendar year. JSON: 2026. FEEL: number. Without limits of its own a fact takes 1900 up to 2100."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from pydantic import JsonValue

from engine.flow.fields.field import Described, Field, Typed, clean, one, refused
from engine.flow.fields.numbers import loaded, within
from engine.flow.model import Fact
from engine.flow.slots import Notation


class Year(Field):
    """A calendar year."""

    feel: ClassVar[str] = "number"

    def load(self, value: object, fact: Fact) -> Decimal:
        year = loaded(value, "answer.year")
        if year != year.to_integral_value() or not 1 <= year <= 9999:
            raise refused("answer.year")
        sensible = fact.model_copy(update={"min": fact.min or "1900", "max": fact.max or "2100"})
        return within(year, sensible)

    def parse(self, typed: Typed, fact: Fact, language: str) -> Decimal:
        text = clean(one(typed))
        if not (text.isascii() and text.isdecimal() and len(text) == 4):
            raise refused("answer.year")
        return self.load(int(text), fact)

    def dump(self, value: Decimal) -> JsonValue:
        return int(value)

    def show(self, value: Decimal, of: Described, language: str, notation: Notation) -> str:
        return str(int(value))

    def bound(self, text: str) -> int | None:
        return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None

"""number: a decimal number, perhaps with a unit. JSON: "12.5" (a JSON number is read too). FEEL: number."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from pydantic import JsonValue

from engine.flow.fields.field import Described, Field, Typed, clean, one
from engine.flow.fields.numbers import half_up, in_words, limit, loaded, plain, typed_number, within, written
from engine.flow.model import Fact
from engine.flow.slots import Notation


class Number(Field):
    """A decimal number."""

    feel: ClassVar[str] = "number"

    def load(self, value: object, fact: Fact) -> Decimal:
        return within(loaded(value), fact)

    def parse(self, typed: Typed, fact: Fact, language: str) -> Decimal:
        return within(typed_number(without_unit(clean(one(typed)), fact), language), fact)

    def literal(self, text: str, fact: Fact) -> Decimal:
        return loaded(text)

    def dump(self, value: Decimal) -> JsonValue:
        return plain(value)

    def show(self, value: Decimal, of: Described, language: str, notation: Notation) -> str:
        return show_number(value, of, language, notation)

    def bound(self, text: str) -> Decimal | None:
        return limit(text)


def without_unit(text: str, fact: Fact) -> str:
    """`31 cm` as `31`, when the fact counts cm."""
    for unit in fact.unit.root.values() if fact.unit else ():
        if text.casefold().endswith(unit.casefold()):
            return text[: -len(unit)].rstrip()
    return text


def show_number(value: Decimal, of: Described, language: str, notation: Notation) -> str:
    """With its unit; `whole` rounds, `short` leaves the unit out, `words` writes small numbers in letters."""
    number = half_up(value, Decimal(1)) if notation == Notation.WHOLE else value
    figure = in_words(number, language) if notation == Notation.WORDS else written(number, language)
    if of.unit is None or notation == Notation.SHORT:
        return figure
    return f"{figure} {of.unit.in_(language)}"

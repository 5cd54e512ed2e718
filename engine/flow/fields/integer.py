"""integer: a whole number. JSON: 12. FEEL: number."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from pydantic import JsonValue

from engine.flow.fields.field import Described, Field, Typed, clean, one, refused
from engine.flow.fields.number import show_number, without_unit
from engine.flow.fields.numbers import limit, loaded, typed_number, within
from engine.flow.model import Fact
from engine.flow.slots import Notation


class Integer(Field):
    """A whole number."""

    feel: ClassVar[str] = "number"

    def load(self, value: object, fact: Fact) -> Decimal:
        return within(_whole(loaded(value)), fact)

    def parse(self, typed: Typed, fact: Fact, language: str) -> Decimal:
        return within(_whole(typed_number(without_unit(clean(one(typed)), fact), language)), fact)

    def literal(self, text: str, fact: Fact) -> Decimal:
        return _whole(loaded(text))

    def dump(self, value: Decimal) -> JsonValue:
        return int(value)

    def show(self, value: Decimal, of: Described, language: str, notation: Notation) -> str:
        return show_number(value, of, language, notation)

    def bound(self, text: str) -> Decimal | None:
        number = limit(text)
        return number if number is not None and number == number.to_integral_value() else None


def _whole(number: Decimal) -> Decimal:
    if number != number.to_integral_value():
        raise refused("answer.number.whole")
    return number

"""list: a group of facts that is repeated. JSON: a list of objects, each with the facts of `of`. FEEL: list of
contexts. What an item does not hold has not been answered yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Final

from pydantic import JsonValue

from engine.errors import AnswerError
from engine.feel.values import Range, YearsMonths
from engine.flow.fields.field import Described, Field, Typed, refused
from engine.flow.fields.numbers import limit, plain
from engine.flow.fields.simple import SIMPLE
from engine.flow.model import Fact, FactType
from engine.flow.slots import Notation

MOST: Final = 50
"""The most items where the fact sets no `max`."""

_TYPES: Final = {
    date: FactType.DATE,
    Range: FactType.PERIOD,
    timedelta: FactType.DURATION,
    YearsMonths: FactType.DURATION,
}


class Listed(Field):
    """Items, closed: that is all."""

    feel: ClassVar[str] = "list<context>"

    def load(self, value: object, fact: Fact) -> list[dict[str, Any]]:
        if not isinstance(value, list | tuple):
            raise refused("answer.list")
        self.count(len(value), fact)
        return [_item(item, number, fact) for number, item in enumerate(value)]

    def count(self, items: int, fact: Fact) -> int:
        """The number of items, when it lies between the fact's `min` and `max`."""
        low, high = limit(fact.min), limit(fact.max) or MOST
        if low is not None and items < low:
            raise refused("answer.list.min", min=low)
        if items > high:
            raise refused("answer.list.max", max=high)
        return items

    def parse(self, typed: Typed, fact: Fact, language: str) -> list[dict[str, Any]]:
        raise refused("answer.list")

    def literal(self, text: str, fact: Fact) -> list[dict[str, Any]]:
        if text.replace(" ", "") != "[]":
            raise refused("answer.list")
        return []

    def dump(self, value: Sequence[Mapping[str, Any]]) -> JsonValue:
        return _json(value)

    def show(self, value: Sequence[object], of: Described, language: str, notation: Notation) -> str:
        return str(len(value))

    def bound(self, text: str) -> int | None:
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None


def _item(item: object, number: int, fact: Fact) -> dict[str, Any]:
    if not isinstance(item, Mapping):
        raise replace(refused("answer.list"), fact=f"[{number}]")
    for name in item:
        if name not in fact.of:
            raise replace(refused("answer.list.field", field=str(name)[:60]), fact=f"[{number}]")
    return {name: _field_of_item(name, value, number, fact) for name, value in item.items()}


def _field_of_item(name: str, value: object, number: int, fact: Fact) -> Any:
    try:
        return SIMPLE[fact.of[name].type].load(value, fact.of[name])
    except AnswerError as error:
        raise replace(error, fact=f"[{number}].{name}{error.fact}") from None


def _json(value: Any) -> JsonValue:
    """By what a value is; every field loads what this gives."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return {str(key): _json(part) for key, part in value.items() if part is not None}
    if isinstance(value, Sequence):
        return [_json(part) for part in value]
    return SIMPLE[_TYPES[type(value)]].dump(value)

"""choice: one of the options. JSON: the option's id. FEEL: string."""

from __future__ import annotations

from typing import ClassVar

from pydantic import JsonValue

from engine.flow.fields.field import Described, Field, Typed, clean, one, refused
from engine.flow.model import Fact
from engine.flow.slots import Notation


class Choice(Field):
    """One of the options."""

    feel: ClassVar[str] = "string"

    def load(self, value: object, fact: Fact) -> str:
        return option(value, fact)

    def parse(self, typed: Typed, fact: Fact, language: str) -> str:
        return option_typed(clean(one(typed)), fact, language)

    def dump(self, value: str) -> JsonValue:
        return value

    def show(self, value: str, of: Described, language: str, notation: Notation) -> str:
        return label(value, of, language)


def option(value: object, fact: Fact) -> str:
    """An option's id."""
    if not isinstance(value, str):
        raise refused("answer.type")
    if value not in fact.options:
        raise refused("answer.option")
    return value


def option_typed(text: str, fact: Fact, language: str) -> str:
    """An option's id, or its label as people see it."""
    if text in fact.options:
        return text
    for name, labels in fact.options.items():
        if labels.in_(language).casefold() == text.casefold():
            return name
    raise refused("answer.option")


def label(value: str, of: Described, language: str) -> str:
    """What people read for an option."""
    return of.options[value].in_(language) if value in of.options else value

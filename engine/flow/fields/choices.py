"""choices: several of the options. JSON: a list of ids, in the order of the options. FEEL: list of strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from pydantic import JsonValue

from engine.flow.fields.choice import label, option, option_typed
from engine.flow.fields.field import Described, Field, Typed, clean, refused
from engine.flow.fields.joined import joined
from engine.flow.fields.numbers import limit
from engine.flow.model import Fact
from engine.flow.slots import Notation


class Choices(Field):
    """Several of the options; none only where the flow offers no option for that."""

    feel: ClassVar[str] = "list<string>"

    def load(self, value: object, fact: Fact) -> list[str]:
        if not isinstance(value, list | tuple):
            raise refused("answer.type")
        return _several([option(part, fact) for part in value], fact)

    def parse(self, typed: Typed, fact: Fact, language: str) -> list[str]:
        if isinstance(typed, Mapping):
            raise refused("answer.type")
        parts: Sequence[str] = typed.split(",") if isinstance(typed, str) else typed
        return _several([option_typed(clean(part), fact, language) for part in parts if part.strip()], fact)

    def literal(self, text: str, fact: Fact) -> list[str]:
        return [option(part.strip(), fact) for part in text.strip("[] ").split(",") if part.strip()]

    def dump(self, value: Sequence[str]) -> JsonValue:
        return list(value)

    def show(self, value: Sequence[str], of: Described, language: str, notation: Notation) -> str:
        return joined([label(part, of, language) for part in value], language)

    def bound(self, text: str) -> int | None:
        return int(text) if text.isdecimal() and len(text) < 4 else None


def _several(chosen: list[str], fact: Fact) -> list[str]:
    picked = [name for name in fact.options if name in chosen]
    if not picked and fact.alone:
        raise refused("answer.required")
    for name in fact.alone:
        if name in picked and len(picked) > 1:
            raise refused("answer.alone", option=fact.options[name])
    low, high = limit(fact.min), limit(fact.max)
    if low is not None and len(picked) < low:
        raise refused("answer.choices.min", min=low)
    if high is not None and len(picked) > high:
        raise refused("answer.choices.max", max=high)
    return picked

"""address: where somebody lives or something stands, in the Netherlands. JSON: {"street", "number", "addition",
"postcode", "town"}, all strings; `addition` may be left out. FEEL: context with the same keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from pydantic import JsonValue

from engine.errors import AnswerError
from engine.flow.fields.field import Described, Field, Typed, clean, refused
from engine.flow.fields.postcode import Postcode
from engine.flow.model import Fact
from engine.flow.slots import Notation

_NUMBER: Final = re.compile(r"[1-9][0-9]{0,4}")
_LONGEST: Final = {"street": 80, "number": 5, "addition": 10, "postcode": 7, "town": 80}


class Address(Field):
    """Street, number, addition, postcode, town."""

    feel: ClassVar[str] = "context<street: string, number: string, addition: string, postcode: string, town: string>"
    parts: ClassVar[tuple[str, ...]] = ("street", "number", "addition", "postcode", "town")

    def load(self, value: object, fact: Fact) -> dict[str, object]:
        if not isinstance(value, Mapping) or not set(value) <= set(self.parts):
            raise refused("answer.type")
        return {part: _part(part, value.get(part)) for part in self.parts}

    def parse(self, typed: Typed, fact: Fact, language: str) -> dict[str, object]:
        if not isinstance(typed, Mapping):
            raise refused("answer.type")
        if not any(text.strip() for text in typed.values()):
            raise refused("answer.required")
        return self.load({part: typed.get(part, "") for part in self.parts}, fact)

    def dump(self, value: Mapping[str, object]) -> JsonValue:
        return {part: str(value[part]) for part in self.parts if value.get(part)}

    def show(self, value: Mapping[str, object], of: Described, language: str, notation: Notation) -> str:
        addition = f" {value['addition']}" if value.get("addition") else ""
        street = f"{value['street']} {value['number']}{addition}"
        if notation == Notation.SHORT:
            return street
        return f"{street}, {Postcode().written(str(value['postcode']))} {value['town']}"


def _part(part: str, value: object) -> str | None:
    if part == "addition" and (value is None or value == ""):
        return None
    try:
        text = clean(value)
        text = Postcode().canonical(text) if part == "postcode" else text
    except AnswerError:
        raise refused("answer.address", part=part) from None
    if len(text) > _LONGEST[part] or (part == "number" and not _NUMBER.fullmatch(text)):
        raise refused("answer.address", part=part)
    return text

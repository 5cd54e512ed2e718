"""person: who somebody is. JSON: {"name", "birthdate", "bsn", "email", "phone"}, strings; only `name` is needed.
FEEL: context with the same keys, `birthdate` a date, what is not known null."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Final

from pydantic import JsonValue

from engine.errors import AnswerError
from engine.flow.fields.bsn import Bsn
from engine.flow.fields.date import FIRST, LAST, iso_day, show_day, typed_day
from engine.flow.fields.email import Email
from engine.flow.fields.field import Described, Field, Typed, clean, refused
from engine.flow.fields.phone import Phone
from engine.flow.model import Fact
from engine.flow.slots import Notation

_FORMS: Final = {"bsn": Bsn(), "email": Email(), "phone": Phone()}


class Person(Field):
    """Name and, where known, birthdate, bsn, e-mail address and telephone number."""

    feel: ClassVar[str] = "context<name: string, birthdate: date, bsn: string, email: string, phone: string>"
    parts: ClassVar[tuple[str, ...]] = ("name", "birthdate", "bsn", "email", "phone")

    def load(self, value: object, fact: Fact) -> dict[str, object]:
        if not isinstance(value, Mapping) or not set(value) <= set(self.parts):
            raise refused("answer.type")
        return {part: _part(part, value.get(part)) for part in self.parts}

    def parse(self, typed: Typed, fact: Fact, language: str) -> dict[str, object]:
        given = {"name": typed} if isinstance(typed, str) else typed
        if not isinstance(given, Mapping):
            raise refused("answer.type")
        if not any(text.strip() for text in given.values()):
            raise refused("answer.required")
        values: dict[str, object] = {part: given.get(part, "").strip() or None for part in self.parts}
        if isinstance(values["birthdate"], str):
            try:
                values["birthdate"] = typed_day(values["birthdate"]).isoformat()
            except AnswerError:
                raise refused("answer.person", part="birthdate") from None
        return self.load(values, fact)

    def dump(self, value: Mapping[str, object]) -> JsonValue:
        kept = {part: value[part] for part in self.parts if value.get(part) is not None}
        return {part: held.isoformat() if isinstance(held, date) else str(held) for part, held in kept.items()}

    def show(self, value: Mapping[str, object], of: Described, language: str, notation: Notation) -> str:
        born = value.get("birthdate")
        if notation != Notation.WHOLE or not isinstance(born, date):
            return str(value["name"])
        word = "geboren op" if language == "nl" else "born on"
        return f"{value['name']}, {word} {show_day(born, language)}"


def _part(part: str, value: object) -> object:
    if part != "name" and value is None:
        return None
    try:
        if part == "birthdate":
            return _born(value)
        text = clean(value)
        if part in _FORMS:
            return _FORMS[part].canonical(text)
    except AnswerError:
        raise refused("answer.person", part=part) from None
    if len(text) > 200:
        raise refused("answer.person", part=part)
    return text


def _born(value: object) -> date:
    day = iso_day(value)
    if not FIRST <= day <= LAST:
        raise refused("answer.date")
    return day

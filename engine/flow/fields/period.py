"""period: from one day up to and including another. JSON: {"from": "2026-04-03", "to": "2026-05-01"}; `to` may be
null for a period that has not ended. FEEL: range of dates, both ends included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Final

from pydantic import JsonValue

from engine.feel.values import Range
from engine.flow.fields.date import iso_day, show_day, typed_day, within
from engine.flow.fields.field import Described, Field, Typed, clean, one, refused
from engine.flow.model import Fact
from engine.flow.slots import Notation

_BETWEEN: Final = re.compile(r"\s+(?:t/m|tm|tot en met|tot|to|until|through|–|-)\s+", re.IGNORECASE)


class Period(Field):
    """Two days, in order."""

    feel: ClassVar[str] = "range<date>"
    parts: ClassVar[tuple[str, ...]] = ("from", "to")

    def load(self, value: object, fact: Fact) -> Range:
        if not isinstance(value, Mapping) or not {"from"} <= set(value) <= {"from", "to"}:
            raise refused("answer.period")
        end = value.get("to")
        return _ordered(iso_day(value["from"]), None if end is None else iso_day(end), fact)

    def parse(self, typed: Typed, fact: Fact, language: str) -> Range:
        first, last = _two(typed)
        return _ordered(typed_day(clean(first)), typed_day(clean(last)) if last.strip() else None, fact)

    def literal(self, text: str, fact: Fact) -> Range:
        raise refused("answer.period")

    def dump(self, value: Range) -> JsonValue:
        assert isinstance(value.low, date)
        return {"from": value.low.isoformat(), "to": value.high.isoformat() if isinstance(value.high, date) else None}

    def show(self, value: Range, of: Described, language: str, notation: Notation) -> str:
        assert isinstance(value.low, date)
        first = show_day(value.low, language, notation)
        if not isinstance(value.high, date):
            return f"vanaf {first}" if language == "nl" else f"from {first}"
        last = show_day(value.high, language, notation)
        return f"{first} tot en met {last}" if language == "nl" else f"{first} to {last}"


def _two(typed: Typed) -> tuple[str, str]:
    if isinstance(typed, Mapping):
        return typed.get("from", ""), typed.get("to", "")
    if not isinstance(typed, str) and len(typed) == 2:
        return typed[0], typed[1]
    parts = _BETWEEN.split(clean(one(typed)))
    if len(parts) != 2:
        raise refused("answer.period")
    return parts[0], parts[1]


def _ordered(first: date, last: date | None, fact: Fact) -> Range:
    within(first, fact)
    if last is not None:
        within(last, fact)
        if last < first:
            raise refused("answer.period.order")
    return Range(first, last)

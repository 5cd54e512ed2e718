"""duration: a length of time. JSON: "P3M" or "P14D" or "PT4H". FEEL: one of its two durations.

Years and months have no fixed number of days, so one duration is either years and months, or weeks, days, hours
and minutes. A fact whose `unit` is years or months takes the first kind, every other the second.
"""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import ClassVar, Final

from pydantic import JsonValue

from engine.errors import AnswerError
from engine.feel.values import YearsMonths
from engine.flow.fields.field import Described, Field, Typed, clean, one, refused
from engine.flow.fields.joined import joined
from engine.flow.fields.numbers import typed_number
from engine.flow.model import Fact, Text
from engine.flow.slots import Notation

Span = timedelta | YearsMonths

_ISO: Final = re.compile(
    r"P(?=.)(?:([0-9]{1,4})Y)?(?:([0-9]{1,5})M)?(?:([0-9]{1,5})W)?(?:([0-9]{1,6})D)?(?:T(?=.)(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?)?"
)
_UNITS: Final = {
    word: number
    for number, words in enumerate(
        (
            "jaar jaren year years",
            "maand maanden month months",
            "week weken weeks",
            "dag dagen day days",
            "uur uren u hour hours",
            "minuut minuten min minute minutes",
        )
    )
    for word in words.split()
}
_PART: Final = re.compile(r"([0-9]{1,6}(?:[.,][0-9])?)\s*([a-z]+)")
_NAMES: Final = {
    "nl": (
        ("jaar", "jaar"),
        ("maand", "maanden"),
        ("week", "weken"),
        ("dag", "dagen"),
        ("uur", "uur"),
        ("minuut", "minuten"),
    ),
    "en": (
        ("year", "years"),
        ("month", "months"),
        ("week", "weeks"),
        ("day", "days"),
        ("hour", "hours"),
        ("minute", "minutes"),
    ),
}
_WEEK, _DAY = 2, 3


class Duration(Field):
    """A length of time."""

    feel: ClassVar[str] = "duration"

    def load(self, value: object, fact: Fact) -> Span:
        if not isinstance(value, str):
            raise refused("answer.type")
        return _within(_iso(value), fact)

    def parse(self, typed: Typed, fact: Fact, language: str) -> Span:
        text = clean(one(typed))
        if _ISO.fullmatch(text):
            return self.load(text, fact)
        return _within(_typed(text.casefold(), fact, language), fact)

    def literal(self, text: str, fact: Fact) -> Span:
        return _iso(text)

    def dump(self, value: Span) -> JsonValue:
        if isinstance(value, YearsMonths):
            return str(value)
        hours, minutes = value.seconds // 3600, value.seconds % 3600 // 60
        clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        return "P" + (f"{value.days}D" if value.days or not clock else "") + (f"T{clock}" if clock else "")

    def show(self, value: Span, of: Described, language: str, notation: Notation) -> str:
        names = _NAMES["nl" if language == "nl" else "en"]
        counted = _counted(value, _unit(of.unit))
        parts = [f"{count} {names[unit][count != 1]}" for unit, count in counted if count]
        return joined(parts, language) if parts else f"0 {names[_DAY][1]}"

    def bound(self, text: str) -> int | None:
        try:
            return _size(_iso(text))
        except AnswerError:
            return None


def _iso(text: str) -> Span:
    found = _ISO.fullmatch(text)
    if not found:
        raise refused("answer.duration")
    return _span([Decimal(part or 0) for part in found.groups()])


def _span(parts: list[Decimal]) -> Span:
    years, months, weeks, days, hours, minutes = parts
    calendar = years * 12 + months
    clock = ((weeks * 7 + days) * 24 + hours) * 60 + minutes
    if calendar and clock:
        raise refused("answer.duration.mixed")
    if calendar != int(calendar) or clock != int(clock):
        raise refused("answer.duration")
    return YearsMonths(int(calendar)) if calendar else timedelta(minutes=int(clock))


def _typed(text: str, fact: Fact, language: str) -> Span:
    parts = [Decimal(0)] * 6
    rest = text
    for found in _PART.finditer(text):
        if found[2] not in _UNITS:
            raise refused("answer.duration")
        parts[_UNITS[found[2]]] += Decimal(found[1].replace(",", "."))
        rest = rest.replace(found[0], "", 1)
    if rest == text and (unit := _unit(fact.unit)) is not None:
        parts[unit] = typed_number(text, language, "answer.duration")
        rest = ""
    if rest.replace("en", "").replace("and", "").strip(" ,"):
        raise refused("answer.duration")
    return _span(parts)


def is_calendar(unit: Text | None) -> bool:
    """Whether a fact with this unit counts years or months."""
    kind = _unit(unit)
    return kind is not None and kind < _WEEK


def is_unit_of_time(unit: Text) -> bool:
    """Whether a unit is years, months, weeks, days, hours or minutes, in Dutch or English."""
    return _unit(unit) is not None


def _unit(unit: Text | None) -> int | None:
    return _UNITS.get(str(unit).casefold()) if unit else None


def _counted(value: Span, unit: int | None) -> list[tuple[int, int]]:
    if isinstance(value, YearsMonths):
        years, months = divmod(value.months, 12)
        return [(0, years), (1, months)]
    weeks, days = divmod(value.days, 7) if unit == _WEEK or (value.days % 7 == 0 and unit is None) else (0, value.days)
    return [(_WEEK, weeks), (_DAY, days), (4, value.seconds // 3600), (5, value.seconds % 3600 // 60)]


def _size(value: Span) -> int:
    """Something to compare by: minutes, a month counted as 30 days."""
    if isinstance(value, YearsMonths):
        return value.months * 30 * 24 * 60
    return value.days * 24 * 60 + value.seconds // 60


def _within(value: Span, fact: Fact) -> Span:
    if isinstance(value, YearsMonths) != is_calendar(fact.unit):
        if _size(value):
            raise refused("answer.duration.mixed")
        value = YearsMonths(0) if is_calendar(fact.unit) else timedelta(0)
    if fact.min and _size(value) < _size(_iso(fact.min)):
        raise refused("answer.duration.min", min=_iso(fact.min))
    if fact.max and _size(value) > _size(_iso(fact.max)):
        raise refused("answer.duration.max", max=_iso(fact.max))
    return value

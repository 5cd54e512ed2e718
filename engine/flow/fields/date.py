"""date: a day. JSON: "2026-04-03". FEEL: date. Without limits of its own a fact takes 1900 up to 2100."""

from __future__ import annotations

import re
from datetime import date
from typing import ClassVar, Final

from babel.dates import format_date
from pydantic import JsonValue

from engine.errors import AnswerError
from engine.flow.fields.field import Described, Field, Typed, clean, locale, one, refused
from engine.flow.model import Fact
from engine.flow.slots import Notation

FIRST: Final = date(1900, 1, 1)
LAST: Final = date(2100, 12, 31)

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FIGURES: Final = re.compile(r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,4})")
_JOINED: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_DAY_FIRST: Final = re.compile(
    r"(?:[a-z]+,? )?([0-9]{1,2})(?:e|ste|de|st|nd|rd|th)? ?-?(?:of )?([a-z]+)\.?,? ?-?([0-9]{1,4})"
)
_MONTH_FIRST: Final = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{1,4})")
_MONTHS: Final = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "jan feb mar apr may jun jul aug sept oct nov dec",
    )
    for number, name in enumerate(names.split(), 1)
}


class Day(Field):
    """A day of the calendar."""

    feel: ClassVar[str] = "date"

    def load(self, value: object, fact: Fact) -> date:
        return within(iso_day(value), fact)

    def parse(self, typed: Typed, fact: Fact, language: str) -> date:
        return within(typed_day(clean(one(typed))), fact)

    def literal(self, text: str, fact: Fact) -> date:
        return iso_day(text)

    def dump(self, value: date) -> JsonValue:
        return value.isoformat()

    def show(self, value: date, of: Described, language: str, notation: Notation) -> str:
        return show_day(value, language, notation)

    def bound(self, text: str) -> date | None:
        try:
            return iso_day(text)
        except AnswerError:
            return None


def iso_day(value: object) -> date:
    """`2026-04-03`, nothing else."""
    if not isinstance(value, str):
        raise refused("answer.type")
    found = _ISO.fullmatch(value)
    if not found:
        raise refused("answer.date")
    return _day(found[1], found[2], found[3])


def typed_day(text: str) -> date:
    """`3-4-2026`, `3 april 2026`, `April 3, 2026`, `2026-04-03`, `03042026`. Figures are day, month, year."""
    word = text.casefold()
    if found := _ISO.fullmatch(word):
        return _day(found[1], found[2], found[3])
    if found := _FIGURES.fullmatch(word) or _JOINED.fullmatch(word):
        return _day(found[3], found[2], found[1])
    if found := _DAY_FIRST.fullmatch(word):
        return _day(found[3], _month(found[2]), found[1])
    if found := _MONTH_FIRST.fullmatch(word):
        return _day(found[3], _month(found[1]), found[2])
    raise refused("answer.date")


def within(day: date, fact: Fact) -> date:
    """The day, when it lies between the fact's `min` and `max`, or else in sensible years."""
    low = iso_day(fact.min) if fact.min else FIRST
    high = iso_day(fact.max) if fact.max else LAST
    if day < low:
        raise refused("answer.date.min", min=low)
    if day > high:
        raise refused("answer.date.max", max=high)
    return day


def show_day(value: date, language: str, notation: Notation = Notation.USUAL) -> str:
    """`3 maart 2027`; short `3-3-2027`, in words `woensdag 3 maart 2027`."""
    dutch = language == "nl"
    pattern = {
        Notation.SHORT: "d-M-y" if dutch else "d/M/y",
        Notation.WORDS: "EEEE d MMMM y",
    }.get(notation, "d MMMM y")
    return str(format_date(value, pattern, locale(language)))


def _month(name: str) -> str:
    if name not in _MONTHS:
        raise refused("answer.date")
    return str(_MONTHS[name])


def _day(year: str, month: str, day: str) -> date:
    if len(year) < 4:
        raise refused("answer.date.year")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise refused("answer.date.impossible") from None

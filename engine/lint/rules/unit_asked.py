"""L-UNIT: a question that asks for metres and an answer that counts kilometres."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_AGE = """
facts: {leeftijd: {unit: %s, ask: "Hoeveel jaar bent u?"}}
"""
PAGE = Page(
    "L-UNIT",
    Severity.WARNING,
    Two("a question in another unit than its answer", "een vraag in een andere eenheid dan het antwoord"),
    Two(
        "Who is asked how many metres fills in metres. When the answer counts kilometres every figure is a thousand "
        "times too large, and no limit of the rules means what it says.",
        "Wie gevraagd wordt hoeveel meter, vult meters in. Telt het antwoord kilometers, dan is elk getal duizend keer "
        "te groot, en betekent geen grens in de regels wat er staat.",
    ),
    avoid=_AGE % "maanden",
    prefer=_AGE % "jaar",
)
_UNITS: Final[Mapping[str, tuple[str, ...]]] = {
    "length": ("mm millimeter millimetre", "cm centimeter centimetre", "m meter metre", "km kilometer kilometre"),
    "time": ("minuut minuten minute", "uur uren hour", "dag dagen day", "week weken", "maand maanden month", "jaar jaren year"),  # noqa: E501
    "area": ("m2 m²", "ha hectare"),
    "weight": ("g gram", "kg kilo kilogram", "ton"),
}  # fmt: skip
_OF: Final = {
    word: (measure, number)
    for measure, units in _UNITS.items()
    for number, words in enumerate(units)
    for own in words.split()
    for word in (own, f"{own}s")
}
_ASKED: Final = re.compile(r"(?:hoeveel|how many|in (?:hele |whole )?)\s*([^\W\d_]+)", re.IGNORECASE)
"""A unit as one asks for it; `per jaar` and `van 27 jaar` ask for none."""


def check(subject: Subject) -> Iterator[Found]:
    for path, name, fact in subject.facts:
        for language, unit in fact.unit.each() if fact.unit is not None else ():
            own = _OF.get(unit.lower())
            for text in (fact.ask, fact.say) if own is not None else ():
                asked = _ASKED.search(text.in_(language)) if text is not None else None
                found = _OF.get(asked[1].lower()) if asked is not None else None
                if own and asked and found and found[0] == own[0] and found != own:
                    yield Found(
                        subject.at(*path, "unit"),
                        Two(
                            f"`{name}` is asked in `{asked[1]}` and counts in `{unit}`.",
                            f"`{name}` wordt gevraagd in `{asked[1]}` en telt in `{unit}`.",
                        ),
                        Two("Let question and `unit` be the same.", "Laat vraag en `unit` hetzelfde zijn."),
                    )


RULE = Rule(PAGE, check)

"""L-FIGURE-SAID: words that name an amount, an age, a time or a measure that no rule of the flow has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from engine.errors import Severity
from engine.flow.model import Fact, FactType
from engine.flow.positions import Path
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.rule_figures import of_flow
from engine.lint.said_figures import figures
from engine.lint.subject import Subject

_WHY = """
facts: {leeftijd: {why: "Tot %s jaar zwemt u gratis."}}
"""
PAGE = Page(
    "L-FIGURE-SAID",
    Severity.WARNING,
    Two("words that name a figure that no rule has", "woorden met een getal dat geen regel heeft"),
    Two(
        "A limit, an amount or a term stands in the rules, and again in a question, a letter or a message. When only "
        "one of them is changed people are told something that is not so. Where it can be, let the words show the "
        "value: `{bedrag}`.",
        "Een grens, bedrag of termijn staat in de regels, en nog eens in een vraag, brief of bericht. Verandert er "
        "maar een van de twee, dan lezen mensen iets wat niet klopt. Laat de woorden waar dat kan de waarde tonen: "
        "`{bedrag}`.",
    ),
    avoid=_WHY % "16",
    prefer=_WHY % "12",
    source="Awb article 3:47",
)
_MONEY: Final = "money"
_UNITS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("euro", "euros"), _MONEY),
    **dict.fromkeys(("jaar", "jaren", "year", "years"), "years"),
    **dict.fromkeys(("maand", "maanden", "month", "months"), "months"),
    **dict.fromkeys(("week", "weken", "weeks"), "weeks"),
    **dict.fromkeys(("dag", "dagen", "day", "days"), "days"),
    **dict.fromkeys(("meter", "meters", "metre", "metres", "m"), "m"),
    **dict.fromkeys(("centimeter", "cm"), "cm"),
    **dict.fromkeys(("kilometer", "kilometers", "km"), "km"),
    **dict.fromkeys(("mensen", "personen", "bezoekers", "people", "persons", "visitors"), "people"),
}
"""Words behind a figure that make it one of the rules, by what they measure."""
_TELLS: Final = ("why", "title", "text")
_PLURAL_YEARS: Final = {"years", "months", "weeks", "days"}


def check(subject: Subject) -> Iterator[Found]:
    known = of_flow(subject)
    counted = _counted(subject)
    for path, text in subject.texts:
        if not _is_told(path):
            continue
        language = subject.flow.language
        for own in figures(language, text.in_(language)):
            measure = _UNITS.get(own.unit, "")
            if measure in counted and not _has(known, own.value, measure):
                number = format(own.value.normalize(), "f")
                yield Found(
                    subject.at_text(path, language, own.at),
                    Two(
                        f"These words name {number} {own.unit}, and no rule or term of this flow does.",
                        f"Deze woorden noemen {number} {own.unit}, en geen regel of termijn van dit proces doet dat.",
                    ),
                    Two(
                        "Let both say the same, show the value itself, or waive this with where the figure comes from.",
                        "Laat beide hetzelfde zeggen, toon de waarde zelf, of zet deze regel uit met de herkomst.",
                    ),
                )


def _is_told(path: Path) -> bool:
    """A why, the words of an outcome, or a message: what a rule has, and not how to find an answer."""
    if path[0] == "texts":
        return True
    return path[0] in ("facts", "outcomes") and any(step in _TELLS for step in path[2:])


def _has(known: frozenset[Decimal], value: Decimal, measure: str) -> bool:
    """Whether the rules have it; of time also in the next smaller or larger unit, as one says it."""
    if measure == "years":
        return value in known or value * 12 in known
    if measure == "weeks":
        return value in known or value * 7 in known
    return value in known


def _counted(subject: Subject) -> frozenset[str]:
    """What the rules measure: only of that does a figure in words have to stand in them."""
    facts: list[Fact] = [fact for _, _, fact in subject.facts]
    found = {_UNITS.get(str(own.unit.in_(subject.flow.language)).lower(), "") for own in facts if own.unit}
    types = {own.type for own in facts} | {ruling.type for ruling in subject.graph.rulings.values()}
    if FactType.MONEY in types:
        found.add(_MONEY)
    if types & {FactType.DATE, FactType.DURATION, FactType.INTEGER}:
        found |= _PLURAL_YEARS
    if FactType.INTEGER in types:
        found.add("people")
    return frozenset(found - {""})


RULE = Rule(PAGE, check)

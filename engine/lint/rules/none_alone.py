"""L-ALONE: `none of these` that can be chosen together with one of these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.errors import Severity
from engine.flow.model import FactType
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_CHOICES = """
facts:
  bij: {type: choices, options: {band: "Een zwemband", bril: "Een zwembril", niets: "Niets van dit alles"}, %sask: "Wat neemt u mee?", why: "Dan leggen we het klaar."}
outcomes: {ja: {needs: [bij]}}
"""  # noqa: E501
PAGE = Page(
    "L-ALONE",
    Severity.WARNING,
    Two("`none of these` that goes with others", "`niets van dit alles` dat samengaat met andere"),
    Two(
        "Who chooses `none` and something else at once says two things. The rules read both, and nobody asked which "
        "was meant: `alone` lets the page ask.",
        "Wie `niets` en iets anders kiest, zegt twee dingen. De regels lezen allebei, en niemand vroeg wat er bedoeld "
        "was: met `alone` vraagt de pagina het.",
    ),
    avoid=_CHOICES % "",
    prefer=_CHOICES % "alone: [niets], ",
)
_NOTHING: Final = {
    "nl": re.compile(r"(?:niets|geen)\b(?! (?:idee|mening))", re.IGNORECASE),
    "en": re.compile(r"(?:none|nothing)\b", re.IGNORECASE),
}


def check(subject: Subject) -> Iterator[Found]:
    for path, name, fact in subject.facts:
        if fact.type is not FactType.CHOICES or len(fact.options) < 2:
            continue
        for option, label in fact.options.items():
            pattern = _NOTHING.get(subject.flow.language)
            if pattern and option not in fact.alone and pattern.match(label.in_(subject.flow.language)):
                yield Found(
                    subject.at(*path, "options"),
                    Two(
                        f"`{option}` of `{name}` means none of the others, and can be chosen with them.",
                        f"`{option}` van `{name}` betekent geen van de andere, en kan er toch bij gekozen worden.",
                    ),
                    Two(f"Write `alone: [{option}]`.", f"Schrijf `alone: [{option}]`."),
                )


RULE = Rule(PAGE, check)

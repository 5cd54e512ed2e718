"""L-REMEDY-WEEKS: less time to object or appeal than the law gives, or another time in the words than in the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

from engine.errors import Severity
from engine.flow.model import Outcome, RemedyKind
from engine.lint.rule import KEPT, Found, Page, Rule, Two
from engine.lint.subject import Subject
from engine.terms.periods import parse_period

SIX_WEEKS = timedelta(weeks=6)
BY_AWB = (RemedyKind.BEZWAAR, RemedyKind.ADMINISTRATIEF_BEROEP, RemedyKind.BEROEP)
_NL = ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
_EN = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_COUNTED = {word: number for words in (_NL, _EN) for number, word in enumerate(words, 1)}
_DAYS = {"dag": 1, "dagen": 1, "day": 1, "days": 1, "week": 7, "weken": 7, "weeks": 7}
_LENGTH = r"(?P<n>\d{1,3}|[a-z]{3,7}) (?P<of>dag(?:en)?|days?|week|weken|weeks)\b"
_SAID = {
    "nl": (
        re.compile(
            rf"\bbinnen {_LENGTH}(?: \w+){{0,3}} (?:bezwaar|(?:in )?beroep) (?:maken|indienen|instellen|gaan)\b",
            re.IGNORECASE,
        ),
        re.compile(rf"\bbinnen {_LENGTH} (?:naar de (?:kanton)?rechter|in beroep)\b", re.IGNORECASE),
        re.compile(rf"\b(?:bezwaar|beroep) (?:maken|indienen|instellen|gaan) binnen {_LENGTH}", re.IGNORECASE),
    ),
    "en": (
        re.compile(rf"\b(?:object|appeal)(?: \w+){{0,3}} within {_LENGTH}", re.IGNORECASE),
        re.compile(rf"\bwithin {_LENGTH}(?: \w+){{0,4}} (?:object|appeal)\b", re.IGNORECASE),
        re.compile(rf"\b(?:go to (?:court|the (?:cantonal )?judge)) within {_LENGTH}", re.IGNORECASE),
    ),
}
_ANY = (
    'outcomes: {nee: {kind: refusal, %sremedy: {kind: bezwaar, at: "gemeente Voorbeeld", within: %s, source: tarief}}}'
)
PAGE = Page(
    "L-REMEDY-WEEKS",
    Severity.WARNING,
    Two("less time to object than the law gives", "minder tijd voor bezwaar dan de wet geeft"),
    Two(
        "One may object or appeal within six weeks, unless another act says otherwise. Who reads a shorter time gives "
        "up too early, and who reads a longer one comes too late: so the letter says the same as `remedy`.",
        "Bezwaar en beroep kunnen binnen zes weken, tenzij een andere wet iets anders zegt. Wie een kortere tijd leest "
        "geeft te vroeg op, wie een langere leest komt te laat: daarom zegt de brief hetzelfde als `remedy`.",
    ),
    avoid=_ANY % ("", "P4W"),
    prefer=_ANY % ('text: "U betaalt. Dan kunt u binnen zes weken bezwaar maken.", ', "P6W"),
    source="Awb article 6:7",
)


def check(subject: Subject) -> Iterator[Found]:
    for name, outcome in subject.flow.outcomes.items():
        within = _within(outcome)
        if within is not None and within < SIX_WEEKS and outcome.remedy and outcome.remedy.kind in BY_AWB:
            yield Found(
                subject.at("outcomes", name, "remedy", "within"),
                Two(
                    f"`{name}` gives {outcome.remedy.within} to object or appeal; the law gives six weeks.",
                    f"`{name}` geeft {outcome.remedy.within} voor bezwaar of beroep; de wet geeft zes weken.",
                ),
                Two("Write P6W, or waive this with the act that says otherwise.",
                    "Schrijf P6W, of zet deze regel uit met de wet die iets anders zegt."),
            )  # fmt: skip
    yield from _in_words(subject)


def _in_words(subject: Subject) -> Iterator[Found]:
    """In an outcome its own time; in a message that of any outcome, or six weeks."""
    remedies = [own for own in map(_within, subject.flow.outcomes.values()) if own is not None]
    known = {*remedies, SIX_WEEKS} if remedies else set()
    for path, text in subject.texts:
        outcome = subject.flow.outcomes.get(str(path[1])) if path[0] == "outcomes" else None
        within = _within(outcome) if outcome is not None else None
        message = path[0] == "texts" and bool(known)
        for language, said in text.each() if within is not None or message else ():
            told = _told(language, said)
            if told is not None and timedelta(days=told[1]) not in ({within} if within is not None else known):
                length = outcome.remedy.within if outcome and outcome.remedy else "P6W"
                yield Found(
                    subject.at_text(path, language, told[0]),
                    Two(
                        f"These words give another time to object or appeal than `remedy`, which says {length}.",
                        f"Deze woorden geven een andere tijd voor bezwaar of beroep dan `remedy`, daar staat {length}.",
                    ),
                    Two("Let both say the same.", "Laat beide hetzelfde zeggen."),
                )


def _within(outcome: Outcome) -> timedelta | None:
    remedy = outcome.remedy
    return parse_period(remedy.within).at_most if remedy is not None and remedy.within else None


@lru_cache(maxsize=KEPT)
def _told(language: str, said: str) -> tuple[int, int] | None:
    """At which character the words give a time to object or appeal, and how many days; None where they do not."""
    for pattern in _SAID.get(language, ()):
        found = pattern.search(said)
        if found is None:
            continue
        figure = found["n"].lower()
        number = int(figure) if figure.isdigit() else _COUNTED.get(figure)
        if number is not None:
            return found.start(), number * _DAYS[found["of"].lower()]
    return None


RULE = Rule(PAGE, check)

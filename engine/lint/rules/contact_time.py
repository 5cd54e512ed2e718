"""L-CONTACT-TIME: "we will call you", without saying when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from engine.errors import Severity
from engine.lint.rule import KEPT, Found, Page, Rule, Two
from engine.lint.subject import Subject

_PROMISED = {
    "nl": re.compile(r"\b(?:bellen|belt|mailen|schrijven) (?:wij )?u\b|\bu (?:hoort|krijgt bericht) van ons\b|"
                     r"\bneemt (?:dan )?contact (?:met u )?op\b|\bnemen contact (?:met u )?op\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:will |we )(?:call|phone|e-?mail|write to) you\b|\bcalls you\b|\bhear from us\b|"
                     r"\b(?:will contact|contacts) you\b", re.IGNORECASE),
}  # fmt: skip
_WHEN = {
    "nl": re.compile(r"\{deadline\}|\{contact\}|\d|\b(meteen|direct|vandaag|morgen|zodra|binnen|voor "
    "het|dezelfde dag|"
                     r"van tevoren|vooraf|(?:\w+ )?(?:uur|dag|dagen|week|weken))\b", re.IGNORECASE),
    "en": re.compile(r"\{deadline\}|\{contact\}|\d|\b(at once|right away|immediately|today|tomorrow|as soon "
    "as|within|"
                     r"before|beforehand|same day|the day after|(?:hour|day|week)s?)\b", re.IGNORECASE),
}  # fmt: skip
_SENTENCE = re.compile(r"[^.!?]*[.!?]?[^.!?]*[.!?]?")
PAGE = Page(
    "L-CONTACT-TIME",
    Severity.WARNING,
    Two("a promise to call without a time", "een belofte om te bellen zonder tijd"),
    Two(
        "Who waits for a call without a time keeps the telephone in hand, and calls the next day. Say when, or let "
        "the process fill it in with {deadline}.",
        "Wie wacht op een telefoontje zonder tijd, houdt de telefoon in de hand en belt de dag erna zelf. Zeg "
        "wanneer, of laat het proces het invullen met {deadline}.",
    ),
    avoid="""
outcomes: {ja: {text: "U zwemt gratis. Wij bellen u."}}
""",
    prefer="""
outcomes: {ja: {text: "U zwemt gratis. Wij bellen u binnen een week."}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    for path, text in subject.texts:
        if path[0] not in ("outcomes", "texts", "contact") or path[-1] == "title":
            continue
        for language, said in text.each():
            offset = _promised(language, said)
            if offset is not None:
                yield Found(
                    subject.at_text(path, language, offset),
                    Two("This promises contact, and does not say when.", "Hier staat contact beloofd, zonder wanneer."),
                    Two("Say when, or write {deadline}.", "Zeg wanneer, of schrijf {deadline}."),
                )


@lru_cache(maxsize=KEPT)
def _promised(language: str, said: str) -> int | None:
    """At which character contact is promised without a time; None where it is not."""
    found = _PROMISED[language].search(said) if language in _PROMISED else None
    if found is None or _WHEN[language].search(_around(said, found.start(), found.end())):
        return None
    return found.start()


def _around(said: str, start: int, end: int) -> str:
    """The sentence of the promise, with the one after it."""
    first = max(said.rfind(mark, 0, start) for mark in ".!?") + 1
    rest = _SENTENCE.match(said, end)
    return said[first : rest.end() if rest else len(said)]


RULE = Rule(PAGE, check)

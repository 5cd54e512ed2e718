"""L-OPPOSITE: an outcome whose words say the opposite of its title, or deny the remedy that it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from engine.errors import Severity
from engine.flow.model import Outcome, RemedyKind
from engine.lint.rule import KEPT, Found, Page, Rule, Two
from engine.lint.subject import Subject

_TEXT = """
outcomes: {nee: {title: "U zwemt niet gratis", text: "U zwemt %sgratis. U betaalt 5 euro."}}
"""
PAGE = Page(
    "L-OPPOSITE",
    Severity.WARNING,
    Two("words that say the opposite of their title", "woorden die het omgekeerde zeggen van hun kop"),
    Two(
        "Who reads `you get no card` above `you get a card` does not know which holds, and who reads that there is no "
        "objection does not make one. A letter says one thing.",
        "Wie `u krijgt geen kaart` leest boven `u krijgt een kaart`, weet niet wat geldt, en wie leest dat bezwaar "
        "niet kan, maakt het niet. Een brief zegt een ding.",
    ),
    avoid=_TEXT % "",
    prefer=_TEXT % "niet ",
    source="Awb articles 3:45 and 3:46",
)
_NOT: Final = {
    "nl": (re.compile(r"\b(?:geen|niet|niets|nooit)\b"), re.compile(r"\b(?:een|nu|nog|wel|iets)\b")),
    "en": (re.compile(r"\b(?:no|not|nothing|never|cannot)\b"), re.compile(r"\b(?:a|an|now|can|something|do|does)\b")),
}
"""The words that deny, and the small ones that stand in their place where nothing is denied."""
_DENIED: Final = {
    "nl": re.compile(
        r"\bkunt (?:\w+ )?(?:geen (?:bezwaar|beroep)|niet in (?:bezwaar|beroep))|"
        r"\b(?:bezwaar|beroep) (?:is|kan) (?:\w+ )?niet\b|\bgeen (?:bezwaar|beroep) (?:mogelijk|maken|instellen)"
    ),
    "en": re.compile(r"\bcannot (?:object|appeal)|\bno (?:objection|appeal) is possible"),
}


def check(subject: Subject) -> Iterator[Found]:
    for name, outcome in subject.flow.outcomes.items():
        for language in subject.flow.languages:
            title = outcome.title.in_(language) if outcome.title else ""
            for number, part in enumerate(outcome.text):
                if part.text is None or language not in part.text:
                    continue
                text = part.text.in_(language)
                path = ("outcomes", name, "text", number) if len(outcome.text) > 1 else ("outcomes", name, "text")
                if title and _contrary(language, title, text):
                    yield Found(
                        subject.at_text(path, language),
                        Two(f"These words say the opposite of “{title}”.",
                            f"Deze woorden zeggen het omgekeerde van “{title}”."),
                        Two("Let title and text say the same.", "Laat kop en tekst hetzelfde zeggen."),
                    )  # fmt: skip
                if _has_remedy(outcome) and language in _DENIED and _DENIED[language].search(text.lower()):
                    yield Found(
                        subject.at_text(path, language),
                        Two(
                            f"These words say that nothing can be done against `{name}`, and it has a `remedy`.",
                            f"Deze woorden zeggen dat er tegen `{name}` niets te doen is, en er is een `remedy`.",
                        ),
                        Two("Say how and until when one can.", "Zeg hoe en tot wanneer het kan."),
                    )


def _has_remedy(outcome: Outcome) -> bool:
    return outcome.remedy is not None and outcome.remedy.kind is not RemedyKind.NONE


@lru_cache(maxsize=KEPT)
def _contrary(language: str, title: str, text: str) -> bool:
    """Whether a sentence has all the words of the title, and only one of the two denies."""
    if language not in _NOT:
        return False
    own = _bare(language, title)
    said = [_bare(language, sentence) for sentence in re.split(r"[.!?]\s*", text) if sentence]
    return len(own[0]) > 1 and any(words == own[0] and denies != own[1] for words, denies in said)


def _bare(language: str, sentence: str) -> tuple[tuple[str, ...], bool]:
    """The words without those that deny, and whether there was one."""
    denies, small = _NOT[language]
    plain = sentence.lower()
    return tuple(re.findall(r"[\w{}]+", small.sub(" ", denies.sub(" ", plain)))), bool(denies.search(plain))


RULE = Rule(PAGE, check)

"""L-WORDS: words of the office and very long sentences, where plain ones exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from engine.errors import Severity
from engine.lint.rule import KEPT, Found, Page, Rule, Two
from engine.lint.subject import Subject

LONGEST = 25
"""Words in one sentence."""

PLAIN: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "aangaande": "over", "alsmede": "en", "betreffende": "over", "bovengenoemde": "deze", "conform": "volgens",
        "derhalve": "daarom", "desalniettemin": "toch", "dient te": "moet", "dienen te": "moeten", "doch": "maar",
        "geenszins": "niet", "gelieve": "wilt u", "hieromtrent": "hierover", "ingevolge": "volgens",
        "inzake": "over", "jegens": "tegenover", "krachtens": "volgens", "middels": "met", "nadien": "daarna",
        "nopens": "over", "omtrent": "over", "reeds": "al", "te allen tijde": "altijd", "teneinde": "om",
        "tevens": "ook", "thans": "nu", "uwerzijds": "van u", "verzoeken u": "vragen u", "voornoemde": "deze",
        "voorts": "ook", "woonachtig": "wonend", "zorg dragen": "zorgen",
    },
    "en": {
        "aforementioned": "this", "commence": "start", "herein": "here", "in respect of": "about",
        "notwithstanding": "despite", "prior to": "before", "pursuant to": "under", "therein": "in it",
        "thereof": "of it", "utilise": "use", "whereas": "but",
    },
}  # fmt: skip
_WORDS = {
    language: re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)
    for language, words in PLAIN.items()
}
_SENTENCE = re.compile(r"[^.!?:;]+")
PAGE = Page(
    "L-WORDS",
    Severity.NOTE,
    Two("words of the office, or a very long sentence", "woorden van kantoor, of een heel lange zin"),
    Two(
        "Most people read at level B1: short sentences, common words. This is advice; no formula can certify a "
        "level, so it never fails a flow. Have somebody from outside read it.",
        "De meeste mensen lezen op niveau B1: korte zinnen, gewone woorden. Dit is een tip: geen formule kan een "
        "niveau vaststellen. Laat iemand van buiten meelezen.",
    ),
    avoid="""
facts: {leeftijd: {help: "Derhalve dient u te rekenen conform uw paspoort."}}
""",
    prefer="""
facts: {leeftijd: {help: "Kijk daarom in uw paspoort."}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    for path, text in subject.texts:
        for language, said in text.each():
            for offset, message, hint in _hard(language, said):
                yield Found(subject.at_text(path, language, offset), message, hint)


@lru_cache(maxsize=KEPT)
def _hard(language: str, said: str) -> tuple[tuple[int, Two, Two], ...]:
    """What is hard in one text: at which character, what it is, and what to do."""
    found: list[tuple[int, Two, Two]] = []
    hard = _WORDS[language].search(said) if language in _WORDS else None
    if hard:
        plain = PLAIN[language][hard[0].lower()]
        message = Two(f"`{hard[0]}` is a word of the office.", f"`{hard[0]}` is een woord van kantoor.")
        found.append((hard.start(), message, Two(f"Say `{plain}`.", f"Zeg `{plain}`.")))
    for sentence in _SENTENCE.finditer(said):
        count = len(sentence[0].split())
        if count > LONGEST:
            message = Two(f"This sentence has {count} words.", f"Deze zin heeft {count} woorden.")
            found.append((sentence.start(), message, Two("Make two of it.", "Maak er twee van.")))
    return tuple(found)


RULE = Rule(PAGE, check)

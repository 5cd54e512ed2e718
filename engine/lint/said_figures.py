"""The figures that a sentence names, in digits or as a word, each with the word behind it.

    figures("nl", "binnen zes weken, of 3.350 euro")     6 weken, 3350 euro

`een` and `one` are mostly no figure, and neither is what stands in `{ }`. Called by the rules that hold words against
rules or against their translation; tests: tests/engine/lint/test_said_figures.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from engine.lint.rule import KEPT

_TO_TWENTY: Final = {
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien twintig",
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
}  # fmt: skip
_ROUND: Final = {
    "nl": {
        "tweeen": 2,
        "tweeën": 2,
        "tweemaal": 2,
        "driemaal": 3,
        "dertig": 30,
        "veertig": 40,
        "vijftig": 50,
        "zestig": 60,
        "honderd": 100,
        "duizend": 1000,
    },
    "en": {"twice": 2, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100, "thousand": 1000},
}
_WORDS: Final[Mapping[str, Mapping[str, int]]] = {
    language: {word: number for number, word in enumerate(words.split(), 2)} | _ROUND[language]
    for language, words in _TO_TWENTY.items()
}
_SLOT: Final = re.compile(r"\{[^}]*\}")
_FIGURE: Final = re.compile(r"(?<![\w.,:/-])(\d+(?:[.,]\d+)*|[^\W\d_]+)(?![\w:/-]|[.,]\d)")
_AFTER: Final = re.compile(r"\s+(?:hele |volle |whole |full )?([^\W\d_]+)")
_BEFORE: Final = re.compile(r"(€)\s*$")


class Figure(NamedTuple):
    """One figure: at which character, how much, and the word behind it (`euro` where € stands before it)."""

    at: int
    value: Decimal
    unit: str


@lru_cache(maxsize=KEPT)
def figures(language: str, text: str) -> tuple[Figure, ...]:
    """The figures of a text in one of the languages of which the words are known; digits alone in any other."""
    plain = _SLOT.sub(lambda found: " " * len(found[0]), text)
    known = _WORDS.get(language, {})
    found = []
    for match in _FIGURE.finditer(plain):
        word = match[1].lower()
        value = _digits(language, word) if word[0].isdigit() else known.get(word)
        if value is not None:
            after = _AFTER.match(plain, match.end())
            euro = _BEFORE.search(plain, 0, match.start())
            found.append(Figure(match.start(), Decimal(value), "euro" if euro else after[1].lower() if after else ""))
    return tuple(found)


def _digits(language: str, word: str) -> Decimal | None:
    """`3.350,50` in Dutch, `3,350.50` in English; None for what is no number, such as 1.2.3."""
    groups, mark = (",", ".") if language == "en" else (".", ",")
    whole, _, part = word.partition(mark)
    heads = whole.split(groups)
    if len(heads) > 1 and any(len(own) != 3 for own in heads[1:]):
        return None
    text = "".join(heads) + (f".{part}" if part else "")
    return Decimal(text) if text.replace(".", "", 1).isdigit() else None

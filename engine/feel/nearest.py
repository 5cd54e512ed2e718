"""What somebody probably meant by a word that is not known: the nearest known word, or the figure that it says.

    nearest("leeftid", names)   ["leeftijd"]        nearest("getal", types)   []: three letters in common are chance
    figure("drie")              "3"                 figure("dozijn")          ""

Words are near when at most about a third of their letters differ (`difflib`'s measure). Called by
everything that says "Did you mean"; tests: tests/engine/feel/test_nearest.py.
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from typing import Final

NEAR: Final = 0.65
"""How much of two words must be alike."""

LONGEST: Final = 60
"""Letters of a word that are looked at: who writes more did not mistype a name."""

_FIGURES: Final = (
    ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien",
     "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig"),
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
     "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)  # fmt: skip
FIGURES: Final = {word: str(number) for words in _FIGURES for number, word in enumerate(words)} | {"honderd": "100"}


def nearest(word: str, known: Collection[str], most: int = 1, near: float = NEAR) -> list[str]:
    """The known words nearest to this one, the nearest first; none where nothing is near enough."""
    return get_close_matches(word[:LONGEST], known, most, near)


def figure(word: str) -> str:
    """The figure that a word says, in Dutch or English; "" where it says none."""
    return FIGURES.get(word.lower(), "")

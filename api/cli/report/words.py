"""The words around findings, in Dutch and English, and the symbols, with a plain form for a terminal without them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "error": {"nl": "fout", "en": "error"},
    "warning": {"nl": "waarschuwing", "en": "warning"},
    "note": {"nl": "tip", "en": "note"},
    "errors": {"nl": "fouten", "en": "errors"},
    "warnings": {"nl": "waarschuwingen", "en": "warnings"},
    "notes": {"nl": "tips", "en": "notes"},
    "witness": {"nl": "bijvoorbeeld", "en": "for example"},
    "anybody": {"nl": "iedereen", "en": "anybody"},
    "way": {"nl": "te zien op de weg", "en": "seen on"},
    "not_done": {"nl": "niet vastgesteld", "en": "not established"},
    "sound": {"nl": "in orde", "en": "sound"},
    "proven": {"nl": "bewezen", "en": "proven"},
    "found": {"nl": "gevonden", "en": "found"},
    "held": {"nl": "zoals verwacht", "en": "as expected"},
    "of": {"nl": "van", "en": "of"},
    "skipped": {"nl": "overgeslagen", "en": "skipped"},
    "explain": {"nl": "Meer over een code", "en": "More about a code"},
    "busy": {"nl": "bezig", "en": "busy"},
    "and": {"nl": "en", "en": "and"},
}

SYMBOLS: Final[Mapping[str, tuple[str, str]]] = {
    # what it marks: (symbol, for a terminal that cannot show it)
    "error": ("✗", "x"),
    "warning": ("!", "!"),
    "note": ("·", "-"),
    "good": ("✓", "+"),
    "not_done": ("?", "?"),
    "next": ("→", "->"),
    "bar": ("│", "|"),
}


def word(name: str, language: str) -> str:
    """A word in a language; English where there is no other."""
    return WORDS[name].get(language) or WORDS[name]["en"]


def symbol(name: str, *, plain: bool) -> str:
    """A symbol, or its plain form."""
    return SYMBOLS[name][1 if plain else 0]

"""Dutch for what the proof says of figures that are not there and of conditions; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "`{name}` has no figures for {keys}": "`{name}` heeft geen bedragen voor {keys}",
    "a figure by key is not there": "een bedrag bij een sleutel is er niet",
    "{what}, and {place} goes on without it.": "{what}, en {place} gaat zonder dat verder.",
    (
        "Add the row, keep these keys apart in a row or an `if` of their own, or say with `min` and `max` at the fact "
        "which are counted with."
    ): (
        "Voeg de rij toe, houd deze sleutels apart in een eigen rij of `if`, of zeg met `min` en `max` bij het gegeven "
        "waarmee gerekend wordt."
    ),
    "the text of `{name}`": "de tekst van `{name}`",
    "the question `{name}`": "de vraag `{name}`",
    "a step with `{text}`": "een stap met `{text}`",
    "the check `{text}`": "de controle `{text}`",
    "whether a figure that is not there matters to {place}": (
        "of een bedrag dat er niet is iets uitmaakt voor {place}"
    ),
}

"""Dutch for what the proof says of conditions and of figures that are not there; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "the `when` of `{name}`": "de `when` van `{name}`",
    "a check": "een controle",
    "a step `{event}`": "een stap `{event}`",
    "In {place} this never holds: {why}.": "In {place} geldt dit nooit: {why}.",
    "`{one}` and `{two}` together": "`{one}` en `{two}` samen",
    "In {place} this holds for everybody: `{text}`.": "In {place} geldt dit voor iedereen: `{text}`.",
    "Mend the condition, or remove what hangs on it.": "Herstel de voorwaarde, of haal weg wat eraan hangt.",
    "It says nothing: remove the condition, or mend it.": "Dat zegt niets: haal de voorwaarde weg, of herstel haar.",
    "Promise {number} promises nothing: nobody meets {why}.": (
        "Belofte {number} belooft niets: niemand voldoet aan {why}."
    ),
    "Promise {number} promises nothing: `{text}` holds for everybody.": (
        "Belofte {number} belooft niets: `{text}` geldt voor iedereen."
    ),
    "Promise {number} promises nothing: {why}.": "Belofte {number} belooft niets: {why}.",
    "its condition with `{outcome}`": "de voorwaarde met `{outcome}`",
    "no outcome depends on `{fact}`": "geen uitkomst hangt af van `{fact}`",
    "everybody has passed `{place}`": "iedereen is langs `{place}` gekomen",
    "no place is left": "er blijft geen plaats over",
    "Mend its condition: as it stands the promise can never be broken.": (
        "Herstel de voorwaarde: zo kan de belofte nooit worden gebroken."
    ),
    "Say what could go wrong, or remove it.": "Zeg wat er mis zou kunnen gaan, of haal de belofte weg.",
    "whether `{text}` says anything": "of `{text}` iets zegt",
    "`{name}` has no figures for {keys}": "`{name}` heeft geen bedragen voor {keys}",
    "`{name}` has no figures for this citizen": "`{name}` heeft geen bedragen voor deze inwoner",
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
    "row {number} of `{name}`": "rij {number} van `{name}`",
    "In {place} the cell under `{head}` holds for everybody.": "In {place} geldt de cel onder `{head}` voor iedereen.",
    "Write `-` there, or mend the cell.": "Schrijf daar `-`, of herstel de cel.",
}

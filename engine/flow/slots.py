"""Values in a text: `{name}`, `{name:whole}`, `{name:short}`, `{name:words}`. Nothing else; no escapes.

Pure reading, no lookup: `engine.graph` decides whether a value can be known where the text is shown,
`engine.flow.fields` how it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_SLOT = re.compile(r"\{([^{}]*)\}")
_INSIDE = re.compile(r"([A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)?)(?::(whole|short|words))?")

ADDED = frozenset({"deadline", "contact", "item"})
"""Words that are no fact or decision: the process adds the first two, a list the third."""


class Notation(StrEnum):
    """How a value is written: as usual, in whole units, short, or in words."""

    USUAL = ""
    WHOLE = "whole"
    SHORT = "short"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a text where a value comes; `offset` is that of its `{`."""

    name: str
    notation: Notation
    offset: int


@dataclass(frozen=True, slots=True)
class BadSlot:
    """A brace that is no slot; `offset` is its place in the text."""

    offset: int


@lru_cache(maxsize=4_096)
def split_text(text: str) -> tuple[str | Slot | BadSlot, ...]:
    """The text in pieces: plain parts, slots, and braces that are neither."""
    pieces: list[str | Slot | BadSlot] = []
    last = 0
    for found in _SLOT.finditer(text):
        pieces += _plain(text[last : found.start()], last)
        inside = _INSIDE.fullmatch(found[1])
        start = found.start()
        pieces.append(Slot(inside[1], Notation(inside[2] or ""), start) if inside else BadSlot(start))
        last = found.end()
    return (*pieces, *_plain(text[last:], last))


def slots(text: str) -> tuple[Slot, ...]:
    """Only the slots."""
    return tuple(piece for piece in split_text(text) if isinstance(piece, Slot))


def _plain(text: str, start: int) -> list[str | Slot | BadSlot]:
    if not text:
        return []
    brace = re.search(r"[{}]", text)
    return [text] if brace is None else [text, BadSlot(start + brace.start())]

"""Lists in running text: `a, b en c`."""

from __future__ import annotations

from collections.abc import Sequence


def joined(parts: Sequence[str], language: str) -> str:
    """`a`, `a en b`, `a, b en c`; in English `a, b and c`. Nothing at all is `geen` or `none`."""
    dutch = language == "nl"
    if not parts:
        return "geen" if dutch else "none"
    *first, last = parts
    return f"{', '.join(first)} {'en' if dutch else 'and'} {last}" if first else last

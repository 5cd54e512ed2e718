"""Letters for a terminal or pipe that has not all of ours: each that it cannot show becomes the nearest that it can.

`allow()` is called once by `api.cli.main`; tests: tests/api/cli/test_plain_letters.py.
"""

from __future__ import annotations

import codecs
import io
import sys
from unicodedata import normalize

from api.cli.report.words import SYMBOLS

NAME = "wegwijzer.nearest"
NEAREST = {**dict(SYMBOLS.values()), "✗": "x", "…": "...", "–": "-", "—": "-", "»": ">", "’": "'", "≤": "<=", "≥": ">="}


def nearest(error: UnicodeError) -> tuple[str, int]:
    """What stands for the letters that cannot be encoded, and where to go on. Raises whatever else is wrong."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(letter: str) -> str:
    without_accent = normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return NEAREST.get(letter) or without_accent or "?"


def allow() -> None:
    """Let standard output and standard error do so, where they speak no UTF."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.encoding.lower().startswith("utf"):
            codecs.register_error(NAME, nearest)
            stream.reconfigure(errors=NAME)

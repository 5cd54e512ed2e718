"""The line of the file that a finding points at, with a caret under the place.

12 │   omtrek: {type: number, ask: "Hoe dik is de stam?"}
   │   ^^^^^^
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

WIDEST = 110
LARGEST = 1_000_000
_WORD = re.compile(r"[\w-]+|[^\w\s]+|\s")


def _lines(file: str) -> tuple[str, ...]:
    """The lines of a file; () when it cannot be read: then there is no frame."""
    try:
        path = Path(file).resolve()
        about = path.stat()
        return _read(path, about.st_mtime_ns, about.st_size) if path.is_file() and about.st_size <= LARGEST else ()
    except (OSError, UnicodeDecodeError, ValueError):
        return ()


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int, _size: int) -> tuple[str, ...]:
    """Remembered until the file changes."""
    return tuple(path.read_text(encoding="utf-8").splitlines())


def frame(file: str, line: int, column: int, bar: str = "│") -> tuple[str, str] | None:
    """Two lines: the line of the file, and a caret under `column` (both from 1); None when there is no such line."""
    lines = _lines(file)
    if not 0 < line <= len(lines):
        return None
    text = lines[line - 1].expandtabs(1)
    at = min(max(column - 1, 0), len(text))
    number = str(line)
    shown, at = _window(text, at)
    under = _WORD.match(shown, at)
    long = len(under.group()) if under else 1
    indent = " " * len(number)
    caret = f"{' ' * at}{'^' * max(long, 1)}" if column else ""
    return f"{number} {bar} {shown}".rstrip(), f"{indent} {bar} {caret}".rstrip()


def _window(text: str, at: int) -> tuple[str, int]:
    """At most WIDEST characters of a line, with column `at` among them."""
    if len(text) <= WIDEST:
        return text, at
    start = max(0, min(at - WIDEST // 3, len(text) - WIDEST))
    shown = text[start : start + WIDEST]
    head, tail = "…" if start else "", "…" if start + WIDEST < len(text) else ""
    return f"{head}{shown}{tail}", at - start + len(head)

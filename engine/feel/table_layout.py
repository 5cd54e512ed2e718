"""The layout of a pipe table, without any meaning: aligned for people, compact for a content hash.

Cells are kept as they were written, escapes and quotes included; only the space around them changes, and the line of
dashes. A text that is no sound table is left as it is. Called by `engine.flow.layout` and `engine.flow.versions`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from engine.feel.table_text import parse_pipe_table, separators

_DASHES = re.compile(r":?-{2,}:?")
_SPLIT = None
"""Stands for `||` among the cells of a row."""

Cells = list[str | None]


def aligned(text: str) -> list[str] | None:
    """The lines of a table with every column as wide as its widest cell; None when it cannot be read as a table."""
    rows = _rows(text)
    if rows is None:
        return None
    widths = [
        max((len(cell) for row in rows if (cell := row[at]) is not None and not _is_rule(row)), default=0)
        for at in range(len(rows[0]))
    ]
    return [_line(row, widths) for row in rows]


@lru_cache(maxsize=64)
def compact(text: str) -> str:
    """The same for two tables that differ in layout only: no padding, no line of dashes, no empty lines."""
    rows = _rows(text)
    if rows is None:
        return text
    return "\n".join("|" + "|".join(cell or "" for cell in row) + "|" for row in rows if not _is_rule(row))


def _rows(text: str) -> list[Cells] | None:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines or parse_pipe_table(text, conclusions="||" in lines[0]).problems:
        return None
    rows = [_cells(line) for line in lines]
    shape = [cell is None for cell in rows[0]]
    return rows if all([cell is None for cell in row] == shape for row in rows) else None


def _cells(line: str) -> Cells:
    return [
        _SPLIT if following == bar + 1 else line[bar + 1 : following].strip()
        for bar, following in pairwise(separators(line))
    ]


def _is_rule(row: Cells) -> bool:
    return all(cell is None or _DASHES.fullmatch(cell) for cell in row)


def _line(row: Cells, widths: list[int]) -> str:
    if _is_rule(row):
        return (
            "|"
            + "|".join("" if cell is None else _dashes(cell, width) for cell, width in zip(row, widths, strict=True))
            + "|"
        )
    parts = ["" if cell is None else f" {cell.ljust(width)} " for cell, width in zip(row, widths, strict=True)]
    return "|" + "|".join(parts) + "|"


def _dashes(cell: str, width: int) -> str:
    """A rule keeps its colons."""
    left, right = cell.startswith(":"), cell.endswith(":")
    return ":" * left + "-" * (width + 2 - left - right) + ":" * right

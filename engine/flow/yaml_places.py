"""Where an event of the YAML parser stands, as lines and columns of the file. Used by `engine.flow.yaml_tree`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import yaml

from engine.flow.positions import Mark
from engine.flow.yaml_nodes import Style


class _PlaceLike(Protocol):
    line: int
    column: int


def at(mark: _PlaceLike | None) -> tuple[int, int]:
    """Line and column, 0-based; PyYAML's types allow for none, its events always have one."""
    return (mark.line, mark.column) if mark else (0, 0)


def mark_of(event: yaml.Event) -> Mark:
    line, column = at(event.start_mark)
    return Mark(line + 1, column + 1, line + 1, column + 1)


def pieces_of(text: str, style: Style, lines: list[str], event: yaml.ScalarEvent) -> Iterator[tuple[int, int, int]]:
    """Offset in the text, line and column in the file, for each source line of a scalar."""
    (start_line, start_column), (end_line, end_column) = at(event.start_mark), at(event.end_mark)
    quote = 1 if style in ("single", "double") else 0
    first = start_line + (1 if style in ("literal", "folded") else 0)
    cursor = 0
    for number in range(first, min(end_line + 1, len(lines))):
        left = start_column + quote if number == start_line else 0
        right = end_column - quote if number == end_line else None
        row = lines[number][left:right]
        content = row.strip()
        offset = text.find(content, cursor) if content else -1
        if offset >= 0:
            indent = len(row) - len(row.lstrip())
            yield offset, number + 1, left + indent + 1
            cursor = offset + len(content)
        elif number == start_line:
            yield 0, number + 1, left + 1

"""Where everything in a flow file stands: from a path in the tree to line and column.

A path is the keys from the top: `("decisions", "toestemming", "table")`, list items by number:
`("checks", 0, "must")`. For a scalar, an offset within its text is turned into the place in the file,
so that an error in an expression or a table cell points at the character itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter

from engine.errors import Where
from engine.flow.model import Flow

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value and its key start, both 1-based; for a scalar also its text and its pieces:
    (offset in the text, line, column) for each line of the file that it stands on."""

    line: int
    column: int
    key_line: int
    key_column: int
    text: str = ""
    pieces: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Positions:
    """Path -> place. A path that is not in the file falls back to its nearest parent.

    One item may stand in the file without its list, and a text without its keys: then it is found there.
    """

    file: str
    marks: Mapping[Path, Mark]

    def mark(self, *path: str | int) -> Mark:
        """The mark of a path, or of what stands for it in the file."""
        return self._mark(path)

    def _mark(self, path: Path) -> Mark:
        return self.marks.get(path) or self.marks.get(self._written(path), Mark(1, 1, 1, 1))

    def _written(self, path: Path) -> Path:
        """As much of a path as the file has; the number of an item without a list is left out."""
        found: Path = ()
        for step in path:
            if (*found, step) in self.marks:
                found = (*found, step)
            elif step != 0:
                break
        return found

    def where(self, *path: str | int) -> Where:
        """Where the value at `path` starts."""
        mark = self._mark(path)
        return Where(self.file, mark.line, mark.column)

    def key(self, *path: str | int) -> Where:
        """Where the key of `path` stands; of a list item, the item itself."""
        mark = self._mark(path)
        return Where(self.file, mark.key_line, mark.key_column)

    def within(self, path: Path, offset: int) -> Where:
        """Where character `offset` (0-based) of the scalar at `path` stands."""
        mark = self._mark(path)
        if not mark.pieces:
            return Where(self.file, mark.line, mark.column)
        at = bisect_right(mark.pieces, offset, key=itemgetter(0)) - 1
        start, line, column = mark.pieces[max(at, 0)]
        return Where(self.file, line, column + max(offset - start, 0))

    def at_line(self, path: Path, line: int, column: int) -> Where:
        """Where column `column` of line `line` (both 0-based) of the scalar at `path` stands."""
        starts = _line_starts(self._mark(path).text)
        return self.within(path, (starts[line] if line < len(starts) else 0) + column)


@lru_cache(maxsize=64)
def _line_starts(text: str) -> tuple[int, ...]:
    """The offset at which each line of a text starts."""
    return (0, *accumulate(len(row) + 1 for row in text.split("\n")))


@dataclass(frozen=True, slots=True)
class ParsedFlow:
    """A flow file that was read without errors: the model, where everything stands, and the text."""

    flow: Flow
    positions: Positions
    text: str

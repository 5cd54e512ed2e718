"""Pipe tables as text: into heads, rows and cells that know where they stand. Pure layout, no meaning.

    | spoed | dun_genoeg || toestemming     | source | because     |      heads; conditions || conclusions
    |-------|------------||-----------------|--------|-------------|      optional line
    | yes   | -          || neem_contact_op | apv    | er is spoed |      a row

A cell ends at a bar; `\\|` is a bar inside a cell, and so is a bar between double quotes. Blank lines are skipped.
Right of `||` stand the conclusions, then optionally `source` and `because`, in that order. Tables without `||`
(the `steps` of a process) are read with `conclusions=False`.

A bad row never raises: it becomes a problem and is left out, the others are read. Lines and columns are 1-based and
count within the text; `moved` shifts a problem to the place of the text in its file.
`engine.feel.cells` gives the cells their meaning; `engine.flow` calls both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from engine.errors import UNSAID, Problem, Said, Where, worded

MAX_ROWS = 5_000
MAX_CELLS = 60_000

_RULE_CELL = re.compile(r":?-{2,}:?")


@dataclass(frozen=True, slots=True)
class TextCell:
    """Trimmed text of one cell; `line` and `column` of its first character (of the gap when it is empty)."""

    text: str
    line: int
    column: int
    escapes: tuple[int, ...] = ()  # positions in `text` of bars that were written `\|`

    def where(self, position: int = 0) -> Where:
        """The place of character `position` (0-based) of `text`, within the table's text."""
        return Where("", self.line, self.column + position + bisect_left(self.escapes, position))

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class PipeRow:
    """One row. `source` and `because` are None where the table has no such column."""

    line: int
    left: tuple[TextCell, ...]
    right: tuple[TextCell, ...]
    source: TextCell | None = None
    because: TextCell | None = None


@dataclass(frozen=True, slots=True)
class PipeTable:
    """A whole table; `heads` is None when the first line could not be read (then `problems` says why)."""

    heads: PipeRow | None
    rows: tuple[PipeRow, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Reader:
    """Collects while reading one text."""

    conclusions: bool
    heads: PipeRow | None = None
    shape: tuple[int, int] = (0, 0)
    rows: list[PipeRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, where: Where, code: str, message: Said, hint: Said = UNSAID) -> None:
        self.problems.append(Problem(where, code, message, hint))


@lru_cache(maxsize=64)
def parse_pipe_table(text: str, conclusions: bool = True) -> PipeTable:
    """Read a pipe table. Never raises; everything wrong is in `problems`, in the order of the text."""
    reader = _Reader(conclusions)
    seen = cells = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        seen += 1
        cells += line.count("|")
        if len(reader.rows) >= MAX_ROWS or cells > MAX_CELLS:
            reader.complain(
                Where("", number, 1),
                "E-TABLE-SIZE",
                worded(
                    "This table is larger than {max_rows:,} rows or {max_cells:,} cells.",
                    max_rows=MAX_ROWS,
                    max_cells=MAX_CELLS,
                ),
                worded("Split it into several decisions."),
            )
            break
        _read_line(reader, line, number, seen)
    if not seen:
        reader.complain(
            Where("", 1, 1), "E-TABLE-EMPTY", worded("This table is empty."), worded("Write a line of heads first.")
        )
    elif reader.heads is not None and not reader.rows and not reader.problems:
        reader.complain(reader.heads.left[0].where(), "E-TABLE-EMPTY", worded("This table has heads but no rows."))
    return PipeTable(reader.heads, tuple(reader.rows), tuple(reader.problems))


def moved(problem: Problem, file: str, line: int, indent: int) -> Problem:
    """The same problem at its place in the file: the text's first line is `line`, each line is `indent` deep."""
    where = Where(file, problem.where.line + line - 1, problem.where.column + indent)
    return Problem(where, problem.code, problem.message, problem.hint, problem.severity)


def _read_line(reader: _Reader, line: str, number: int, seen: int) -> None:
    found = _split(reader, line, number)
    if found is None:
        return
    left, right = found
    if seen > 1 and all(_RULE_CELL.fullmatch(cell.text) for cell in (*left, *right)):
        if seen > 2:
            where = left[0].where()
            reader.complain(
                where,
                "E-TABLE-RULE",
                worded("A line of dashes stands only under the heads."),
                worded("Remove this line."),
            )
        return
    if seen == 1:
        _take_heads(reader, left, right, number)
    elif reader.heads is not None:
        _take_row(reader, left, right, number)


def _split(reader: _Reader, line: str, number: int) -> tuple[list[TextCell], list[TextCell]] | None:
    """Cells left and right of `||`, or None after a complaint."""
    start = len(line) - len(line.lstrip())
    where = Where("", number, start + 1)
    bars = list(separators(line))
    ends = line.rstrip()
    if not bars or bars[0] != start:
        reader.complain(
            where,
            "E-TABLE-BAR",
            worded("A row of a table starts with a bar `|`."),
            worded("Put every row on one line."),
        )
        return None
    if bars[-1] != len(ends) - 1:
        place = Where("", number, len(ends))
        reader.complain(
            place, "E-TABLE-BAR", worded("A row of a table ends with a bar `|`."), worded("Close the last cell.")
        )
        return None
    groups: list[list[TextCell]] = [[]]
    for bar, following in pairwise(bars):
        if following == bar + 1:
            groups.append([])
        else:
            groups[-1].append(_cell(line, bar + 1, following, number))
    return _two_groups(reader, groups, where)


def _two_groups(
    reader: _Reader, groups: list[list[TextCell]], where: Where
) -> tuple[list[TextCell], list[TextCell]] | None:
    expected = 2 if reader.conclusions else 1
    if len(groups) == expected and all(groups):
        return groups[0], groups[1] if reader.conclusions else []
    if not reader.conclusions:
        reader.complain(
            where,
            "E-TABLE-SPLIT",
            worded("There is no `||` in this table."),
            worded("Write a space and a `-` in an empty cell."),
        )
    elif len(groups) == 1:
        reader.complain(
            where,
            "E-TABLE-SPLIT",
            worded("`||` is missing in this row."),
            worded("Put `||` between conditions and conclusions."),
        )
    else:
        reader.complain(
            where,
            "E-TABLE-SPLIT",
            worded("`||` stands once in a row, with a cell before and after it."),
            worded("A cell that means `any` is written `-`."),
        )
    return None


def separators(line: str) -> Iterator[int]:
    """Positions of the bars that separate cells: not escaped, not between double quotes closed on this line."""
    position, end = 0, len(line)
    while position < end:
        char = line[position]
        if char == "\\" and line[position + 1 : position + 2] == "|":
            position += 1
        elif char == '"':
            position = _closing_quote(line, position)
        elif char == "|":
            yield position
        position += 1


def _closing_quote(line: str, opening: int) -> int:
    """Position of the quote that closes; `opening` itself when none does (an inch sign, say)."""
    position = opening + 1
    while position < len(line):
        if line[position] == "\\":
            position += 1
        elif line[position] == '"':
            return position
        position += 1
    return opening


def _cell(line: str, start: int, end: int, number: int) -> TextCell:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    raw = line[start:end]
    if "\\|" not in raw:
        return TextCell(raw, number, start + 1)
    pieces = raw.split("\\|")
    escapes: list[int] = []
    position = -1
    for piece in pieces[:-1]:
        position += len(piece) + 1
        escapes.append(position)
    return TextCell("|".join(pieces), number, start + 1, tuple(escapes))


def _take_heads(reader: _Reader, left: list[TextCell], right: list[TextCell], number: int) -> None:
    before = len(reader.problems)
    names = [cell.text for cell in right]
    because = names[-1:] == ["because"]
    names = names[:-1] if because else names
    source = names[-1:] == ["source"]
    width = len(names) - source
    for cell in (*left, *right):
        if not cell.text:
            reader.complain(
                cell.where(), "E-TABLE-HEAD", worded("This column has no head."), worded("Name what stands in it.")
            )
    if reader.conclusions and width == 0:
        message = worded("No conclusion stands right of `||`; `source` and `because` come after it.")
        reader.complain(right[0].where(), "E-TABLE-HEAD", message, worded("Name the decision there."))
    _check_order(reader, right[:width])
    _check_twice(reader, left if not reader.conclusions else right)
    if len(reader.problems) == before:
        reader.heads = _row(number, left, right, width, (source, because))
        reader.shape = (len(left), len(right))


def _check_order(reader: _Reader, outputs: Sequence[TextCell]) -> None:
    for cell in outputs:
        if cell.text in ("source", "because"):
            message = worded("`{text}` stands at the end: conclusions, then `source`, then `because`.", text=cell.text)
            reader.complain(cell.where(), "E-TABLE-HEAD", message, worded("Move this column to the end."))


def _check_twice(reader: _Reader, heads: Sequence[TextCell]) -> None:
    names: set[str] = set()
    for cell in heads:
        if cell.text and cell.text in names:
            reader.complain(
                cell.where(), "E-TABLE-HEAD", worded("Two columns have this head."), worded("Remove or rename one.")
            )
        names.add(cell.text)


def _take_row(reader: _Reader, left: list[TextCell], right: list[TextCell], number: int) -> None:
    assert reader.heads is not None
    if (len(left), len(right)) != reader.shape:
        _complain_shape(reader, left, right, number)
        return
    options = (reader.heads.source is not None, reader.heads.because is not None)
    reader.rows.append(_row(number, left, right, len(reader.heads.right), options))


SIDES = (" left of `||`", " right of `||`")


def _complain_shape(reader: _Reader, left: list[TextCell], right: list[TextCell], number: int) -> None:
    sides = (left, reader.shape[0], SIDES[0]), (right, reader.shape[1], SIDES[1])
    for found, expected, side in sides:
        if len(found) == expected:
            continue
        of = worded(side) if reader.conclusions else ""
        message = worded(
            "This row has {found} cells{of}, the heads have {expected}.", found=len(found), of=of, expected=expected
        )
        place = found[expected] if len(found) > expected else found[-1]
        hint = (
            worded("A bar inside a cell is written `\\|`.")
            if len(found) > expected
            else worded("A cell that means `any` is `-`.")
        )
        reader.complain(Where("", number, place.column), "E-TABLE-WIDTH", message, hint)


def _row(number: int, left: list[TextCell], right: list[TextCell], width: int, options: tuple[bool, bool]) -> PipeRow:
    source, because = options
    rest = right[width:]
    return PipeRow(
        number,
        tuple(left),
        tuple(right[:width]),
        rest[0] if source else None,
        rest[-1] if because else None,
    )

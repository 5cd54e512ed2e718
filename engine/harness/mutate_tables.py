"""Faults in a table: in one cell, one row, or the order of rows. Text in, texts out; the layout stays.

    cell          `engine.harness.mutate_expressions`; a condition dropped
    row           dropped, swapped with the next, written twice
    conclusion    that of the next row that has another one
    because       the reasons of two rows swapped

Called by `engine.harness.mutate_rules` and `mutate_process`; tests: tests/engine/harness/test_mutate.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from engine.errors import worded
from engine.feel.table_text import PipeRow, PipeTable, TextCell, parse_pipe_table
from engine.harness.mutate_expressions import faults


@dataclass(frozen=True, slots=True)
class TableFault:
    """A table with one fault. `line` counts within the table from 0; `row` is the parsed row that it touches."""

    operator: str
    what: str
    line: int
    text: str
    row: PipeRow


class Table:
    """A table as text, its lines and its parsed rows."""

    def __init__(self, text: str, *, conclusions: bool = True) -> None:
        self.lines = text.split("\n")
        self.parsed: PipeTable = parse_pipe_table(text, conclusions=conclusions)
        self.heads = [cell.text for cell in self.parsed.heads.left] if self.parsed.heads else []

    def number(self, row: PipeRow) -> int:
        """Which row it is, from 1."""
        return self.parsed.rows.index(row) + 1

    def cell(self, cell: TextCell, new: str) -> str:
        """The table with another text in a cell."""
        at = cell.line - 1
        line = self.lines[at]
        start = cell.column - 1
        end = start + len(cell.text) + len(cell.escapes)
        return self.with_lines({at: [line[:start] + new.replace("|", r"\|") + line[end:]]})

    def with_lines(self, other: dict[int, list[str]]) -> str:
        """The table with some lines replaced by others."""
        return "\n".join(own for at, line in enumerate(self.lines) for own in other.get(at, [line]))

    def _fault(self, operator: str, what: str, row: PipeRow, text: str) -> TableFault:
        return TableFault(operator, what, row.line - 1, text, row)

    def rows(self) -> Iterator[TableFault]:
        """A row dropped, swapped with the next, or written twice."""
        rows = self.parsed.rows
        for at, row in enumerate(rows):
            mine = row.line - 1
            if len(rows) > 1:
                yield self._fault(
                    "row dropped", worded("row {number} is gone", number=at + 1), row, self.with_lines({mine: []})
                )
            again = self.with_lines({mine: [self.lines[mine]] * 2})
            yield self._fault("row twice", worded("row {number} stands there twice", number=at + 1), row, again)
            if at + 1 < len(rows):
                next_ = rows[at + 1].line - 1
                text = self.with_lines({mine: [self.lines[next_]], next_: [self.lines[mine]]})
                yield self._fault(
                    "rows swapped", worded("rows {one} and {two} in the other order", one=at + 1, two=at + 2), row, text
                )

    def cells(self) -> Iterator[TableFault]:
        """A fault in one condition, or the condition dropped."""
        for row in self.parsed.rows:
            for head, cell in zip(self.heads, row.left, strict=False):
                at = self.number(row)
                for operator, new, start, end in faults(cell.text):
                    what = _row(at, f"{head}: {told(cell.text, new, start, end)}")
                    yield self._fault(operator, what, row, self.cell(cell, new))
                if cell.text != "-":
                    what = _row(at, f"{head}: {cell.text} -> -")
                    yield self._fault("condition dropped", what, row, self.cell(cell, "-"))

    def conclusions(self) -> Iterator[TableFault]:
        """The conclusion of a row becomes that of the next row that has another one."""
        rows = self.parsed.rows
        for at, row in enumerate(rows):
            for column, cell in enumerate(row.right):
                turn = (*rows[at + 1 :], *rows[:at])
                other = next((own.right[column].text for own in turn if own.right[column].text != cell.text), "")
                if other:
                    what = self._concludes(at + 1, column, f"{cell.text} -> {other}")
                    yield self._fault("conclusion", what, row, self.cell(cell, other))
                for operator, new, start, end in faults(cell.text) if _is_formula(cell.text) else ():
                    what = self._concludes(at + 1, column, told(cell.text, new, start, end))
                    yield self._fault(operator, what, row, self.cell(cell, new))

    def turned(self) -> Iterator[TableFault]:
        """The options of a conclusion in the other order: for tables that keep it."""
        for row in self.parsed.rows:
            for column, cell in enumerate(row.right):
                new = turned(cell.text)
                if new:
                    what = self._concludes(self.number(row), column, f"{cell.text} -> {new}")
                    yield self._fault("conclusion", what, row, self.cell(cell, new))

    def _concludes(self, number: int, column: int, what: str) -> str:
        """A change of a conclusion in words; of several by its column."""
        heads = self.parsed.heads.right if self.parsed.heads else ()
        if len(heads) > 1:
            return _row(number, f"{heads[column]}: {what}")
        return worded("row {number}: {what}", number=number, what=what)

    def reasons(self) -> Iterator[TableFault]:
        """The reasons of a row and the next one swapped."""
        rows = self.parsed.rows
        for at, (row, then) in enumerate(pairwise(rows), 1):
            if row.because is None or then.because is None or row.because.text == then.because.text:
                continue
            swapped = Table(self.cell(then.because, row.because.text))
            text = swapped.cell(row.because, then.because.text)
            yield self._fault(
                "reasons swapped",
                worded("rows {one} and {two} give each other's reason", one=at, two=at + 1),
                row,
                text,
            )


def _row(number: int, what: str) -> str:
    return worded("row {number}, {what}", number=number, what=what)


def told(old: str, new: str, start: int, end: int) -> str:
    """A change in words, with a little of what stands around it."""
    if len(old) <= 60:
        return f"{old} -> {new}"
    left, right = max(0, start - 20), end + 20
    grown = right + len(new) - len(old)
    return f"…{old[left:right].strip()}… -> …{new[left:grown].strip()}…"


def turned(text: str) -> str:
    """Options between commas in the other order; "" where there is one alone, or an expression."""
    parts = [own.strip() for own in text.split(",")]
    is_list = len(parts) > 1 and all(re.fullmatch(r'\w+|"[^",]*"', own) for own in parts)
    return ", ".join(reversed(parts)) if is_list else ""


def _is_formula(text: str) -> bool:
    return bool(re.search(r"\d|[<>=+*/]|\byes\b|\bno\b", text)) and not text.startswith('"')

"""The pipe table of a process: from text to rows that know where they stand. Names are not looked up here.

    | from           | event  | by                     | if            | to      | do                             |
    | judging, other | agree  | worker not propose     | recht = "wel" | decided | publish outcome; tell bel_eerst |

`engine.graph.process_resolve` turns rows into steps; it alone calls this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.errors import UNSAID, Problem, Said, Where, worded
from engine.feel.nearest import nearest
from engine.feel.table_text import PipeRow, TextCell, parse_pipe_table
from engine.graph.process import Action, By, Do, When

COLUMNS = ("from", "event", "by", "if", "to", "do")
STAY = "stay"
REMOVE = "remove"
ONGOING = "ongoing"
ANY = "any"

Locate = Callable[[int, int], Where]
"""From line and column in the table's text (1-based) to the place in the file."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_EVENT = re.compile(r"[A-Za-z][A-Za-z0-9_]*|late:[A-Za-z][A-Za-z0-9_]*")
_PARTY = re.compile(r"worker\s+not\s+(?P<events>.+)")


@dataclass(frozen=True, slots=True)
class Word:
    """One name in a cell, and where it stands."""

    text: str
    where: Where


@dataclass(frozen=True, slots=True)
class Row:
    """One row, still over several places. `to` is a name, `stay` or `remove`."""

    sources: tuple[Word, ...]
    event: Word
    by: By
    not_by: tuple[Word, ...]
    when: When
    guard: str
    to: Word
    do: tuple[tuple[Action, Where], ...]
    where: Where
    guard_where: Where


class Complaints(list[Problem]):
    """Problems found so far."""

    def add(self, where: Where, code: str, message: Said, hint: Said = UNSAID) -> None:
        self.append(Problem(where, code, message, hint))


def closest(name: str, known: tuple[str, ...] | list[str]) -> Said:
    """A way out for a name that does not exist: the nearest one, or all of them."""
    near = nearest(name, known)
    return (
        worded("Did you mean {near}?", near=near[0]) if near else worded("There are: {known}.", known=", ".join(known))
    )


def parse_rows(text: str, locate: Locate, problems: Complaints) -> list[Row]:
    """Every row of the table that can be read; what cannot goes to `problems`."""
    table = parse_pipe_table(text, conclusions=False)
    for found in table.problems:
        place = locate(found.where.line, found.where.column)
        problems.append(Problem(place, found.code, found.message, found.hint, found.severity))
    if table.heads is None:
        return []
    heads = [cell.text for cell in table.heads.left]
    if sorted(heads) != sorted(COLUMNS):
        where = locate(table.heads.line, table.heads.left[0].column)
        hint = worded("Write | {columns} |.", columns=" | ".join(COLUMNS))
        problems.add(
            where, "E-STEPS-HEADS", worded("The columns of a process are from, event, by, if, to and do."), hint
        )
        return []
    reader = _Rows(heads, locate, problems)
    return [row for each in table.rows if (row := reader.read(each)) is not None]


@dataclass(slots=True)
class _Rows:
    heads: list[str]
    locate: Locate
    problems: Complaints

    def read(self, row: PipeRow) -> Row | None:
        """One row, or None when something in it is wrong (and said)."""
        before = len(self.problems)
        cells = dict(zip(self.heads, row.left, strict=True))
        sources = self._names(cells["from"], "E-STEPS-FROM", worded("`from` names one or more places."))
        event = self._event(cells["event"])
        by, not_by = self._by(cells["by"])
        when, guard = self._guard(cells["if"])
        to = self._names(cells["to"], "E-STEPS-TO", worded("`to` names one place, `stay` or `remove`."), most=1)
        do = tuple(self._actions(cells["do"]))
        if len(self.problems) > before:
            return None
        where, guard_where = self._where(row.left[0]), self._where(cells["if"])
        return Row(sources, event, by, not_by, when, guard, to[0], do, where, guard_where)

    def _where(self, cell: TextCell, position: int = 0) -> Where:
        place = cell.where(position)
        return self.locate(place.line, place.column)

    def _parts(self, cell: TextCell, text: str, start: int, separator: str) -> Iterator[Word]:
        """The pieces of `text`, which stands at `start` in the cell, each with its place."""
        for piece in text.split(separator):
            lead = len(piece) - len(piece.lstrip())
            yield Word(piece.strip(), self._where(cell, start + lead))
            start += len(piece) + len(separator)

    def _names(self, cell: TextCell, code: str, message: Said, most: int = 1_000) -> tuple[Word, ...]:
        words = tuple(self._parts(cell, cell.text, 0, ","))
        wrong = [word for word in words if not _NAME.fullmatch(word.text)]
        if wrong or len(words) > most:
            where = wrong[0].where if wrong else self._where(cell)
            self.problems.add(where, code, message, worded("A name has letters, digits and `_`; commas part names."))
        return words

    def _event(self, cell: TextCell) -> Word:
        if not _EVENT.fullmatch(cell.text):
            message = worded("`event` is one name, or `late:` and a term.")
            self.problems.add(self._where(cell), "E-STEPS-EVENT", message, worded("Name what happens, such as submit."))
        return Word(cell.text, self._where(cell))

    def _by(self, cell: TextCell) -> tuple[By, tuple[Word, ...]]:
        found = _PARTY.fullmatch(cell.text)
        if found:
            words = tuple(self._parts(cell, found["events"], found.start("events"), ","))
            for word in words:
                if not _NAME.fullmatch(word.text):
                    message = worded("Behind `worker not` stand events, separated by commas.")
                    self.problems.add(word.where, "E-STEPS-BY", message, worded("Write worker not propose."))
            return By.WORKER, words
        if cell.text in set(By):
            return By(cell.text), ()
        message = worded("`by` says whose event it is.")
        hint = worded("Write citizen, worker, worker not EVENT, payment, engine or clock.")
        self.problems.add(self._where(cell), "E-STEPS-BY", message, hint)
        return By.ENGINE, ()

    def _guard(self, cell: TextCell) -> tuple[When, str]:
        if cell.text in {When.ALWAYS, When.ELSE}:
            return When(cell.text), ""
        if not cell.text:
            message = worded("`if` is empty.")
            self.problems.add(self._where(cell), "E-STEPS-IF", message, worded("Write an expression, `-` or `else`."))
        return When.IF, cell.text

    def _actions(self, cell: TextCell) -> Iterator[tuple[Action, Where]]:
        if cell.text == "-":
            return
        for word in self._parts(cell, cell.text, 0, ";"):
            kind, _, what = word.text.partition(" ")
            if kind in set(Do) and _NAME.fullmatch(what.strip()):
                yield Action(Do(kind), what.strip()), word.where
                continue
            known = tuple(Do)
            message = worded("`do` is `-`, or actions with an id each, separated by `;`.")
            hint = worded("Write task beoordelen. Actions are {known}.", known=", ".join(known))
            self.problems.add(word.where, "E-STEPS-DO", message, hint)

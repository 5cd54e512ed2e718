"""Cells of a decision table, from text to meaning: what may stand in a cell depends on the type of its column.

    left    -   test, test   not(test, test)   has a, b   all a, b   only a
            test: option | literal | none | unsure | [a..b] (a..b) [a..b) (a..b] | < <= > >= = != with anything
    right   literal | option | none | expression | -  (refused)

    column      literals                                      besides
    boolean     yes no ja nee true false
    choice      the options, bare or quoted                   an option wins over a reserved word
    choices     only after has, all, only
    number      12   -3   0.5
    date        2026-04-06                                    time 14:30, date and time 2026-04-06T14:30
    durations   P42D   P6W   P1Y6M
    text        "quoted"

The right side of a comparison is a literal where it can be one (a pure set of values, which can be analysed), else
a FEEL expression (`Compare`). Nothing raises: each fault becomes a Problem at its own character, and None is returned.
Called by `engine.graph` with the columns' types; the layout is `engine.feel.table_text`'s.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from engine.errors import UNSAID, Problem, Said, worded
from engine.feel.cells import (
    ORDERED,
    All,
    AnyOf,
    Anything,
    CellTest,
    ColumnType,
    Compare,
    Has,
    Interval,
    Kind,
    Not,
    OneOf,
    Only,
    Order,
)
from engine.feel.cells_literals import Unreadable, literal, looks_like_name, near
from engine.feel.parser import parse
from engine.feel.syntax import FeelSyntaxError, Profile
from engine.feel.table_model import Computed, Conclusion, Constant
from engine.feel.table_text import TextCell
from engine.feel.tree import Expr, Literal
from engine.feel.unsure import UNSURE

_ORDER = re.compile(r"(<=|>=|!=|<|>|=)\s*")
_INTERVAL = re.compile(r"([\[(])(.*?)\.\.(.*)([\])])")
_CHOSEN = re.compile(r"(has|all|only)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a cell: trimmed text, and where it starts in the cell's text."""

    text: str
    start: int

    def after(self, length: int) -> _Piece:
        rest = self.text[length:]
        return _Piece(rest.strip(), self.start + length + len(rest) - len(rest.lstrip()))


@dataclass(slots=True)
class CellReader:
    """Reads the cells of one table. `names` are in scope of expressions, `members` may follow a dot.

    `problems` holds every fault so far, placed within the table's text.
    """

    names: Collection[str] = ()
    members: Collection[str] = ()
    problems: list[Problem] = field(default_factory=list)

    def test(self, cell: TextCell, kind: ColumnType) -> CellTest | None:
        """A left cell; None after a problem."""
        before = len(self.problems)
        found = self._cell(cell, kind)
        return found if len(self.problems) == before else None

    def conclusion(self, cell: TextCell, kind: ColumnType) -> Conclusion | None:
        """A right cell; None after a problem. A type error of an expression is the checker's to report."""
        text = cell.text
        if text in ("", "-"):
            hint = worded("Write a value; for no value write `none`.")
            self._complain(cell, 0, "E-CELL-EMPTY", worded("This conclusion is empty."), hint)
            return None
        if kind.kind is Kind.CHOICE and text in kind.options:
            return Constant(text)
        try:
            value = self._set(text, kind) if kind.kind is Kind.CHOICES else literal(text, kind)
        except Unreadable as fault:
            misspelled = kind.options and looks_like_name(text) and text not in self.names
            if not fault.certain and not misspelled:
                return self._computed(cell)
            self._complain(cell, 0, "E-CELL-VALUE", fault.message, fault.hint)
            return None
        return Constant(value)

    def _set(self, text: str, kind: ColumnType) -> object:
        """The conclusion of a `choices` decision: options between commas, `[]` for none of them, or null."""
        if text in ("none", "[]"):
            return None if text == "none" else []
        return [literal(piece.text, kind) for piece in _split(_Piece(text, 0))]

    def expression(self, cell: TextCell) -> Expr | None:
        """A head, or any cell that is an expression as a whole; None after a problem."""
        return self._expression(cell, _Piece(cell.text, 0))

    # --- left cells -----------------------------------------------------------------------------------------

    def _cell(self, cell: TextCell, kind: ColumnType) -> CellTest:
        text = cell.text
        if text == "-":
            return Anything()
        if not text:
            self._complain(
                cell, 0, "E-CELL-EMPTY", worded("This cell is empty."), worded("Write `-` where every value will do.")
            )
            return Anything()
        if text in kind.options and kind.kind is Kind.CHOICE:
            return OneOf((text,))
        if text.startswith("not(") and text.endswith(")") and _closes(text, 3) == len(text) - 1:
            inner = _Piece(text[4:-1], 4).after(0)
            if inner.text in ("", "-"):
                hint = worded("Leave this row out, or name what must not hold.")
                self._complain(cell, inner.start, "E-CELL-NOT", worded("Nothing matches this cell."), hint)
                return Anything()
            return Not(self._tests(cell, inner, kind))
        return self._tests(cell, _Piece(text, 0), kind)

    def _tests(self, cell: TextCell, whole: _Piece, kind: ColumnType) -> CellTest:
        chosen = _CHOSEN.match(whole.text)
        if kind.kind is Kind.CHOICES and chosen:
            return self._chosen(cell, chosen[1], whole.after(chosen.end()), kind)
        tests = [self._piece(cell, piece, kind) for piece in _split(whole)]
        return _merged(tests)

    def _piece(self, cell: TextCell, piece: _Piece, kind: ColumnType) -> CellTest:
        if not piece.text:
            self._complain(cell, piece.start, "E-CELL-EMPTY", worded("Nothing stands before or after this comma."))
            return Anything()
        if kind.kind is Kind.CHOICE and piece.text in kind.options:
            return OneOf((piece.text,))
        order = _ORDER.match(piece.text)
        if order:
            return self._comparison(cell, piece, order[1], kind)  # type: ignore[arg-type]
        interval = _INTERVAL.fullmatch(piece.text)
        if interval and kind.kind in ORDERED:
            return self._interval(cell, piece, interval, kind)
        try:
            value = literal(piece.text, kind)
            if kind.kind is Kind.CHOICES and isinstance(value, str):
                raise Unreadable(
                    worded("Several options can be chosen here."),
                    worded("Write `has {value}`, `all` or `only`.", value=value),
                )
            return OneOf((value,))
        except Unreadable as fault:
            self._complain(cell, piece.start, "E-CELL-VALUE", fault.message, fault.hint)
            return Anything()

    def _comparison(self, cell: TextCell, piece: _Piece, order: Order, kind: ColumnType) -> CellTest:
        right = piece.after(len(order))
        if not right.text:
            self._complain(cell, piece.start, "E-CELL-VALUE", worded("Nothing stands after `{order}`.", order=order))
            return Anything()
        if not _compares(order, kind):
            hint = (
                worded("Write `has`, `all` or `only`.")
                if kind.kind is Kind.CHOICES
                else worded("List the values with commas.")
            )
            message = worded("A column of type {kind} is not compared with `{order}`.", kind=kind.kind, order=order)
            self._complain(cell, piece.start, "E-CELL-ORDER", message, hint)
            return Anything()
        try:
            return _against(order, literal(right.text, kind))
        except Unreadable as fault:
            if fault.certain or (kind.options and looks_like_name(right.text) and right.text not in self.names):
                self._complain(cell, right.start, "E-CELL-VALUE", fault.message, fault.hint)
                return Anything()
        expr = self._expression(cell, right)
        return Anything() if expr is None else Compare(order, expr)

    def _interval(self, cell: TextCell, piece: _Piece, match: re.Match[str], kind: ColumnType) -> CellTest:
        ends: list[object] = []
        for group in (2, 3):
            end = _Piece(piece.text, piece.start).after(match.start(group))
            text = match[group].strip()
            try:
                ends.append(literal(text, kind))
                if ends[-1] is None or ends[-1] is UNSURE:
                    raise Unreadable(
                        worded("An interval runs from value to value."), worded("Use `<` or `>=` for one side only.")
                    )
            except Unreadable as fault:
                hint = fault.hint or worded("Against another fact, write a comparison: `>= fact`.")
                self._complain(cell, end.start, "E-CELL-VALUE", fault.message, hint)
        if len(ends) < 2:
            return Anything()
        found = Interval(ends[0], ends[1], match[1] == "[", match[4] == "]")
        low, high = ends
        if low > high or (low == high and not (found.low_closed and found.high_closed)):  # type: ignore[operator]
            self._complain(
                cell,
                piece.start,
                "E-CELL-INTERVAL",
                worded("No value lies in this interval."),
                worded("Put the lowest bound first."),
            )
        return found

    def _chosen(self, cell: TextCell, word: str, rest: _Piece, kind: ColumnType) -> CellTest:
        options: list[str] = []
        for piece in _split(rest):
            try:
                option = literal(piece.text, kind)
            except Unreadable as fault:
                self._complain(cell, piece.start, "E-CELL-VALUE", fault.message, fault.hint)
                continue
            if isinstance(option, str):
                options.append(option)
            else:
                hint = worded("Options are {value}.", value=near("", kind.options))
                self._complain(
                    cell, piece.start, "E-CELL-VALUE", worded("After `{word}` stand options.", word=word), hint
                )
        if word == "has":
            return Has(tuple(options))
        return All(tuple(options)) if word == "all" else Only(tuple(options))

    # --- expressions ----------------------------------------------------------------------------------------

    def _computed(self, cell: TextCell) -> Conclusion | None:
        expr = self._expression(cell, _Piece(cell.text, 0))
        if expr is None:
            return None
        return Constant(expr.value) if isinstance(expr, Literal) else Computed(expr)

    def _expression(self, cell: TextCell, piece: _Piece) -> Expr | None:
        try:
            return parse(piece.text, self.names, members=self.members, profile=Profile.CELL)
        except FeelSyntaxError as fault:
            self._complain(cell, piece.start + fault.offset, "E-FEEL-SYNTAX", fault.message, fault.hint)
            return None

    def _complain(self, cell: TextCell, position: int, code: str, message: Said, hint: Said = UNSAID) -> None:
        self.problems.append(Problem(cell.where(position), code, message, hint))


def _compares(order: Order, kind: ColumnType) -> bool:
    if kind.kind is Kind.CHOICES:
        return False
    return order in ("=", "!=") or kind.kind in ORDERED or kind.kind is Kind.TEXT


def _against(order: Order, value: object) -> CellTest:
    """A comparison with a constant, as a set of values."""
    if order in ("=", "!="):
        return OneOf((value,)) if order == "=" else Not(OneOf((value,)))
    if value is None or value is UNSURE:
        raise Unreadable(worded("`none` and `unsure` have no order."), worded("Write the value itself."), certain=True)
    closed = order in ("<=", ">=")
    return Interval(None, value, False, closed) if order[0] == "<" else Interval(value, None, closed, False)


def _merged(tests: Sequence[CellTest]) -> CellTest:
    """One test; several values in one `OneOf`."""
    values = [value for test in tests if isinstance(test, OneOf) for value in test.values]
    merged: list[CellTest] = [OneOf(tuple(values))] if values else []
    merged.extend(test for test in tests if not isinstance(test, OneOf))
    return merged[0] if len(merged) == 1 else AnyOf(tuple(merged))


def _split(whole: _Piece) -> Iterator[_Piece]:
    """The parts between commas that stand outside quotes and brackets."""
    depth = start = position = 0
    text = whole.text
    while position < len(text):
        char = text[position]
        if char == '"':
            position = _quoted(text, position)
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == "," and depth <= 0:
            yield _Piece(text[:position], whole.start).after(start)
            start = position + 1
        position += 1
    yield _Piece(text, whole.start).after(start)


def _quoted(text: str, opening: int) -> int:
    """The closing quote; the last character when none closes."""
    position = opening + 1
    while position < len(text) and text[position] != '"':
        position += 2 if text[position] == "\\" else 1
    return min(position, len(text) - 1)


def _closes(text: str, opening: int) -> int:
    """Where the bracket that opens at `opening` closes; -1 when it does not."""
    depth = 0
    position = opening
    while position < len(text):
        char = text[position]
        if char == '"':
            position = _quoted(text, position)
        depth += (char in "([{") - (char in ")]}")
        if depth == 0:
            return position
        position += 1
    return -1

"""Decisions, functions and parameters of the flow, from text to rows and formulas.

    table       head expressions and typed cells (`engine.feel.cells_read`), one conclusion, `source`, `because`
    rules       one expression a row; `else` holds when no other rule did
    is          one formula

Called by `engine.graph.compile`; tests: tests/engine/graph/test_compile.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, TypeGuard

from engine.errors import Problem, Where, worded
from engine.feel.cells import CellTest, ColumnType, Compare, Kind, parts
from engine.feel.cells_literals import Unreadable, literal
from engine.feel.cells_read import CellReader
from engine.feel.table_model import Constant
from engine.feel.table_text import PipeTable, TextCell, parse_pipe_table
from engine.feel.tree import Comparison, Expr, Literal, Name
from engine.feel.tree import Kind as LiteralKind
from engine.feel.types import BOOLEAN, INTEGER, NUMBER, Type
from engine.flow import model
from engine.flow.positions import Path
from engine.graph.flow_types import argument_types, column_of, item_types, loosely, type_of
from engine.graph.graph import CellCondition, Condition, Formula, ParameterTable, Row, Ruling
from engine.graph.kinds import Named, kind_of, of_ruling
from engine.graph.reading import Reading

ELSE = "else"


class RulingCompiler:
    """One for each flow; `kinds` are the types of names, `parameters` the tables already read."""

    def __init__(self, reading: Reading, kinds: Named, parameters: Mapping[str, ParameterTable]) -> None:
        self.reading = reading
        self.kinds = kinds
        self.parameters = parameters

    def decision(self, name: str, spec: model.Decision) -> Ruling:
        """A decision of the flow."""
        made = self._ruling(name, spec, ("decisions", name), self._item_kinds(spec.each), self._item_types(spec.each))
        return replace(made, each=spec.each)

    def function(self, name: str, spec: model.Function) -> Ruling:
        """A function of the flow."""
        kinds = {given: of_ruling(kind) for given, kind in spec.given.items()}
        made = self._ruling(name, spec, ("functions", name), kinds, argument_types(spec))
        return replace(made, given=tuple(spec.given))

    def _item_types(self, list_name: str) -> Mapping[str, Type]:
        return item_types(self.reading.flow, list_name) if list_name else {}

    def _item_kinds(self, list_name: str) -> Named:
        fact = self.reading.flow.facts.get(list_name)
        if fact is None:
            return {}
        fields = {field: self.kinds[f"{list_name}.{field}"] for field in fact.of}
        each = {name: of_ruling(spec) for name, spec in self.reading.flow.decisions.items() if spec.each == list_name}
        return {**fields, **each}

    def _ruling(self, name: str, spec: model.Ruling, path: Path, kinds: Named, extra: Mapping[str, Type]) -> Ruling:
        made = Ruling(
            name=name,
            type=spec.type,
            where=self.reading.positions.key(*path),
            options=spec.options,
            hit=spec.hit,
            round=spec.round,
            source=spec.source,
            because=spec.because,
            reasons=_reasons(spec),
        )
        if spec.expression is not None:
            formula = self.reading.formula(spec.expression, (*path, "is"), extra, _wanted(spec))
            return replace(made, formula=formula)
        if spec.table is not None:
            return replace(made, rows=self._table(spec, (*path, "table"), kinds, extra))
        return replace(made, rows=self._rules(spec, (*path, "rules"), extra))

    # -- tables

    def _table(self, spec: model.Ruling, path: Path, kinds: Named, extra: Mapping[str, Type]) -> tuple[Row, ...]:
        table = self._pipe_table(spec.table or "", path)
        if table.heads is None:
            return ()
        names = {**self.kinds, **kinds}
        reader = CellReader(self.reading.names | set(extra), self.reading.members)
        heads = [self._head(reader, head, path, extra) for head in table.heads.left]
        types = [self._column(head, names, extra) if self._is_typed(head) else None for head in heads]
        self._one_conclusion(table, path, spec)
        rows = []
        for number, row in enumerate(table.rows, 1):
            tests = [reader.test(cell, kind) if kind else None for cell, kind in zip(row.left, types, strict=False)]
            output = self._output(reader, row.right[0], spec, path, extra) if row.right else None
            conditions = [
                CellCondition(head, test, column)
                for column, (head, test, cell) in enumerate(zip(heads, tests, row.left, strict=False))
                if head is not None and test is not None and self._compares(head, test, cell, path, extra)
            ]
            where = self._at(path, row.line, 1)
            source = str(row.source) if row.source is not None and str(row.source) not in ("-", "") else spec.source
            because = str(row.because) if row.because is not None and str(row.because) != "-" else ""
            if output is not None and len(conditions) == len(heads):
                rows.append(Row(number, tuple(conditions), output, source, because, where))
        self._move(reader.problems, path)
        return tuple(rows)

    def _is_typed(self, head: Formula | None) -> TypeGuard[Formula]:
        """Not where the head itself is at fault, or reads a fact that could not be read: its cells are left alone."""
        return head is not None and not head.names & self.reading.dropped

    def _column(self, head: Formula, names: Named, extra: Mapping[str, Type]) -> ColumnType:
        """What may stand in a column: of a fact or decision itself everything is known, else what its type says."""
        if isinstance(head.expr, Name) and head.expr.name in names:
            return names[head.expr.name]
        found = column_of(head.expr, {**self.reading.types, **extra})
        return found or kind_of(head.expr, names, self.parameters)

    def _compares(self, head: Formula, test: CellTest, cell: TextCell, path: Path, extra: Mapping[str, Type]) -> bool:
        """Whether what a cell compares with, where it is an expression, can be compared with the head at all."""
        return all(
            self.reading.fits(
                Comparison(part.order, _at_start(head.expr, part.right), part.right),
                lambda offset: self._at_offset(path, cell, offset + _lead(cell)),
                extra,
                None,
            )
            for part in parts(test)
            if isinstance(part, Compare)
        )

    def _head(self, reader: CellReader, cell: TextCell, path: Path, extra: Mapping[str, Type]) -> Formula | None:
        expr = reader.expression(cell)
        if expr is None:
            return None
        return self.reading.made(expr, cell.text, lambda offset: self._at_offset(path, cell, offset), extra)

    def _output(
        self, reader: CellReader, cell: TextCell, spec: model.Ruling, path: Path, extra: Mapping[str, Type]
    ) -> Formula | None:
        found = reader.conclusion(cell, of_ruling(spec))
        if found is None:
            return None

        def locate(offset: int) -> Where:
            return self._at_offset(path, cell, offset)

        if isinstance(found, Constant):
            return self.reading.made(constant(found.value), cell.text, locate, extra)
        return self.reading.made(found.expr, cell.text, locate, extra, _wanted(spec))

    def _at_offset(self, path: Path, cell: TextCell, offset: int) -> Where:
        where = cell.where(offset)
        return self._at(path, where.line, where.column)

    def _one_conclusion(self, table: PipeTable, path: Path, spec: model.Ruling) -> None:
        heads = table.heads.right if table.heads is not None else ()
        if len(heads) != 1 or heads[0].text != path[-2]:
            where = self._place(path, heads[0]) if heads else self.reading.positions.where(*path)
            hint = worded("Right of `||` write `{path}`, then `source` and `because` where wanted.", path=path[-2])
            self.reading.complain(
                where, "E-TABLE-HEAD", worded("A table has one conclusion, named after its decision."), hint
            )

    def _pipe_table(self, text: str, path: Path) -> PipeTable:
        table = parse_pipe_table(text)
        self._move(table.problems, path)
        return table

    def _place(self, path: Path, cell: TextCell) -> Where:
        return self._at(path, cell.line, cell.column)

    def _at(self, path: Path, line: int, column: int) -> Where:
        return self.reading.positions.at_line(path, line - 1, column - 1)

    def _move(self, problems: Collection[Problem], path: Path) -> None:
        for problem in problems:
            self.reading.problems.append(
                replace(problem, where=self._at(path, problem.where.line, problem.where.column))
            )

    # -- rules

    def _rules(self, spec: model.Ruling, path: Path, extra: Mapping[str, Type]) -> tuple[Row, ...]:
        rows = []
        for at, rule in enumerate(spec.rules):
            is_else = rule.when.strip() == ELSE
            if is_else and at != len(spec.rules) - 1:
                where = self.reading.positions.where(*path, at, "when")
                self.reading.complain(
                    where, "E-RULES-ELSE", worded("`else` stands last."), worded("Move this rule to the end.")
                )
            when = None if is_else else self.reading.formula(rule.when, (*path, at, "when"), extra, BOOLEAN)
            then = self._then(spec, rule.then, (*path, at, "then"), extra)
            if then is None or (when is None and not is_else):
                continue
            because = str(rule.because) if rule.because is not None else ""
            where = self.reading.positions.where(*path, at)
            conditions: tuple[Condition, ...] = () if when is None else (when,)
            rows.append(Row(at + 1, conditions, then, rule.source or spec.source, because, where, is_else))
        return tuple(rows)

    def _then(self, spec: model.Ruling, text: str, path: Path, extra: Mapping[str, Type]) -> Formula | None:
        reader = CellReader(self.reading.names | set(extra), self.reading.members)
        found = reader.conclusion(TextCell(text.strip(), 1, 1), of_ruling(spec))
        for problem in reader.problems:
            where = self.reading.positions.within(path, max(0, problem.where.column - 1))
            self.reading.problems.append(replace(problem, where=where))
        if found is None:
            return None

        def locate(offset: int) -> Where:
            return self.reading.positions.within(path, offset)

        if isinstance(found, Constant):
            return self.reading.made(constant(found.value), text, locate, extra)
        return self.reading.made(found.expr, text, locate, extra, _wanted(spec))

    # -- parameters

    def parameter(self, name: str, spec: model.Parameter) -> ParameterTable:
        """A parameter's table: literals only."""
        path: Path = ("parameters", name, "table")
        table = self._pipe_table(spec.table, path)
        if table.heads is None:
            return ParameterTable(name, spec.by, (), (), (), spec.source)
        keys = tuple(head.text for head in table.heads.left)
        columns = tuple(head.text for head in table.heads.right)
        rows = []
        for row in table.rows:
            left = tuple(self._figure(cell, path) for cell in row.left)
            right = tuple(self._figure(cell, path) for cell in row.right)
            rows.append((left, right))
        return ParameterTable(name, spec.by, keys, columns, tuple(rows), spec.source)

    def _figure(self, cell: TextCell, path: Path) -> Any:
        """A literal of whatever type it looks like; bare words are options."""
        for kind in (Kind.NUMBER, Kind.DATE, Kind.BOOLEAN):
            try:
                return literal(cell.text, ColumnType(kind))
            except Unreadable:
                continue
        text = cell.text.strip('"')
        if not text:
            where = self._place(path, cell)
            self.reading.complain(
                where,
                "E-CELL-EMPTY",
                worded("This cell is empty."),
                worded("Write a number, a date, yes, no or an option."),
            )
        return text


def _wanted(spec: model.Ruling) -> Type:
    """The type that a decision's value must have; rounding makes a whole number of any number."""
    found = loosely(type_of(spec)) if isinstance(spec, model.Function) else type_of(spec)
    return NUMBER if spec.round is not None and found == INTEGER else found


def _lead(cell: TextCell) -> int:
    """How many characters of a comparison in a cell stand before its right side."""
    return len(cell.text) - len(cell.text.lstrip("<>=! "))


def _at_start(expr: Expr, near: Expr) -> Expr:
    """The head of a column as the left side of a comparison in a cell: problems are found in the cell."""
    return replace(expr, start=near.start, end=near.end)


def constant(value: Any) -> Expr:
    """A literal tree for a constant; lists keep their plain value."""
    if isinstance(value, bool):
        return Literal(value, LiteralKind.BOOLEAN)
    if value is None:
        return Literal(value, LiteralKind.NULL)
    return Literal(value, LiteralKind.STRING if isinstance(value, str) else LiteralKind.NUMBER)


def _reasons(spec: model.Ruling) -> dict[str, model.Text]:
    """Each reason of the table, of the rules and of the decision itself, with its translations."""
    whole = {str(own): own for own in (spec.because, *(rule.because for rule in spec.rules)) if own is not None}
    return {**spec.reasons, **whole}

"""Decisions, functions and parameters of the flow, from text to rows and formulas.

    table       typed cells under expressions, conclusions, `source`, `because` (`engine.graph.compile_tables`)
    rules       one expression a row; `else` holds when no other rule did
    is          one formula

Called by `engine.graph.compile`; tests: tests/engine/graph/test_compile.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.errors import Where, worded
from engine.feel.cells import ColumnType, Kind
from engine.feel.cells_literals import Unreadable, literal
from engine.feel.cells_read import CellReader
from engine.feel.table_model import Constant
from engine.feel.table_text import PipeTable, TextCell, parse_pipe_table
from engine.feel.types import BOOLEAN, Type
from engine.flow import model
from engine.flow.positions import Path
from engine.graph.compile_tables import TableCompiler, constant, part_of, wanted
from engine.graph.flow_types import argument_types, item_types
from engine.graph.graph import Condition, Formula, ParameterTable, Row, Ruling
from engine.graph.kinds import Named, of_ruling
from engine.graph.reading import Reading

ELSE = "else"


class RulingCompiler:
    """One for each flow; `kinds` are the types of names, `parameters` the tables already read."""

    def __init__(self, reading: Reading, kinds: Named, parameters: Mapping[str, ParameterTable]) -> None:
        self.reading = reading
        self.kinds = kinds
        self.parameters = parameters
        self.tables = TableCompiler(reading, kinds, parameters)

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
            formula = self.reading.formula(spec.expression, (*path, "is"), extra, wanted(spec))
            return replace(made, formula=formula)
        if spec.table is not None:
            return replace(made, rows=self.tables.rows(name, spec, (*path, "table"), kinds, extra), table=part_of(spec))
        return replace(made, rows=self._rules(spec, (*path, "rules"), extra))

    def _pipe_table(self, text: str, path: Path) -> PipeTable:
        table = parse_pipe_table(text)
        self.reading.complain_of_table(table.problems, path)
        return table

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
        return self.reading.made(found.expr, text, locate, extra, wanted(spec))

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
            where = self.reading.in_table(path, cell.line, cell.column)
            self.reading.complain(
                where,
                "E-CELL-EMPTY",
                worded("This cell is empty."),
                worded("Write a number, a date, yes, no or an option."),
            )
        return text


def _reasons(spec: model.Ruling) -> dict[str, model.Text]:
    """Each reason of the table, of the rules and of the decision itself, with its translations."""
    whole = {str(own): own for own in (spec.because, *(rule.because for rule in spec.rules)) if own is not None}
    return {**spec.reasons, **whole}

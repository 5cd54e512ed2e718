"""Decision tables from their model to `engine.dmn.tables.Table`: every cell compiled once.

The output values that order PRIORITY and OUTPUT ORDER are the column's own, else the allowed values of its type.
Caller: `engine.dmn.compile`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.dmn.model import (
    Aggregation,
    DecisionTable,
    HitPolicy,
    InputClause,
    Literal,
    OutputClause,
    Rule,
    UnaryTests,
)
from engine.dmn.scope import Program, Scope
from engine.dmn.tables import InputColumn, OutputColumn, Row, Table, TestProgram
from engine.dmn.texts import Texts
from engine.dmn.typed import typed

ANY_CELL = ("", "-")


def compile_table(item: DecisionTable, names: frozenset[str], texts: Texts) -> Table:
    """The table as a program over a scope that holds `names`."""
    cells = _Cells(item, names, texts)
    return Table(
        tuple(cells.input_column(clause) for clause in item.inputs),
        tuple(cells.output_column(clause) for clause in item.outputs),
        tuple(cells.row(rule) for rule in item.rules),
        item.hit_policy,
        item.aggregation,
        _aggregates(texts),
        item.line,
    )


class _Cells:
    """Compiles the cells of one table."""

    def __init__(self, item: DecisionTable, names: frozenset[str], texts: Texts) -> None:
        self.item = item
        self.names = names
        self.texts = texts
        self.ordered = item.hit_policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)

    def input_column(self, clause: InputClause) -> InputColumn:
        literal = clause.expression
        program = self.texts.expression(literal.text, self.names, literal.line)
        values = clause.values
        allowed = self.texts.tests(values.text, self.names, values.line) if values is not None else None
        return InputColumn(typed(program, literal.type_ref, literal.line, self.texts.types), allowed, literal.text)

    def output_column(self, clause: OutputClause) -> OutputColumn:
        default = clause.default
        order: tuple[TestProgram, ...] = ()
        if self.ordered:
            values = clause.values or self._allowed(clause)
            order = self.texts.each_test(values.text, values.line) if values is not None else ()
        return OutputColumn(clause.name, order, self._output(default, clause) if default is not None else None)

    def _allowed(self, clause: OutputClause) -> UnaryTests | None:
        """The allowed values of the column's type: its own, else that of the table or of its component."""
        types = self.texts.types
        if clause.type_ref:
            return types.allowed_values(clause.type_ref)
        return types.allowed_values(self.item.type_ref, clause.name if len(self.item.outputs) > 1 else "")

    def _output(self, literal: Literal, clause: OutputClause) -> Program:
        program = self.texts.expression(literal.text, self.names, literal.line)
        return typed(program, clause.type_ref, literal.line, self.texts.types)

    def row(self, rule: Rule) -> Row:
        tests = tuple(
            None if cell.text in ANY_CELL else self.texts.tests(cell.text, self.names, cell.line) for cell in rule.tests
        )
        outputs = zip(rule.outputs, self.item.outputs, strict=False)
        return Row(tests, tuple(self._output(literal, clause) for literal, clause in outputs))


def _aggregates(texts: Texts) -> Mapping[Aggregation, Callable[[Scope, list[object]], object]]:
    """FEEL's own sum, min and max over the outputs of a column."""
    return {
        aggregation: _aggregate(texts.expression(f"{aggregation.lower()}(outputs)", frozenset({"outputs"}), 0))
        for aggregation in (Aggregation.SUM, Aggregation.MIN, Aggregation.MAX)
    }


def _aggregate(program: Program) -> Callable[[Scope, list[object]], object]:
    return lambda scope, outputs: program(Scope({"outputs": outputs}, scope.run, scope.element))

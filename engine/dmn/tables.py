"""Decision tables (DMN 1.5, chapter 8): which rows hold, and what the hit policy makes of them.

    policy        no row holds            one or more hold
    UNIQUE        default or null         the row's output; null when more than one holds
    ANY           default or null         the output all rows agree on; null when they differ
    FIRST         default or null         the first row's output
    PRIORITY      default or null         the output that stands first in the columns' output values
    RULE ORDER    default or null         list of outputs, in order of rows
    OUTPUT ORDER  default or null         list of outputs, in order of the output values
    COLLECT       default or []           list of outputs; aggregated: sum, min, max (null for none), count (0)

With several output columns an output is a context, and an aggregation is made per column.
A row holds when every test is true (null is not). Caller: `engine.dmn.compile`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from engine.dmn.model import Aggregation, HitPolicy
from engine.dmn.scope import Program, Scope
from engine.feel.compare import equal

TestProgram = Callable[[Scope, object], object]
"""Unary tests of a cell: scope and value under test in; True, False or None out."""


@dataclass(frozen=True, slots=True)
class InputColumn:
    """`allowed` refuses a value outside the column's input values."""

    program: Program
    allowed: TestProgram | None
    text: str


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """`order` holds one test per output value, in order of priority."""

    name: str
    order: tuple[TestProgram, ...]
    default: Program | None


@dataclass(frozen=True, slots=True)
class Row:
    tests: tuple[TestProgram | None, ...]
    outputs: tuple[Program, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A compiled table; call it with a scope. `aggregates` are FEEL's own sum, min and max."""

    inputs: tuple[InputColumn, ...]
    outputs: tuple[OutputColumn, ...]
    rows: tuple[Row, ...]
    policy: HitPolicy
    aggregation: Aggregation | None
    aggregates: Mapping[Aggregation, Callable[[Scope, list[object]], object]]
    line: int

    def __call__(self, scope: Scope) -> object:
        values: list[object] = []
        for column in self.inputs:
            value = column.program(scope)
            if value is not None and column.allowed is not None and column.allowed(scope, value) is not True:
                scope.note(f"The input `{column.text}` has a value outside its input values.", self.line)
                return None
            values.append(value)
        return POLICIES[self.policy](self, scope, self.hits(scope, values))

    def hits(self, scope: Scope, values: Sequence[object]) -> Iterator[Row]:
        """The rows that hold, in order; worked out as they are asked for."""
        for row in self.rows:
            scope.run.step()
            pairs = zip(row.tests, values, strict=False)
            if all(test is None or test(scope, value) is True for test, value in pairs):
                yield row

    def output(self, scope: Scope, row: Row) -> object:
        return self.shape([program(scope) for program in row.outputs])

    def shape(self, values: Sequence[object]) -> object:
        """One value for one column; a context for several."""
        if len(self.outputs) == 1:
            return values[0] if values else None
        return {column.name: value for column, value in zip(self.outputs, values, strict=False)}

    def default(self, scope: Scope, otherwise: object = None) -> object:
        """The default outputs, `otherwise` where no column has one."""
        if all(column.default is None for column in self.outputs):
            if otherwise is None:
                scope.note("No rule of the decision table matches and it has no default output.", self.line)
            return otherwise
        return self.shape([column.default(scope) if column.default else None for column in self.outputs])

    def rank(self, scope: Scope, output: object) -> tuple[int, ...]:
        """Where the output stands in the columns' output values; lower is better."""
        values = list(output.values()) if len(self.outputs) > 1 and isinstance(output, dict) else [output]
        pairs = zip(self.outputs, values, strict=False)
        return tuple(_position(column, scope, value) for column, value in pairs)


def _position(column: OutputColumn, scope: Scope, value: object) -> int:
    places = (place for place, test in enumerate(column.order) if test(scope, value) is True)
    return next(places, len(column.order))


def _unique(table: Table, scope: Scope, hits: Iterator[Row]) -> object:
    first, second = next(hits, None), next(hits, None)
    if first is None:
        return table.default(scope)
    if second is not None:
        scope.note("More than one rule of a UNIQUE decision table matches.", table.line)
        return None
    return table.output(scope, first)


def _any(table: Table, scope: Scope, hits: Iterator[Row]) -> object:
    outputs = [table.output(scope, row) for row in hits]
    if not outputs:
        return table.default(scope)
    if any(equal(output, outputs[0], scope.run.ledger.feel) is not True for output in outputs):
        scope.note("The matching rules of an ANY decision table have different outputs.", table.line)
        return None
    return outputs[0]


def _first(table: Table, scope: Scope, hits: Iterator[Row]) -> object:
    row = next(hits, None)
    return table.default(scope) if row is None else table.output(scope, row)


def _priority(table: Table, scope: Scope, hits: Iterator[Row]) -> object:
    outputs = [table.output(scope, row) for row in hits]
    return min(outputs, key=lambda output: table.rank(scope, output)) if outputs else table.default(scope)


def _rule_order(table: Table, scope: Scope, hits: Iterator[Row]) -> object:
    return [table.output(scope, row) for row in hits] or table.default(scope)


def _output_order(table: Table, scope: Scope, hits: Iterator[Row]) -> object:
    outputs = [table.output(scope, row) for row in hits]
    return sorted(outputs, key=lambda output: table.rank(scope, output)) or table.default(scope)


def _collect(table: Table, scope: Scope, hits: Iterator[Row]) -> object:
    if table.aggregation is None:
        return [table.output(scope, row) for row in hits] or table.default(scope, [])
    rows = [[program(scope) for program in row.outputs] for row in hits]
    if table.aggregation is Aggregation.COUNT:
        return Decimal(len(rows)) if rows else table.default(scope, Decimal(0))
    if not rows:
        return table.default(scope)
    aggregate = table.aggregates[table.aggregation]
    return table.shape([aggregate(scope, list(column)) for column in zip(*rows, strict=False)])


POLICIES: Final[Mapping[HitPolicy, Callable[[Table, Scope, Iterator[Row]], object]]] = {
    HitPolicy.UNIQUE: _unique,
    HitPolicy.ANY: _any,
    HitPolicy.FIRST: _first,
    HitPolicy.PRIORITY: _priority,
    HitPolicy.RULE_ORDER: _rule_order,
    HitPolicy.OUTPUT_ORDER: _output_order,
    HitPolicy.COLLECT: _collect,
}

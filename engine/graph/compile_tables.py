"""Tables from text to rows: heads, typed cells (`engine.feel.cells_read`), conclusions, `source` and `because`.

A table of several outputs is read once: its rows are those of each output, with the conclusion in its own column. It
cannot read what it concludes itself. Called by `engine.graph.compile_rulings`; tests:
tests/engine/graph/test_compile.py, tests/engine/graph/test_outputs.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from engine.errors import Where, worded
from engine.feel.cells import CellTest, ColumnType, Compare, parts
from engine.feel.cells_read import CellReader
from engine.feel.table_model import Constant
from engine.feel.table_text import PipeRow, PipeTable, TextCell, parse_pipe_table
from engine.feel.tree import Comparison, Expr, Literal, Name
from engine.feel.tree import Kind as LiteralKind
from engine.feel.types import INTEGER, NUMBER, Type
from engine.flow import model
from engine.flow.positions import Path
from engine.graph.flow_types import column_of, loosely, type_of
from engine.graph.graph import CellCondition, Condition, Formula, ParameterTable, Row
from engine.graph.kinds import Named, kind_of, of_ruling
from engine.graph.order import condition_names
from engine.graph.reading import Reading


@dataclass(frozen=True, slots=True)
class _Lines:
    """The left side of a table: of each row its conditions, None where one of them could not be read."""

    table: PipeTable
    rows: tuple[tuple[PipeRow, tuple[Condition, ...] | None], ...]


class TableCompiler:
    """One for each flow; `kinds` are the types of names, `parameters` the tables already read."""

    def __init__(self, reading: Reading, kinds: Named, parameters: Mapping[str, ParameterTable]) -> None:
        self.reading = reading
        self.kinds = kinds
        self.parameters = parameters
        self._shared: dict[str, _Lines] = {}

    def rows(
        self, name: str, spec: model.Ruling, path: Path, kinds: Named, extra: Mapping[str, Type]
    ) -> tuple[Row, ...]:
        """The rows of a decision or function, with the conclusions of the column that has its name."""
        shared = part_of(spec)
        lines = self._shared.get(shared) or self._lines(spec, path, kinds, extra)
        if shared:
            self._shared[shared] = lines
        elif lines.table.heads is not None:
            self._one_conclusion(lines.table.heads, path)
        at = _column_of(lines.table, name if shared else "")
        reader = CellReader(self.reading.names | set(extra), self.reading.members)
        found = []
        for number, (row, conditions) in enumerate(lines.rows, 1) if at is not None else ():
            output = self._output(reader, row.right[at or 0], spec, path, extra)
            where = self.reading.in_table(path, row.line, 1)
            source = str(row.source) if row.source is not None and str(row.source) not in ("-", "") else spec.source
            because = str(row.because) if row.because is not None and str(row.because) != "-" else ""
            sound = output is not None and not self._reads_itself(output.names, output.where, spec)
            if output is not None and conditions is not None and sound:
                found.append(Row(number, conditions, output, source, because, where))
        self.reading.complain_of_table(reader.problems, path)
        return tuple(found)

    def _lines(self, spec: model.Ruling, path: Path, kinds: Named, extra: Mapping[str, Type]) -> _Lines:
        table = parse_pipe_table(spec.table or "")
        self.reading.complain_of_table(table.problems, path)
        if table.heads is None:
            return _Lines(table, ())
        names = {**self.kinds, **kinds}
        reader = CellReader(self.reading.names | set(extra), self.reading.members)
        heads = [self._head(reader, head, path, extra) for head in table.heads.left]
        heads = [None if own and self._reads_itself(own.names, own.where, spec) else own for own in heads]
        types = [self._column(head, names, extra) if self._is_typed(head) else None for head in heads]
        found: list[tuple[PipeRow, tuple[Condition, ...] | None]] = []
        for row in table.rows:
            tests = [reader.test(cell, kind) if kind else None for cell, kind in zip(row.left, types, strict=False)]
            conditions = [
                CellCondition(head, test, column)
                for column, (head, test, cell) in enumerate(zip(heads, tests, row.left, strict=False))
                if head is not None and test is not None and self._compares(head, test, cell, path, extra)
            ]
            where = self.reading.in_table(path, row.line, row.left[0].column)
            read = frozenset().union(*map(condition_names, conditions)) - frozenset().union(
                *(head.names for head in heads if head is not None)
            )
            sound = len(conditions) == len(heads) and not self._reads_itself(read, where, spec)
            found.append((row, tuple(conditions) if sound else None))
        self.reading.complain_of_table(reader.problems, path)
        return _Lines(table, tuple(found))

    def _reads_itself(self, names: Collection[str], where: Where, spec: model.Ruling) -> bool:
        """Whether something in a table of several outputs reads one of them; that is noted."""
        table = part_of(spec)
        decisions = self.reading.flow.decisions
        own = [name for name in names if table and name in decisions and decisions[name].part_of == table]
        if own:
            message = worded("Table `{table}` reads `{name}`, which it gives itself.", table=table, name=own[0])
            hint = worded("Make what needs it a decision of its own.")
            self.reading.complain(where, "E-CYCLE", message, hint)
        return bool(own)

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
        return self.reading.made(found.expr, cell.text, locate, extra, wanted(spec))

    def _at_offset(self, path: Path, cell: TextCell, offset: int) -> Where:
        where = cell.where(offset)
        return self.reading.in_table(path, where.line, where.column)

    def _one_conclusion(self, heads: PipeRow, path: Path) -> None:
        if len(heads.right) == 1 and heads.right[0].text == path[-2]:
            return
        where = self.reading.in_table(path, heads.right[0].line, heads.right[0].column)
        hint = (
            worded("Right of `||` write `{path}`, then `source` and `because` where wanted.", path=path[-2])
            if len(heads.right) == 1 or path[0] != "decisions"
            else worded("For several conclusions write `outputs` in the place of `type`: each with its own type.")
        )
        self.reading.complain(
            where, "E-TABLE-HEAD", worded("A table has one conclusion, named after its decision."), hint
        )


def part_of(spec: model.Ruling) -> str:
    """The table of several outputs to which a decision belongs, "" for none."""
    return spec.part_of if isinstance(spec, model.Decision) else ""


def _column_of(table: PipeTable, output: str) -> int | None:
    """Which of the columns right of `||` an output has ("": the only one); None where it has none."""
    heads = [head.text for head in table.heads.right] if table.heads is not None else []
    if not output:
        return 0 if heads else None
    return heads.index(output) if output in heads else None


def wanted(spec: model.Ruling) -> Type:
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

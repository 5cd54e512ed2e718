"""A compiled table on a scope: heads, comparisons and conclusions are FEEL, evaluated only when they matter.

    run = TableProgram(Table(model))
    run({"inkomen": Decimal(900), "partner": UNKNOWN})      -> the value, or UNKNOWN

A head without an expression is read from the scope by its text. This is the reference for the bulk path
(`engine.feel.bulk`); called by `engine.dmn` and `engine.harness` too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.feel.cells_expr import as_expression
from engine.feel.evaluator import Program, Run, compile_expression
from engine.feel.table import Table
from engine.feel.table_model import Computed
from engine.feel.tree import Expr, Name


def head_expressions(table: Table) -> list[Expr]:
    """What the columns show: the written heads, then for each extra column its comparison."""
    written = table.model.columns
    heads: list[Expr] = [column.expr or Name(column.head) for column in written]
    extra = [as_expression(heads[each.base], each.test, written[each.base].type.unsure) for each in table.extra]
    return heads + extra


class TableProgram:
    """Runs one table. Raises BudgetExceeded as any FEEL program does."""

    __slots__ = ("_computed", "_heads", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self._heads: Sequence[Program] = [compile_expression(head) for head in head_expressions(table)]
        conclusions = [each for rule in table.model.rules for each in rule.conclusions] + [*(table.model.default or ())]
        computed = {each.expr for each in conclusions if isinstance(each, Computed)}
        self._computed = {expr: compile_expression(expr) for expr in computed}

    def __call__(self, scope: Mapping[str, object], run: Run | None = None) -> object:
        """The table's value for these facts, or UNKNOWN while completions of the unknown ones differ."""
        run = Run() if run is None else run
        heads, computed = self._heads, self._computed
        return self.table.evaluate(lambda number: heads[number](scope, run), lambda expr: computed[expr](scope, run))

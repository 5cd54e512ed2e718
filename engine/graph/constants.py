"""With which constants does the flow compare a number or date? They are where its domain is cut into cells.

    Constants.of_fact("omtrek")     every constant that a comparison, a cell or a dated parameter sets against the fact
    Constants.of(expr)              the same for an expression used as one side of a comparison or a column's head

A side counts as constant when it can only be one of finitely many values: a literal or a calculation of literals, an
`if` between them, a parameter's column, a decision whose rows end in them. Called by `engine.graph.decide`; tests:
tests/engine/graph/test_exactness.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.feel import cells as c
from engine.feel import tree as t
from engine.feel.evaluator import BudgetExceeded, compile_expression
from engine.feel.names import free_names
from engine.flow.model import ParameterBy
from engine.graph.graph import Condition, FactNode, Formula, ParameterTable, Ruling


def is_orderable(value: object) -> bool:
    """A number or a plain date."""
    return isinstance(value, Decimal) or (isinstance(value, date) and not isinstance(value, datetime))


def _computed(expr: t.Expr) -> set[Any] | None:
    """The value of an expression that reads nothing: `-5`, `date("2026-04-06")`, `2 * 365`."""
    if free_names(expr):
        return None
    try:
        value = compile_expression(expr)({})
    except BudgetExceeded:
        return None
    return {value} if is_orderable(value) else set()


class Constants:
    """Collected once per flow, over all conditions."""

    def __init__(
        self,
        facts: Mapping[str, FactNode],
        rulings: Mapping[str, Ruling],
        parameters: Mapping[str, ParameterTable],
    ) -> None:
        self._rulings = rulings
        self._parameters = parameters
        self._cuts: dict[t.Expr, set[Any]] = {}
        self._busy: set[str] = set()
        for node in facts.values():
            if node.when is not None:
                self._scan(node.when.expr)
        for ruling in rulings.values():
            self._scan_ruling(ruling)

    def of(self, expr: t.Expr) -> tuple[Any, ...]:
        """All constants of one kind set against `expr`, ascending; empty when there are none or kinds are mixed."""
        found = self._cuts.get(expr, set())
        kinds = {type(value) for value in found}
        return tuple(sorted(found)) if len(kinds) == 1 else ()

    def of_fact(self, path: str) -> tuple[Any, ...]:
        """The same for a fact by name."""
        return self.of(t.Name(path))

    def _add(self, expr: t.Expr, values: Iterable[Any] | None) -> None:
        if values is not None:
            self._cuts.setdefault(expr, set()).update(value for value in values if is_orderable(value))

    def _scan_ruling(self, ruling: Ruling) -> None:
        if ruling.formula is not None:
            self._scan(ruling.formula.expr)
        for row in ruling.rows:
            self._scan(row.output.expr)
            for condition in row.conditions:
                self._scan_condition(condition)

    def _scan_condition(self, condition: Condition) -> None:
        if isinstance(condition, Formula):
            self._scan(condition.expr)
            return
        self._scan(condition.head.expr)
        for part in c.parts(condition.test):
            if isinstance(part, c.OneOf):
                self._add(condition.head.expr, part.values)
            elif isinstance(part, c.Interval):
                self._add(condition.head.expr, (part.low, part.high))
            elif isinstance(part, c.Compare):
                self._sides(condition.head.expr, part.right)
                self._scan(part.right)

    @property
    def compared(self) -> Iterable[t.Expr]:
        """Every expression that something is set against."""
        return self._cuts.keys()

    def scan(self, expr: t.Expr) -> None:
        """Count what an expression outside the decisions compares: a guard, a promise."""
        self._scan(expr)

    def _scan(self, expr: t.Expr) -> None:
        for node in t.walk(expr):
            if isinstance(node, t.Comparison):
                self._sides(node.left, node.right)
            elif isinstance(node, t.Between):
                self._add(node.value, self.values(node.low))
                self._add(node.value, self.values(node.high))
            elif isinstance(node, t.In):
                self._scan_in(node)
            elif isinstance(node, t.Call):
                self._scan_call(node)

    def _sides(self, left: t.Expr, right: t.Expr) -> None:
        self._add(left, self.values(right))
        self._add(right, self.values(left))

    def _scan_in(self, node: t.In) -> None:
        for test in node.tests:
            if isinstance(test, t.Test):
                self._add(node.value, self.values(test.operand))
            elif isinstance(test, t.RangeExpr):
                self._add(node.value, self.values(test.low))
                self._add(node.value, self.values(test.high))
            else:
                self._add(node.value, self.values(test))

    def _scan_call(self, node: t.Call) -> None:
        table = self._parameters.get(node.function.name) if isinstance(node.function, t.Name) else None
        if table is None:
            return
        for place, argument in enumerate(node.arguments[: len(table.keys)]):
            keys = [row[0][place] for row in table.rows]
            if table.by is ParameterBy.FROM or any(is_orderable(key) for key in keys):
                self._add(argument, keys)

    def values(self, expr: t.Expr) -> set[Any] | None:
        """The finitely many constants that `expr` can be, or None."""
        if isinstance(expr, t.Literal):
            return {expr.value} if is_orderable(expr.value) else set()
        if isinstance(expr, t.If):
            then, otherwise = self.values(expr.then), self.values(expr.otherwise)
            return None if then is None or otherwise is None else then | otherwise
        if isinstance(expr, t.Path):
            return self._of_parameter(expr)
        if isinstance(expr, t.Name):
            known = expr.name in self._rulings and expr.name not in self._busy
            return self._of_ruling(self._rulings[expr.name]) if known else None
        return _computed(expr)

    def _of_parameter(self, expr: t.Path) -> set[Any] | None:
        if not isinstance(expr.base, t.Call) or not isinstance(expr.base.function, t.Name):
            return None
        table = self._parameters.get(expr.base.function.name)
        if table is None or expr.name not in table.columns:
            return None
        column = table.columns.index(expr.name)
        return {row[1][column] for row in table.rows}

    def _of_ruling(self, ruling: Ruling) -> set[Any] | None:
        if ruling.each or ruling.round is not None:
            return None
        self._busy.add(ruling.name)
        outputs = [ruling.formula.expr] if ruling.formula else [row.output.expr for row in ruling.rows]
        found: set[Any] | None = set()
        for output in outputs:
            values = self.values(output)
            found = None if values is None or found is None else found | values
        self._busy.discard(ruling.name)
        return found

"""Every limit that a flow sets, and on which side of it a citizen stands.

    >= 18, < 18      at 18, and just below it        1000 -> 1000 and 999 (a whole number), 999.99 (money)
    > 18, <= 18      at 18, and just above it
    = 18, != 18      at 18, and just beside it
    a, b against     the same for two amounts or days against each other: `inkomen >= norm`

"Just" is one step of what is compared: 1 for whole numbers and counted years, 0.01 for money, a day for dates; a number
without a step may be any that lies beyond. Limits within a list (`some k in kinderen satisfies ...`) are left out, as
they are about an item and not about a citizen. Called by `engine.harness.coverage` and `engine.harness.suggest`; tests:
tests/engine/harness/test_coverage.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from engine.errors import Said, Where, worded
from engine.feel import cells as c
from engine.feel import tree as t
from engine.feel.evaluator import compile_expression
from engine.feel.names import free_names
from engine.feel.render import render
from engine.feel.unknown import UNKNOWN
from engine.flow.model import FactType
from engine.graph.domains import STEPS
from engine.graph.graph import CellCondition, Formula, Graph
from engine.graph.view import View

AT, BELOW, ABOVE = "at", "just below", "just above"
BESIDE = {"<": BELOW, ">=": BELOW, ">": ABOVE, "<=": ABOVE, "=": f"{BELOW} or above", "!=": f"{BELOW} or above"}
WHOLE = frozenset({"years", "months", "days", "years and months duration", "count", "floor", "ceiling"})
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Boundary:
    """`left` is held against `right`. `beside` is the other side that must be seen; `step` how far "just" is."""

    left: Formula
    right: Formula
    beside: str
    step: Decimal | None
    where: Where

    @property
    def name(self) -> str:
        """What is compared, in the author's words."""
        return f"{self.left.text} against {self.right.text}"

    @cached_property
    def sides(self) -> tuple[Said, Said]:
        """Both sides, by name."""
        left, right = self.left.text, self.right.text
        return (
            worded("{left} {side} {right}", left=left, side=worded(AT), right=right),
            worded("{left} {side} {right}", left=left, side=worded(self.beside), right=right),
        )

    def side(self, view: View) -> str:
        """The side on which this citizen stands, "" for neither, or while something is not known."""
        left: Any = self.left.program(view.scope)
        right: Any = self.right.program(view.scope)
        if not _comparable(left, right):
            return ""
        if left == right:
            return self.sides[0]
        wanted = (BELOW in self.beside and left < right) or ("above" in self.beside and left > right)
        return self.sides[1] if wanted and self._is_near(left, right) else ""

    def _is_near(self, left: Any, right: Any) -> bool:
        if isinstance(left, date):
            return bool(abs(left - right) <= DAY)
        return self.step is None or bool(abs(left - right) <= self.step)


def boundaries(graph: Graph) -> tuple[Boundary, ...]:
    """Every limit of the flow, each once, in the order of the file."""
    found: dict[tuple[t.Expr, t.Expr, str], Boundary] = {}
    for own in _all(graph):
        found.setdefault((own.left.expr, own.right.expr, own.beside), own)
    return tuple(sorted(found.values(), key=lambda own: (own.where.line, own.where.column)))


def _all(graph: Graph) -> Iterator[Boundary]:
    for ruling in graph.rulings.values():
        if ruling.each:
            continue
        if ruling.formula is not None:
            yield from _in(graph, ruling.formula.expr, ruling.formula.where)
        for row in ruling.rows:
            for condition in row.conditions:
                if isinstance(condition, CellCondition):
                    yield from _cell(graph, condition, row.where)
                else:
                    yield from _in(graph, condition.expr, condition.where)
    formulas = [node.when for node in graph.facts.values() if node.when is not None and not node.list]
    formulas += [own.must for own in graph.checks if not own.list]
    formulas += list(graph.guards.values())
    for formula in formulas:
        yield from _in(graph, formula.expr, formula.where)


def _cell(graph: Graph, condition: CellCondition, where: Where) -> Iterator[Boundary]:
    head = condition.head.expr
    for test in c.parts(condition.test):
        if isinstance(test, c.Compare):
            yield from _pair(graph, head, test.right, str(test.order), where)
        elif isinstance(test, c.Interval):
            if test.low is not None:
                yield from _pair(graph, head, _literal(test.low), ">=" if test.low_closed else ">", where)
            if test.high is not None:
                yield from _pair(graph, head, _literal(test.high), "<=" if test.high_closed else "<", where)
        elif isinstance(test, c.OneOf):
            for value in test.values:
                yield from _pair(graph, head, _literal(value), "=", where)


def _in(graph: Graph, expr: t.Expr, where: Where) -> Iterator[Boundary]:
    for node in t.walk(expr):
        if isinstance(node, t.Comparison):
            yield from _pair(graph, node.left, node.right, node.op, where)
        elif isinstance(node, t.Between):
            yield from _pair(graph, node.value, node.low, ">=", where)
            yield from _pair(graph, node.value, node.high, "<=", where)


def _pair(graph: Graph, left: t.Expr, right: t.Expr, order: str, where: Where) -> Iterator[Boundary]:
    names = free_names(left) | free_names(right)
    known = all(name in graph.facts or name in graph.rulings or name in graph.parameters for name in names)
    if not known or not free_names(left) or not _ordered(graph, left) or not _ordered(graph, right):
        return
    yield Boundary(_formula(left, where), _formula(right, where), BESIDE[order], _step(graph, left, right), where)


def _ordered(graph: Graph, expr: t.Expr) -> bool:
    """Whether it can be a number or a day; what is not plain to see is taken to be one."""
    if isinstance(expr, t.Literal):
        return _is_ordered(expr.value)
    type_ = _type(graph, expr)
    return type_ is None or type_ in STEPS


def _type(graph: Graph, expr: t.Expr) -> FactType | None:
    if not isinstance(expr, t.Name):
        return None
    if expr.name in graph.facts:
        return graph.facts[expr.name].spec.type
    return graph.rulings[expr.name].type if expr.name in graph.rulings else None


def _step(graph: Graph, left: t.Expr, right: t.Expr) -> Decimal | None:
    steps = [own for own in (_one(graph, left), _one(graph, right)) if own is not None]
    return min(steps, default=None)


def _one(graph: Graph, expr: t.Expr) -> Decimal | None:
    type_ = _type(graph, expr)
    if type_ is not None:
        return STEPS.get(type_)
    called = expr.function if isinstance(expr, t.Call) else None
    return Decimal(1) if isinstance(called, t.Name) and called.name in WHOLE else None


def _literal(value: Any) -> t.Expr:
    return t.Literal(value, t.Kind.NUMBER if isinstance(value, Decimal) else t.Kind.TEMPORAL)


def _formula(expr: t.Expr, where: Where) -> Formula:
    return Formula(_text(expr), expr, compile_expression(expr), frozenset(free_names(expr)), where)


def _text(expr: t.Expr) -> str:
    if isinstance(expr, t.Literal):
        return str(expr.value)
    return render(expr)


def _is_ordered(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, Decimal | date)


def _comparable(left: object, right: object) -> bool:
    if left is UNKNOWN or right is UNKNOWN or not (_is_ordered(left) and _is_ordered(right)):
        return False
    return isinstance(left, date) == isinstance(right, date)

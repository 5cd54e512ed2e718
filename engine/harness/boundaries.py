"""Every limit that a flow sets, and on which side of it a citizen stands.

    >= 18, < 18      at 18, and just below it        1000 -> 1000 and 999 (a whole number), 999.99 (money)
    > 18, <= 18      at 18, and just above it
    = 18, != 18      at 18, and just beside it
    a, b against     the same for two amounts or days against each other: `inkomen >= norm`

"Just" is one step of what is compared: 1 for whole numbers and counted years, 0.01 for money, a day for dates; a number
without a step may be any that lies beyond. A limit of what holds for each item of a list is held against every item
that a citizen has; limits within an expression over a list (`some k in kinderen satisfies ...`) are left out. Called by
`engine.harness.coverage` and `engine.harness.suggest`; tests: tests/engine/harness/test_coverage.py.
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
from engine.graph.graph import CellCondition, FactNode, Formula, Graph
from engine.graph.view import ItemView, View

AT, BELOW, ABOVE = "at", "just below", "just above"
BESIDE = {"<": BELOW, ">=": BELOW, ">": ABOVE, "<=": ABOVE, "=": f"{BELOW} or above", "!=": f"{BELOW} or above"}
WHOLE = frozenset({"years", "months", "days", "years and months duration", "count", "floor", "ceiling"})
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Boundary:
    """`left` is held against `right`. `beside` is the other side that must be seen; `step` how far "just" is.

    `list`: it is about each item of this list.
    """

    left: Formula
    right: Formula
    beside: str
    step: Decimal | None
    where: Where
    list: str = ""

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

    def seen(self, view: View) -> frozenset[str]:
        """The sides on which this citizen, or an item of theirs, stands; none while something is not known."""
        return frozenset(map(self._side, view.items(self.list) if self.list else (view,))) - {""}

    def _side(self, env: View | ItemView) -> str:
        left: Any = self.left.program(env.scope)
        right: Any = self.right.program(env.scope)
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
    found: dict[tuple[t.Expr, t.Expr, str, str], Boundary] = {}
    for own in _all(graph):
        found.setdefault((own.left.expr, own.right.expr, own.beside, own.list), own)
    return tuple(sorted(found.values(), key=lambda own: (own.where.line, own.where.column)))


def _all(graph: Graph) -> Iterator[Boundary]:
    for ruling in graph.rulings.values():
        names = _Names(graph, ruling.each)
        if ruling.formula is not None:
            yield from _in(names, ruling.formula)
        for row in ruling.rows:
            for condition in row.conditions:
                if isinstance(condition, CellCondition):
                    yield from _cell(names, condition, row.where)
                else:
                    yield from _in(names, condition)
    formulas = [(node.when, node.list) for node in graph.facts.values() if node.when is not None]
    formulas += [(own.must, own.list) for own in graph.checks]
    formulas += [(guard, "") for guard in graph.guards.values()]
    for formula, list_name in formulas:
        yield from _in(_Names(graph, list_name), formula)


def _cell(names: _Names, condition: CellCondition, where: Where) -> Iterator[Boundary]:
    head = condition.head.expr
    for test in c.parts(condition.test):
        if isinstance(test, c.Compare):
            yield from _pair(names, head, test.right, str(test.order), where)
        elif isinstance(test, c.Interval):
            if test.low is not None:
                yield from _pair(names, head, _literal(test.low), ">=" if test.low_closed else ">", where)
            if test.high is not None:
                yield from _pair(names, head, _literal(test.high), "<=" if test.high_closed else "<", where)
        elif isinstance(test, c.OneOf):
            for value in test.values:
                yield from _pair(names, head, _literal(value), "=", where)


def _in(names: _Names, formula: Formula) -> Iterator[Boundary]:
    for node in t.walk(formula.expr):
        if isinstance(node, t.Comparison):
            yield from _pair(names, node.left, node.right, node.op, formula.where)
        elif isinstance(node, t.Between):
            yield from _pair(names, node.value, node.low, ">=", formula.where)
            yield from _pair(names, node.value, node.high, "<=", formula.where)


def _pair(names: _Names, left: t.Expr, right: t.Expr, order: str, where: Where) -> Iterator[Boundary]:
    known = all(map(names.knows, free_names(left) | free_names(right)))
    if not known or not free_names(left) or not names.is_ordered(left) or not names.is_ordered(right):
        return
    step = names.step(left, right)
    yield Boundary(_formula(left, where), _formula(right, where), BESIDE[order], step, where, names.list)


@dataclass(frozen=True, slots=True)
class _Names:
    """What a name stands for, for a citizen or, with `list`, for each item of it."""

    graph: Graph
    list: str = ""

    def knows(self, name: str) -> bool:
        return self._fact(name) is not None or name in self.graph.rulings or name in self.graph.parameters

    def is_ordered(self, expr: t.Expr) -> bool:
        """Whether it can be a number or a day; what is not plain to see is taken to be one."""
        if isinstance(expr, t.Literal):
            return _is_ordered(expr.value)
        type_ = self._type(expr)
        return type_ is None or type_ in STEPS

    def step(self, *sides: t.Expr) -> Decimal | None:
        """The smallest step of what is compared, None without one."""
        return min((own for side in sides if (own := self._step(side)) is not None), default=None)

    def _step(self, expr: t.Expr) -> Decimal | None:
        type_ = self._type(expr)
        if type_ is not None:
            return STEPS.get(type_)
        function = expr.function if isinstance(expr, t.Call) else None
        return Decimal(1) if isinstance(function, t.Name) and function.name in WHOLE else None

    def _type(self, expr: t.Expr) -> FactType | None:
        if not isinstance(expr, t.Name):
            return None
        node = self._fact(expr.name)
        if node is not None:
            return node.spec.type
        return self.graph.rulings[expr.name].type if expr.name in self.graph.rulings else None

    def _fact(self, name: str) -> FactNode | None:
        field = self.graph.facts.get(f"{self.list}.{name}") if self.list else None
        return field if field is not None else self.graph.facts.get(name)


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

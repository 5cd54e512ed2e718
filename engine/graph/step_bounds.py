"""How many steps can this calculation take? Told at load from types and limits, before any citizen meets it.

    what is known at load                                  finding
    it always takes more than it may                       E-BUDGET     the flow is refused
    within the limits of its facts it can take more        W-BUDGET     a warning
    a fact in a loop has no limit, so nobody can tell      W-BUDGET-OPEN     a note

At run time a calculation that takes more than `FLOW_STEPS` is given up, nothing is concluded and a person looks
(`engine.graph.work`). A step is what `engine.feel.run` calls one. Called by `engine.graph.compile`; tests:
tests/engine/graph/test_step_bounds.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from engine.errors import Problem, Severity, worded
from engine.feel import tree as t
from engine.feel.compiler import turn_cost
from engine.feel.run import FLOW_STEPS
from engine.flow.fields.list import MOST
from engine.flow.model import FactType
from engine.graph.abstract import Env, Local
from engine.graph.evaluation import expr_possible
from engine.graph.graph import CellCondition, Formula, Graph, Ruling
from engine.graph.lists import Items
from engine.graph.possible import ANY, Between, One, Possible, hull
from engine.graph.view import View


class Span(NamedTuple):
    """From so many to so many; `high` is None where nothing limits it."""

    low: int
    high: int | None

    def plus(self, other: Span) -> Span:
        """The sum of both."""
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(self.low + other.low, high)

    def times(self, other: Span) -> Span:
        """So many times."""
        if self.high == 0 or other.high == 0:
            return Span(0, 0)
        high = None if self.high is None or other.high is None else self.high * other.high
        return Span(self.low * other.low, high)

    def either(self, other: Span) -> Span:
        """One of both."""
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Span(min(self.low, other.low), high)


NONE: Final = Span(0, 0)
ONE: Final = Span(1, 1)
MANY: Final = Span(0, None)
COUNTING: Final = frozenset(("up", "days"))
SPLITTING: Final = frozenset(("split", "extract"))
ADDING: Final = frozenset(("concatenate", "append", "union", "flatten", "insert before"))
SAME_SIZE: Final = frozenset(
    ("sort", "reverse", "distinct values", "sublist", "remove", "insert before", "list replace")
)


def step_findings(graph: Graph) -> tuple[Problem, ...]:
    """What can be told at load about calculations that take too many steps, each at its own place."""
    view = View(graph, {})
    found: dict[Problem, None] = {}
    for formula, env in _formulas(graph, view):
        problem = _finding(formula, _Bounds(graph).steps(formula.expr, env))
        if problem is not None:
            found[problem] = None
    return tuple(found)


def _finding(formula: Formula, span: Span) -> Problem | None:
    most = f"{FLOW_STEPS:,}"
    if span.low > FLOW_STEPS:
        says = worded("This takes at least {low:,} steps, and a calculation may take {most}.", low=span.low, most=most)
        return Problem(formula.where, "E-BUDGET", says, worded("Loop over fewer items."))
    if span.high is None:
        says = worded("Nothing limits how many steps this takes; beyond {most} a person has to look.", most=most)
        return Problem(
            formula.where, "W-BUDGET-OPEN", says, worded("Set `min` and `max` at the facts in it."), Severity.NOTE
        )
    if span.high > FLOW_STEPS:
        says = worded("This can take {high:,} steps; beyond {most} a person has to look.", high=span.high, most=most)
        hint = worded("Set `min` and `max` at the facts in it closer, or loop over fewer items.")
        return Problem(formula.where, "W-BUDGET", says, hint, Severity.WARNING)
    return None


def _formulas(graph: Graph, view: View) -> Iterator[tuple[Formula, Env]]:
    for ruling in graph.rulings.values():
        env = view.item(ruling.each, 0) if ruling.each else view
        yield from ((formula, env) for formula in _of_ruling(ruling))
    for node in graph.facts.values():
        env = view.item(node.list, 0) if node.list else view
        yield from ((formula, env) for formula in (node.when, node.count) if formula is not None)
    for check in graph.checks:
        yield check.must, view.item(check.list, 0) if check.list else view
    yield from ((formula, view) for formula in graph.guards.values())


def _of_ruling(ruling: Ruling) -> Iterator[Formula]:
    if ruling.formula is not None:
        yield ruling.formula
    for row in ruling.rows:
        yield row.output
        for condition in row.conditions:
            yield condition.head if isinstance(condition, CellCondition) else condition


class _Bounds:
    """Steps and sizes of expressions, from what their names can be before anything is known."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def steps(self, expr: t.Expr, env: Env) -> Span:
        """How many steps it takes."""
        rule = _STEPS.get(type(expr))
        return rule(self, expr, env) if rule is not None else self.all(t.children(expr), env)

    def all(self, parts: Iterable[t.Expr], env: Env) -> Span:
        """How many steps the parts take together."""
        total = NONE
        for part in parts:
            total = total.plus(self.steps(part, env))
        return total

    def loop(self, expr: t.For | t.Quantified, env: Env) -> Span:
        body = expr.condition if isinstance(expr, t.Quantified) else expr.body
        size, before = ONE, NONE
        turn = Span(turn_cost(body), turn_cost(body))
        for own in expr.iterations:
            before = before.plus(size.times(self.all((own.source, *((own.until,) if own.until else ())), env)))
            size = size.times(self._turns(own, env))
            before = before.plus(size.times(turn))  # the turns of an outer list count too
            env = Local(env, {own.name: self._element(own, env)})
        found = before.plus(size.times(self.steps(body, env)))
        return Span(min(found.low, 1), found.high) if isinstance(expr, t.Quantified) else found

    def _turns(self, own: t.Iteration, env: Env) -> Span:
        if own.until is None:
            return self.size(own.source, env)
        return _distance(expr_possible(own.source, env), expr_possible(own.until, env), downwards=True)

    def _element(self, own: t.Iteration, env: Env) -> Possible:
        ends = (own.source, own.until)
        if own.until is None:
            call = own.source
            if not (isinstance(call, t.Call) and _is_call(call, COUNTING) and len(call.arguments) == 2):
                return ANY
            ends = (call.arguments[0], call.arguments[1])
        spans = [hull(expr_possible(end, env)) for end in ends if end is not None]
        lows, highs = [_low(span) for span in spans], [_high(span) for span in spans]
        return Between(None if None in lows else min(lows), None if None in highs else max(highs))

    def filter(self, expr: t.Filter, env: Env) -> Span:
        turn = turn_cost(expr.condition)
        inside = Span(turn, turn).plus(self.steps(expr.condition, Local(env, {"item": ANY})))
        return self.steps(expr.base, env).plus(self.size(expr.base, env).times(inside))

    def choice(self, expr: t.If, env: Env) -> Span:
        branches = self.steps(expr.then, env).either(self.steps(expr.otherwise, env))
        return self.steps(expr.condition, env).plus(branches)

    def logic(self, expr: t.Logic, env: Env) -> Span:
        first, every = self.steps(expr.operands[0], env), self.all(expr.operands, env)
        return Span(first.low, every.high)

    def call(self, expr: t.Call, env: Env) -> Span:
        before = ONE.plus(self.all(expr.arguments, env))
        if not isinstance(expr.function, t.Name):
            return before.plus(MANY)
        body = self.graph.functions.get(expr.function.name)
        if body is not None:
            inner = self._inside(body, expr, env)
            for formula in _of_ruling(body):
                before = before.plus(Span(0, self.steps(formula.expr, inner).high))
            return before.plus(Span(self.steps(body.formula.expr, inner).low, 0)) if body.formula else before
        if _is_call(expr, COUNTING):
            return before.plus(self.size(expr, env))
        for argument in expr.arguments:
            size = self.size(argument, env)
            before = before.plus(NONE if size == ONE else Span(0, size.high))
            if isinstance(argument, t.FunctionDef):
                before = before.plus(self._compared(expr, argument, env))
        return before

    def _compared(self, expr: t.Call, given: t.FunctionDef, env: Env) -> Span:
        """A function handed to `sort`: called for each comparison."""
        size = self.size(expr.arguments[0], env).high
        inside = Local(env, {parameter.name: ANY for parameter in given.parameters})
        body = self.steps(given.body, inside).high
        if size is None or body is None:
            return MANY
        return Span(0, size * size.bit_length() * (1 + turn_cost(given.body) + body))

    def _inside(self, body: Ruling, expr: t.Call, env: Env) -> Env:
        arguments = (expr_possible(argument, env) for argument in expr.arguments)
        return Local(env, dict(zip(body.given, arguments, strict=False)))

    def size(self, expr: t.Expr, env: Env) -> Span:
        """How many items it has; one where it is no list."""
        rule = _SIZES.get(type(expr))
        return rule(self, expr, env) if rule is not None else ONE

    def named(self, expr: t.Name, env: Env) -> Span:
        fact, ruling = self.graph.facts.get(expr.name), self.graph.rulings.get(expr.name)
        listed = fact if ruling is None or not ruling.each else self.graph.facts[ruling.each]
        if listed is not None and listed.spec.type is FactType.LIST:
            return Span(int(listed.spec.min or 0), int(listed.spec.max or MOST))
        if listed is not None and listed.spec.type is FactType.CHOICES:
            return Span(0, len(listed.spec.options))
        if ruling is not None and ruling.formula is not None:
            return self.size(ruling.formula.expr, env)
        value = env.possible(expr.name)
        if isinstance(value, Items):
            return Span(0, None if value.open else len(value.parts))
        return Span(len(value.value), len(value.value)) if isinstance(value, One) and _is_list(value.value) else ONE

    def called(self, expr: t.Call, env: Env) -> Span:
        if not isinstance(expr.function, t.Name):
            return MANY
        if _is_call(expr, COUNTING) and len(expr.arguments) == 2:
            first, last = (expr_possible(argument, env) for argument in expr.arguments)
            return _distance(first, last, downwards=False)
        body = self.graph.functions.get(expr.function.name)
        if body is not None:
            return self.size(body.formula.expr, self._inside(body, expr, env)) if body.formula else ONE
        if _is_call(expr, ADDING):
            return _total(self.size(argument, env) for argument in expr.arguments)
        if _is_call(expr, SAME_SIZE) and expr.arguments:
            return Span(0, self.size(expr.arguments[0], env).high)
        return MANY if _is_call(expr, SPLITTING) else ONE

    def looped(self, expr: t.For, env: Env) -> Span:
        size = ONE
        for own in expr.iterations:
            size = size.times(self._turns(own, env))
            env = Local(env, {own.name: self._element(own, env)})
        return size


def _total(spans: Iterable[Span]) -> Span:
    total = NONE
    for span in spans:
        total = total.plus(span)
    return total


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_call(expr: t.Call, names: frozenset[str]) -> bool:
    return isinstance(expr.function, t.Name) and expr.function.name in names


def _low(span: Possible) -> Any:
    return span.low if isinstance(span, Between) else None


def _high(span: Possible) -> Any:
    return span.high if isinstance(span, Between) else None


def _distance(first: Possible, last: Possible, *, downwards: bool) -> Span:
    """How many numbers or days there are from the one to the other, both included; `downwards` also when it is less."""
    start, end = hull(first), hull(last)
    low, high = _between(_high(start), _low(end)), _between(_low(start), _high(end))
    if not downwards:
        return Span(max(0, low or 0), None if high is None else max(0, high))
    back = _between(_low(end), _high(start))
    if high is None or back is None:
        return Span(max(1, low or 1), None)
    return Span(max(1, low or 1, -(high - 2)), max(abs(high - 1), abs(back - 1)) + 1)


def _between(first: Any, last: Any) -> int | None:
    """`last - first + 1`; None where one of them has no limit."""
    if isinstance(first, Decimal) and isinstance(last, Decimal):
        return int(last - first) + 1
    if isinstance(first, date) and isinstance(last, date):
        return (last - first).days + 1
    return None


_Rule = Callable[[_Bounds, Any, Any], Span]

_STEPS: dict[type, _Rule] = {
    t.For: _Bounds.loop,
    t.Quantified: _Bounds.loop,
    t.Filter: _Bounds.filter,
    t.If: _Bounds.choice,
    t.Logic: _Bounds.logic,
    t.Call: _Bounds.call,
    t.FunctionDef: lambda _, __, ___: NONE,
}

_SIZES: dict[type, _Rule] = {
    t.Name: _Bounds.named,
    t.Call: _Bounds.called,
    t.For: _Bounds.looped,
    t.Filter: lambda bounds, expr, env: Span(0, bounds.size(expr.base, env).high),
    t.Path: lambda bounds, expr, env: bounds.size(expr.base, env),
    t.ListExpr: lambda _, expr, __: Span(len(expr.items), len(expr.items)),
}

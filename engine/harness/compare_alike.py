"""What is written otherwise in a process and means the same: no difference to anybody.

    guards      `marktgeld <= betaald` for `betaald >= marktgeld`, `not(a < b)` for `a >= b`, `and` and `or` either way
    outcomes    `outcome.kind = "grant"` for the names of those outcomes, of two flows with the same ones
    rows        `else` for `-`: whoever comes to that row takes it; four eyes in another order
    times       `P6W` for `P42D`, of a place, a term or a task: they are shown as a day
    sets        what ends a term, in another order

Called by `engine.harness.compare_words` and `engine.harness.compare_promises`; tests:
tests/engine/harness/test_compare_alike.py.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from engine.feel import tree as t
from engine.feel.evaluator import compile_expression
from engine.feel.names import free_names
from engine.graph.graph import Formula, Graph
from engine.graph.process import OUTCOME, Step
from engine.harness.guards import with_outcome
from engine.terms.periods import PeriodError, parse_period

TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
DENIED: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
TIMED: Final = frozenset({"places", "terms", "tasks"})
TIMES: Final = frozenset({"within", "remind", "at_least", "length", "duration"})


def outcomes(graph: Graph) -> dict[str, str]:
    """Every outcome and its kind: all that a guard can read of it."""
    return {name: str(spec.kind) for name, spec in graph.flow.outcomes.items()}


def row(graph: Graph, step: Step, *, by_outcome: bool = False) -> tuple[object, ...]:
    """A row of the process by what it means: equal for rows that do the same.

    With `by_outcome`, for flows with the same outcomes, a guard on the outcome alone is known by those that pass it.
    """
    formula = graph.guards.get(step.guard) if step.guard else None
    guard = shape(formula.expr) if formula is not None else step.guard
    if by_outcome and formula is not None and formula.names == {OUTCOME}:
        guard = _passing(graph, formula) or guard
    return step.source, step.event, step.by, guard, step.to, step.do, frozenset(step.not_by)


def _passing(graph: Graph, formula: Formula) -> frozenset[str] | None:
    """The outcomes that pass a guard; None where it reads more of them than which and of what kind they are."""
    found = {name: with_outcome(formula.expr, name, kind) for name, kind in outcomes(graph).items()}
    if any(free_names(expr) for expr in found.values()):
        return None
    return frozenset(name for name, expr in found.items() if compile_expression(expr)({}) is True)


def same(section: str, key: str, before: Any, after: Any) -> bool:
    """Whether two values under one key of a part of a process are the same, however they are written."""
    if section == "terms" and key == "ends":
        return before is not None and after is not None and set(before) == set(after)
    if section not in TIMED or key not in TIMES:
        return bool(before == after)
    return bool(_length(before) == _length(after))


def _length(value: Any) -> Any:
    """A duration in months, days and seconds; anything else as it is."""
    if isinstance(value, dict):
        return {key: _length(own) if key == "duration" else own for key, own in value.items()}
    try:
        period = parse_period(value) if isinstance(value, str) else None
    except PeriodError:
        return value
    if period is None:
        return value
    return period.years * 12 + period.months, period.weeks * 7 + period.days, period.clock_part


def shape(expr: Any) -> Any:
    """An expression without its place in the file, comparisons turned one way."""
    if isinstance(expr, t.Not) and isinstance(expr.operand, t.Comparison):
        inner = expr.operand
        return _compared(DENIED[inner.op], inner.left, inner.right)
    if isinstance(expr, t.Comparison):
        return _compared(expr.op, expr.left, expr.right)
    if isinstance(expr, t.Logic):
        return expr.op, frozenset(map(shape, expr.operands))
    if isinstance(expr, t.Expr):
        parts = (getattr(expr, own.name) for own in fields(expr) if own.name not in ("start", "end"))
        return type(expr).__name__, *map(shape, parts)
    return tuple(map(shape, expr)) if isinstance(expr, tuple) else (type(expr).__name__, str(expr))


def _compared(op: str, left: Any, right: Any) -> Any:
    one, two = shape(left), shape(right)
    return (op, one, two) if repr(one) <= repr(two) else (TURNED[op], two, one)

"""Roundings that change nothing, as what they round is a whole number of their steps whoever answers: left out.

    round: half_up 0.01      of `max(0, norm - inkomen)`, where both are amounts in cents

Sums, differences, whole multiples, the largest and smallest, and either side of an `if`, are whole numbers
of a step when what they are made of is. Called by `engine.harness.mutate_same`; tests:
tests/engine/harness/test_mutate_rounds.py.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from engine.feel import tree as t
from engine.graph.domains import STEPS
from engine.graph.graph import Graph, Ruling

SAME_STEPS = frozenset({"max", "min", "sum", "abs"})


def whole_steps(graph: Graph) -> Graph:
    """The graph without roundings that change nothing."""
    plain = {
        name: replace(ruling, round=None) if ruling.round is not None and _changes_nothing(graph, ruling) else ruling
        for name, ruling in graph.rulings.items()
    }
    return graph if plain == graph.rulings else replace(graph, rulings=plain)


def _changes_nothing(graph: Graph, ruling: Ruling) -> bool:
    assert ruling.round is not None
    return not ruling.each and _values_are(graph, ruling, ruling.round.unit, frozenset({ruling.name}))


def _values_are(graph: Graph, ruling: Ruling, step: Decimal, above: frozenset[str]) -> bool:
    """Whether every value of a decision, before it is rounded, is a whole number of steps."""
    own = [ruling.formula] if ruling.formula is not None else [row.output for row in ruling.rows]
    return bool(own) and all(_is(graph, formula.expr, step, above) for formula in own)


def _is(graph: Graph, expr: t.Expr, step: Decimal, above: frozenset[str]) -> bool:
    """Whether a number is a whole number of steps, whoever answers; False also where that is not plain to see."""
    if isinstance(expr, t.Literal):
        return isinstance(expr.value, Decimal) and expr.value % step == 0
    if isinstance(expr, t.Name):
        return _is_name(graph, expr.name, step, above)
    if isinstance(expr, t.If):
        return _is(graph, expr.then, step, above) and _is(graph, expr.otherwise, step, above)
    if isinstance(expr, t.Negate):
        return _is(graph, expr.operand, step, above)
    if isinstance(expr, t.Arithmetic):
        return _is_sum(graph, expr, step, above)
    if isinstance(expr, t.Call):
        named = isinstance(expr.function, t.Name) and expr.function.name in SAME_STEPS
        return named and bool(expr.arguments) and all(_is(graph, own, step, above) for own in expr.arguments)
    return False


def _is_sum(graph: Graph, expr: t.Arithmetic, step: Decimal, above: frozenset[str]) -> bool:
    if expr.op in ("+", "-"):
        return _is(graph, expr.left, step, above) and _is(graph, expr.right, step, above)
    one = Decimal(1)
    whole = (_is(graph, expr.left, one, above), _is(graph, expr.right, one, above))
    stepped = (_is(graph, expr.left, step, above), _is(graph, expr.right, step, above))
    return expr.op == "*" and ((whole[0] and stepped[1]) or (stepped[0] and whole[1]))


def _is_name(graph: Graph, name: str, step: Decimal, above: frozenset[str]) -> bool:
    node, ruling = graph.facts.get(name), graph.rulings.get(name)
    if node is not None:
        own = STEPS.get(node.spec.type)
        beside = node.otherwise is None or (isinstance(node.otherwise, Decimal) and node.otherwise % step == 0)
        return own is not None and own % step == 0 and beside
    if ruling is None or ruling.each or name in above:
        return False
    if ruling.round is not None and ruling.round.unit % step == 0:
        return True
    return ruling.round is None and _values_are(graph, ruling, step, above | {name})

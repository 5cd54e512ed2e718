"""Decisions by rows, on what can still be: never falls to the last row for lack of an answer.

A row *holds* (all conditions certainly true), *may hold*, or is *out*.

What comes out of them is for the hit policy to say (`engine.graph.hits`).
Called by `engine.graph.view`; tests: tests/engine/graph/test_exactness.py.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from typing import Final, NamedTuple

from engine.feel import cells
from engine.flow.model import Hit, Rounding, RoundTo
from engine.graph import intervals
from engine.graph.abstract import Env
from engine.graph.evaluation import evaluate, expr_needs, expr_possible, formula_needs
from engine.graph.exact import apply
from engine.graph.graph import CellCondition, Condition, Row, Ruling
from engine.graph.hits import LiveRow, ceiling, gathered, given, rank
from engine.graph.lists import Items
from engine.graph.possible import MAYBE, Anything, Between, One, Possible, Some, finite, lift, some

ROUNDINGS: Final = {
    RoundTo.HALF_UP: ROUND_HALF_UP,
    RoundTo.HALF_EVEN: ROUND_HALF_EVEN,
    RoundTo.DOWN: ROUND_DOWN,
    RoundTo.UP: ROUND_UP,
}
WIDE: Final = Context(prec=80)  # no digit of a FEEL number is lost before it is rounded


class Live(NamedTuple):
    """A row that is not out; `holds` when it certainly does."""

    row: Row
    holds: bool


def ruling_possible(ruling: Ruling, env: Env) -> Possible:
    """What the decision can still be in `env`."""
    if ruling.formula is not None:
        return rounded(ruling.round, evaluate(ruling.formula, env))
    return rounded(ruling.round, _by_rows(ruling, env))


def ruling_needs(ruling: Ruling, env: Env, into: set[str]) -> None:
    """Add the facts that may still matter to the decision."""
    if isinstance(ruling_possible(ruling, env), One):
        return
    if ruling.formula is not None:
        formula_needs(ruling.formula, env, into)
        return
    for row, holds in _relevant(ruling, env):
        if not holds:
            for condition in row.conditions:
                condition_needs(condition, env, into)
        formula_needs(row.output, env, into)


def live_rows(ruling: Ruling, env: Env) -> list[Live]:
    """The rows that are not out, in order; for `first` up to the first that certainly holds."""
    live: list[Live] = []
    for row in ruling.rows:
        status = _rest(live) if row.rest else row_status(row, env)
        if True not in status:
            continue
        live.append(Live(row, status == {True}))
        if status == {True} and ruling.hit is Hit.FIRST:
            break
    return live


def _rest(live: list[Live]) -> set[bool | None]:
    """Whether `else` holds: when no row above it does."""
    return {False} if any(own.holds for own in live) else {True, False} if live else {True}


def row_status(row: Row, env: Env) -> set[bool | None]:
    """Which of true, false and null the row's conditions together can be."""
    verdicts = []
    for condition in row.conditions:
        verdict = condition_possible(condition, env)
        if True not in intervals.truth(verdict):
            return {False}
        verdicts.append(verdict)
    return intervals.truth(intervals.kleene_and(verdicts)) if verdicts else {True}


def condition_possible(condition: Condition, env: Env) -> Possible:
    """What of true, false and null a condition can be."""
    if isinstance(condition, CellCondition):
        if isinstance(condition.test, cells.Anything):
            return One(True)
        return tested(condition.test, evaluate(condition.head, env), env)
    return evaluate(condition, env)


def condition_needs(condition: Condition, env: Env, into: set[str]) -> None:
    """Add the facts that may still matter to a condition."""
    if isinstance(condition_possible(condition, env), One):
        return
    if isinstance(condition, CellCondition):
        formula_needs(condition.head, env, into)
        for part in cells.parts(condition.test):
            if isinstance(part, cells.Compare):
                expr_needs(part.right, env, into)
    else:
        formula_needs(condition, env, into)


def tested(test: cells.CellTest, value: Possible, env: Env) -> Possible:
    """A cell's test on what the head can still be."""
    if not cells.is_dynamic(test) and not isinstance(value, Items):
        listed = lift(lambda known: cells.holds(test, known), (value,))
        if listed is not None:
            return listed
    if isinstance(test, cells.Compare):
        right = expr_possible(test.right, env)
        return intervals.compare(test.order, value, right, lambda a, b: apply(test.order, a, b))
    if isinstance(test, cells.Not):
        return intervals.negation(tested(test.test, value, env))
    if isinstance(test, cells.AnyOf):
        return intervals.kleene_or([tested(part, value, env) for part in test.tests])
    return _tested_span(test, value)


def _tested_span(test: cells.CellTest, value: Possible) -> Possible:
    if isinstance(test, cells.OneOf):
        hits = [intervals.compare("=", value, One(own), lambda a, b: apply("=", a, b)) for own in test.values]
        return intervals.kleene_or(hits)
    if isinstance(test, cells.Interval):
        above, below = (">=" if test.low_closed else ">"), ("<=" if test.high_closed else "<")
        sides: list[Possible] = []
        if test.low is not None:
            sides.append(intervals.compare(above, value, One(test.low), lambda a, b: apply(above, a, b)))
        if test.high is not None:
            sides.append(intervals.compare(below, value, One(test.high), lambda a, b: apply(below, a, b)))
        return intervals.kleene_and(sides)
    return MAYBE


def _by_rows(ruling: Ruling, env: Env) -> Possible:
    live = _outputs(live_rows(ruling, env), env)
    return gathered(ruling.hit, live, tuple(ruling.options), disjoint=ruling.disjoint)


def _outputs(live: list[Live], env: Env) -> list[LiveRow]:
    return [LiveRow(evaluate(own.row.output, env), own.holds) for own in live]


def _relevant(ruling: Ruling, env: Env) -> list[Live]:
    """The rows whose conditions can still change the value."""
    live = live_rows(ruling, env)
    if ruling.hit is Hit.PRIORITY:
        order, outputs = tuple(ruling.options), _outputs(live, env)
        worst = ceiling(outputs, order)
        return [own for own, row in zip(live, outputs, strict=True) if _best(row, order) <= worst]
    if ruling.hit is Hit.UNIQUE and ruling.disjoint:
        certain = [own for own in live if own.holds]
        return certain[:1] or live
    return _adding(ruling, live, env) if ruling.hit.lists else live


def _adding(ruling: Ruling, live: list[Live], env: Env) -> list[Live]:
    """Of rows whose options are listed those that can add one: in the order of rows, to what stands above them."""
    if any(own.row.rest for own in live):
        return live  # whether `else` holds is for all of them to say
    outputs = _outputs(live, env)
    certain = [given(row.output) if row.holds else frozenset() for row in outputs]
    found = []
    for at, (own, row) in enumerate(zip(live, outputs, strict=True)):
        known = frozenset[object]().union(*(certain[:at] if ruling.hit is Hit.RULE_ORDER else certain))
        if own.holds or not isinstance(row.output, One) or not given(row.output) <= known:
            found.append(own)
    return found


def _best(row: LiveRow, order: tuple[str, ...]) -> int:
    """The best rank that the row can give."""
    values = finite(row.output)
    return 0 if values is None else min(rank(value, order) for value in values)


def rounded(rounding: Rounding | None, value: Possible) -> Possible:
    """`round: half_up 0.01` on a value or on the ends of an interval; directions count from zero."""
    if rounding is None or isinstance(value, Anything):
        return value
    if isinstance(value, One):
        return One(_round(rounding, value.value))
    if isinstance(value, Some):
        return some(_round(rounding, own) for own in value.values)
    return Between(_round(rounding, value.low), _round(rounding, value.high), value.null)


def _round(rounding: Rounding, value: object) -> object:
    if not isinstance(value, Decimal):
        return value
    steps = WIDE.divide(value, rounding.unit)
    if steps.adjusted() >= WIDE.prec:
        return value  # so large that no part of a step is left to round
    steps = steps.quantize(Decimal(1), ROUNDINGS[rounding.direction], WIDE)
    return WIDE.multiply(steps, rounding.unit)

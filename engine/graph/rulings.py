"""Decisions by rows, on what can still be: never falls to the last row for lack of an answer.

A row *holds* (all conditions certainly true), *may hold*, or is *out*.

    hit         possible values                                            needs
    first       outputs of may-hold rows up to the first that holds        conditions of those rows
    unique any  outputs of all live rows; a row that holds excludes the    conditions of live rows
                others (`unique`: rows proven disjoint)
    priority    outputs not worse (in the options' order) than the best    conditions of rows that could be better
                row that holds
    collect     the options of rows that hold, plus any of those that may  conditions of rows that may hold

No row: null. DMN 1.5, section 8.2.8. Called by `engine.graph.view`; tests: tests/engine/graph/test_rulings.py.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from itertools import product
from typing import Any, Final, NamedTuple

from engine.feel import cells
from engine.flow.model import Hit, Rounding, RoundTo
from engine.graph import intervals
from engine.graph.abstract import Env, evaluate, formula_needs, needs, possible
from engine.graph.exact import apply
from engine.graph.graph import CellCondition, Condition, Row, Ruling
from engine.graph.lists import Items
from engine.graph.possible import ANY, MAYBE, Anything, Between, One, Possible, Some, finite, join, lift, some

ROUNDINGS: Final = {
    RoundTo.HALF_UP: ROUND_HALF_UP,
    RoundTo.HALF_EVEN: ROUND_HALF_EVEN,
    RoundTo.DOWN: ROUND_DOWN,
    RoundTo.UP: ROUND_UP,
}
MOST_SETS: Final = 6


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
    live = []
    for row in ruling.rows:
        status = row_status(row, env)
        if True not in status:
            continue
        live.append(Live(row, status == {True}))
        if status == {True} and ruling.hit is Hit.FIRST:
            break
    return live


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
                needs(part.right, env, into)
    else:
        formula_needs(condition, env, into)


def tested(test: cells.CellTest, value: Possible, env: Env) -> Possible:
    """A cell's test on what the head can still be."""
    if not cells.is_dynamic(test) and not isinstance(value, Items):
        listed = lift(lambda known: cells.holds(test, known), (value,))
        if listed is not None:
            return listed
    if isinstance(test, cells.Compare):
        right = possible(test.right, env)
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
    live = live_rows(ruling, env)
    if ruling.hit.startswith("collect"):
        return _collected(ruling, live, env)
    certain = [own for own in live if own.holds]
    if ruling.hit is Hit.PRIORITY:
        return _priority(ruling, live, env)
    if certain and ruling.hit is Hit.UNIQUE and ruling.disjoint:
        return evaluate(certain[0].row.output, env)
    outputs = [evaluate(own.row.output, env) for own in live]
    if ruling.hit is Hit.FIRST:
        return join(*outputs) if certain else join(*outputs, One(None))
    agreed = join(*outputs, *(() if certain else (One(None),)))
    clash = len(live) > 1 and not (ruling.hit is Hit.ANY and isinstance(agreed, One)) and not ruling.disjoint
    return join(agreed, One(None)) if clash else agreed


def _relevant(ruling: Ruling, env: Env) -> list[Live]:
    """The rows whose conditions can still change the value."""
    live = live_rows(ruling, env)
    if ruling.hit is Hit.PRIORITY:
        best = _best(ruling, live, env)
        return [own for own in live if best is None or _rank(ruling, own, env) <= best]
    if ruling.hit is Hit.UNIQUE and ruling.disjoint:
        certain = [own for own in live if own.holds]
        return certain[:1] or live
    return live


def _rank(ruling: Ruling, own: Live, env: Env) -> int:
    """Place of the row's best possible output among the options; unlisted values come last."""
    order = list(ruling.options)
    values = finite(evaluate(own.row.output, env)) or ()
    return min((order.index(value) for value in values if value in order), default=len(order))


def _best(ruling: Ruling, live: list[Live], env: Env) -> int | None:
    return min((_rank(ruling, own, env) for own in live if own.holds), default=None)


def _priority(ruling: Ruling, live: list[Live], env: Env) -> Possible:
    best = _best(ruling, live, env)
    if best is None:
        return join(One(None), *(evaluate(own.row.output, env) for own in live))
    return join(
        *(
            evaluate(own.row.output, env)
            for own in live
            if (own.holds and _rank(ruling, own, env) == best) or (not own.holds and _rank(ruling, own, env) < best)
        )
    )


def _collected(ruling: Ruling, live: list[Live], env: Env) -> Possible:
    outputs = [(evaluate(own.row.output, env), own.holds) for own in live]
    if ruling.hit is Hit.COLLECT:
        return _sets(ruling, outputs)
    if ruling.hit is Hit.COLLECT_COUNT:
        sure = sum(holds for _, holds in outputs)
        exact = sure == len(outputs)
        return One(Decimal(sure)) if exact else Between(Decimal(sure), Decimal(len(outputs)))
    return _aggregate(ruling.hit, outputs)


def _sets(ruling: Ruling, outputs: list[tuple[Possible, bool]]) -> Possible:
    """The set of collected options, in the options' order, each once."""
    if any(not isinstance(value, One) for value, _ in outputs):
        return ANY
    sure = {option for value, holds in outputs if holds for option in _options(value)}
    maybe = [_options(value) for value, holds in outputs if not holds and not sure.issuperset(_options(value))]
    if len(set(maybe)) > MOST_SETS:
        return ANY
    order = list(ruling.options)
    found = []
    for picks in product((False, True), repeat=len(maybe)):
        chosen = sure.union(*(options for options, pick in zip(maybe, picks, strict=True) if pick))
        found.append(sorted(chosen, key=lambda value: order.index(value) if value in order else len(order)))
    return some(found)


def _options(value: Possible) -> tuple[Any, ...]:
    """The options of one row of a collecting table: one of them, or several in a list."""
    own = value.value if isinstance(value, One) else None
    return () if own is None else tuple(own) if isinstance(own, list) else (own,)


def _aggregate(hit: Hit, outputs: list[tuple[Possible, bool]]) -> Possible:
    if all(holds and isinstance(value, One) for value, holds in outputs):
        values = [value.value for value, _ in outputs if isinstance(value, One)]
        if not values:
            return One(None)
        return One(sum(values) if hit is Hit.COLLECT_SUM else min(values) if hit is Hit.COLLECT_MIN else max(values))
    if hit is not Hit.COLLECT_SUM:
        return join(One(None), *(value for value, _ in outputs)) if outputs else One(None)
    total: Possible = One(Decimal(0))
    for value, holds in outputs:
        addend = value if holds else join(One(Decimal(0)), value)
        total = intervals.arithmetic("+", total, addend, lambda a, b: apply("+", a, b))
    return total if any(holds for _, holds in outputs) else join(One(None), total)


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
    steps = (value / rounding.unit).quantize(Decimal(1), rounding=ROUNDINGS[rounding.direction])
    return steps * rounding.unit

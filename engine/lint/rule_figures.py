"""The figures that the rules of a flow hold: in conditions, sums, parameters, limits, terms and times.

    behind(graph, names)      those of decisions, parameters and facts by name, and of all that stands behind them
    of_row(row)               those of one row of a table
    of_flow(subject)          all of them, with the terms and times of the process

Lengths of time count in each unit in which one would say them: P42D is 42 days and 6 weeks. Called by the rules that
hold words against rules; tests: tests/engine/lint/test_said_figures.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, TypeGuard

from engine.feel import cells as c
from engine.feel import tree as t
from engine.feel.values import YearsMonths
from engine.flow.model import Span
from engine.graph.graph import CellCondition, Condition, Formula, Graph, Row, Ruling
from engine.graph.order import condition_names
from engine.lint.subject import Subject

_WRITTEN: Final = re.compile(r"(\d+)([YMWDH])")
_PER: Final = {"Y": (1, 12), "M": (1,), "W": (1, 7), "D": (1,), "H": (1,)}
WORKDAY: Final = 8
"""Hours of being open that one calls a working day."""


def of_row(row: Row) -> frozenset[Decimal]:
    """The figures in the conditions and the conclusion of a row."""
    found = set(_of_tree(row.output.expr))
    for condition in row.conditions:
        found.update(of_condition(condition))
    return frozenset(found)


def of_condition(condition: Condition) -> frozenset[Decimal]:
    """The figures of one condition, head and cell."""
    if isinstance(condition, Formula):
        return frozenset(_of_tree(condition.expr))
    return frozenset((*_of_tree(condition.head.expr), *_of_cell(condition.test)))


def names_of(conditions: Iterable[Condition]) -> frozenset[str]:
    """The names that conditions read; not those of a cell that holds for everything."""
    found: set[str] = set()
    for condition in conditions:
        if not isinstance(condition, CellCondition) or not isinstance(condition.test, c.Anything):
            found |= condition_names(condition)
    return frozenset(found)


def behind(graph: Graph, names: Iterable[str]) -> frozenset[Decimal]:
    """The figures of everything that these names rest on."""
    found: set[Decimal] = set()
    waiting, seen = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        ruling = graph.rulings.get(name) or graph.functions.get(name)
        if ruling is not None:
            waiting += _ruling(ruling, found)
        elif name in graph.parameters:
            for keys, values in graph.parameters[name].rows:
                found.update(number for value in (*keys, *values) for number in numbers_of(value))
        elif name in graph.facts:
            waiting += _fact(graph, name, found)
    return frozenset(found)


def of_flow(subject: Subject) -> frozenset[Decimal]:
    """Every figure of the flow's rules, terms, times and norms."""
    graph, flow = subject.graph, subject.flow
    found = set(behind(graph, (*graph.rulings, *graph.functions, *graph.parameters, *graph.facts)))
    for formulas in (*graph.texts.values(), tuple(graph.guards.values()), tuple(own.must for own in graph.checks)):
        found.update(number for own in formulas if own is not None for number in _of_tree(own.expr))
    process = graph.process
    spans = [place.within for place in process.places.values()] + [place.at_least for place in process.places.values()]
    spans += [term.length for term in process.terms.values()]
    spans += [outcome.remedy.within for outcome in flow.outcomes.values() if outcome.remedy]
    spans += [fact.retention for fact in flow.facts.values()]
    found.update(number for span in spans if span for number in _of_length(str(span)))
    norms = flow.canvas.norms.values() if flow.canvas else ()
    found.update(own.figure for own in norms if own.figure is not None)
    promises = [kind.within for kind in flow.tasks.values()] + [kind.within for kind in flow.contact.values()]
    found.update(number for own in (*promises, *(norm.within for norm in norms)) for number in _of_span(own))
    return frozenset(found)


def _of_span(span: Span | None) -> Iterator[Decimal]:
    if span is not None and span.working_hours:
        yield from (span.working_hours, span.working_hours / WORKDAY)
    if span is not None and span.working_days:
        yield Decimal(span.working_days)
    if span is not None and span.duration:
        yield from _of_length(str(span.duration))


def _of_length(written: str) -> Iterator[Decimal]:
    for number, unit in _WRITTEN.findall(written):
        yield from (Decimal(number) * per for per in _PER[unit])
        if unit == "D" and int(number) % 7 == 0:
            yield Decimal(number) / 7


def _ruling(ruling: Ruling, found: set[Decimal]) -> Iterable[str]:
    names: set[str] = set()
    for row in ruling.rows:
        found |= of_row(row)
        names |= names_of(row.conditions) | row.output.names
    if ruling.formula is not None:
        found.update(_of_tree(ruling.formula.expr))
        names |= ruling.formula.names
    return names


def _fact(graph: Graph, name: str, found: set[Decimal]) -> Iterable[str]:
    node = graph.facts[name]
    for limit in (node.spec.min, node.spec.max):
        if limit is not None:
            found.update(_of_text(str(limit)))
    if node.when is None:
        return ()
    found.update(_of_tree(node.when.expr))
    return node.when.names


def _of_text(written: str) -> Iterator[Decimal]:
    if written.startswith("P"):
        yield from _of_length(written)
    elif re.fullmatch(r"-?\d+(\.\d+)?", written):
        yield Decimal(written)


def _of_tree(expr: t.Expr) -> Iterator[Decimal]:
    for node in t.walk(expr):
        if isinstance(node, t.Literal):
            yield from numbers_of(node.value)
        elif isinstance(node, t.Comparison) and node.op in _NEXT:
            yield from (_beside(side.value, _NEXT[node.op]) for side in (node.left, node.right) if _whole(side))


_NEXT: Final = {"<": -1, "<=": 1, ">": 1, ">=": -1}
"""Of whole numbers `> 100` and `>= 101` are the same: one may say either."""


def _whole(side: t.Expr) -> TypeGuard[t.Literal]:
    return isinstance(side, t.Literal) and isinstance(side.value, Decimal) and side.value == int(side.value)


def _beside(value: object, step: int) -> Decimal:
    assert isinstance(value, Decimal)
    return value + step


def numbers_of(value: object) -> Iterator[Decimal]:
    """How a constant is said: the number, the length in each unit, day and year of a date."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        yield Decimal(value)
    elif isinstance(value, YearsMonths):
        yield from (Decimal(value.months), Decimal(value.months) / 12)
    elif isinstance(value, timedelta):
        days = Decimal(value.days)
        yield from (days, days / 7, Decimal(int(value.total_seconds())) / 3600)
    elif isinstance(value, date):
        yield from (Decimal(value.day), Decimal(value.year))


def _of_cell(whole: c.CellTest) -> Iterator[Decimal]:
    for test in c.parts(whole):
        if isinstance(test, c.OneOf):
            yield from (number for value in test.values for number in numbers_of(value))
        elif isinstance(test, c.Interval):
            yield from (number for value in (test.low, test.high) for number in numbers_of(value))
            for bound, closed, out in ((test.low, test.low_closed, -1), (test.high, test.high_closed, 1)):
                if isinstance(bound, Decimal) and bound == int(bound):
                    yield bound + (out if closed else -out)
        elif isinstance(test, c.Compare):
            yield from _of_tree(test.right)

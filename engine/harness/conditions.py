"""Where conditions stand in a flow: of questions, checks, decisions, rows, steps, texts and promises, and of items.

    conditions(graph)               about citizens as a whole
    item_conditions(graph, list)    about one item of a list; `of_item(graph, list)` is the flow seen from there

Read by `engine.harness.prove_conditions`; tests: tests/engine/harness/test_prove_conditions.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from engine.errors import Said, Where, worded
from engine.feel import tree as t
from engine.feel.cells import Anything, CellTest
from engine.feel.names import free_names
from engine.feel.rewrite import rewrite
from engine.flow.model import FactType
from engine.graph.graph import CellCondition, Graph, Ruling
from engine.graph.order import names_read
from engine.graph.together import called

MOST_ROWS: Final = 200
"""Of a longer table the cells are not looked at one by one."""


class Sort(Enum):
    """What is said of a condition that is the same for everybody."""

    WHOLE = "whole"
    PARTS = "parts"  # the whole is told of elsewhere
    CELL = "cell"  # of a row: that it can never hold is told of elsewhere
    PREMISE = "premise"  # of a promise: for whom it is meant
    WAY_OUT = "way out"  # of an `always` that is `a or b`: where it holds for everybody, the rest says nothing


@dataclass(frozen=True, slots=True)
class Stands:
    """One condition, and the place where it stands in words. `number` is that of a promise; `outcome` the one of which
    it is promised, filled in where the condition names the goal. Of a `cell` the expression is the head of its column.
    """

    place: Said
    expr: t.Expr
    where: Where
    sort: Sort = Sort.WHOLE
    number: int = 0
    outcome: str = ""
    cell: CellCondition | None = None


def conditions(graph: Graph, never_taken: frozenset[Where] = frozenset()) -> Iterator[Stands]:
    """Every condition about citizens as a whole. Of steps the parts alone where some step is never taken."""
    yield from _of_facts(graph, "")
    for ruling in graph.rulings.values():
        if not ruling.each:
            yield from _of_ruling(ruling)
    guards = {step.guard: step for step in graph.process.steps if step.guard in graph.guards}
    for text, step in guards.items():
        place = worded("a step `{event}`", event=step.event)
        yield Stands(place, graph.guards[text].expr, step.where, Sort.PARTS if never_taken else Sort.WHOLE)
    for outcome, whens in graph.texts.items():
        for own in whens:
            if own is not None:
                yield Stands(worded("the text of `{name}`", name=outcome), own.expr, own.where)
    yield from _of_promises(graph)


def item_conditions(graph: Graph, of_list: str) -> Iterator[Stands]:
    """Every condition about one item of a list, those left out that read the list as a whole as well."""
    whole = {of_list, *(name for name, own in graph.rulings.items() if not own.each and of_list in own.reads)}
    found = [*_of_facts(graph, of_list)]
    for ruling in graph.each_of(of_list):
        if not names_read(ruling) & whole:
            found += _of_ruling(ruling)
    yield from (own for own in found if not free_names(own.expr) & whole)


def of_item(graph: Graph, of_list: str) -> Graph:
    """The flow with the fields of one item as facts, and the decisions about it as decisions."""
    fields = {
        node.name: replace(node, path=node.name, list="") for node in graph.facts.values() if node.list == of_list
    }
    each = {own.name: replace(own, each="") for own in graph.each_of(of_list)}
    return replace(
        graph, facts={**graph.facts, **fields}, rulings={**graph.rulings, **each}, checks=(), diagram=None, lane=None
    )


def _of_facts(graph: Graph, of_list: str) -> Iterator[Stands]:
    for path, node in graph.facts.items():
        if node.when is not None and node.list == of_list:
            yield Stands(worded("the `when` of `{name}`", name=path), node.when.expr, node.when.where)
    for check in graph.checks:
        if check.list == of_list:
            yield Stands(worded("a check"), check.must.expr, check.must.where)


def _of_promises(graph: Graph) -> Iterator[Stands]:
    for number, (formula, promise) in enumerate(zip(graph.promises, graph.flow.promises, strict=True), 1):
        if formula is None or promise.possible is not None:
            continue
        place = worded("promise {number}", number=number)
        if promise.always is None:
            yield Stands(place, formula.expr, formula.where, Sort.PREMISE, number)
            outcome = promise.never.outcome if promise.never is not None else ""
            if outcome and graph.flow.goal in formula.names:
                expr = rewrite(formula.expr, {graph.flow.goal: t.Literal(outcome, t.Kind.STRING)})
                yield Stands(place, expr, formula.where, Sort.PREMISE, number, outcome)
            continue
        for part in _walked(formula.expr, "and"):
            for own in _walked(part, "or") if isinstance(part, t.Logic) else ():
                yield Stands(place, own, formula.where, Sort.WAY_OUT, number)
        yield from _ifs(place, formula.expr, formula.where)


def _walked(expr: t.Expr, op: str) -> Iterator[t.Expr]:
    """The parts of `and`, or of `or`; an expression that is none is its own only part."""
    if isinstance(expr, t.Logic) and expr.op == op:
        for part in expr.operands:
            yield from _walked(part, op)
    else:
        yield expr


def _of_ruling(ruling: Ruling) -> Iterator[Stands]:
    place = worded("`{name}`", name=ruling.name)
    yield from _of_cells(ruling)
    if ruling.formula is not None:
        formula = ruling.formula
        if ruling.type is FactType.BOOLEAN and not isinstance(formula.expr, t.Name | t.Literal):
            yield Stands(place, formula.expr, formula.where)
        yield from _ifs(place, formula.expr, formula.where)
    for row in ruling.rows:
        yield from _ifs(place, row.output.expr, row.where)
        whole = len(row.conditions) > 1
        for condition in row.conditions:
            if not isinstance(condition, CellCondition):
                yield Stands(place, condition.expr, row.where, Sort.WHOLE if whole else Sort.PARTS)


def _of_cells(ruling: Ruling) -> Iterator[Stands]:
    """Each cell that asks something, once for all rows in which it stands; not of very long tables."""
    seen: set[tuple[int, CellTest]] = set()
    for row in ruling.rows if len(ruling.rows) <= MOST_ROWS else ():
        for own in row.conditions:
            if not isinstance(own, CellCondition) or isinstance(own.test, Anything) or (own.column, own.test) in seen:
                continue
            seen.add((own.column, own.test))
            place = worded("row {number} of `{name}`", number=row.number, name=called(ruling))
            yield Stands(place, own.head.expr, row.where, Sort.CELL, cell=own)


def _ifs(place: Said, expr: t.Expr, where: Where) -> Iterator[Stands]:
    """The condition of every `if` that makes a difference, those within loops and functions left out."""
    if isinstance(expr, t.If) and expr.then != expr.otherwise:
        yield Stands(place, expr.condition, where)
    for child in () if isinstance(expr, t.For | t.Quantified | t.FunctionDef | t.Filter) else t.children(expr):
        yield from _ifs(place, child, where)

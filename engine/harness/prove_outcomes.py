"""Is there an outcome for everybody, and somebody for every outcome? Called by `engine.harness.prove`."""

from __future__ import annotations

from functools import partial
from itertools import islice

from engine.errors import worded
from engine.flow.model import FactType
from engine.graph.evaluation import expr_possible
from engine.graph.graph import Graph, Row
from engine.graph.possible import Between, finite, may_be
from engine.graph.view import View
from engine.harness.claims import both, is_value, no_outcome
from engine.harness.inquiry import Inquiry
from engine.harness.prove_points import Points, given_by


def check_outcomes(inquiry: Inquiry, goal: int | None) -> None:
    """Citizens without an outcome, and outcomes that nobody can get."""
    flow = inquiry.graph.flow
    about = ("outcomes", flow.goal, tuple(flow.outcomes))
    inquiry.once(about, (flow.goal,), lambda: _everybody_and_everything(inquiry, goal))
    _every_value_there(inquiry, goal)


def _everybody_and_everything(inquiry: Inquiry, goal: int | None) -> None:
    points = Points.of(inquiry, inquiry.graph.goal) if goal is None else None
    _nobody_left_out(inquiry, goal, points)
    _everything_given(inquiry, goal, points)


def _nobody_left_out(inquiry: Inquiry, goal: int | None, points: Points | None) -> None:
    flow, forest = inquiry.graph.flow, inquiry.builder.forest
    hint = worded("Add a last row with `-` in every column, or say what should happen to this citizen.")
    question = worded("whether `{goal}` always has an outcome", goal=flow.goal)
    if goal is None:
        if points is not None and points.always_give(lambda row: given_by(row) in flow.outcomes):
            return
        found = inquiry.anybody(question, no_outcome(inquiry.graph), None)
        if found is not None:
            message = worded("The rules give no outcome.")
            inquiry.find("P-NO-OUTCOME", inquiry.graph.goal.where, message, hint, found)
        return
    for value in sorted((own for own in forest.values(goal) if own not in flow.outcomes), key=str):
        node = inquiry.node(partial(_with, inquiry, goal, value))
        claim = is_value(flow.goal, value) if value is not None else no_outcome(inquiry.graph)
        found = inquiry.anybody(question, claim, node)
        if found is not None:
            said = "`none`" if value is None else f"`{value}`"
            message = worded("The rules give {said} instead of an outcome.", said=said)
            inquiry.find("P-NO-OUTCOME", inquiry.graph.goal.where, message, hint, found)


def _everything_given(inquiry: Inquiry, goal: int | None, points: Points | None) -> None:
    flow = inquiry.graph.flow
    for name in flow.outcomes:
        if points is not None and _is_given(inquiry.graph, points, name):
            continue
        node = None if goal is None else inquiry.node(partial(_with, inquiry, goal, name))
        before = len(inquiry.not_proven)
        question = worded("whether anybody can get `{name}`", name=name)
        found = inquiry.is_anybody(question, is_value(flow.goal, name), node)
        if not found and len(inquiry.not_proven) == before:
            message = worded("Nobody can get the outcome `{name}`.", name=name)
            hint = worded("Remove it, or mend the row that should lead to it.")
            inquiry.find("P-OUTCOME", inquiry.graph.goal.where, message, hint)


def _is_given(graph: Graph, points: Points, outcome: str) -> bool:
    """Whether somebody gets it by a row of the goal, as the engine says too."""
    somebody = islice(points.with_output(outcome), MOST_SHOWN)
    return any(View(graph, known).value(graph.flow.goal) == outcome for known in somebody)


def _with(inquiry: Inquiry, goal: int, value: object) -> int:
    """Who gets this from the rules."""
    return inquiry.builder.forest.combine(lambda own: own == value and type(own) is type(value), goal)


MOST_SHOWN = 20
"""Citizens who are tried on the engine."""

_ROWS = worded("Complete the rows or the parameter table behind it, or put it under `if_known`.")
_CLOCK = worded(
    "Complete the rows or the parameter table behind it, put it under `if_known`, or say with `min` at the fact from "
    "the clock which is the first day that counts."
)


def _every_value_there(inquiry: Inquiry, goal: int | None) -> None:
    """What an outcome shows has a value for everybody who gets it; what may be missing stands under `if_known`."""
    graph = inquiry.graph
    for outcome, name in ((own, name) for own, spec in graph.flow.outcomes.items() for name in spec.values):
        about, names = ("value", graph.flow.goal, outcome, name), (graph.flow.goal, name)
        inquiry.once(about, names, partial(_value_there, inquiry, goal, outcome, name))


def _value_there(inquiry: Inquiry, goal: int | None, outcome: str, name: str) -> None:
    graph = inquiry.graph
    ruling = graph.rulings.get(name)
    if ruling is None or ruling.each or ruling.type is FactType.CHOICES or not _may_be_none(graph, name):
        return
    node = _node(inquiry, goal, inquiry.ruling(ruling), outcome)
    points = Points.of(inquiry, ruling) if node is None else None
    if points is not None and points.always_give(partial(_gives_something, View(graph, {}))):
        return
    claim = both(is_value(graph.flow.goal, outcome), is_value(name, None))
    found = inquiry.anybody(
        worded("whether `{name}` always has a value in `{outcome}`", name=name, outcome=outcome), claim, node
    )
    if found is not None:
        message = worded("`{outcome}` shows `{name}`, which has no value here.", outcome=outcome, name=name)
        hint = _CLOCK if graph.clocks else _ROWS
        inquiry.find("P-NO-VALUE", ruling.where, message, hint, found)


def _gives_something(anybody: View, row: Row) -> bool:
    """Whether what a row gives is a value, whatever is answered."""
    return not may_be(expr_possible(row.output.expr, anybody), None)


def _node(inquiry: Inquiry, goal: int | None, value: int | None, outcome: str) -> int | None:
    """Who gets the outcome and has no such value; None without a diagram of both."""
    if goal is None or value is None:
        return None
    combine = inquiry.builder.forest.combine
    return inquiry.node(lambda: combine(lambda own, end: own is None and end == outcome, value, goal))


def _may_be_none(graph: Graph, name: str) -> bool:
    """Whether reasoning over everybody at once leaves it open; cheaper than asking for a citizen."""
    possible = View(graph, {}).possible(name)
    if isinstance(possible, Between):
        return possible.null
    values = finite(possible)
    return values is None or None in values

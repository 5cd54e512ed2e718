"""Why no citizen was found for what is not covered: one plain sentence, from what was tried.

Called by `engine.harness.suggest`; tests: tests/engine/harness/test_suggest.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.errors import Said, together, worded
from engine.graph.graph import Graph
from engine.graph.process import ENGINE_EVENTS, By, Do, Step, When
from engine.harness.coverage import (
    CHANNELS,
    PEOPLE,
    STATES,
    TRANSITIONS,
    Aim,
    channel_name,
    move_name,
    task_name,
    unknown_name,
)
from engine.harness.suggest_ways import Explored

MOST_STEPS = 3


def why_not(graph: Graph, explored: Explored, aim: Aim) -> str:
    """Why nobody who was tried got there."""
    kind, name = aim
    if kind == TRANSITIONS:
        return _steps(explored, [own for own in graph.process.steps if _name(own) == name])
    if kind == STATES:
        return _steps(explored, [own for own in graph.process.steps if own.to == name and own.source != name])
    if kind == CHANNELS:
        place = next(
            own
            for own in graph.process.places
            for channel in graph.flow.channels
            if name == channel_name(str(channel), own)
        )
        return _not_there([place]) if place not in explored.places else worded("it is refused there")
    if kind == PEOPLE:
        return _person(graph, explored, name)
    return worded("is it possible at all? See `wegwijzer prove`")


def _person(graph: Graph, explored: Explored, name: str) -> str:
    """A question that nobody is asked, a task that nobody opens, or a channel over which no person can be had."""
    if name in {str(unknown_name(own)) for own in graph.facts}:
        return worded("nobody who was tried is asked that")
    steps = graph.process.steps
    named = {task for own in steps for task in own.does(Do.TASK)} | set(graph.flow.tasks)
    tasks = {task for task in named if task_name(task) == name}
    if any(spec.task in tasks for spec in graph.flow.outcomes.values()):
        tasks.add("outcome")
    opened = [own for own in steps if tasks & {*own.does(Do.TASK)}]
    return _steps(explored, opened) if opened else worded("it is refused wherever it was tried")


def _name(step: Step) -> str:
    return move_name((step.source, step.event, step.target))


def _steps(explored: Explored, steps: Iterable[Step]) -> str:
    """Why none of these steps was taken."""
    own = list(steps)
    there = [step for step in own if step.source in explored.places]
    if not there:
        return _not_there(dict.fromkeys(step.source for step in own))
    return together(list(dict.fromkeys(_step(explored, step) for step in there))[:MOST_STEPS], "; ")


def _not_there(places: Iterable[str]) -> Said:
    return worded("nobody who was tried came to {places}", places=", ".join(places))


def _step(explored: Explored, step: Step) -> Said:
    """Why nobody who came to its place took it."""
    guard = step.guard if step.when is When.IF else worded("another row comes first")
    if step.event in ENGINE_EVENTS and step.when is When.ALWAYS:
        return worded(
            "nobody who was tried leaves something open in {place} that only a person can say", place=step.source
        )
    if step.by is By.CLOCK and (step.source, step.event) not in explored.rang:
        return worded("no clock for {event} ran out in {place}", event=step.event, place=step.source)
    if step.when is When.ALWAYS:
        codes = explored.refused.get((step.source, step.event), frozenset())
        return worded(
            "in {place} {event} was refused: {codes}",
            place=step.source,
            event=step.event,
            codes=", ".join(sorted(codes)),
        )
    return worded(
        "in {place} {event} never fell to this row: {guard}", place=step.source, event=step.event, guard=guard
    )

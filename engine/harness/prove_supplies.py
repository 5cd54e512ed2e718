"""Promises about who supplies what.

    always: {fact: f, by: [register, citizen]}   these supply f, in this order, and nobody else
    always: {fact: f, unsure: worker}            whoever does not know f, or cannot send it, is helped by a worker
    every: {outcome: o, knows: f}                f is asked before o is handled: it stands under `needs`, a value of o
                                                 reads it, or nobody can get o without it (then, too, what a worker
                                                 must have for it); of a decision: it stands under `values`

Called by `engine.harness.prove`; tests: tests/engine/harness/test_process_promises.py and test_promises_given.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from engine.errors import Said, either, together, worded
from engine.flow.model import Always, Every
from engine.graph.axes import FactAxis
from engine.harness.inquiry import Inquiry


def check_supplies(inquiry: Inquiry, goal: int | None) -> None:
    """Every promise about who supplies what, in order."""
    for number, promise in enumerate(inquiry.graph.flow.promises, 1):
        if promise.always is not None:
            _suppliers(inquiry, number, promise.always)
            _unsure(inquiry, number, promise.always)
        elif promise.every is not None:
            _knows_once(inquiry, number, goal, promise.every)


def _broken(inquiry: Inquiry, number: int, message: Said, hint: Said) -> None:
    where = inquiry.graph.promise_marks[number - 1]
    inquiry.find(
        "P-PROMISE", where, worded("Promise {number} is broken: {message}.", number=number, message=message), hint
    )


def _suppliers(inquiry: Inquiry, number: int, promise: Always) -> None:
    """A fact that others supply too, or in another order: a register that is no longer asked before the citizen is."""
    for name in promise.fact if promise.by else ():
        kinds = tuple(dict.fromkeys(own.kind.value for own in inquiry.graph.facts[name].spec.suppliers))
        if kinds != promise.by:
            hint = worded("Let {by} supply it, or mend the promise.", by=together(promise.by, " and then "))
            _broken(inquiry, number, worded("`{name}` comes from {kinds}", name=name, kinds=either(kinds)), hint)


def _unsure(inquiry: Inquiry, number: int, promise: Always) -> None:
    """A fact that stops whoever does not know it."""
    for name in promise.fact if promise.unsure else ():
        if inquiry.graph.facts[name].spec.unsure != promise.unsure:
            hint = worded("Write `unsure: {unsure}` at that fact.", unsure=promise.unsure)
            _broken(
                inquiry,
                number,
                worded("whoever does not know `{name}` comes to no {unsure}", name=name, unsure=promise.unsure),
                hint,
            )


def _knows_once(inquiry: Inquiry, number: int, goal: int | None, promise: Every) -> None:
    """It reads the goal, what the outcomes ask and tell, and what each fact needs."""
    graph = inquiry.graph
    outcomes = [graph.flow.outcomes[name] for name in promise.outcome if promise.knows]
    needs = tuple((path, tuple(node.spec.needs)) for path, node in graph.facts.items())
    about = ("knows", promise.model_dump_json(), tuple((own.needs, own.values) for own in outcomes), needs)
    names = {graph.flow.goal, *(name for own in outcomes for name in own.values)}
    inquiry.once(about, names, lambda: _knows(inquiry, number, goal, promise))


def _knows(inquiry: Inquiry, number: int, goal: int | None, promise: Every) -> None:
    for outcome in promise.outcome if promise.knows else ():
        known = set(_certain(inquiry, goal, outcome))
        for name in promise.knows:
            if name not in known:
                _broken(inquiry, number, *_unknown(inquiry, outcome, name))


def _unknown(inquiry: Inquiry, outcome: str, name: str) -> tuple[Said, Said]:
    """What is missing, and where it belongs: a decision that is not told, or a fact that is not asked."""
    if name in inquiry.graph.rulings:
        told = worded("somebody can get `{outcome}` without `{name}` being told", outcome=outcome, name=name)
        return told, worded("Put `{name}` under `values` of that outcome.", name=name)
    asked = worded("somebody can get `{outcome}` without `{name}` being asked", outcome=outcome, name=name)
    return asked, worded("Put `{name}` under `needs` of that outcome.", name=name)


def _certain(inquiry: Inquiry, goal: int | None, outcome: str) -> Iterator[str]:
    """The facts that are asked, and the decisions that are told, whenever this outcome is handled."""
    graph = inquiry.graph
    spec = graph.flow.outcomes[outcome]
    yield from spec.needs
    yield from spec.values
    for value in spec.values:
        yield from graph.rulings[value].reads if value in graph.rulings else (value,)
    if goal is None:
        return
    gets = inquiry.builder.forest.combine(lambda value: value == outcome, goal)
    for axis, own in enumerate(inquiry.builder.axes):
        if isinstance(own, FactAxis) and _indispensable(inquiry, gets, axis):
            yield own.node.path
            yield from own.node.spec.needs


def _indispensable(inquiry: Inquiry, gets: int, axis: int) -> bool:
    """Whether nobody gets the outcome whatever the value of this fact: then it is asked of everybody who does."""
    forest = inquiry.builder.forest
    cells = range(len(inquiry.builder.axes[axis].cells))
    anyhow = reduce(inquiry.both, (forest.allow(gets, axis, 1 << cell) for cell in cells))
    return True not in forest.values(anyhow)

"""Promises about what the rules give: `never`, `more`, `possible`, and an `always` that is an expression.

Called by `engine.harness.prove`; those about who supplies what are in `engine.harness.prove_supplies`, those about the
process in `engine.harness.process_promises`.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from engine.errors import worded
from engine.flow.model import More, Never
from engine.graph.axes import FactAxis
from engine.graph.cells import OTHER
from engine.harness import claims
from engine.harness.finding import Citizen
from engine.harness.inquiry import Inquiry


def check_values(inquiry: Inquiry, goal: int | None) -> None:
    """Every promise about values, in order."""
    graph = inquiry.graph
    ranks = {name: spec.rank or 0 for name, spec in graph.flow.outcomes.items()}
    for number, promise in enumerate(graph.flow.promises, 1):
        formula, about = graph.promises[number - 1], ("promise of values", promise.model_dump_json())
        names = formula.names if formula is not None else frozenset[str]()
        if promise.never is not None and promise.never.outcome:
            inquiry.once(about, {*names, graph.flow.goal}, partial(_never, inquiry, number, goal, promise.never))
        elif promise.more is not None:
            own = {graph.flow.goal, promise.more.fact}
            look = partial(_more, inquiry, number, goal, promise.more, ranks)
            inquiry.once((about, tuple(ranks.items())), own, look)
        elif promise.always is not None and promise.always.holds is not None:
            inquiry.once(about, names, partial(_always, inquiry, number))
        elif promise.possible is not None:
            inquiry.once(about, names, partial(_possible, inquiry, number))


def _never(inquiry: Inquiry, number: int, goal: int | None, promise: Never) -> None:
    graph, forest = inquiry.graph, inquiry.builder.forest
    when = graph.promises[number - 1]
    if when is None:
        return

    def broken() -> int | None:
        if goal is None:
            return None
        is_outcome = forest.combine(lambda value: value == promise.outcome, goal)
        return inquiry.both(is_outcome, inquiry.true(inquiry.builder.condition(when.expr)))

    claim = claims.both(claims.is_value(graph.flow.goal, promise.outcome), claims.condition(when))
    found = inquiry.anybody(worded("promise {number}", number=number), claim, inquiry.node(broken))
    if found is not None:
        message = worded(
            "Promise {number} is broken: this citizen gets `{outcome}` although {text}.",
            number=number,
            outcome=promise.outcome,
            text=when.text,
        )
        inquiry.find("P-PROMISE", when.where, message, worded("Mend the rules, or the promise."), found)


def _always(inquiry: Inquiry, number: int) -> None:
    """Broken where the expression is false; where it is null there is nothing that could be too much."""
    holds, forest = inquiry.graph.promises[number - 1], inquiry.builder.forest
    if holds is None:
        return
    node = inquiry.node(lambda: forest.combine(lambda value: value is False, inquiry.builder.condition(holds.expr)))
    found = inquiry.anybody(worded("promise {number}", number=number), claims.condition(holds, wanted=False), node)
    if found is not None:
        message = worded("Promise {number} is broken: not for everybody {text}.", number=number, text=holds.text)
        inquiry.find("P-PROMISE", holds.where, message, worded("Mend the rules, or the promise."), found)


def _possible(inquiry: Inquiry, number: int) -> None:
    """Broken where nobody at all makes the expression true."""
    holds, before = inquiry.graph.promises[number - 1], len(inquiry.not_proven)
    if holds is None:
        return
    node = inquiry.node(lambda: inquiry.true(inquiry.builder.condition(holds.expr)))
    found = inquiry.is_anybody(worded("promise {number}", number=number), claims.condition(holds), node)
    if not found and len(inquiry.not_proven) == before:
        message = worded("Promise {number} is broken: for nobody {text}.", number=number, text=holds.text)
        inquiry.find("P-PROMISE", holds.where, message, worded("Mend the rules, or the promise."))


def _more(inquiry: Inquiry, number: int, goal: int | None, promise: More, ranks: dict[str, int]) -> None:
    if _is_idle(inquiry, goal, promise.fact):
        message = worded(
            "Promise {number} promises nothing: {why}.",
            number=number,
            why=worded("no outcome depends on `{fact}`", fact=promise.fact),
        )
        where = inquiry.graph.promise_marks[number - 1]
        inquiry.find("P-PROMISE-EMPTY", where, message, worded("Say what could go wrong, or remove it."))
        return
    better = promise.never_better_for_citizen == "yes"
    exact = _by_cells(inquiry, number, goal, promise.fact, ranks, better=better)
    if exact is None:
        exact = _by_pairs(inquiry, number, promise.fact, ranks, better=better)
    if exact:
        message = worded(
            "Promise {number} is broken: more `{fact}` changes this citizen's outcome the wrong way.",
            number=number,
            fact=promise.fact,
        )
        inquiry.find(
            "P-PROMISE",
            inquiry.graph.promise_marks[number - 1],
            message,
            worded("Mend the rules, or the promise."),
            exact,
        )


def _is_idle(inquiry: Inquiry, goal: int | None, fact: str) -> bool:
    """Whether the goal is the same whatever the fact: proven by its diagram, or because nothing there reads it."""
    if fact not in inquiry.graph.goal.reads:
        return True
    if goal is None:
        return False
    support, axes = inquiry.builder.forest.support(goal), inquiry.builder.axes
    used = [axis for at, axis in enumerate(axes) if support >> at & 1]
    return all(isinstance(axis, FactAxis) and axis.node.path != fact for axis in used)


def _by_cells(
    inquiry: Inquiry, number: int, goal: int | None, fact: str, ranks: dict[str, int], *, better: bool
) -> Citizen | None:
    """Cell by cell of the fact, where the goal depends on answers alone: a citizen, {} for nobody, None: not so."""
    forest, axes = inquiry.builder.forest, inquiry.builder.axes
    axis = next((n for n, own in enumerate(axes) if isinstance(own, FactAxis) and own.node.path == fact), None)
    if goal is None or axis is None:
        return None
    others = [own for at, own in enumerate(axes) if forest.support(goal) >> at & 1 and not isinstance(own, FactAxis)]
    if others:
        return None
    cells = axes[axis].cells
    steps = [forest.allow(goal, axis, 1 << cell) for cell in range(len(cells))]
    for cell, (low, high) in enumerate(pairwise(steps)):

        def worse(before: object, after: object) -> bool:
            first, second = ranks.get(str(before), 0), ranks.get(str(after), 0)
            return second > first if better else second < first

        found, _ = inquiry.witnesses.of(forest.combine(worse, low, high))
        if found is not None:
            ends = [cells.representative(at) for at in (cell, cell + 1)]
            said = [inquiry.word(fact, end) if end is not OTHER else "?" for end in ends]
            return {**inquiry.shown(found), fact: worded("from {first} to {second}", first=said[0], second=said[1])}
    return {}


def _by_pairs(inquiry: Inquiry, number: int, fact: str, ranks: dict[str, int], *, better: bool) -> Citizen:
    """Two citizens who differ in the fact alone, by z3."""
    if not claims.is_ordered(inquiry.graph.facts[fact].spec.type):
        inquiry.not_proven.append(
            worded("promise {number}: there is no more or less of `{fact}`", number=number, fact=fact)
        )
        return {}
    answer = inquiry.solver.ask(claims.worse(inquiry.graph, fact, ranks, better=better))
    if not inquiry.said(worded("promise {number}", number=number), answer) or answer.citizen is None:
        return {}
    first, second = inquiry.word(fact, answer.citizen[fact]), inquiry.word(fact, answer.other)
    return {**inquiry.shown(answer.citizen), fact: worded("from {first} to {second}", first=first, second=second)}

"""What happens in a scenario once the questions are done: steps by each party, clocks that run out, changed answers.

    carry_out(walk, then)      one thing of a scenario's `then`

A worker claims the oldest open task first, as in the worklist; a clock that runs out takes the scenario's time to its
deadline. Called by `engine.harness.run`; tests: tests/engine/harness/test_then.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Protocol

from engine.errors import RefusedEvent
from engine.graph.graph import Graph
from engine.harness.literals import canonical
from engine.harness.scenario import Then
from engine.journey import events as ev
from engine.journey.facts import day
from engine.journey.state import Journey
from engine.terms.periods import add, parse_period

MOST_CLOCKS = 500
REGISTER = ev.Actor(kind=ev.ActorKind.REGISTER)
PAYMENT = ev.Actor(kind=ev.ActorKind.PAYMENT)
CLOCK = ev.Actor(kind=ev.ActorKind.CLOCK)
CITIZEN = ev.Actor(kind=ev.ActorKind.CITIZEN)


class Walk(Protocol):
    """One citizen on the way: what `engine.harness.run` has of it."""

    graph: Graph
    at: datetime

    @property
    def now(self) -> Journey: ...

    def do(self, kind: type[ev.Event], actor: ev.Actor = ..., **fields: Any) -> None: ...

    def switch(self, to: ev.Channel) -> None: ...


def carry_out(walk: Walk, then: Then) -> None:
    """One thing. RefusedEvent and AnswerError pass through, unless `refused` names the code that is expected."""
    try:
        _kind(walk, then)
    except RefusedEvent as error:
        if error.code != then.refused:
            raise
        return
    if then.refused:
        raise RefusedEvent("scenario.not_refused", {"expected": then.refused})


def _kind(walk: Walk, then: Then) -> None:
    for given, does in (
        (then.worker, _worker),
        (then.citizen, _citizen),
        (then.payment, _payment),
        (then.late, _late),
        (then.wait, _wait),
        (then.asks, _asks),
        (then.switch, _switch),
    ):
        if given:
            does(walk, then)
            return
    _facts(walk, then)


def _citizen(walk: Walk, then: Then) -> None:
    walk.do(ev.StepTaken, CITIZEN, step=then.citizen)


def _payment(walk: Walk, then: Then) -> None:
    for fact, text in then.paid.items():
        value = canonical(walk.graph.facts[fact], text)
        walk.do(ev.FactFetched, PAYMENT, fact=fact, value=value, source="payment")
    walk.do(ev.StepTaken, PAYMENT, step=then.payment)


def _asks(walk: Walk, then: Then) -> None:
    walk.do(ev.PersonAsked, CITIZEN, over=then.asks)


def _switch(walk: Walk, then: Then) -> None:
    assert then.switch is not None
    walk.switch(then.switch)


def _facts(walk: Walk, then: Then) -> None:
    for fact, text in then.fetched.items():
        value = canonical(walk.graph.facts[fact], text)
        walk.do(ev.FactFetched, REGISTER, fact=fact, value=value, source="scenario")
    for fact, text in then.answer.items():
        walk.do(ev.AnswerGiven, CITIZEN, fact=fact, value=canonical(walk.graph.facts[fact], text))


def _worker(walk: Walk, then: Then) -> None:
    worker = ev.Actor(kind=ev.ActorKind.WORKER, id=then.name)
    task = next((own for own in walk.now.tasks.values() if own.finished is None), None)
    if task is not None and not task.claimed_by:
        walk.do(ev.TaskClaimed, worker, task=task.id)
    for fact, text in then.judge.items():
        value = canonical(walk.graph.facts[fact], text)
        walk.do(ev.JudgementGiven, worker, fact=fact, value=value, motive=then.motive)
    walk.do(ev.StepTaken, worker, step=then.worker, outcome=then.outcome, motive=then.motive)


def _late(walk: Walk, then: Then) -> None:
    clock = then.late
    name = clock if clock in ("place", "remind") else f"term:{clock}"
    until = walk.now.deadlines.get(name)
    if until is None:
        raise RefusedEvent("scenario.no_such_clock", {"clock": clock})
    _ring(walk, name, until)


def _wait(walk: Walk, then: Then) -> None:
    """Time passes; each clock that runs out meanwhile is heard, the earliest first."""
    assert then.wait is not None
    length = then.wait
    last_day = add(day(walk.at), parse_period(length))
    last = walk.at + timedelta(days=(last_day - day(walk.at)).days)
    for _ in range(MOST_CLOCKS):
        open_now = [
            (until, name) for name, until in walk.now.deadlines.items() if walk.now.passed.get(name) != until <= last
        ]
        if not open_now:
            break
        until, name = min(open_now)
        _ring(walk, name, until)
    walk.at = max(walk.at, last)


def _ring(walk: Walk, name: str, until: datetime) -> None:
    walk.at = max(walk.at, until) + timedelta(seconds=1)
    entry = walk.now.visits[-1].entry if walk.now.visits else 0
    walk.do(ev.DeadlinePassed, CLOCK, clock=name, entry=entry)

"""What happens in a scenario once the questions are done: steps by each party, clocks that run out, changed answers.

    carry_out(walk, then)      one thing of a scenario's `then`

A worker claims the oldest open task first, as in the worklist; a clock that runs out takes the scenario's time to its
deadline. Called by `engine.harness.run`; tests: tests/engine/harness/test_then.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from engine.errors import RefusedEvent
from engine.harness.driver import CITIZEN, PAYMENT, REGISTER, Driver, worker
from engine.harness.scenario import Then
from engine.journey import events as ev
from engine.journey.facts import day
from engine.terms.periods import add, parse_period

SAID = "scenario"  # why what a register says is wrong


def carry_out(walk: Driver, then: Then) -> None:
    """One thing. RefusedEvent and AnswerError pass through, unless `refused` names the code that is expected."""
    try:
        _kind(walk, then)
    except RefusedEvent as error:
        if error.code != then.refused:
            raise
        return
    if then.refused:
        raise RefusedEvent("scenario.not_refused", {"expected": then.refused})


def _kind(walk: Driver, then: Then) -> None:
    for given, does in (
        (then.worker, _worker),
        (then.citizen, _citizen),
        (then.payment, _payment),
        (then.late, _late),
        (then.wait, _wait),
        (then.dispute, _dispute),
        (then.asks, _asks),
        (then.switch, _switch),
    ):
        if given:
            does(walk, then)
            return
    _facts(walk, then)


def _citizen(walk: Driver, then: Then) -> None:
    walk.do(ev.StepTaken, CITIZEN, step=then.citizen)


def _payment(walk: Driver, then: Then) -> None:
    for fact, text in then.paid.items():
        value = walk.trunk.literal(fact, text)
        walk.do(ev.FactFetched, PAYMENT, fact=fact, value=value, source="payment")
    walk.do(ev.StepTaken, PAYMENT, step=then.payment)


def _asks(walk: Driver, then: Then) -> None:
    walk.do(ev.PersonAsked, CITIZEN, over=then.asks)


def _dispute(walk: Driver, then: Then) -> None:
    walk.do(ev.FactDisputed, CITIZEN, fact=then.dispute, reason=SAID)


def _switch(walk: Driver, then: Then) -> None:
    assert then.switch is not None
    walk.switch(then.switch)


def _facts(walk: Driver, then: Then) -> None:
    for fact, text in then.fetched.items():
        value = walk.trunk.literal(fact, text)
        walk.do(ev.FactFetched, REGISTER, fact=fact, value=value, source="scenario")
    for fact, text in then.answer.items():
        node = walk.graph.facts[fact]
        leads_to = str(node.spec.unsure or "")
        if text == "unsure" and leads_to in ("worker", "help"):
            walk.do(ev.HelpWanted, CITIZEN, fact=fact, leads_to=leads_to)
        else:
            walk.do(ev.AnswerGiven, CITIZEN, fact=fact, value=walk.trunk.literal(fact, text))


def _worker(walk: Driver, then: Then) -> None:
    by = worker(then.name)
    walk.claim(by)
    for fact, text in then.judge.items():
        judge(walk, by, fact, text, then.motive)
    walk.do(ev.StepTaken, by, step=then.worker, outcome=then.outcome, motive=then.motive)


def judge(walk: Driver, by: ev.Actor, fact: str, text: Any, motive: str, task: str = "") -> None:
    """A worker supplies a fact; where the citizen disputes what a register said, that settles it."""
    value = walk.trunk.literal(fact, text)
    answer = walk.now.answers.get(fact)
    if answer is not None and answer.disputed:
        walk.do(ev.DisputeSettled, by, fact=fact, value=value, motive=motive)
    else:
        walk.do(ev.JudgementGiven, by, fact=fact, value=value, motive=motive, task=task)


def _late(walk: Driver, then: Then) -> None:
    clock = then.late
    name = clock if clock in ("place", "remind") else f"term:{clock}"
    until = walk.now.deadlines.get(name)
    if until is None:
        raise RefusedEvent("scenario.no_such_clock", {"clock": clock})
    walk.ring(name, until)


def _wait(walk: Driver, then: Then) -> None:
    """Time passes; each clock that runs out meanwhile is heard, the earliest first."""
    assert then.wait is not None
    last_day = add(day(walk.at), parse_period(then.wait))
    walk.wait(walk.at + timedelta(days=(last_day - day(walk.at)).days))

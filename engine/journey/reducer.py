"""One event into a journey: what follows from it, and what the world should do. Pure; runs no effect.

    advance(graph, journey, event) -> Step(journey, events, effects)

    1. accept      is it allowed now? else RefusedEvent or AnswerError, and nothing has changed
    2. evolve      the event itself
    3. derive      until nothing more follows: outcome settled or open again, the engine's own steps
                   (`settled`, `needs_worker`), places entered, tasks opened, clocks set

`events` holds the given event and the derived ones, in order: exactly what is stored, so that a replay needs no rules.
Called by `api.service` and `engine.harness`; tests: tests/engine/journey/test_reducer.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from engine.errors import EngineBug, RefusedEvent
from engine.graph.graph import Graph
from engine.graph.process import By
from engine.journey import events as ev
from engine.journey.accept import accept, current, load_fact
from engine.journey.context import context_of, machine_of
from engine.journey.effects import AnyEffect
from engine.journey.facts import view_of
from engine.journey.machine import PARTY, Move
from engine.journey.moves import Unfolding
from engine.journey.state import Journey

MOST_ENGINE_STEPS = 20
FACTS = (
    ev.AnswerGiven,
    ev.AnswersWithdrawn,
    ev.ListClosed,
    ev.FactFetched,
    ev.FactDisputed,
    ev.DisputeSettled,
    ev.HelpWanted,
    ev.JudgementGiven,
)


@dataclass(frozen=True, slots=True)
class Step:
    """The journey afterwards, the events to store (the given one first), the effects to carry out."""

    journey: Journey
    events: tuple[ev.AnyEvent, ...]
    effects: tuple[AnyEffect, ...]


def advance(graph: Graph, journey: Journey | None, event: ev.Event) -> Step:
    """See the top of this module. Raises RefusedEvent or AnswerError; then nothing has changed."""
    if isinstance(event, ev.JourneyStarted):
        return _start(graph, event)
    if journey is None:
        raise EngineBug(f"{type(event).__name__} for a journey that has not started")
    accept(graph, journey, event)
    unfolding = Unfolding(graph, journey, event, partial(load_fact, graph))
    if isinstance(event, ev.StepTaken):
        _take_step(unfolding, event)
    elif isinstance(event, ev.DeadlinePassed):
        _deadline(unfolding, event)
    else:
        if isinstance(event, FACTS) and event.actor.kind in (ev.ActorKind.CITIZEN, ev.ActorKind.REPRESENTATIVE):
            _open_for_change(unfolding)
        unfolding.given()
    if isinstance(event, (*FACTS, ev.StepTaken)):
        _derive(unfolding)
        unfolding.move_place_clock()
    return Step(unfolding.journey, tuple(unfolding.events), tuple(unfolding.effects))


def _start(graph: Graph, event: ev.JourneyStarted) -> Step:
    unfolding = Unfolding(graph, None, event, partial(load_fact, graph))
    unfolding.given()
    unfolding.enter(graph.process.start, "")
    unfolding.fetch_registers()
    _derive(unfolding)
    return Step(unfolding.journey, tuple(unfolding.events), tuple(unfolding.effects))


def _open_for_change(unfolding: Unfolding) -> None:
    """A citizen who changes an answer after the questions first takes `change`; where it is not offered, not now."""
    graph, journey = unfolding.graph, unfolding.before
    assert journey is not None
    place = graph.process.places.get(journey.place)
    if place is not None and place.does == "questions":
        return
    if isinstance(unfolding.event, ev.FactDisputed):
        return
    move = machine_of(graph).take(
        journey.place, "change", By.CITIZEN, context_of(graph, journey), last_by=journey.last_by
    )
    if not move.internal:
        unfolding.enter(move.to, "change")


def _take_step(unfolding: Unfolding, event: ev.StepTaken) -> None:
    graph, journey = unfolding.graph, unfolding.before
    assert journey is not None
    if event.outcome and event.outcome not in graph.flow.outcomes:
        raise RefusedEvent("refused.no_such_outcome")
    _needs_motive(journey, event)
    proposed = event.outcome or journey.proposed or journey.outcome
    context = context_of(graph, journey)
    context = type(context)(graph, context.view, proposed)
    worker = event.actor.id if event.actor.kind is ev.ActorKind.WORKER else ""
    party = PARTY[event.actor.kind]
    if party in (By.ENGINE, By.CLOCK):
        raise RefusedEvent("refused.not_yours", {"event": event.step})
    move = machine_of(graph).take(journey.place, event.step, party, context, worker=worker, last_by=journey.last_by)
    unfolding.given()
    _apply(unfolding, move, event.step)


def _needs_motive(journey: Journey, event: ev.StepTaken) -> None:
    """A professional may deviate from the rules' outcome, with a motive."""
    deviates = bool(event.outcome) and event.outcome != journey.outcome
    if deviates and not event.motive.strip():
        raise RefusedEvent("refused.motive_needed")


def _deadline(unfolding: Unfolding, event: ev.DeadlinePassed) -> None:
    graph, journey = unfolding.graph, unfolding.before
    assert journey is not None
    unfolding.given()
    name = _late_event(graph, journey, event)
    if not name:
        return
    try:
        move = machine_of(graph).take(
            journey.place, name, By.CLOCK, context_of(graph, journey), last_by=journey.last_by
        )
    except RefusedEvent:
        return
    _apply(unfolding, move, name)
    _derive(unfolding)


def _late_event(graph: Graph, journey: Journey, event: ev.DeadlinePassed) -> str:
    """The clock's event for the place the journey is in now, "" when the clock belongs to an earlier entry."""
    if event.clock in ("place", "remind"):
        is_current = bool(journey.visits) and journey.visits[-1].entry == event.entry
        return "late" if is_current and event.clock == "place" else ""
    if event.clock not in journey.deadlines:
        return ""
    place = graph.process.places.get(journey.place)
    name = event.clock.removeprefix("term:")
    return "late" if place is not None and place.under == name else f"late:{name}"


def _apply(unfolding: Unfolding, move: Move, by_event: str) -> None:
    if not move.internal:
        unfolding.leave_tasks()
        unfolding.enter(move.to, by_event)
    unfolding.do(move.do)
    unfolding.set_terms()


def _derive(unfolding: Unfolding) -> None:
    """What follows by itself, until nothing does."""
    for _ in range(MOST_ENGINE_STEPS):
        _settle(unfolding)
        if not _engine_step(unfolding):
            return
    raise EngineBug("the engine's own steps do not come to rest")


def _settle(unfolding: Unfolding) -> None:
    outcome = current(unfolding.graph, unfolding.journey).outcome
    if outcome == unfolding.journey.outcome:
        return
    if outcome:
        unfolding.derived(ev.OutcomeSettled, outcome=outcome)
    else:
        unfolding.derived(ev.OutcomeUnsettled)


def _engine_step(unfolding: Unfolding) -> bool:
    """Take `settled` or `needs_worker` where it is due; False when neither is."""
    graph, journey = unfolding.graph, unfolding.journey
    view = view_of(graph, journey)
    relevant = current(graph, journey, view)
    if relevant.is_settled:
        due = "settled"
    elif relevant.stuck or (not relevant.askable and relevant.waiting):
        due = "needs_worker"
    else:
        return False
    try:
        context = context_of(graph, journey, view)
        move = machine_of(graph).take(journey.place, due, By.ENGINE, context, last_by=journey.last_by)
    except RefusedEvent:
        return False
    _apply(unfolding, move, due)
    return not move.internal

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
from engine.graph.process import By, Do
from engine.graph.view import View
from engine.journey import events as ev
from engine.journey.accept import accept, as_told, current, load_fact
from engine.journey.context import context_of, machine_of
from engine.journey.effects import AnyEffect
from engine.journey.facts import view_of
from engine.journey.machine import PARTY, Move
from engine.journey.moves import TASK, Unfolding
from engine.journey.relevance import Relevance
from engine.journey.replay import ran_out
from engine.journey.state import Journey
from engine.journey.untold import untold

MOST_ENGINE_STEPS = 20
PROPOSE = "propose"
"""A worker proposes something: not while what the outcome rests on is disputed or not judged. Nor is it published."""
FACTS = frozenset(
    (
        ev.AnswerGiven,
        ev.AnswersWithdrawn,
        ev.ListClosed,
        ev.FactFetched,
        ev.FactDisputed,
        ev.DisputeSettled,
        ev.HelpWanted,
        ev.JudgementGiven,
    )
)
TURNING = FACTS | {ev.StepTaken, ev.JourneyMigrated}
"""Events after which more may follow by itself."""


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
    event = as_told(graph, journey, event)
    unfolding = Unfolding(graph, journey, event, partial(load_fact, graph))
    kind = type(event)  # what pydantic makes of `isinstance` is slow
    if kind in FACTS:
        unfolding.end_pause()
        _take_fact(unfolding)
    elif isinstance(event, ev.StepTaken):
        _take_step(unfolding, event)
    elif isinstance(event, ev.DeadlinePassed):
        _deadline(unfolding, event)
    else:
        unfolding.given()
    if kind in TURNING:
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


def _take_fact(unfolding: Unfolding) -> None:
    """A citizen who changes an answer after the questions takes `change` with it; where it is not offered, not now.

    What somebody else supplies may come at any place. Where it changes the outcome, the journey opens again too.
    """
    graph, journey = unfolding.graph, unfolding.journey
    by_citizen = unfolding.event.actor.kind in (ev.ActorKind.CITIZEN, ev.ActorKind.REPRESENTATIVE)
    place = graph.process.places.get(journey.place)
    must = by_citizen and not isinstance(unfolding.event, ev.FactDisputed)
    if place is not None and place.does == "questions":
        unfolding.given()
        return
    move = _change(graph, journey, must=must)
    unfolding.given()
    if move is not None and (must or _outcome(unfolding) != journey.outcome):
        unfolding.go(move, "change")


def _change(graph: Graph, journey: Journey, *, must: bool) -> Move | None:
    """The move that opens the questions again. When there is none here: None, or RefusedEvent where it `must`."""
    context = context_of(graph, journey)
    try:
        move = machine_of(graph).take(journey.place, "change", By.CITIZEN, context, last_by=journey.last_by)
    except RefusedEvent:
        if must:
            raise
        return None
    return None if move.internal else move


def _outcome(unfolding: Unfolding) -> str:
    return current(unfolding.graph, unfolding.journey).outcome


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
    party = _party(event)
    if party in (By.ENGINE, By.CLOCK):
        raise RefusedEvent("refused.not_yours", {"event": event.step})
    move = machine_of(graph).take(journey.place, event.step, party, context, worker=worker, last_by=journey.last_by)
    if not proposed and (event.step == PROPOSE or any(own.kind is Do.PUBLISH for own in move.do)):
        raise RefusedEvent("refused.outcome_needed")
    if event.step == PROPOSE or any(own.kind is Do.PUBLISH and own.what == "outcome" for own in move.do):
        missing = untold(graph, journey, context.view, proposed)
        if missing:
            raise RefusedEvent("refused.unknown", {"event": event.step, "place": journey.place, "missing": missing})
    unfolding.given()
    unfolding.go(move, event.step)


def _party(event: ev.StepTaken) -> By:
    """Whose step it is: a worker may take the citizen's own, as told on the phone or at the desk."""
    told = event.on_behalf and event.actor.kind is ev.ActorKind.WORKER
    return By.CITIZEN if told else PARTY[event.actor.kind]


def _needs_motive(journey: Journey, event: ev.StepTaken) -> None:
    """A professional may deviate from the rules' outcome, with a motive."""
    deviates = bool(event.outcome) and event.outcome != journey.outcome
    if deviates and not event.motive.strip():
        raise RefusedEvent("refused.motive_needed")


def _deadline(unfolding: Unfolding, event: ev.DeadlinePassed) -> None:
    graph, journey = unfolding.graph, unfolding.before
    assert journey is not None
    due = ran_out(journey, event)
    unfolding.given()
    if not due:
        return
    if event.clock == "remind":
        unfolding.remind()
    elif event.clock == "pause":
        unfolding.end_pause()
        unfolding.tell("resumed")
    elif event.clock.startswith(TASK):
        unfolding.not_kept(event.clock.removeprefix(TASK))
    else:
        _late(unfolding, _late_event(graph, journey, event.clock))


def _late(unfolding: Unfolding, name: str) -> None:
    """The clock's own step, where the process has one here."""
    graph, journey = unfolding.graph, unfolding.journey
    context = context_of(graph, journey)
    try:
        move = machine_of(graph).take(journey.place, name, By.CLOCK, context, last_by=journey.last_by)
    except RefusedEvent:
        return
    unfolding.go(move, name)
    _derive(unfolding)


def _late_event(graph: Graph, journey: Journey, clock: str) -> str:
    """`late` for the clock of the place where the journey is, `late:TERM` for a term that runs out elsewhere."""
    place = graph.process.places.get(journey.place)
    term = clock.removeprefix(ev.TERM)
    return "late" if clock == "place" or (place is not None and place.under == term) else f"late:{term}"


def _derive(unfolding: Unfolding) -> None:
    """What follows by itself, until nothing does."""
    for _ in range(MOST_ENGINE_STEPS):
        view = view_of(unfolding.graph, unfolding.journey)
        relevant = current(unfolding.graph, unfolding.journey, view)  # what is settled changes no fact
        _settle(unfolding, relevant.outcome)
        if not _engine_step(unfolding, view, relevant):
            return
    raise EngineBug("the engine's own steps do not come to rest")


def _settle(unfolding: Unfolding, outcome: str) -> None:
    """What was decided on facts that are no longer kept stays decided, until they are told again."""
    if unfolding.journey.erased or outcome == unfolding.journey.outcome:
        return
    if outcome:
        unfolding.derived(ev.OutcomeSettled, outcome=outcome)
    else:
        unfolding.derived(ev.OutcomeUnsettled)


def _engine_step(unfolding: Unfolding, view: View, relevant: Relevance) -> bool:
    """Take `settled` or `needs_worker` where it is due; False when neither is."""
    graph, journey = unfolding.graph, unfolding.journey
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
        if due == "needs_worker":
            unfolding.ask_worker(relevant.stuck)
        return False
    unfolding.go(move, due)
    return not move.internal

"""Fold events into a journey. No rule is consulted here: what was derived then, is read back now.

`evolve` applies one stored event; `replay` folds them all. The reducer uses the same `evolve` for live events, so a
replayed journey equals the live one by construction; a test compares them at every event.
Tests: tests/engine/journey/test_reducer.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from engine.errors import EngineBug
from engine.flow.keys import read_key
from engine.journey import events as ev
from engine.journey.state import (
    Answer,
    ContactRequest,
    Erased,
    Journey,
    Mandate,
    Message,
    Pause,
    Proposal,
    Task,
    Visit,
    altered,
    turned,
)

PLACE_CLOCKS = ("place", "remind", "pause")  # they stop when the place is left; terms run on

Load = Callable[[str, Any], object]
"""Turns a fact's canonical JSON into its typed value: `graph.load(key, value)`."""


def replay(load: Load, stored: Iterable[ev.Event]) -> Journey:
    """The journey that these events make. EngineBug when they do not begin with JourneyStarted."""
    journey: Journey | None = None
    for event in stored:
        journey = evolve(load, journey, event)
    if journey is None:
        raise EngineBug("a journey without events")
    return journey


def evolve(load: Load, journey: Journey | None, event: ev.Event) -> Journey:
    """The journey after one event."""
    if type(event) is ev.JourneyStarted:
        return _start(event)
    if journey is None:
        raise EngineBug(f"{type(event).__name__} before JourneyStarted")
    apply = _APPLY.get(type(event))
    changed = journey if apply is None else apply(journey, event, load)
    if changed is journey:
        return altered(journey, seq=journey.seq + 1)
    changed.__dict__["seq"] = journey.seq + 1  # nobody else has it yet: the second copy of an event is saved
    return changed


def _start(event: ev.JourneyStarted) -> Journey:
    return Journey(
        id=event.journey,
        reference=event.reference,
        flow=event.flow,
        version=event.version,
        language=event.language,
        channel=event.channel,
        started=event.at,
        subject=event.subject,
        seq=1,
    )


def _with(mapping: Mapping[str, Any], key: str, value: object) -> Mapping[str, Any]:
    return MappingProxyType({**mapping, key: value})


def _without(mapping: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    return MappingProxyType({key: value for key, value in mapping.items() if key not in keys})


def _supply(journey: Journey, event: ev.Event, fact: str, answer: Answer) -> Journey:
    known = journey.with_answer(fact, answer)
    over = [own for own in ("silent", "help_wanted", "erased") if fact in getattr(journey, own)]
    return altered(known, **{own: _without(getattr(journey, own), fact) for own in over}) if over else known


def _answer(journey: Journey, event: ev.AnswerGiven, load: Load) -> Journey:
    before = journey.answers.get(event.fact)
    if event.confirms and before is not None:  # who said it first stays the source
        return _supply(journey, event, event.fact, replace(before, confirmed=True))
    value = load(event.fact, event.value)
    return _supply(journey, event, event.fact, Answer(value, event.supplier, event.at, event.actor, event.channel))


def _withdraw(journey: Journey, event: ev.AnswersWithdrawn, load: Load) -> Journey:
    return altered(journey, answers=_without(journey.answers, *event.facts))


def _close_list(journey: Journey, event: ev.ListClosed, load: Load) -> Journey:
    beyond = [
        key
        for key in journey.answers
        if (parsed := read_key(key)) and parsed.name == event.fact and parsed.at >= event.count
    ]
    trimmed = altered(journey, answers=_without(journey.answers, *beyond))
    answer = Answer(event.count, ev.Supplier.CITIZEN, event.at, event.actor, event.channel)
    return _supply(trimmed, event, event.fact, answer)


def _fetched(journey: Journey, event: ev.FactFetched, load: Load) -> Journey:
    value = load(event.fact, event.value)
    source = f"{event.source} {event.on}".strip()
    paid = event.actor.kind is ev.ActorKind.PAYMENT
    supplier = ev.Supplier.PAYMENT if paid else ev.Supplier.REGISTER
    before = journey.answers.get(event.fact)
    confirmed = before is not None and before.confirmed and before.value == value  # the same again is no new question
    answer = Answer(value, supplier, event.at, event.actor, event.channel, source, confirmed=confirmed)
    return _supply(journey, event, event.fact, answer)


def _dispute(journey: Journey, event: ev.FactDisputed, load: Load) -> Journey:
    answer = journey.answers.get(event.fact)
    if answer is None:
        raise EngineBug(f"a dispute about {event.fact}, which is not known")
    return journey.with_answer(event.fact, replace(answer, disputed=event.reason))


def _settle_dispute(journey: Journey, event: ev.DisputeSettled, load: Load) -> Journey:
    value = load(event.fact, event.value)
    answer = Answer(value, ev.Supplier.WORKER, event.at, event.actor, event.channel, motive=event.motive)
    return _supply(journey, event, event.fact, answer)


def _help(journey: Journey, event: ev.HelpWanted, load: Load) -> Journey:
    return altered(journey, help_wanted=_with(journey.help_wanted, event.fact, event.leads_to))


def _judge(journey: Journey, event: ev.JudgementGiven, load: Load) -> Journey:
    value = load(event.fact, event.value)
    answer = Answer(value, ev.Supplier.WORKER, event.at, event.actor, event.channel, event.task, motive=event.motive)
    return _supply(journey, event, event.fact, answer)


def _switch(journey: Journey, event: ev.ChannelSwitched, load: Load) -> Journey:
    return altered(journey, channel=event.to)


def _represent(journey: Journey, event: ev.Represented, load: Load) -> Journey:
    own = Mandate(event.mandate, event.name, event.relation, event.scope, event.at, event.until)
    return altered(journey, mandates=_with(journey.mandates, event.mandate, own))


def _end_mandate(journey: Journey, event: ev.MandateEnded, load: Load) -> Journey:
    own = journey.mandates.get(event.mandate)
    if own is None:
        raise EngineBug("the end of a mandate that was never given")
    return altered(journey, mandates=_with(journey.mandates, event.mandate, replace(own, ended=event.at)))


def _pause(journey: Journey, event: ev.JourneyPaused, load: Load) -> Journey:
    until = journey.deadlines.get("place")
    left = (until - event.at).total_seconds() if until is not None else 0.0
    return altered(journey, pause=Pause(event.at, event.until, left))


def _resume(journey: Journey, event: ev.JourneyResumed, load: Load) -> Journey:
    return altered(journey, pause=None)


def _reach(journey: Journey, event: ev.ReachGiven, load: Load) -> Journey:
    if not event.address:
        return altered(journey, reach=_without(journey.reach, str(event.over)))
    return altered(journey, reach=_with(journey.reach, str(event.over), event.address))


def _silent(journey: Journey, event: ev.RegisterSilent, load: Load) -> Journey:
    return altered(journey, silent=_with(journey.silent, event.fact, event.source))


def _migrate(journey: Journey, event: ev.JourneyMigrated, load: Load) -> Journey:
    return altered(journey, version=event.version)


def _step(journey: Journey, event: ev.StepTaken, load: Load) -> Journey:
    changed = altered(journey, last_by=_with(journey.last_by, event.step, event.actor.id))
    if event.step == "submit":
        changed = altered(changed, submitted=event.at)
    if event.outcome:
        earlier = journey.proposals
        if journey.proposed and not earlier:  # kept from before proposals were
            earlier = (Proposal(journey.proposed, journey.motive, 0),)
        own = Proposal(event.outcome, event.motive, len(journey.visits))
        changed = altered(changed, proposed=event.outcome, motive=event.motive, proposals=(*earlier, own))
    return changed


def _signal(journey: Journey, event: ev.SignalLeft, load: Load) -> Journey:
    return altered(journey, signals=journey.signals + 1)


def _erase(journey: Journey, event: ev.FactsErased, load: Load) -> Journey:
    """The values go, and what was said about them in tasks; that they were known stays."""
    gone = {fact: Erased(event.at, event.rule) for fact in event.facts}
    tasks = {key: replace(own, reason="", note="") if own.fact in gone else own for key, own in journey.tasks.items()}
    return replace(
        journey,
        answers=_without(journey.answers, *event.facts),
        erased=MappingProxyType({**journey.erased, **gone}),
        tasks=MappingProxyType(tasks),
    )


def _claim(journey: Journey, event: ev.TaskClaimed, load: Load) -> Journey:
    return _task(journey, event.task, claimed_by=event.actor.id)


def _return(journey: Journey, event: ev.TaskReturned, load: Load) -> Journey:
    return _task(journey, event.task, claimed_by="")


def _finish(journey: Journey, event: ev.TaskFinished, load: Load) -> Journey:
    return _task(journey, event.task, finished=event.at, note=event.note)


def _task(journey: Journey, task: str, **changes: Any) -> Journey:
    own = journey.tasks.get(task)
    if own is None:
        raise EngineBug(f"task {task} is not of this journey")
    return altered(journey, tasks=_with(journey.tasks, task, replace(own, **changes)))


def _enter(journey: Journey, event: ev.PlaceEntered, load: Load) -> Journey:
    visit = Visit(event.place, len(journey.visits) + 1, event.at, event.by_event)
    return altered(
        journey,
        place=event.place,
        pause=None,
        visits=(*journey.visits, visit),
        told=None,
        deadlines=_without(journey.deadlines, *PLACE_CLOCKS),
        passed=_without(journey.passed, *PLACE_CLOCKS),
    )


def _told(journey: Journey, event: ev.Told, load: Load) -> Journey:
    return altered(journey, told=Message(event.text, event.at, event.deadline))


def _settled(journey: Journey, event: ev.OutcomeSettled, load: Load) -> Journey:
    return altered(journey, outcome=event.outcome)


def _unsettled(journey: Journey, event: ev.OutcomeUnsettled, load: Load) -> Journey:
    return altered(journey, outcome="")


def _opened(journey: Journey, event: ev.TaskOpened, load: Load) -> Journey:
    task = Task(event.task, event.kind, event.reason, event.at, event.skill, event.fact, event.due)
    changed = altered(journey, tasks=_with(journey.tasks, event.task, task))
    if event.over is not None:
        said = (event.preferred_time, event.about, event.unreachable)
        request = ContactRequest(event.over, event.at, event.due, event.task, *said)
        changed = altered(changed, contacts=(*changed.contacts, request))
    return changed


def _clock(journey: Journey, event: ev.ClockSet, load: Load) -> Journey:
    clock = event.clock
    changed = altered(journey, passed=_without(journey.passed, clock)) if clock in journey.passed else journey
    if event.turn is not None:
        name = clock.removeprefix(ev.TERM)
        run = turned(journey.terms.get(name), event.turn, event.at)
        changed = altered(changed, terms=_with(journey.terms, name, run))
    if event.until is None:
        return altered(changed, deadlines=_without(journey.deadlines, clock))
    return altered(changed, deadlines=_with(journey.deadlines, clock, event.until))


def _ran_out(journey: Journey, event: ev.DeadlinePassed, load: Load) -> Journey:
    """Seen to, once: the clock stays in view, with the moment that was not met."""
    if not ran_out(journey, event):
        return journey
    return altered(journey, passed=_with(journey.passed, event.clock, journey.deadlines[event.clock]))


def ran_out(journey: Journey, event: ev.DeadlinePassed) -> bool:
    """Whether this clock has run out, for the first time. That of an earlier entry, or one that moved on, has not."""
    until = journey.deadlines.get(event.clock)
    if until is None or event.at < until or journey.passed.get(event.clock) == until:
        return False
    return event.clock not in PLACE_CLOCKS or event.entry == len(journey.visits)


_APPLY: dict[type, Callable[[Journey, Any, Load], Journey]] = {
    ev.AnswerGiven: _answer,
    ev.AnswersWithdrawn: _withdraw,
    ev.ListClosed: _close_list,
    ev.FactFetched: _fetched,
    ev.FactDisputed: _dispute,
    ev.DisputeSettled: _settle_dispute,
    ev.HelpWanted: _help,
    ev.JudgementGiven: _judge,
    ev.ChannelSwitched: _switch,
    ev.Represented: _represent,
    ev.MandateEnded: _end_mandate,
    ev.JourneyPaused: _pause,
    ev.JourneyResumed: _resume,
    ev.ReachGiven: _reach,
    ev.RegisterSilent: _silent,
    ev.JourneyMigrated: _migrate,
    ev.StepTaken: _step,
    ev.SignalLeft: _signal,
    ev.FactsErased: _erase,
    ev.TaskClaimed: _claim,
    ev.TaskReturned: _return,
    ev.TaskFinished: _finish,
    ev.TaskOpened: _opened,
    ev.ClockSet: _clock,
    ev.DeadlinePassed: _ran_out,
    ev.PlaceEntered: _enter,
    ev.Told: _told,
    ev.OutcomeSettled: _settled,
    ev.OutcomeUnsettled: _unsettled,
}

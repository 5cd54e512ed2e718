"""From events and effects to the rows that the store writes beside them: tasks, outbox, timers, signals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter

from api.service.retention import class_of
from api.store.lists import TaskStatus
from api.store.port import Effect, Signal, Task, Timer
from engine.graph.graph import Graph
from engine.journey.codec import dump_effect
from engine.journey.effects import AnyEffect, CloseTask, FetchFromRegister, Notify, OpenTask, SetDeadline
from engine.journey.events import Channel, ChannelSwitched, ClockSet, Event, PlaceEntered, SignalLeft
from engine.journey.state import Journey
from engine.journey.state import Task as OwnTask

HERE = frozenset((OpenTask, CloseTask, SetDeadline))
"""Effects that are rows of this same transaction; all others go through the outbox."""

ON_SCREEN = frozenset((Channel.WEB, Channel.EMAIL))

FETCHED_BY = timedelta(seconds=10)
"""By then a register that was asked at the start has answered, or the outbox asks it."""

URGENT = frozenset(("ask_person", "dispute", "effect_failed"))


_task = attrgetter("task")


@cache
def _names_task(kind: type[Event]) -> bool:
    """Whether such an event is about a task. Asked of the kind: of an event that has none, pydantic is slow to say."""
    return "task" in kind.model_fields


def task_rows(tenant: str, graph: Graph, journey: Journey, events: Sequence[Event]) -> list[Task]:
    """A row for each task that the events touch, as it is afterwards; another channel touches all that are open."""
    touched = dict.fromkeys([str(task) for event in events if _names_task(type(event)) and (task := _task(event))])
    if any(type(event) is ChannelSwitched for event in events):
        touched |= dict.fromkeys(task.id for task in journey.tasks.values() if task.finished is None)
    return [_task_row(tenant, graph, journey, journey.tasks[task]) for task in touched if task in journey.tasks]


def _task_row(tenant: str, graph: Graph, journey: Journey, task: OwnTask) -> Task:
    return Task(
        tenant=tenant,
        id=task.id,
        journey=journey.id,
        flow=journey.flow,
        kind=task.kind,
        opened_at=task.opened,
        reason=task.reason,
        skill=task.skill,
        rank=1 if task.kind in URGENT else 2,
        due_at=task.due,
        claimed_by=task.claimed_by,
        status=TaskStatus.OPEN if task.finished is None else TaskStatus.DONE,
        fact=task.fact,
        reference=journey.reference,
        note=task.note,
        keep=class_of(graph, task.fact) if task.fact else "",
        channel=str(journey.channel),
    )


def effect_rows(journey: Journey, effects: Sequence[AnyEffect], at: datetime) -> list[Effect]:
    """The outbox: what the world must do. A register is asked at once where a journey starts (`api.service.fetching`),
    so the outbox leaves it a moment: nothing is asked twice. What the page says already, to who gave no address, is
    nothing that the world must do (docs/adr/0028-no-row-for-nobody.md)."""
    return [
        Effect(effect.key, effect.type, dump_effect(effect), at + _grace(effect))
        for effect in effects
        if type(effect) not in HERE and not (type(effect) is Notify and _is_for_the_page(journey, effect))
    ]


def _is_for_the_page(journey: Journey, effect: Notify) -> bool:
    """Whether no mail can go out and no person has to tell it: see the table of `api.service.carrying`."""
    return effect.over in ON_SCREEN and not effect.told and not journey.reach.get(Channel.EMAIL)


def _grace(effect: AnyEffect) -> timedelta:
    return FETCHED_BY if isinstance(effect, FetchFromRegister) else timedelta()


def timer_rows(
    journey: Journey, events: Sequence[Event], effects: Sequence[AnyEffect]
) -> tuple[list[Timer], list[str]]:
    """Timers to set, and clocks to stop: those that an event set before and that run no more."""
    latest = {effect.clock: effect for effect in effects if type(effect) is SetDeadline}
    timers = [Timer(own.clock, own.entry, own.at) for own in latest.values() if own.clock in journey.deadlines]
    stopped = {event.clock for event in events if type(event) is ClockSet} - journey.deadlines.keys()
    if any(type(event) is PlaceEntered for event in events):
        stopped |= {"place", "remind", "pause"} - set(journey.deadlines)
    return timers, sorted(stopped)


def signal_rows(tenant: str, journey: Journey, events: Sequence[Event]) -> list[Signal]:
    """What citizens and workers say goes wrong, for the flow's team."""
    return [
        Signal(
            tenant=tenant,
            id=event.id,
            journey=journey.id,
            flow=journey.flow,
            flow_version=journey.version,
            step=event.step,
            text=event.text,
            at=event.at,
        )
        for event in events
        if type(event) is SignalLeft
    ]

"""One made-up citizen on the way, event by event, over the reducer that serves citizens: clock, channel, what was done.

    Trunk(graph)                  every journey of one flow version, grown as far as citizens walked
    Driver(trunk, at)             one citizen on it: `do` an event, `may` do what, `ring` a clock, `claim` a task
    Point                         a journey after one more event, shared by all who came there by the same events

The reducer is pure: equal events make equal journeys. So citizens who tell the same at first walk one trunk and part
where they differ; each event is worked out once for all of them, and so is whether the journey at that point survives
being saved and restored. Identities are counted along the way. Called by `engine.harness.run`, `after` and `walk`;
tests: tests/engine/harness/test_driver.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any, NamedTuple

from engine.errors import AnswerError, RefusedEvent
from engine.graph.graph import Graph
from engine.harness.literals import canonical
from engine.journey import events as ev
from engine.journey.accept import load_fact, passed_on
from engine.journey.codec import dump_event, dump_journey, load_event, load_journey
from engine.journey.effects import AnyEffect, HandOver, Notify, OpenTask, Pay, Publish
from engine.journey.explain import Conclusion, conclusions, rows_of_items
from engine.journey.facts import known
from engine.journey.options import Options, open_questions, open_steps, options
from engine.journey.reducer import Step, advance
from engine.journey.relevance import Seen
from engine.journey.replay import evolve
from engine.journey.state import Journey

CITIZEN = ev.Actor(kind=ev.ActorKind.CITIZEN)
REGISTER = ev.Actor(kind=ev.ActorKind.REGISTER)
PAYMENT = ev.Actor(kind=ev.ActorKind.PAYMENT)
CLOCK = ev.Actor(kind=ev.ActorKind.CLOCK)
MOST_CLOCKS = 500
Asked = tuple[str, ...]


def worker(name: str) -> ev.Actor:
    """The civil servant of this name."""
    return ev.Actor(kind=ev.ActorKind.WORKER, id=name)


class Point:
    """A journey after one more event. `before` is the point before it, None at the start; `count` counts from 1.

    `fresh`: worked out in this version of the flow, not taken over from an earlier one (`engine.harness.earlier`);
    `key` is what tells its event apart from others.
    """

    def __init__(self, graph: Graph, before: Point | None, event: ev.Event, step: Step) -> None:
        self.graph = graph
        self.before = before
        self.event = event
        self.step = step
        self.count: int = 1 if before is None else before.count + 1
        self.fresh = True
        self.key: object = None
        self.onward: dict[object, Point] = {}
        self._may: dict[object, Options] = {}

    @property
    def journey(self) -> Journey:
        return self.step.journey

    @cached_property
    def questions(self) -> Asked:
        """The facts that the citizen may be asked here, the recommended one first."""
        return open_questions(self.graph, self.journey)

    @cached_property
    def known(self) -> Mapping[str, object]:
        """The facts that are known here."""
        return known(self.graph, self.journey)

    @cached_property
    def facts(self) -> tuple[str, frozenset[str]]:
        """What is known here, and which of it waits for a person: equal where the decisions are asked the same."""
        return repr(sorted(self.known.items())), passed_on(self.journey)

    @cached_property
    def steps(self) -> Asked:
        """The steps that the citizen may take here."""
        return open_steps(self.graph, self.journey)

    def may(self, actor: ev.Actor, at: datetime) -> Options:
        """All that can be done here."""
        key = (actor.kind, actor.id, at)
        if key not in self._may:
            self._may[key] = options(self.graph, self.journey, actor, at)
        return self._may[key]

    @cached_property
    def way(self) -> tuple[Point, ...]:
        """All points from the start to here."""
        points = [self]
        while points[-1].before is not None:
            points.append(points[-1].before)
        return tuple(reversed(points))

    def events(self) -> Iterator[ev.AnyEvent]:
        """All that is stored of this journey, in order."""
        return (event for point in self.way for event in point.step.events)

    def effects(self) -> Iterator[AnyEffect]:
        """All that was to be done, in order."""
        return (effect for point in self.way for effect in point.step.effects)

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The letters that were sent."""
        return tuple(own.text for own in self.effects() if isinstance(own, Notify))

    @cached_property
    def done(self) -> tuple[str, ...]:
        """What the process has done, as its table writes it."""
        return tuple(did for own in self.effects() if (did := _action(own)))

    @cached_property
    def rows(self) -> frozenset[tuple[str, int]]:
        """The rows that decide here, for the citizen and for items: decision, or table of several, and number."""
        own = ((own.table or own.decision, row) for own in self.conclusions for row in (own.rows or (own.row,)))
        return frozenset((*own, *rows_of_items(self.graph, self.journey, self.conclusions)))

    @cached_property
    def conclusions(self) -> tuple[Conclusion, ...]:
        """What the decisions come to here, by which rows and why."""
        return conclusions(self.graph, self.journey)

    # -- saved and restored

    def survives(self) -> bool:
        """Whether saving and restoring before every event, from the start to here, makes no difference."""
        return all(point.restored == point.journey for point in self.way)

    def replays(self) -> bool:
        """Whether the stored events, written and read, make the journeys that they were made by."""
        return all(point.replayed == point.journey for point in self.way)

    @cached_property
    def restored(self) -> Journey | None:
        """The journey here for somebody who was saved and restored before every event; None when it got stuck."""
        before = self.before.restored if self.before is not None else None
        if self.before is None:
            return advance(self.graph, None, self.event).journey
        if before is None:
            return None
        try:
            saved = load_journey(self.graph, dump_journey(self.graph, before))
            return advance(self.graph, saved, self.event).journey
        except (AnswerError, RefusedEvent):
            return None

    @cached_property
    def replayed(self) -> Journey | None:
        """The journey here by its stored events alone."""
        journey = self.before.replayed if self.before is not None else None
        load = partial(load_fact, self.graph)
        for event in self.step.events:
            journey = evolve(load, journey, load_event(dump_event(event)))
        return journey


def _action(effect: AnyEffect) -> str:
    """An effect as the steps of a process write it; "" for what no step asks for."""
    if isinstance(effect, Notify):
        return f"tell {effect.text}"
    if isinstance(effect, OpenTask):
        return f"task {effect.kind}"
    if isinstance(effect, Publish):
        return f"publish {effect.outcome}"
    if isinstance(effect, Pay):
        return f"{effect.direction} {effect.what}"
    return f"hand_over {effect.to}" if isinstance(effect, HandOver) else ""


class Trunk:
    """All journeys of one flow version that were walked. `mark` begins the identity of each event.

    `seen` is what was worked out for equal facts (`engine.journey.relevance.remembered`).
    """

    def __init__(self, graph: Graph, mark: str = "s", seen: Seen | None = None) -> None:
        self.graph = graph
        self.mark = mark
        self.seen: Seen = {} if seen is None else seen
        self.starts: dict[object, Point] = {}
        self.literals: dict[tuple[str, str], Any] = {}

    def literal(self, fact: str, text: Any) -> Any:
        """An author's literal of a fact as canonical JSON, read once. AnswerError when it is none."""
        key = (fact, repr(text))
        if key not in self.literals:
            self.literals[key] = canonical(self.graph.facts[fact], text)
        return self.literals[key]

    def onward(self, point: Point | None, key: object, event: Callable[[str], ev.Event]) -> Point:
        """The point after an event, worked out when nobody came there before; `event` is made then, from an identity.

        `key` tells events apart. Raises AnswerError and RefusedEvent; such an event leads nowhere.
        """
        known = self.starts if point is None else point.onward
        found = known.get(key)
        if found is None:
            found = known[key] = self.made(point, key, event)
            found.key = key
        return found

    def made(self, point: Point | None, key: object, event: Callable[[str], ev.Event]) -> Point:
        """The point after an event, through the reducer."""
        own = event(f"{self.mark}{1 if point is None else point.count + 1}")
        return Point(self.graph, point, own, advance(self.graph, None if point is None else point.journey, own))


class Stand(NamedTuple):
    """Where a driver is: enough to go back there."""

    point: Point | None
    at: datetime
    channel: ev.Channel


class Driver:
    """One citizen on the way. `at` is the clock, `channel` over which they come, `point` where they are."""

    def __init__(self, trunk: Trunk, at: datetime) -> None:
        self.trunk = trunk
        self.graph = trunk.graph
        self.at = at
        self.channel = ev.Channel.WEB
        self.point: Point | None = None

    def do(self, kind: type[ev.Event], actor: ev.Actor = CITIZEN, **fields: Any) -> None:
        """One event. AnswerError and RefusedEvent pass through, and nothing has changed then."""
        self._do(kind, actor, repr(fields), fields)

    def _do(self, kind: type[ev.Event], actor: ev.Actor, told: str, fields: Mapping[str, Any]) -> None:
        key = (kind, actor.kind, actor.id, self.at, self.channel, told)
        made = partial(kind, at=self.at, actor=actor, channel=self.channel, **fields)
        self.point = self.trunk.onward(self.point, key, lambda name: made(id=name))

    @property
    def now(self) -> Journey:
        """The journey as it stands."""
        assert self.point is not None
        return self.point.journey

    @property
    def journey(self) -> Journey | None:
        """The journey as it stands; None when it could not start."""
        return self.point.journey if self.point is not None else None

    @property
    def stand(self) -> Stand:
        """Where this citizen is."""
        return Stand(self.point, self.at, self.channel)

    @stand.setter
    def stand(self, stand: Stand) -> None:
        self.point, self.at, self.channel = stand

    def may(self, actor: ev.Actor = CITIZEN) -> Options:
        """What can be done now."""
        assert self.point is not None
        return self.point.may(actor, self.at)

    def start(self, journey: str, reference: str, language: str = "") -> None:
        """The first event."""
        flow = self.graph.flow
        told = {"journey": journey, "reference": reference, "flow": flow.flow, "language": language or flow.language}
        self._do(ev.JourneyStarted, CITIZEN, repr(told), {**told, "version": self.graph.version})

    def switch(self, to: ev.Channel) -> None:
        """Go on over another channel."""
        self.do(ev.ChannelSwitched, to=to)
        self.channel = to

    def claim(self, by: ev.Actor) -> str:
        """The oldest open task, claimed by this worker when it is free; "" when there is none."""
        task = next((own for own in self.now.tasks.values() if own.finished is None), None)
        if task is None:
            return ""
        if not task.claimed_by:
            self.do(ev.TaskClaimed, by, task=task.id)
        return task.id

    def ring(self, clock: str, until: datetime) -> None:
        """A clock runs out: it is a second later then."""
        self.at = max(self.at, until) + timedelta(seconds=1)
        entry = self.now.visits[-1].entry if self.now.visits else 0
        self.do(ev.DeadlinePassed, CLOCK, clock=clock, entry=entry)

    def wait(self, until: datetime, most: int = MOST_CLOCKS) -> list[str]:
        """Time passes; each clock that runs out meanwhile is heard, the earliest first. Gives their names."""
        heard: list[str] = []
        while len(heard) < most:
            now = self.now
            due = [(moment, name) for name, moment in now.deadlines.items() if now.passed.get(name) != moment <= until]
            if not due:
                break
            moment, clock = min(due)
            self.ring(clock, moment)
            heard.append(clock)
        self.at = max(self.at, until)
        return heard

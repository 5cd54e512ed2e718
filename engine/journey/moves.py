"""The unfolding of one event: events and effects gathered in order while the journey evolves.

Every derived event gets an id from the given one (`<id>.1`, `<id>.2`, ...), so the same input gives the same output.
What a step's `do` means:

    tell TEXT        Notify             task KIND     TaskOpened + OpenTask      publish WHAT   Publish
    pay, collect     Pay                hand_over TO  HandOver                   fetch FACT     FetchFromRegister
    extend TERM      the term runs once more its length

Called by `engine.journey.reducer` only; tests: tests/engine/journey/test_reducer.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from engine.errors import EngineBug
from engine.flow.model import SupplierKind
from engine.graph.graph import Graph
from engine.graph.process import Action, Do
from engine.journey import clocks
from engine.journey import events as ev
from engine.journey.effects import (
    AnyEffect,
    CloseTask,
    FetchFromRegister,
    HandOver,
    Notify,
    OpenTask,
    Pay,
    Publish,
    SetDeadline,
)
from engine.journey.replay import Load, evolve
from engine.journey.state import Journey

PERSONAL = ("ask_person", "dispute")


class Unfolding:
    """See the top of this module. `before` is the journey as it was, `journey` as it is by now."""

    def __init__(self, graph: Graph, before: Journey | None, event: ev.Event, load: Load) -> None:
        self.graph = graph
        self.before = before
        self.event = event
        self.events: list[ev.AnyEvent] = []
        self.effects: list[AnyEffect] = []
        self._load = load
        self._journey = before

    @property
    def journey(self) -> Journey:
        """The journey as it is by now."""
        if self._journey is None:
            raise EngineBug("the journey has not started")
        return self._journey

    def given(self) -> None:
        """Take in the given event itself, with what it directly brings about."""
        self._take(self.event)
        follow = _FOLLOW.get(type(self.event))
        if follow is not None:
            follow(self, self.event)

    def derived(self, made: type[ev.Event], /, **fields: Any) -> None:
        """A derived event, at the same moment, by the engine."""
        number = len(self.events) + 1
        event = made(
            id=f"{self.event.id}.{number}",
            at=self.event.at,
            actor=ev.Actor(kind=ev.ActorKind.ENGINE),
            subject=self.event.subject,
            channel=self.event.channel,
            **fields,
        )
        self._take(event)

    def _take(self, event: Any) -> None:
        self.events.append(event)
        self._journey = evolve(self._load, self._journey, event)

    def _key(self) -> str:
        return f"{self.event.id}/{len(self.effects) + 1}"

    def effect(self, made: Callable[..., AnyEffect], /, **fields: Any) -> None:
        """One more effect, with its stable key."""
        self.effects.append(made(key=self._key(), **fields))

    def enter(self, place: str, by_event: str) -> None:
        """Go to a place and start its clock."""
        self.derived(ev.PlaceEntered, place=place, by_event=by_event)
        until = clocks.place_deadline(self.graph, self.journey, place, self.event.at)
        if until is not None:
            self._run_place(place, until)

    def move_place_clock(self) -> None:
        """Where the place waits `until` a date, that date may have come in or changed since it was entered."""
        place = self.journey.place
        spec = self.graph.process.places.get(place)
        if spec is None or not spec.until:
            return
        until = clocks.place_deadline(self.graph, self.journey, place, self.event.at)
        if until is not None and until != self.journey.deadlines.get("place"):
            self._run_place(place, until)

    def _run_place(self, place: str, until: datetime) -> None:
        self._run("place", until)
        remind = clocks.reminder(self.graph, place, until)
        if remind is not None and remind > self.event.at:
            self._run("remind", remind)

    def _run(self, clock: str, until: datetime) -> None:
        self.derived(ev.ClockSet, clock=clock, until=until)
        entry = self.journey.visits[-1].entry if self.journey.visits else 0
        self.effect(SetDeadline, clock=clock, entry=entry, at=until)

    def set_terms(self) -> None:
        """Start, move and stop legal terms as the journey's visits say."""
        wanted = clocks.running(self.graph, self.journey)
        for clock, until in wanted.items():
            if self.journey.deadlines.get(clock) != until:
                self._run(clock, until)
        for clock in [own for own in self.journey.deadlines if own.startswith(clocks.TERM) and own not in wanted]:
            place = self.graph.process.places.get(self.journey.place)
            still = place is not None and clocks.TERM + place.suspends == clock
            self.derived(ev.ClockSet, clock=clock, until=None, suspended=still)

    def do(self, actions: Sequence[Action]) -> None:
        """Carry out a step's `do`, as effects."""
        for action in actions:
            _DO[action.kind](self, action.what)

    def tell(self, text: str) -> None:
        due = min(self.journey.deadlines.values(), default=None)
        self.effect(Notify, text=text, over=self.journey.channel, deadline=due)

    def task(self, kind: str, reason: str = "") -> None:
        """Put a task in the worklist; `outcome` is the task that the outcome names."""
        if kind == "outcome":
            outcome = self.journey.proposed or self.journey.outcome
            kind = self.graph.flow.outcomes[outcome].task if outcome else kind
        spec = self.graph.flow.tasks.get(kind)
        place = self.graph.process.places.get(self.journey.place)
        skill = (spec.skill if spec else "") or (place.skill if place else "")
        due = clocks.promised(self.graph, spec.within if spec else None, self.event.at)
        if due is None and self.journey.deadlines:
            due = min(self.journey.deadlines.values())
        self.open_task(kind, reason or kind, skill, due)

    def open_task(self, kind: str, reason: str, skill: str, due: datetime | None, **more: Any) -> None:
        """A task with its id from the event."""
        number = sum(event.type == "TaskOpened" for event in self.events) + 1
        task = f"{self.event.id}-{number}"
        self.derived(ev.TaskOpened, task=task, kind=kind, reason=reason, skill=skill, due=due, **more)
        fact = str(more.get("fact", ""))
        self.effect(OpenTask, task=task, kind=kind, skill=skill, reason=reason, fact=fact, due=due)

    def leave_tasks(self) -> None:
        """A place is left: its own tasks are done. What the citizen asked for stays."""
        for task in self.journey.tasks.values():
            if task.finished is None and task.kind not in PERSONAL:
                self.derived(ev.TaskFinished, task=task.id)
                self.effect(CloseTask, task=task.id)

    def publish(self, what: str) -> None:
        self.effect(Publish, outcome=self._outcome() if what == "outcome" else what)

    def hand_over(self, to: str) -> None:
        outcome = self._outcome()
        self.effect(HandOver, to=self.graph.flow.outcomes[outcome].to if to == "outcome" and outcome else to)

    def pay(self, what: str) -> None:
        self.effect(Pay, what=what, direction="pay")

    def collect(self, what: str) -> None:
        self.effect(Pay, what=what, direction="collect")

    def fetch(self, fact: str) -> None:
        """Ask a fact's registers, in the author's order of preference."""
        node = self.graph.facts[fact]
        for ref in node.spec.suppliers:
            if ref.kind is SupplierKind.REGISTER:
                self.effect(FetchFromRegister, fact=fact, source=ref.name)

    def fetch_registers(self) -> None:
        """At the start: every fact of which a register is the first supplier."""
        for node in self.graph.facts.values():
            if not node.list and node.spec.suppliers[0].kind is SupplierKind.REGISTER:
                self.fetch(node.path)

    def extend(self, term: str) -> None:
        """`set_terms` counts the extension, since the step that extends is in the journey."""

    def _outcome(self) -> str:
        return self.journey.proposed or self.journey.outcome


def _person_asked(unfolding: Unfolding, event: ev.PersonAsked) -> None:
    contact = unfolding.graph.flow.contact.get("ask_person")
    within = contact.within if contact is not None else None
    due = clocks.promised(unfolding.graph, within, event.at, "phone")
    unfolding.open_task(
        "ask_person",
        event.about or "ask_person",
        contact.skill if contact is not None else "",
        due,
        over=event.over,
        preferred_time=event.preferred_time,
        about=event.about,
    )


def _disputed(unfolding: Unfolding, event: ev.FactDisputed) -> None:
    unfolding.open_task("dispute", event.reason, "", None, fact=event.fact)


def _finished(unfolding: Unfolding, event: ev.TaskFinished) -> None:
    unfolding.effect(CloseTask, task=event.task)


def _failed(unfolding: Unfolding, event: ev.EffectFailed) -> None:
    unfolding.open_task("effect_failed", event.reason, "", None)


_FOLLOW: dict[type, Callable[[Unfolding, Any], None]] = {
    ev.PersonAsked: _person_asked,
    ev.FactDisputed: _disputed,
    ev.TaskFinished: _finished,
    ev.EffectFailed: _failed,
}

_DO: dict[Do, Callable[[Unfolding, str], None]] = {
    Do.TELL: Unfolding.tell,
    Do.TASK: Unfolding.task,
    Do.PUBLISH: Unfolding.publish,
    Do.HAND_OVER: Unfolding.hand_over,
    Do.PAY: Unfolding.pay,
    Do.COLLECT: Unfolding.collect,
    Do.FETCH: Unfolding.fetch,
    Do.EXTEND: Unfolding.extend,
}

"""The unfolding of one event: events and effects gathered in order while the journey evolves.

Every derived event gets an id from the given one (`<id>.1`, `<id>.2`, ...), so the same input gives the same output.
What a step's `do` means:

    tell TEXT        Told + Notify      task KIND     TaskOpened + OpenTask      publish WHAT   Publish
    pay, collect     Pay                hand_over TO  HandOver                   fetch FACT     FetchFromRegister
    extend TERM      the term runs once more its length

Terms turn before anything is told, so that a text's {deadline} is the one that now holds.

Called by `engine.journey.reducer` only; tests: tests/engine/journey/test_reducer.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, get_args

from engine.errors import EngineBug
from engine.flow.model import ChannelName, FactType, SupplierKind
from engine.graph.graph import Graph
from engine.graph.process import OUTCOME, Do
from engine.graph.standard import answered_by, task_kind
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
from engine.journey.machine import Move
from engine.journey.replay import Load, evolve
from engine.journey.state import Journey, turned

ON_PAPER = "send_letter"
STAYING = ("ask_person", "dispute", "effect_failed", *get_args(ev.WorkKind))
TASK = "task:"
LATE_TASK = "teamleider"
ENGINE = ev.Actor(kind=ev.ActorKind.ENGINE)


def by_mouth(event: ev.Event) -> bool:
    """Whether a worker does this for a citizen who is on the phone or at the desk, and so hears what follows."""
    if event.actor.kind is not ev.ActorKind.WORKER or event.channel not in (ev.Channel.PHONE, ev.Channel.DESK):
        return False
    told = (ev.JourneyStarted, ev.AnswerGiven, ev.ListClosed, ev.AnswersWithdrawn, ev.HelpWanted)
    return isinstance(event, told) or (isinstance(event, ev.StepTaken) and event.on_behalf)


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
            actor=ENGINE,
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
        self._forget(place)
        until = clocks.place_deadline(self.graph, self.journey, place, self.event.at)
        if until is not None:
            self._run_place(place, until)

    def _forget(self, place: str) -> None:
        """What must be said anew in this place counts no more."""
        again = tuple(fact for fact in self.graph.anew.get(place, ()) if fact in self.journey.answers)
        if again:
            self.derived(ev.AnswersWithdrawn, facts=again)

    def move_place_clock(self) -> None:
        """Where the place waits `until` a date, that date may have come in or changed since it was entered."""
        place = self.journey.place
        spec = self.graph.process.places.get(place)
        if spec is None or not spec.until:
            return
        until = clocks.place_deadline(self.graph, self.journey, place, self.journey.visits[-1].at)
        if until is not None and until != self.journey.deadlines.get("place"):
            self._run_place(place, until)

    def _run_place(self, place: str, until: datetime) -> None:
        self._run("place", until)
        remind = clocks.reminder(self.graph, place, until)
        if remind is not None and remind > self.event.at:
            self._run("remind", remind)

    def stand_still(self, until: datetime) -> None:
        """The citizen stops for a while: the clock of the place waits, and one runs until the pause is over."""
        for clock in ("place", "remind"):
            if clock in self.journey.deadlines:
                self.derived(ev.ClockSet, clock=clock, until=None)
        self._run("pause", until)

    def go_on(self, left: float) -> None:
        """The pause is over: the place has as much time left as when it began."""
        self.derived(ev.ClockSet, clock="pause", until=None)
        self._run_place(self.journey.place, self.event.at + timedelta(seconds=left))

    def end_pause(self) -> None:
        """Whatever the citizen does ends a pause, and so does its last day."""
        pause = self.journey.pause
        if pause is not None:
            self.derived(ev.JourneyResumed)
            self.go_on(pause.left)

    def _run(self, clock: str, until: datetime) -> None:
        self.derived(ev.ClockSet, clock=clock, until=until)
        self._wake(clock, until)

    def _wake(self, clock: str, until: datetime) -> None:
        entry = self.journey.visits[-1].entry if self.journey.visits else 0
        self.effect(SetDeadline, clock=clock, entry=entry, at=until)

    def go(self, move: Move, by_event: str) -> None:
        """Take a move of the process: where it leads, what that does to terms, and what it has done."""
        if not move.internal:
            self.leave_tasks()
            self.enter(move.to, by_event)
        for name in self.graph.process.terms:
            for turn in clocks.turns(self.graph, self.journey, name, by_event, move.do):
                self._turn(name, turn)
        for action in move.do:
            _DO[action.kind](self, action.what)

    def _turn(self, name: str, turn: ev.TermTurn) -> None:
        """Something happens to a legal term: it starts, is extended, stands still, goes on or ends."""
        run = turned(self.journey.terms.get(name), turn, self.event.at)
        until = clocks.term_deadline(self.graph, name, run)
        self.derived(ev.ClockSet, clock=ev.TERM + name, until=until, turn=turn)
        if until is not None:
            self._wake(ev.TERM + name, until)

    def tell(self, text: str) -> None:
        """Tell the citizen over the journey's channel; who is on the phone or at the desk hears it there and then."""
        event, deadline = self.event, clocks.due_here(self.graph, self.journey)
        if text != OUTCOME:  # what the outcome says stands on its own page
            self.derived(ev.Told, text=text, deadline=deadline)
        told = by_mouth(event)
        self.effect(Notify, text=text, over=self.journey.channel, deadline=deadline, told=told)

    def task(self, kind: str, reason: str = "") -> None:
        """Put a task in the worklist; `outcome` is the task that the outcome names."""
        if kind == "outcome":
            outcome = self._outcome()
            kind = (self.graph.flow.outcomes[outcome].task if outcome else "") or kind
        spec = task_kind(self.graph.flow, kind)
        place = self.graph.process.places.get(self.journey.place)
        skill = (spec.skill if spec else "") or (place.skill if place else "")
        due = clocks.promised(self.graph, spec.within if spec else None, self.event.at)
        self.open_task(kind, reason or kind, skill, due or clocks.due_here(self.graph, self.journey))

    def open_task(self, kind: str, reason: str, skill: str, due: datetime | None, **more: Any) -> None:
        """A task with its id from the event."""
        number = sum(event.type == "TaskOpened" for event in self.events) + 1
        task = f"{self.event.id}-{number}"
        self.derived(ev.TaskOpened, task=task, kind=kind, reason=reason, skill=skill, due=due, **more)
        fact = str(more.get("fact", ""))
        self.effect(OpenTask, task=task, kind=kind, skill=skill, reason=reason, fact=fact, due=due)

    def leave_tasks(self) -> None:
        """A place is left: its own tasks are done. What the citizen asked for stays, and what went wrong."""
        for task in self.journey.tasks.values():
            if task.finished is None and task.kind not in STAYING:
                self.derived(ev.TaskFinished, task=task.id)
                self.effect(CloseTask, task=task.id)

    def watch(self, due: datetime) -> None:
        """The clock of the promise that the task opened last makes to the citizen."""
        self._run(TASK + list(self.journey.tasks)[-1], due)

    def not_kept(self, task: str) -> None:
        """A promise to the citizen ran out: somebody else sees to it, and the citizen hears."""
        contact = self.graph.flow.contact.get("ask_person")
        own = self.journey.tasks.get(task)
        if own is not None and own.finished is None:
            self.task((contact.late if contact is not None else "") or LATE_TASK, own.reason)
            self.tell("te_laat")

    def ask_worker(self, stuck: bool) -> None:
        """The citizen told all and the process has no step for it here: somebody looks, once."""
        place = self.graph.process.places.get(self.journey.place)
        is_asked = any(task.finished is None for task in self.journey.tasks.values())
        if place is not None and place.does == "questions" and not is_asked:
            skill, within = answered_by(self.graph.flow)
            due = clocks.promised(self.graph, within, self.event.at)
            self.open_task("needs_worker", "no_outcome" if stuck else "needs_worker", skill, due)

    def remind(self) -> None:
        """The reminder before a place's own clock runs out: it brings one back to what the page says already."""
        self.effect(Notify, text="reminder", over=self.journey.channel, deadline=self.journey.deadlines.get("place"))

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
        """Already counted: `go` turns the term before anybody is told its deadline."""

    def _outcome(self) -> str:
        return self.journey.proposed or self.journey.outcome


def _has_number(unfolding: Unfolding) -> bool:
    """Whether a telephone number is among what is known."""
    facts, answers = unfolding.graph.facts, unfolding.journey.answers
    return any(facts[key].spec.type is FactType.PHONE and answers[key].value for key in answers.keys() & facts.keys())


def _person_asked(unfolding: Unfolding, event: ev.PersonAsked) -> None:
    skill, within = answered_by(unfolding.graph.flow)
    due = clocks.promised(unfolding.graph, within, event.at, str(event.over))
    more: dict[str, Any] = {"over": event.over, "preferred_time": event.preferred_time, "about": event.about}
    more["unreachable"] = event.over is ev.Channel.PHONE and not (event.contact or _has_number(unfolding))
    unfolding.open_task("ask_person", event.about or "ask_person", skill, due, **more)
    if due is not None:
        unfolding.watch(due)


def _paused(unfolding: Unfolding, event: ev.JourneyPaused) -> None:
    unfolding.stand_still(event.until)


def _resumed(unfolding: Unfolding, event: ev.JourneyResumed) -> None:
    before = unfolding.before
    unfolding.go_on(before.pause.left if before is not None and before.pause is not None else 0.0)


def _switched(unfolding: Unfolding, event: ev.ChannelSwitched) -> None:
    """A letter is work for a person, once; by e-mail goes a link to go on with."""
    if event.to is ev.Channel.EMAIL:
        unfolding.effect(Notify, text="resume_link", over=event.to)
    is_asked = any(task.kind == ON_PAPER and task.finished is None for task in unfolding.journey.tasks.values())
    if event.to is ev.Channel.LETTER and not is_asked:
        terms = unfolding.graph.flow.channels.get(ChannelName(ev.Channel.LETTER))
        due = clocks.promised(unfolding.graph, terms.answer if terms is not None else None, event.at)
        skill, within = answered_by(unfolding.graph.flow)
        unfolding.open_task(ON_PAPER, ON_PAPER, skill, due or clocks.promised(unfolding.graph, within, event.at))


def _work_needed(unfolding: Unfolding, event: ev.WorkNeeded) -> None:
    skill, within = answered_by(unfolding.graph.flow)
    due = clocks.promised(unfolding.graph, within, event.at)
    unfolding.open_task(event.work, event.about or event.work, skill, due)


def _disputed(unfolding: Unfolding, event: ev.FactDisputed) -> None:
    skill, within = answered_by(unfolding.graph.flow, "dispute")
    due = clocks.promised(unfolding.graph, within, event.at)
    unfolding.open_task("dispute", event.reason, skill, due, fact=event.fact)


def _settled(unfolding: Unfolding, event: ev.DisputeSettled) -> None:
    """The worker has seen to it: the task of this dispute is done."""
    for task in unfolding.journey.tasks.values():
        if task.finished is None and task.kind == "dispute" and task.fact == event.fact:
            unfolding.derived(ev.TaskFinished, task=task.id)
            unfolding.effect(CloseTask, task=task.id)


def _finished(unfolding: Unfolding, event: ev.TaskFinished) -> None:
    unfolding.effect(CloseTask, task=event.task)
    if TASK + event.task in unfolding.journey.deadlines:
        unfolding.derived(ev.ClockSet, clock=TASK + event.task, until=None)


def _failed(unfolding: Unfolding, event: ev.EffectFailed) -> None:
    skill, within = answered_by(unfolding.graph.flow)
    due = clocks.promised(unfolding.graph, within, event.at)
    unfolding.open_task("effect_failed", event.reason, skill, due)


_FOLLOW: dict[type, Callable[[Unfolding, Any], None]] = {
    ev.PersonAsked: _person_asked,
    ev.FactDisputed: _disputed,
    ev.DisputeSettled: _settled,
    ev.TaskFinished: _finished,
    ev.EffectFailed: _failed,
    ev.JourneyPaused: _paused,
    ev.JourneyResumed: _resumed,
    ev.ChannelSwitched: _switched,
    ev.WorkNeeded: _work_needed,
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

"""Run a scenario through the reducer that serves citizens; twice: straight, and saved and restored after every event.

    run(graph, scenario) -> Ran(failures, asked, journey, rows)

The second run loads the journey from its snapshot before each event and replays all events at the end: the three must
be equal. Time comes from the scenario; identities are counted. Called by `wegwijzer test` and the pytest plugin; tests:
tests/engine/harness/test_run.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import partial
from math import factorial
from typing import Any

from engine.errors import AnswerError, RefusedEvent
from engine.flow.keys import FactKey, read_key
from engine.flow.model import FactType, SupplierKind
from engine.graph.graph import Graph
from engine.harness.after import carry_out
from engine.harness.expectations import unmet
from engine.harness.literals import canonical
from engine.harness.scenario import Scenario
from engine.journey import events as ev
from engine.journey.accept import load_fact
from engine.journey.codec import dump_event, dump_journey, load_event, load_journey
from engine.journey.effects import AnyEffect, HandOver, Notify, OpenTask, Pay, Publish
from engine.journey.explain import explain
from engine.journey.options import Options, options
from engine.journey.reducer import advance
from engine.journey.replay import replay
from engine.journey.state import Journey

CITIZEN = ev.Actor(kind=ev.ActorKind.CITIZEN)
WORKER = ev.Actor(kind=ev.ActorKind.WORKER, id="scenario")
REGISTER = ev.Actor(kind=ev.ActorKind.REGISTER)
NOON = time(12, 0, tzinfo=UTC)
MOST_QUESTIONS = 2_000
MOST_ROUTES = 120


Move = tuple[str, str, str]
"""From which place, by which event, to which place (the same one for a step that stays)."""


@dataclass(slots=True)
class Ran:
    """How a scenario went. `failures` are sentences; empty when all expectations hold.

    `channels` are pairs of channel and place; `routes` how many orders of answering were tried, of how many.
    """

    scenario: Scenario
    journey: Journey | None
    asked: tuple[str, ...]
    refused: str
    failures: tuple[str, ...]
    rows: frozenset[tuple[str, int]]
    places: frozenset[str] = field(default=frozenset())
    outcomes: frozenset[str] = field(default=frozenset())
    moves: frozenset[Move] = field(default=frozenset())
    channels: frozenset[tuple[str, str]] = field(default=frozenset())
    routes: tuple[int, int] = (1, 1)
    people: frozenset[str] = field(default=frozenset())


class _Walk:
    """One citizen on the way through one journey."""

    def __init__(self, graph: Graph, scenario: Scenario, *, restore: bool) -> None:
        self.graph = graph
        self.scenario = scenario
        self.restore = restore
        self.at = datetime.combine(scenario.as_of, NOON)
        self.journey: Journey | None = None
        self.stored: list[ev.Event] = []
        self.asked: list[str] = []
        self.refused = ""
        self.channel = ev.Channel.WEB
        self.rows: set[tuple[str, int]] = set()
        self.told: list[str] = []
        self.done: list[str] = []
        self.on: set[tuple[str, str]] = set()
        self._made = 0

    def do(self, kind: type[ev.Event], actor: ev.Actor = CITIZEN, **fields: Any) -> None:
        """One event. AnswerError and RefusedEvent pass through."""
        self._made += 1
        event = kind(id=f"s{self._made}", at=self.at, actor=actor, channel=self.channel, **fields)
        if self.restore and self.journey is not None:
            self.journey = load_journey(self.graph, dump_journey(self.graph, self.journey))
        step = advance(self.graph, self.journey, event)
        before = self.journey.outcome if self.journey is not None else ""
        if before and before != step.journey.outcome and self.journey is not None and not self.restore:
            self.rows |= _rows(self.graph, self.journey)
        self.journey = step.journey
        self.stored.extend(step.events)
        self.told.extend(own.text for own in step.effects if isinstance(own, Notify))
        self.on.add((str(self.channel), step.journey.place))
        self.done.extend(did for own in step.effects if (did := _action(own)))

    @property
    def now(self) -> Journey:
        assert self.journey is not None
        return self.journey

    def may(self, actor: ev.Actor = CITIZEN) -> Options:
        return options(self.graph, self.now, actor, self.at)

    def start(self) -> None:
        flow = self.graph.flow
        self.do(
            ev.JourneyStarted,
            journey="s",
            reference="S",
            flow=flow.flow,
            version=self.graph.version,
            language=self.scenario.wishes.language or flow.language,
        )
        for fact, text in self.scenario.registers.items():
            node = self.graph.facts.get(fact)
            if (
                text != "none"
                and node is not None
                and any(ref.kind is SupplierKind.REGISTER for ref in node.spec.suppliers)
            ):
                self.do(ev.FactFetched, REGISTER, fact=fact, value=canonical(node, text), source="scenario")

    def answer_all(self, route: tuple[str, ...]) -> None:
        """Answer what is open, wished facts first, until nothing is asked or the citizen cannot answer."""
        lacking: set[str] = set()
        while len(self.asked) < MOST_QUESTIONS:
            open_now = [ask.fact for ask in self.may().questions if ask.fact not in lacking]
            if not open_now:
                return
            wished = [fact for fact in route if fact in open_now]
            fact = wished[0] if wished else open_now[0]
            if not self._answer(fact):
                lacking.add(fact)
            elif fact == self.scenario.wishes.stop_after:
                return

    def _answer(self, fact: str) -> bool:
        key = read_key(fact) or FactKey(fact)
        node = self.graph.facts[key.path]
        told = _told(self.scenario.answers, key)
        if told is None:
            return False
        self.asked.append(fact)
        if node.spec.type is FactType.LIST:
            self.do(ev.ListClosed, fact=fact, count=len(told))
        elif told == "unsure" and node.spec.unsure is not None and str(node.spec.unsure) != "value":
            self.do(ev.HelpWanted, fact=fact, leads_to=str(node.spec.unsure))
            return str(node.spec.unsure) == "worker"
        else:
            self.do(ev.AnswerGiven, fact=fact, value=canonical(node, told))
        for switch in self.scenario.wishes.switch:
            if switch.after == fact:
                self.switch(switch.to)
        return True

    def switch(self, to: ev.Channel) -> None:
        """Go on over another channel."""
        self.do(ev.ChannelSwitched, to=to)
        self.channel = to

    def finish(self) -> None:
        """Send it, and let the worker do what the scenario says."""
        if self.scenario.wishes.ask_person is not None:
            self.do(ev.PersonAsked, over=self.scenario.wishes.ask_person)
        if not self.scenario.wishes.stop_after and "submit" in self.may().steps:
            self.do(ev.StepTaken, step="submit")
        if self.scenario.worker is not None:
            self._work(self.scenario.worker)
        for then in self.scenario.then:
            carry_out(self, then)

    def _work(self, worker: Any) -> None:
        task = next((task.id for task in self.now.tasks.values() if task.finished is None), "")
        if task:
            self.do(ev.TaskClaimed, WORKER, task=task)
        for fact, text in worker.judge.items():
            node = self.graph.facts[fact]
            value = canonical(node, text)
            self.do(ev.JudgementGiven, WORKER, fact=fact, value=value, motive=worker.motive, task=task)
        if worker.propose:
            self.do(ev.StepTaken, WORKER, step="propose", outcome=worker.propose, motive=worker.motive)

    def whole(self, route: tuple[str, ...]) -> None:
        """From the start to the end; an answer that is not accepted ends it."""
        try:
            self.start()
            self.answer_all(route)
            self.finish()
        except AnswerError as error:
            self.refused = error.fact
        except RefusedEvent as error:
            self.refused = error.code


def _action(effect: AnyEffect) -> str:
    """An effect as the steps of a process write it; "" for what no step asks for."""
    if isinstance(effect, Notify):
        return f"tell {effect.text}"
    if isinstance(effect, OpenTask):
        return f"task {effect.kind}"
    if isinstance(effect, Publish):
        return "publish outcome"
    if isinstance(effect, Pay):
        return f"{effect.direction} {effect.what}"
    return f"hand_over {effect.to}" if isinstance(effect, HandOver) else ""


def _told(answers: Mapping[str, Any], key: FactKey) -> Any:
    value = answers.get(key.name)
    if not key.field:
        return value
    items = value if isinstance(value, list) else []
    return items[key.at].get(key.field) if key.at < len(items) else None


def run(graph: Graph, scenario: Scenario, *, twice: bool = True) -> Ran:
    """See the top of this module. Without `twice` it is not saved and restored on the way: half the time."""
    ran = _run_route(graph, scenario, scenario.wishes.route, twice=twice)
    if not scenario.wishes.every_route or ran.failures:
        return ran
    every = factorial(len(ran.asked))
    tried = min(every, MOST_ROUTES)
    for number in range(tried):
        order = nth_order(ran.asked, number * every // tried)
        other = _run_route(graph, scenario, order, twice=twice)
        if other.failures:
            other.failures = (f"when asked in the order {', '.join(order)}:", *other.failures)
            return other
    ran.routes = (tried, every)
    return ran


def nth_order(names: Sequence[str], number: int) -> tuple[str, ...]:
    """The order with this number, from 0, of all orders of the names."""
    left, found = list(names), []
    for size in range(len(left), 0, -1):
        at, number = divmod(number, factorial(size - 1))
        found.append(left.pop(at))
    return tuple(found)


def _run_route(graph: Graph, scenario: Scenario, route: tuple[str, ...], *, twice: bool) -> Ran:
    straight = _Walk(graph, scenario, restore=False)
    straight.whole(route)
    failures = [*unmet(straight)]
    if twice:
        restored = _Walk(graph, scenario, restore=True)
        restored.whole(route)
        failures += _same(graph, straight, restored)
    rows = _rows(graph, straight.journey) | straight.rows if straight.journey is not None else frozenset()
    places = (
        frozenset(visit.place for visit in straight.journey.visits) if straight.journey is not None else frozenset()
    )
    seen = frozenset(own.outcome for own in straight.stored if isinstance(own, ev.OutcomeSettled | ev.StepTaken))
    return Ran(
        scenario,
        straight.journey,
        tuple(straight.asked),
        straight.refused,
        tuple(failures),
        rows,
        places,
        seen - {""},
        frozenset(_moves(graph, straight.stored)),
        frozenset(straight.on),
        people=frozenset(_people(straight.stored)),
    )


def _people(stored: Iterable[ev.Event]) -> Iterator[str]:
    """Every way to a person that was gone."""
    for own in stored:
        if isinstance(own, ev.PersonAsked):
            yield f"asks for a person over {own.over}"
        elif isinstance(own, ev.HelpWanted):
            yield f"does not know {own.fact}"
        elif isinstance(own, ev.TaskOpened):
            yield f"task {own.kind}"


def _moves(graph: Graph, stored: Iterable[ev.Event]) -> Iterator[Move]:
    """Every step that was taken: a place that was entered, or a step or a clock after which none was."""
    place, waiting = "", ""
    for own in stored:
        if isinstance(own, ev.PlaceEntered):
            if place:
                yield place, own.by_event, own.place
            place, waiting = own.place, ""
            continue
        if waiting:
            yield place, waiting, place
        waiting = own.step if isinstance(own, ev.StepTaken) else ""
        if isinstance(own, ev.DeadlinePassed) and own.clock != "remind":
            term = own.clock.removeprefix(ev.TERM)
            here = graph.process.places.get(place)
            own_clock = own.clock == "place" or (here is not None and here.under == term)
            waiting = "late" if own_clock else f"late:{term}"
    if waiting:
        yield place, waiting, place


def _same(graph: Graph, straight: _Walk, restored: _Walk) -> Iterator[str]:
    if straight.journey != restored.journey:
        yield "saved and restored after every event, the journey came out different"
    if straight.stored:
        again = [load_event(dump_event(event)) for event in straight.stored]
        if replay(partial(load_fact, graph), again) != straight.journey:
            yield "replayed from its events, the journey came out different"


def _rows(graph: Graph, journey: Journey) -> frozenset[tuple[str, int]]:
    found = explain(graph, journey, what_if=False).conclusions
    return frozenset((own.decision, row) for own in found for row in (own.rows or (own.row,)))

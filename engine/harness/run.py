"""Run a scenario through the reducer that serves citizens; twice: straight, and saved and restored after every event.

    run(graph, scenario) -> Ran(failures, asked, journey, rows)

The second time the journey is loaded from its snapshot before each event, and its events are replayed: the three must
be equal at every point. Time comes from the scenario; what scenarios have in common is worked out once where they share
a trunk (`engine.harness.driver`). Called by `wegwijzer test` and the pytest plugin; tests:
tests/engine/harness/test_then.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from math import factorial
from typing import Any

from engine.errors import AnswerError, RefusedEvent, worded
from engine.flow.fields import dump_value
from engine.flow.keys import FactKey, read_key
from engine.flow.model import FactType, SupplierKind
from engine.graph.graph import FactNode, Graph
from engine.harness.after import carry_out, judge
from engine.harness.driver import REGISTER, Driver, Point, Trunk, worker
from engine.harness.expectations import unexplained, unmet
from engine.harness.scenario import Scenario, Worker
from engine.journey import events as ev
from engine.journey.explain import Conclusion
from engine.journey.facts import unconfirmed
from engine.journey.relevance import remembered
from engine.journey.state import Journey

WORKER = worker("scenario")
NOON = time(12, 0, tzinfo=UTC)
MOST_QUESTIONS = 2_000
MOST_ROUTES = 120


Move = tuple[str, str, str]
"""From which place, by which event, to which place (the same one for a step that stays)."""


@dataclass(slots=True)
class Ran:
    """How a scenario went, as far as `end` (None when it could not start).

    `failures` are sentences, empty when all expectations hold; `refusal` is what ended it, where something did;
    `channels` are pairs of channel and place; `routes` how many orders of answering were tried, of how many; `at` is
    the clock at the end.
    """

    scenario: Scenario
    asked: tuple[str, ...]
    refused: str
    failures: tuple[str, ...]
    end: Point | None
    routes: tuple[int, int] = (1, 1)
    refusal: AnswerError | RefusedEvent | None = None
    at: datetime | None = None

    @property
    def _way(self) -> tuple[Point, ...]:
        return self.end.way if self.end is not None else ()

    @property
    def _stored(self) -> Iterator[ev.AnyEvent]:
        return self.end.events() if self.end is not None else iter(())

    @property
    def journey(self) -> Journey | None:
        return self.end.journey if self.end is not None else None

    @property
    def is_fresh(self) -> bool:
        """Whether anything on the way was worked out in this version of the flow."""
        return any(point.fresh for point in self._way)

    @property
    def rows(self) -> frozenset[tuple[str, int]]:
        """The rows that decided: at the end, and before the outcome changed on the way."""
        left = [point.before for point in self._way if point.before is not None and _changes(point.before, point)]
        return frozenset(row for point in (*left, *self._way[-1:]) for row in point.rows)

    @property
    def places(self) -> frozenset[str]:
        return frozenset(visit.place for visit in self.journey.visits) if self.journey is not None else frozenset()

    @property
    def outcomes(self) -> frozenset[str]:
        """Those that were settled, or named by a worker."""
        seen = (own.outcome for own in self._stored if isinstance(own, ev.OutcomeSettled | ev.StepTaken))
        return frozenset(seen) - {""}

    @property
    def moves(self) -> frozenset[Move]:
        """Every step that was taken."""
        return frozenset(_moves(self.end.graph, self._stored)) if self.end is not None else frozenset()

    @property
    def channels(self) -> frozenset[tuple[str, str]]:
        return frozenset((str(point.event.channel), point.journey.place) for point in self._way)

    @property
    def people(self) -> frozenset[str]:
        """Every way to a person that was gone."""
        return frozenset(_people(self._stored))


def _changes(before: Point, point: Point) -> bool:
    """Whether an outcome that was settled is another one a step later."""
    return bool(before.journey.outcome) and before.journey.outcome != point.journey.outcome


class _Walk(Driver):
    """One citizen on the way through one journey, as a scenario tells it."""

    def __init__(self, trunk: Trunk, scenario: Scenario) -> None:
        super().__init__(trunk, datetime.combine(scenario.as_of, NOON))
        self.scenario = scenario
        self.asked: list[str] = []
        self.refused = ""
        self.refusal: AnswerError | RefusedEvent | None = None

    @property
    def told(self) -> Sequence[str]:
        """The letters that were sent."""
        return self.point.told if self.point is not None else ()

    @property
    def done(self) -> Sequence[str]:
        """What the process has done."""
        return self.point.done if self.point is not None else ()

    @property
    def conclusions(self) -> Sequence[Conclusion]:
        """What the decisions come to, by which rows and why."""
        return self.point.conclusions if self.point is not None else ()

    def begin(self) -> None:
        """The start, with what registers know."""
        self.start("s", "S", self.scenario.wishes.language)
        for fact, text in self.scenario.registers.items():
            node = self.graph.facts.get(fact)
            if (
                text != "none"
                and node is not None
                and any(ref.kind is SupplierKind.REGISTER for ref in node.spec.suppliers)
            ):
                self.do(ev.FactFetched, REGISTER, fact=fact, value=self.trunk.literal(fact, text), source="scenario")

    def answer_all(self, route: tuple[str, ...]) -> None:
        """Answer what is open, wished facts first, until nothing is asked or the citizen cannot answer."""
        lacking: set[str] = set()
        while len(self.asked) < MOST_QUESTIONS:
            assert self.point is not None
            open_now = self.point.questions
            if lacking:
                open_now = tuple(fact for fact in open_now if fact not in lacking)
            if not open_now:
                return
            fact = next((fact for fact in route if fact in open_now), open_now[0])
            if not self._answer(fact):
                lacking.add(fact)
            elif fact == self.scenario.wishes.stop_after:
                return

    def _answer(self, fact: str) -> bool:
        key = read_key(fact) or FactKey(fact)
        node = self.graph.facts[key.path]
        told = told_of(self.scenario.answers, key)
        said = self._said(fact, node)
        if told is None and said is None:
            return False
        self.asked.append(fact)
        if node.spec.type is FactType.LIST:
            self.do(ev.ListClosed, fact=fact, count=len(told))
        elif told == "unsure" and node.spec.unsure is not None and str(node.spec.unsure) != "value":
            self.do(ev.HelpWanted, fact=fact, leads_to=str(node.spec.unsure))
            return str(node.spec.unsure) == "worker"
        else:
            self.do(ev.AnswerGiven, fact=fact, value=said if told is None else self.trunk.literal(node.path, told))
        for switch in self.scenario.wishes.switch:
            if switch.after == fact:
                self.switch(switch.to)
        return True

    def _said(self, fact: str, node: FactNode) -> Any:
        """What a register said and the citizen must confirm; who is not said to think otherwise, does."""
        answer = self.now.answers.get(fact)
        waits = answer is not None and unconfirmed(self.graph, fact, answer)
        return dump_value(node.spec.type, answer.value) if waits and answer is not None else None

    def finish(self) -> None:
        """Send it, and let the worker do what the scenario says."""
        assert self.point is not None
        if self.scenario.wishes.ask_person is not None:
            self.do(ev.PersonAsked, over=self.scenario.wishes.ask_person)
        if not self.scenario.wishes.stop_after and "submit" in self.point.steps:
            self.do(ev.StepTaken, step="submit")
        if self.scenario.worker is not None:
            self._work(self.scenario.worker)
        for then in self.scenario.then:
            carry_out(self, then)

    def _work(self, told: Worker) -> None:
        task = self.claim(WORKER)
        for fact, text in told.judge.items():
            judge(self, WORKER, fact, text, told.motive, task)
        if told.propose:
            self.do(ev.StepTaken, WORKER, step="propose", outcome=told.propose, motive=told.motive)

    def whole(self, route: tuple[str, ...]) -> None:
        """From the start to the end; an answer that is not accepted ends it."""
        try:
            self.begin()
            self.answer_all(route)
            self.finish()
        except AnswerError as error:
            self.refused, self.refusal = error.fact, error
        except RefusedEvent as error:
            self.refused, self.refusal = error.code, error


def told_of(answers: Mapping[str, Any], key: FactKey) -> Any:
    """What a citizen would answer to this question, None for nothing."""
    value = answers.get(key.name)
    if not key.field:
        return value
    items = value if isinstance(value, list) else []
    return items[key.at].get(key.field) if key.at < len(items) else None


def run(graph: Graph, scenario: Scenario, *, twice: bool = True, trunk: Trunk | None = None) -> Ran:
    """See the top of this module. Without `twice` it is not saved and restored on the way.

    Scenarios that share a `trunk` (of this graph) work out once what their citizens have in common.
    """
    trunk = trunk or Trunk(graph)
    assert trunk.graph is graph
    with remembered(trunk.seen):
        return _run(trunk, scenario, twice=twice)


def _run(trunk: Trunk, scenario: Scenario, *, twice: bool) -> Ran:
    ran = _run_route(trunk, scenario, scenario.wishes.route, twice=twice)
    if not scenario.wishes.every_route or ran.failures:
        return ran
    every = factorial(len(ran.asked))
    tried = min(every, MOST_ROUTES)
    for number in range(tried):
        order = nth_order(ran.asked, number * every // tried)
        other = _run_route(trunk, scenario, order, twice=twice)
        if other.failures:
            other.failures = (worded("when asked in the order {order}:", order=", ".join(order)), *other.failures)
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


def _run_route(trunk: Trunk, scenario: Scenario, route: tuple[str, ...], *, twice: bool) -> Ran:
    walk = _Walk(trunk, scenario)
    walk.whole(route)
    failures = [*unmet(walk)]
    if twice and walk.point is not None:
        failures += _same(walk.point)
    return Ran(scenario, tuple(walk.asked), walk.refused, tuple(failures), walk.point, refusal=walk.refusal, at=walk.at)


def resumed(trunk: Trunk, before: Ran, end: Point) -> Ran:
    """A run that came out well, of which everything happens again, up to `end`, in another version: how it goes there.

    Only what the rules say otherwise can fail now: reasons, rows, values, words.
    """
    walk = _Walk(trunk, before.scenario)
    walk.point, walk.at, walk.asked = end, before.at or walk.at, [*before.asked]
    with remembered(trunk.seen):
        return replace(before, end=end, failures=tuple(unexplained(walk)))


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


def _same(end: Point) -> Iterator[str]:
    if not end.survives():
        yield worded("saved and restored after every event, the journey came out different")
    if not end.replays():
        yield worded("replayed from its events, the journey came out different")

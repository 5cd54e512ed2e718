"""What can happen next to a citizen who was walked somewhere: the lines that a scenario could go on with.

    Moves(graph, hints).at(driver) -> (Then, ...), ...      alternatives: the first that four eyes let pass counts

    citizen     every step of theirs, an answer to the first open question, another answer to one that was given, "I do
                not know", "the register is wrong", a person over every channel
    worker      every step of theirs by the first of a few workers who may take it (four eyes), with and without what
                they judge, with each outcome where they name one
    payment     every step, with each figure that a guard tells apart
    clock       the one that runs out first; a reminder stands in nobody's way

`hints` are values by fact that make some guard or row differ. Whether a move is possible the reducer says. Called by
`engine.harness.suggest_ways`; tests: tests/engine/harness/test_suggest.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice, product
from typing import Any

from engine.errors import worded
from engine.flow.keys import read_key
from engine.flow.model import FactType, SupplierKind
from engine.graph.axes import FactAxis
from engine.graph.cells import OTHER
from engine.graph.constants import Constants
from engine.graph.decide import Builder
from engine.graph.domains import STEPS
from engine.graph.graph import Graph
from engine.graph.mdd import DiagramTooLarge
from engine.graph.process import By, Do, Step
from engine.harness.driver import CITIZEN, Driver
from engine.harness.expectations import plain
from engine.harness.guards import with_outcome
from engine.harness.scenario import Then
from engine.harness.witness import likely
from engine.journey import events as ev
from engine.journey.facts import view_of
from engine.journey.options import options
from engine.journey.state import Journey

WORKERS = ("anna", "bo", "cor", "dirk")
MOTIVE = worded("Tried out.")
MOST_VALUES = 4  # of one fact
MOST_TOGETHER = 12  # combinations of what somebody supplies with one step
MOST_CHANGED = 3  # answers that are given anew

Hints = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Moves:
    """See the top of this module."""

    graph: Graph
    hints: Hints

    def at(self, driver: Driver) -> Iterator[tuple[Then, ...]]:
        """What could happen here; much of it is refused when it is tried."""
        place = driver.now.place
        for then in (*self._citizen(driver), *self._registers(driver), *_clocks(driver)):
            yield (then,)
        for event, by in dict.fromkeys((own.event, own.by) for own in self.graph.process.by_source.get(place, ())):
            rows = [own for own in self.graph.process.rows(place, event) if own.by is by]
            if by is By.WORKER:
                yield from self._worker(driver, rows)
            elif by is By.PAYMENT:
                for paid in self._supplied(driver, rows, SupplierKind.PAYMENT):
                    yield (Then(payment=event, paid=paid),)
            elif by is By.CITIZEN and event != "change":
                yield (Then(citizen=event),)

    def _citizen(self, driver: Driver) -> Iterator[Then]:
        may = options(self.graph, driver.now, CITIZEN, driver.at)
        for way in may.contact:
            yield Then(asks=way.channel)
        for fact in may.disputable if not any(own.disputed for own in driver.now.answers.values()) else ():
            yield Then(dispute=fact)
        for own in may.questions:
            if own.unsure in ("worker", "help"):
                yield Then(answer={own.fact: "unsure"})
        asked = [own.fact for own in may.questions if own.fact == may.recommended]
        for fact in (*asked, *may.changeable[:MOST_CHANGED]):
            key = read_key(fact)
            if key is None or key.field or self.graph.facts[key.path].spec.type is FactType.LIST:
                continue
            answer = driver.now.answers.get(fact)
            now = word(answer.value) if answer is not None else None
            for value in [own for own in self.values(fact) if own != now][: 1 if now is not None else MOST_VALUES]:
                yield Then(answer={fact: value})

    def _worker(self, driver: Driver, rows: Sequence[Step]) -> Iterator[tuple[Then, ...]]:
        """The step of these rows, by each worker."""
        first = rows[0]
        names = any("outcome" in own.guard or own.does(Do.PUBLISH) for own in rows) or first.event == "propose"
        for judge in self._supplied(driver, rows, SupplierKind.WORKER):
            for outcome in ("", *self.graph.flow.outcomes) if names and not judge else ("",):
                motive = MOTIVE if outcome else ""
                yield tuple(
                    Then(worker=first.event, judge=judge, outcome=outcome, motive=motive, name=name) for name in WORKERS
                )

    def _registers(self, driver: Driver) -> Iterator[Then]:
        """What a register says by now, of the facts that the process asks it for again."""
        for fact in dict.fromkeys(name for step in self.graph.process.steps for name in step.does(Do.FETCH)):
            answer = driver.now.answers.get(fact)
            for value in self.values(fact) if fact in self.graph.facts else ():
                if answer is None or value != word(answer.value):
                    yield Then.model_validate({"register": {fact: value}})

    def _supplied(self, driver: Driver, rows: Sequence[Step], kind: SupplierKind) -> Iterator[Mapping[str, Any]]:
        """What is said with a step: nothing, or of each fact that its rows read, and an outcome needs, a value."""
        yield {}
        graph = self.graph
        held = {name for own in rows if own.guard for name in graph.guards[own.guard].names}
        if kind is SupplierKind.PAYMENT:  # what is paid now is held against what is due at a later step
            held = {name for formula in graph.guards.values() for name in formula.names}
        read = held | {need for spec in graph.flow.outcomes.values() for need in spec.needs} | graph.goal.reads
        read |= {fact for name in read & graph.rulings.keys() for fact in graph.rulings[name].reads}
        mine = [
            path
            for path, node in graph.facts.items()
            if path in read and not node.list and any(ref.kind is kind for ref in node.spec.suppliers)
        ]
        beside = self._beside(driver, held)
        every = {fact: self.values(fact, beside.get(graph.facts[fact].spec.type, ())) for fact in mine}
        for fact, values in every.items():
            for value in values:
                yield {fact: value}
        if len(mine) > 1:
            for together in islice(product(*every.values()), MOST_TOGETHER):
                yield dict(zip(mine, together, strict=True))

    def _beside(self, driver: Driver, names: Iterable[str]) -> Mapping[FactType, Sequence[str]]:
        """What a guard holds an amount or a day against: that of the citizen, by type."""
        view, found = view_of(self.graph, driver.now), dict[FactType, list[str]]()
        for name in sorted(names):
            node, ruling = self.graph.facts.get(name), self.graph.rulings.get(name)
            type_ = node.spec.type if node is not None else ruling.type if ruling is not None else None
            value = view.value(name) if type_ in STEPS else None
            if type_ is not None and isinstance(value, Decimal | date):
                found.setdefault(type_, []).append(word(value))
        return found

    def values(self, fact: str, first: Sequence[str] = ()) -> list[str]:
        """The values of a fact that are worth trying, as an author writes them."""
        own = (word(value) for value in likely(self.graph.facts[fact]) if value is not None)
        return list(dict.fromkeys([*first, *self.hints.get(fact, ()), *own]))[:MOST_VALUES]


def hints_of(graph: Graph) -> Hints:
    """A value of each cell into which guards and rows cut what a fact can be."""
    builder = Builder(graph, Constants(graph.facts, graph.rulings, graph.parameters))
    with suppress(DiagramTooLarge, RecursionError):
        builder.ruling(graph.goal)
    outcome = next(iter(graph.flow.outcomes), "")
    for formula in graph.guards.values():
        with suppress(DiagramTooLarge, RecursionError):
            builder.condition(with_outcome(formula.expr, outcome, str(graph.flow.outcomes[outcome].kind)))
    found: dict[str, list[str]] = {}
    for axis in builder.axes:
        if isinstance(axis, FactAxis):
            values = (axis.cells.representative(cell) for cell in range(len(axis.cells)))
            found[axis.node.path] = [word(own) for own in values if own is not None and own is not OTHER]
    return found


def _clocks(driver: Driver) -> Iterator[Then]:
    """The clock of the place or of a term that runs out first, and of a term until just before: then comes another."""
    now = driver.now
    due = running(now)
    first = min((now.deadlines[own] for own in due), default=driver.at)
    for name in due:
        if now.deadlines[name] == first:
            yield Then(late=name.removeprefix(ev.TERM))
            if name != "place" and not nearly(driver.at, first):
                yield Then.model_validate({"wait": f"P{(first - driver.at).days - 1}D"})


def nearly(at: datetime, first: datetime) -> bool:
    """Whether the first clock runs out within two days."""
    return (first - at).days <= 1


def running(journey: Journey) -> list[str]:
    """The clocks of the place and of terms that have not run out."""
    return [
        name
        for name, moment in journey.deadlines.items()
        if (name == "place" or name.startswith(ev.TERM)) and journey.passed.get(name) != moment
    ]


def word(value: Any) -> str:
    """A value as an author writes it."""
    return value.isoformat() if isinstance(value, date) else plain(value)

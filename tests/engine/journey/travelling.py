"""One citizen on the way through a small flow, event by event: what journey tests write their stories with.

traveller = Traveller(graph_of(FACTS, GOAL))
traveller.answer("spoed", True)
traveller.step("submit")
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from textwrap import dedent, indent
from typing import Any

from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.journey import events as ev
from engine.journey.accept import current
from engine.journey.effects import AnyEffect
from engine.journey.options import Options, options
from engine.journey.reducer import Step, advance
from engine.journey.relevance import Relevance
from engine.journey.state import Journey, Task

CITIZEN = ev.Actor(kind=ev.ActorKind.CITIZEN)
REGISTER = ev.Actor(kind=ev.ActorKind.REGISTER)
CLOCK = ev.Actor(kind=ev.ActorKind.CLOCK)
PAYMENT = ev.Actor(kind=ev.ActorKind.PAYMENT)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def worker(name: str = "anna") -> ev.Actor:
    """A worker by name."""
    return ev.Actor(kind=ev.ActorKind.WORKER, id=name)


def text_of(facts: str, decisions: str, outcomes: str, goal: str = "doel", more: str = "") -> str:
    """A flow file from its sections; every fact gets `ask` and `why` where it has none."""
    head = f"wegwijzer: 1\nflow: proef\nlanguage: nl\nquestion: Mag het?\ngoal: {goal}\n"
    sections = [("facts", facts), ("decisions", decisions), ("outcomes", outcomes)]
    body = "".join(f"{name}:\n{indent(dedent(text).strip(), '  ')}\n" for name, text in sections)
    return head + body + dedent(more).lstrip("\n")


def graph_of(facts: str, decisions: str, outcomes: str, goal: str = "doel", more: str = "") -> Graph:
    """The compiled flow of `text_of`."""
    return load_flow(text_of(facts, decisions, outcomes, goal, more), "proef.yaml")


def fact(name: str, kind: str, more: str = "") -> str:
    """One line of `facts`."""
    tail = f", {more}" if more else ""
    return f'{name}: {{type: {kind}, ask: "Vraag {name}?", why: "Daarom."{tail}}}'


def facts(*lines: str) -> str:
    """Lines of `facts`."""
    return "\n".join(lines)


class Traveller:
    """A journey and everything that came of it. Time stands still until `later`."""

    def __init__(self, graph: Graph, at: datetime = MONDAY) -> None:
        self.graph = graph
        self.at = at
        self.stored: list[ev.Event] = []
        self.effects: list[AnyEffect] = []
        self._journey: Journey | None = None
        self._made = 0
        self.last: Step = self.do(
            ev.JourneyStarted,
            journey="j1",
            reference="R1",
            flow=graph.flow.flow,
            version=graph.version,
            language="nl",
        )

    @property
    def journey(self) -> Journey:
        assert self._journey is not None
        return self._journey

    def do(self, kind: type[ev.Event], actor: ev.Actor = CITIZEN, **fields: Any) -> Step:
        """One event; AnswerError and RefusedEvent pass through, and nothing has changed then."""
        self._made += 1
        step = advance(self.graph, self._journey, kind(id=f"e{self._made}", at=self.at, actor=actor, **fields))
        self._journey = step.journey
        self.stored.extend(step.events)
        self.effects.extend(step.effects)
        self.last = step
        return step

    def later(self, **span: float) -> Traveller:
        """So much time passes: `later(days=3)`."""
        self.at += timedelta(**span)
        return self

    def answer(self, name: str, value: Any, actor: ev.Actor = CITIZEN) -> Step:
        return self.do(ev.AnswerGiven, actor, fact=name, value=value)

    def answers(self, **values: Any) -> Traveller:
        for name, value in values.items():
            self.answer(name, value)
        return self

    def fetched(self, name: str, value: Any) -> Step:
        return self.do(ev.FactFetched, REGISTER, fact=name, value=value, source="brp")

    def step(self, name: str, actor: ev.Actor = CITIZEN, **more: Any) -> Step:
        return self.do(ev.StepTaken, actor, step=name, **more)

    def passed(self, clock: str, entry: int | None = None) -> Step:
        """The clock runs out, at its own moment when that is still to come."""
        self.at = max(self.at, self.journey.deadlines.get(clock, self.at))
        number = len(self.journey.visits) if entry is None else entry
        return self.do(ev.DeadlinePassed, CLOCK, clock=clock, entry=number)

    @property
    def relevant(self) -> Relevance:
        return current(self.graph, self.journey)

    def may(self, actor: ev.Actor = CITIZEN) -> Options:
        return options(self.graph, self.journey, actor, self.at)

    def open_tasks(self) -> Sequence[Task]:
        return [task for task in self.journey.tasks.values() if task.finished is None]

    def told(self) -> list[str]:
        """The texts of all notices so far, in order."""
        return [effect.text for effect in self.effects if effect.type == "Notify"]

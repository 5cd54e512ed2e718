"""A small walker for tests: a flow from the flows folder, and a journey after some events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from engine.flow.parse import parse_flow
from engine.graph.compile import compile_flow
from engine.graph.graph import Graph
from engine.journey import events as ev
from engine.journey.reducer import advance
from engine.journey.state import Journey

FLOWS = Path(__file__).resolve().parents[2] / "flows"
START = datetime(2026, 11, 23, 10, 20, tzinfo=UTC)  # a Monday morning
CITIZEN = ev.Actor(kind=ev.ActorKind.CITIZEN)
WORKER = ev.Actor(kind=ev.ActorKind.WORKER, id="anna")
REGISTER = ev.Actor(kind=ev.ActorKind.REGISTER)


@cache
def graph_of(slug: str) -> Graph:
    """The compiled flow of the flows folder."""
    path = FLOWS / slug / "flow.yaml"
    return compiled(path.read_text(encoding="utf-8"))


def compiled(text: str) -> Graph:
    """A flow from its text."""
    return compile_flow(parse_flow(text))


class Walk:
    """A journey that goes on, one minute an event; `history` holds all events, derived ones too."""

    def __init__(self, graph: Graph, language: str = "nl") -> None:
        self.graph = graph
        self.history: list[ev.Event] = []
        self._journey: Journey | None = None
        self._now = START
        started: dict[str, Any] = {"journey": "j-1", "reference": "WW-7K4M-2Q9T", "flow": graph.flow.flow}
        self.take(ev.JourneyStarted, **started, version=graph.version, language=language)

    @property
    def journey(self) -> Journey:
        assert self._journey is not None
        return self._journey

    @property
    def now(self) -> datetime:
        return self._now

    def take(self, kind: type[ev.Event], actor: ev.Actor = CITIZEN, **fields: Any) -> Walk:
        """One more event."""
        self._now += timedelta(minutes=1)
        event = kind(id=f"e{len(self.history)}", at=self._now, actor=actor, **fields)
        step = advance(self.graph, self._journey, event)
        self._journey = step.journey
        self.history.extend(step.events)
        return self

    def answer(self, answers: Mapping[str, Any], actor: ev.Actor = CITIZEN) -> Walk:
        """Answers, in this order."""
        for fact, value in answers.items():
            self.take(ev.AnswerGiven, actor, fact=fact, value=value)
        return self

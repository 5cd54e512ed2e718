"""Journeys through an edited flow, taken over from the flow as it was, wherever the decisions still say the same.

    Grown(graph, earlier)     a trunk for a flow that differs from that of `earlier` in decisions and words alone
    around(graph)             equal for two versions of which that is so

The reducer hears of the decisions only by what they say of the facts that are known: whether the outcome is settled or
somebody must look, whether the fact of the event may be told now, which conditions of facts hold, and what guards,
checks and dates read. Where all of this is the same before and after an event, the event has the same effect; only the
version is another one. Where it is not, the event goes through the reducer, and what follows is taken over again once
both journeys are equal. A flow with lists takes nothing over.

Called by `api.service.warm` and `engine.harness.mutate`; tests: tests/engine/harness/test_earlier.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.feel.unknown import UNKNOWN
from engine.graph.graph import Graph
from engine.graph.order import reads_of
from engine.graph.view import View
from engine.harness.affected import prints
from engine.harness.driver import Point, Trunk
from engine.journey import events as ev
from engine.journey.accept import asked_here
from engine.journey.reducer import Step
from engine.journey.relevance import Relevance, Seen, relevance, remembered
from engine.journey.state import Journey, altered

KEPT = ("known", "facts", "steps", "told", "done")  # what a point has worked out that holds in every version


def around(graph: Graph) -> str:
    """Equal for two versions that differ in decisions and words alone."""
    return prints(graph).around


@dataclass(frozen=True, slots=True)
class Heard:
    """What the reducer hears of the decisions at one point. `tellable` are the facts that may be told there."""

    said: object
    askable: frozenset[str]
    tellable: frozenset[str]


class Hearing:
    """What the decisions of one version say of what a journey knows."""

    def __init__(self, graph: Graph, seen: Seen) -> None:
        self.graph = graph
        self._seen = seen
        self._heard: dict[tuple[str, frozenset[str], tuple[str, ...]], Heard] = {}
        self._told: dict[object, tuple[tuple[object, ...], Relevance]] = {}
        self._can_be: dict[object, str] = {}
        read = {name for own in graph.guards.values() for name in own.names}
        read |= {name for own in graph.checks for name in own.must.names}
        self._names = sorted(read & (graph.facts.keys() | graph.rulings.keys()))
        self._asked = [node for node in graph.facts.values() if node.when is not None]
        behind = {path for own in graph.rulings.values() for path in own.reads}
        for node in graph.facts.values():
            behind |= reads_of(node.path, graph.rulings, graph.functions, graph.facts) - {node.path}
        self._read = sorted(behind)
        self._behind = {
            name: sorted(reads_of(name, graph.rulings, graph.functions, graph.facts)) for name in self._names
        }

    def at(self, point: Point) -> Heard:
        """All that the reducer can hear of the decisions at a point, of this version or of one that `around` equals."""
        key = (*point.facts, asked_here(self.graph, point.journey))
        if key not in self._heard:
            _, passed, here = key
            view = View(self.graph, point.known)
            said, own = self._told_of(view, passed, here)
            can_be = tuple([self._possible(name, view) for name in self._names])
            self._heard[key] = Heard((*said, can_be), frozenset(own.askable), frozenset((*own.askable, *own.waiting)))
        return self._heard[key]

    def _told_of(
        self, view: View, passed: frozenset[str], here: tuple[str, ...]
    ) -> tuple[tuple[object, ...], Relevance]:
        """What is still needed, and which conditions of facts hold. Of a fact that no rule reads only that it is known
        bears on it: whoever differ in its value are told the same."""
        known = view.known
        key = (tuple([_plain(known.get(path, UNKNOWN)) for path in self._read]), frozenset(known), passed, here)
        if key not in self._told:
            with remembered(self._seen):
                own = relevance(self.graph, view, passed, here=here)
            whens = tuple([view.applies(node) for node in self._asked])
            waits = not own.askable and bool(own.waiting)
            self._told[key] = (own.outcome, own.is_settled, own.stuck, waits, whens), own
        return self._told[key]

    def _possible(self, name: str, view: View) -> str:
        """What a name that guards or checks read can still be."""
        known = view.known
        key = (name, *[_plain(known.get(path, UNKNOWN)) for path in self._behind[name]])
        if key not in self._can_be:
            self._can_be[key] = repr(view.possible(name))
        return self._can_be[key]


def _plain(value: object) -> object:
    """An answer as something that can be looked up; 1 and yes are not the same."""
    return repr(value) if isinstance(value, list) else (type(value), value)


class Grown(Trunk):
    """See the top of this module. `earlier` is let go of by `rest`; `same`: the two differ in words alone."""

    def __init__(
        self, graph: Graph, earlier: Grown | None = None, seen: Seen | None = None, *, same: bool = False
    ) -> None:
        super().__init__(graph, seen=seen)
        self.same = same
        self.hearing = Hearing(graph, self.seen)
        self._earlier = None if graph.lists else earlier
        self._twins: dict[Point, Point] = {}

    def rest(self) -> None:
        """Every walk was made: what was there before is needed no longer."""
        self._earlier = None
        self._twins.clear()

    def made(self, point: Point | None, key: object, event: Callable[[str], ev.Event]) -> Point:
        """The point after an event: taken over, or through the reducer."""
        twin = self._twin(point, key)
        if twin is None:
            return super().made(point, key, event)
        taken = self._taken_over(point, twin)
        own = taken or super().made(point, key, event)
        if taken is not None or own.journey == self._now(twin.journey):
            self._twins[own] = twin
        return own

    def _twin(self, point: Point | None, key: object) -> Point | None:
        """Where the same event led in the earlier version."""
        if self._earlier is None:
            return None
        if point is None:
            return self._earlier.starts.get(key)
        twin = self._twins.get(point)
        return twin.onward.get(key) if twin is not None else None

    def _taken_over(self, point: Point | None, twin: Point) -> Point | None:
        """The twin as a point of this version; None where the decisions say something else before or after it."""
        before = self.same or point is None or self._agree(self._twins[point], twin.event)
        if not before or not (self.same or self._agree(twin)):
            return None
        events = twin.step.events
        if point is None:  # the start alone names the version
            events = tuple(self._told(own) for own in events)
        own = Point(self.graph, point, events[0], Step(self._now(twin.journey), events, twin.step.effects))
        own.fresh = False
        own.__dict__.update({name: twin.__dict__[name] for name in KEPT if name in twin.__dict__})
        return own

    def _now(self, journey: Journey) -> Journey:
        return altered(journey, version=self.graph.version)

    def _told(self, event: ev.AnyEvent) -> ev.AnyEvent:
        started = isinstance(event, ev.JourneyStarted)
        return event.model_copy(update={"version": self.graph.version}) if started else event

    def _agree(self, twin: Point, event: ev.Event | None = None) -> bool:
        """Whether the decisions of both versions say the same of what is known, and whether to tell the event."""
        assert self._earlier is not None
        now, before = self.hearing.at(twin), self._earlier.hearing.at(twin)
        fact = getattr(event, "fact", "")
        told = (fact in now.tellable, fact in now.askable) == (fact in before.tellable, fact in before.askable)
        return now.said == before.said and told

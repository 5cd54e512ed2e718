"""Journeys through an edited flow, taken over from the flow as it was, wherever the decisions still say the same.

    Grown(graph, earlier)     a trunk for a flow that differs from that of `earlier` in decisions and words alone
    around(graph)             equal for two versions of which that is so
    once_more(trunk, ran)     a run that goes the way that it went before

The reducer hears of the decisions only by what they say of the facts that are known: whether the outcome is settled or
somebody must look, whether the fact of the event may be told now, which conditions of facts hold, and what guards,
checks and dates read. Where all of this is the same before and after an event, the event has the same effect; only the
version is another one. Where it is not, the event goes through the reducer, and what follows is taken over again once
both journeys are equal. Nothing is compared where an edit cannot be heard at all (`engine.harness.reach`). A flow in
which something is decided, checked, counted or asked on a condition for each item of a list takes nothing over.

Called by `api.service.warm` and `engine.harness.mutate`; tests: tests/engine/harness/test_earlier.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.errors import EngineBug
from engine.graph.graph import Graph
from engine.graph.order import reads_of
from engine.graph.possible import Some
from engine.graph.view import View
from engine.harness.affected import prints
from engine.harness.driver import Point, Trunk
from engine.harness.reach import Reach, told
from engine.harness.run import Ran, resumed
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
    """What the reducer hears of the decisions at one point. `tellable` are the facts that may be told there, `whole`
    is all that is still needed, in order."""

    said: object
    whole: Relevance
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
            self._heard[key] = Heard(
                (*said, can_be), own, frozenset(own.askable), frozenset((*own.askable, *own.waiting))
            )
        return self._heard[key]

    def take_over(self, earlier: Hearing, point: Point) -> None:
        """What was heard in an earlier version, at a point where the decisions still say the same."""
        key = (*point.facts, asked_here(self.graph, point.journey))
        heard = earlier._heard.get(key)
        if heard is not None:
            self._heard.setdefault(key, heard)
        known, passed, here = key
        for deciding in (False, True):
            own = earlier._seen.get((known, passed, deciding, here))
            if own is not None:
                self._seen.setdefault((known, passed, deciding, here), own)

    def _told_of(
        self, view: View, passed: frozenset[str], here: tuple[str, ...]
    ) -> tuple[tuple[object, ...], Relevance]:
        """What is still needed, and which conditions of facts hold. Of a fact that no rule reads only that it is known
        bears on it: whoever differ in its value are told the same."""
        known = view.known
        key = (*told(self.graph, known, self._read), frozenset(known), passed, here)
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
        key = (name, *told(self.graph, known, self._behind[name]))
        if key not in self._can_be:
            own = view.possible(name)
            self._can_be[key] = repr(sorted(map(repr, own.values)) if isinstance(own, Some) else own)
        return self._can_be[key]


class _Version:
    """An earlier version beside the one that grows. `same`: the two differ in words alone."""

    def __init__(self, trunk: Grown, now: Grown, *, same: bool) -> None:
        self.trunk = trunk
        self.same = same
        self._now = now
        self._reach = None if same else Reach.of(trunk.graph, now.graph)
        self._twins: dict[Point, Point | None] = {}
        self._spared: dict[Point, bool] = {}
        self._echoed: dict[Point, bool] = {}

    def onward(self, point: Point | None, key: object) -> Point | None:
        """Where the same event led in this version."""
        if point is None:
            return self.trunk.starts.get(key)
        twin = self.twin(point)
        return twin.onward.get(key) if twin is not None else None

    def twin(self, point: Point) -> Point | None:
        """The point of this version at which the journey stood the same."""
        if point not in self._twins:
            found = self.onward(point.before, point.key)
            same = found is not None and point.journey == self._now.now(found.journey)
            self._twins[point] = found if same else None
        return self._twins[point]

    def pair(self, point: Point, twin: Point) -> None:
        """Note that the journey stood the same."""
        self._twins[point] = twin

    def spares(self, twin: Point) -> bool:
        """Whether the decisions can have changed for nobody of whom this much is known. What was heard then holds."""
        if self.same or self._reach is None:
            return self.same
        found = self._spared.get(twin)
        if found is None:
            found = self._spared[twin] = self._reach.spares(twin.known)
            if found:
                self._now.hearing.take_over(self.trunk.hearing, twin)
        return found

    def echoes(self, twin: Point) -> bool:
        """Whether they say the same to a citizen too: all that is asked, in the same order."""
        if self.spares(twin):
            return True
        now, before = self._now.hearing.at(twin), self.trunk.hearing.at(twin)
        return now.said == before.said and now.whole == before.whole

    def echoes_all_the_way(self, end: Point) -> bool:
        """Whether they do so from the start to here; looked at once for all who came along."""
        left: list[Point] = []
        point: Point | None = end
        while point is not None and point not in self._echoed:
            left.append(point)
            point = point.before
        found = point is None or self._echoed[point]
        for own in reversed(left):
            found = found and self.echoes(own)
            self._echoed[own] = found
        return found

    def agrees(self, twin: Point, event: ev.Event | None = None) -> bool:
        """Whether the decisions of both versions say the same of what is known, and whether to tell the event."""
        if self.spares(twin):
            return True
        now, before = self._now.hearing.at(twin), self.trunk.hearing.at(twin)
        fact = getattr(event, "fact", "")
        told = (fact in now.tellable, fact in now.askable) == (fact in before.tellable, fact in before.askable)
        return now.said == before.said and told


class Grown(Trunk):
    """See the top of this module. `same`: this version and the one before it differ in words alone; `also` are versions
    further back. All of them are let go of by `rest`."""

    def __init__(
        self,
        graph: Graph,
        earlier: Grown | None = None,
        seen: Seen | None = None,
        *,
        same: bool = False,
        also: Iterable[Grown] = (),
    ) -> None:
        super().__init__(graph, seen=seen)
        self.hearing = Hearing(graph, self.seen)
        nearest = [] if earlier is None else [_Version(earlier, self, same=same)]
        if earlier is not None:  # the facts are those of the version before
            self.literals = earlier.literals
        versions = [*nearest, *(_Version(own, self, same=False) for own in also)]
        self._earlier = (
            versions if all(_by_the_whole(own.graph) for own in (self, *(one.trunk for one in versions))) else []
        )

    def rest(self) -> None:
        """Every walk was made: what was there before is needed no longer."""
        self._earlier.clear()

    def made(self, point: Point | None, key: object, event: Callable[[str], ev.Event]) -> Point:
        """The point after an event: taken over, or through the reducer."""
        for version in self._earlier:
            twin = version.onward(point, key)
            own = self._taken_over(version, point, twin) if twin is not None else None
            if own is not None and twin is not None:
                version.pair(own, twin)
                break
        else:
            own = super().made(point, key, event)
        return own

    def again(self, end: Point) -> Point | None:
        """Where the events lead that led to `end` in an earlier version; None where that has to be tried."""
        version = next((own for own in self._earlier if own.trunk.graph is end.graph), None)
        if version is None or not version.echoes_all_the_way(end):
            return None
        self._earlier.sort(key=lambda own: own is not version)  # the next who come along will have it there too
        own: Point | None = None
        for twin in end.way:
            own = self.onward(own, twin.key, _untold)
        return own

    def _taken_over(self, version: _Version, point: Point | None, twin: Point) -> Point | None:
        """The twin as a point of this version; None where the decisions say something else before or after it."""
        start = version.twin(point) if point is not None else None
        if start is not None and not version.agrees(start, twin.event):
            return None
        if not version.agrees(twin):
            return None
        events = twin.step.events
        if point is None:  # the start alone names the version
            events = tuple(self._told(own) for own in events)
        own = Point(self.graph, point, events[0], Step(self.now(twin.journey), events, twin.step.effects))
        own.fresh = False
        kept = (*KEPT, "questions") if version.spares(twin) else KEPT
        own.__dict__.update({name: twin.__dict__[name] for name in kept if name in twin.__dict__})
        return own

    def now(self, journey: Journey) -> Journey:
        """A journey of another version as one of this version."""
        return altered(journey, version=self.graph.version)

    def _told(self, event: ev.AnyEvent) -> ev.AnyEvent:
        started = isinstance(event, ev.JourneyStarted)
        return event.model_copy(update={"version": self.graph.version}) if started else event


def _by_the_whole(graph: Graph) -> bool:
    """Whether lists are only ever looked at as a whole, so that what is known of their items tells all there is."""
    each = any(own.each for own in (*graph.rulings.values(), *graph.functions.values()))
    checked = any(own.list for own in graph.checks)
    asked = any((node.list and node.when is not None) or node.count is not None for node in graph.facts.values())
    return not (graph.lists and (each or checked or asked))


def _untold(name: str) -> ev.Event:
    raise EngineBug(f"{name}: what every decision says the same of is taken over")


def once_more(trunk: Grown, before: Ran | None) -> Ran | None:
    """How a run goes where everything happens again that happened in an earlier version; None where that has to be
    tried. `before` came out as expected there."""
    if before is None or before.end is None or before.refused or before.failures:
        return None
    end = trunk.again(before.end)
    return None if end is None else resumed(trunk, before, end)

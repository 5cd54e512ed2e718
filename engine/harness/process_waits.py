"""How long a journey can take from some steps to others, every clock kept: the longest way through the explored states.

`Waits(explored, begins, arrives, terms)`: `terms` bound the time while they run; what they do not cover counts by the
clock of each place. A way goes round only where nothing passes on the round: a round on which time passes has no bound,
and neither has an end that is no arrival. Called by `engine.harness.process_times`, which says what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Protocol

from engine.errors import together, worded
from engine.flow.model import Flow, Place, Span
from engine.graph.process import Do
from engine.graph.process_ways import Running
from engine.graph.standard import task_kind
from engine.harness.explore import Explored, State, Taken, Way
from engine.terms.periods import parse_period

NOTHING = timedelta()

Begins = Callable[[State, Taken], bool]


class Arrives(Protocol):
    """Whether a step arrives; `first` when it is the step from which is counted."""

    def __call__(self, own: Taken, *, first: bool) -> bool: ...


@dataclass(frozen=True, slots=True)
class Longest:
    """The longest that it can take (None: nothing bounds it, and `why`), on which way, and how that was counted."""

    total: timedelta | None
    way: Way
    terms: tuple[str, ...]
    why: str = ""
    counted: str = ""

    @property
    def sort_key(self) -> tuple[bool, timedelta, int]:
        """Bounded ones first, short ones first, few terms first; of ways without a bound the one that no term ends."""
        few = len(self.terms)
        return self.total is None, self.total or NOTHING, few if self.total is not None else -few


@dataclass(slots=True)
class _Walk:
    """A way: how long it took since the event, which is the step number `begun`, and what that counted."""

    total: timedelta
    way: Way
    parts: tuple[str, ...]
    begun: int

    def onward(self, own: Taken) -> _Walk:
        """One step further, before waiting there."""
        return _Walk(self.total, (*self.way, own), self.parts, self.begun)

    def last_at(self, state: State) -> int:
        """Behind which step it was in `state` for the last time since the event; -1 when it was not."""
        return next((at for at in range(len(self.way) - 1, self.begun - 1, -1) if self.way[at].to == state), -1)


class Waits:
    """See the top of this module."""

    def __init__(
        self, explored: Explored, begins: Begins, arrives: Arrives, terms: tuple[str, ...], flow: Flow | None = None
    ) -> None:
        self.explored = explored
        self.flow = flow
        self.process = explored.process
        self.begins = begins
        self.arrives = arrives
        self.terms = terms
        self.best: dict[State, _Walk] = {}

    def longest(self) -> Longest:
        """The longest way; of several that nothing bounds the one that is met first."""
        queue: list[State] = []
        for walk in self._walks():
            found = self._onto(walk, None)
            if isinstance(found, Longest):
                return found
            queue += self._better(found)
        while queue:
            walk = self.best[queue.pop(0)]
            for own in self._onward(walk.way[-1].to):
                at = walk.last_at(own.to)
                further = self._onto(walk.onward(own), walk.way[-1].to) if at < 0 else self._round(walk, own, at)
                if isinstance(further, Longest):
                    return further
                queue += self._better(further) if further is not None else ()
        most = max(self.best.values(), key=lambda own: own.total, default=_Walk(NOTHING, (), (), 0))
        return Longest(most.total, most.way, self.terms, counted=_sum(most))

    def _walks(self) -> Iterator[_Walk]:
        """A walk for each state in which the event happens."""
        for state, own in self.explored.all_taken():
            if self.begins(state, own) and not self.arrives(own, first=True):
                way = self.explored.ways[state]
                yield _Walk(NOTHING, (*way, own), (), len(way))

    def _onward(self, state: State) -> Iterator[Taken]:
        """Steps that lead to another state; a step that stays keeps the clock as it is."""
        for own in self.explored.taken[state]:
            moves = not own.step.internal or own.to.terms != state.terms
            if moves and not self.arrives(own, first=False):
                yield own

    def _better(self, walk: _Walk) -> tuple[State, ...]:
        """The state to go on from, when nothing as long is known yet."""
        state = walk.way[-1].to
        known = self.best.get(state)
        if known is not None and known.total >= walk.total:
            return ()
        self.best[state] = walk
        return (state,)

    def _round(self, walk: _Walk, own: Taken, at: int) -> Longest | None:
        """A way that comes back to where it was: without bound when time passes on the round outside the terms."""
        if any(self._wait(taken)[0] != NOTHING for taken in (*walk.way[at + 1 :], own)):
            why = worded("it can go round by way of `{place}`, again and again", place=own.to.place)
            return Longest(None, (*walk.way, own), self.terms, why)
        return None

    def _onto(self, walk: _Walk, before: State | None) -> _Walk | Longest:
        """The walk after waiting as long as one can where it has come."""
        state, total, parts = walk.way[-1].to, walk.total, walk.parts
        if self.process.is_end(state.place):
            return Longest(None, walk.way, self.terms, worded("it can end in `{place}` without it", place=state.place))
        for term in self._running(state):
            if before is None or term not in self._running(before):
                length = parse_period(self.process.terms[term].length)
                total += length.at_most
                parts = (*parts, f"`{term}` {length}")
        wait, said = self._wait(walk.way[-1])
        if wait is None:
            return Longest(None, walk.way, self.terms, said)
        return _Walk(total + wait, walk.way, (*parts, said) if said else parts, walk.begun)

    def _running(self, state: State) -> tuple[str, ...]:
        pairs = zip(self.process.terms, state.terms, strict=True)
        return tuple(name for name, running in pairs if running is Running.RUNS and name in self.terms)

    def _wait(self, own: Taken) -> tuple[timedelta | None, str]:
        """How long one can wait where a step leads, beyond what the terms count, and how it is said; None: for ever."""
        state = own.to
        place = self.process.places[state.place]
        running = {name for name, what in zip(self.process.terms, state.terms, strict=True) if what is Running.RUNS}
        if self._running(state) or place.suspends in running:
            return NOTHING, ""
        if place.within is not None:
            length = parse_period(place.within)
        elif place.under in running:
            length = parse_period(self.process.terms[place.under].length)
        else:
            return self._by_tasks(own, place)
        return length.at_most, f"`{state.place}` {length}"

    def _by_tasks(self, own: Taken, place: Place) -> tuple[timedelta | None, str]:
        """Where a place has no clock of its own, the task that came with the journey has one."""
        kinds = [task_kind(self.flow, name) for name in own.step.does(Do.TASK)] if self.flow is not None else []
        spans = [kind.within for kind in kinds if kind is not None and kind.within is not None]
        if spans and place.who == "worker":
            longest = max(at_most(span) for span in spans)
            return longest, worded("`{place}` {days} days (its task)", place=own.to.place, days=longest.days)
        if place.until:
            return None, worded(
                "`{place}` waits until {until}, a date that the flow does not bound",
                place=own.to.place,
                until=place.until,
            )
        return None, worded("`{place}` waits without a clock", place=own.to.place)


def at_most(span: Span) -> timedelta:
    """The longest that a promise can take; of working time a calendar week for every day, which is more than it is."""
    if span.duration is not None:
        return parse_period(span.duration).at_most
    days = span.working_days or ceil((span.working_hours or 0) / 8)
    return timedelta(weeks=days)


def _sum(walk: _Walk) -> str:
    return (
        worded("Together {days} days: {parts}.", days=walk.total.days, parts=together(walk.parts, " + "))
        if walk.parts
        else ""
    )

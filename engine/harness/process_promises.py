"""Promises about the process, held against every way that a journey can go (`engine.harness.explore`).

Ways are finite: from the first place, step by step. `given(o)`: a step publishes, tells, hands on or first shows
outcome o. `at(p)`: the journey is in place p. In the words of temporal logic (CTL; Clarke and Emerson, 1981):

    promise                                   holds when                                        broken by a way
    every: {outcome: o, passes: [p, q]}       A[ not given(o) W (at(p) or at(q)) ]              to given(o) before
    always: {event: e, reaches: worker}       AG( e -> a worker has the move or a task opens )  to an e with neither
    always: {event: e, reaches: p}            AG( e -> at(p) )                                  to an e elsewhere
    within: {from: e, to: [p, q], length: L}  each e: A F(<= L) (at(p) or at(q) or an end)      that can take longer

`within` counts what the process plans, every clock kept: a place is left when its clock runs out at the latest, a term
has ended when its length is over. While a term runs its places count together, at most its length; days on which it
stands still are not counted (Awb 4:15), nor are extensions, which the citizen is told (Awb 4:14). Where no clock runs,
or only one until a date that the flow does not know, nothing bounds the wait. Each set of terms gives a bound; the
least of them counts. Clocks are whole: a way that is found can take that long.

A promise about an event or a place that the process does not have says nothing, which is a finding too.
Called by `engine.harness.process_proof`; tests: tests/engine/harness/test_process_promises.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations

from engine.errors import Where
from engine.flow.model import Always, Every, Promise, WithinPromise
from engine.graph.graph import Graph
from engine.graph.process import ALWAYS_THERE, Do
from engine.harness.explore import Explored, Taken, told
from engine.harness.finding import Finding, finding
from engine.harness.process_waits import Waits
from engine.terms.periods import PeriodError, parse_period

WORKER = "worker"
TO_A_PERSON = ("ask_person", "dispute")
MOST_TERMS = 6


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise that holds, and on which reading of time it does ("" where time has no part in it)."""

    number: int
    note: str = ""


def check_promises(graph: Graph, explored: Explored) -> Iterator[Finding | Kept]:
    """Each promise about the process, in order."""
    for number, promise in enumerate(graph.flow.promises, 1):
        marks = graph.promise_marks
        where = marks[number - 1] if number <= len(marks) else Where()
        checked = _check(graph, explored, promise, number, where)
        if checked is not None:
            yield checked


def _check(graph: Graph, explored: Explored, promise: Promise, number: int, where: Where) -> Finding | Kept | None:
    """One promise; None for one about values."""
    about = _Promise(graph, explored, number, where)
    if promise.every is not None:
        return about.every(promise.every)
    if promise.within is not None:
        return about.within(promise.within)
    if promise.always is not None and promise.always.holds is None:
        return about.always(promise.always)
    return None


@dataclass(frozen=True, slots=True)
class _Promise:
    graph: Graph
    explored: Explored
    number: int
    where: Where

    def _broken(self, message: str, hint: str, way: Iterable[Taken], outcome: str = "", more: str = "") -> Finding:
        lines = told(self.explored.process, tuple(way), outcome)
        said = f"Promise {self.number} is broken: {message}"
        return finding("P-PROMISE", self.where, said, hint, (*lines, more) if more else lines)

    def _empty(self, names: Iterable[str], known: Iterable[str], kind: str) -> Finding | None:
        """A promise about a name that the process does not have."""
        there = tuple(dict.fromkeys(known))
        for name in names:
            if name not in there:
                message = f"Promise {self.number} is about the {kind} `{name}`, which never comes in this process."
                hint = f"Name one of these: {', '.join(there)}."
                return finding("P-PROMISE-EMPTY", self.where, message, hint)
        return None

    def every(self, promise: Every) -> Finding | Kept:
        """A way on which the outcome is given and none of the places was passed."""
        process = self.explored.process
        places = (name for name in (*process.places, *process.ends) if name in self.explored.places)
        empty = self._empty(promise.passes, places, "place")
        if empty is not None:
            return empty
        way = self.explored.search(
            lambda own, outcome: outcome == promise.outcome and own.gives(process, outcome), without=promise.passes
        )
        if way is None:
            return Kept(self.number)
        passed = _one_of(promise.passes)
        message = f"somebody can get `{promise.outcome}` without having passed {passed}."
        return self._broken(message, "Lead this way past it, or say what you do promise.", way, promise.outcome)

    def always(self, promise: Always) -> Finding | Kept:
        """An occurrence of the event after which nobody has the move or a task, or that leads elsewhere."""
        process = self.explored.process
        if promise.event in ALWAYS_THERE:
            return self._always_there(promise)
        events = (own.step.event for _, own in self.explored.all_taken())
        empty = self._empty([promise.event], (*events, *ALWAYS_THERE), "event")
        if empty is not None:
            return empty
        reaches = self._reaches(promise.reaches)
        if reaches is None:
            return self._empty([promise.reaches], (WORKER, *process.places, *process.ends), "place") or Kept(
                self.number
            )
        way = self.explored.search(lambda own, _: own.step.event == promise.event and not reaches(own))
        if way is None:
            return Kept(self.number)
        to = "nobody has the move or a task" if promise.reaches == WORKER else f"it is not in `{promise.reaches}`"
        message = f"after `{promise.event}` {to}."
        return self._broken(message, "Add a task to that row, or lead it there.", way)

    def _always_there(self, promise: Always) -> Finding | Kept:
        if promise.reaches == WORKER and promise.event in TO_A_PERSON:
            return Kept(self.number)
        message = f"Promise {self.number} is broken: `{promise.event}` is possible everywhere and opens no task."
        return finding("P-PROMISE", self.where, message, "Promise it of `ask_person`, or of a step of the process.")

    def _reaches(self, wanted: str) -> Callable[[Taken], bool] | None:
        process = self.explored.process
        if wanted == WORKER:

            def person(own: Taken) -> bool:
                place = process.places.get(own.step.target)
                return bool(own.step.does(Do.TASK)) or (place is not None and place.who == WORKER)

            return person
        if wanted not in process.places and wanted not in process.ends:
            return None
        return lambda own: own.step.target == wanted

    # -- within

    def within(self, promise: WithinPromise) -> Finding | Kept:
        """The way from the event on which it takes longest to come to one of the places, or to an end."""
        process = self.explored.process
        events = (own.step.event for _, own in self.explored.all_taken())
        empty = self._empty([promise.start], events, "event") or self._empty(
            promise.to, (name for name in (*process.places, *process.ends) if name in self.explored.places), "place"
        )
        if empty is not None:
            return empty
        try:
            most = parse_period(promise.length).at_most
        except PeriodError as refused:
            return finding("P-PROMISE-EMPTY", self.where, f"Promise {self.number} cannot be counted.", str(refused))
        waits = [
            Waits(self.explored, promise.start, promise.to, terms, self.graph.flow).longest()
            for terms in _subsets(process.terms)
        ]
        longest = min(waits, key=lambda own: own.sort_key)
        if longest.total is not None and longest.total <= most:
            return Kept(self.number, self._note(longest.terms))
        place = _one_of(promise.to)
        if longest.total is None:
            message = f"from `{promise.start}` to {place} can take longer than {promise.length}: {longest.why}"
        else:
            message = f"from `{promise.start}` to {place} can take {_days(longest.total.days)}, "
            message += f"and {promise.length} is {_days(most.days)}."
        hint = "Shorten a clock on this way, name where the promise ends, or promise what you can keep."
        return self._broken(message, hint, longest.way, more=longest.counted)

    def _note(self, terms: Iterable[str]) -> str:
        process = self.explored.process
        used = tuple(terms)
        parts = []
        if any(place.suspends in used for place in process.places.values()):
            parts.append("days on which a term stands still are not counted")
        if any(set(own.step.does(Do.EXTEND)) & set(used) for _, own in self.explored.all_taken()):
            parts.append("an extension that the citizen is told adds to it")
        return "; ".join(("every clock kept", *parts))


def _one_of(names: tuple[str, ...]) -> str:
    return " or ".join(f"`{name}`" for name in names)


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _subsets(terms: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Sets of terms that may bound the wait; of very many terms each one, none, and all."""
    names = tuple(terms)
    if len(names) > MOST_TERMS:
        return iter(((), *((name,) for name in names), names))
    return chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))

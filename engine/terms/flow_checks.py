"""What a flow says of time: waits that add up to more than a legal term, opening hours, promises.

Beside `engine.graph.process_checks`, which cannot read durations. Codes: E-PROCESS-WAITS, E-OPEN, E-PROMISE.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from engine.errors import Problem, worded
from engine.flow.model import Flow, Span
from engine.flow.positions import Positions
from engine.graph.process import Process, Step
from engine.graph.process_finding import Finding, Subject
from engine.graph.process_ways import Running, TermState, Way, after, shown, term_states
from engine.terms.opening_hours import OpeningHoursError, parse_opening_hours
from engine.terms.periods import PeriodError, parse_period
from engine.terms.promises import promise_of

MOST_WAYS = 20_000


def check_times(process: Process, flow: Flow | None = None, positions: Positions | None = None) -> tuple[Finding, ...]:
    """Everything found, in the order of the checks."""
    subject = Subject(process, flow, positions)
    return tuple(found for check in TIME_CHECKS for found in check(subject))


def waits(subject: Subject) -> Iterator[Finding]:
    """The longest waits on one way, while a term runs, add up to more than the term.

    Counts `within` of places that are neither under the term nor suspend it; a wait `until` a date is not known here.
    No place counts twice. On a very tangled process the first ways are tried, so what is found is true, and
    something longer may be missed.
    """
    process = subject.process
    for name, term in process.terms.items():
        longest = _Longest(process, name)
        longest.search()
        limit = parse_period(term.length).at_most
        if longest.total > limit:
            days = longest.total.days
            message = worded(
                "While `{name}` runs, waits on one way add up to {days} days, more than its {length}.",
                name=name,
                days=days,
                length=term.length,
            )
            hint = worded("Shorten a `within`, put a place under the term, or let it suspend the term.")
            problem = Problem(process.where(name), "E-PROCESS-WAITS", message, hint)
            yield Finding(problem, shown(process.start, longest.way))


class _Longest:
    """Depth-first search for the way on which one term waits longest, no place twice."""

    def __init__(self, process: Process, term: str) -> None:
        self.process = process
        self.term = term
        self.total = timedelta()
        self.way: Way = ()
        self.wait = {name: self._wait(name) for name in process.places}

    def _wait(self, name: str) -> timedelta:
        place = self.process.places[name]
        if place.within is None or self.term in (place.under, place.suspends):
            return timedelta()
        return parse_period(place.within).at_most

    def search(self) -> None:
        if not any(self.wait.values()):
            return
        todo: list[tuple[TermState, Way, frozenset[str], timedelta]] = [
            (state, way, frozenset([state[0]]), self.wait.get(state[0], timedelta()))
            for state, way in term_states(self.process, self.term).items()
            if state[1] is Running.RUNS and _running_before(way, self.process, self.term) is not Running.RUNS
        ]
        for _ in range(MOST_WAYS):
            if not todo:
                return
            state, way, seen, total = todo.pop()
            if total > self.total:
                self.total, self.way = total, way
            for step in self.process.by_source[state[0]]:
                following = after(self.process, self.term, state, step)
                name = following[0]
                if following[1] is Running.RUNS and name not in seen:
                    more = self.wait.get(name, timedelta())
                    todo.append((following, (*way, step), seen | {name}, total + more))


def _running_before(way: tuple[Step, ...], process: Process, term: str) -> Running:
    """What `term` did just before the last step of `way`."""
    state: TermState = (process.start, Running.NEW)
    for step in way[:-1]:
        state = after(process, term, state, step)
    return state[1]


def opening_hours(subject: Subject) -> Iterator[Finding]:
    """Opening hours that cannot be read."""
    for channel, terms in subject.flow.channels.items() if subject.flow else ():
        if not terms.open:
            continue
        try:
            parse_opening_hours(terms.open)
        except OpeningHoursError as refused:
            for number, sentence in refused.faults:
                where = subject.where("channels", channel.value, "open", number)
                yield Finding(Problem(where, "E-OPEN", worded("These opening hours cannot be read."), sentence))


def promises(subject: Subject) -> Iterator[Finding]:
    """Spans of time that cannot be counted."""
    for path, span in _spans(subject.flow) if subject.flow else ():
        try:
            promise_of(span)
        except PeriodError as refused:
            where = subject.where(*path)
            yield Finding(Problem(where, "E-PROMISE", worded("This promise cannot be counted."), refused.args[0]))


def _spans(flow: Flow) -> Iterator[tuple[tuple[str, ...], Span]]:
    for kind, contact in flow.contact.items():
        if contact.within:
            yield ("contact", kind, "within"), contact.within
    for channel, terms in flow.channels.items():
        if terms.answer:
            yield ("channels", channel.value, "answer"), terms.answer
    for name, task in flow.tasks.items():
        if task.within:
            yield ("tasks", name, "within"), task.within


TIME_CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (waits, opening_hours, promises)

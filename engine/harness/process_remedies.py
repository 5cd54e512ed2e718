"""Is there time to object? A determination whose journey is closed, or whose facts are gone, before its remedy lapses.

    P-REMEDY         an outcome names a remedy, and is never published
    P-REMEDY-SHORT   after it is published, steps of others lead to an end, or a clock to a place without a remedy,
                     sooner than `remedy: {within: ...}`; or the dossier goes that soon after an end

What the citizen chooses is no finding, nor is a step after which a worker decides anew. A clock until a date, and a
term that began before, are not counted: what is found is true. Awb 6:7 and 6:8: six weeks, from the day after it was
made known.
Used by `engine.harness.process_proof`; tests: tests/engine/harness/test_process_remedies.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from engine.errors import Where, worded
from engine.flow.model import RemedyKind
from engine.graph.graph import Graph
from engine.graph.process import LATE, LATE_TERM, OUTCOME, STANDARD, By, Do, Process, Step
from engine.graph.process_people import ANY_REMEDY
from engine.harness.explore import Explored, State, Taken, told
from engine.harness.finding import Finding, finding
from engine.harness.guards import OPEN, Guards
from engine.terms.periods import parse_period

FOR_EVER = timedelta.max
AT_ONCE = timedelta()
OTHERS = (By.CLOCK, By.WORKER, By.ENGINE)


@dataclass(frozen=True, slots=True)
class _Left:
    """For how long the remedy stands open at least, and the steps after which it does not."""

    time: timedelta
    way: tuple[Taken, ...] = ()


def short_remedy(graph: Graph, explored: Explored, guards: Guards) -> Iterator[Finding]:
    """Each place into which a determination is published, once for each outcome."""
    seen: set[tuple[str, str]] = set()
    for state, own in explored.all_taken():
        for name in _published(graph, own):
            wanted, key = _wanted(graph, name), (own.to.place, name)
            if wanted is None or key in seen:
                continue
            left = _Open(graph, explored, name, own.step).left(own.to, ())
            if left.time < wanted:
                seen.add(key)
                yield _finding(graph, name, (*explored.ways[state], own), left)


def _published(graph: Graph, own: Taken) -> Iterator[str]:
    for what in own.step.does(Do.PUBLISH):
        yield from sorted(own.outcomes - {OPEN}) if what == OUTCOME else [what]


def _wanted(graph: Graph, name: str) -> timedelta | None:
    """How long its remedy is open by what the flow itself says; None where it names no term."""
    spec = graph.flow.outcomes.get(name)
    remedy = spec.remedy if spec is not None else None
    return parse_period(remedy.within).at_most if remedy is not None and remedy.within else None


def no_way_to_object(graph: Graph, explored: Explored, guards: Guards) -> Iterator[Finding]:
    """An outcome that names a remedy and is given where, from there on, no step determines it and none is a remedy."""
    for name in graph.flow.outcomes:
        remedy = graph.flow.outcomes[name].remedy
        if remedy is None or remedy.kind in (RemedyKind.NONE, RemedyKind.KLACHT) or name not in guards.by_rules:
            continue
        for state, own in explored.all_taken():
            is_given = own.step.by is By.ENGINE and own.gives(explored.process, name) and not state.deviated
            if is_given and not own.step.does(Do.PUBLISH) and not _determined_after(explored, own, name):
                message = worded("`{name}` names a remedy, and no step publishes it: nobody can use that.", name=name)
                hint = worded("Give it the kind `refusal` or `grant`, let a row `publish` it, or remove the remedy.")
                way = told(graph.process, (*explored.ways[state], own), name)
                yield finding("P-REMEDY", graph.goal.where, message, hint, way)
                break


def _determined_after(explored: Explored, given: Taken, name: str) -> bool:
    """Whether, without beginning anew, a step with this outcome publishes it or takes a remedy."""
    seen, waiting = {given.to}, [given.to]
    while waiting:
        for own in explored.taken[waiting.pop()]:
            if name not in own.outcomes or own.to.place == explored.start.place:
                continue
            if own.step.does(Do.PUBLISH) or (own.step.event in ANY_REMEDY and not own.step.internal):
                return True
            if own.to not in seen:
                seen.add(own.to)
                waiting.append(own.to)
    return False


def has_remedy(explored: Explored, state: State, outcome: str) -> bool:
    """A step of any remedy that leads on: after a decision on an objection it is another than the objection."""
    return any(
        own.step.by is By.CITIZEN and own.step.event in ANY_REMEDY and outcome in own.outcomes and not own.step.internal
        for own in explored.taken[state]
    )


class _Open:
    """How long the remedy of one outcome stays open after one step."""

    def __init__(self, graph: Graph, explored: Explored, outcome: str, published: Step) -> None:
        self.graph = graph
        self.explored = explored
        self.process: Process = explored.process
        self.outcome = outcome
        self.published = published

    def left(self, state: State, before: tuple[State, ...]) -> _Left:
        """From entering this state on; a round is no way out."""
        if self.process.is_end(state.place):
            return _Left(self._kept() if self._has_remedy(state) and not before else FOR_EVER)
        if state in before or not self._has_remedy(state):
            return _Left(FOR_EVER)
        found = _Left(FOR_EVER)
        for own in self.explored.taken[state]:
            waited = self._after(own)
            if waited is None or waited >= found.time:
                continue
            onward = _Left(AT_ONCE) if self._closes(own) else self.left(own.to, (*before, state))
            if onward.time != FOR_EVER and waited + onward.time < found.time:
                found = _Left(waited + onward.time, (own, *onward.way))
        return found

    def _closes(self, own: Taken) -> bool:
        """An end, or a place without a remedy to which the clock leads: a worker who takes it up again decides anew."""
        by_clock = own.step.by is By.CLOCK
        return self.process.is_end(own.to.place) or (by_clock and not self._has_remedy(own.to))

    def _has_remedy(self, state: State) -> bool:
        return has_remedy(self.explored, state, self.outcome)

    def _after(self, own: Taken) -> timedelta | None:
        """How soon somebody else may take this step; None where it is no such step, or nobody can say."""
        step = own.step
        if step.internal or step.by not in OTHERS or step.does(Do.PUBLISH) or self.outcome not in own.outcomes:
            return None
        if step.by is not By.CLOCK:
            return AT_ONCE
        place = self.process.places[step.source]
        if step.event.startswith(LATE_TERM):
            return self._term(step.event.removeprefix(LATE_TERM))
        if step.event != LATE or place.until:
            return None
        return parse_period(place.within).at_most if place.within else self._term(place.under)

    def _term(self, name: str) -> timedelta | None:
        term = self.process.terms.get(name)
        began = term is not None and term.starts == self.published.event
        return parse_period(term.length).at_most if term is not None and began else None

    def _kept(self) -> timedelta:
        """How long a journey that has ended can still be opened: until its dossier goes."""
        every = [node.spec.retention for node in self.graph.facts.values() if node.spec.retention is not None]
        return max((parse_period(str(own)).at_most for own in every), default=FOR_EVER)


def _finding(graph: Graph, name: str, way: tuple[Taken, ...], left: _Left) -> Finding:
    process, remedy = graph.process, graph.flow.outcomes[name].remedy
    place, target = way[-1].to.place, left.way[-1].to.place if left.way else ""
    message = worded(
        "Against `{name}` there is a remedy for {within}, and after {days} days the journey can be in `{target}`."
        if target
        else "Against `{name}` there is a remedy for {within}, and {days} days after `{place}` the dossier goes.",
        name=name,
        within=remedy.within if remedy is not None else "",
        days=left.time.days,
        target=target,
        place=place,
    )
    hint = worded("Give the place as long as the remedy, or let the clock lead to a place where it can be taken.")
    if not target:
        hint = worded("Keep the facts longer (`retention`), or let the journey end when the remedy has lapsed.")
    where = process.where(place)
    where = where if where.file != STANDARD else _of_outcome(graph, name, way[-1].step.where)
    return finding("P-REMEDY-SHORT", where, message, hint, told(process, (*way, *left.way), name))


def _of_outcome(graph: Graph, name: str, where: Where) -> Where:
    """Where the flow itself says something of it: the step, or else the goal."""
    return where if where.file != STANDARD else graph.goal.where

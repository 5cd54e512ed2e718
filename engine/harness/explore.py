"""Every state that a journey of this flow can come into: places, legal terms, and who may have changed the outcome.

    State       place x what each term does (new, runs, over) x whether a worker may have named another outcome
    Taken       a step that can be taken there, with the outcomes for which its row is the one that is taken
    Way         Takens from the start: what a finding shows, told in sentences that a stranger can follow

Breadth first, so that a way is a shortest one. The graph is finite and small (at most places x 3^terms x 2) and is
walked whole; more states than `MOST` raise `TooManyStates`. A clock steps only while it runs: `late:TERM` and the
`late` of a place under a term need that the term runs. What is over-approximated is said in `engine.harness.guards`: a
state that is not found here can never be reached; one that is found can be, for some citizen and some worker.

Called by `engine.harness.process_proof` and `engine.harness.process_promises`; tests:
tests/engine/harness/test_explore.py (against networkx on random processes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush

from engine.errors import together, worded
from engine.graph.graph import Graph
from engine.graph.process import LATE, LATE_TERM, OUTCOME, By, Do, Process, Step
from engine.graph.process_ways import Running, after
from engine.harness.guards import OPEN, SETTLED, Guards, Outcomes

MOST = 50_000

GIVING = (Do.PUBLISH, Do.TELL, Do.TASK, Do.HAND_OVER)


class TooManyStates(Exception):
    """More than `MOST` states."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a journey is. `terms` in the order of the process."""

    place: str
    terms: tuple[Running, ...]
    deviated: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that can be taken, for these outcomes ("" is: still open)."""

    step: Step
    outcomes: Outcomes
    to: State

    def gives(self, process: Process, outcome: str) -> bool:
        """Whether a citizen is given this outcome by this step: it is published, told, handed on, or shown at once."""
        if outcome not in self.outcomes:
            return outcome in self.step.does(Do.PUBLISH)
        if outcome in self.step.does(Do.PUBLISH):
            return True
        if any(action.kind in GIVING and action.what == OUTCOME for action in self.step.do):  # `tell x` is a text
            return True
        place = process.places.get(self.step.target)
        return self.step.event == SETTLED and place is not None and place.does == "outcome"


Way = tuple[Taken, ...]
Rows = Callable[[tuple[Step, ...], bool], tuple[Outcomes, ...]]


@dataclass(frozen=True)
class Explored:
    """All states with what can be taken in each, and a shortest way to each."""

    process: Process
    start: State
    taken: Mapping[State, tuple[Taken, ...]]
    ways: Mapping[State, Way]

    @cached_property
    def places(self) -> frozenset[str]:
        """Every place and end that can be reached."""
        return frozenset(state.place for state in self.taken)

    def all_taken(self) -> Iterator[tuple[State, Taken]]:
        """Every step from every state."""
        for state, taken in self.taken.items():
            for own in taken:
                yield state, own

    @cached_property
    def each_taken(self) -> tuple[Taken, ...]:
        """Every step that can be taken anywhere, each once."""
        return tuple(dict.fromkeys(own for _, own in self.all_taken()))

    def able_to_end(self) -> frozenset[State]:
        """Every state from which some way leads to an end."""
        sources: dict[State, list[State]] = {}
        for state, own in self.all_taken():
            sources.setdefault(own.to, []).append(state)
        found = [state for state in self.taken if self.process.is_end(state.place)]
        seen = set(found)
        for state in found:
            for source in sources.get(state, ()):
                if source not in seen:
                    seen.add(source)
                    found.append(source)
        return frozenset(seen)

    def search(self, is_found: Callable[[Taken, str], bool], without: Iterable[str] = ()) -> Way | None:
        """A way from the start that ends in a step, with an outcome, that `is_found`, enters none of the places and
        takes none of the events in `without`.

        The likeliest is looked for: few corrections of the outcome, few outcomes that a worker changes, few steps.
        """
        closed = frozenset(without)
        if self.start.place in closed or not any(
            is_found(own, outcome) for own in self.each_taken for outcome in own.outcomes
        ):
            return None
        seen: set[tuple[State, str]] = set()
        queue: list[tuple[int, int, State, str, Way]] = [(0, 0, self.start, OPEN, ())]
        count = 0
        while queue:
            cost, _, state, before, way = heappop(queue)
            if way and is_found(way[-1], before):
                return way
            if (state, before) in seen:
                continue
            seen.add((state, before))
            for own in self.taken[state]:
                for outcome in sorted(own.outcomes) if own.step.event not in closed else ():
                    if own.to.place not in closed or is_found(own, outcome):
                        count += 1
                        more = cost + _cost(own, before, outcome)
                        heappush(queue, (more, count, own.to, outcome, (*way, own)))
        return None


def explore(process: Process, rows: Rows) -> Explored:
    """Walk the whole process. Raises TooManyStates."""
    start = State(process.start, tuple(Running.NEW for _ in process.terms))
    ways: dict[State, Way] = {start: ()}
    taken: dict[State, tuple[Taken, ...]] = {}
    queue = [start]
    for state in queue:
        taken[state] = tuple(_taken(process, rows, state))
        for own in taken[state]:
            if own.to not in ways:
                ways[own.to] = (*ways[state], own)
                queue.append(own.to)
        if len(ways) > MOST:
            raise TooManyStates
    return Explored(process, start, taken, ways)


def explore_flow(graph: Graph, guards: Guards) -> Explored:
    """The process of a flow, its guards held against its rules."""
    return explore(graph.process, lambda rows, deviated: guards.rows(rows, deviated=deviated))


def _taken(process: Process, rows: Rows, state: State) -> Iterator[Taken]:
    groups: dict[tuple[str, By], list[Step]] = {}
    for step in process.by_source[state.place]:
        if _runs(process, state, step):
            groups.setdefault((step.event, step.by), []).append(step)
    for group in groups.values():
        for step, outcomes in zip(group, rows(tuple(group), state.deviated), strict=True):
            if outcomes:
                yield Taken(step, outcomes, _after(process, state, step))


def _runs(process: Process, state: State, step: Step) -> bool:
    """Whether the clock of a clock's step runs; True for everybody else's."""
    if step.by is not By.CLOCK:
        return True
    place = process.places.get(state.place)
    term = step.event.removeprefix(LATE_TERM) if step.event != LATE else place.under if place is not None else ""
    if not term:
        return True
    running = dict(zip(process.terms, state.terms, strict=True)).get(term)
    return running is None or running is Running.RUNS


def _after(process: Process, state: State, step: Step) -> State:
    terms = tuple(
        after(process, term, (state.place, running), step)[1]
        for term, running in zip(process.terms, state.terms, strict=True)
    )
    return State(step.target, terms, state.deviated or step.by is By.WORKER)


# -- in words

MOVES = {
    By.CITIZEN: "The citizen takes `{event}`{about}: {to}.",
    By.WORKER: "A worker takes `{event}`{about}: {to}.",
    By.PAYMENT: "A payment comes in: `{event}`{about}: {to}.",
    By.ENGINE: "By itself follows `{event}`{about}: {to}.",
    By.CLOCK: "The clock runs out: `{event}`{about}: {to}.",
}


def corrected(own: Taken, before: str, outcome: str) -> int:
    """1 where the outcome at this step differs from the one before, and neither the questions nor a worker's own step
    say so: answers were corrected in between."""
    says = own.step.event == SETTLED or own.step.by is By.WORKER
    return int(before not in (OPEN, outcome) and not says)


def _cost(own: Taken, before: str, outcome: str) -> int:
    """How unlikely a step is: a correction is worth a hundred steps, another outcome three."""
    return 1 + 100 * corrected(own, before, outcome) + 3 * (before not in (OPEN, outcome))


def _outcomes(way: Way, last: str) -> tuple[str, ...]:
    """An outcome for each step of a way, with as few corrections as can be; `last` at its last step, if it can."""
    best: dict[str, tuple[int, tuple[str, ...]]] = {OPEN: (0, ())}
    for own in way:
        best = {
            outcome: min(
                (cost + _cost(own, before, outcome), (*so_far, outcome)) for before, (cost, so_far) in best.items()
            )
            for outcome in own.outcomes
        }
    return best[last][1] if last in best else min(best.values())[1]


def told(process: Process, way: Way, outcome: str = "") -> tuple[str, ...]:
    """A way in sentences, from the start; `outcome` is the one that the last step is about."""
    lines = [worded("The journey begins in {place}.", place=_named(process, process.start))]
    before = OPEN
    for own, chosen in zip(way, _outcomes(way, outcome), strict=True):
        if corrected(own, before, chosen):
            lines.append(
                worded("Answers are corrected: the outcome is now `{outcome}`.", outcome=chosen)
                if chosen
                else worded("Answers are corrected: the outcome is now open again.")
            )
        said = MOVES[own.step.by]
        lines.append(worded(said, event=own.step.event, about=_with(own, chosen), to=_to(process, own)))
        before = chosen
    return tuple(lines)


def _with(own: Taken, outcome: str) -> str:
    reads = (
        "outcome" in own.step.guard or own.step.event == SETTLED or any(act.what == "outcome" for act in own.step.do)
    )
    parts: list[str] = [worded("the outcome is `{outcome}`", outcome=outcome)] if outcome and reads else []
    if own.step.guard and "outcome" not in own.step.guard:
        parts.append(f"{own.step.guard}")
    return worded(" ({parts})", parts=together(parts, "; ")) if parts else ""


def _to(process: Process, own: Taken) -> str:
    did = "; ".join(map(str, own.step.do))
    stays = own.step.internal
    to = worded("the journey stays") if stays else worded("it goes to {place}", place=_named(process, own.step.target))
    return worded("{to}, with {did}", to=to, did=did) if did else to


def _named(process: Process, name: str) -> str:
    return worded("`{name}` ({title})", name=name, title=process.title(name))

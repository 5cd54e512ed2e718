"""Ways through a process: what can be reached, in which state its terms are there, what goes round by itself.

Guards are not looked at: a way exists if some citizen could take it. Read by `engine.graph.process_checks`,
the checks of `engine.terms`, and the harness.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from engine.graph.process import By, Process, Step

Way = tuple[Step, ...]


class Running(StrEnum):
    """What a term does. After OVER its event starts it anew; while it RUNS that event changes nothing."""

    NEW = "new"
    RUNS = "runs"
    OVER = "over"


TermState = tuple[str, Running]


def shown(start: str, way: Way) -> tuple[str, ...]:
    """A way as people read it: `answering`, `-submit-> judging`, ..."""
    return (start, *(f"-{step.event}-> {step.target}" for step in way))


def reachable(process: Process, start: str | None = None) -> dict[str, Way]:
    """Every place and end that steps lead to from `start` (else the first place), with a shortest way there."""
    first = start or process.start
    ways: dict[str, Way] = {first: ()}
    queue = [first]
    for name in queue:
        for step in process.by_source[name]:
            if step.target not in ways:
                ways[step.target] = (*ways[name], step)
                queue.append(step.target)
    return ways


def able_to_end(process: Process) -> set[str]:
    """Every place and end from which some way leads to an end."""
    sources: dict[str, set[str]] = {}
    for step in process.steps:
        sources.setdefault(step.target, set()).add(step.source)
    found = set(process.ends)
    queue = list(process.ends)
    for name in queue:
        fresh = sources.get(name, set()) - found
        found |= fresh
        queue.extend(fresh)
    return found


def after(process: Process, term: str, state: TermState, step: Step) -> TermState:
    """Where a journey is and what `term` does, after `step` was taken in `state`."""
    about = process.terms[term]
    running = state[1]
    stops = step.event in about.ends or step.target in about.ends or process.is_end(step.target)
    if running is not Running.RUNS and step.event == about.starts and not process.is_end(step.target):
        running = Running.RUNS
        stops = step.target in about.ends
    if running is Running.RUNS and stops:
        running = Running.OVER
    return step.target, running


def term_states(process: Process, term: str) -> dict[TermState, Way]:
    """Every pair of a place and what `term` can be doing there, with a shortest way to it."""
    first = (process.start, Running.NEW)
    ways: dict[TermState, Way] = {first: ()}
    queue = [first]
    for state in queue:
        for step in process.by_source[state[0]]:
            following = after(process, term, state, step)
            if following not in ways:
                ways[following] = (*ways[state], step)
                queue.append(following)
    return ways


def going_round(process: Process, parties: Iterable[By]) -> tuple[Way, ...]:
    """Loops that only steps of `parties` make, one for each place from which such a loop is met first."""
    allowed = frozenset(parties)
    steps: Mapping[str, list[Step]] = {
        name: [step for step in process.by_source[name] if step.by in allowed and not step.internal]
        for name in process.by_source
    }
    loops: list[Way] = []
    seen: set[str] = set()
    for name in steps:
        if name not in seen:
            loop = _back_to(name, steps)
            if loop:
                loops.append(loop)
                seen.update(step.source for step in loop)
    return tuple(loops)


def _back_to(name: str, steps: Mapping[str, list[Step]]) -> Way:
    """A shortest loop through `name`, or ()."""
    ways: dict[str, Way] = {name: ()}
    queue = [name]
    for place in queue:
        for step in steps[place]:
            if step.target == name:
                return (*ways[place], step)
            if step.target not in ways:
                ways[step.target] = (*ways[place], step)
                queue.append(step.target)
    return ()

"""What can be wrong with a process that resolves: dead ends, waits without an end, loops, promises nobody keeps.

Each check is a function from `Subject` to findings with a code, a place in the file, a way out, and as witness a way
through the process that shows it. `check_process` runs all; lint, prove and the service use it. Lengths of time are
judged in `engine.terms.flow_checks`.

    place       E-PROCESS-UNREACHABLE  E-PROCESS-NO-MOVE  E-PROCESS-WHO  E-PROCESS-NO-END
    clock       E-PROCESS-NO-CLOCK  E-PROCESS-LATE  E-PROCESS-LATE-STAYS  E-PROCESS-LOOP  E-PROCESS-ENTRY
    rows        E-PROCESS-NO-ELSE  E-PROCESS-OVERTAKEN
    terms       E-PROCESS-SUSPENDS  E-PROCESS-LAPSE
    people      E-PROCESS-REMEDY  E-PROCESS-TELL  E-PROCESS-TASK  E-PROCESS-FETCH  E-PROCESS-SKILL  E-PROCESS-REACH
                (engine.graph.process_people)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from engine.errors import Problem, worded
from engine.flow.model import Flow
from engine.flow.positions import Positions
from engine.graph.process import LATE, LATE_TERM, By, Do, Process, Step, When
from engine.graph.process_finding import Finding, Subject, at_place, at_step
from engine.graph.process_people import PEOPLE_CHECKS
from engine.graph.process_ways import Running, able_to_end, after, going_round, reachable, shown, term_states

MOVERS = {"citizen": {By.CITIZEN, By.PAYMENT}, "worker": {By.WORKER}}
DONE_BY = {"questions": "citizen", "check": "citizen", "outcome": "citizen", "judge": "worker"}
"""Whose move each kind of place is; both can `wait`."""


def check_process(
    process: Process, flow: Flow | None = None, positions: Positions | None = None
) -> tuple[Finding, ...]:
    """Everything found, in the order of the checks. Without `flow`, its words and outcomes are not looked at."""
    subject = Subject(process, flow, positions)
    return tuple(found for check in CHECKS for found in check(subject))


def problems_of(findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """The problems alone, for whoever loads a flow."""
    return tuple(found.problem for found in findings)


def unreachable(subject: Subject) -> Iterator[Finding]:
    """A place or end to which no step leads."""
    process = subject.process
    ways = reachable(process)
    for name in (*process.places, *process.ends):
        if name not in ways:
            message = worded("No step leads to `{name}`.", name=name)
            yield at_place(process, name, "E-PROCESS-UNREACHABLE", message, worded("Add a step to it, or remove it."))


def no_move(subject: Subject) -> Iterator[Finding]:
    """A place in which the one who has the move has no step."""
    process = subject.process
    for name, place in process.places.items():
        steps = process.by_source[name]
        asks = place.does == "questions" and any(step.by is By.ENGINE for step in steps)
        if not asks and not any(step.by in MOVERS[place.who] for step in steps):
            message = worded("In `{name}` the {who} has the move, but no step.", name=name, who=worded(place.who))
            yield at_place(process, name, "E-PROCESS-NO-MOVE", message, worded("Add a step by {who}.", who=place.who))


def other_move(subject: Subject) -> Iterator[Finding]:
    """A place in which the one who has the move cannot do what is done there."""
    for name, place in subject.process.places.items():
        who = DONE_BY.get(place.does, place.who)
        if place.who != who:
            message = worded(
                "In `{name}` the {who} has the move, but `{does}` is what a {other} does.",
                name=name,
                who=worded(place.who),
                does=place.does,
                other=worded(who),
            )
            yield at_place(
                subject.process,
                name,
                "E-PROCESS-WHO",
                message,
                worded("Write who: {who}, or what they do there.", who=who),
            )


def no_end(subject: Subject) -> Iterator[Finding]:
    """A place from which no end can be reached."""
    process = subject.process
    fine = able_to_end(process)
    for name in reachable(process):
        if name not in fine:
            message = worded("From `{name}` no end can be reached.", name=name)
            yield at_place(process, name, "E-PROCESS-NO-END", message, worded("Add a step that leads on to an end."))


def clocks(subject: Subject) -> Iterator[Finding]:
    """A place without a clock, a clock without a `late` row, or a `late` row without a clock."""
    process = subject.process
    for name, place in process.places.items():
        clock = bool(place.within or place.until or place.under)
        late = process.rows(name, LATE)
        if not clock and not late:
            message = worded("`{name}` has no clock, so a journey can wait there for ever.", name=name)
            hint = worded("Give it `within`, `until` or `under`, and a row for `late`.")
            yield at_place(process, name, "E-PROCESS-NO-CLOCK", message, hint)
        elif clock and not late:
            message = worded("Nothing happens when the clock of `{name}` runs out.", name=name)
            yield at_place(process, name, "E-PROCESS-LATE", message, worded("Add a row with the event `late`."))
        elif late and not clock:
            message = worded("`{name}` has no clock, so `late` never happens there.", name=name)
            yield at_step(
                process, late[0], "E-PROCESS-LATE", message, worded("Give the place `within`, `until` or `under`.")
            )


def late_stays(subject: Subject) -> Iterator[Finding]:
    """A `late` that changes nothing and asks nobody: the clock has run out and nobody looks."""
    for step in subject.process.steps:
        if step.by is By.CLOCK and step.internal and not step.does(Do.TASK):
            message = worded(
                "When `{source}` is late, the journey stays there and nobody is asked to look.", source=step.source
            )
            yield at_step(
                subject.process, step, "E-PROCESS-LATE-STAYS", message, worded("Add a task, or lead on to a place.")
            )


def loops(subject: Subject) -> Iterator[Finding]:
    """A loop in which only the engine and the clock move: it goes round without a person."""
    process = subject.process
    for loop in going_round(process, (By.ENGINE, By.CLOCK)):
        way = shown(loop[0].source, loop)
        message = worded("Engine and clock alone go round here: {way}.", way=" ".join(way))
        yield Finding(
            Problem(loop[0].where, "E-PROCESS-LOOP", message, worded("Let a person or an end break it.")), way
        )


def entries(subject: Subject) -> Iterator[Finding]:
    """A place under a term that is entered while the term does not run, without a task that has a clock."""
    process = subject.process
    for term in process.terms:
        for state, way in term_states(process, term).items():
            for step in process.by_source[state[0]]:
                name, running = after(process, term, state, step)
                under = name in process.places and process.places[name].under == term
                if under and not step.internal and running is not Running.RUNS and not step.does(Do.TASK):
                    message = worded(
                        "This step enters `{name}` while its clock `{term}` does not run.", name=name, term=term
                    )
                    hint = worded("Add a task, which has a clock of its own, or start the term.")
                    problem = Problem(step.where, "E-PROCESS-ENTRY", message, hint)
                    yield Finding(problem, shown(process.start, (*way, step)))


def rest(subject: Subject) -> Iterator[Finding]:
    """Rows of one event without `-` or `else`, and rows that come after one."""
    process = subject.process
    for (source, event, by), rows in _groups(process).items():
        last = next((number for number, step in enumerate(rows) if step.when is not When.IF), None)
        if last is None:
            message = worded(
                "When no row of `{event}` holds in `{source}`, nothing happens to the {by}'s step.",
                event=event,
                source=source,
                by=worded(by),
            )
            hint = worded("Add a last row with `else`.")
            yield at_step(process, rows[-1], "E-PROCESS-NO-ELSE", message, hint)
        for step in rows[last + 1 :] if last is not None else ():
            message = worded("This row of `{event}` is never reached: a row above it always holds.", event=event)
            yield at_step(process, step, "E-PROCESS-OVERTAKEN", message, worded("Put it higher, or remove it."))


def _groups(process: Process) -> dict[tuple[str, str, By], list[Step]]:
    groups: dict[tuple[str, str, By], list[Step]] = {}
    for step in process.steps:
        groups.setdefault((step.source, step.event, step.by), []).append(step)
    return groups


def suspends(subject: Subject) -> Iterator[Finding]:
    """A place that makes a term stand still without a deadline of its own."""
    process = subject.process
    for name, place in process.places.items():
        if place.suspends and not (place.within or place.until):
            message = worded(
                "`{name}` makes `{suspends}` stand still, and has no deadline itself.",
                name=name,
                suspends=place.suspends,
            )
            yield at_place(process, name, "E-PROCESS-SUSPENDS", message, worded("Give it `within` or `until`."))


def lapses(subject: Subject) -> Iterator[Finding]:
    """A term that can lapse in a place that has no row for it."""
    process = subject.process
    for term in process.terms:
        for (name, running), way in term_states(process, term).items():
            if running is not Running.RUNS or name not in process.places:
                continue
            place = process.places[name]
            if term in (place.under, place.suspends) or process.rows(name, LATE_TERM + term):
                continue
            message = worded("`{term}` can lapse in `{name}`, and nothing happens then.", term=term, name=name)
            hint = worded(
                "Add a row for `{late_term}{term}`, put the place under the term, or let it suspend it.",
                late_term=LATE_TERM,
                term=term,
            )
            problem = Problem(process.where(name), "E-PROCESS-LAPSE", message, hint)
            yield Finding(problem, shown(process.start, way))


CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    unreachable,
    no_move,
    other_move,
    no_end,
    clocks,
    late_stays,
    loops,
    entries,
    rest,
    suspends,
    lapses,
    *PEOPLE_CHECKS,
)

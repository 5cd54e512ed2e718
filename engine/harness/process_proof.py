"""What only the whole process with its guards and rules can tell: explored state by state, each finding with a way.

    code              what is wrong
    P-PLACE           a place or end of the flow that no journey reaches, though a step leads to it
    P-STEP            a row of the flow that no journey can ever take: its guard never holds, or rows above always do
    P-DEAD-END        a state from which no end can be reached any more
    P-REMEDY          an adverse determination is published where no step against it can be taken
    P-REMEDY-SHORT    a journey that is closed before the remedy lapses (`engine.harness.process_remedies`)
    P-UNTOLD          an outcome that the rules give and no step ever tells
    P-UNPUBLISHED     a determination that is read before it is published (`engine.harness.process_unpublished`)
    P-PROMISE         a promise about the process that is broken (`engine.harness.process_promises`)
    P-PROMISE-EMPTY   a promise about an event or a place that never comes

Beside these stand the checks that need no guards (`engine.graph.process_checks`) and those of time
(`engine.terms.flow_checks`). What the standard process brings and a flow does not use is no finding.

True by construction, and tested: rows of one event are tried from above and by their own party only, so two of them are
never taken at once; `ask_person` is possible in every place and end, so a person is one step away; a fact that is known
is not asked for. Called by `engine.harness.prove`; tests: tests/engine/harness/test_process_proof.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from engine.errors import Where, either, worded
from engine.flow.model import Outcome, OutcomeKind, RemedyKind
from engine.graph.graph import Graph
from engine.graph.process import OUTCOME, STANDARD, Do, Process, Step
from engine.graph.process_checks import check_process
from engine.graph.process_people import ANY_REMEDY, REMEDY_EVENTS
from engine.graph.process_ways import able_to_end, reachable
from engine.harness.explore import Explored, TooManyStates, told
from engine.harness.finding import Finding, finding
from engine.harness.guards import OPEN, Guards
from engine.harness.inquiry import Inquiry
from engine.harness.process_about import Kept
from engine.harness.process_known import ProcessKnown
from engine.harness.process_promises import check_promises
from engine.harness.process_remedies import has_remedy, no_way_to_object, short_remedy
from engine.harness.process_unpublished import unpublished
from engine.terms.flow_checks import check_times

Check = Callable[[Graph, Explored, Guards], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class ProcessProof:
    """What was found in a process, and what could not be looked at."""

    findings: tuple[Finding, ...] = ()
    kept: tuple[Kept, ...] = ()
    not_proven: tuple[str, ...] = ()
    states: int = 0
    steps: int = 0


def prove_process(inquiry: Inquiry, guards: Guards) -> ProcessProof:
    """Every check of the process. Raises nothing: what cannot be explored is named."""
    graph, process = inquiry.graph, inquiry.graph.process
    plain = (*check_process(process, graph.flow), *check_times(process, graph.flow))
    found = [Finding(own.problem, None, own.witness) for own in plain]
    known = ProcessKnown(inquiry, guards)
    try:
        sizes = known.sizes()
    except TooManyStates:
        what = worded(
            "the process: it has more states than can be walked ({places} places and {terms} terms)",
            places=len(process.places),
            terms=len(process.terms),
        )
        return ProcessProof(tuple(found), not_proven=(what,))
    remedied = {own.problem.where for own in plain if own.problem.code == "E-PROCESS-REMEDY"}
    for check in CHECKS:
        seen = known.check(check.__name__, partial(_looked, check, graph, guards))
        found += [own for own in seen if own.problem.where not in remedied]
    promises = tuple(check_promises(inquiry, known, guards))
    found += [own for own in promises if isinstance(own, Finding)]
    kept = tuple(own for own in promises if isinstance(own, Kept))
    return ProcessProof(tuple(found), kept, (), sizes.states, sizes.steps)


def _looked(check: Check, graph: Graph, guards: Guards, explored: Explored) -> Iterator[Finding]:
    return check(graph, explored, guards)


def _own(where: Where) -> bool:
    """Whether something is written in the flow itself, not brought by the standard."""
    return where.file != STANDARD


def unreached(graph: Graph, explored: Explored, guards: Guards) -> Iterator[Finding]:
    """A place to which rows lead, and none of them can ever be taken."""
    process = graph.process
    by_steps = reachable(process)
    for name in (*process.places, *process.ends):
        if name in by_steps and name not in explored.places and _own(process.where(name)):
            message = worded("No journey ever comes to `{name}`: the rows that lead there never hold.", name=name)
            yield finding("P-PLACE", process.where(name), message, worded("Mend their guards, or remove the place."))


def never_taken(graph: Graph, explored: Explored, guards: Guards) -> Iterator[Finding]:
    """A row that is taken in none of its places."""
    taken = {_row(own.step) for own in explored.each_taken}
    for row in dict.fromkeys(_row(step) for step in graph.process.steps if _own(step.where)):
        steps = [step for step in graph.process.steps if _row(step) == row]
        if row in taken or not any(step.source in explored.places for step in steps):
            continue
        step = steps[0]
        message = worded(
            "No journey ever takes this row of `{event}` in {steps}.", event=step.event, steps=_places(steps)
        )
        hint = worded("Its guard never holds there, or a row above it always does. Mend the guard, or remove the row.")
        yield finding("P-STEP", step.where, message, hint)


def _row(step: Step) -> tuple[object, ...]:
    return step.where, step.event, step.by, step.when, step.guard, step.to, step.do


def _places(steps: list[Step]) -> str:
    return ", ".join(f"`{step.source}`" for step in steps)


def dead_ends(graph: Graph, explored: Explored, guards: Guards) -> Iterator[Finding]:
    """A state from which no end can be reached, in a place from which the steps do lead to one."""
    process, fine = graph.process, explored.able_to_end()
    known = able_to_end(process)
    seen: set[str] = set()
    for state in explored.taken:
        if state in fine or state.place in seen or state.place not in known:
            continue
        seen.add(state.place)
        message = worded(
            "From `{place}` no end can be reached any more."
            if explored.taken[state]
            else "From `{place}` no end can be reached any more, and no step can be taken at all.",
            place=state.place,
        )
        hint = worded("Add a row that always holds (`else`), or mend the guards on the way out.")
        yield finding("P-DEAD-END", process.where(state.place), message, hint, told(process, explored.ways[state]))


def no_remedy(graph: Graph, explored: Explored, guards: Guards) -> Iterator[Finding]:
    """An outcome with a remedy is published in a state where no step of that remedy can be taken with it."""
    seen: set[tuple[Where, str]] = set()
    for state, own in explored.all_taken():
        for what in own.step.does(Do.PUBLISH):
            for name in sorted(own.outcomes - {OPEN}) if what == OUTCOME else [what]:
                spec = graph.flow.outcomes.get(name)
                key = (own.step.where, name)
                if spec is None or not _is_adverse(spec) or key in seen or has_remedy(explored, own.to, name):
                    continue
                seen.add(key)
                message = worded(
                    "`{name}` is published in `{target}`, where the citizen can do nothing against it.",
                    name=name,
                    target=own.step.target,
                )
                hint = worded("Let {spec} hold there for this outcome.", spec=either(_events(spec)))
                way = told(graph.process, (*explored.ways[state], own), name)
                yield finding("P-REMEDY", own.step.where, message, hint, way)


def _is_adverse(spec: Outcome) -> bool:
    return spec.kind is OutcomeKind.REFUSAL or (spec.remedy is not None and spec.remedy.kind is not RemedyKind.NONE)


def _events(spec: Outcome) -> tuple[str, ...]:
    named = REMEDY_EVENTS.get(spec.remedy.kind, ()) if spec.remedy is not None else ()
    return named or tuple(sorted(ANY_REMEDY))


def untold(graph: Graph, explored: Explored, guards: Guards) -> Iterator[Finding]:
    """An outcome that the rules give, and that nobody ever gets to hear."""
    process: Process = graph.process
    for name in graph.flow.outcomes:
        if name in guards.by_rules and not any(own.gives(process, name) for own in explored.each_taken):
            message = worded("The rules can give `{name}`, and no step ever tells the citizen.", name=name)
            hint = worded("Let a row `tell outcome` or `publish outcome`, or lead `settled` to a place that shows it.")
            yield finding("P-UNTOLD", graph.goal.where, message, hint)


CHECKS: tuple[Check, ...] = (
    unreached,
    never_taken,
    dead_ends,
    no_remedy,
    untold,
    unpublished,
    short_remedy,
    no_way_to_object,
)

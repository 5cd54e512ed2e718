"""Prove a flow for every citizen: no scenarios needed, every partial answer set at once, every way through its process.

The goal is a diagram over cells (`engine.graph.decide`): a row that can never decide is a condition without a path, a
citizen without an outcome is a path to null, a promise that is broken is a path on which the outcome and its
exception meet. Because a question is asked only while the diagram still depends on it, every order of answering gives
the same decision. What compares facts with each other goes to z3 (`engine.harness.solver`).

    code                    what is wrong                                           witness
    P-NO-OUTCOME            citizens for whom the rules give no outcome             a citizen
    P-OUTCOME               an outcome that nobody can get                          -
    P-NO-VALUE              what an outcome shows has no value for somebody         a citizen
    P-NO-FIGURE             rules that go on in silence without a figure by key     a citizen
    P-UNASKED               what an outcome shows is not asked before a judgement   a citizen
    P-ROW-IMPOSSIBLE        a row whose conditions contradict each other            -
    P-ROW-OVERTAKEN         a row that rows above it always overtake                -
    P-NEVER-TRUE            a condition, or a part of one, that holds for nobody    -
    P-ALWAYS-TRUE           one that holds for everybody: it says nothing           -
    P-AMBIGUOUS             two rows of a unique (or any) table hold together       a citizen
    P-GAP                   a decision without a row that holds                     a citizen
    P-USELESS               a question that can never matter                        -
    P-ASKED-TWICE           the same question under two names                       -
    P-ONCE-ONLY             a question whose answer a register may know             -
    P-PROMISE               a promise of the flow that is broken                    a citizen, or a way
    P-PROMISE-EMPTY         a promise about nobody, or about what never comes       -
    P-PLACE, P-STEP ...     what is wrong with the process (`process_proof`)        a way
    E-PROCESS-...           the same, without its guards (`engine.graph.process_checks`)

Every witness was tried on the engine. What could not be said is named under `not_proven`.
Called by `wegwijzer prove`; tests: tests/engine/harness/test_prove.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

from engine.errors import worded
from engine.flow.model import SupplierKind
from engine.graph.graph import Graph
from engine.harness.finding import Finding
from engine.harness.guards import Guards
from engine.harness.inquiry import BUDGET, Inquiry
from engine.harness.process_proof import prove_process
from engine.harness.prove_conditions import check_conditions
from engine.harness.prove_figures import check_figures
from engine.harness.prove_outcomes import check_outcomes
from engine.harness.prove_promises import check_values
from engine.harness.prove_questions import check_questions
from engine.harness.prove_rows import check_rows
from engine.harness.prove_supplies import check_supplies
from engine.harness.prove_unasked import check_unasked
from engine.harness.proven import Proven
from engine.harness.solver import SPENT


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found, what could not be proven, and how large the flow is.

    `situations` are the partial answer sets, `states` and `steps` those of the explored process; `notes` say on which
    reading something holds.
    """

    findings: tuple[Finding, ...]
    not_proven: tuple[str, ...]
    facts: int
    situations: int
    nodes: int
    states: int = 0
    steps: int = 0
    notes: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Nothing wrong, and nothing left unproven."""
        return not self.findings and not self.not_proven


def prove(graph: Graph, budget: int = BUDGET, proven: Proven | None = None) -> Proof:
    """See the top of this module. `budget` counts the diagram's nodes of one question; `proven` is what was proven of
    other versions, and is added to. Raises nothing."""
    inquiry = Inquiry(graph, budget, proven)
    goal = inquiry.ruling(graph.goal)
    check_outcomes(inquiry, goal)
    check_figures(inquiry)
    check_values(inquiry, goal)
    check_supplies(inquiry, goal)
    check_unasked(inquiry, goal)
    check_questions(inquiry, goal)
    for ruling in graph.rulings.values():
        check_rows(inquiry, ruling)
    process = prove_process(inquiry, Guards(inquiry.graph, inquiry.builder, inquiry.witnesses, goal, proven))
    check_conditions(inquiry, frozenset(own.problem.where for own in process.findings if own.problem.code == "P-STEP"))
    kept = tuple(
        worded("promise {number} holds, {note}", number=own.number, note=own.note) for own in process.kept if own.note
    )
    return Proof(
        (*inquiry.findings, *process.findings),
        _each_once((*inquiry.not_proven, *process.not_proven)),
        facts=len(graph.facts),
        situations=prod(len(axis.cells) + 1 for axis in inquiry.builder.axes),
        nodes=len(inquiry.builder.forest.top),
        states=process.states,
        steps=process.steps,
        notes=(*kept, *_dates(graph), *sorted(inquiry.bounds), *_over_asking(inquiry, goal)),
    )


def _each_once(not_proven: Sequence[str]) -> tuple[str, ...]:
    """What was not proven; where all effort was used up, the questions that were left are counted."""
    left = [own for own in not_proven if own.endswith(SPENT)]
    told = dict.fromkeys(own for own in not_proven if not own.endswith(SPENT))
    more = [worded("{first} (and of {count} questions more)", first=left[0], count=len(left) - 1)] if left[1:] else left
    return (*told, *more)


def _dates(graph: Graph) -> Iterator[str]:
    """Places that wait until a date which somebody still has to supply."""
    for name, place in graph.process.places.items():
        formula = graph.guards.get(place.until) if place.until else None
        read = set(formula.names) if formula is not None else set()
        read |= {path for own in read & graph.rulings.keys() for path in graph.rulings[own].reads}
        facts = [graph.facts[path] for path in read & graph.facts.keys()]
        if any(node.spec.suppliers[0].kind is not SupplierKind.CLOCK for node in facts):
            yield worded(
                "`{name}` waits until {until}; no clock runs there while that is not known",
                name=name,
                until=place.until,
            )


def _over_asking(inquiry: Inquiry, goal: int | None) -> Iterator[str]:
    """How often a question is asked that can no longer matter. Exact where the goal rests on answers alone: then a
    question is asked only while the diagram depends on it, and it depends on it only while two completions differ."""
    if goal is None:
        yield worded("over-asking was not counted: the goal has no diagram")
        return
    between = inquiry.witnesses.comparisons(goal)
    if between:
        places = worded("one comparison") if between == 1 else worded("{between} comparisons", between=between)
        yield worded(
            "over-asking: none where facts meet constants; at {places} between facts a question too many is possible",
            places=places,
        )
    else:
        yield worded("over-asking: 0 questions, in every order of answering")

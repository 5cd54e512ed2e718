"""What an outcome shows or needs, when only a worker's judgement makes that outcome certain. Called by
`engine.harness.prove`; tests: tests/engine/harness/test_prove_unasked.py.

Questions behind `values` and `needs` are asked once the outcome is certain. Where that waits for a worker's judgement,
the citizen has told everything and gone by then, and a worker's step gives the outcome: `U betaalt … marktgeld`.
`needs` of the judgement has them asked before anybody looks.

A citizen who shows it is taken through the questions in the engine's own order: first all that is asked before a
worker is waited for, then what the worker judges. What is still asked then is what nobody asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from engine.errors import together, worded
from engine.flow.keys import read_key
from engine.flow.model import SupplierKind
from engine.graph.axes import FactAxis
from engine.graph.graph import FactNode, Graph
from engine.graph.process import OUTCOME, By, Do
from engine.harness.claims import is_value
from engine.harness.inquiry import Inquiry
from engine.harness.witness import DAYS, likely
from engine.journey.interview import Interview
from engine.journey.relevance import Relevance

Known = dict[str, Any]
_LATER = frozenset({SupplierKind.WORKER, SupplierKind.PAYMENT, SupplierKind.PROCESS})
NEEDS_WORKER = "needs_worker"
_GIVING = (Do.PUBLISH, Do.TELL)


def check_unasked(inquiry: Inquiry, goal: int | None) -> None:
    """Every outcome that a worker's step gives, and that shows or needs something."""
    graph = inquiry.graph
    judged = {path: node for path, node in graph.facts.items() if _is_judged(node) and path in graph.goal.reads}
    leaves = any(step.event == NEEDS_WORKER for step in graph.process.steps)  # else the questions stay open meanwhile
    for outcome, spec in graph.flow.outcomes.items() if judged and leaves else ():
        wanted = (*spec.values, *spec.needs)
        if _uncovered(graph, wanted, judged) and _given_by_a_worker(graph, outcome):
            asked = tuple((path, node.spec.suppliers, node.spec.needs) for path, node in graph.facts.items())
            about, names = ("unasked", outcome, wanted, repr(asked)), (graph.flow.goal, *wanted, *judged)
            inquiry.once(about, names, partial(_unasked, inquiry, goal, outcome, judged))


def _is_judged(node: FactNode) -> bool:
    kinds = {own.kind for own in node.spec.suppliers}
    return not node.list and SupplierKind.WORKER in kinds and kinds <= _LATER


def _uncovered(graph: Graph, wanted: Iterable[str], judged: Mapping[str, FactNode]) -> frozenset[str]:
    """The citizen's facts behind what is wanted that some judgement does not have asked itself."""
    asked = {path for name in wanted for path in _behind(graph, name) if _is_told(graph, path)}
    return frozenset(path for path in asked if not all(_has_asked(graph, own, path) for own in judged.values()))


def _has_asked(graph: Graph, judgement: FactNode, path: str) -> bool:
    """Whether a fact is asked because of what the judgement needs."""
    return any(path == name or path in _behind(graph, name) for name in judgement.spec.needs)


def _is_told(graph: Graph, path: str) -> bool:
    node = graph.facts.get(path)
    return node is not None and any(own.kind is SupplierKind.CITIZEN for own in node.spec.suppliers)


def _given_by_a_worker(graph: Graph, outcome: str) -> bool:
    """Whether a worker's own step, from a worker's own place, tells the citizen this outcome."""
    return any(
        step.by is By.WORKER
        and step.source in graph.process.places
        and graph.process.places[step.source].who == "worker"
        and any(own.kind in _GIVING and own.what in (OUTCOME, outcome) for own in step.do)
        for step in graph.process.steps
    )


def _unasked(inquiry: Inquiry, goal: int | None, outcome: str, judged: Mapping[str, FactNode]) -> None:
    graph = inquiry.graph
    spec = graph.flow.outcomes[outcome]
    clocks = dict.fromkeys(graph.clocks, DAYS[5])
    tried: list[Known] = []
    for known in _who_get_it(inquiry, goal, outcome, judged):
        for citizen in (known | clocks, known):
            left = None if citizen in tried else _left(graph, outcome, citizen)
            tried.append(citizen)
            if left is None:
                continue
            judgement, missing = left
            message = worded(
                "`{outcome}` comes after the judgement `{judgement}`, and nobody asks {missing} before it.",
                outcome=outcome,
                judgement=judgement,
                missing=together([f"`{own}`" for own in missing]),
            )
            names = [own for own in (*spec.values, *spec.needs) if _behind(graph, own) & missing.keys()]
            hint = worded(
                "Put {names} under `needs` of `{judgement}`: then it is asked before anybody looks.",
                names=together([f"`{own}`" for own in names or missing]),
                judgement=judgement,
            )
            inquiry.find("P-UNASKED", graph.facts[judgement].where, message, hint, inquiry.shown(citizen))
            return


def _behind(graph: Graph, name: str) -> frozenset[str]:
    return graph.rulings[name].reads if name in graph.rulings else frozenset((name,))


def _who_get_it(inquiry: Inquiry, goal: int | None, outcome: str, judged: Mapping[str, FactNode]) -> Iterator[Known]:
    """Citizens with this outcome for whom a judgement decides; each fact that may go unasked gets a chance to."""
    if goal is None:
        answer = inquiry.solver.ask(is_value(inquiry.graph.flow.goal, outcome))
        yield from [dict(answer.citizen)] if answer.citizen is not None else []
        return
    forest, axes = inquiry.builder.forest, enumerate(inquiry.builder.axes)
    facts = {at: own.node.path for at, own in axes if isinstance(own, FactAxis) and forest.support(goal) >> at & 1}
    spec = inquiry.graph.flow.outcomes[outcome]
    uncovered = _uncovered(inquiry.graph, (*spec.values, *spec.needs), judged)
    gets = forest.combine(lambda value: value == outcome, goal)
    for axis in [at for at, path in facts.items() if path in judged]:
        decides = inquiry.node(partial(_matters, inquiry, goal, axis, gets))
        for without in (None, *(at for at, path in facts.items() if path in uncovered)):
            whom = decides
            if without is not None and decides is not None:
                whom = inquiry.node(partial(_anyhow, inquiry, goal, decides, without))
            found = None if whom is None else inquiry.witnesses.of(whom)[0]
            if found is not None:
                yield dict(found)


def _cells(inquiry: Inquiry, node: int, axis: int) -> list[int]:
    return [inquiry.builder.forest.pick(node, axis, cell) for cell in range(len(inquiry.builder.axes[axis].cells))]


def _matters(inquiry: Inquiry, goal: int, axis: int, gets: int) -> int:
    """Who gets it, and would get something else if the judgement were another."""
    differ = inquiry.builder.forest.combine(lambda *ends: len(set(ends)) > 1, *_cells(inquiry, goal, axis))
    return inquiry.both(gets, differ)


def _anyhow(inquiry: Inquiry, goal: int, whom: int, axis: int) -> int:
    """Those of them for whom this fact never counts, whatever else is judged."""
    same = inquiry.builder.forest.combine(lambda *ends: len(set(ends)) == 1, *_cells(inquiry, goal, axis))
    return inquiry.both(whom, same)


def _left(graph: Graph, outcome: str, citizen: Known) -> tuple[str, dict[str, None]] | None:
    """The judgement after which the outcome is certain, and the questions that are left then; None: none are."""
    answers = {path: next(likely(node), None) for path, node in graph.facts.items() if not node.list} | citizen
    interview = Interview(graph, {path: value for path, value in answers.items() if not _is_asked(graph, path)})
    judgement, found = "", _after_asking(interview, answers)
    while found.waiting and not found.outcome:
        judgement = found.waiting[0]
        if judgement not in answers:
            return None
        interview.tell(judgement, answers[judgement])
        found = interview.relevant()
        if found.askable and not found.outcome:
            return None  # the judgement opens a question about the rules: nothing is decided without it
    if not judgement or found.outcome != outcome or not found.askable:
        return None
    keys = [(own, read_key(own)) for own in found.askable]
    return judgement, dict.fromkeys(own if key is None else key.name for own, key in keys)


def _is_asked(graph: Graph, path: str) -> bool:
    """By the citizen told or by a worker judged; a register is taken to know nothing."""
    return any(own.kind is SupplierKind.CITIZEN or own.kind in _LATER for own in graph.facts[path].spec.suppliers)


def _after_asking(interview: Interview, answers: Known) -> Relevance:
    """All that the citizen is asked before a worker is waited for."""
    while (key := interview.next) in answers:
        interview.tell(key, answers[key])
    return interview.relevant()

"""Whether two versions of a flow are the same for everybody: the test that takes equivalent mutants out of the score.

    rules       every decision, and the reasons that it gives, on shared diagrams: equal for each possible citizen; of
                rows that are collected all reasons, and which one comes first
    conditions  `when` of facts and paragraphs, guards of steps: likewise
    rounding    to whole steps of what is one already: as if it were not there (`engine.harness.mutate_rounds`)
    order       rows of an event that never hold together stand in any
    the rest    questions, texts, outcomes, tasks, contact, the resolved process: equal as compiled

Promises, sources, the canvas and the owner are no difference to anybody on the way. Where a decision has no diagram (a
sum, a list) it must be defined alike, or, where one looks `at_length`, z3 must prove that whoever answered everything
has the same by both, whatever his lists come to. So "the same" is never claimed wrongly of what anybody gets, and a
fault that changes only what cannot happen counts as a fault where that cannot be proven. Called by
`engine.harness.mutate`; tests: tests/engine/harness/test_mutate.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from itertools import groupby
from typing import Any

from engine.errors import Where
from engine.feel import tree as t
from engine.feel.evaluator import compile_expression
from engine.flow.model import FactType, Hit, Text
from engine.graph.evaluation import evaluate
from engine.graph.graph import Formula, Graph, Row, Ruling
from engine.graph.intervals import truth
from engine.graph.process import By, Step, When, plain_step
from engine.graph.view import View
from engine.harness.compare_solver import GONE, MOVED, NEW, OTHERWISE, WHOEVER, PairSolver
from engine.harness.mutate_rounds import whole_steps
from engine.harness.shared_axes import Sides, same_meaning
from engine.harness.told_rows import decides, literal
from engine.journey.context import Context

RULES = ("decisions", "functions", "parameters", "promises", "sources", "canvas", "owner", "process")
TRUE = t.Literal(True, t.Kind.BOOLEAN)
CHOOSERS = (By.CITIZEN, By.WORKER)
"""Who sees the steps of a place in their order, as buttons."""
_NOWHERE = Where()


def same_for_everybody(old: Graph, new: Graph, *, at_length: bool = False) -> bool:
    """See the top of this module. `at_length` takes up to some seconds more."""
    if old.version == new.version:
        return True
    old, new = whole_steps(old), whole_steps(new)
    if _skeleton(old) != _skeleton(new) or old.rulings.keys() != new.rulings.keys():
        return False
    before, after = dict(_conditions(old)), dict(_conditions(new))
    if before.keys() != after.keys():
        return False
    changed = {name for name in old.rulings if not same_meaning(old, new, name)}
    told = {name for name in old.rulings if name in changed or _told(old, name) != _told(new, name)}
    rewritten = {name for name in before if before[name].expr != after[name].expr}
    if at_length and _reads_alike(old, new):  # what is proven of these holds for everything that reads them
        own = {name for name in changed if old.flow.decisions.get(name) != new.flow.decisions.get(name)}
        told = {name for name in told if name in own or _told(old, name) != _told(new, name)}
        return _Both(old, new, before, after, at_length=True).agree(own, told, rewritten)
    open_conditions = {name for name in before if name in rewritten or before[name].names & changed}
    if not told and not open_conditions:
        return True
    return _Both(old, new, before, after).agree(changed, told, open_conditions)


def _reads_alike(old: Graph, new: Graph) -> bool:
    """Whether decisions and conditions that are written alike can only differ through decisions that are not."""
    return old.flow.functions == new.flow.functions and old.flow.parameters == new.flow.parameters


class _Both:
    """Both flows' decisions, reasons and conditions on shared variables."""

    def __init__(
        self,
        old: Graph,
        new: Graph,
        before: Mapping[str, Formula],
        after: Mapping[str, Formula],
        *,
        at_length: bool = False,
    ) -> None:
        self.sides = Sides(_wider(old, before), _wider(new, after))
        self.at_length = at_length

    def agree(self, changed: set[str], told: set[str], conditions: set[str]) -> bool:
        """Whether all these come out alike for every possible citizen."""
        names = (*changed, *(own(name) for name in told for own in (_why, _all)), *(_if(name) for name in conditions))
        return all(self._agrees(name) for name in names)

    def _agrees(self, name: str) -> bool:
        if name not in self.sides.old.rulings and name not in self.sides.new.rulings:
            return True
        roots = self.sides.roots(name, name)
        if roots is not None:
            forest = self.sides.forest
            alike = forest.combine(lambda a, b: type(a) is type(b) and a == b, *roots)
            if forest.choose(self.sides.possible, alike, forest.terminal(True)) == forest.terminal(True):
                return True
        return self.at_length and self._never_differs(name)

    def _never_differs(self, name: str) -> bool:
        """Whether z3 proves that nobody has another value, or another order, or one where he had none, or none more."""
        sides = (self.sides.old, self.sides.new)
        if any(name not in graph.rulings or graph.rulings[name].each for graph in sides):
            return False
        return all(self._solver.never_differs(name, WHOEVER, how) for how in (OTHERWISE, MOVED, GONE, NEW))

    @cached_property
    def _solver(self) -> PairSolver:
        return PairSolver(self.sides)


def _wider(graph: Graph, conditions: Mapping[str, Formula]) -> Graph:
    """The graph with a decision more for each reason and each condition."""
    more = {own.name: own for name, ruling in graph.rulings.items() for own in _reasons(name, ruling)}
    more |= {
        _if(name): Ruling(_if(name), FactType.BOOLEAN, formula.where, formula=formula)
        for name, formula in conditions.items()
    }
    return replace(graph, rulings={**graph.rulings, **more})


def _reasons(name: str, ruling: Ruling) -> Iterator[Ruling]:
    """The reason that is given, as decisions: that of the first row that holds, and all of rows that are collected."""
    if not ruling.rows or ruling.each:
        return
    yield decides(_why(name), ruling, partial(_reason, ruling))
    if ruling.hit.gathers:
        rows = tuple(replace(row, output=literal(_reason(ruling, row))) for row in ruling.rows)
        options = {text: Text({}) for text in sorted({row.output.text for row in rows})}
        changed = replace(ruling, type=FactType.CHOICE, options=options, rows=rows, hit=Hit.COLLECT, round=None)
        yield replace(changed, name=_all(name))


def _reason(ruling: Ruling, row: Row | None) -> str:
    """What an explanation gives as the reason, in every language: that of the row, else that of the whole decision."""
    words = row.because if row is not None and row.because else str(ruling.because or "")
    return "\n".join(ruling.reasons[words].root.values()) if words in ruling.reasons else words


def _all(name: str) -> str:
    return f"all {name}"


def _why(name: str) -> str:
    return f"why {name}"


def _if(name: str) -> str:
    return f"if {name}"


def _told(graph: Graph, name: str) -> list[str]:
    ruling = graph.rulings[name]
    return [_reason(ruling, row) for row in ruling.rows]


def _conditions(graph: Graph) -> Iterator[tuple[str, Formula]]:
    """Every condition outside the decisions, by where it stands."""
    always = Formula("true", TRUE, compile_expression(TRUE), frozenset(), _NOWHERE)
    for path, node in graph.facts.items():
        if not node.list:
            yield f"fact {path}", node.when or always
    for number, step in enumerate(in_order(graph)):
        if step.when is When.IF:
            yield f"step {number}", graph.guards[step.guard]


def in_order(graph: Graph) -> list[Step]:
    """The steps without any order that nobody sees. Rows of one place, party and event keep theirs, and so do events
    among which a citizen or worker chooses; places, parties, and events that come by themselves have none."""
    first: dict[tuple[str, By, str], int] = {}
    for step in graph.process.steps:
        first.setdefault((step.source, step.by, step.event), len(first))

    def place(step: Step) -> tuple[object, ...]:
        chosen = first[step.source, step.by, step.event] if step.by in CHOOSERS else step.event
        return step.source, step.by.value, chosen

    return [
        step for _, rows in groupby(sorted(graph.process.steps, key=place), place) for step in _settled(graph, rows)
    ]


def _settled(graph: Graph, rows: Iterable[Step]) -> Iterator[Step]:
    """Rows of one event in an order that is the same for all orders in which the same row is taken: of those that
    stand below no row which can hold together with them, the first by what they say."""
    left = list(rows)
    while left:
        free = [own for at, own in enumerate(left) if all(_apart(graph, own, above) for above in left[:at])]
        chosen = min(free, key=lambda own: tuple(map(str, plain_step(own))))
        left.remove(chosen)
        yield chosen


def _apart(graph: Graph, one: Step, other: Step) -> bool:
    """Whether two guards never hold together, whatever is known: with each outcome one of them is false by itself."""
    if one.when is not When.IF or other.when is not When.IF:
        return False
    return all(any(_never(graph, own.guard, outcome) for own in (one, other)) for outcome in graph.flow.outcomes)


def _never(graph: Graph, guard: str, outcome: str) -> bool:
    env = Context(graph, View(graph, {}), outcome).env
    return True not in truth(evaluate(graph.guards[guard], env))


def _skeleton(graph: Graph) -> Mapping[str, Any]:
    """Everything that is compared as it stands."""
    flow = graph.flow.model_dump(mode="json", exclude=set(RULES))
    for spec in flow["facts"].values():
        spec["when"] = None
    process = graph.process.as_json()
    steps = [
        [*own[:5], "" if own[4] == When.IF.value else own[5], *own[6:]]
        for own in map(list, map(plain_step, in_order(graph)))
    ]
    words = {
        name: (str(own.type), own.each, own.label, own.unit, own.options) for name, own in graph.flow.decisions.items()
    }
    process |= {"steps": steps, "terms": dict(_terms(graph))}
    return {"flow": flow, "order": list(flow["facts"]), "process": process, "words": words}


def _terms(graph: Graph) -> Iterator[tuple[str, Any]]:
    """The legal terms; every one ends in every end, so an end among `ends` says nothing."""
    for name, term in graph.process.terms.items():
        ends = sorted(set(term.ends) - set(graph.process.ends))
        yield name, {**term.model_dump(mode="json"), "ends": ends}

"""Prove a flow for every citizen: no scenarios needed, every partial answer set at once.

The goal is a diagram over cells (`engine.graph.decide`): a row that can never decide is a condition without a path, a
citizen without an outcome is a path to null, a promise that is broken is a path on which the outcome and its
exception meet. Because a question is asked only while the diagram still depends on it, every order of answering gives
the same decision.

    code                    what is wrong                                           witness
    P-NO-OUTCOME            citizens for whom the rules give no outcome             a citizen
    P-OUTCOME               an outcome that nobody can get                          -
    P-ROW-IMPOSSIBLE        a row whose conditions contradict each other            -
    P-ROW-OVERTAKEN         a row that rows above it always overtake                -
    P-AMBIGUOUS             two rows of a unique (or any) table hold together       a citizen
    P-GAP                   a decision without a row that holds                     a citizen
    P-USELESS               a question that can never matter                        -
    P-PROMISE               a promise of the flow that is broken                    a citizen, or a way
    P-PLACE, P-STEP ...     what is wrong with the process (`process_proof`)        a way
    E-PROCESS-...           the same, without its guards (`engine.graph.process_checks`)

A witness on a sum or a date between facts is looked for among real citizens; when none is found it is not claimed,
and the question is named under `not_proven`. Called by `wegwijzer prove`; tests: tests/engine/harness/test_prove.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import prod

from engine.errors import Problem, Severity, Where
from engine.feel.cells import Anything
from engine.flow.model import Fact, Hit, SupplierKind
from engine.graph.axes import FactAxis
from engine.graph.constants import Constants
from engine.graph.decide import Builder
from engine.graph.graph import CellCondition, Graph, Row, Ruling
from engine.graph.mdd import DiagramTooLarge
from engine.harness.finding import Citizen, Finding
from engine.harness.guards import Guards
from engine.harness.process_proof import prove_process
from engine.harness.witness import Witnesses

BUDGET = 400_000


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


def prove(graph: Graph) -> Proof:
    """See the top of this module. Raises nothing: what cannot be proven is named."""
    return _Prover(graph).proof()


class _Prover:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        constants = Constants(graph.facts, graph.rulings, graph.parameters)
        self.builder = Builder(graph, constants)
        self.findings: list[Finding] = []
        self.not_proven: list[str] = []
        self.witnesses = Witnesses(graph, self.builder)

    def proof(self) -> Proof:
        """Run every check."""
        goal = self._node(self.graph.goal)
        if goal is None:
            self.not_proven.append(
                f"the decision `{self.graph.flow.goal}` is not one of finitely many values, or too large for a diagram"
            )
        else:
            self._outcomes(goal)
            self._promises(goal)
            self._useless(goal)
        for ruling in self.graph.rulings.values():
            self._guarded(ruling.name, lambda ruling=ruling: self._rows(ruling))
        process = prove_process(self.graph, Guards(self.graph, self.builder, self.witnesses, goal))
        self.findings += process.findings
        self.not_proven += process.not_proven
        return Proof(
            tuple(self.findings),
            tuple(dict.fromkeys(self.not_proven)),
            facts=len(self.graph.facts),
            situations=prod(len(axis.cells) + 1 for axis in self.builder.axes),
            nodes=len(self.builder.forest.top),
            states=process.states,
            steps=process.steps,
            notes=tuple(f"promise {own.number} holds, {own.note}" for own in process.kept if own.note),
        )

    def _node(self, ruling: Ruling) -> int | None:
        try:
            self.builder.forest.budget = len(self.builder.forest.top) + BUDGET
            found = self.builder.ruling(ruling)
            return None if found is None else self.witnesses.real(found)
        except (DiagramTooLarge, RecursionError):
            return None

    def _guarded(self, name: str, check: object) -> None:
        """Run a check; what grows too large is named as not proven."""
        self.builder.forest.budget = len(self.builder.forest.top) + BUDGET
        try:
            check()  # type: ignore[operator]
        except (DiagramTooLarge, RecursionError):
            self.not_proven.append(f"the rows of `{name}`: the diagram grows too large")

    def _find(
        self, code: str, where: Where, message: str, hint: str, witness: Citizen | None = None, *, warning: bool = False
    ) -> None:
        severity = Severity.WARNING if warning else Severity.ERROR
        self.findings.append(Finding(Problem(where, code, message, hint, severity), witness))

    # -- outcomes

    def _outcomes(self, goal: int) -> None:
        forest, flow = self.builder.forest, self.graph.flow
        given = forest.values(goal)
        for value in sorted((own for own in given if own not in flow.outcomes), key=str):
            is_it = forest.combine(lambda own, value=value: own == value and type(own) is type(value), goal)
            found = self._witness(is_it, f"whether `{flow.goal}` always has an outcome")
            if found is not None:
                hint = "Add a last row with `-` in every column, or say what should happen to this citizen."
                said = "none" if value is None else f"`{value}`"
                message = f"The rules give {said} instead of an outcome."
                self._find("P-NO-OUTCOME", self.graph.goal.where, message, hint, found)
        for name in flow.outcomes:
            if name not in given:
                hint = "Remove it, or mend the row that should lead to it."
                self._find("P-OUTCOME", self.graph.goal.where, f"Nobody can get the outcome `{name}`.", hint)

    def _witness(self, node: int, question: str) -> Citizen | None:
        """A real citizen for whom `node` is true; names the question as not proven when only terms stand in the way."""
        found, certain = self.witnesses.of(node)
        if found is None and not certain:
            self.not_proven.append(question)
        return found

    # -- rows

    def _rows(self, ruling: Ruling) -> None:
        if not ruling.rows or ruling.each:
            if ruling.each:
                self.not_proven.append(f"the rows of `{ruling.name}`, which is about the items of a list")
            return
        forest = self.builder.forest
        conditions = [self._condition(row) for row in ruling.rows]
        never = forest.terminal(False)
        above = never
        for row, holds in zip(ruling.rows, conditions, strict=True):
            if holds == never:
                self._find(
                    "P-ROW-IMPOSSIBLE", row.where, _row(ruling, row) + " can never hold.", "Its conditions contradict."
                )
            elif ruling.hit is Hit.FIRST and self._both(holds, self._not(above)) == never:
                hint = "Move it up, or remove it."
                self._find(
                    "P-ROW-OVERTAKEN", row.where, _row(ruling, row) + " is always overtaken by rows above.", hint
                )
            above = forest.choose(above, forest.terminal(True), holds)
        if ruling.hit in (Hit.UNIQUE, Hit.ANY):
            self._overlaps(ruling, conditions)
        if not str(ruling.hit).startswith("collect") and ruling.name != self.graph.flow.goal:
            self._gap(ruling, above)

    def _gap(self, ruling: Ruling, above: int) -> None:
        if _ends_in_none(ruling):
            return
        nobody = self._not(above)
        if nobody == self.builder.forest.terminal(False):
            return
        found = self._witness(nobody, f"whether `{ruling.name}` always has a row")
        if found is not None:
            hint = "Add a row; if there is nothing to say then, end with `none` as conclusion."
            message = f"`{ruling.name}` has no row for this citizen."
            self._find("P-GAP", ruling.where, message, hint, found, warning=True)

    def _condition(self, row: Row) -> int:
        """True where the row holds, False elsewhere (null is not true)."""
        forest = self.builder.forest
        both = forest.terminal(True)
        for condition in row.conditions:
            if isinstance(condition, CellCondition) and isinstance(condition.test, Anything):
                continue
            both = forest.choose(both, self._is(self.builder.row_condition(condition)), forest.terminal(False))
        return self.witnesses.real(both)

    def _is(self, node: int) -> int:
        return self.builder.forest.combine(lambda value: value is True, node)

    def _not(self, node: int) -> int:
        return self.builder.forest.combine(lambda value: value is not True, node)

    def _both(self, left: int, right: int) -> int:
        return self.builder.forest.combine(lambda a, b: a is True and b is True, left, right)

    def _overlaps(self, ruling: Ruling, conditions: list[int]) -> None:
        never = self.builder.forest.terminal(False)
        for at, (row, holds) in enumerate(zip(ruling.rows, conditions, strict=True)):
            for other, also in zip(ruling.rows[at + 1 :], conditions[at + 1 :], strict=True):
                same = row.output.expr == other.output.expr
                if ruling.hit is Hit.ANY and same:
                    continue
                both = self._both(holds, also)
                if both == never:
                    continue
                question = f"whether rows {row.number} and {other.number} of `{ruling.name}` can hold together"
                found = self._witness(both, question)
                if found is not None:
                    message = f"Rows {row.number} and {other.number} of `{ruling.name}` both hold for this citizen."
                    hint = "Make one of them narrower, or choose `hit: first` and mind the order."
                    self._find("P-AMBIGUOUS", other.where, message, hint, found)

    # -- questions

    def _useless(self, goal: int) -> None:
        graph = self.graph
        used = set(self._behind(goal))
        for name, outcome in graph.flow.outcomes.items():
            if name not in self.builder.forest.values(goal):
                continue
            for value in (*outcome.values, *outcome.if_known, *outcome.needs):
                used |= graph.rulings[value].reads if value in graph.rulings else {value}
        used |= self._elsewhere()
        needs = {need for path in used & graph.facts.keys() for need in graph.facts[path].spec.needs}
        used |= needs.union(*(graph.rulings[need].reads for need in needs & graph.rulings.keys()))
        for path in tuple(used & graph.facts.keys()):
            used.update(self._whens(path))
        for node in graph.facts.values():
            if node.list or node.path in used or not _is_asked(node.spec):
                continue
            where = Where() if node.when is None else node.when.where
            hint = "Remove it: what is not needed is not asked (AVG, article 5)."
            self._find("P-USELESS", where, f"The question `{node.path}` can never matter.", hint)

    def _behind(self, goal: int) -> Iterator[str]:
        """Facts that the diagram of the goal depends on."""
        left = self.builder.forest.support(goal)
        for number, axis in enumerate(self.builder.axes):
            if left >> number & 1:
                node = getattr(axis, "node", None)
                if node is not None:
                    yield node.path
                    yield from self._whens(node.path)
                else:
                    yield from self.graph.goal.reads

    def _whens(self, path: str) -> Iterator[str]:
        node = self.graph.facts[path]
        for name in sorted(node.when.names) if node.when is not None else ():
            if name in self.graph.facts:
                yield name
            elif name in self.graph.rulings:
                yield from self.graph.rulings[name].reads

    def _elsewhere(self) -> set[str]:
        """Facts that guards of the process, conditions in texts and checks read."""
        graph = self.graph
        formulas = [
            *graph.guards.values(),
            *(own for parts in graph.texts.values() for own in parts if own is not None),
        ]
        names = {name for own in formulas for name in own.names}
        found = {name for name in names if name in graph.facts}
        for name in names & set(graph.rulings):
            found |= graph.rulings[name].reads
        return found

    # -- promises

    def _promises(self, goal: int) -> None:
        for number, promise in enumerate(self.graph.flow.promises, 1):
            if promise.never is not None:
                self._never(number, goal, promise.never.outcome)
            elif promise.more is not None:
                self._more(number, goal, promise.more.fact, better=promise.more.never_better_for_citizen == "yes")

    def _never(self, number: int, goal: int, outcome: str) -> None:
        when = self.graph.promises[number - 1]
        if when is None:
            return
        forest = self.builder.forest
        is_outcome = forest.combine(lambda value: value == outcome, goal)
        broken = self.witnesses.real(self._both(is_outcome, self._is(self.builder.condition(when.expr))))
        if broken == forest.terminal(False):
            return
        found = self._witness(broken, f"promise {number}")
        if found is not None:
            message = f"Promise {number} is broken: this citizen gets `{outcome}` although {when.text}."
            self._find("P-PROMISE", when.where, message, "Mend the rules, or the promise.", found)

    def _more(self, number: int, goal: int, fact: str, *, better: bool) -> None:
        forest, outcomes = self.builder.forest, self.graph.flow.outcomes
        axis = next(
            (n for n, own in enumerate(self.builder.axes) if isinstance(own, FactAxis) and own.node.path == fact), None
        )
        if axis is None or any(spec.rank is None for spec in outcomes.values()):
            self.not_proven.append(
                f"promise {number}: `{fact}` is not compared with constants, or an outcome has no rank"
            )
            return
        ranks = {name: spec.rank or 0 for name, spec in outcomes.items()}
        cells = self.builder.axes[axis].cells
        steps = [forest.allow(goal, axis, 1 << cell) for cell in range(len(cells))]
        for cell, (low, high) in enumerate(pairwise(steps)):

            def worse(before: object, after: object) -> bool:
                first, second = ranks.get(str(before), 0), ranks.get(str(after), 0)
                return second > first if better else second < first

            broken = forest.combine(worse, low, high)
            if broken != forest.terminal(False):
                found = self._witness(broken, f"promise {number}")
                if found is not None:
                    shown: Mapping[str, str] = {
                        **found,
                        fact: f"from {cells.representative(cell)} to {cells.representative(cell + 1)}",
                    }
                    message = f"Promise {number} is broken: more `{fact}` changes this citizen's outcome the wrong way."
                    self._find("P-PROMISE", self.graph.goal.where, message, "Mend the rules, or the promise.", shown)
                    return


def _row(ruling: Ruling, row: Row) -> str:
    return f"Row {row.number} of `{ruling.name}`"


def _ends_in_none(ruling: Ruling) -> bool:
    return ruling.rows[-1].output.text.strip() == "none"


def _is_asked(spec: Fact) -> bool:
    return any(ref.kind in (SupplierKind.CITIZEN, SupplierKind.WORKER) for ref in spec.suppliers)

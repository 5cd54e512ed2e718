"""Which rows of the process can be taken, with which outcome: guards held against the rules, exactly where they can be.

A guard is a diagram over the same cells as the decisions (`engine.graph.decide`), with `outcome.id` and `outcome.kind`
filled in. A row fits an outcome when some citizen with that outcome makes the guard true; what compares facts with each
other is taken as possible, so nothing that can happen is left out. Facts may be corrected at any time by whoever
supplies them, so a guard is asked anew at every step and nothing is carried over.

    outcome            when it is looked at
    "" (open)          the questions are not finished, or a person still has to judge; a guard on it is UNKNOWN.
                       At `settled` only where a place asks something of its own
    of the rules       those that the rules can give
    of a worker        every outcome, from the first step by a worker on: a professional may deviate, with a motive

Called by `engine.harness.explore`.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.feel import tree as t
from engine.feel.evaluator import compile_expression
from engine.feel.names import free_names
from engine.feel.rewrite import rewrite
from engine.graph.decide import Builder
from engine.graph.graph import Graph
from engine.graph.mdd import DiagramTooLarge
from engine.graph.process import OUTCOME, By, Step, When
from engine.harness.proven import Proven
from engine.harness.witness import Witnesses

OPEN = ""
SETTLED = "settled"
NODES = 60_000  # that one guard may add

Outcomes = frozenset[str]


class Guards:
    """The rows of a process against the rules of the same flow. `goal` is the goal's diagram, None without one.

    `proven` is what was said of guards before, and is added to.
    """

    def __init__(
        self, graph: Graph, builder: Builder, witnesses: Witnesses, goal: int | None, proven: Proven | None = None
    ) -> None:
        self.graph = graph
        self.proven = proven
        self.builder = builder
        self.witnesses = witnesses
        self.goal = goal
        names = tuple(graph.flow.outcomes)
        given = names if goal is None else tuple(builder.forest.values(goal))
        self.by_rules: Outcomes = frozenset(name for name in names if name in given)
        self.by_worker: Outcomes = frozenset(names)
        self._rows: dict[tuple[str, str, By, bool], tuple[Outcomes, ...]] = {}
        self._kept: dict[tuple[str, str, bool], tuple[bool, bool]] = {}

    def rows(self, rows: Sequence[Step], *, deviated: bool) -> tuple[Outcomes, ...]:
        """For each row of one event by one party, in order, the outcomes with which it can be the one that is taken."""
        first = rows[0]
        key = (first.source, first.event, first.by, deviated)
        if key not in self._rows:
            self._rows[key] = self._of(rows, free=deviated or first.by is By.WORKER)
        return self._rows[key]

    def _of(self, rows: Sequence[Step], *, free: bool) -> tuple[Outcomes, ...]:
        first = rows[0]
        left = set(self.by_worker if free else self.by_rules)
        place = self.graph.process.places.get(first.source)
        if first.event != SETTLED or (place is not None and place.needs):
            left.add(OPEN)
        found: list[Outcomes] = []
        for row in rows:
            fits = frozenset(outcome for outcome in left if self._may(row, outcome, free=free)[0])
            left -= {outcome for outcome in fits if self._may(row, outcome, free=free)[1]}
            found.append(fits)
        return tuple(found)

    def _may(self, row: Step, outcome: str, *, free: bool) -> tuple[bool, bool]:
        """Whether the row can hold, and whether it always does."""
        if row.when is not When.IF:
            return True, True
        key = (row.guard, outcome, free)
        if key not in self._kept:
            self._kept[key] = self._judged(row.guard, outcome, free=free)
        return self._kept[key]

    def _judged(self, text: str, outcome: str, *, free: bool) -> tuple[bool, bool]:
        formula = self.graph.guards[text]
        if outcome == OPEN and OUTCOME in formula.names:
            # while that is open, what holds must hold with each of them
            return all(self._judged(text, name, free=True)[0] for name in self.by_worker), False
        bound = self.goal is not None and outcome != OPEN and not free
        question = ("guard", text, outcome, self._kind(outcome), bound)
        rests_on = self.witnesses.cones.of(formula.names | {self.graph.flow.goal} if bound else formula.names)
        known = self.proven.find(question, rests_on) if self.proven is not None else None
        if isinstance(known, tuple):
            return known
        expr = with_outcome(formula.expr, outcome, self._kind(outcome))
        if free_names(expr):
            can = self._can_hold(expr, outcome, bound=bound)
            said, certain = (can is not False, False), can is not None
        else:  # then it is about the outcome alone
            holds = compile_expression(expr)({}) is True
            said, certain = (holds, holds), True
        if certain and self.proven is not None:
            self.proven.keep(question, rests_on, said)
        return said

    def _can_hold(self, expr: t.Expr, outcome: str, *, bound: bool) -> bool | None:
        """Whether a guard holds for somebody, with this outcome where it is `bound` to it; None where it grows too
        large to say."""
        forest = self.builder.forest
        try:
            forest.budget = len(forest.top) + NODES
            node = forest.combine(lambda value: value is True, self.builder.condition(expr))
            if bound and self.goal is not None:
                node = forest.combine(lambda yes, own: yes is True and own == outcome, node, self.goal)
            return True in forest.values(self.witnesses.real(node))
        except (DiagramTooLarge, RecursionError):
            return None

    def _kind(self, outcome: str) -> str:
        return str(self.graph.flow.outcomes[outcome].kind) if outcome else ""


def with_outcome(expr: t.Expr, outcome: str, kind: str) -> t.Expr:
    """A guard in which the outcome is known."""
    values = {"id": outcome, "kind": kind}

    def known(node: t.Expr) -> t.Expr:
        if isinstance(node, t.Path) and node.base == t.Name(OUTCOME) and node.name in values:
            return t.Literal(values[node.name], t.Kind.STRING)
        return node

    return rewrite(expr, {}, known)

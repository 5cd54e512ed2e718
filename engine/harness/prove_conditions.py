"""Conditions that never hold and conditions that always do, wherever they stand: P-NEVER-TRUE, P-ALWAYS-TRUE, and
promises whose own condition nobody meets: P-PROMISE-EMPTY.

    question    its `when`                          decision    an `is` of yes or no, every `if` within it
    check       what it demands                     row         what a rule asks beside its other parts
    step        its guard                           promise     the `when` of never, may and within
    text        the `when` of a sentence            each part of `and`, `or` and `not` in all of these

A condition is a diagram over the same cells as the decisions; where the process, texts and promises compare with
constants of their own, cells are cut there too. Two terms over the same facts are put to z3. What a row can do as a
whole is told by P-ROW-IMPOSSIBLE, a step that nobody takes by P-STEP. Called by `engine.harness.prove`; tests:
tests/engine/harness/test_prove_conditions.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial
from itertools import combinations
from typing import Final

from engine.errors import Said, Where, worded
from engine.feel import tree as t
from engine.feel.evaluator import compile_expression
from engine.feel.names import free_names
from engine.feel.render import render
from engine.feel.syntax import Profile
from engine.graph.constants import Constants
from engine.graph.decide import Builder
from engine.graph.graph import CellCondition, Formula, Graph
from engine.graph.mdd import WORK, DiagramTooLarge
from engine.harness import claims
from engine.harness.conditions import Sort, Stands, conditions, item_conditions, of_item
from engine.harness.inquiry import Inquiry
from engine.harness.solver import Solver
from engine.harness.witness import Witnesses

TRIES: Final = 60
ROOM: Final = 60_000


def check_conditions(inquiry: Inquiry, never_taken: frozenset[Where]) -> None:
    """Every condition of the flow; see the top of this module. `never_taken` are steps that are told of already."""
    graph = inquiry.graph
    bare = replace(graph, checks=()) if graph.checks else graph
    sides = [(bare, tuple(conditions(graph, never_taken)))]
    sides += [(of_item(graph, name), tuple(item_conditions(graph, name))) for name in graph.lists]
    for seen, stands in sides:
        names = frozenset(name for own in stands for name in free_names(own.expr))
        inquiry.once(tuple(map(_about, stands)), names, partial(_look, inquiry, seen, stands))


def _look(inquiry: Inquiry, seen: Graph, stands: tuple[Stands, ...]) -> None:
    """Each by itself: where one was changed, the others are not asked anew."""
    looking = _Looking(inquiry, seen, stands)
    for own in stands:
        inquiry.once(_about(own), free_names(own.expr), partial(looking.look, own))


def _about(own: Stands) -> tuple[object, ...]:
    return "condition that stands", own.expr, own.sort, own.outcome, own.cell and own.cell.test


class _Cuts(Constants):
    """The constants of the rules with those of everything else that has conditions."""

    def __init__(self, graph: Graph, stands: tuple[Stands, ...]) -> None:
        super().__init__(graph.facts, graph.rulings, graph.parameters)
        for own in stands:
            self.scan(own.expr)

    def differs(self, base: Constants) -> bool:
        """Whether cells are cut where `base` cuts none."""
        return any(self.of(expr) != base.of(expr) for expr in self.compared)


class _Looking:
    """What is asked of one flow, seen as a whole or from an item.

    What its checks refuse counts as an answer here: else each check would hold always.
    """

    def __init__(self, inquiry: Inquiry, graph: Graph, stands: tuple[Stands, ...]) -> None:
        self.inquiry = inquiry
        self.graph = graph
        self.stands = stands
        self.told: set[tuple[str, Where]] = set()
        self._nodes: dict[t.Expr, int | None] = {}

    @cached_property
    def builder(self) -> Builder:
        """That of the proof; one of its own where conditions compare with other constants."""
        cuts, base = _Cuts(self.graph, self.stands), self.inquiry.builder
        is_other = self.graph.facts is not self.inquiry.graph.facts or cuts.differs(base.constants)
        return Builder(self.graph, cuts) if is_other else base

    @cached_property
    def witnesses(self) -> Witnesses:
        return Witnesses(self.graph, self.builder, self.inquiry.cones)

    @cached_property
    def solver(self) -> Solver:
        return self.inquiry.solver if self.graph is self.inquiry.graph else Solver(self.graph)

    def look(self, own: Stands) -> None:
        """One condition, and then its parts."""
        if own.cell is not None:
            if self._is_for_all(own.cell):
                self._tell_cell(own, own.cell)
            return
        if own.sort is Sort.WAY_OUT:
            if self._says_enough(own.expr) and not self._anybody(own, wanted=False):
                self._tell_way_out(own)
            return
        if own.sort is not Sort.PARTS and self._says_enough(own.expr):
            if not self._anybody(own, wanted=True):
                self._tell_never(own)
                return
            if own.outcome:
                return  # its parts were looked at with the goal open
            if own.sort is Sort.WHOLE and not self._anybody(own, wanted=False):
                self._tell_always(own)
                return
        for part in _parts(own.expr):
            self.look(replace(own, expr=part, sort=Sort.WHOLE))

    def _is_for_all(self, cell: CellCondition) -> bool:
        """Whether a cell holds for everybody, as far as diagrams tell."""
        forest = self.builder.forest
        try:
            forest.budget, forest.work = len(forest.top) + ROOM, WORK
            node = self.witnesses.real(self.builder.row_condition(cell))
        except (DiagramTooLarge, RecursionError):
            return False
        return forest.values(node) == (True,)

    def _says_enough(self, expr: t.Expr) -> bool:
        """Whether it is worth asking: not of an answer of yes or no by itself, nor of what is no condition."""
        if isinstance(expr, t.Name):
            return expr.name in self.graph.rulings
        return not isinstance(expr, t.Literal) and self._reads_the_flow(expr)

    def _reads_the_flow(self, expr: t.Expr) -> bool:
        """Whether every name in it is one of the flow as a whole: not of an item, an outcome or an argument."""
        graph = self.graph
        return all(
            name in graph.facts or name in graph.rulings or name in graph.parameters or name in graph.functions
            for name in free_names(expr)
        )

    def _anybody(self, own: Stands, *, wanted: bool) -> bool:
        """Whether the condition is so for somebody, or is not; where nobody can say, it is taken to be."""
        node = self._node(own.expr)
        if node is not None and not any((value is True) is wanted for value in self.builder.forest.values(node)):
            return False
        if not _may_clash(own.expr) or (node is not None and self.witnesses.is_plain(node)):
            return True
        if node is not None:
            shows = self.builder.forest.combine(lambda value: (value is True) is wanted, node)
            if self.witnesses.of(shows, TRIES)[0] is not None:
                return True
        formula = Formula("", own.expr, compile_expression(own.expr), free_names(own.expr), own.where)
        answer = self.solver.ask(claims.condition(formula) if wanted else claims.not_true(formula))
        question = worded("whether `{text}` says anything", text=said(own.expr))
        return not self.inquiry.said(question, answer) or answer.citizen is not None

    def _node(self, expr: t.Expr) -> int | None:
        """The diagram of a condition, without what can never be; made once."""
        if expr not in self._nodes:
            self._nodes[expr] = self._made(expr)
        return self._nodes[expr]

    def _made(self, expr: t.Expr) -> int | None:
        forest = self.builder.forest
        try:
            forest.budget, forest.work = len(forest.top) + ROOM, WORK
            return self.witnesses.real(self.builder.condition(expr))
        except (DiagramTooLarge, RecursionError):
            return None

    # -- in words

    def _tell_never(self, own: Stands) -> None:
        why = worded("its condition with `{outcome}`", outcome=own.outcome) if own.outcome else self._clash(own)
        if own.sort is Sort.PREMISE:
            message = worded("Promise {number} promises nothing: nobody meets {why}.", number=own.number, why=why)
            hint = worded("Mend its condition: as it stands the promise can never be broken.")
            self._tell("P-PROMISE-EMPTY", own, message, hint)
            return
        message = worded("In {place} this never holds: {why}.", place=own.place, why=why)
        self._tell("P-NEVER-TRUE", own, message, worded("Mend the condition, or remove what hangs on it."))

    def _tell_cell(self, own: Stands, cell: CellCondition) -> None:
        message = worded(
            "In {place} the cell under `{head}` holds for everybody.", place=own.place, head=cell.head.text
        )
        self._tell("P-ALWAYS-TRUE", own, message, worded("Write `-` there, or mend the cell."), warning=True)

    def _tell_way_out(self, own: Stands) -> None:
        message = worded(
            "Promise {number} promises nothing: `{text}` holds for everybody.", number=own.number, text=said(own.expr)
        )
        self._tell(
            "P-PROMISE-EMPTY", own, message, worded("Mend its condition: as it stands the promise can never be broken.")
        )

    def _tell_always(self, own: Stands) -> None:
        message = worded("In {place} this holds for everybody: `{text}`.", place=own.place, text=said(own.expr))
        hint = worded("It says nothing: remove the condition, or mend it.")
        self._tell("P-ALWAYS-TRUE", own, message, hint, warning=True)

    def _tell(self, code: str, own: Stands, message: Said, hint: Said, *, warning: bool = False) -> None:
        if (message, own.where) not in self.told:
            self.told.add((message, own.where))
            self.inquiry.find(code, own.where, message, hint, warning=warning)

    def _clash(self, own: Stands) -> Said:
        """The part that nobody meets: one by itself, or two that cannot go together; else the whole."""
        parts = own.expr.operands if isinstance(own.expr, t.Logic) and own.expr.op == "and" else ()
        for part in parts:
            if self._is_nobody(own, part):
                return worded("`{text}`", text=said(part))
        for one, two in combinations(parts, 2):
            if self._is_nobody(own, t.Logic("and", (one, two))):
                return worded("`{one}` and `{two}` together", one=said(one), two=said(two))
        return worded("`{text}`", text=said(own.expr))

    def _is_nobody(self, own: Stands, expr: t.Expr) -> bool:
        return self._reads_the_flow(expr) and not self._anybody(replace(own, expr=expr), wanted=True)


def said(expr: t.Expr) -> str:
    """An expression as an author writes it."""
    return render(expr, Profile.FLOW)


def _parts(expr: t.Expr) -> tuple[t.Expr, ...]:
    if isinstance(expr, t.Logic):
        return expr.operands
    return (expr.operand,) if isinstance(expr, t.Not) else ()


def _may_clash(expr: t.Expr) -> bool:
    """Whether two parts of it are about the same: what is one comparison needs no solver to be worth asking."""
    names = [free_names(part) for part in _atoms(expr)]
    return any(one & two for one, two in combinations(names, 2))


def _atoms(expr: t.Expr) -> Iterator[t.Expr]:
    parts = _parts(expr)
    if not parts:
        yield expr
    for part in parts:
        yield from _atoms(part)

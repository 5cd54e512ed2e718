"""Compile decisions into diagrams over cells, so that relevance is exact for comparisons with constants.

    expression                            diagram (rules: `engine.graph.decide_values`)
    literal                               terminal
    boolean, choice, few choices          its values
    decision                              its diagram, or a variable where that grows too large
    and or not if = < in between + min    combined cell by cell, by FEEL's own operators
    number or date against constants      a variable with one cell between every two constants
    parameter of known keys               its value, cell by cell
    anything else that is true or false   a variable of its own (true, false, null), found by interval reasoning

A fact with `when` contributes its answer where `when` is true and its `otherwise` elsewhere. Hit policies fold the rows
from below. Decisions stand inside each other's diagrams as long as these stay small; where one would outgrow `BUDGET`
nodes, the decisions that it reads become variables (`DecisionAxis`) with diagrams of their own.
Called by `engine.graph.compile`; tests: tests/engine/graph/test_exactness.py (against brute force).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import Any

from engine.feel import cells as c
from engine.feel import tree as t
from engine.feel.names import free_names
from engine.flow.model import FactType, Hit, SupplierKind
from engine.graph.axes import Axis, DecisionAxis, FactAxis, OptionAxis, TermAxis
from engine.graph.cells import Cells, FiniteCells, domain_of, finite_cells, ordered_cells
from engine.graph.constants import Constants
from engine.graph.decide_values import comparison, finite
from engine.graph.diagrams import Diagram, when_key
from engine.graph.domains import STEPS, all_answers
from engine.graph.evaluation import expr_needs, expr_possible
from engine.graph.fold import FOLDS, Fold
from engine.graph.frozen import Unfreezable, freeze, thaw
from engine.graph.graph import CellCondition, Condition, FactNode, Graph, Ruling
from engine.graph.mdd import DiagramTooLarge, Forest, numbers
from engine.graph.order import condition_names, names_read
from engine.graph.possible import ANY, One
from engine.graph.rows_at_once import RowsAtOnce, heads_of
from engine.graph.rulings import condition_needs, condition_possible, rounded
from engine.graph.view import View

BUDGET = 2_000  # nodes that one decision's diagram may make
WORK = 1_500_000  # cells that may be looked at for all of them: some seconds
WIDEST = 150  # variables of one diagram
MANY_CHOICES = 33  # more sets of options than this, and each option becomes a variable


def diagram(graph: Graph, constants: Constants) -> Diagram | None:
    """All decisions' diagrams, or None when the goal has none: it is no choice, or it grows too large."""
    builder = Builder(graph, constants)
    builder.forest.work = WORK
    for ruling in graph.rulings.values():
        if not ruling.each:
            builder.ruling(ruling)
    for node in graph.facts.values():
        if node.when is not None and not node.list:
            builder.when(node)
    return builder.diagram()


class Builder:
    """Turns decisions into nodes; None where one has no finitely many known values.

    `budget` counts the nodes that one decision's diagram may make; `BUDGET` where none is given.
    """

    def __init__(self, graph: Graph, constants: Constants, budget: int | None = None) -> None:
        self.graph = graph
        self.constants = constants
        self.budget = BUDGET if budget is None else budget
        self.forest = Forest()
        self.axes: list[Axis] = []
        self._variables: dict[Hashable, int] = {}
        self._roots: dict[str, int | None] = {}
        self._apart: set[str] = set()  # decisions that stand for themselves in the diagram being built
        for node in graph.facts.values():  # in the author's order, so that diagrams read as the flow does
            if not node.list:
                self._declare(node)

    def diagram(self) -> Diagram | None:
        """What has been built, for use."""
        root = self._roots.get(self.graph.flow.goal)
        if root is None:
            return None
        self.forest.freeze()
        roots = {name: node for name, node in self._roots.items() if node is not None}
        return Diagram(
            self.forest,
            tuple(self.axes),
            root,
            roots,
            self._by_fact(),
            terms=self._where(lambda axis: isinstance(axis, TermAxis)),
            decisions=self._where(lambda axis: isinstance(axis, DecisionAxis)),
            guarded=self._where(lambda axis: isinstance(axis, FactAxis | OptionAxis) and axis.node.when is not None),
            asked=self._where(lambda axis: isinstance(axis, FactAxis | OptionAxis) and _is_asked(axis.node)),
            deep=self._deep(),
        )

    def _by_fact(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, axis in enumerate(self.axes):
            if isinstance(axis, FactAxis | OptionAxis):
                found[axis.node.path] = found.get(axis.node.path, 0) | 1 << number
        return found

    def _deep(self) -> dict[int, int]:
        """Per root every variable behind it, also through decisions that stand apart."""
        found: dict[int, int] = {}

        def behind(root: int) -> int:
            if root not in found:
                found[root] = bits = self.forest.support(root)
                for number in numbers(bits):
                    axis = self.axes[number]
                    if isinstance(axis, DecisionAxis):
                        found[root] |= behind(axis.root)
            return found[root]

        for node in self._roots.values():
            if node is not None:
                behind(node)
        return found

    def _where(self, holds: Callable[[Axis], bool]) -> int:
        """Bitmask of the variables whose axis is such."""
        return sum(1 << number for number, axis in enumerate(self.axes) if holds(axis))

    # -- axes

    def _declare(self, node: FactNode) -> None:
        values = all_answers(node.spec, node.domain)
        if node.spec.type is FactType.CHOICES and (values is None or len(values) > MANY_CHOICES):
            for option in node.spec.options:
                self._axis(("option", node.path, option), OptionAxis(node, option, finite_cells((True, False))))
        elif values is not None:
            self._axis(("fact", node.path), FactAxis(node, finite_cells(values)))
        elif node.spec.type in STEPS and node.domain is not ANY:
            cuts = self.constants.of_fact(node.path)
            if cuts:
                cells = ordered_cells(domain_of(node.domain, step=STEPS[node.spec.type]), cuts)
                self._axis(("fact", node.path), FactAxis(node, cells))

    def _axis(self, key: Hashable, axis: Axis) -> int:
        self._variables[key] = self.forest.variable(len(axis.cells))
        self.axes.append(axis)
        return self._variables[key]

    def _term(self, expr: t.Expr, cells: Cells) -> int:
        key = ("term", expr, cells)
        if key not in self._variables:
            self._axis(key, TermAxis(partial(_possible, expr), partial(_needs, expr), cells, free_names(expr)))
        return self._variables[key]

    def has_axis(self, name: str) -> bool:
        """Whether the raw answer to a fact is one variable."""
        return ("fact", name) in self._variables

    def whole(self, expr: t.Expr) -> int | None:
        """The variable of a fact that is asked of everybody, whatever else is answered."""
        if isinstance(expr, t.Name) and self.has_axis(expr.name) and self.graph.facts[expr.name].when is None:
            return self._variables["fact", expr.name]
        return None

    def is_finite(self, name: str) -> bool:
        """Whether each cell of the fact is one value."""
        return self.has_axis(name) and isinstance(self.axes[self._variables["fact", name]].cells, FiniteCells)

    def fact(self, name: str, value: Callable[[Any], Hashable]) -> int:
        """`value` of the fact's answer in each cell, and of its `otherwise` where `when` is not true."""
        return self._guarded(self.graph.facts[name], self._cells(self._variables["fact", name], value), value)

    def _cells(self, variable: int, value: Callable[[Any], Hashable]) -> int:
        cells = self.axes[variable].cells
        nodes = [self.forest.terminal(value(cells.representative(cell))) for cell in range(len(cells))]
        return self.forest.node(variable, nodes)

    def _guarded(self, node: FactNode, own: int, value: Callable[[Any], Hashable]) -> int:
        if node.when is None:
            return own
        return self.forest.choose(self.condition(node.when.expr), own, self.forest.terminal(value(node.otherwise)))

    def ordered(self, expr: t.Expr, value: Callable[[Any], Hashable]) -> int | None:
        """`value` of a number or date, cell by cell; None when the flow sets no constants against it."""
        if isinstance(expr, t.Name) and self.has_axis(expr.name):
            return self.fact(expr.name, value)
        cuts = self.constants.of(expr)
        return self._cells(self._term(expr, ordered_cells(domain_of(ANY), cuts)), value) if cuts else None

    # -- conditions: always a diagram of true, false and null

    def condition(self, expr: t.Expr) -> int:
        """A diagram for an expression that is true, false or null."""
        found = finite(self, expr)
        return found if found is not None else self._cells(self._term(expr, _TRUTH), lambda value: value)

    def row_condition(self, condition: Condition) -> int:
        """A diagram for one condition of a row. Raises DiagramTooLarge."""
        if not isinstance(condition, CellCondition):
            return self.condition(condition.expr)
        if isinstance(condition.test, c.Anything):
            return self.forest.terminal(True)
        found = self._cell(condition)
        if found is not None:
            return found
        key = ("cell", condition.head.expr, condition.test)
        if key not in self._variables:
            holds, needs = partial(_holds, condition), partial(_needs_cell, condition)
            self._axis(key, TermAxis(holds, needs, _TRUTH, condition_names(condition)))
        return self._cells(self._variables[key], lambda value: value)

    def _cell(self, condition: CellCondition) -> int | None:
        test, head = condition.test, condition.head.expr
        if isinstance(test, c.Compare):
            return comparison(self, test.order, head, test.right)
        if c.is_dynamic(test):
            return None
        if isinstance(head, t.Name) and self.has_options(head.name):
            return self.chosen(head.name, test)
        if isinstance(head, t.Name) and self.has_axis(head.name):
            self.forest.look_at(len(self.axes[self._variables["fact", head.name]].cells))
        value = finite(self, head)
        if value is not None:
            return self.forest.combine(lambda known: c.holds(test, thaw(known)), value)
        return self.ordered(head, lambda known: c.holds(test, known))

    def has_options(self, name: str) -> bool:
        """Whether a `choices` fact has a variable for each option."""
        node = self.graph.facts.get(name)
        return node is not None and node.spec.type is FactType.CHOICES and not self.has_axis(name)

    def chosen(self, name: str, test: c.CellTest) -> int | None:
        """`has`, `all` and `only` on a `choices` fact, option by option."""
        node, forest = self.graph.facts[name], self.forest
        if not isinstance(test, c.Has | c.All | c.Only):
            return None
        chosen = {own: self._cells(self._variables["option", name, own], bool) for own in node.spec.options}
        named = [chosen[option] for option in test.options if option in chosen]
        found = forest.terminal(isinstance(test, c.All) and len(named) == len(test.options))
        for own in named:
            if isinstance(test, c.All):
                found = forest.choose(own, found, forest.terminal(False))
            else:
                found = forest.choose(own, forest.terminal(True), found)
        for option, own in chosen.items() if isinstance(test, c.Only) else ():
            if option not in test.options:
                found = forest.choose(own, forest.terminal(False), found)
        return self._guarded(node, found, lambda otherwise: c.holds(test, otherwise))

    # -- decisions

    def reads_decision(self, name: str) -> int | None:
        """What stands for a decision in the diagram of another: its own diagram, or a variable."""
        ruling = self.graph.rulings[name]
        root = None if ruling.each else self.ruling(ruling)
        if root is None or name not in self._apart or self.forest.is_terminal(root):
            return root
        key = ("decision", name)
        if key not in self._variables:
            leaves = sorted(self.forest.leaves(root))
            cells = finite_cells([self.forest.value(leaf) for leaf in leaves])
            self._axis(key, DecisionAxis(name, root, cells, {leaf: cell for cell, leaf in enumerate(leaves)}))
        return self._cells(self._variables[key], lambda value: value)

    def ruling(self, ruling: Ruling) -> int | None:
        """The decision's diagram, or None when its values are not finitely many known ones."""
        name = ruling.name
        if name not in self._roots:
            self._roots[name] = None
            self._roots[name] = self._within_budget(names_read(ruling), lambda: self._ruling(ruling))
        return self._roots[name]

    def when(self, node: FactNode) -> None:
        """The diagram of when a fact applies, by its `when_key`."""
        assert node.when is not None
        expr = node.when.expr
        self._roots[when_key(node.path)] = self._within_budget(node.when.names, lambda: self.condition(expr))

    def _decisions(self, names: Iterable[str]) -> list[str]:
        """The decisions among names, also those behind the `when` of facts."""
        waiting, seen, found = sorted(names), set[str](), list[str]()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            node = self.graph.facts.get(name)
            if node is not None:
                waiting.extend(sorted(node.when.names) if node.when is not None else ())
            elif name in self.graph.rulings:
                found.append(name)
        return found

    def _within_budget(self, names: Iterable[str], build: Callable[[], int | None]) -> int | None:
        """First with the decisions among `names` inside; when that grows too large, with these as variables."""
        forest, read = self.forest, self._decisions(names)
        for own in read:
            self.reads_decision(own)
        for apart in ((), read) if read else ((),):
            outer, self._apart = self._apart, set(apart)
            forest.base, forest.budget = len(forest), len(forest) + self.budget
            try:
                found = build()
                if found is None or forest.support(found).bit_count() <= WIDEST:
                    return found
            except Unfreezable:
                return None
            except (DiagramTooLarge, RecursionError):
                forest.forget()
            finally:
                self._apart = outer
        return None

    def _ruling(self, ruling: Ruling) -> int | None:
        if ruling.formula is not None:
            is_condition = ruling.type is FactType.BOOLEAN
            found = self.condition(ruling.formula.expr) if is_condition else finite(self, ruling.formula.expr)
        else:
            found = self._by_rows(ruling)
        if found is None or ruling.round is None:
            return found
        return self.forest.combine(lambda value: _one(rounded(ruling.round, One(value))), found)

    def _by_rows(self, ruling: Ruling) -> int | None:
        fold = FOLDS.get(ruling.hit)
        outputs = [finite(self, row.output.expr) for row in ruling.rows]
        if fold is None or any(output is None for output in outputs):
            return None
        made = [output for output in outputs if output is not None]
        if all(self.forest.is_terminal(output) for output in made):
            heads = heads_of(self, ruling.rows)
            if heads is not None:
                values = [self.forest.value(output) for output in made]
                return RowsAtOnce(self.forest, heads, ruling.hit, fold, values, tuple(ruling.options)).diagram()
        return self._rows(ruling, fold, made)

    def _rows(self, ruling: Ruling, fold: Fold, outputs: list[int]) -> int:
        forest = self.forest
        conditions = self._conditions(ruling)
        if ruling.hit is Hit.FIRST:
            found = forest.terminal(None)
            for holds, output in zip(reversed(conditions), reversed(outputs), strict=True):
                found = forest.choose(holds, output, found)
            return found
        order = tuple(ruling.options)
        found = forest.terminal(fold.start)
        for holds, output in zip(conditions, outputs, strict=True):
            step = forest.combine(lambda so_far, value: fold.step(so_far, value, order), found, output)
            found = forest.choose(holds, step, found)
        return forest.combine(fold.end, found)

    def _conditions(self, ruling: Ruling) -> list[int]:
        """For each row whether it holds (true), the `else` of `rules` where no row above it does."""
        forest, found = self.forest, list[int]()
        for row in ruling.rows:
            if row.rest:
                both = forest.combine(_none_holds, *found) if found else forest.terminal(True)
                found.append(both)
                continue
            both = forest.terminal(True)
            for condition in row.conditions:
                both = forest.choose(both, self.row_condition(condition), forest.terminal(False))
            found.append(both)
        return found


def _is_asked(node: FactNode) -> bool:
    return any(ref.kind is SupplierKind.CITIZEN for ref in node.spec.suppliers)


_TRUTH = finite_cells((True, False, None))


def _none_holds(*above: object) -> bool:
    return not any(value is True for value in above)


def _one(value: object) -> Hashable:
    assert isinstance(value, One)
    return freeze(value.value)


def _possible(expr: t.Expr, view: View) -> Any:
    return expr_possible(expr, view)


def _needs(expr: t.Expr, view: View, into: set[str]) -> None:
    expr_needs(expr, view, into)


def _holds(condition: CellCondition, view: View) -> Any:
    return condition_possible(condition, view)


def _needs_cell(condition: CellCondition, view: View, into: set[str]) -> None:
    condition_needs(condition, view, into)

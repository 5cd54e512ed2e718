"""Compile the goal into a decision diagram over cells, so that relevance is exact for comparisons with constants.

    expression                          diagram
    literal                             terminal
    boolean or choice fact, decision    its values
    and or not if = != < in between     combined cell by cell
    number or date against constants    a variable with one cell between every two constants
    parameter of known keys             its value, cell by cell
    anything else that is true or false a variable of its own (true, false, null), found by interval reasoning

A fact with `when` contributes its answer where `when` is true and its `otherwise` elsewhere. Hit policies fold the rows
from below. Called by `engine.graph.compile`; tests: tests/engine/graph/test_decide.py (against brute force).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Any

from engine.feel import cells as c
from engine.feel import tree as t
from engine.flow.model import FactType, Hit
from engine.graph.abstract import needs, possible
from engine.graph.axes import Axis, FactAxis, OptionAxis, TermAxis
from engine.graph.cells import domain_of, finite_cells, ordered_cells
from engine.graph.constants import Constants, is_orderable
from engine.graph.exact import apply
from engine.graph.fold import FOLDS, Fold
from engine.graph.graph import CellCondition, Condition, FactNode, Graph, Ruling
from engine.graph.mdd import DiagramTooLarge, Forest
from engine.graph.possible import ANY, finite
from engine.graph.rulings import condition_needs, condition_possible
from engine.graph.view import View, domain

FINITE = frozenset({FactType.BOOLEAN, FactType.CHOICE})
ORDERED = frozenset({FactType.INTEGER, FactType.NUMBER, FactType.MONEY, FactType.YEAR, FactType.DATE})
MOST_AXES = 220
BUDGET = 30_000


@dataclass(frozen=True, slots=True, eq=False)
class Diagram:
    """The goal over cells. `root` is its node while nothing is known."""

    forest: Forest
    axes: tuple[Axis, ...]
    root: int

    def narrowed(self, view: View) -> int:
        """The node of what is left when everything known is filled in. DiagramTooLarge when memory is used up."""
        node, seen = self.root, 0
        for is_term in (False, True):
            while left := self.forest.support(node) & ~seen:
                number = self._next(left, terms=is_term)
                if number < 0:
                    break
                seen |= 1 << number
                axis = self.axes[number]
                mask = axis.mask(view)
                if mask != (1 << len(axis.cells)) - 1:
                    node = self.forest.allow(node, number, mask)
        return node

    def _next(self, left: int, *, terms: bool) -> int:
        """The lowest variable of the kind in the bitmask, -1 when there is none. Terms come last: they cost more."""
        while left:
            number = (left & -left).bit_length() - 1
            if isinstance(self.axes[number], TermAxis) == terms:
                return number
            left &= left - 1
        return -1

    def needs(self, node: int, view: View, into: set[str]) -> None:
        """Add the facts on which `node` still depends."""
        left = self.forest.support(node)
        while left:
            number = (left & -left).bit_length() - 1
            left &= left - 1
            self.axes[number].needs(view, into)


def diagram(graph: Graph, constants: Constants) -> Diagram | None:
    """The goal's diagram, or None when it is not a choice between finitely many values or grows too large."""
    builder = _Builder(graph, constants)
    try:
        root = builder.ruling(graph.goal)
    except (DiagramTooLarge, RecursionError):
        return None
    if root is None or len(builder.axes) > MOST_AXES:
        return None
    builder.forest.freeze()
    return Diagram(builder.forest, tuple(builder.axes), root)


class _Builder:
    """Turns expressions into nodes; None where an expression has no finite value."""

    def __init__(self, graph: Graph, constants: Constants) -> None:
        self.graph = graph
        self.constants = constants
        self.forest = Forest(BUDGET)
        self.axes: list[Axis] = []
        self._variables: dict[Hashable, int] = {}
        self._rulings: dict[str, int | None] = {}
        for node in graph.facts.values():  # in the author's order, so that diagrams read as the flow does
            if not node.list:
                self._declare(node)

    # -- axes

    def _declare(self, node: FactNode) -> None:
        if node.spec.type in FINITE:
            self._axis(("fact", node.path), FactAxis(node, finite_cells(finite(domain(node)) or ())))
        elif node.spec.type in ORDERED and domain(node) is not ANY:
            cuts = self.constants.of_fact(node.path)
            if cuts:
                own = domain_of(domain(node), integer=node.spec.type in (FactType.INTEGER, FactType.YEAR))
                self._axis(("fact", node.path), FactAxis(node, ordered_cells(own, cuts)))
        elif node.spec.type is FactType.CHOICES:
            for option in node.spec.options:
                self._axis(("option", node.path, option), OptionAxis(node, option, finite_cells((True, False))))

    def _axis(self, key: Hashable, axis: Axis) -> int:
        self._variables[key] = self.forest.variable(len(axis.cells))
        self.axes.append(axis)
        return self._variables[key]

    def _term(self, expr: t.Expr, cells: Any) -> int:
        key = ("term", expr, cells)
        if key not in self._variables:
            wants = partial(_expression_needs, expr)
            self._axis(key, TermAxis(partial(_expression_possible, expr), wants, cells))
        return self._variables[key]

    def _fact(self, node: FactNode, key: Hashable, value: Callable[[Any], Hashable]) -> int:
        """`value` of the fact's answer in each cell, and of its `otherwise` where `when` is not true."""
        variable = self._variables[key]
        cells = self.axes[variable].cells
        own = self.forest.node(
            variable, [self.forest.terminal(value(cells.representative(cell))) for cell in range(len(cells))]
        )
        if node.when is None:
            return own
        other = None if isinstance(self.axes[variable], OptionAxis) else node.otherwise
        return self.forest.choose(self.condition(node.when.expr), own, self.forest.terminal(value(other)))

    # -- conditions: always a diagram of true, false and null

    def condition(self, expr: t.Expr) -> int:
        """A diagram for an expression that is true, false or null."""
        found = self.finite(expr)
        if found is not None:
            return found
        variable = self._term(expr, finite_cells((True, False, None)))
        return self.forest.node(variable, [self.forest.terminal(value) for value in (True, False, None)])

    def row_condition(self, condition: Condition) -> int:
        """A diagram for one condition of a row."""
        if not isinstance(condition, CellCondition):
            return self.condition(condition.expr)
        if isinstance(condition.test, c.Anything):
            return self.forest.terminal(True)
        found = self._cell(condition)
        if found is not None:
            return found
        key = ("cell", condition.head.expr, condition.test)
        if key not in self._variables:
            axis = TermAxis(
                partial(_condition_possible, condition),
                partial(_needs_condition, condition),
                finite_cells((True, False, None)),
            )
            self._axis(key, axis)
        variable = self._variables[key]
        return self.forest.node(variable, [self.forest.terminal(value) for value in (True, False, None)])

    def _cell(self, condition: CellCondition) -> int | None:
        test, head = condition.test, condition.head.expr
        if isinstance(test, c.Compare):
            return self._comparison(test.order, head, test.right)
        if c.is_dynamic(test):
            return None
        if isinstance(head, t.Name) and self._options_of(head.name):
            return self._choices(head.name, test)
        value = self.finite(head)
        if value is not None:
            return self.forest.combine(lambda known: c.holds(test, _thaw(known)), value)
        cuts = self.constants.of(head)
        return self._ordered(head, cuts, lambda known: c.holds(test, known)) if cuts else None

    def _options_of(self, name: str) -> bool:
        node = self.graph.facts.get(name)
        return node is not None and node.spec.type is FactType.CHOICES

    def _choices(self, name: str, test: c.CellTest) -> int | None:
        """`has`, `all` and `only` on a `choices` fact, option by option."""
        node = self.graph.facts[name]
        chosen = {option: self._fact(node, ("option", name, option), bool) for option in node.spec.options}
        if not isinstance(test, (c.Has, c.All, c.Only)):
            return None
        named = [chosen[option] for option in test.options if option in chosen]
        if isinstance(test, c.Has):
            return self.forest.combine(lambda *values: any(values), *named)
        if isinstance(test, c.All):
            return self.forest.combine(lambda *values: all(values), *named)
        others = [own for option, own in chosen.items() if option not in test.options]
        some_named = self.forest.combine(lambda *values: any(values), *named)
        return self.forest.combine(lambda first, *rest: first and not any(rest), some_named, *others)

    def _ordered(self, expr: t.Expr, cuts: tuple[Any, ...], value: Callable[[Any], Hashable]) -> int:
        """`value` of a number or date, cell by cell."""
        if isinstance(expr, t.Name) and ("fact", expr.name) in self._variables:
            return self._fact(self.graph.facts[expr.name], ("fact", expr.name), value)
        cells = ordered_cells(domain_of(ANY), cuts)
        variable = self._term(expr, cells)
        return self.forest.node(
            variable, [self.forest.terminal(value(cells.representative(cell))) for cell in range(len(cells))]
        )

    # -- values

    def finite(self, expr: t.Expr) -> int | None:
        """A diagram of the expression's values, or None when they are not finitely many known ones."""
        rule = _FINITE.get(type(expr))
        return rule(self, expr) if rule else None

    def _literal(self, expr: t.Literal) -> int | None:
        return self.forest.terminal(expr.value) if isinstance(expr.value, Hashable) else None

    def _name(self, expr: t.Name) -> int | None:
        node = self.graph.facts.get(expr.name)
        if node is not None:
            if node.spec.type not in FINITE:
                return None
            return self._fact(node, ("fact", expr.name), lambda value: value)
        ruling = self.graph.rulings.get(expr.name)
        return None if ruling is None or ruling.each else self.ruling(ruling)

    def _logic(self, expr: t.Logic) -> int:
        operands = [self.condition(operand) for operand in expr.operands]
        wins = expr.op == "or"

        def kleene(*values: Any) -> bool | None:
            if any(value is wins for value in values):
                return wins
            return (not wins) if all(isinstance(value, bool) for value in values) else None

        found = operands[0]
        for operand in operands[1:]:
            found = self.forest.combine(kleene, found, operand)
        return found

    def _not(self, expr: t.Not) -> int:
        return self.forest.combine(
            lambda value: (not value) if isinstance(value, bool) else None, self.condition(expr.operand)
        )

    def _if(self, expr: t.If) -> int | None:
        then, otherwise = self.finite(expr.then), self.finite(expr.otherwise)
        if then is None or otherwise is None:
            return None
        return self.forest.choose(self.condition(expr.condition), then, otherwise)

    def _compare(self, expr: t.Comparison) -> int | None:
        return self._comparison(expr.op, expr.left, expr.right)

    def _comparison(self, operator: str, left: t.Expr, right: t.Expr) -> int | None:
        one, two = self.finite(left), self.finite(right)
        if one is not None and two is not None:
            return self.forest.combine(lambda a, b: apply(operator, _thaw(a), _thaw(b)), one, two)
        if two is not None:
            return self._against(left, two, lambda value, known: apply(operator, value, known))
        if one is not None:
            return self._against(right, one, lambda value, known: apply(operator, known, value))
        return None

    def _against(self, expr: t.Expr, known: int, test: Callable[[Any, Any], Hashable]) -> int | None:
        """A number or date compared with each of the finitely many values of `known`."""
        cuts = self.constants.of(expr)
        values = [value for value in self.forest.values(known) if value is not None]
        if not cuts or not all(is_orderable(value) and value in cuts for value in values):
            return None
        found = self.forest.terminal(None)
        for value in values:
            is_value = self.forest.combine(lambda own, value=value: own == value, known)
            found = self.forest.choose(is_value, self._ordered(expr, cuts, lambda x, v=value: test(x, v)), found)
        return found

    def _between(self, expr: t.Between) -> int:
        low, high = t.Comparison(">=", expr.value, expr.low), t.Comparison("<=", expr.value, expr.high)
        return self._logic(t.Logic("and", (low, high)))

    def _in(self, expr: t.In) -> int | None:
        parts: list[t.Expr] = []
        for test in expr.tests:
            if isinstance(test, t.Test):
                parts.append(t.Comparison(test.op, expr.value, test.operand))
            elif isinstance(test, t.RangeExpr):
                above = t.Comparison(">=" if test.low_closed else ">", expr.value, test.low)
                below = t.Comparison("<=" if test.high_closed else "<", expr.value, test.high)
                parts.append(t.Logic("and", (above, below)))
            elif isinstance(test, t.Literal):
                parts.append(t.Comparison("=", expr.value, test))
            else:
                return None
        return self._logic(t.Logic("or", tuple(parts))) if len(parts) > 1 else self.finite(parts[0])

    def _call(self, expr: t.Call) -> int | None:
        if not isinstance(expr.function, t.Name):
            return None
        if expr.function.name in _CHOSEN:
            return self._chosen(expr)
        table = self.graph.parameters.get(expr.function.name)
        if table is None:
            return None
        keys = [self._key(argument) for argument in expr.arguments]
        present = [key for key in keys if key is not None]
        if len(present) < len(keys):
            return None
        return self.forest.combine(lambda *known: _freeze(table.look_up(*known)), *present)

    def _key(self, expr: t.Expr) -> int | None:
        found = self.finite(expr)
        if found is not None:
            return found
        cuts = self.constants.of(expr)
        return self._ordered(expr, cuts, lambda value: value) if cuts else None

    def _chosen(self, expr: t.Call) -> int | None:
        """`has any(income, ["wage"])` and its sisters on a `choices` fact."""
        name, options = (expr.arguments[0], expr.arguments[1]) if len(expr.arguments) == 2 else (None, None)
        if not isinstance(name, t.Name) or not self._options_of(name.name) or not isinstance(options, t.ListExpr):
            return None
        named = tuple(
            item.value for item in options.items if isinstance(item, t.Literal) and isinstance(item.value, str)
        )
        if not isinstance(expr.function, t.Name) or len(named) != len(options.items):
            return None
        return self._choices(name.name, _CHOSEN[expr.function.name](named))

    def _path(self, expr: t.Path) -> int | None:
        base = self.finite(expr.base) if isinstance(expr.base, t.Call) else None
        if base is None:
            return None
        return self.forest.combine(
            lambda known: dict(known).get(expr.name) if isinstance(known, _Frozen) else None, base
        )

    # -- decisions

    def ruling(self, ruling: Ruling) -> int | None:
        """The decision's diagram, or None when its values are not finitely many known ones."""
        if ruling.name not in self._rulings:
            self._rulings[ruling.name] = None
            self._rulings[ruling.name] = self._ruling(ruling)
        return self._rulings[ruling.name]

    def _ruling(self, ruling: Ruling) -> int | None:
        if ruling.round is not None or ruling.type is FactType.CHOICES:
            return None
        if ruling.formula is not None:
            is_condition = ruling.type is FactType.BOOLEAN
            return self.condition(ruling.formula.expr) if is_condition else self.finite(ruling.formula.expr)
        fold = FOLDS.get(ruling.hit)
        outputs = [self.finite(row.output.expr) for row in ruling.rows]
        if fold is None or any(output is None for output in outputs):
            return None
        return self._rows(ruling, fold, [output for output in outputs if output is not None])

    def _rows(self, ruling: Ruling, fold: Fold, outputs: list[int]) -> int:
        conditions = []
        for row in ruling.rows:
            both = self.forest.terminal(True)
            for condition in row.conditions:
                both = self.forest.choose(both, self.row_condition(condition), self.forest.terminal(False))
            conditions.append(both)
        if ruling.hit is Hit.FIRST or (ruling.hit is Hit.UNIQUE and ruling.disjoint):
            found = self.forest.terminal(None)
            for holds, output in zip(reversed(conditions), reversed(outputs), strict=True):
                found = self.forest.choose(holds, output, found)
            return found
        order = tuple(ruling.options)
        found = self.forest.terminal(fold.start)
        for holds, output in zip(conditions, outputs, strict=True):
            step = self.forest.combine(lambda so_far, value: fold.step(so_far, value, order), found, output)
            found = self.forest.choose(holds, step, found)
        return self.forest.combine(fold.end, found)


class _Frozen(tuple[Any, ...]):
    """A context as a hashable value."""

    __slots__ = ()


def _freeze(value: dict[str, Any] | None) -> Hashable:
    return None if value is None else _Frozen(value.items())


def _thaw(value: Any) -> Any:
    return dict(value) if isinstance(value, _Frozen) else value


def _expression_possible(expr: t.Expr, view: View) -> Any:
    return possible(expr, view)


def _expression_needs(expr: t.Expr, view: View, into: set[str]) -> None:
    needs(expr, view, into)


def _condition_possible(condition: CellCondition, view: View) -> Any:
    return condition_possible(condition, view)


def _needs_condition(condition: CellCondition, view: View, into: set[str]) -> None:
    condition_needs(condition, view, into)


_CHOSEN: dict[str, Callable[[tuple[str, ...]], c.CellTest]] = {"has any": c.Has, "has all": c.All, "has only": c.Only}

_FINITE: dict[type, Callable[[_Builder, Any], int | None]] = {
    t.Literal: _Builder._literal,
    t.Name: _Builder._name,
    t.Logic: _Builder._logic,
    t.Not: _Builder._not,
    t.If: _Builder._if,
    t.Comparison: _Builder._compare,
    t.Between: _Builder._between,
    t.In: _Builder._in,
    t.Call: _Builder._call,
    t.Path: _Builder._path,
}

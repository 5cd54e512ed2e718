"""The diagram of an expression's values, kind by kind of expression.

`finite(builder, expr)` gives a node, or None when the expression has no finitely many known values. Operators are
FEEL's own (`engine.graph.exact`), applied cell by cell; an expression without a rule here is run on every combination
of the values of its names. Raises DiagramTooLarge. Called by `engine.graph.decide`, whose builder it works on; tests:
tests/engine/graph/test_exactness.py.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from engine.feel import cells as c
from engine.feel import tree as t
from engine.feel.desugar import between, membership
from engine.feel.evaluator import BudgetExceeded, Run, compile_expression
from engine.feel.names import free_names
from engine.feel.unknown import UNKNOWN
from engine.graph.constants import is_orderable
from engine.graph.exact import apply, call, member
from engine.graph.frozen import Unfreezable, freeze, thaw

if TYPE_CHECKING:
    from engine.graph.decide import Builder

_MINUS_ONE = Decimal(-1)
MOST_NAMES = 6  # an expression without a rule is run on every combination of so many names at most
MOST_STEPS = 300_000  # all these runs together take so many steps at most
MOST_VALUES = 512  # and a calculation gives up when it can have more values than this

E = TypeVar("E", bound=t.Expr)
Rule: TypeAlias = "Callable[[Builder, Any], int | None]"
_RULES: dict[type[t.Expr], Rule] = {}
_CHOSEN: dict[str, Callable[[tuple[str, ...]], c.CellTest]] = {"has any": c.Has, "has all": c.All, "has only": c.Only}


def _rule(kind: type[E]) -> Callable[[Callable[[Builder, E], int | None]], Callable[[Builder, E], int | None]]:
    """Declares how a kind of expression becomes a diagram."""

    def declare(body: Callable[[Builder, E], int | None]) -> Callable[[Builder, E], int | None]:
        _RULES[kind] = body
        return body

    return declare


def finite(builder: Builder, expr: t.Expr) -> int | None:
    """A diagram of the expression's values, or None when they are not finitely many known ones."""
    rule = _RULES.get(type(expr))
    found = rule(builder, expr) if rule else None
    return found if found is not None or isinstance(expr, t.Name) else _enumerated(builder, expr)


def _enumerated(builder: Builder, expr: t.Expr) -> int | None:
    """The expression's own program on every combination of what its names can be."""
    names = sorted(free_names(expr))
    if isinstance(expr, t.FunctionDef):
        return None
    if len(names) > MOST_NAMES or _calls_the_flow(builder, expr):
        return None
    nodes: list[int] = []
    for name in names:
        node = _name(builder, t.Name(name))
        if node is None:
            return None
        nodes.append(node)
    program, run = compile_expression(expr), Run(MOST_STEPS)

    def given(*values: object) -> Hashable:
        found = program({name: thaw(value) for name, value in zip(names, values, strict=True)}, run)
        if found is UNKNOWN:
            raise Unfreezable
        return freeze(found)

    try:
        return builder.forest.combine(given, *nodes) if nodes else builder.forest.terminal(given())
    except (Unfreezable, BudgetExceeded):
        return None


def _calls_the_flow(builder: Builder, expr: t.Expr) -> bool:
    graph = builder.graph
    return any(
        isinstance(node, t.Name) and (node.name in graph.parameters or node.name in graph.functions)
        for node in t.walk(expr)
    )


@_rule(t.Literal)
def _literal(builder: Builder, expr: t.Literal) -> int | None:
    return builder.forest.terminal(freeze(expr.value))


@_rule(t.Name)
def _name(builder: Builder, expr: t.Name) -> int | None:
    node = builder.graph.facts.get(expr.name)
    if node is not None:
        return builder.fact(expr.name, freeze) if builder.is_finite(expr.name) else None
    return builder.reads_decision(expr.name) if expr.name in builder.graph.rulings else None


@_rule(t.Logic)
def _logic(builder: Builder, expr: t.Logic) -> int | None:
    wins = expr.op == "or"

    def kleene(*values: Any) -> bool | None:
        if any(value is wins for value in values):
            return wins
        return (not wins) if all(isinstance(value, bool) for value in values) else None

    operands = [builder.condition(operand) for operand in expr.operands]
    found = operands[0]
    for operand in operands[1:]:
        found = builder.forest.combine(kleene, found, operand)
    return found


@_rule(t.Not)
def _not(builder: Builder, expr: t.Not) -> int | None:
    operand = builder.condition(expr.operand)
    return builder.forest.combine(lambda value: (not value) if isinstance(value, bool) else None, operand)


@_rule(t.If)
def _if(builder: Builder, expr: t.If) -> int | None:
    then, otherwise = finite(builder, expr.then), finite(builder, expr.otherwise)
    if then is None or otherwise is None:
        return None
    return builder.forest.choose(builder.condition(expr.condition), then, otherwise)


@_rule(t.Arithmetic)
def _arithmetic(builder: Builder, expr: t.Arithmetic) -> int | None:
    left, right = finite(builder, expr.left), finite(builder, expr.right)
    if left is None or right is None:
        return None
    return _computed(builder, lambda a, b: apply(expr.op, a, b), left, right)


@_rule(t.Negate)
def _negate(builder: Builder, expr: t.Negate) -> int | None:
    operand = finite(builder, expr.operand)
    return None if operand is None else _computed(builder, lambda a: apply("*", a, _MINUS_ONE), operand)


def _computed(builder: Builder, exact: Callable[..., Any], *operands: int) -> int | None:
    """Exact values, as long as there are not too many."""
    forest = builder.forest
    if any(len(forest.leaves(operand)) > MOST_VALUES for operand in operands):
        return None
    try:
        return forest.combine(lambda *values: freeze(exact(*(thaw(value) for value in values))), *operands)
    except (Unfreezable, BudgetExceeded):
        return None


@_rule(t.Comparison)
def _compare(builder: Builder, expr: t.Comparison) -> int | None:
    return comparison(builder, expr.op, expr.left, expr.right)


def comparison(builder: Builder, sign: str, left: t.Expr, right: t.Expr) -> int | None:
    """`left sign right`: of two finite sides, or of a number or date against finitely many constants."""
    one, two = finite(builder, left), finite(builder, right)
    if one is not None and two is not None:
        return builder.forest.combine(lambda a, b: freeze(apply(sign, thaw(a), thaw(b))), one, two)
    if two is not None:
        return _against(builder, left, two, lambda value, known: apply(sign, value, known))
    if one is not None:
        return _against(builder, right, one, lambda value, known: apply(sign, known, value))
    return None


def _against(builder: Builder, expr: t.Expr, known: int, test: Callable[[Any, Any], Any]) -> int | None:
    """A number or date compared with each of the finitely many values of `known`."""
    cuts = builder.constants.of(expr)
    values = builder.forest.values(known)
    if not cuts or not all(value is None or (is_orderable(value) and value in cuts) for value in values):
        return None
    found: int | None = None
    for value in values:
        own = builder.ordered(expr, partial(_flipped, test, value))
        is_value = builder.forest.combine(partial(operator.eq, value), known)
        if own is None:
            return None
        found = own if found is None else builder.forest.choose(is_value, own, found)
    return found


def _flipped(test: Callable[[Any, Any], Any], known: object, value: object) -> Any:
    return test(value, known)


@_rule(t.Between)
def _between(builder: Builder, expr: t.Between) -> int | None:
    return _logic(builder, between(expr))


@_rule(t.In)
def _in(builder: Builder, expr: t.In) -> int | None:
    """Only what compares a number or date; anything finite is run as it stands."""
    if finite(builder, expr.value) is not None:
        return None
    parts: list[t.Expr] = []
    for test in expr.tests:
        part = membership(expr.value, test)
        if part is None:
            return None
        parts.append(part)
    return _logic(builder, t.Logic("or", tuple(parts))) if len(parts) > 1 else finite(builder, parts[0])


@_rule(t.Call)
def _call(builder: Builder, expr: t.Call) -> int | None:
    if not isinstance(expr.function, t.Name):
        return None
    name = expr.function.name
    if name in _CHOSEN:
        return _of_choices(builder, expr, name)
    table = builder.graph.parameters.get(name)
    if table is None:
        return _built_in(builder, expr, name)
    keys = [_key(builder, argument) for argument in expr.arguments]
    present = [key for key in keys if key is not None]
    if len(present) < len(keys) or not keys:
        return None
    return builder.forest.combine(lambda *known: freeze(table.look_up(*(thaw(key) for key in known))), *present)


def _built_in(builder: Builder, expr: t.Call, name: str) -> int | None:
    if name in builder.graph.functions or not expr.arguments:
        return None
    arguments = [finite(builder, argument) for argument in expr.arguments]
    present = [argument for argument in arguments if argument is not None]
    if len(present) < len(arguments):
        return None
    return _computed(builder, lambda *values: call(name, values, expr.names), *present)


def _key(builder: Builder, expr: t.Expr) -> int | None:
    found = finite(builder, expr)
    return found if found is not None else builder.ordered(expr, lambda value: value)


def _of_choices(builder: Builder, expr: t.Call, name: str) -> int | None:
    """`has any(income, ["wage"])` and its sisters on a `choices` fact that has a variable for each option."""
    fact, options = (expr.arguments[0], expr.arguments[1]) if len(expr.arguments) == 2 else (None, None)
    if not isinstance(fact, t.Name) or not builder.has_options(fact.name) or not isinstance(options, t.ListExpr):
        return None
    named = tuple(item.value for item in options.items if isinstance(item, t.Literal) and isinstance(item.value, str))
    return builder.chosen(fact.name, _CHOSEN[name](named)) if len(named) == len(options.items) else None


@_rule(t.Path)
def _path(builder: Builder, expr: t.Path) -> int | None:
    base = finite(builder, expr.base) if isinstance(expr.base, t.Call) else None
    if base is None:
        return None

    return builder.forest.combine(lambda known: freeze(member(thaw(known), expr.name)), base)

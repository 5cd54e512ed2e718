"""A left cell as a FEEL expression about its head: `has a, b` on `kinds` becomes `has any(kinds, ["a", "b"])`.

The expression is true exactly when the cell matches, for null, UNSURE and UNKNOWN too. Used for cells that compare with
an expression (`Table.extra`), for DMN export and for explanations. Called by `engine.feel.table_run`, graph and dmn.
"""

from __future__ import annotations

from decimal import Decimal

from engine.feel import tree
from engine.feel.cells import All, AnyOf, Anything, CellTest, Compare, Has, Interval, Not, OneOf, Only, names_unsure
from engine.feel.tree import Expr
from engine.feel.unsure import UNSURE

TRUE = tree.Literal(True, tree.Kind.BOOLEAN)
_CALLS = {Has: "has any", All: "has all", Only: "has only"}


def as_expression(head: Expr, test: CellTest, unsure: bool = False) -> Expr:
    """The condition "this cell matches"; `unsure` says that the head can be UNSURE."""
    found = _condition(head, test)
    if not unsure or isinstance(test, Anything) or names_unsure(test):
        return found
    return tree.Logic("and", (tree.Comparison("!=", head, constant(UNSURE)), found))


def constant(value: object) -> Expr:
    """The literal of a value that can stand in a cell."""
    kinds: tuple[tuple[type, tree.Kind], ...] = (
        (bool, tree.Kind.BOOLEAN),
        (Decimal, tree.Kind.NUMBER),
        (str, tree.Kind.STRING),
        (type(UNSURE), tree.Kind.UNSURE),
        (type(None), tree.Kind.NULL),
    )
    found = next((kind for own, kind in kinds if isinstance(value, own)), tree.Kind.TEMPORAL)
    return tree.Literal(value, found)


def _condition(head: Expr, test: CellTest) -> Expr:
    if isinstance(test, Anything):
        return TRUE
    if isinstance(test, OneOf):
        return _joined("or", [tree.Comparison("=", head, constant(value)) for value in test.values])
    if isinstance(test, Interval):
        return _interval(head, test)
    if isinstance(test, Compare):
        assert isinstance(test.right, Expr)
        return tree.Comparison(test.order, head, test.right)
    if isinstance(test, Not):
        return tree.Not(_condition(head, test.test))
    if isinstance(test, AnyOf):
        return _joined("or", [_condition(head, each) for each in test.tests])
    options = tree.ListExpr(tuple(constant(option) for option in test.options))
    return tree.Call(tree.Name(_CALLS[type(test)]), (head, options))


def _interval(head: Expr, test: Interval) -> Expr:
    parts: list[Expr] = []
    if test.low is not None:
        parts.append(tree.Comparison(">=" if test.low_closed else ">", head, constant(test.low)))
    if test.high is not None:
        parts.append(tree.Comparison("<=" if test.high_closed else "<", head, constant(test.high)))
    return _joined("and", parts) if parts else tree.Comparison("<=", head, head)


def _joined(op: str, parts: list[Expr]) -> Expr:
    return parts[0] if len(parts) == 1 else tree.Logic(op, tuple(parts))

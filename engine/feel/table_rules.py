"""Sparse rules as rows of a table: a condition taken apart into heads and what is asked of each.

    omtrek < 31 and not(beschermd) and werk in ("snoeien", "verplanten")

        omtrek      < 31
        beschermd   no                       a boolean expression is a head of its own
        werk        snoeien, verplanten

Comparisons with constants become pure tests, so that rules which look at different things can be analysed like a table;
comparisons with expressions become `Compare`; anything else that is true or false is a boolean head. The parts
together mean exactly the condition: true where all hold. Called by `engine.graph`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.feel import tree
from engine.feel.cells import All, AnyOf, Anything, CellTest, Compare, Has, Interval, Not, OneOf, Only, Order
from engine.feel.tree import Expr
from engine.feel.unsure import UNSURE

_MIRRORED: Mapping[str, Order] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_ORDERS: Mapping[str, Order] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "=", "!=": "!="}
_CHOSEN: Mapping[str, type[Has] | type[All] | type[Only]] = {"has any": Has, "has all": All, "has only": Only}
_TRUE = OneOf((True,))


@dataclass(frozen=True, slots=True)
class Part:
    """One head and what is asked of it."""

    head: Expr
    test: CellTest


def taken_apart(condition: Expr) -> list[Part]:
    """The parts of a condition; each head occurs once."""
    found: dict[Expr, list[CellTest]] = {}
    for part in _conjuncts(condition):
        found.setdefault(part.head, []).append(part.test)
    return [Part(head, _all(tests)) for head, tests in found.items()]


def as_columns(rows: Sequence[Iterable[Part]]) -> tuple[list[Expr], list[list[CellTest]]]:
    """The heads of all rows in order of appearance, and for each row its cells; `-` where it does not look."""
    heads: dict[Expr, int] = {}
    taken = [list(row) for row in rows]
    for row in taken:
        for part in row:
            heads.setdefault(part.head, len(heads))
    cells: list[list[CellTest]] = []
    for row in taken:
        line: list[CellTest] = [Anything()] * len(heads)
        for part in row:
            line[heads[part.head]] = part.test
        cells.append(line)
    return list(heads), cells


def _all(tests: list[CellTest]) -> CellTest:
    """All of the tests, by De Morgan: cells know `any` and `not` only."""
    return tests[0] if len(tests) == 1 else Not(AnyOf(tuple(Not(test) for test in tests)))


def _conjuncts(expr: Expr) -> list[Part]:
    if isinstance(expr, tree.Logic) and expr.op == "and":
        return [part for operand in expr.operands for part in _conjuncts(operand)]
    return [_part(expr)]


def _part(expr: Expr) -> Part:
    """One head with one test; a boolean head of its own where nothing better is seen."""
    if isinstance(expr, tree.Not):
        inner = _part(expr.operand)
        return Part(inner.head, OneOf((False,)) if inner.test == _TRUE else Not(inner.test))
    if isinstance(expr, tree.Logic):
        parts = [_part(operand) for operand in expr.operands]
        if expr.op == "or" and all(part.head == parts[0].head for part in parts):
            return Part(parts[0].head, AnyOf(tuple(part.test for part in parts)))
    if isinstance(expr, tree.Comparison):
        return _comparison(expr)
    return _membership(expr) or Part(expr, _TRUE)


def _comparison(expr: tree.Comparison) -> Part:
    if _is_constant(expr.left) and not _is_constant(expr.right):
        return Part(expr.right, _against(_MIRRORED[expr.op], expr.left))
    return Part(expr.left, _against(_ORDERS[expr.op], expr.right))


def _against(order: Order, right: Expr) -> CellTest:
    if not _is_constant(right):
        return Compare(order, right)
    value = _value(right)
    if order in ("=", "!="):
        return OneOf((value,)) if order == "=" else Not(OneOf((value,)))
    if value is None or value is UNSURE:
        return Compare(order, right)
    closed = order in ("<=", ">=")
    return Interval(None, value, False, closed) if order[0] == "<" else Interval(value, None, closed, False)


def _membership(expr: Expr) -> Part | None:
    match expr:
        case tree.Between(value, low, high) if _is_constant(low) and _is_constant(high):
            return Part(value, Interval(_value(low), _value(high)))
        case tree.In(value, tests):
            found = [_member(test) for test in tests]
            plain = [test for test in found if test is not None]
            return Part(value, AnyOf(tuple(plain))) if len(plain) == len(found) else None
        case tree.Call(tree.Name(name), (head, tree.ListExpr(items))) if name in _CHOSEN:
            options = [item.value for item in items if isinstance(item, tree.Literal) and isinstance(item.value, str)]
            return Part(head, _CHOSEN[name](tuple(options))) if len(options) == len(items) else None
    return None


def _member(test: Expr) -> CellTest | None:
    match test:
        case tree.Test(op, operand) if _is_constant(operand):
            return _against(_ORDERS[op], operand)
        case tree.RangeExpr(low, high, low_closed, high_closed) if _is_constant(low) and _is_constant(high):
            return Interval(_value(low), _value(high), low_closed, high_closed)
        case tree.ListExpr(items) if all(_is_constant(item) for item in items):
            return OneOf(tuple(_value(item) for item in items))
    return OneOf((_value(test),)) if _is_constant(test) else None


def _is_constant(expr: Expr) -> bool:
    return isinstance(expr, tree.Literal)


def _value(expr: Expr) -> object:
    assert isinstance(expr, tree.Literal)
    return expr.value

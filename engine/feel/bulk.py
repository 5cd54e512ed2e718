"""The bulk path: tables and expressions as plain Python functions, for simulation over many cases.

    decide = bulk_table(table, names)         row -> value, with row a mapping of facts by name
    value = bulk_expression(expr, names)      row -> value

`names` are the types of the facts in heads, comparisons and conclusions that are expressions. Both give exactly what
`TableProgram` and `Program` give (a property test holds them to it): a function is made for the common case that
every fact read is known and of its type, and whatever else turns up (UNKNOWN, null where there is an order, a
missing fact, a division by zero) goes the ordinary way. An expression outside the subset keeps its closures.

A table becomes one expression: the AND of one mask for each column, whose lowest bit picks the answer. A mask is
found by a few nested comparisons where bounds are few, by look-up where values are words or whole numbers, and by
binary search beyond that. Code is made of `ast` nodes (`engine.feel.bulk_code`); nothing of a flow's text is in it.
Called by `engine.harness`.
"""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.feel.bulk_code import Code, call, compare
from engine.feel.bulk_expr import FAILURES, BulkExpressions, Unsupported
from engine.feel.cells import ColumnType
from engine.feel.evaluator import compile_expression
from engine.feel.table import Table
from engine.feel.table_masks import Column
from engine.feel.table_model import Computed
from engine.feel.table_run import TableProgram, head_expressions
from engine.feel.tree import Expr, Name
from engine.feel.unknown import UNKNOWN

Row = Mapping[str, object]
Bulk = Callable[[Row], object]

MOST_NESTED = 15
"""Bounds up to which nested comparisons beat a binary search."""


def bulk_expression(expr: Expr, names: Mapping[str, ColumnType]) -> Bulk:
    """The expression as a function of a row of facts."""
    slow = compile_expression(expr, names.keys())
    code = Code()
    into = BulkExpressions(code, names, lambda: _slow_call(code, slow))
    try:
        found = into.typed(expr)
    except Unsupported:
        return slow
    code.body.append(ast.Return(found.node))
    return code.function(_slow_call(code, slow), FAILURES)


def bulk_table(table: Table, names: Mapping[str, ColumnType] | None = None) -> Bulk:
    """The table as a function of a row of facts; a head without an expression is a fact of that name."""
    slow = TableProgram(table)
    code = Code()
    into = BulkExpressions(code, names or {}, lambda: _slow_call(code, slow))
    parts: list[ast.expr] = []
    for head, column in zip(head_expressions(table), table.columns, strict=True):
        if table.all & ~column.always:
            parts.append(_mask(code, column, _value(into, head)))
    may: ast.expr = parts[0] if parts else code.constant(table.all)
    for part in parts[1:]:
        may = ast.BinOp(may, ast.BitAnd(), part)
    code.body.append(ast.Return(_answer(code, table, names or {}, may)))
    return code.function(_slow_call(code, slow), FAILURES)


def _slow_call(code: Code, slow: Callable[[Any], object]) -> ast.expr:
    return call(code.constant(slow), ast.Name("row", ast.Load()))


def _value(into: BulkExpressions, head: Expr) -> ast.expr:
    """The column's value: a fact as it is, a typed expression as code, any other by its closures."""
    if isinstance(head, Name):
        return into.code.read(head.name)
    try:
        return into.typed(head).node
    except Unsupported:
        return _slow_call(into.code, compile_expression(head))


def _mask(code: Code, column: Column, value: ast.expr) -> ast.expr:
    if column.find in (bisect_left, bisect_right) and 0 < len(column.index) <= MOST_NESTED:
        op = "<" if column.find is bisect_right else "<="
        return _nested(code, code.local(value), op, column.index, column.masks)
    if column.is_plain and column.find is None:
        return ast.Subscript(code.constant(column.listed), value, ast.Load())
    if column.is_plain:
        place = call(code.constant(column.find), code.constant(column.index), value)
        return ast.Subscript(code.constant(column.masks), place, ast.Load())
    return call(code.constant(_known_mask(column)), value)


def _known_mask(column: Column) -> Callable[[object], int]:
    """The column's mask for any known value; TypeError for UNKNOWN, which ends the fast path."""
    from_value = column.mask

    def mask(value: object) -> int:
        if value is UNKNOWN:
            raise TypeError
        return from_value(value)

    return mask


def _nested(
    code: Code, value: Callable[[], ast.expr], op: str, bounds: Sequence[object], masks: Sequence[int]
) -> ast.expr:
    """`mask if value < bound else ...`, balanced; there is one mask more than there are bounds."""
    if not bounds:
        return code.constant(masks[0])
    middle = len(bounds) // 2
    return ast.IfExp(
        compare(value(), op, code.constant(bounds[middle])),
        _nested(code, value, op, bounds[:middle], masks[: middle + 1]),
        _nested(code, value, op, bounds[middle + 1 :], masks[middle + 1 :]),
    )


def _answer(code: Code, table: Table, names: Mapping[str, ColumnType], may: ast.expr) -> ast.expr:
    """The value from the mask of the matching rules."""
    if table.answers is not None:
        return ast.Subscript(code.constant(table.answers), may, ast.Load())
    return call(code.constant(_concluding(table, names)), may, ast.Name("row", ast.Load()))


def _concluding(table: Table, names: Mapping[str, ColumnType]) -> Callable[[int, Row], object]:
    computed = _computed(table, names)
    return lambda may, row: table.value_of(table.hits.outcome(may), lambda expr: computed[expr](row))


def _computed(table: Table, names: Mapping[str, ColumnType]) -> dict[Expr, Bulk]:
    """The conclusions that are expressions, each as a function of the row."""
    conclusions = [each for rule in table.model.rules for each in rule.conclusions] + [*(table.model.default or ())]
    return {each.expr: bulk_expression(each.expr, names) for each in conclusions if isinstance(each, Computed)}

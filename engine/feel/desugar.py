"""`between` and the tests of `in`, written as the comparisons that they are (DMN 1.5, section 10.3.2.12 and table 57).

Called by `engine.graph.decide_values` and `engine.harness.symbols_expr`; tests: tests/engine/feel/test_desugar.py.
"""

from __future__ import annotations

from engine.feel import tree as t


def between(expr: t.Between) -> t.Logic:
    """`x between a and b` as `x >= a and x <= b`."""
    low, high = t.Comparison(">=", expr.value, expr.low), t.Comparison("<=", expr.value, expr.high)
    return t.Logic("and", (low, high))


def membership(value: t.Expr, test: t.Expr) -> t.Expr | None:
    """One test of `value in (...)` as a comparison of `value`; None for a test that is none of a constant or range."""
    if isinstance(test, t.Test):
        return t.Comparison(test.op, value, test.operand)
    if isinstance(test, t.RangeExpr):
        above = t.Comparison(">=" if test.low_closed else ">", value, test.low)
        below = t.Comparison("<=" if test.high_closed else "<", value, test.high)
        return t.Logic("and", (above, below))
    return t.Comparison("=", value, test) if isinstance(test, t.Literal) else None

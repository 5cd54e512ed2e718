"""`between` and `in` mean the comparisons that they are written as."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import tree as t
from engine.feel.desugar import between, membership
from engine.feel.evaluator import compile_expression
from engine.feel.parser import parse
from engine.feel.unknown import UNKNOWN

VALUES = (*(Decimal(number) for number in range(7)), Decimal("2.5"), None, UNKNOWN)


def told(expr: t.Expr, value: object) -> object:
    """What an expression over `x` gives."""
    return compile_expression(expr, {"x"})({"x": value})


@pytest.mark.parametrize("value", VALUES)
def test_between_is_two_comparisons(value: object):
    """For every number, null and UNKNOWN."""
    expr = parse("x between 2 and 5", {"x"})
    assert isinstance(expr, t.Between)
    assert told(between(expr), value) == told(expr, value)


@pytest.mark.parametrize("test", ["< 3", "> 3", "[2..5]", "(2..5)", "]2..5[", "[2..5)", "3"])
@pytest.mark.parametrize("value", VALUES)
def test_a_test_is_a_comparison(test: str, value: object):
    """Each kind of test, open and closed ends; numbers, null and UNKNOWN."""
    expr = parse(f"x in ({test})", {"x"})
    assert isinstance(expr, t.In)
    part = membership(expr.value, expr.tests[0])
    assert part is not None
    assert told(part, value) == told(expr, value)


def test_what_is_no_constant_or_range_is_none():
    """A list and a calculation are left to whoever asks."""
    for test in ("[1, 2]", "x + 1"):
        expr = parse(f"x in ({test})", {"x"})
        assert isinstance(expr, t.In)
        assert membership(expr.value, expr.tests[0]) is None

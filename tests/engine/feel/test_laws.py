"""Laws that hold of every expression: Kleene's tables, monotonicity, and that nothing ever raises."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from engine.feel.evaluator import BudgetExceeded, Run, compile_expression
from engine.feel.parser import FeelSyntaxError, Profile, parse
from engine.feel.unknown import UNKNOWN
from engine.feel.values import OpenList
from tests.engine.feel.evaluating import evaluate, evaluate_in, small
from tests.engine.feel.generated import agrees, expressions, scope_and_completion, unknowns

truths = st.sampled_from([True, False, None, UNKNOWN])
Scopes = tuple[dict[str, object], dict[str, object]]


@given(truths, truths, truths)
def test_and_or_are_commutative_and_associative(p: object, q: object, r: object) -> None:
    """The order of operands never matters to the outcome."""
    assert evaluate("p and q", p=p, q=q) is evaluate("q and p", p=p, q=q)
    assert evaluate("p or q", p=p, q=q) is evaluate("q or p", p=p, q=q)
    assert evaluate("(p and q) and r", p=p, q=q, r=r) is evaluate("p and (q and r)", p=p, q=q, r=r)


@given(truths, truths)
def test_de_morgan(p: object, q: object) -> None:
    """not(p and q) is not(p) or not(q)."""
    assert evaluate("not(p and q)", p=p, q=q) is evaluate("not(p) or not(q)", p=p, q=q)


@given(truths)
def test_double_negation(p: object) -> None:
    """not(not(p)) is p."""
    assert evaluate("not(not(p))", p=p) is p


@given(st.lists(truths, max_size=5))
def test_quantifiers_are_conjunctions(items: list[object]) -> None:
    """`every` is `all`, `some` is `any`, and each is the other's denial."""
    assert evaluate("every i in xs satisfies i", xs=items) is evaluate("all(xs)", xs=items)
    assert evaluate("some i in xs satisfies i", xs=items) is evaluate("any(xs)", xs=items)
    assert evaluate("every i in xs satisfies i", xs=items) is evaluate("not(some i in xs satisfies not(i))", xs=items)


@given(small, small, small)
def test_exact_decimals(a: Decimal, b: Decimal, c: Decimal) -> None:
    """Small sums are exact: addition associates and multiplication distributes."""
    assert evaluate("(a + b) + c = a + (b + c)", a=a, b=b, c=c) is True
    assert evaluate("a * (b + c) = a * b + a * c", a=a, b=b, c=c) is True


def _value(text: str, scope: dict[str, object]) -> object:
    """The value within a small budget; skips the example when it takes more, or is no FEEL."""
    try:
        return compile_expression(parse(text, scope, profile=Profile.FLOW))(scope, Run(steps=3000, size=100_000))
    except (BudgetExceeded, FeelSyntaxError):
        assume(False)
    raise AssertionError


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(expressions, scope_and_completion())
@example("a[a = 1]", ({"a": [UNKNOWN]}, {"a": [{"a": Decimal(1)}]}))
@example("count(for i in xs return i)", ({"xs": OpenList([])}, {"xs": [Decimal(1)]}))
@example("a in []", ({"a": UNKNOWN}, {"a": []}))
@example("string([{x: a}..null])", ({"a": UNKNOWN}, {"a": None}))
@example("not(xs)", ({"xs": OpenList([])}, {"xs": [False]}))
@example("not(xs)", ({"xs": OpenList([False])}, {"xs": [False, False]}))
@example("(function(a: number) a)(xs)", ({"xs": OpenList([])}, {"xs": [Decimal(1)]}))
@example("[][a]", ({"a": UNKNOWN}, {"a": Decimal(1)}))
@example("has all([], xs)", ({"xs": OpenList([])}, {"xs": [Decimal(1)]}))
def test_monotonicity(text: str, scopes: Scopes) -> None:
    """Whatever is known while facts are missing stays so, whatever the missing facts turn out to be."""
    partial, full = scopes
    assert agrees(_value(text, partial), _value(text, full))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(expressions, st.dictionaries(st.sampled_from(["a", "b", "c", "xs"]), unknowns))
def test_evaluation_never_raises(text: str, scope: dict[str, object]) -> None:
    """On any scope, an expression gives a value or runs out of budget, and nothing else happens."""
    expr = parse(text, ("a", "b", "c", "xs"), profile=Profile.FLOW)
    run = Run(steps=3000, size=100_000)
    with suppress(BudgetExceeded):
        compile_expression(expr)(scope, run)
    assert all(0 <= note.start <= note.end <= len(text) for note in run.diagnostics)


@pytest.mark.parametrize("steps", [10, 100, 1000])
def test_the_step_budget_bounds_the_work(steps: int) -> None:
    """A loop takes as many steps as turns, and one more than the budget is refused."""
    assert evaluate_in(f"count(for i in 1..{steps} return i)", {}) == Decimal(steps)
    with pytest.raises(BudgetExceeded):
        evaluate(f"count(for i in 1..{steps} return i)", Run(steps=steps - 1))

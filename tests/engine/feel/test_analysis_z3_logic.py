"""Connectives that leave constants out mean what z3's own mean."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

z3 = pytest.importorskip("z3", reason="needs the extra `verify`")

from engine.feel.analysis_z3_logic import logic  # noqa: E402

NAMES = ("a", "b", "c")
FORMULAS = st.recursive(
    st.one_of(st.booleans(), st.sampled_from(NAMES)),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(("And", "Or")), st.lists(inner, max_size=3)),
        st.tuples(st.just("Not"), inner),
        st.tuples(st.just("Xor"), inner, inner),
        st.tuples(st.just("If"), inner, inner, inner),
    ),
    max_leaves=12,
)


def made(by: Any, formula: Any) -> Any:
    """The formula as a term, by z3 itself or by the connectives here."""
    if isinstance(formula, bool):
        return z3.BoolVal(formula)
    if isinstance(formula, str):
        return z3.Bool(formula)
    name, *operands = formula
    if name in ("And", "Or"):
        return getattr(by, name)([made(by, own) for own in operands[0]] or [name == "And"])
    return getattr(by, name)(*(made(by, own) for own in operands))


@lru_cache(maxsize=1)
def _solver() -> Any:
    return z3.Solver()


@given(FORMULAS)
def test_a_term_is_true_for_whom_z3s_own_is(formula: Any) -> None:
    """Whatever it is made of, constants among it."""
    assert _solver().check(made(z3, formula) != made(logic(), formula)) == z3.unsat


def test_what_is_constant_is_not_in_a_term() -> None:
    """Nor is a connective of one term, a choice of one and the same, or a Python bool."""
    own, a, b = logic(), z3.Bool("a"), z3.Bool("b")
    true, false = z3.BoolVal(True), z3.BoolVal(False)
    assert own.And(a, true, True).eq(a)
    assert own.And([a, false, b]).eq(false)
    assert own.Or([a, b, true]).eq(true)
    assert own.Or().eq(false)
    assert own.And([]).eq(true)
    assert own.Not(false).eq(true)
    assert own.If(a, b, b).eq(b)
    assert own.If(true, a, b).eq(a)
    assert own.Xor(a, a).eq(false)
    assert own.Xor(true, a).eq(z3.Not(a))
    assert own.And(a, b).eq(z3.And(a, b))


def test_everything_else_is_z3s_own() -> None:
    """A name that is not a connective of these, and a choice between numbers of Python."""
    own, a = logic(), z3.Bool("a")
    assert own.Sum is z3.Sum
    assert own.If(a, 1, 0).eq(z3.If(a, 1, 0))

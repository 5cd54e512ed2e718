"""Formulas and expressions of a flow on what its facts can still be, each within a budget of steps.

FEEL's own program answers where it can, `engine.graph.abstract` reasons where something is not known. Beyond its budget
an expression can be anything and needs all that it reads (`engine.graph.work`). Called by everything that evaluates a
flow; tests: tests/engine/graph/test_step_bounds.py.
"""

from __future__ import annotations

from engine.feel import tree as t
from engine.feel.names import free_names
from engine.feel.unknown import UNKNOWN
from engine.graph.abstract import Env, possible
from engine.graph.exact import settle
from engine.graph.graph import Formula
from engine.graph.needed import needs
from engine.graph.possible import ANY, One, Possible
from engine.graph.work import with_budget


def evaluate(formula: Formula, env: Env) -> Possible:
    """What a formula can still be: FEEL's own answer when it has one, else by reasoning; anything beyond its budget."""
    work = env.work
    if work.run is not None:
        return _evaluated(formula, env)
    return with_budget(work, formula.expr, lambda: _evaluated(formula, env), lambda: ANY)


def _evaluated(formula: Formula, env: Env) -> Possible:
    value = settle(formula.program, env.scope, env.work.run)
    return possible(formula.expr, env) if value is UNKNOWN else One(value)


def formula_needs(formula: Formula, env: Env, into: set[str]) -> None:
    """Add every fact that may still matter to a formula; beyond its budget everything that it reads."""

    def think() -> None:
        if settle(formula.program, env.scope, env.work.run) is UNKNOWN:
            needs(formula.expr, env, into)

    with_budget(env.work, formula.expr, think, lambda: _all_needs(formula.expr, env, into))


def expr_possible(expr: t.Expr, env: Env) -> Possible:
    """`possible` within a budget of its own; anything beyond it."""
    return with_budget(env.work, expr, lambda: possible(expr, env), lambda: ANY)


def expr_needs(expr: t.Expr, env: Env, into: set[str]) -> None:
    """`needs` within a budget of its own; everything that the expression reads beyond it."""
    with_budget(env.work, expr, lambda: needs(expr, env, into), lambda: _all_needs(expr, env, into))


def _all_needs(expr: t.Expr, env: Env, into: set[str]) -> None:
    for name in sorted(free_names(expr)):
        env.needs(name, into)

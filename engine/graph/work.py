"""The steps that the evaluation now going on may still take: one budget for an expression and all functions it calls.

    with_budget(work, expr, think, beyond)    `think()`, or `beyond()` where it takes more than it may

A decision read on the way has a budget of its own, since it is worked out once. What is given up is unknown, never
null: so nothing is concluded from it and a person looks. Called by `engine.graph.abstract`, `view` and `decide`; tests:
tests/engine/graph/test_step_bounds.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from engine.feel.run import BudgetExceeded, Run
from engine.feel.tree import Expr

T = TypeVar("T")


class Work:
    """One for each view. `run` is None while nothing is evaluated; `given_up` says of expressions why they were."""

    __slots__ = ("given_up", "run")

    def __init__(self) -> None:
        self.run: Run | None = None
        self.given_up: dict[Expr, str] = {}

    def spend(self, steps: int) -> None:
        """Takes steps from the budget of what is being evaluated; raises BudgetExceeded."""
        if self.run is not None:
            self.run.spend(steps)


def with_budget(work: Work, expr: Expr, think: Callable[[], T], beyond: Callable[[], T]) -> T:
    """What `think` gives within a budget; within another evaluation it shares that one's, and raises BudgetExceeded."""
    if work.run is not None:
        return think()
    work.run = Run()
    try:
        return think()
    except (BudgetExceeded, RecursionError) as spent:
        work.run = None
        work.given_up[expr] = str(spent) if isinstance(spent, BudgetExceeded) else "This is nested too deeply."
        return beyond()
    finally:
        work.run = None

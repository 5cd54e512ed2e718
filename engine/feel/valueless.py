"""What in an expression can never have a value, whatever anybody answers: told at load.

    date("2026-02-30")         rests on nothing that is asked, and gives none
    matches(name, "(?=x)")     a written pattern that cannot be used

Found by running what reads no name; a text function with a written pattern is run on an empty text. Called by
`engine.graph.reading`; tests: tests/engine/feel/test_valueless.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from engine.feel import tree as t
from engine.feel.evaluator import BudgetExceeded, Run, compile_expression
from engine.feel.names import free_names
from engine.feel.signatures import ALL

STEPS: Final = 1_000
"""What takes more is not looked at: loading stays quick."""

WRITTEN: Final = frozenset(ALL) - {"now", "today"}
PATTERNED: Final = frozenset(("matches", "replace", "split"))
EMPTY: Final = t.Literal("", t.Kind.STRING)
RUN: Final = (t.Call, t.Arithmetic, t.Negate, t.Filter, t.Path)


class Valueless(NamedTuple):
    """Where it stands in the text, and why it has no value."""

    start: int
    why: str


def valueless(expr: t.Expr) -> tuple[Valueless, ...]:
    """Every part that can never have a value, the largest of those within each other, in reading order."""
    return tuple(_found(expr))


def _found(expr: t.Expr) -> Iterator[Valueless]:
    own = _runnable(expr)
    if own is None:
        for child in t.children(expr):
            yield from _found(child)
        return
    why = _why_none(own)
    if why:
        yield Valueless(expr.start, why)


def _runnable(expr: t.Expr) -> t.Expr | None:
    """The part as it can be run now; None when it must wait for answers, or is no more than what it says."""
    if isinstance(expr, t.Literal):
        return expr if expr.kind is t.Kind.TEMPORAL and expr.value is None else None
    if not isinstance(expr, RUN):
        return None
    if _rests_on_nothing(expr):
        return expr
    if isinstance(expr, t.Call) and isinstance(expr.function, t.Name) and expr.function.name in PATTERNED:
        written = replace(expr, arguments=(EMPTY, *expr.arguments[1:])) if not expr.names else expr
        return written if _rests_on_nothing(written) else None
    return None


def _rests_on_nothing(expr: t.Expr) -> bool:
    return not free_names(expr, built_ins=True) - WRITTEN and not any(
        isinstance(part, t.Name) and part.name == "?" for part in t.walk(expr)
    )


def _why_none(expr: t.Expr) -> str:
    run = Run(steps=STEPS)
    try:
        value = compile_expression(expr)({}, run)
    except BudgetExceeded:
        return ""
    return run.diagnostics[0].message if value is None and run.diagnostics else ""

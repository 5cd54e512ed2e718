"""Flows for z3 in which lists and ages come to anything at all: whatever is impossible even so, is so for every list.

    some k in kinderen satisfies ...     true, false or null
    count(kinderen)                      any whole number from 0
    sum(kinderen.kosten), years(a, b)    any number, or null

Of flows side by side, an expression that means the same in both is one unknown of both. A citizen of these flows may
be nobody: only that there is nobody may be believed. It takes little effort, and no bound on the number of items.
Called by `engine.harness.compare_solver`; tests: tests/engine/harness/test_symbols_loose.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from engine.feel import tree as t
from engine.feel.analysis_z3_terms import Term
from engine.feel.cells import Kind
from engine.feel.names import free_names
from engine.graph.graph import Graph
from engine.harness.symbols import Around, Means, Symbol, Symbols

TOTALS: Final = frozenset(("count", "sum", "mean"))


class Loose:
    """See the top of this module. `means` is what everything else stands for, `alike` whether an expression means
    the same in both flows.
    """

    def __init__(self, means: Means, alike: Callable[[t.Expr], bool]) -> None:
        self.means, self.alike = means, alike
        self._numbers: dict[t.Expr, int] = {}

    @property
    def is_used(self) -> bool:
        """Whether anything was taken for an unknown."""
        return bool(self._numbers)

    def __call__(self, symbols: Symbols, expr: t.Expr, around: Around) -> Symbol:
        """What an expression stands for."""
        if around.own or around.item is not None or not _is_open(symbols.graph, expr) or not self.alike(expr):
            return self.means(symbols, expr, around)
        return self._unknown(symbols, expr)

    def _unknown(self, symbols: Symbols, expr: t.Expr) -> Term:
        z3, number = symbols.z3, self._numbers.setdefault(expr, len(self._numbers))
        name, never = f"loose {number}", z3.BoolVal(False)
        null = z3.Bool(f"{name} is null")
        if isinstance(expr, t.Quantified):
            return Term(Kind.BOOLEAN, z3.Bool(name), null, never)
        if _called(expr) == "count":
            symbols.domain.append(z3.Int(name) >= 0)
            return Term(Kind.NUMBER, z3.ToReal(z3.Int(name)), never, never)
        if _called(expr) == "years":
            return Term(Kind.NUMBER, z3.ToReal(z3.Int(name)), null, never)
        return Term(Kind.NUMBER, z3.Real(name), null, never)


def _is_open(graph: Graph, expr: t.Expr) -> bool:
    """Whether it is about a list, or an age."""
    if isinstance(expr, t.Quantified) or _called(expr) == "years":
        return True
    return _called(expr) in TOTALS and any(own in graph.lists for own in free_names(expr))


def _called(expr: t.Expr) -> str:
    """The function that is called; "" for anything else."""
    return expr.function.name if isinstance(expr, t.Call) and isinstance(expr.function, t.Name) else ""

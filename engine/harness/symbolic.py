"""Symbols of a flow, ready for use: `engine.harness.symbols` with its expressions and its decisions.

Called by `engine.harness.solver`."""

from __future__ import annotations

from typing import Any

from engine.graph.graph import Graph
from engine.harness.symbols import Means, Symbols
from engine.harness.symbols_expr import symbol
from engine.harness.symbols_rows import ruling_term


def symbols_of(z3: Any, graph: Graph, twin: Symbols | None = None, apart: str = "", means: Means = symbol) -> Symbols:
    """A citizen of this flow; with `twin` another one, whose answers are the twin's but to the fact `apart`."""
    return Symbols(z3, graph, means, ruling_term, twin, apart)

"""The example flows as text and as graphs, and a version of one with a fault in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine.errors import FlowError
from engine.flow.parse import read_root
from engine.graph.graph import Graph
from engine.graph.load import load_flow, load_reading
from engine.harness.mutate_tree import Mutant

FLOWS = Path(__file__).resolve().parents[3] / "flows"


@cache
def text_of(slug: str) -> str:
    """The flow file."""
    return (FLOWS / slug / "flow.yaml").read_text("utf-8")


@cache
def graph_of(slug: str) -> Graph:
    """The flow, loaded once."""
    return load_flow(text_of(slug))


def changed(slug: str, mutant: Mutant) -> Graph | None:
    """The flow with the fault; None where it cannot be loaded."""
    try:
        return load_reading(read_root(mutant.root, [], text_of(slug), "flow.yaml"))
    except FlowError:
        return None

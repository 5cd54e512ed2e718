"""What a determination would tell with a hole in it: values that wait for a fact which only a person supplies.

Whoever did not know something (`unsure: worker`) is helped by a worker. Until that is done, what rests on it has no
value, and neither the outcome's `values` nor the sentences that show them can be told. Facts that nobody was asked, for
want of a question, hold nothing up. Called by `engine.journey.reducer`; tests: tests/engine/journey/test_untold.py.
"""

from __future__ import annotations

from engine.feel.unknown import UNKNOWN
from engine.flow.model import SupplierKind
from engine.graph.graph import Graph
from engine.graph.view import View
from engine.journey.accept import passed_on
from engine.journey.state import Journey


def untold(graph: Graph, journey: Journey, view: View, outcome: str) -> tuple[str, ...]:
    """The facts for a person without which a value of `outcome` is not known; () where nothing is missing."""
    spec = graph.flow.outcomes.get(outcome)
    found: set[str] = set()
    for name in spec.values if spec is not None else ():
        if view.value(name) is UNKNOWN:
            view.needs(name, found)
    if not found:
        return ()
    judged = {node.path for node in graph.facts.values() if _only_judged(graph, node.path)}
    return tuple(sorted(found & (passed_on(journey) | judged)))


def _only_judged(graph: Graph, path: str) -> bool:
    return {ref.kind for ref in graph.facts[path].spec.suppliers} == {SupplierKind.WORKER}

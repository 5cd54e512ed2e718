"""P-UNPUBLISHED: a place where a determination is read, reached on a way on which nobody made one known.

Other steps into the place publish, and this way has none that does: the citizen sees a decision of which no letter was
sent, no term to object began, and nobody signed. Called by `engine.harness.process_proof`; tests:
tests/engine/harness/test_process_unpublished.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.errors import worded
from engine.graph.graph import Graph
from engine.graph.process import STANDARD, Do
from engine.harness.explore import Explored, State, Taken, Way, told
from engine.harness.finding import Finding, finding
from engine.harness.guards import Guards


def unpublished(graph: Graph, explored: Explored, guards: Guards) -> Iterator[Finding]:
    """Each such place once, with the shortest way."""
    process = explored.process
    read = {
        own.step.target
        for own in explored.each_taken
        if own.step.does(Do.PUBLISH) and not own.step.internal and _is_read(explored, own.step.target)
    }
    seen: set[str] = set()
    for state, way in _without_publishing(explored).items() if read else ():
        for own in explored.taken[state]:
            place = own.step.target
            if place in read - seen and own.step.where.file != STANDARD and _enters(own):
                outcome = next((name for name in sorted(own.outcomes) if _is_determined(graph, name)), "")
                if outcome:
                    seen.add(place)
                    message = worded(
                        "`{outcome}` can be read in `{place}` without having been published.",
                        outcome=outcome,
                        place=place,
                    )
                    hint = worded("Let this row `publish outcome`, or lead it elsewhere.")
                    yield finding("P-UNPUBLISHED", own.step.where, message, hint, told(process, (*way, own), outcome))


def _is_read(explored: Explored, name: str) -> bool:
    place = explored.process.places.get(name)
    return place is not None and place.does == "outcome"


def _enters(own: Taken) -> bool:
    return not own.step.does(Do.PUBLISH) and not own.step.internal


def _is_determined(graph: Graph, name: str) -> bool:
    spec = graph.flow.outcomes.get(name)
    return spec is not None and spec.kind.is_determination


def _without_publishing(explored: Explored) -> Mapping[State, Way]:
    """Every state that can be reached before anything is published, with a shortest way."""
    ways: dict[State, Way] = {explored.start: ()}
    queue = [explored.start]
    for state in queue:
        for own in explored.taken[state]:
            if not own.step.does(Do.PUBLISH) and own.to not in ways:
                ways[own.to] = (*ways[state], own)
                queue.append(own.to)
    return ways

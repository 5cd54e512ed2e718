"""Scenarios laid over what was walked: from a start to the nearest aim, on to the next, as long as a scenario may be.

    tours(trunk, explored, aims, reached) -> (run, what it adds) ...

The tour with most aims is taken, and so on. It counts for what it reaches when it is run as a scenario; what none
gets to in that way is taken as it was walked. Called by `engine.harness.suggest`; tests:
tests/engine/harness/test_suggest.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from heapq import heappop, heappush

from engine.harness.coverage import Aim
from engine.harness.driver import Trunk
from engine.harness.run import Ran, run
from engine.harness.scenario import Scenario, Then
from engine.harness.suggest_ways import Explored, Reached, Spot, Way

MOST_LINES = 12  # of one scenario's `then`
PATIENCE = 6  # lines that are gone further to come by what could not be come by later


def tours(trunk: Trunk, explored: Explored, aims: set[Aim], reached: Reached) -> Iterator[tuple[Ran, set[Aim]]]:
    """Scenarios that get to the aims, each with what it adds; what none gets to stays in `aims`."""
    bad: set[Spot] = set()
    while aims:
        laid = [_tour(start, aims) for start in explored.starts if start not in bad]
        best = max(laid, key=lambda own: (len(own[2]), -len(own[1])), default=None)
        if best is None or not best[2]:
            break
        start, then, _ = best
        ran = _as_far_as_it_goes(trunk, start.scenario, then)
        new = reached(ran) & aims
        if new:
            aims -= new
            yield ran, new
        else:
            bad.add(start)
    for spot in explored.spots:  # as each was walked
        for way in spot.ways:
            if way.aims & aims:
                ran = _as_far_as_it_goes(trunk, spot.scenario, (*spot.scenario.then, *way.then))
                new = reached(ran) & aims
                aims -= new
                if new:
                    yield ran, new


def _as_far_as_it_goes(trunk: Trunk, scenario: Scenario, then: tuple[Then, ...]) -> Ran:
    """The scenario with these lines, without the last ones where one of them is refused after all."""
    for count in range(len(then), -1, -1):
        ran = run(trunk.graph, replace(scenario, then=then[:count]), twice=False, trunk=trunk)
        if not ran.refused:
            break
    return ran


def _tour(start: Spot, aims: set[Aim]) -> tuple[Spot, tuple[Then, ...], set[Aim]]:
    """From aim to nearest aim, as far as a scenario may go on."""
    at, then = start, tuple[Then, ...]()
    got = set(start.aims & aims)
    beyond: dict[Spot, int] = {}
    while True:
        ways = _nearest(at, aims - got, MOST_LINES - len(then), beyond)
        if not ways:
            return start, then, got
        for way in ways:
            then, at = (*then, *way.then), way.to
            got |= way.aims & aims


def _nearest(start: Spot, aims: set[Aim], left: int, beyond: dict[Spot, int]) -> tuple[Way, ...]:
    """The ways to the nearest of the aims; of those equally near to most, and then to where most lies beyond."""
    if not aims:
        return ()
    queue: list[tuple[int, int, Spot, tuple[Way, ...]]] = [(0, 0, start, ())]
    seen: set[Spot] = set()
    found: list[tuple[int, int, tuple[Way, ...]]] = []
    count, nearest = 0, left
    while queue:
        cost, _, spot, ways = heappop(queue)
        if cost > nearest or spot in seen:
            continue
        seen.add(spot)
        for way in spot.ways:
            further = cost + len(way.then)
            if further > nearest:
                continue
            if way.aims & aims:
                nearest = min(nearest, further + PATIENCE)
                new = len(way.aims & aims)
                found.append((further, -new, (*ways, way)))
            count += 1
            heappush(queue, (further, count, way.to, (*ways, way)))
    if not found:
        return ()
    ahead = _beyond(start, aims, beyond)
    lost = {way: min(PATIENCE, ahead - _beyond(way.to, aims, beyond)) for _, _, ways in found for way in ways[-1:]}
    return min(found, key=lambda own: (own[0] + lost[own[2][-1]], own[1]))[2]


def _beyond(start: Spot, aims: set[Aim], known: dict[Spot, int]) -> int:
    """How many of the aims can be got to from here."""
    if start not in known:
        seen, queue, found = {start}, [start], set[Aim]()
        for spot in queue:
            for way in spot.ways:
                found |= way.aims & aims
                if way.to not in seen:
                    seen.add(way.to)
                    queue.append(way.to)
        known[start] = len(found)
    return known[start]

"""Who can come to a place of the process, and who can take a step there: sets of citizens, by the outcome of the rules.

    the start                   everybody
    a step                      who comes to its place, whose guard is true and of whom no row above it is taken
    a place, an end             who comes there by one of its steps

A fixed point over places and steps, with the guards on the same diagrams as the rules. Exact as far as steps of the
engine alone lead there; where a citizen, a worker or the clock has to take one, it is who can come there. A
worker who decides otherwise than the rules is left out, but where nobody else comes: then it may be anybody. After
`needs_worker` the outcome is open until a worker's step, and a guard on it may go either way. Terms are not looked at:
a lapse is a step like any other.
Called by `engine.harness.compare_whom`; tests: tests/engine/harness/test_compare_whom.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from engine.graph.process import OUTCOME, By, Process, Step, When
from engine.harness.compare_sets import Found, Sets
from engine.harness.guards import SETTLED

NEEDS_WORKER = "needs_worker"
Spot = tuple[str, bool]
"""A place, and whether the outcome is still open there."""


class Ways:
    """See the top of this module: one side's process. May raise DiagramTooLarge."""

    def __init__(self, sets: Sets, side: int) -> None:
        self.sets, self.side = sets, side
        self.graph = sets.flows[side]
        self.process: Process = self.graph.process
        self._guards: dict[tuple[str, bool], Found] = {}
        self._open = self._left_open()
        self.spots: dict[Spot, Found] = {}
        self.steps: dict[Step, Found] = {}
        self._walk()

    def place(self, name: str) -> Found:
        """Who can come to a place or an end; perhaps everybody where only a worker's own decision leads there."""
        found = self.sets.any(found for (place, _), found in self.spots.items() if place == name)
        entered = any(step.target == name for step in self._otherwise)
        return self._perhaps if entered and found.node == self.sets.nobody.node else found

    def step(self, step: Step) -> Found:
        """Who can take a step, or of whom it is taken; perhaps everybody where a worker's own decision leads to it."""
        found = self.steps.get(step, self.sets.nobody)
        return self._perhaps if step in self._otherwise and found.node == self.sets.nobody.node else found

    @property
    def _perhaps(self) -> Found:
        return self.sets.bound(self.sets.everybody)

    @cached_property
    def _otherwise(self) -> frozenset[Step]:
        """Every step that can be taken when workers may name any outcome (`engine.harness.guards`)."""
        found: set[Step] = set()
        spots = [(self.process.start, False)]
        for place, deviated in spots:
            for step in self.process.by_source[place]:
                free = deviated or step.by is By.WORKER
                if step in self.steps or (free and self._fits(step, is_open=True).node != self.sets.nobody.node):
                    found.add(step)
                    if (step.target, free) not in spots:
                        spots.append((step.target, free))
        return frozenset(found)

    def _left_open(self) -> Found:
        """Of whom a worker may have to say something before there is an outcome."""
        return self.sets.any(
            self.sets.bound(self.sets.asked(self.side, path)) for path in self.sets.by_others(self.side)
        )

    def _walk(self) -> None:
        start = (self.process.start, False)
        self.spots[start] = self.sets.everybody
        waiting = [start]
        for spot in waiting:
            for step, found, to in self._taken(spot):
                self.steps[step] = self.sets.any((self.steps.get(step, self.sets.nobody), found))
                before = self.spots.get(to, self.sets.nobody)
                after = self.sets.any((before, found))
                if after != before:
                    self.spots[to] = after
                    waiting.append(to)

    def _taken(self, spot: Spot) -> Iterator[tuple[Step, Found, Spot]]:
        """Every step from here, with those who take it and where it leads."""
        place, is_open = spot
        here = self.spots[spot]
        rows: dict[tuple[str, By], Found] = {}
        for step in self.process.by_source[place]:
            left = rows.get((step.event, step.by), here)
            fits = self._fits(step, is_open=is_open and not self._settles(step))
            taken = self.sets.both(left, fits)
            rows[step.event, step.by] = self.sets.without(left, fits)
            if step.event == NEEDS_WORKER and step.by is By.ENGINE:
                taken = self.sets.both(taken, self._open)
            if taken.node != self.sets.nobody.node:
                own = taken if step.by is By.ENGINE else self.sets.bound(taken)
                yield step, own, (step.target, self._is_open(step, is_open))

    @staticmethod
    def _is_open(step: Step, is_open: bool) -> bool:
        settled = step.event == SETTLED and step.by is By.ENGINE
        return (is_open or step.event == NEEDS_WORKER) and step.by is not By.WORKER and not settled

    def _settles(self, step: Step) -> bool:
        """Whether the outcome is there by then: all questions are answered, and not those of the place alone."""
        return step.event == SETTLED and not self.process.places[step.source].needs

    def _fits(self, step: Step, *, is_open: bool) -> Found:
        """Of whom a guard is true; perhaps, with whichever outcome, where that is open."""
        if step.when is not When.IF:
            return self.sets.everybody
        key = (step.guard, is_open)
        if key not in self._guards:
            about_open = is_open and OUTCOME in self.graph.guards[step.guard].names
            self._guards[key] = self._may_hold(step.guard) if about_open else self._holds(step.guard)
        return self._guards[key]

    def _may_hold(self, guard: str) -> Found:
        """Of whom a guard would be true with one outcome or another: what else it asks still counts."""
        formula, sets = self.graph.guards[guard], self.sets
        return sets.bound(sets.any(sets.holds(self.side, formula, name) for name in self.graph.flow.outcomes))

    def _holds(self, guard: str) -> Found:
        formula, sets = self.graph.guards[guard], self.sets
        each = (sets.both(found, sets.holds(self.side, formula, name)) for name, _, found in sets.outcomes(self.side))
        return sets.any(each)

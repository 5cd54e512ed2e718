"""A set of citizens as people read it: groups in rules with a citizen each, and which part of all they are.

    nobody, everybody         in words
    exact                     the part of all situations and of the declared population, worked out
    a sum or a day decides    who gets an outcome is drawn from the population: an estimate, with its interval
    only a bound              at most so many

Called by `engine.harness.compare_whom`; tests: tests/engine/harness/test_compare_whom.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from engine.errors import Said, worded
from engine.harness.compare_sets import Found, Sets
from engine.harness.compare_shifts import Group, Shifts
from engine.harness.compare_witness import lies_in
from engine.harness.compare_words import Touched
from engine.harness.declared import Declared
from engine.harness.estimates import Estimate, Tally
from engine.harness.groups import Box, boxes, rule

MOST_GROUPS: Final = 6
"""Groups of one change that are told; together with the share they say enough of who gets an outcome."""
MOST_TRIES: Final = 60
"""Tries for a citizen of a group, where a term decides who is in it."""
EVERYBODY: Final = worded("everybody")


class Telling:
    """See the top of this module. Raises NotSpread, and DiagramTooLarge."""

    def __init__(self, sets: Sets, declared: Declared | None) -> None:
        self.sets, self.forest = sets, sets.forest
        self.declared = declared
        self.shifts = Shifts(sets.sides, declared, [])
        self._told: dict[tuple[str, Found], Touched] = {}
        self._grouped: dict[int, tuple[tuple[Group, ...], bool]] = {}
        self._tallies: dict[int, Tally] = {}

    def touched(self, words: Said | str, found: Found, *, groups: bool = True) -> Touched:
        """Who is in a set that people call so."""
        key = (str(words), found)
        if key not in self._told:
            self._told[key] = self._made(words, found, groups=groups)
        return self._told[key]

    def _made(self, words: Said | str, found: Found, *, groups: bool) -> Touched:
        sets, shifts = self.sets, self.shifts
        sets.sides.give_room()
        if found.node == sets.everybody.node:
            if found.bound:
                return Touched(worded("{whom}: at most everybody", whom=words), at_most=1.0, people_at_most=1.0)
            return Touched(_all_of(words), share=1.0, people=1.0)
        possible = sets.everybody.node if found.refused else sets.sides.possible
        node = shifts.real(self.forest.choose(found.node, possible, sets.nobody.node))
        if node == sets.nobody.node:
            return Touched(worded("{whom}: nobody", whom=words), share=0.0, people=0.0)
        if self.forest.choose(node, sets.everybody.node, possible) == node and not found.bound:
            return Touched(_all_of(words), share=1.0, people=1.0)
        share, people, most, people_most = shifts.parts(node)
        estimate = self._estimate(found) if share is None and not found.bound else None
        if found.bound:
            share, people, most, people_most = None, None, _first(share, most), _first(people, people_most)
        elif estimate is not None and not estimate.drawn:  # every answer was listed
            people, estimate = estimate.share, None
        told, more = self._groups_of(node, found) if groups else ((), False)
        return Touched(words, told, share, people, most, people_most, more, estimate)

    # -- one by one

    def _groups_of(self, node: int, found: Found) -> tuple[tuple[Group, ...], bool]:
        if node not in self._grouped:
            told, is_all = boxes(self.forest, node, MOST_GROUPS)
            self._grouped[node] = tuple(self._groups(node, told, found)), not is_all
        return self._grouped[node]

    def _groups(self, node: int, told: Sequence[Box], found: Found) -> Iterator[Group]:
        sides = self.sets.sides
        is_exact = self.shifts.parts(node)[0] is not None
        for box in told:
            citizen = self.shifts.candidates.member(node, box, lambda own: self.sets.has(node, own), MOST_TRIES)
            if citizen is None and not found.bound:
                citizen = self._drawn(box, found)
            if citizen is not None:
                name = rule(sides.axes, sides.texts, sides.told_of(box), sides.taken)
                yield Group(name, citizen, self.shifts.part(box) if is_exact else None, box)

    def _drawn(self, box: Box, found: Found) -> Mapping[str, str] | None:
        """Somebody in the box among those who were drawn with one of the outcomes."""
        side, outcomes = self._outcomes(found)
        for outcome in outcomes if self.declared is not None else ():
            for own in self._tally(side).citizens.get(outcome, ()):
                known = own.whole()
                if lies_in(self.sets.sides, known, box):
                    return self.shifts.candidates.words(known)
        return None

    # -- estimates

    def _estimate(self, found: Found) -> Estimate | None:
        """The part of the population that gets one of these outcomes; None where it is about something else."""
        side, outcomes = self._outcomes(found)
        return self._tally(side).of(*outcomes) if self.declared is not None and outcomes else None

    def _outcomes(self, found: Found) -> tuple[int, tuple[str, ...]]:
        """The side and the outcomes of which it is exactly who gets one of them."""
        for side in (1, 0):
            inside = [(name, own) for name, own in self._each[side] if self._is_within(own, found)]
            if inside and self.sets.any(own for _, own in inside) == found:
                return side, tuple(name for name, _ in inside)
        return 1, ()

    @cached_property
    def _each(self) -> tuple[list[tuple[str, Found]], list[tuple[str, Found]]]:
        old, new = ([(name, own) for name, _, own in self.sets.outcomes(side)] for side in (0, 1))
        return old, new

    def _is_within(self, one: Found, two: Found) -> bool:
        never = self.sets.nobody.node
        return not one.bound and one.node != never and self.forest.choose(two.node, never, one.node) == never

    def _tally(self, side: int) -> Tally:
        """How many of the population get each outcome, drawn once."""
        if side not in self._tallies:
            goal = self.sets.flows[side].flow.goal
            self._tallies[side] = self.shifts.drawing.of_outcomes(side, goal, self.sets.sides.possible)
        return self._tallies[side]


def _all_of(words: Said | str) -> Said | str:
    return words if words == EVERYBODY else worded("{whom}: everybody", whom=words)


def _first(exact: float | None, most: float | None) -> float | None:
    return exact if exact is not None else most

"""Who goes from one value to another between two flows: the shifts of one subject, in groups with a citizen each.

    subject     what is set side by side: a decision of each flow, how a shift of it is said, what it does to a citizen
    pairs       one diagram of (old, new)  ->  for each pair that differs a set of situations  ->  boxes  ->  groups

What depends on a term (a sum, a date against a date, a list) is claimed only with a citizen whom the rules themselves
put there; where trying finds none, z3 finds one or proves that there is nobody (`engine.harness.compare_solver`).
Called by `engine.harness.compare`; tests: tests/engine/harness/test_compare.py.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from engine.errors import together, worded
from engine.graph.axes import FactAxis, OptionAxis, TermAxis
from engine.graph.mdd import DiagramTooLarge, is_any_true, numbers
from engine.graph.view import View
from engine.harness.compare_causes import causes
from engine.harness.compare_drawn import Drawing
from engine.harness.compare_solver import REAL, WHOEVER, PairSolver
from engine.harness.compare_witness import MOST_TRIES, Candidates, Citizen, lies_in
from engine.harness.declared import Declared
from engine.harness.estimates import Estimate, Tally
from engine.harness.groups import Box, boxes, node_of, rule, share
from engine.harness.limits import Limits
from engine.harness.shared_axes import Sides

GAINS, LOSES, SAME, CHANGES, MOVES = "gains", "loses", "same rank", "changes", "another order"
REASON, SOURCE, BOTH, ORDER = (
    "another reason",
    "another source",
    "another reason and source",
    "reasons in another order",
)
TOLD = (BOTH, REASON, SOURCE, ORDER)
TOLD_ORDER = (LOSES, CHANGES, MOVES, SAME, GAINS, *TOLD)

FEW_TRIES = 150
"""Tries for a citizen in round figures, where one was drawn already."""

Pair = tuple[Hashable, Hashable]
Draw = Callable[[], Tally]
"""Citizens are drawn when they are first asked for."""


@dataclass(frozen=True, slots=True)
class Group:
    """Citizens who share a rule and a shift, with one of them. `share` is of all situations (0..1), None with terms.

    `got` is what this citizen got and gets, where the shift itself does not say it; `limits` between which answers all
    of them are, of a sum or day that changed. An approval names the rule alone.
    """

    rule: str
    witness: Citizen
    share: float | None
    box: Box
    got: tuple[str, str] | None = None
    limits: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Who they are, as people read it."""
        return together((self.rule, *self.limits))


@dataclass(frozen=True, slots=True)
class Shift:
    """What some citizens got, and what they get now. `of` is the goal or a value shown with an outcome.

    `people` is the part of the declared population (0..1); None without one, and where it is not worked out. Where a
    term decides, `at_most` is the part of all situations, and `people_at_most` of the population, that may be among
    them, and `estimate` what was drawn from the population; `causes` are the rules that differ, as they are written.
    """

    of: str
    old: str
    new: str
    effect: str
    groups: tuple[Group, ...]
    share: float | None
    people: float | None = None
    at_most: float | None = None
    people_at_most: float | None = None
    estimate: Estimate | None = None
    causes: tuple[str, ...] = ()

    @property
    def part(self) -> float | None:
        """The part of the declared population (0..1), worked out or estimated."""
        return self.estimate.share if self.people is None and self.estimate is not None else self.people

    def names(self) -> Iterator[str]:
        """By what an approval knows each group."""
        what = f"{self.effect}: {self.of}" if self.effect in TOLD else self.of
        for group in self.groups:
            yield f"{what}: {self.old} -> {self.new}: {group.rule}"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is set side by side. `names`: the decision of the old flow and of the new one; `of`: how people call it.

    `says` words a pair, `effect` says what it does to a citizen; `counts`: whether a pair is a difference at all.
    `alike`: decisions that have to come out alike for whom it is about; `really`: whether it is about this citizen,
    None where it is about everybody; `is_shown`: whether citizens are told of it, which is worth more effort.
    """

    of: str
    names: tuple[str, str]
    says: Callable[[Pair], tuple[str, str]]
    effect: Callable[[Pair], str]
    counts: Callable[[Pair], bool] = lambda pair: True
    alike: tuple[str, str] | None = None
    really: Callable[[Mapping[str, Any]], bool] | None = None
    is_shown: bool = True

    def is_about(self, known: Mapping[str, Any]) -> bool:
        """Whether it is about this citizen."""
        return self.really is None or self.really(known)


class Shifts:
    """See the top of this module. What cannot be told is added to `not_compared`; raises only NotSpread."""

    def __init__(self, sides: Sides, declared: Declared | None, not_compared: list[str]) -> None:
        self.sides, self.forest = sides, sides.forest
        self.declared = declared
        self.candidates = Candidates(sides)
        self.solver = PairSolver(sides)
        self.drawing = Drawing(sides, declared)
        self.not_compared = not_compared

    def pairs(self, names: tuple[str, str]) -> int | None:
        """The diagram of pairs of a decision of each flow; None where one of them has none."""
        roots = self.sides.roots(*names)
        return None if roots is None else self.forest.combine(lambda a, b: (a, b), *roots)

    def of(self, subject: Subject, pairs: int, where: int) -> Iterator[Shift]:
        """Every shift of the subject within `where`: who loses first, then by their share."""
        changed = {
            pair: there for pair, there in self._changed(subject, pairs, where) if self._may_be(subject, pair, there)
        }
        unsure = {pair: there for pair, there in changed.items() if not self._exact(there)}
        drawn = cache(lambda: self._drawn(subject, unsure))
        found = [own for pair, there in changed.items() for own in self._shift(subject, pair, there, drawn)]
        yield from sorted(found, key=lambda shift: (TOLD_ORDER.index(shift.effect), -(shift.share or 0)))

    def _may_be(self, subject: Subject, pair: Pair, there: int) -> bool:
        """Whether a term leaves it open that somebody makes the pair; diagrams alone take terms for independent."""
        return self._exact(there) or not self.solver.never_goes(subject.names, pair, subject.alike)

    def _changed(self, subject: Subject, pairs: int, where: int) -> Iterator[tuple[Pair, int]]:
        """Each pair that differs, with the situations in which it does."""
        for pair in self.forest.values(pairs):
            assert isinstance(pair, tuple)
            if alike(*pair) or not subject.counts(pair):
                continue
            self.sides.give_room()
            there = self.forest.combine(lambda own, inside, pair=pair: inside is True and _is(own, pair), pairs, where)
            there = self.real(there)
            if self.forest.values(there) != (False,):
                yield pair, there

    def _drawn(self, subject: Subject, unsure: Mapping[Pair, int]) -> Tally:
        """Citizens of the population where it is for a term to say who makes which pair."""
        if not unsure:
            return Tally()
        try:
            wide = [self._by_answers(there) for there in unsure.values()]
            region = self.forest.combine(is_any_true, *wide)
        except DiagramTooLarge:
            region = self.sides.possible
        return self.drawing.of_pairs(subject, frozenset(unsure), region)

    def real(self, node: int) -> int:
        """Without what a term can never be."""
        for number, axis in enumerate(self.sides.axes):
            if isinstance(axis, TermAxis) and self.forest.support(node) >> number & 1:
                node = self.forest.allow(node, number, axis.mask(View(self.sides.owner[number], {})))
        return node

    def _shift(self, subject: Subject, pair: Pair, there: int, drawn: Draw) -> Iterator[Shift]:
        found, complete = boxes(self.forest, there)
        of, (old, new) = subject.of, subject.says(pair)
        if not complete:
            said = worded("all groups of `{of}` from {old} to {new}: there are too many", of=of, old=old, new=new)
            self.not_compared.append(said)
        exact = self._exact(there)
        groups, missing = [], dict[str, None]()
        for box in found:
            citizen, why = self._somebody(there, box, subject, pair, drawn)
            if citizen is not None:
                name = rule(self.sides.axes, self.sides.texts, self.sides.told_of(box), self.sides.taken)
                groups.append(Group(name, citizen, self.part(box) if exact else None, box))
            elif why:
                missing[why] = None
        for why in missing:
            said = worded(
                "whether more citizens go from {old} to {new} in `{of}`: {why}", old=old, new=new, of=of, why=why
            )
            self.not_compared.append(said)
        if groups:
            ordered = tuple(sorted(groups, key=lambda own: (-(own.share or 0), own.rule)))
            part = share(self.forest, there) / self._room if exact else None
            estimate = None if exact or self.declared is None else drawn().of(pair)
            people = self._people(there, worded("{of}: {old} -> {new}", of=of, old=old, new=new), estimate)
            most = (None, None) if exact else self._at_most(there)
            yield Shift(
                of,
                old,
                new,
                subject.effect(pair),
                ordered,
                part,
                people,
                *most,
                estimate,
                self.causes(subject.names, exact),
            )

    def causes(self, names: tuple[str, str], is_plain: bool = False) -> tuple[str, ...]:
        """The rules behind a shift that differ, where the groups do not say it by answers alone."""
        return () if is_plain else causes(self.sides.old, self.sides.new, names)

    def _somebody(self, node: int, box: Box, subject: Subject, pair: Pair, drawn: Draw) -> tuple[Citizen | None, str]:
        """A citizen in a group, by trying, drawn or by z3; or why none can be shown, "" when there is nobody."""
        met = drawn().citizens.get(pair, ()) if self.declared is not None else ()
        tried = self.candidates.find(node, box, subject.names, pair, subject.is_about, FEW_TRIES if met else MOST_TRIES)
        if tried is not None:
            return tried, ""
        for own in drawn().citizens.get(pair, ()):
            known = own.whole()
            if lies_in(self.sides, known, box):
                return self.candidates.words(known), ""
        answer = self.solver.goes(subject.names, pair, box, subject.alike)
        if answer.citizen is not None and lies_in(self.sides, answer.citizen, box) and subject.is_about(answer.citizen):
            return self.candidates.words(answer.citizen), ""
        if answer.citizen is None and not answer.reason:
            if not answer.lists:
                return None, ""
            said = worded("a list of more than two items may")
        else:
            why = answer.reason or worded("no citizen found")
            said = worded("it depends on a sum, a date or a list ({why})", why=why)
        if drawn().drawn and not drawn().citizens.get(pair):
            said = worded("{why}; nobody of {drawn:,} drawn citizens does", why=said, drawn=drawn().drawn)
        return None, said

    def _people(self, there: int, shift: str, estimate: Estimate | None) -> float | None:
        """The part of the declared population, where it can be worked out."""
        if self.declared is None:
            return None
        if estimate is not None:
            return None if estimate.drawn else estimate.share
        part = self.declared.part(self.forest, self.sides.axes, there)
        if part is None:
            why = self.drawing.why_not or worded("it depends on a sum, a date or a list")
            said = worded("how many of the population go {shift}: {why}", shift=shift, why=why)
            self.not_compared.append(said)
        return part

    def parts(self, there: int) -> tuple[float | None, float | None, float | None, float | None]:
        """Of a set the part of all situations and of the declared population; where a term decides, both at most."""
        if not self._exact(there):
            return None, None, *self._at_most(there)
        people = None if self.declared is None else self.declared.part(self.forest, self.sides.axes, there)
        return share(self.forest, there) / self._room, people, None, None

    def _at_most(self, there: int) -> tuple[float | None, float | None]:
        """The part of all situations, and of the declared population, of whom the answers leave it to a term."""
        try:
            wide = self._by_answers(there)
        except DiagramTooLarge:
            return None, None
        people = None if self.declared is None else self.declared.part(self.forest, self.sides.axes, wide)
        return share(self.forest, wide) / self._room, people

    def within(self, goals: tuple[str, str], groups: Mapping[str, Limits]) -> tuple[float | None, float | None]:
        """As `_at_most`: of those who have one of these outcomes in both flows, and lie within its limits."""
        forest = self.forest
        try:
            pairs, node = self.pairs(goals), forest.terminal(False)
            if pairs is None:
                return None, None
            for outcome, limits in groups.items():
                there = self.sides.possible
                if outcome != WHOEVER:
                    there = forest.combine(_alike_and(outcome), pairs, there)
                axes = ((number, self.sides.axes[number]) for number in numbers(forest.support(there)))
                box = {number: limits.mask(axis) for number, axis in axes if isinstance(axis, FactAxis)}
                node = forest.combine(
                    is_any_true, node, forest.choose(node_of(forest, box), there, forest.terminal(False))
                )
            return self._at_most(self.real(node))
        except DiagramTooLarge:
            return None, None

    def drawn_values(self, name: str, ways: Sequence[str], goals: tuple[str, str], outcomes: Sequence[str]) -> Tally:
        """Citizens of the population who keep one of these outcomes while a value changes: by outcome and way."""
        region = self.sides.possible
        pairs = self.pairs(goals)
        try:
            if pairs is not None and WHOEVER not in outcomes:
                there = self.forest.combine(
                    lambda own, inside: inside is True and any(_is(own, (name, name)) for name in outcomes),
                    pairs, self.sides.possible,
                )  # fmt: skip
                region = self._by_answers(self.real(there))
        except DiagramTooLarge:
            region = self.sides.possible
        return self.drawing.of_values(name, {way: REAL[way] for way in ways}, outcomes, region)

    def _by_answers(self, node: int) -> int:
        """The situations in which it can be so, whatever the terms come to."""
        axes = self.sides.axes
        return self.forest.exists(node, lambda number: not isinstance(axes[number], FactAxis | OptionAxis))

    def _exact(self, node: int) -> bool:
        support = self.forest.support(node)
        return all(
            isinstance(axis, FactAxis | OptionAxis)
            for number, axis in enumerate(self.sides.axes)
            if support >> number & 1
        )

    @cached_property
    def _room(self) -> float:
        """The part of all cells that both flows take (0..1)."""
        return share(self.forest, self.sides.possible) or 1.0

    def part(self, box: Box) -> float:
        """The part of all situations (0..1) in a box."""
        inside = self.forest.choose(node_of(self.forest, box), self.sides.possible, self.forest.terminal(False))
        return share(self.forest, inside) / self._room


def _alike_and(outcome: str) -> Callable[[Hashable, Hashable], bool]:
    return lambda own, inside: inside is True and _is(own, (outcome, outcome))


def alike(left: Hashable, right: Hashable) -> bool:
    """The same value of the same type: True is not 1."""
    return type(left) is type(right) and left == right


def _is(own: Hashable, pair: Pair) -> bool:
    assert isinstance(own, tuple)
    return alike(own[0], pair[0]) and alike(own[1], pair[1])

"""Citizens drawn for a comparison: how many of a declared population make which pair, and somebody of each.

Without a declared population a few are drawn evenly over the answers, only to have somebody to show. Called by
`engine.harness.compare_shifts` and `engine.harness.compare`; tests: tests/engine/harness/test_estimates.py.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from engine.errors import worded
from engine.feel.unknown import UNKNOWN
from engine.graph.graph import Graph
from engine.graph.order import names_read
from engine.harness.compare_solver import WHOEVER
from engine.harness.compare_witness import DAY, form, frozen
from engine.harness.declared import Declared, NotSpread, anybody
from engine.harness.draws import Drawn
from engine.harness.estimates import MOST_DRAWN, Estimates, Gate, Key, Tally
from engine.harness.shared_axes import Sides, same_itself
from engine.harness.whole import Person, Rules

if TYPE_CHECKING:
    from engine.harness.compare_shifts import Pair, Subject

TO_SHOW: Final = 4_000
"""Citizens that are drawn where there is no population, only to show somebody."""
TO_COUNT: Final = 60_000
"""Effort for who gets which outcome at all, which touches everybody: there is no gate that few come by."""
TO_EXPLAIN: Final = 20_000
"""Citizens that are drawn to count whose explanation changes, of whom it is looked up, or what only steers."""

Fits = Callable[[Any, Any], bool]


class Drawing:
    """See the top of this module. `why_not` says of what it cannot be told how it is spread."""

    def __init__(self, sides: Sides, declared: Declared | None) -> None:
        self.sides, self.declared = sides, declared
        self.why_not = ""

    @cached_property
    def estimates(self) -> Estimates:
        """Drawn from the population, or from everybody who can be."""
        sides = self.sides
        return Estimates(sides, self.declared or anybody({**sides.old.facts, **sides.new.facts}.values(), DAY))

    @property
    def rules(self) -> tuple[Rules, Rules]:
        """Both flows' rules."""
        return self.estimates.rules

    def of_pairs(self, subject: Subject, pairs: Set[Pair], region: int) -> Tally:
        """Who makes which of these pairs of two decisions."""
        gate, (first, then) = self._gate(subject.names), subject.names
        old_rules, new_rules = self.rules

        def key(drawn: Drawn, old: Person, new: Person) -> Hashable:
            pair = frozen(old_rules.value(old, first)), frozen(new_rules.value(new, then))
            if pair not in pairs or not self._alike(subject.alike, old, new):
                return None
            return pair if subject.really is None or subject.really(drawn.whole()) else None

        most = MOST_DRAWN if subject.really is None and subject.is_shown else TO_EXPLAIN
        return self._tally(region, (*subject.names, *(subject.alike or ())), key, gate, most)

    def of_values(self, name: str, ways: Mapping[str, Fits], outcomes: Sequence[str], region: int) -> Tally:
        """Who keeps one of these outcomes while the value moves in one of these ways: (outcome, way)."""
        gate, goals = self._gate((name, name)), (self.sides.old.flow.goal, self.sides.new.flow.goal)
        old_rules, new_rules = self.rules

        def key(drawn: Drawn, old: Person, new: Person) -> Hashable:
            before, now = frozen(old_rules.value(old, name)), frozen(new_rules.value(new, name))
            if before == now or UNKNOWN in (before, now):
                return None
            if WHOEVER in outcomes:
                return next(((WHOEVER, way) for way, fits in ways.items() if fits(before, now)), None)
            outcome = old_rules.value(old, goals[0])
            if outcome not in outcomes or outcome != new_rules.value(new, goals[1]):
                return None
            return next(((outcome, way) for way, fits in ways.items() if fits(before, now)), None)

        behind = (name,) if WHOEVER in outcomes else (name, *goals)
        return self._tally(region, behind, key, gate, MOST_DRAWN)

    def of_outcomes(self, side: int, goal: str, region: int) -> Tally:
        """Who gets which outcome by one of the flows."""
        rules = self.rules[side]

        def key(drawn: Drawn, old: Person, new: Person) -> Hashable:
            return frozen(rules.value(new if side else old, goal))

        return self._tally(region, (goal,), key, None, TO_COUNT)

    def _tally(self, region: int, names: Sequence[str], key: Key, gate: Gate | None, most: int) -> Tally:
        if unlike := self._unlike & self.estimates.behind(names):
            self.why_not = worded("`{path}` is asked otherwise in the two flows", path=min(unlike))
            return Tally()
        try:
            return self.estimates.tally(region, names, key, gate, most if self.declared is not None else TO_SHOW)
        except NotSpread as wrong:
            self.why_not = str(wrong.args[0])
            return Tally()

    @cached_property
    def _unlike(self) -> Set[str]:
        """Facts of which the answers before and after are no pair."""
        old, new = self.sides.old, self.sides.new
        both = [path for path in new.facts if path in old.facts]
        return frozenset(
            path for path in both
            if old.facts[path].spec.type is not new.facts[path].spec.type
            or (path in new.lists and form(old, path) != form(new, path))
        )  # fmt: skip

    def _alike(self, names: tuple[str, str] | None, old: Person, new: Person) -> bool:
        if names is None:
            return True
        return frozen(self.rules[0].value(old, names[0])) == frozen(self.rules[1].value(new, names[1]))

    def _gate(self, names: tuple[str, str]) -> Gate | None:
        """Whether any decision came out otherwise that says otherwise itself: else nothing above it can."""
        changed = tuple(dict.fromkeys(self._changed(names)))
        old_rules, new_rules = self.rules
        if names[0] != names[1] or names[0] in changed or not all(own in old_rules.graph.rulings for own in changed):
            return None
        return lambda old, new: any(old_rules.value(old, own) != new_rules.value(new, own) for own in changed)

    def _changed(self, names: tuple[str, str]) -> Iterator[str]:
        """The decisions behind these that say otherwise themselves, or read what is no decision and means otherwise."""
        old, new = self.sides.old, self.sides.new
        shared, waiting, seen = self.rules[1].shared, list(names), set[str]()
        while waiting:
            name = waiting.pop()
            ruling = new.rulings.get(name)
            if name in seen or name in shared or ruling is None or ruling.each:
                continue
            seen.add(name)
            reads = [own for own in names_read(ruling) if own not in shared]
            waiting += reads
            if not same_itself(old, new, name) or not all(_is_single(new, own) for own in reads):
                yield name


def _is_single(graph: Graph, name: str) -> bool:
    return name in graph.rulings and not graph.rulings[name].each

"""How large a part of a declared population something is so for, where a sum, a date or a list decides.

    every answer is listed       the share is worked out: few answers count, and no list is read
    drawn from the population    the share is an estimate, with the 95 % interval of E.B. Wilson (1927)

Citizens are drawn within the region of the diagram where it can be so at all, whose own share is known exactly; so a
small group is drawn often enough. Each is put through both flows' rules (`engine.harness.whole`). Where the rule that
changed reads little, that little is drawn first, and everything else `AGAIN` times for those whom it touches
(splitting: H. Kahn and T.E. Harris 1951). Flows with checks are drawn from everybody, and those whom a check refuses
count for nobody. Called by `engine.harness.compare_drawn`; tests: tests/engine/harness/test_estimates.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, product
from math import prod, sqrt
from typing import Any, Final

from engine.errors import AnswerError
from engine.flow.keys import path_of
from engine.flow.model import FactType
from engine.graph.axes import FactAxis, OptionAxis, TermAxis
from engine.graph.graph import FactNode, Graph
from engine.graph.order import facts_behind
from engine.harness.declared import Declared
from engine.harness.dice import Dice, dice
from engine.harness.draws import Drawn, Spread, Spreading
from engine.harness.shared_axes import Sides
from engine.harness.whole import Person
from engine.journey.accept import check_facts

MOST_LISTED: Final = 20_000
"""Answers up to which all are listed."""
MOST_DRAWN: Final = 120_000
"""Effort for one question: who only has to pass the gate costs 1, whose value is worked out `COST`. It ends sooner
when every group was met `ENOUGH` times."""
COST: Final = 3
ENOUGH: Final = 200
FEWEST_DRAWN: Final = 10_000
ROUND: Final = 2_000
ALL_DRAWN: Final = 300_000
"""Effort for all questions of one comparison."""
AGAIN: Final = 8
"""How often everything else is drawn of somebody whom a changed rule touches."""
RARE: Final = 0.02
"""The part that passes the gate up to which that is worth the while."""
KEPT: Final = 40
"""Citizens of each group that are kept."""
SURE: Final = 1.96
"""Standard errors on either side of 95 %."""

Key = Callable[[Drawn, Person, Person], Hashable]
Gate = Callable[[Person, Person], bool]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share (0..1) of the population. `drawn` is how many citizens it rests on, 0 where it was worked out."""

    share: float
    low: float
    high: float
    drawn: int = 0

    @property
    def margin(self) -> float:
        """How far the share may be off, either way."""
        return max(self.share - self.low, self.high - self.share)


@dataclass(slots=True)
class Tally:
    """What came out: how often each key, and some citizens of each.

    `hits`: of how many of `drawn` citizens from a part `mass` of the population; or, where nothing was drawn, shares.
    Who counts for a part counts in `squares` for its square. `is_known`: whether anything could be told at all.
    """

    hits: dict[Hashable, float] = field(default_factory=dict)
    squares: dict[Hashable, float] = field(default_factory=dict)
    citizens: dict[Hashable, list[Drawn]] = field(default_factory=dict)
    drawn: int = 0
    mass: float = 1.0
    is_known: bool = False

    def of(self, *keys: Hashable) -> Estimate | None:
        """The share of these keys together; of what nobody had, how rare it must be."""
        if not self.is_known:
            return None
        many = sum(self.hits.get(key, 0.0) for key in keys)
        if not self.drawn:
            return Estimate(many, many, many)
        effective = self.effective(*keys)
        return wilson(effective, self.drawn * effective / many if many else self.drawn, self.mass, self.drawn)

    def effective(self, *keys: Hashable) -> float:
        """As many whole citizens as tell as much as the parts that were counted (L. Kish 1965)."""
        many = sum(self.hits.get(key, 0.0) for key in keys)
        squares = sum(sqrt(self.squares.get(key, 0.0)) for key in keys) ** 2  # as if they always went together
        return many * many / squares if squares else 0.0

    def add(self, parts: Mapping[Hashable, float]) -> None:
        """One citizen more, who counts for these parts."""
        self.drawn += 1
        for key, part in parts.items():
            self.hits[key] = self.hits.get(key, 0.0) + part
            self.squares[key] = self.squares.get(key, 0.0) + part * part

    def keep(self, key: Hashable, drawn: Drawn) -> None:
        """One of the citizens of a key."""
        kept = self.citizens.setdefault(key, [])
        if len(kept) < KEPT:
            kept.append(drawn)


def wilson(hits: float, of: float, mass: float, drawn: int) -> Estimate:
    """The share `mass * hits / of` with its interval; `drawn` is how many citizens it is told to rest on."""
    part, square = hits / of, SURE * SURE
    middle = (part + square / (2 * of)) / (1 + square / of)
    spread = SURE * sqrt(part * (1 - part) / of + square / (4 * of * of)) / (1 + square / of)
    low = mass * (middle - spread) if hits else 0.0
    high = mass * (middle + spread) if hits < of else mass
    return Estimate(mass * part, low, high, drawn)


class Estimates:
    """See the top of this module. Raises NotSpread for a fact of which it cannot be told how it is spread."""

    def __init__(self, sides: Sides, declared: Declared, most: int = ALL_DRAWN) -> None:
        self.sides, self.forest = sides, sides.forest
        self.declared, self.left = declared, most
        facts: dict[str, FactNode] = {**sides.old.facts, **sides.new.facts}
        self.spreading = Spreading(declared, facts)
        self.rules = sides.rules
        self.throw = dice()

    def tally(
        self, region: int, names: Sequence[str], key: Key, gate: Gate | None = None, most: int = MOST_DRAWN
    ) -> Tally:
        """Citizens of a region (a diagram over answers alone) by their key (None: no key), which reads these names.

        Nobody has a key for whom the `gate` is not open.
        """
        everybody = self.sides.possible if self.checks else self.forest.terminal(True)
        place = _Region(self, everybody if self.checks or self._twice else region)
        if not place.mass:
            return Tally(is_known=True)
        listed = None if self.checks else self._listed(place, names)
        return self._draw(place, key, gate, most) if listed is None else self._count(listed, key)

    @cached_property
    def checks(self) -> bool:
        """Whether answers may be refused together."""
        return bool(self.sides.old.checks or self.sides.new.checks)

    @cached_property
    def _twice(self) -> bool:
        """Whether a fact has a variable for each flow, so that a diagram takes its answers for independent."""
        paths = [own.node.path for own in self.sides.axes if isinstance(own, FactAxis)]
        return len(set(paths)) < len(paths)

    # -- everybody, one by one

    def _listed(self, place: _Region, names: Sequence[str]) -> list[tuple[str, list[tuple[Any, float]]]] | None:
        """Per fact that counts its answers with their weight; None where there are too many."""
        reads = self.behind(names)
        if any(self.spreading.facts[path].spec.type is FactType.LIST or "." in path for path in reads):
            return None
        found, raw = [], self._raw
        for path in sorted(reads):
            answers = place.answers(path, is_raw=path in raw)
            if answers is None:
                return None
            found.append((path, answers))
            if prod(len(own) for _, own in found) > MOST_LISTED:
                return None
        return found

    def _count(self, listed: list[tuple[str, list[tuple[Any, float]]]], key: Key) -> Tally:
        tally = Tally(is_known=True)
        for chosen in product(*(answers for _, answers in listed)):
            drawn = self.spreading.citizen(self.throw, {})
            drawn.update({path: value for (path, _), (value, _) in zip(listed, chosen, strict=True)})
            found = self._keyed(drawn, key)
            if found is not None:
                tally.hits[found] = tally.hits.get(found, 0.0) + prod(weight for _, weight in chosen)
                tally.keep(found, drawn)
        return tally

    @cached_property
    def _raw(self) -> frozenset[str]:
        """Facts of which the figure itself counts, not the cell alone."""
        names = {name for axis in self.sides.axes if isinstance(axis, TermAxis) for name in axis.names}
        return frozenset(self.behind(names))

    def behind(self, names: Iterable[str]) -> set[str]:
        """The facts that these names rest on, and those by which others are there at all."""
        wanted = frozenset(names)
        return {path for graph in self._graphs for path in facts_behind(graph, wanted)}

    @property
    def _graphs(self) -> tuple[Graph, Graph]:
        return self.sides.old, self.sides.new

    # -- drawing

    def _draw(self, place: _Region, key: Key, gate: Gate | None, most: int) -> Tally:
        most, tally = max(min(most, self.left), ROUND * COST), Tally(mass=place.mass)
        again = AGAIN if gate is not None and not self.checks else 1
        while place.spent < most and not (tally.drawn >= FEWEST_DRAWN and self._enough(tally)):
            for _ in range(ROUND):
                drawn = self.spreading.citizen(self.throw, place.sample(self.throw))
                place.spent += 1
                if self.checks and self._refused(drawn):
                    continue
                tally.add(self._parts(drawn, key, gate, tally, again, place))
            if place.passed > RARE * tally.drawn:
                again = 1
        self.left -= place.spent
        tally.is_known = tally.drawn > 0
        return tally

    def _enough(self, tally: Tally) -> bool:
        return bool(tally.hits) and all(tally.effective(key) >= ENOUGH for key in tally.hits)

    def _parts(
        self, drawn: Drawn, key: Key, gate: Gate | None, tally: Tally, again: int, place: _Region
    ) -> Mapping[Hashable, float]:
        """For which part a citizen counts for each key; of somebody beyond the gate everything else is drawn again."""
        old = self.rules[0].person(drawn)
        new = self.rules[1].person(drawn, old)
        if gate is not None and not gate(old, new):
            return {}
        place.passed += 1
        parts = dict[Hashable, float]()
        for _ in range(again):
            own = drawn if again == 1 else drawn.again()
            found = key(drawn, old, new) if again == 1 else self._keyed(own, key)
            place.spent += COST
            if found is not None:
                if found not in parts:  # of those who share what the gate reads only one is kept
                    tally.keep(found, own)
                parts[found] = parts.get(found, 0.0) + 1 / again
        return parts

    def _keyed(self, drawn: Drawn, key: Key) -> Hashable:
        old = self.rules[0].person(drawn)
        return key(drawn, old, self.rules[1].person(drawn, old))

    def _refused(self, drawn: Drawn) -> bool:
        """Whether a check of one of the flows refuses these answers together."""
        whole = drawn.whole()
        try:
            for graph in self._graphs:
                own = {path: value for path, value in whole.items() if path_of(path) in graph.facts}
                check_facts(graph, own, own)
        except AnswerError:
            return True
        return False


class _Region:
    """A set of situations over answers alone, from which citizens can be drawn."""

    def __init__(self, of: Estimates, node: int) -> None:
        self.forest, self.axes, self.spreading = of.forest, of.sides.axes, of.spreading
        self.node, self.declared = node, of.declared
        self._parts: dict[int, float] = {}
        self._weights: dict[int, list[float]] = {}
        self._ways: dict[int, tuple[int, list[float]]] = {}
        self.mass = self._part(node)
        self.spent = self.passed = 0

    def _part(self, node: int) -> float:
        """The part of the population for which the node is true."""
        if self.forest.is_terminal(node):
            return float(self.forest.value(node) is True)
        if node not in self._parts:
            kids = self.forest.children[node]
            weights = self._weight(self.forest.top[node])
            self._parts[node] = sum(own * self._part(kid) for own, kid in zip(weights, kids, strict=True) if own)
        return self._parts[node]

    def _weight(self, number: int) -> list[float]:
        if number not in self._weights:
            self._weights[number] = self.declared.weights(self.axes[number])
        return self._weights[number]

    def sample(self, throw: Dice) -> dict[str, Spread]:
        """The cells of somebody in it: per fact on the way a part of what it can be."""
        found, node, chosen = dict[str, Spread](), self.node, dict[str, dict[str, bool]]()
        while not self.forest.is_terminal(node):
            number, ends = self._way(node)
            cell = min(bisect_right(ends, throw() * ends[-1]), len(ends) - 1)
            axis = self.axes[number]
            if isinstance(axis, FactAxis):
                found[axis.node.path] = self.spreading.within(axis, cell)
            elif isinstance(axis, OptionAxis):
                chosen.setdefault(axis.node.path, {})[axis.option] = not cell
            node = self.forest.children[node][cell]
        facts = self.spreading.facts
        return found | {path: _chosen(facts[path], picked, throw) for path, picked in chosen.items()}

    def _way(self, node: int) -> tuple[int, list[float]]:
        """The variable on top of a node, and how far each of its cells goes in the part of the population."""
        if node not in self._ways:
            number, kids = self.forest.top[node], self.forest.children[node]
            parts = [own * self._part(kid) for own, kid in zip(self._weight(number), kids, strict=True)]
            last = max(at for at, part in enumerate(parts) if part)
            self._ways[node] = number, list(accumulate(parts[: last + 1]))
        return self._ways[node]

    def answers(self, path: str, *, is_raw: bool) -> list[tuple[Any, float]] | None:
        """The answers to a fact that somebody in it can give, with their weight; None where there are too many."""
        number = next((at for at, own in enumerate(self.axes) if
                       isinstance(own, FactAxis | OptionAxis) and own.node.path == path), None)  # fmt: skip
        axis = None if number is None else self.axes[number]
        if isinstance(axis, OptionAxis):
            return None
        if not isinstance(axis, FactAxis):
            whole = self.spreading.of_key(path)
            return None if whole.size > MOST_LISTED else list(whole.all())
        assert number is not None
        weights, found = self._weight(number), list[tuple[Any, float]]()
        for cell, weight in enumerate(weights):
            if weight and True in self.forest.values(self.forest.allow(self.node, number, 1 << cell)):
                spread = self.spreading.within(axis, cell)
                if is_raw and spread.size > MOST_LISTED:
                    return None
                own = spread.all() if is_raw else [(axis.cells.representative(cell), 1.0)]
                found += [(value, part * weight) for value, part in own]
        return found


def _chosen(node: FactNode, picked: Mapping[str, bool], throw: Dice) -> Spread:
    """One set of options: those that were picked, and of the others every second one."""
    options = [own for own in node.spec.options if (picked[own] if own in picked else throw() < 0.5)]
    return Spread([(1.0, 0, 1)], lambda _: options)

"""A flow's decisions as decision diagrams, asked about one journey at a time.

    diagram.narrowed(view, root)     the node of what is left when everything known is filled in
    diagram.plain(view, node)        the facts on which that node still depends, in order, where these are all it takes
    diagram.first(view, node)        the first of them that a citizen can be asked
    diagram.needs(node, view, into)  adds the facts on which that node still depends, whatever it takes

Exact where every variable is a fact: a fact is needed when, and only when, two completions that differ in it alone
differ in the decision. A term (interval reasoning) or a decision with a diagram of its own may be correlated with
other variables: then it may ask too much, and never decides too early. What is worked out for one view is remembered
with it (`Memo`), and told apart from other facts when one more is known; what holds for a node holds for every view.
Built by `engine.graph.decide`; called by `engine.graph.view` and `engine.journey`; tests:
tests/engine/graph/test_exactness.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from engine.graph.axes import Axis, DecisionAxis, FactAxis, OptionAxis, TermAxis
from engine.graph.frozen import thaw
from engine.graph.mdd import DiagramTooLarge, Forest
from engine.graph.possible import One, Possible, some

if TYPE_CHECKING:
    from engine.graph.view import View

MOST_RESTARTS: Final = 3
MOST_REMEMBERED: Final = 20_000
NOTHING_FIRST: Final = 1 << 30


def when_key(path: str) -> str:
    """The name under which the `when` of a fact has its diagram; no decision is called so."""
    return f"when {path}"


class Plain(NamedTuple):
    """Facts in the author's order: all that are needed, those that a citizen can be asked, and the others."""

    needed: tuple[str, ...]
    asked: tuple[str, ...]
    other: tuple[str, ...]


class Memo(dict[int, int]):
    """Diagram -> what is left of it with the facts of one view; void when the forest has forgotten nodes.

    `filled` is the same before decisions that stand apart and terms are looked at, ready for the next fact; `bits` the
    variables whose fact is known, -1 before anything was asked.
    """

    __slots__ = ("bits", "filled", "generation")

    def __init__(self) -> None:
        super().__init__()
        self.generation = 0
        self.filled: dict[int, int] = {}
        self.bits = -1

    def restart(self, generation: int = -1) -> None:
        """Start again: the numbers of nodes, or the facts, no longer hold."""
        self.clear()
        self.filled.clear()
        self.bits = -1
        self.generation = generation


class Remembered:
    """What holds for every view until nodes are forgotten.

    `merged`: per decision and grouping of its values its diagram with one value a group; `deep` what lies behind it.
    `masks`: per decision and what is left of it the cells of the values that it can still have.
    `plain`: per set of variables the facts that they are; numbers of variables always hold.
    """

    __slots__ = ("deep", "generation", "masks", "merged", "plain")

    def __init__(self) -> None:
        self.generation = 0
        self.merged: dict[tuple[int, tuple[int, ...]], int] = {}
        self.deep: dict[int, int] = {}
        self.masks: dict[tuple[int, int], int] = {}
        self.plain: dict[int, Plain] = {}

    def restart(self, generation: int) -> None:
        self.generation = generation
        self.merged.clear()
        self.deep.clear()
        self.masks.clear()


@dataclass(frozen=True, slots=True, eq=False)
class Diagram:
    """`root` is the goal's node while nothing is known, `roots` those of all decisions that have a diagram, and of the
    `when` of facts (`when_key`); `deep` the facts behind each of them, also through other decisions.

    `by_fact` says which variables a fact is. Bitmasks of variables: `terms` and `decisions` by kind of axis, `guarded`
    facts that have a `when`, `asked` facts that a citizen can be asked.
    """

    forest: Forest
    axes: tuple[Axis, ...]
    root: int
    roots: Mapping[str, int]
    by_fact: Mapping[str, int]
    terms: int
    decisions: int
    guarded: int
    asked: int
    deep: Mapping[int, int]
    _remembered: Remembered = field(default_factory=Remembered)

    # -- what is left

    def narrowed(self, view: View, root: int | None = None) -> int:
        """The node of what is left when everything known is filled in. DiagramTooLarge when memory is used up."""
        start = self.root if root is None else root
        memo, forest = view.narrowed, self.forest
        if memo.generation == forest.generation:
            found = memo.get(start)
            if found is not None:
                return found
        for _ in range(MOST_RESTARTS):
            if memo.generation != forest.generation:
                memo.restart(forest.generation)
            try:
                node = self._narrow(start, view)
            except (DiagramTooLarge, RecursionError):
                forest.forget()
                node = None
            if node is not None:
                memo[start] = node
                return node
            if start >= forest.base:
                break  # the start itself was forgotten
        raise DiagramTooLarge

    def _narrow(self, start: int, view: View) -> int | None:
        """One attempt; None when nodes were forgotten on the way, so that its numbers no longer hold."""
        memo, forest = view.narrowed, self.forest
        node = memo.filled.get(start)
        if node is None:
            if memo.bits < 0:
                memo.bits = self._bits(view)
            node = memo.filled[start] = self._with(start, memo.bits, view)
        if not forest.supports[node] & (self.decisions | self.terms):
            return node
        narrow = self._with_terms(node, view)
        if narrow is not None and not self._deep(start) & self.terms:
            memo.filled[start] = narrow  # decisions by facts alone only get narrower
        return narrow

    def _now(self) -> Remembered:
        """What is remembered, started again where nodes were forgotten."""
        remembered = self._remembered
        if remembered.generation != self.forest.generation:
            remembered.restart(self.forest.generation)
        return remembered

    def _deep(self, start: int) -> int:
        """The variables behind a diagram, also through decisions that stand apart."""
        found = self.deep.get(start)
        return self._remembered.deep[start] if found is None else found

    def _bits(self, view: View) -> int:
        found, by_fact = 0, self.by_fact
        for key in view.known:
            found |= by_fact.get(key, 0)
        return found

    def _filled(self, node: int, number: int, view: View) -> int:
        """What is left of a diagram with the answer to one fact, where that is known and lies in a cell."""
        axis = self.axes[number]
        assert isinstance(axis, FactAxis | OptionAxis)
        cell = axis.cell(view)
        return node if cell < 0 else self.forest.pick(node, number, cell)

    def _with_terms(self, node: int, view: View) -> int | None:
        """Decisions that stand apart filled in, then terms: they cost more. None when nodes were forgotten."""
        forest, seen = self.forest, 0
        generation = forest.generation
        for kind in (self.decisions, self.terms):
            while left := forest.supports[node] & kind & ~seen:
                bit = left & -left
                seen |= bit
                number = bit.bit_length() - 1
                axis = self.axes[number]
                assert isinstance(axis, DecisionAxis | TermAxis)
                mask = self._decided(axis, view) if isinstance(axis, DecisionAxis) else axis.mask(view)
                if forest.generation != generation:
                    return None
                if mask != (1 << len(axis.cells)) - 1:
                    node = forest.allow(node, number, mask)
        return node

    def _decided(self, axis: DecisionAxis, view: View) -> int:
        """Bitmask of the values that a decision with its own diagram can still have."""
        left = self.narrowed(view, axis.root)
        remembered = self._now()
        mask = remembered.masks.get((axis.root, left))
        if mask is None:
            mask = sum(1 << axis.cell_of[leaf] for leaf in self.forest.leaves(left))
            remembered.masks[axis.root, left] = mask
        return mask

    def told(self, view: View, path: str) -> None:
        """A fact was just added to the view: fill it in where something was narrowed before. "" for a list."""
        memo, forest = view.narrowed, self.forest
        if memo.bits < 0 or memo.generation != forest.generation:
            memo.restart(forest.generation)
            return
        bits = self.by_fact.get(path, 0)
        memo.bits |= bits
        touched, supports = bits | self.terms, forest.supports
        try:
            for start, before in memo.filled.items():
                if supports[before] & bits:
                    memo.filled[start] = self._with(before, bits, view)
                if self._deep(start) & touched:
                    memo.pop(start, None)
        except (DiagramTooLarge, RecursionError):
            forest.forget()

    def _with(self, node: int, bits: int, view: View) -> int:
        """What is left of a diagram with the answers to some facts."""
        for number in numbers(bits & self.forest.supports[node]):
            node = self._filled(node, number, view)
        return node

    def possible(self, view: View, name: str) -> Possible | None:
        """What a decision can still be; None when it has no diagram."""
        root = self.roots.get(name)
        if root is None:
            return None
        node = self.narrowed(view, root)
        if self.forest.is_terminal(node):
            return One(thaw(self.forest.value(node)))
        return some([thaw(value) for value in self.forest.values(node)])

    # -- what is needed

    def plain(self, view: View, node: int) -> Plain | None:
        """What `node` still needs where that is facts without a `when` alone; None where it takes more to tell."""
        bits = self._needed(view, node, set())
        if not bits:
            return None
        remembered = self._remembered.plain
        found = remembered.get(bits)
        if found is None:
            if len(remembered) > MOST_REMEMBERED:
                remembered.clear()
            found = remembered[bits] = self._facts(bits)
        return found

    def _needed(self, view: View, node: int, seen: set[int]) -> int:
        """The facts behind `node` as variables; 0 where one has a `when` or a term comes in."""
        support = self.forest.supports[node]
        if support & (self.terms | self.guarded | view.narrowed.bits):
            return 0  # a known fact is still there when its answer lies in no cell
        found = support & ~self.decisions
        for number in numbers(support & self.decisions):
            own = self._merge(node, number, view)
            if own in seen or self.forest.is_terminal(own):
                continue
            seen.add(own)
            more = self._needed(view, own, seen)
            if not more:
                return 0
            found |= more
        return found

    def first(self, view: View, node: int) -> str:
        """The first fact that a citizen can be asked, as `plain` has it; "" where it takes more to tell."""
        number = self._first(view, node, NOTHING_FIRST)
        return self._path(number) if 0 <= number < NOTHING_FIRST else ""

    def _first(self, view: View, node: int, best: int) -> int:
        """The lowest variable below `best` that can be asked, else `best`; -1 where it takes more to tell."""
        support = self.forest.supports[node]
        if support & (self.terms | self.guarded | view.narrowed.bits):
            return -1
        left = support & self.asked
        if left:
            best = min(best, (left & -left).bit_length() - 1)
        for number in numbers(support & self.decisions):
            axis = self.axes[number]
            assert isinstance(axis, DecisionAxis)
            before = (1 << best) - 1 & ~view.narrowed.bits if best < NOTHING_FIRST else -1
            if not self.deep[axis.root] & (before | self.terms | self.guarded):
                continue  # nothing behind it can come before the best
            best = self._first(view, self._merge(node, number, view), best)
            if best < 0:
                return -1
        return best

    def _facts(self, bits: int) -> Plain:
        needed = tuple(dict.fromkeys(self._path(number) for number in numbers(bits)))
        asked = tuple(dict.fromkeys(self._path(number) for number in numbers(bits & self.asked)))
        return Plain(needed, asked, tuple(path for path in needed if path not in asked))

    def _path(self, number: int) -> str:
        axis = self.axes[number]
        assert isinstance(axis, FactAxis | OptionAxis)
        return axis.node.path

    def needs(self, node: int, view: View, into: set[str]) -> None:
        """Add the facts on which `node` still depends. DiagramTooLarge when memory is used up."""
        generation = self.forest.generation
        for number in numbers(self.forest.supports[node]):
            axis = self.axes[number]
            if isinstance(axis, FactAxis | OptionAxis):
                if axis.node.path not in view.known:
                    into.add(axis.node.path)
            elif isinstance(axis, TermAxis):
                axis.wants(view, into)
            else:
                self.needs(self._merge(node, number, view), view, into)
            if self.forest.generation != generation:
                raise DiagramTooLarge

    def _merge(self, node: int, number: int, view: View) -> int:
        """What is left of a decision, with values that `node` does not tell apart made one. DiagramTooLarge."""
        forest = self.forest
        generation = forest.generation
        axis = self.axes[number]
        assert isinstance(axis, DecisionAxis)
        groups = forest.groups(node, number)
        start = axis.root if len(set(groups)) == len(groups) else self._grouped(axis, groups)
        own = self.narrowed(view, start)
        if forest.generation != generation:
            raise DiagramTooLarge
        return own

    def _grouped(self, axis: DecisionAxis, groups: tuple[int, ...]) -> int:
        """The decision's diagram with the first value of each group for all its values. DiagramTooLarge."""
        remembered, forest = self._now(), self.forest
        key = (axis.root, groups)
        found = remembered.merged.get(key)
        if found is None:
            try:
                found = forest.relabel(axis.root, {leaf: groups[cell] for leaf, cell in axis.cell_of.items()})
            except DiagramTooLarge:
                forest.forget()
                raise
            remembered.merged[key] = found
            remembered.deep[found] = self.deep[axis.root]
        return found


def numbers(bits: int) -> Iterator[int]:
    """The variables of a bitmask, ascending."""
    while bits:
        bit = bits & -bits
        bits ^= bit
        yield bit.bit_length() - 1

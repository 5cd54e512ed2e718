"""A flow's decisions as decision diagrams, asked about one journey at a time.

    diagram.narrowed(view, root)     the node of what is left when everything known is filled in
    diagram.plain(view, node)        the facts on which that node still depends, in order, where these are all it takes
    diagram.first(view)              the first of them that a citizen can be asked for the goal
    diagram.needs(node, view, into)  adds the facts on which that node still depends, whatever it takes

Exact where every variable is a fact: a fact is needed when, and only when, two completions that differ in it alone
differ in the decision. A term (interval reasoning) or a decision with a diagram of its own may be correlated with
other variables: then it may ask too much, and never decides too early. What is worked out for one view is remembered
with it (`Memo`), and told apart from other facts when one more is known; what holds for a node holds for every view.
Built by `engine.graph.decide`; called by `engine.graph.view` and `engine.journey`; tests:
tests/engine/graph/test_exactness.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from engine.graph.axes import Axis, DecisionAxis, FactAxis, OptionAxis, TermAxis
from engine.graph.frozen import thaw
from engine.graph.mdd import DiagramTooLarge, Forest, numbers
from engine.graph.memo import First, Memo, Plain, Remembered
from engine.graph.possible import One, Possible, some

if TYPE_CHECKING:
    from engine.graph.view import View

MOST_RESTARTS: Final = 3
MOST_REMEMBERED: Final = 20_000
NOTHING_FIRST: Final = 1 << 30


def when_key(path: str) -> str:
    """The name under which the `when` of a fact has its diagram; no decision is called so."""
    return f"when {path}"


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
            node = memo.filled[start] = self._with(start, self._answered(memo.bits & forest.supports[start], view))
        support = forest.supports[node]
        if not support & (self.decisions | self.terms):
            return node
        if self._now().deep[start] & self.terms:
            return self._with_terms(node, view)
        narrow = self._with_decisions(node, memo.fresh.get(start, -1), view)
        if narrow is not None:
            memo.filled[start] = narrow  # decisions by facts alone only get narrower
            memo.fresh[start] = 0
        return narrow

    def _now(self) -> Remembered:
        """What is remembered, started again where nodes were forgotten."""
        remembered = self._remembered
        if remembered.generation != self.forest.generation:
            roots = [axis.root for axis in self.axes if isinstance(axis, DecisionAxis)]
            apart = [root for root in roots if not self.deep[root] & (self.terms | self.decisions)]
            remembered.restart(self.forest.generation, self.deep, apart)
        return remembered

    def _bits(self, view: View) -> int:
        found, by_fact = 0, self.by_fact
        for key in view.known:
            found |= by_fact.get(key, 0)
        return found

    def _answered(self, bits: int, view: View) -> list[tuple[int, int]]:
        """For each of these variables the cell of its answer, where that is known and lies in one."""
        found = []
        for number in numbers(bits):
            axis = self.axes[number]
            assert isinstance(axis, FactAxis | OptionAxis)
            cell = axis.cell(view)
            if cell >= 0:
                found.append((number, cell))
        return found

    def _with_decisions(self, node: int, fresh: int, view: View) -> int | None:
        """Decisions that stand apart filled in, where `fresh` facts lie behind them. None when nodes were forgotten."""
        forest, deep = self.forest, self.deep
        generation = forest.generation
        for number in numbers(forest.supports[node] & self.decisions):
            axis = self.axes[number]
            assert isinstance(axis, DecisionAxis)
            if not deep[axis.root] & fresh or not forest.supports[node] >> number & 1:
                continue
            mask = self._decided(axis, view)
            if forest.generation != generation:
                return None
            if mask != (1 << len(axis.cells)) - 1:
                node = forest.allow(node, number, mask)
        return node

    def _with_terms(self, node: int, view: View) -> int | None:
        """Decisions filled in, then terms: they cost more. None when nodes were forgotten."""
        forest = self.forest
        generation = forest.generation
        narrow = self._with_decisions(node, -1, view)
        if narrow is None:
            return None
        for number in numbers(forest.supports[narrow] & self.terms):
            axis = self.axes[number]
            assert isinstance(axis, TermAxis)
            if not forest.supports[narrow] >> number & 1:
                continue
            mask = axis.mask(view)
            if forest.generation != generation:
                return None
            if mask != (1 << len(axis.cells)) - 1:
                narrow = forest.allow(narrow, number, mask)
        return narrow

    def _decided(self, axis: DecisionAxis, view: View) -> int:
        """Bitmask of the values that a decision with its own diagram can still have."""
        left, masks = self.narrowed(view, axis.root), self._now().masks
        mask = masks.get((axis.root, left))
        if mask is None:
            mask = masks[axis.root, left] = sum(1 << axis.cell_of[leaf] for leaf in self.forest.leaves(left))
        return mask

    def told(self, view: View, path: str) -> None:
        """A fact was just added to the view: fill it in where something was narrowed before. "" for a list."""
        memo, forest = view.narrowed, self.forest
        if memo.bits < 0 or memo.generation != forest.generation:
            memo.restart(forest.generation)
            return
        bits = self.by_fact.get(path, 0)
        memo.bits |= bits
        answered = self._answered(bits, view)
        if memo.lead is not None:
            if len(answered) == bits.bit_count() and self._told_apart(memo, bits, answered):
                return
            memo.lead = None
            if memo.generation != forest.generation:
                return
        touched, supports, deep = bits | self.terms, forest.supports, self._now().deep
        filled, fresh = memo.filled, memo.fresh
        try:
            for start, before in filled.items():
                if deep[start] & touched:
                    memo.pop(start, None)
                    if start in fresh:
                        fresh[start] |= bits
                    if supports[before] & bits:
                        filled[start] = self._with(before, answered)
        except (DiagramTooLarge, RecursionError):
            forest.forget()

    def _told_apart(self, memo: Memo, bits: int, answered: list[tuple[int, int]]) -> bool:
        """Whether only decisions by facts alone change, and not which values they can still have: nothing follows."""
        forest, filled, apart = self.forest, memo.filled, self._now().apart
        supports = forest.supports
        left: dict[int, int] = {}
        try:
            for start in [start for start, before in filled.items() if supports[before] & bits]:
                if start not in apart:
                    return False
                left[start] = self._with(filled[start], answered)
        except (DiagramTooLarge, RecursionError):
            forest.forget()
            return False
        for start, now in left.items():
            if apart[start] == start and forest.leaves(now) != forest.leaves(filled[start]):
                return False
        memo.update(left)
        filled.update(left)
        return True

    def _with(self, node: int, answered: list[tuple[int, int]]) -> int:
        """What is left of a diagram with the answers to some facts."""
        for number, cell in answered:
            if self.forest.supports[node] >> number & 1:
                node = self.forest.pick(node, number, cell)
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

    def first(self, view: View) -> str:
        """The first fact that a citizen can be asked for the goal, as in `plain`; "" where it takes more to tell."""
        memo = view.narrowed
        lead = memo.lead
        if lead is not None and memo.generation == self.forest.generation:
            number = self._lowest(memo, lead)
            if number < memo.bound:
                return self.path_of(number)
            found = [own if own[1] is None else (self._lowest(memo, own[1]), own[1], True) for own in memo.beside]
            found.append((number, lead, True))
            if min(found, key=_number)[2]:
                return self._led(memo, found)
        found = []
        memo.lead = None
        if not self._firsts(view, self.narrowed(view), None, found):
            return ""
        return self._led(memo, found) if found else ""

    def _lowest(self, memo: Memo, lead: int) -> int:
        """The first variable that a lead can ask, also where another led and changed: it may read the same decision."""
        left = self.forest.supports[memo[lead]] & self.asked
        return (left & -left).bit_length() - 1 if left else NOTHING_FIRST

    def _led(self, memo: Memo, found: list[First]) -> str:
        """The first of these, which leads from now on: the others are looked at when it has nothing more to ask."""
        own = min(found, key=_number)
        found.remove(own)
        memo.lead, memo.beside = own[1], found
        memo.bound = min(found, key=_number)[0] if found else NOTHING_FIRST
        return self.path_of(own[0]) if own[0] < NOTHING_FIRST else ""

    def _firsts(self, view: View, node: int, lead: int | None, found: list[First]) -> bool:
        """Add the lowest variable that can be asked, of `node` and of what may come before it; False as for `first`."""
        support, known = self.forest.supports[node], view.narrowed.bits
        if support & (self.terms | self.guarded | known):
            return False
        left = support & self.asked
        if left:
            found.append(((left & -left).bit_length() - 1, lead, True))
        for number in numbers(support & self.decisions):
            axis = self.axes[number]
            assert isinstance(axis, DecisionAxis)
            behind = self.deep[axis.root]
            ahead = behind & ~known
            lowest = (ahead & -ahead).bit_length() - 1
            if not behind & (self.terms | self.guarded) and found and lowest >= min(found, key=_number)[0]:
                found.append((lowest, None, False))  # nothing behind it comes before what was found
                continue
            own = self._merge(node, number, view)
            inner = None if behind & (self.terms | self.decisions) else self._now().starts[node, number]
            if not self._firsts(view, own, inner, found):
                return False
        return True

    def _facts(self, bits: int) -> Plain:
        needed = tuple(dict.fromkeys(self.path_of(number) for number in numbers(bits)))
        asked = tuple(dict.fromkeys(self.path_of(number) for number in numbers(bits & self.asked)))
        return Plain(needed, asked, tuple(path for path in needed if path not in asked))

    def path_of(self, number: int) -> str:
        """The fact that a variable is."""
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
        start = self._now().starts.get((node, number))
        own = self.narrowed(view, self._start(node, number) if start is None else start)
        if forest.generation != generation:
            raise DiagramTooLarge
        return own

    def _start(self, node: int, number: int) -> int:
        """The decision's diagram with the first value of each group for all its values. DiagramTooLarge."""
        remembered, forest = self._now(), self.forest
        axis = self.axes[number]
        assert isinstance(axis, DecisionAxis)
        groups = forest.groups(node, number)
        key = (axis.root, groups)
        found = remembered.merged.get(key)
        if found is None:
            try:
                found = remembered.merged[key] = self._relabelled(axis, groups)
            except DiagramTooLarge:
                forest.forget()
                raise
            remembered.deep[found] = self.deep[axis.root]
            if axis.root in remembered.apart:
                remembered.apart.setdefault(found, axis.root)
        if len(remembered.starts) > MOST_REMEMBERED:
            remembered.starts.clear()
        remembered.starts[node, number] = found
        return found

    def _relabelled(self, axis: DecisionAxis, groups: tuple[int, ...]) -> int:
        if len(set(groups)) == len(groups):
            return axis.root
        return self.forest.relabel(axis.root, {leaf: groups[cell] for leaf, cell in axis.cell_of.items()})


_number = itemgetter(0)

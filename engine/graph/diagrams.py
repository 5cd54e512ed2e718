"""A flow's decisions as decision diagrams, asked about one journey at a time.

    diagram.narrowed(view, root)     the node of what is left when everything known is filled in
    diagram.needs(node, view, into)  adds the facts on which that node still depends

Exact where every variable is a fact: a fact is needed when, and only when, two completions that differ in it alone
differ in the decision. A term (interval reasoning) or a decision with a diagram of its own may be correlated with
other variables: then it may ask too much, and never decides too early.
Built by `engine.graph.decide`; called by `engine.graph.view` and `engine.journey`; tests:
tests/engine/graph/test_decide.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.graph.axes import Axis, DecisionAxis, FactAxis, OptionAxis, TermAxis
from engine.graph.frozen import thaw
from engine.graph.mdd import DiagramTooLarge, Forest
from engine.graph.possible import One, Possible, some

if TYPE_CHECKING:
    from engine.graph.view import View


MOST_RESTARTS = 3


def when_key(path: str) -> str:
    """The name under which the `when` of a fact has its diagram; no decision is called so."""
    return f"when {path}"


@dataclass(frozen=True, slots=True, eq=False)
class Diagram:
    """`root` is the goal's node while nothing is known, `roots` those of all decisions that have a diagram, and of the
    `when` of facts (`when_key`).

    `facts`, `terms` and `decisions` are bitmasks of variables by kind of axis; they are asked in that order, since
    a term costs more than a fact.
    """

    forest: Forest
    axes: tuple[Axis, ...]
    root: int
    roots: Mapping[str, int]
    facts: int
    terms: int
    decisions: int
    _merged: dict[tuple[int, int, int], int] = field(default_factory=dict)
    _generation: list[int] = field(default_factory=lambda: [0])

    def narrowed(self, view: View, root: int | None = None) -> int:
        """The node of what is left when everything known is filled in. DiagramTooLarge when memory is used up."""
        start = self.root if root is None else root
        memo, forest = view.narrowed, self.forest
        for _ in range(MOST_RESTARTS):
            memo.restart(forest.generation)
            found = memo.get(start)
            try:
                found = self._narrow(start, view) if found is None else found
            except (DiagramTooLarge, RecursionError):
                forest.forget()
                continue
            if found is not None:
                memo[start] = found
                return found
        raise DiagramTooLarge

    def _narrow(self, start: int, view: View) -> int | None:
        """One attempt; None when nodes were forgotten on the way, so that its numbers no longer hold."""
        forest, node, seen = self.forest, start, 0
        generation = forest.generation
        for kind in (self.facts, self.decisions, self.terms):
            while left := forest.support(node) & kind & ~seen:
                bit = left & -left
                seen |= bit
                number = bit.bit_length() - 1
                axis = self.axes[number]
                mask = self._decided(axis, view) if isinstance(axis, DecisionAxis) else axis.mask(view)
                if forest.generation != generation:
                    return None
                if mask != (1 << len(axis.cells)) - 1:
                    node = forest.allow(node, number, mask)
        return node

    def _decided(self, axis: DecisionAxis, view: View) -> int:
        """Bitmask of the values that a decision with its own diagram can still have."""
        mask = 0
        for leaf in self.forest.leaves(self.narrowed(view, axis.root)):
            mask |= 1 << axis.cell_of[leaf]
        return mask

    def possible(self, view: View, name: str) -> Possible | None:
        """What a decision can still be; None when it has no diagram."""
        root = self.roots.get(name)
        if root is None:
            return None
        node = self.narrowed(view, root)
        if self.forest.is_terminal(node):
            return One(thaw(self.forest.value(node)))
        return some([thaw(value) for value in self.forest.values(node)])

    def needs(self, node: int, view: View, into: set[str]) -> None:
        """Add the facts on which `node` still depends. DiagramTooLarge when memory is used up."""
        generation = self.forest.generation
        for number in self._numbers(self.forest.support(node)):
            axis = self.axes[number]
            if isinstance(axis, FactAxis | OptionAxis):
                if axis.node.path not in view.known:
                    into.add(axis.node.path)
            elif isinstance(axis, TermAxis):
                axis.wants(view, into)
            else:
                self.needs(self._merge(node, number, axis, view), view, into)
            if self.forest.generation != generation:
                raise DiagramTooLarge

    @staticmethod
    def _numbers(bits: int) -> Iterator[int]:
        while bits:
            bit = bits & -bits
            bits ^= bit
            yield bit.bit_length() - 1

    def _merge(self, node: int, number: int, axis: DecisionAxis, view: View) -> int:
        """The decision's own node, with values that `node` does not tell apart made one."""
        forest = self.forest
        if self._generation[0] != forest.generation:
            self._merged.clear()
            self._generation[0] = forest.generation
        own = self.narrowed(view, axis.root)
        key = (node, number, own)
        found = self._merged.get(key)
        if found is None:
            groups = self._groups(node, number)
            value_of = {forest.value(leaf): groups[cell] for leaf, cell in axis.cell_of.items()}
            found = forest.combine(lambda value: value_of[value], own)
            self._merged[key] = found
        return found

    def _groups(self, node: int, number: int) -> list[int]:
        """For each cell of a variable the first cell that `node` treats the same."""
        forest = self.forest
        rows = [forest.children[inner] for inner in self._inner(node) if forest.top[inner] == number]
        columns = [tuple(row[cell] for row in rows) for cell in range(forest.sizes[number])]
        return [columns.index(column) for column in columns]

    def _inner(self, node: int) -> Iterator[int]:
        seen, waiting = {node}, [node]
        while waiting:
            own = waiting.pop()
            yield own
            for kid in self.forest.children[own]:
                if kid not in seen:
                    seen.add(kid)
                    waiting.append(kid)

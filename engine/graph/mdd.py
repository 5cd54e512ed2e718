"""Multi-valued decision diagrams: a decision over finitely many cells, shared and canonical.

A diagram is a node number in one `Forest`. A terminal holds a value (any hashable Python value); an
inner node holds a variable and one child per cell of that variable. Variables occur in one fixed order on
every path and no node has all children equal, so two diagrams are the same function exactly when
they are the same number. Hence, after restricting to what is known:

    decided          the node is a terminal
    still matters    the variable occurs in the node's support (two completions differing in it differ)

Sources: R.E. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", IEEE ToC C-35 (1986);
A. Srinivasan et al., "Algorithms for Discrete Function Manipulation", ICCAD 1990.
Called by `engine.graph.decide` (build) and `engine.graph.diagrams` (restrict); tests: tests/engine/graph/test_mdd.py.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any

TERMINAL = 1 << 30  # above every variable, so that `min` of tops finds the first variable
WALKS_PER_NODE = 8  # a combination may look at so many pairs for each node that it may still make
WORK = 20_000_000  # cells that all combinations of one forest may look at together: some tens of seconds


class DiagramTooLarge(Exception):
    """The budget of nodes is used up; the caller falls back on interval reasoning."""


class Forest:
    """All diagrams of one flow version. Grows while building; restricting afterwards adds few nodes.

    `sizes[v]` is the number of cells of variable `v`; variables are ordered by number. `work` is what is left of the
    cells that combinations may look at: a bound on time, as `budget` is one on memory. `generation` counts how often
    nodes were forgotten: numbers from before are valid only below `base`.
    """

    __slots__ = (
        "_allow",
        "_groups",
        "_leaves",
        "_reach",
        "_terminals",
        "_unique",
        "base",
        "budget",
        "children",
        "generation",
        "sizes",
        "supports",
        "top",
        "work",
    )

    def __init__(self, budget: int = 50_000) -> None:
        self.budget = budget
        self.work = WORK
        self.base = 0
        self.generation = 0
        self.sizes: list[int] = []
        self.top: list[int] = []
        self.children: list[tuple[int, ...]] = []
        self.supports: list[int] = []
        self._terminals: dict[tuple[type, Hashable], int] = {}
        self._leaves: dict[int, Hashable] = {}
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._reach: dict[int, frozenset[int]] = {}
        self._allow: dict[tuple[int, int, int], int] = {}
        self._groups: dict[tuple[int, int], tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self.top)

    def variable(self, cells: int) -> int:
        """A new variable with `cells` cells, after all earlier ones in the order."""
        self.sizes.append(cells)
        return len(self.sizes) - 1

    def terminal(self, value: Hashable) -> int:
        """The diagram that always gives `value`. True and 1 are different values."""
        key = (type(value), value)
        node = self._terminals.get(key)
        if node is None:
            node = self._new(TERMINAL, ())
            self._terminals[key] = node
            self._leaves[node] = value
        return node

    def node(self, variable: int, children: Sequence[int]) -> int:
        """The diagram that looks at `variable` first; its children look at later variables only."""
        kids = tuple(children)
        first = kids[0]
        if kids.count(first) == len(kids):
            return first
        key = (variable, kids)
        node = self._unique.get(key)
        if node is None:
            node = self._new(variable, kids)
            self._unique[key] = node
        return node

    def _new(self, variable: int, children: tuple[int, ...]) -> int:
        if len(self.top) >= self.budget:
            raise DiagramTooLarge
        self.top.append(variable)
        self.children.append(children)
        supports = self.supports
        bits = 0 if variable == TERMINAL else 1 << variable
        for kid in children:
            bits |= supports[kid]
        supports.append(bits)
        return len(supports) - 1

    def freeze(self, room: int = 50_000) -> None:
        """Building is done: from here on restricting adds at most `room` nodes before `forget` is called for."""
        self.base = len(self.top)
        self.budget = self.base + room

    def forget(self) -> None:
        """Drop all nodes from `base` on. Node numbers below it stay valid, others do not."""
        self.generation += 1
        del self.top[self.base :]
        del self.children[self.base :]
        del self.supports[self.base :]
        self._allow.clear()
        self._groups.clear()
        self._unique = {key: node for key, node in self._unique.items() if node < self.base}
        self._terminals = {key: node for key, node in self._terminals.items() if node < self.base}
        for table in (self._leaves, self._reach):
            for node in [node for node in table if node >= self.base]:
                del table[node]

    def is_terminal(self, node: int) -> bool:
        return self.top[node] == TERMINAL

    def value(self, node: int) -> Hashable:
        """The value of a terminal. KeyError for an inner node."""
        return self._leaves[node]

    def look_at(self, cells: int) -> None:
        """Count cells that are looked at. Raises DiagramTooLarge when that was too many."""
        self.work -= cells
        if self.work < 0:
            raise DiagramTooLarge

    def combine(self, operation: Callable[..., Hashable], *operands: int) -> int:
        """The diagram of `operation` applied to the operands' values, cell by cell."""
        if len(operands) == 1:
            return self._mapped(operation, *operands)
        if len(operands) == 2:
            return self._paired(operation, *operands)
        memo: dict[tuple[int, ...], int] = {}
        top, children = self.top, self.children
        most = WALKS_PER_NODE * max(1, self.budget - len(top))

        def walk(nodes: tuple[int, ...]) -> int:
            found = memo.get(nodes)
            if found is not None:
                return found
            first = min(top[node] for node in nodes)
            if first == TERMINAL:
                made = self.terminal(operation(*(self._leaves[node] for node in nodes)))
            else:
                self.look_at(self.sizes[first])
                made = self.node(
                    first,
                    [
                        walk(tuple(children[node][cell] if top[node] == first else node for node in nodes))
                        for cell in range(self.sizes[first])
                    ],
                )
            memo[nodes] = made
            if len(memo) > most:
                raise DiagramTooLarge
            return made

        return walk(operands)

    def _mapped(self, operation: Callable[[Any], Hashable], operand: int) -> int:
        """`combine` of one: each leaf becomes another."""
        memo: dict[int, int] = {}
        top, children, leaves = self.top, self.children, self._leaves

        def walk(node: int) -> int:
            found = memo.get(node)
            if found is None:
                kids = children[node]
                if kids:
                    self.look_at(len(kids))
                    found = self.node(top[node], [walk(kid) for kid in kids])
                else:
                    found = self.terminal(operation(leaves[node]))
                memo[node] = found
            return found

        return walk(operand)

    def _paired(self, operation: Callable[[Any, Any], Hashable], left: int, right: int) -> int:
        """`combine` of two: most of a proof is made of these."""
        memo: dict[tuple[int, int], int] = {}
        top, children, leaves = self.top, self.children, self._leaves
        most = WALKS_PER_NODE * max(1, self.budget - len(top))

        def walk(one: int, two: int) -> int:
            found = memo.get((one, two))
            if found is not None:
                return found
            first, second = top[one], top[two]
            if first == second == TERMINAL:
                made = self.terminal(operation(leaves[one], leaves[two]))
            elif first == second:
                self.look_at(len(children[one]))
                made = self.node(first, [walk(*kids) for kids in zip(children[one], children[two], strict=True)])
            elif first < second:
                self.look_at(len(children[one]))
                made = self.node(first, [walk(kid, two) for kid in children[one]])
            else:
                self.look_at(len(children[two]))
                made = self.node(second, [walk(one, kid) for kid in children[two]])
            memo[one, two] = made
            if len(memo) > most:
                raise DiagramTooLarge
            return made

        return walk(left, right)

    def choose(self, condition: int, then: int, otherwise: int) -> int:
        """`then` where the condition is True, else `otherwise` (null counts as not true)."""
        memo: dict[tuple[int, int, int], int] = {}
        top, children = self.top, self.children
        most = WALKS_PER_NODE * max(1, self.budget - len(top))

        def walk(cond: int, yes: int, no: int) -> int:
            if yes == no:
                return yes
            head = top[cond]
            if head == TERMINAL:
                return yes if self._leaves[cond] is True else no
            key = (cond, yes, no)
            found = memo.get(key)
            if found is None:
                first = min(head, top[yes], top[no])
                cells = self.sizes[first]
                self.look_at(cells)
                conds = children[cond] if head == first else (cond,) * cells
                thens = children[yes] if top[yes] == first else (yes,) * cells
                others = children[no] if top[no] == first else (no,) * cells
                found = self.node(first, list(map(walk, conds, thens, others)))
                memo[key] = found
                if len(memo) > most:
                    raise DiagramTooLarge
            return found

        return walk(condition, then, otherwise)

    def exists(self, node: int, over: Callable[[int], bool]) -> int:
        """True where `node` is True for some cell of the variables for which `over` says so; elsewhere it is not."""
        memo: dict[int, int] = {}

        def walk(own: int) -> int:
            if self.top[own] == TERMINAL:
                return own
            found = memo.get(own)
            if found is None:
                kids = [walk(kid) for kid in self.children[own]]
                variable = self.top[own]
                found = self.combine(is_any_true, *kids) if over(variable) else self.node(variable, kids)
                memo[own] = found
            return found

        return walk(node)

    def relabel(self, node: int, label: Mapping[int, int]) -> int:
        """The diagram with each terminal replaced by the one that holds its label."""
        memo: dict[int, int] = {leaf: self.terminal(label[leaf]) for leaf in self.leaves(node)}
        children = self.children

        def walk(own: int) -> int:
            found = memo.get(own)
            if found is None:
                found = memo[own] = self.node(self.top[own], [walk(kid) for kid in children[own]])
            return found

        return walk(node)

    def allow(self, node: int, variable: int, cells: int) -> int:
        """The diagram when only the cells in the bitmask `cells` of `variable` are still possible.

        With one cell left the variable disappears; with several it stays and the excluded cells take
        the value of the lowest allowed one, which keeps the diagram canonical for what is left.
        """
        top = self.top[node]
        if top > variable or not self.supports[node] >> variable & 1:
            return node
        key = (node, variable, cells)
        found = self._allow.get(key)
        if found is not None:
            return found
        kids = self.children[node]
        if top == variable:
            lowest = kids[(cells & -cells).bit_length() - 1]
            made = self.node(variable, [kid if cells >> cell & 1 else lowest for cell, kid in enumerate(kids)])
        else:
            made = self.node(top, [self.allow(kid, variable, cells) for kid in kids])
        self._allow[key] = self._allow[made, variable, cells] = made
        return made

    def pick(self, node: int, variable: int, cell: int) -> int:
        """`allow` of one cell: what is left when the variable lies in it."""
        top = self.top[node]
        if top == variable:
            return self.children[node][cell]
        return node if top > variable else self.allow(node, variable, 1 << cell)

    def groups(self, node: int, variable: int) -> tuple[int, ...]:
        """For each cell of a variable the first cell that the diagram treats the same."""
        key = (node, variable)
        found = self._groups.get(key)
        if found is None:
            top, kids = self.top[node], self.children[node]
            if top > variable:
                found = (0,) * self.sizes[variable]
            else:
                rows = (kids,) if top == variable else tuple({self.groups(kid, variable) for kid in kids})
                found = rows[0] if len(rows) == 1 and top != variable else _firsts(rows)
            self._groups[key] = found
        return found

    def support(self, node: int) -> int:
        """Bitmask of the variables on which the diagram depends; `supports` holds it for every node."""
        return self.supports[node]

    def leaves(self, node: int) -> frozenset[int]:
        """The terminals that the diagram can still reach, as node numbers."""
        found = self._reach.get(node)
        if found is None:
            if self.top[node] == TERMINAL:
                found = frozenset((node,))
            else:
                found = frozenset().union(*(self.leaves(kid) for kid in set(self.children[node])))
            self._reach[node] = found
        return found

    def values(self, node: int) -> tuple[Hashable, ...]:
        """All values that the diagram can still give, each once, in the order in which they were first made."""
        return tuple(self._leaves[leaf] for leaf in sorted(self.leaves(node)))


def is_any_true(*values: Hashable) -> bool:
    """Whether one of them is True, and not only as good as."""
    return any(value is True for value in values)


def _firsts(rows: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """For each column the number of the first column that is the same in all rows."""
    first: dict[tuple[int, ...], int] = {}
    return tuple(first.setdefault(column, at) for at, column in enumerate(zip(*rows, strict=True)))


@lru_cache(maxsize=1 << 14)
def numbers(bits: int) -> tuple[int, ...]:
    """The variables of a bitmask, ascending; the same few masks come back with every question."""
    found = []
    while bits:
        bit = bits & -bits
        bits ^= bit
        found.append(bit.bit_length() - 1)
    return tuple(found)

"""The diagram of a table, made from all its rows at once instead of one row after another.

Each column is a head with a diagram of its own (a fact: one variable), and each of its values the set of rows whose
cell holds there, as a bitmask. The diagram is walked from its first variable on; what is carried along are the rows
that may still hold and the columns that still tell them apart:

    a column has its value       rows whose cell does not hold there are dropped
    a column with `-` in all     is left: whatever it is, the same rows hold
    rows that are left           under `first` those below a row that is certain are dropped
    nothing is left to tell      the hit policy gives the value of the rows that hold

Two ways that leave the same rows and columns are one, so a table of thousands of rows costs what its diagram is large,
and the diagram is the one that chaining row by row gives (it is canonical). Only where cells compare with constants and
every output is one value; `None` where it is not so. Called by `engine.graph.decide`; tests:
tests/engine/graph/test_rows_at_once.py.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from engine.feel.cells import Anything, CellTest, ColumnType, Kind, holds, is_dynamic
from engine.feel.table_hits import bits
from engine.feel.table_masks import compile_column
from engine.feel.tree import Expr
from engine.flow.model import Hit
from engine.graph.axes import FactAxis
from engine.graph.decide_values import finite
from engine.graph.fold import Fold, Order
from engine.graph.frozen import thaw
from engine.graph.graph import CellCondition, Row
from engine.graph.kinds import of_fact
from engine.graph.mdd import TERMINAL, DiagramTooLarge, Forest

if TYPE_CHECKING:
    from engine.graph.decide import Builder

WHOLE = -1  # where a column of one fact stands, before its variable was looked at
MOST_STATES = 4  # for each node that may still be made
MOST_CELLS = 2_000_000  # that may be looked at for one table: some seconds


@dataclass(frozen=True, slots=True)
class Head:
    """A column: the rows with `-`, and which rows hold at each of its values.

    Of a fact (`variable`) these are its cells, `masks` by number; of anything else the leaves of its diagram `node`.
    """

    always: int
    variable: int
    node: int
    masks: Mapping[int, int] | Sequence[int]

    def at(self, place: int, top: Sequence[int]) -> int:
        """The variable that is looked at next; `TERMINAL` where the value is known."""
        return self.variable if place == WHOLE else top[place]


def heads_of(builder: Builder, rows: Sequence[Row]) -> list[Head] | None:
    """The columns of a table; None where a cell compares with an expression, or a head has no diagram of its own."""
    lines = [[own for own in row.conditions if isinstance(own, CellCondition)] for row in rows]
    columns = [own.head.expr for own in lines[0]]
    if any(row.rest or [own.head.expr for own in line] != columns for row, line in zip(rows, lines, strict=True)):
        return None
    if any(is_dynamic(own.test) for line in lines for own in line) or len(columns) != len(rows[0].conditions):
        return None
    found = list[Head]()
    for at, expr in enumerate(columns):
        tests = [line[at].test for line in lines]
        if all(isinstance(own, Anything) for own in tests):
            continue
        made = _head(builder, expr, tests)
        if made is None:
            return None
        found.append(made)
    return found


def _head(builder: Builder, expr: Expr, tests: Sequence[CellTest]) -> Head | None:
    variable = builder.whole(expr)
    if variable is not None:
        axis = builder.axes[variable]
        assert isinstance(axis, FactAxis)
        return _of_fact(variable, axis, tests)
    node = finite(builder, expr)
    return _of_node(builder.forest, node, tests) if node is not None else _of_figure(builder, expr, tests)


def _of_fact(variable: int, axis: FactAxis, tests: Sequence[CellTest]) -> Head:
    """The column of a fact that is asked of everybody, with one sweep over all its cells."""
    column, cells = compile_column(of_fact(axis.node.spec), tests), axis.cells
    return Head(column.always, variable, WHOLE, [column.mask(cells.representative(cell)) for cell in range(len(cells))])


def _of_figure(builder: Builder, expr: Expr, tests: Sequence[CellTest]) -> Head | None:
    """The column of a sum, a span of time, or a fact that is not asked of everybody: cut where cells are."""
    cuts = builder.constants.of(expr)
    if not cuts:
        return None
    column = compile_column(ColumnType(Kind.DATE if isinstance(cuts[0], date) else Kind.NUMBER), tests)
    node = builder.ordered(expr, column.mask)
    if node is None:
        return None
    values = {leaf: builder.forest.value(leaf) for leaf in builder.forest.leaves(node)}
    return Head(column.always, TERMINAL, node, {leaf: own for leaf, own in values.items() if isinstance(own, int)})


def _of_node(forest: Forest, node: int, tests: Sequence[CellTest]) -> Head:
    """The column of anything with a diagram: another decision, a calculation over few values."""
    rows: dict[CellTest, int] = {}
    for row, test in enumerate(tests):
        rows[test] = rows.get(test, 0) | 1 << row
    masks = dict[int, int]()
    for leaf in forest.leaves(node):
        value = thaw(forest.value(leaf))
        forest.look_at(len(rows))
        masks[leaf] = sum(own for test, own in rows.items() if holds(test, value))
    always = sum(own for test, own in rows.items() if isinstance(test, Anything))
    return Head(always, TERMINAL, node, masks)


State = tuple[int, tuple[tuple[int, int], ...]]
"""Rows that are left, and of each column that tells them apart its number and its place."""


class RowsAtOnce:
    """See the top of this module. `values` are the rows' outputs; `order` the options in their order."""

    def __init__(
        self, forest: Forest, heads: Sequence[Head], hit: Hit, fold: Fold, values: Sequence[Hashable], order: Order
    ) -> None:
        self.forest = forest
        self.heads = heads
        self.hit = hit
        self.fold = fold
        self.values = values
        self.order = order
        self._made: dict[State, int] = {}
        self._most = MOST_STATES * max(1, forest.budget - len(forest))
        self._cells = MOST_CELLS

    def diagram(self) -> int:
        """Raises DiagramTooLarge."""
        return self._walk(
            self._left((1 << len(self.values)) - 1, [(at, own.node) for at, own in enumerate(self.heads)])
        )

    def _left(self, rows: int, places: Iterable[tuple[int, int]]) -> State:
        """What there is still to tell: values that are known are taken in, columns that tell nothing are left."""
        heads, top, still = self.heads, self.forest.top, list[tuple[int, int]]()
        for number, place in places:
            if place != WHOLE and top[place] == TERMINAL:
                rows &= heads[number].masks[place]
            else:
                still.append((number, place))
        if self.hit is Hit.FIRST:
            certain = rows
            for number, _ in still:
                certain &= heads[number].always
            if certain:
                rows &= ((certain & -certain) << 1) - 1
        return rows, tuple([own for own in still if rows & ~heads[own[0]].always])

    def _walk(self, state: State) -> int:
        found = self._made.get(state)
        if found is None:
            rows, places = state
            found = self._node(rows, places) if places else self.forest.terminal(self._value(rows))
            self._made[state] = found
            if len(self._made) > self._most:
                raise DiagramTooLarge
        return found

    def _node(self, rows: int, places: Sequence[tuple[int, int]]) -> int:
        """The node of the first variable among the places."""
        forest, heads, top = self.forest, self.heads, self.forest.top
        tops = [heads[number].variable if place == WHOLE else top[place] for number, place in places]
        first = min(tops)
        here = [own for own, at in zip(places, tops, strict=True) if at == first]
        later = [own for own, at in zip(places, tops, strict=True) if at != first]
        whole = [heads[number].masks for number, place in here if place == WHOLE]
        deeper = [(number, forest.children[place]) for number, place in here if place != WHOLE]
        self._look_at(forest.sizes[first])
        kids, seen = list[int](), dict[tuple[int, ...], int]()
        for cell in range(forest.sizes[first]):
            left = rows
            for masks in whole:
                left &= masks[cell]
            key = (left, *[kids_of[cell] for _, kids_of in deeper])
            kid = seen.get(key)
            if kid is None:
                moved = [(number, kids_of[cell]) for number, kids_of in deeper]
                kid = seen[key] = self._walk(self._left(left, sorted((*moved, *later))))
            kids.append(kid)
        return forest.node(first, kids)

    def _look_at(self, cells: int) -> None:
        self.forest.look_at(cells)
        self._cells -= cells
        if self._cells < 0:
            raise DiagramTooLarge

    def _value(self, rows: int) -> Hashable:
        """What the hit policy makes of the rows that hold."""
        fold, found = self.fold, self.fold.start
        for row in bits(rows):
            if self.hit is Hit.FIRST:
                return self.values[row]
            found = fold.step(found, self.values[row], self.order)
        return None if self.hit is Hit.FIRST else fold.end(found)

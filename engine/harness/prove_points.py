"""Rows of a large table, held against each other as boxes on the grid of its columns: without a diagram and without z3.

    pairs(graph, ruling)        the rows that may hold together; of all others it is certain that they never do
    Points.of(inquiry, ruling)  a table of which every column is a fact that is asked of everybody; None for any other
    points.first(n)             answers with which row n holds and none above it
    points.gap()                answers with which no row holds
    points.with_output(value)   answers with which a row that gives this value holds, and none above it
    points.always_give(gives)   whether everybody gets what one row gives, and each gives such a thing

A table of thousands of rows over many columns has no diagram that fits, but two of its boxes meet only where they meet
in every column, and boxes that are apart fill the grid when their sizes add up (`engine.feel.analysis_walk`). Where the
columns are facts by themselves every point of the grid is a citizen. Called by `engine.harness.prove_rows` and
`engine.harness.prove_outcomes`; tests:
tests/engine/harness/test_prove_tables.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import Any, Final

from engine.feel.analysis import STEPS
from engine.feel.analysis_walk import OutOfSteps, Walker
from engine.feel.table import Table
from engine.feel.table_hits import bits
from engine.feel.tree import Literal, Name
from engine.flow.model import Hit
from engine.graph.cells import Cells
from engine.graph.graph import Graph, Row, Ruling
from engine.graph.table_findings import table_of
from engine.harness.inquiry import Inquiry

Known = Mapping[str, Any]
NOBODY: Final[Known] = {}


def pairs(graph: Graph, ruling: Ruling) -> Iterator[tuple[int, int]]:
    """Numbers of rows, from 0: the first one above the second."""
    if ruling.disjoint:
        return
    count = len(ruling.rows)
    table = Table(table_of(graph, ruling))
    try:
        meets = Walker(table.columns, len(table.order), max(STEPS, count * count)).meets()
    except OutOfSteps:
        yield from combinations(range(count), 2)
        return
    found = {(table.order[bit], table.order[other]) for bit, own in enumerate(meets) for other in bits(own)}
    yield from sorted(pair for pair in found if pair[0] < pair[1])
    yield from ((at, row) for row in range(len(table.order), count) for at in range(row))  # an `else`


class Points:
    """See the top of this module."""

    def __init__(self, ruling: Ruling, table: Table, facts: Mapping[str, Cells]) -> None:
        self.ruling = ruling
        self.table = table
        self.facts = facts
        self.bit = {row: bit for bit, row in enumerate(table.order)}
        self.walker = self._walker()

    @classmethod
    def of(cls, inquiry: Inquiry, ruling: Ruling) -> Points | None:
        """None where a column is more than a fact, where two read the same, and where checks refuse answers."""
        graph = inquiry.graph
        if ruling.each or graph.checks or not ruling.rows or not all(row.conditions for row in ruling.rows):
            return None
        model = table_of(graph, ruling)
        heads = [column.expr for column in model.columns]
        facts = dict[str, Cells]()
        for own in heads:
            variable = inquiry.builder.whole(own) if own is not None else None
            if isinstance(own, Name) and variable is not None:
                facts[own.name] = inquiry.builder.axes[variable].cells
        table = Table(model)
        return None if len(facts) < len(heads) or table.extra else cls(ruling, table, facts)

    def first(self, row: int) -> Known | None:
        """Answers with which this row holds and none above it; `NOBODY` has them, or None: it cannot be told."""
        bit = self.bit[row]
        try:
            meets = self.walker.meets()[bit]
            above = sum(1 << other for other in bits(meets) if self.table.order[other] < row)
            return self._some(above, bit) if meets >> bit & 1 else NOBODY
        except OutOfSteps:
            return None

    def gap(self) -> Known | None:
        """The same, with which no row holds."""
        try:
            return self._some(self.table.all, None)
        except OutOfSteps:
            return None

    def with_output(self, value: str) -> Iterator[Known]:
        """Of each row that says so by itself, from above."""
        for at, row in enumerate(self.ruling.rows):
            known = self.first(at) if given_by(row) == value else None
            if known:
                yield known

    def always_give(self, gives: Callable[[Row], bool]) -> bool:
        """Whether it is certain that everybody gets what one row gives, and each row gives such a thing."""
        ruling = self.ruling
        if ruling.hit not in (Hit.FIRST, Hit.UNIQUE, Hit.ANY) or not all(map(gives, ruling.rows)):
            return False
        return (ruling.hit is Hit.FIRST or self._are_apart()) and self.gap() == NOBODY

    def _are_apart(self) -> bool:
        try:
            self.walker.meets()
        except OutOfSteps:
            return False
        return self.walker.are_apart(self.table.all)

    def _some(self, rules: int, within: int | None) -> Known | None:
        self.walker.steps = max(STEPS, len(self.bit) ** 2)
        values = next(self.walker.uncovered(rules, within), None)
        if values is None:
            return NOBODY
        found = {name: _answer(value) for name, value in zip(self.facts, values, strict=True)}
        # between two amounts a cent apart lies a number, and no answer
        return found if all(self.facts[name].index(value) >= 0 for name, value in found.items()) else None

    def _walker(self) -> Walker:
        return Walker(self.table.columns, len(self.bit), max(STEPS, len(self.bit) ** 2))


def _answer(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


def given_by(row: Row) -> object:
    """What a row gives by itself; None where it is worked out."""
    own = row.output.expr
    return own.value if isinstance(own, Literal) else None

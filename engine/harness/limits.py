"""Within which answers somebody fits a claim: of each fact the lowest and the highest, of a choice the options; by z3.

    value < x       nobody fits (proven)     ->  ">= x"
    value = option  nobody fits (proven)     ->  the option is left out

Only what is proven is said, so the true group is never larger than its limits. What holds for everybody with the same
outcome goes without saying. Called by `engine.harness.compare_solver`; tests: tests/engine/harness/test_limits.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Final

from engine.errors import together
from engine.feel.analysis_z3_terms import Term
from engine.feel.cells import Kind
from engine.flow.model import FactType
from engine.graph.axes import FactAxis
from engine.graph.domains import STEPS
from engine.graph.graph import FactNode
from engine.graph.possible import Between
from engine.harness.groups import one_of, word
from engine.harness.solver import UP_TO, Posed
from engine.harness.symbols import ITEMS, ends

GRID: Final = Decimal("0.01")
"""How precisely a limit of a plain number is looked for."""
MOST_OPTIONS: Final = 12
LONGEST: Final = 40
"""Tries for one end of one fact: enough to halve any range of money down to a cent."""

Span = tuple[Any | None, Any | None]


@dataclass(frozen=True, slots=True)
class Limits:
    """What all who fit have in common. `spans`: per fact the lowest and the highest, None where it has no limit of its
    own; `options`: per choice those that are left, of all; `filled`: lists with at least one item. `few`: only those
    with short lists were looked at, so that others may lie beyond.
    """

    spans: Mapping[str, Span] = field(default_factory=dict)
    options: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    filled: tuple[str, ...] = ()
    few: bool = False

    def words(self) -> Iterator[str]:
        """Each limit as people read a group's rule: "inkomen >= 29703 and <= 40000"."""
        for path, (low, high) in self.spans.items():
            if low is not None and low == high:
                yield f"{path} = {word(low)}"
                continue
            parts = [f"{sign} {word(end)}" for sign, end in ((">=", low), ("<=", high)) if end is not None]
            yield f"{path} {together(parts, ' and ')}"
        for path, (left, every) in self.options.items():
            yield f"{path} {one_of(left, [own for own in every if own not in left])}"
        yield from (f"count({path}) >= 1" for path in self.filled)
        if self.few and (self.spans or self.options):
            yield UP_TO

    def mask(self, axis: FactAxis) -> int:
        """Bitmask of the cells of a fact in which somebody within these limits can lie."""
        every, path = (1 << len(axis.cells)) - 1, axis.node.path
        if self.few:
            return every
        if path in self.spans:
            low, high = self.spans[path]
            return axis.cells.mask(Between(low, high))
        if path not in self.options:
            return every
        left, options = self.options[path]
        cells = [word(axis.cells.representative(cell)) for cell in range(len(axis.cells))]
        return every & ~sum(1 << cell for cell, own in enumerate(cells) if own in options and own not in left)


class Search:
    """Looks for the limits of those who fit `posed`, in the facts of `reads`, which do not hold for all of `among`."""

    def __init__(self, posed: Posed, among: Posed, reads: frozenset[str], tries: int) -> None:
        self.posed, self.among = posed, among
        self.reads, self.tries = reads, tries
        self.graphs = [own.graph for own in posed.citizens]

    def limits(self, citizen: Mapping[str, Any]) -> Limits:
        """See the top of this module. `citizen` is one who fits."""
        spans, options = dict[str, Span](), dict[str, tuple[tuple[str, ...], tuple[str, ...]]]()
        for key, term in self.posed.answers.items():
            nodes = [graph.facts[key] for graph in self.graphs if key in graph.facts and not graph.facts[key].list]
            if key not in self.reads or not nodes or nodes[0].spec.unsure is not None:
                continue
            if nodes[0].spec.type in STEPS and key in citizen:
                span = self._span(term, nodes, citizen[key])
                spans |= {key: span} if span != (None, None) else {}
            elif term.kind in (Kind.CHOICE, Kind.BOOLEAN):
                left, every = self._options(term, nodes[0])
                options |= {key: (left, every)} if len(left) < len(every) else {}
        few = any(self._may_be_longer(path) for path in self.posed.lengths)
        return Limits(spans, options, tuple(self._filled()), few)

    def _may_be_longer(self, path: str) -> bool:
        """Whether a list may hold more items than were looked at."""
        specs = [graph.facts[path].spec for graph in self.graphs if path in graph.facts]
        return any(not own.max or int(own.max) > ITEMS for own in specs)

    def _span(self, term: Term, nodes: list[FactNode], seen: Any) -> Span:
        limits = [ends(node) for node in nodes]
        low = max((own for own, _ in limits if own is not None), default=None)
        high = min((own for _, own in limits if own is not None), default=None)
        grid = _Grid(nodes[0].spec.type)
        return self._end(term, grid, low, seen, up=1), self._end(term, grid, high, seen, up=-1)

    def _end(self, term: Term, grid: _Grid, edge: Any, seen: Any, *, up: int) -> Any | None:
        """The lowest answer of anybody who fits (up = 1) or the highest (-1); None where that is the domain's own."""
        if edge is None:
            return None
        start, touched = grid.place(edge) * up, (grid.place(seen) * up) + 1
        proven = start
        for turn in range(LONGEST):
            if touched - proven <= 1:
                break
            middle = proven + 1 if not turn else (proven + touched) // 2
            beyond = self._beyond(term, grid, middle * up, up)
            verdict = self._nobody(self.posed, beyond)
            if verdict is None:
                return None  # a limit that is not known to be reached would pass for the rule's own
            proven, touched = (middle, touched) if verdict else (proven, middle)
        if proven == start or self._nobody(self.among, self._beyond(term, grid, proven * up, up)):
            return None
        return grid.value(proven * up)

    def _beyond(self, term: Term, grid: _Grid, at: int, up: int) -> Any:
        value = self.posed.citizens[0].constant(grid.value(at), term.kind)
        return term.value < value if up > 0 else term.value > value

    def _options(self, term: Term, node: FactNode) -> tuple[tuple[str, ...], tuple[str, ...]]:
        z3, symbols = self.posed.z3, self.posed.citizens[0]
        if term.kind is Kind.BOOLEAN:
            asked = {"yes": term.value, "no": z3.Not(term.value)}
        else:
            asked = {name: term.value == symbols.constant(name, term.kind) for name in node.spec.options}
        every = tuple(asked)
        if not 1 < len(every) <= MOST_OPTIONS:
            return every, every
        gone = [name for name, own in asked.items() if self._nobody(self.posed, own)]
        if all(self._nobody(self.among, asked[name]) for name in gone):
            return every, every
        return tuple(name for name in every if name not in gone), every

    def _filled(self) -> Iterator[str]:
        for path, length in self.posed.lengths.items():
            empty = length == 0
            if self._nobody(self.posed, empty) and not self._nobody(self.among, empty):
                yield path

    def _nobody(self, posed: Posed, more: Any) -> bool | None:
        """Whether that is proven of nobody; None where it cannot be told, or was tried often enough."""
        self.tries -= 1
        return posed.nobody(more) if self.tries >= 0 else None


class _Grid:
    """Answers of an ordered type as whole numbers."""

    def __init__(self, kind: FactType) -> None:
        self.step = None if kind is FactType.DATE else STEPS[kind] or GRID

    def place(self, value: Any) -> int:
        if isinstance(value, date):
            return value.toordinal()
        assert self.step is not None
        return int((Decimal(value) / self.step).to_integral_value(ROUND_FLOOR))

    def value(self, place: int) -> Any:
        return date.fromordinal(place) if self.step is None else place * self.step

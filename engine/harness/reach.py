"""Can an edit of decisions be heard by somebody of whom this is known? Told from the rows that are left.

    Reach.of(before, now)        of two versions that differ in decisions alone; None where rows cannot tell
    reach.spares(known)          True: whatever else is answered, every decision comes to the same in both

A row of which one condition is known not to hold decides nothing any more; under `first` neither does what stands below
a row that is known to hold. Where the rows that are left are the same in both versions, or the value is certain and
the same, both versions decide the same on what is still open, and so ask and say the same. Rows above and below those
that differ need no look. Of conditions only those count of which every fact behind them is known. Used by
`engine.harness.earlier`; tests: tests/engine/harness/test_reach.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile

from engine.feel.cells import Anything
from engine.feel.unknown import UNKNOWN
from engine.flow.model import Hit
from engine.graph.axes import Axis, DecisionAxis, FactAxis, OptionAxis
from engine.graph.graph import CellCondition, Condition, Graph, Row, Ruling
from engine.graph.intervals import truth
from engine.graph.order import condition_names, facts_behind
from engine.graph.rulings import condition_possible
from engine.graph.view import View

Content = tuple[object, ...]
Test = tuple[Condition, tuple[str, ...]]
Compared = Callable[[str, Mapping[str, object]], bool]
MOST = 1_000  # facts behind a condition


class _Version:
    """One of the two, and what the conditions of its rows rest on."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._behind: dict[frozenset[str], tuple[str, ...]] = {}
        self._tests: dict[int, tuple[Test, ...]] = {}
        self._held: dict[Content, bool | None] = {}

    def tests(self, row: Row) -> tuple[Test, ...]:
        """The conditions of a row that ask something, each with the facts behind it."""
        found = self._tests.get(id(row))
        if found is None:
            asked = [own for own in row.conditions if not _asks_nothing(own)]
            found = self._tests[id(row)] = tuple((own, self._rests_on(condition_names(own))) for own in asked)
        return found

    def _rests_on(self, names: frozenset[str]) -> tuple[str, ...]:
        found = self._behind.get(names)
        if found is None:
            graph = self.graph
            found = self._behind[names] = tuple(sorted(facts_behind(graph, names)))
        return found

    def is_out(self, row: Row, view: View, most: int = MOST) -> bool:
        """Whether a condition of the row that rests on so many facts is known not to hold."""
        return any(self._holds(own, view) is False for own in self.tests(row) if len(own[1]) <= most)

    def is_in(self, row: Row, view: View) -> bool:
        """Whether all conditions of the row are known to hold."""
        return not row.rest and all(self._holds(own, view) is True for own in self.tests(row))

    def _holds(self, test: Test, view: View) -> bool | None:
        """Whether a condition holds; None while a fact behind it is not known."""
        condition, behind = test
        known, facts = view.known, self.graph.facts
        if not all((facts[path].list or path) in known for path in behind):
            return None
        key = (id(condition), *told(self.graph, known, behind))
        if key not in self._held:
            found = truth(condition_possible(condition, view))
            self._held[key] = None if len(found) > 1 else True in found
        return self._held[key]


def _asks_nothing(condition: Condition) -> bool:
    return isinstance(condition, CellCondition) and isinstance(condition.test, Anything)


class Reach:
    """See the top of this module."""

    def __init__(self, before: Graph, now: Graph, edited: tuple[str, ...]) -> None:
        self._before, self._now = _Version(before), _Version(now)
        self._edited = {name: sorted(before.rulings[name].reads) for name in edited}
        self._parts = {name: _parted(before.rulings[name].rows, now.rulings[name].rows) for name in edited}
        self._plainly = {name: self._single(name) for name in edited}
        self._same: dict[Content, bool] = {}

    @classmethod
    def of(cls, before: Graph, now: Graph) -> Reach | None:
        """What an edit can reach, of versions in which nothing but decisions differs."""
        if before.rulings.keys() != now.rulings.keys() or not _alike(before, now):
            return None
        pairs = ((name, own, now.rulings[name]) for name, own in before.rulings.items())
        edited = [(name, own, other) for name, own, other in pairs if _said(own) != _said(other)]
        if any(_frame(own) != _frame(other) for _, own, other in edited):
            return None
        return cls(before, now, tuple(name for name, _, _ in edited))

    def spares(self, known: Mapping[str, object]) -> bool:
        """Whether every decision comes to the same in both versions, whatever else is answered."""
        return all(self._comes_to_the_same(name, reads, known) for name, reads in self._edited.items())

    def _comes_to_the_same(self, name: str, reads: list[str], known: Mapping[str, object]) -> bool:
        return self._once(name, self._plainly[name], known, self._has_same_rows) or self._once(
            name, reads, known, self._compared
        )

    def _once(self, name: str, reads: list[str], known: Mapping[str, object], compared: Compared) -> bool:
        """Worked out once for all who say the same to what is read."""
        key = (name, compared, *told(self._now.graph, known, reads))
        found = self._same.get(key)
        if found is None:
            found = self._same[key] = compared(name, known)
        return found

    def _single(self, name: str) -> list[str]:
        """The facts that conditions of the rows that differ rest on alone."""
        _, own, other = self._parts[name]
        found: set[str] = set()
        for version, rows in ((self._before, own), (self._now, other)):
            for behind in (behind for row in rows for _, behind in version.tests(row)):
                found.update(behind if len(behind) == 1 else ())
        return sorted(found)

    def _has_same_rows(self, name: str, known: Mapping[str, object], most: int = 1) -> bool:
        """Whether the same rows are left of those that differ, by conditions that rest on so many facts."""
        _, own, other = self._parts[name]
        here, there = View(self._before.graph, known), View(self._now.graph, known)
        left = [_content(row) for row in own if not self._before.is_out(row, here, most)]
        return bool(own or other) and left == [_content(row) for row in other if not self._now.is_out(row, there, most)]

    def _compared(self, name: str, known: Mapping[str, object]) -> bool:
        if self._has_same_rows(name, known, MOST):
            return True
        above, _, _ = self._parts[name]
        here, there = View(self._before.graph, known), View(self._now.graph, known)
        if self._now.graph.rulings[name].hit is Hit.FIRST and any(self._now.is_in(row, there) for row in above):
            return True
        value = here.value(name)
        return value is not UNKNOWN and as_key(value) == as_key(there.value(name))


def _parted(own: tuple[Row, ...], other: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...]]:
    """The rows above those that differ, and those that do in each of two versions."""
    one, two = [*map(_content, own)], [*map(_content, other)]
    top = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))
    left = min(len(one), len(two)) - top
    ends = zip(reversed(one[len(one) - left :]), reversed(two[len(two) - left :]), strict=True)
    below = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    return own[:top], own[top : len(own) - below], other[top : len(other) - below]


def _alike(before: Graph, now: Graph) -> bool:
    """Whether both have diagrams over the same answers, terms and decisions; in what cells these fall is left open."""
    own, other = before.diagram, now.diagram
    if own is None or other is None:
        return False
    return own.roots.keys() == other.roots.keys() and [*map(_kind, own.axes)] == [*map(_kind, other.axes)]


def _kind(axis: Axis) -> object:
    if isinstance(axis, FactAxis):
        return "fact", axis.node.path
    if isinstance(axis, OptionAxis):
        return "option", axis.node.path, axis.option
    return ("decision", axis.name) if isinstance(axis, DecisionAxis) else ("term", axis.names)


def _frame(ruling: Ruling) -> object:
    """What a decision is beside its rows and formula. What it reads is part of it: it may be asked as a whole."""
    plain = (ruling.formula is None, ruling.type, tuple(ruling.options), ruling.hit, ruling.round, ruling.each)
    return *plain, ruling.reads, ruling.disjoint


def _said(ruling: Ruling) -> object:
    """All that decides of a decision."""
    formula = ruling.formula.text if ruling.formula is not None else ""
    return _frame(ruling), formula, [_content(row) for row in ruling.rows]


def _content(row: Row) -> Content:
    """What a row says, wherever it stands."""
    return (*_conditions(row), row.output.text, row.rest)


def _conditions(row: Row) -> Iterator[object]:
    for own in row.conditions:
        yield (own.head.text, own.test) if isinstance(own, CellCondition) else own.text


def told(graph: Graph, known: Mapping[str, object], paths: Sequence[str]) -> list[object]:
    """What is known of these facts, of lists with their items: equal for citizens who say the same of them."""
    found = [as_key(known.get(path, UNKNOWN)) for path in paths]
    if graph.lists:
        items = tuple([f"{path}[" for path in paths if path in graph.lists])
        found.append(tuple([(key, as_key(known[key])) for key in sorted(known) if key.startswith(items)]))
    return found


def as_key(value: object) -> object:
    """An answer as something that can be looked up; 1 and yes are not the same."""
    return repr(value) if isinstance(value, list | dict) else (type(value), value)

"""A citizen for a group of a comparison: answers for both flows, confirmed by running both flows' rules on them.

Answers come from the group's cells; open facts get likely values, and where terms are involved, days and figures
around the constants of these terms. Also places citizens of a population in groups. Called by
`engine.harness.compare` and `engine.harness.compare_population`; tests: tests/engine/harness/test_compare.py.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, product
from math import prod
from typing import Any

from engine.errors import AnswerError
from engine.flow.fields import dump_value
from engine.flow.keys import path_of
from engine.flow.model import FactType, SupplierKind
from engine.graph.axes import DecisionAxis, FactAxis, OptionAxis, TermAxis
from engine.graph.cells import OTHER, OrderedCells
from engine.graph.frozen import Unfreezable, freeze
from engine.graph.graph import FactNode, Graph
from engine.graph.view import View
from engine.harness.dice import follow
from engine.harness.groups import Box, word
from engine.harness.shared_axes import Sides
from engine.harness.witness import likely
from engine.journey.accept import check_facts

Citizen = Mapping[str, str]
MOST_TRIES = 3_000
MORE_TRIES = 300
"""After somebody for whom it is so, to find somebody who also fits what is said of the terms."""
LIST_TRIES = 1_000
ITEMS = 4
"""Of a list: more than the solver unfolds, so that somebody whose third child counts is found."""
DAY = date(2026, 1, 1)


class Candidates:
    """Looks for citizens of two flows at once."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.facts: dict[str, FactNode] = {
            path: node for graph in (sides.new, sides.old) for path, node in graph.facts.items() if not node.list
        }
        self.lists = _lists(sides)
        self._state = 1

    def find(
        self,
        node: int,
        box: Box,
        names: tuple[str, str],
        pair: tuple[Hashable, Hashable],
        really: Callable[[Mapping[str, Any]], bool],
        most: int = MOST_TRIES,
    ) -> Citizen | None:
        """A citizen in the box of whom the rules make the pair, and whom it is really about; None when none is found.

        `names` are a decision of the old flow and one of the new.
        """
        return self.member(node, box, lambda known: self._gets(known, names, pair) and really(known), most)

    def member(
        self, node: int, box: Box, really: Callable[[Mapping[str, Any]], bool], most: int = MOST_TRIES
    ) -> Citizen | None:
        """A citizen in the box whom it is really about; None when none is found in so many tries."""
        fixed = self._fixed({number: (mask & -mask).bit_length() - 1 for number, mask in box.items()})
        terms = list(self._terms(node))
        near: Mapping[str, Any] | None = None
        left = most = min(most, LIST_TRIES if self.lists else MOST_TRIES)
        for known in islice(self._tries(fixed, terms), most):
            if really(known) and not (self.lists and self._refused(known)):
                if lies_in(self.sides, known, box):
                    return self.words(known)
                near, left = near or known, min(left, MORE_TRIES)
            left -= 1
            if not left:
                break
        return None if near is None else self.words(near)

    def words(self, known: Mapping[str, Any]) -> Citizen:
        """A citizen's answers as a person writes them; items of lists by their keys."""
        found = {path: self._word(own, known[path]) for path, own in self.facts.items() if path in known}
        return found | {key: word(value) for key, value in known.items() if "[" in key}

    def _fixed(self, path: Mapping[int, int]) -> dict[str, Any]:
        known: dict[str, Any] = {}
        for number, cell in path.items():
            axis = self.sides.axes[number]
            if isinstance(axis, FactAxis) and axis.cells.representative(cell) is not OTHER:
                known[axis.node.path] = axis.cells.representative(cell)
            elif isinstance(axis, OptionAxis):
                chosen = known.get(axis.node.path, [])
                is_new = cell == 0 and axis.option not in chosen
                known[axis.node.path] = [*chosen, axis.option] if is_new else chosen
        return known

    def _terms(self, node: int) -> Iterator[Any]:
        """Constants of the terms that the set depends on."""
        support = self.sides.forest.support(node)
        for number, axis in enumerate(self.sides.axes):
            if support >> number & 1 and isinstance(axis, TermAxis) and isinstance(axis.cells, OrderedCells):
                yield from axis.cells.cuts

    def _tries(self, fixed: Mapping[str, Any], terms: list[Any]) -> Iterator[dict[str, Any]]:
        goals = self.sides.old.goal.reads | self.sides.new.goal.reads
        spread = [path for path in self.facts if path not in fixed and path in goals]
        still = {path: own for path, node in self.facts.items() if path not in fixed and path not in goals
                 for own in islice(likely(node), 1)}  # fmt: skip
        today = {path: DAY for path, node in self.facts.items() if by_clock(node)}
        fixed = {**today, **fixed}
        spread = [path for path in spread if path not in today]
        lists = [list(dict.fromkeys(map(_key, _values(self.facts[path], terms)))) for path in spread]
        worth = {own.path: list(_values(own, terms)) for fields in self.lists.values() for own in fields}
        few = not self.lists and prod(map(len, lists)) <= MOST_TRIES
        for values in product(*lists) if few else _spread(lists):
            known = {**still, **fixed, **{path: own[1] for path, own in zip(spread, values, strict=True)}}
            yield known | self._items(worth) if self.lists else known

    def _items(self, worth: Mapping[str, list[Any]]) -> dict[str, Any]:
        """Items for each list, of every number up to `ITEMS`, with likely answers; no two citizens have the same."""
        found: dict[str, Any] = {}
        for path, fields in self.lists.items():
            low, high = (getattr(self.facts[path].spec, end) for end in ("min", "max"))
            fewest = int(low or 0)
            found[path] = fewest + self._turn(min(ITEMS, int(high or ITEMS)) - fewest + 1)
            for at in range(found[path]):
                for own in fields:
                    values = worth[own.path]
                    found[f"{path}[{at}].{own.name}"] = values[self._turn(len(values))]
        return found

    def _turn(self, most: int) -> int:
        """A number below `most`: always the same ones, one after another."""
        self._state = follow(self._state)
        return (self._state >> 33) % max(1, most)

    def moved(self, name: str, outcome: str, fits: Callable[[Any, Any], bool]) -> Mapping[str, Any] | None:
        """Typed answers of somebody who keeps the outcome ("": any), whose value moves so; None when none is found."""
        goals = (self.sides.old.flow.goal, self.sides.new.flow.goal)
        for known in islice(self._tries({}, []), MORE_TRIES):
            if (not outcome or self._gets(known, goals, (outcome, outcome))) and not self._refused(known):
                values = [value_of(graph, known, name) for graph in (self.sides.old, self.sides.new)]
                if fits(*values):
                    return known
        return None

    def _refused(self, known: Mapping[str, Any]) -> bool:
        """Whether a check of one of the flows refuses these answers together."""
        try:
            for graph in (self.sides.old, self.sides.new):
                own = {key: value for key, value in known.items() if path_of(key) in graph.facts}
                check_facts(graph, own, own)
        except AnswerError:
            return True
        return False

    def _gets(self, known: Mapping[str, Any], names: tuple[str, str], pair: tuple[Hashable, Hashable]) -> bool:
        first, then = self.sides.rules
        old = first.person(known)
        if not _is(frozen(first.value(old, names[0])), pair[0]):
            return False
        return _is(frozen(then.value(then.person(known, old), names[1])), pair[1])

    def _word(self, node: FactNode, value: Any) -> str:
        if value is None or isinstance(value, bool | list):
            return word(value)
        if node.spec.type is FactType.LIST:
            return str(value)
        return str(dump_value(node.spec.type, value))


def _lists(sides: Sides) -> dict[str, list[FactNode]]:
    """The lists that both flows' goals read, with the fields of their items."""
    both = [
        path
        for path in sides.new.lists
        if path in sides.old.lists and path in sides.new.goal.reads and form(sides.old, path) == form(sides.new, path)
    ]
    return {path: [node for node in sides.new.facts.values() if node.list == path] for path in both}


def form(graph: Graph, path: str) -> object:
    """By what a fact is asked, or the items of a list: where it differs, the answers before and after are no pair."""
    node = graph.facts[path]
    formulas = tuple(own and own.text for own in (node.when, node.count))
    return formulas, node.spec.min, node.spec.max, tuple(node.spec.of)


class _Chosen(tuple[str, Any]):
    """A value that is told apart by how it is written, since lists have no hash."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(self[0])


def _key(value: Any) -> _Chosen:
    return _Chosen((repr(value), value))


def by_clock(node: FactNode) -> bool:
    """Whether the clock supplies it, and nobody is asked."""
    return node.spec.suppliers[0].kind is SupplierKind.CLOCK


def _spread(lists: Sequence[Sequence[_Chosen]]) -> Iterator[tuple[_Chosen, ...]]:
    """Combinations from all over, always the same ones: in order, the first facts would hardly ever change."""
    state = 1
    while True:
        chosen = []
        for own in lists:
            state = (state * 1_103_515_245 + 12_345) % 2**31
            chosen.append(own[(state >> 12) % len(own)])
        yield tuple(chosen)


def _values(node: FactNode, terms: list[Any]) -> Iterator[Any]:
    """Values worth trying: near the terms' constants first."""
    if node.spec.type is FactType.DATE:
        days = (DAY, *(own for cut in terms for own in _days(cut)))
        yield from (own for own in days if _inside(node, own))
    elif node.spec.type in (FactType.INTEGER, FactType.NUMBER, FactType.MONEY, FactType.YEAR):
        for cut in terms:
            if isinstance(cut, Decimal):
                yield from (own for own in (cut, cut - 1, cut + 1) if _inside(node, own))
    yield from likely(node)


def _inside(node: FactNode, value: Any) -> bool:
    low, high = getattr(node.domain, "low", None), getattr(node.domain, "high", None)
    return (low is None or value >= low) and (high is None or value <= high)


def _days(cut: Any) -> Iterator[date]:
    if isinstance(cut, date):
        yield from (cut + timedelta(days=own) for own in (0, -1, 1))
    elif isinstance(cut, Decimal) and 0 < cut < 150:
        yield from (DAY.replace(year=DAY.year - int(cut)) + timedelta(days=own) for own in (0, -1, 1))
        yield DAY - timedelta(days=int(cut))


def lies_in(sides: Sides, known: Mapping[str, Any], box: Box) -> bool:
    """Whether a citizen lies in every cell of the box, terms included."""
    for number, mask in box.items():
        axis, owner = sides.axes[number], sides.owner[number]
        if isinstance(axis, DecisionAxis) or axis.mask(seen_by(owner, known)) & ~mask:
            return False
    return True


def value_of(graph: Graph, known: Mapping[str, Any], name: str) -> Hashable:
    """What the rules make of a decision for these answers, as a diagram's terminal holds it."""
    return frozen(seen_by(graph, known).value(name))


def frozen(value: object) -> Hashable:
    """A value as a diagram's terminal holds it; None where none can hold it."""
    try:
        return freeze(value)
    except Unfreezable:
        return None


def _is(own: Hashable, wanted: Hashable) -> bool:
    return type(own) is type(wanted) and own == wanted


def seen_by(graph: Graph, known: Mapping[str, Any]) -> View:
    """What one of the flows sees of a citizen of both: the answers that it asks for."""
    return View(graph, {key: own for key, own in known.items() if path_of(key) in graph.facts})

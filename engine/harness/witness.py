"""A citizen who shows it: from a diagram's path to answers, confirmed by running the rules where terms are involved.

A path over facts alone is a citizen. A path over terms (sums, dates against dates) says what a sum should be, not
which answers give it: then candidate answers are tried (the ends of each domain, the cuts, small and large figures)
and only a citizen for whom the diagram really leads there is shown. Called by `engine.harness.inquiry`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, product
from math import prod
from typing import Any

from engine.errors import AnswerError
from engine.feel.unknown import UNKNOWN
from engine.flow.model import FactType
from engine.graph.axes import DecisionAxis, FactAxis, OptionAxis, TermAxis
from engine.graph.cells import OTHER
from engine.graph.decide import Builder
from engine.graph.domains import domain
from engine.graph.graph import FactNode, Graph
from engine.graph.mdd import numbers
from engine.graph.possible import Between
from engine.graph.view import View
from engine.harness.dice import follow
from engine.harness.proven import Cones
from engine.journey.accept import check_facts

MOST_TRIES = 3_000
MOST_CONDITIONS = 1_500_000
"""Of rows that all searches together may look at, every try counted with all rows: in a large flow fewer citizens are
tried, and z3 is asked sooner."""
FIGURES = tuple(Decimal(value) for value in (0, 1, 10, 100, 1_000, 20_000, 50_000, 200_000))
DAYS = tuple(date(2026, 1, 1) + timedelta(days=shift) for shift in (-30_000, -6_600, -6_570, -3_650, -365, 0, 365))


class Witnesses:
    """Finds citizens for the diagrams of one builder."""

    def __init__(self, graph: Graph, builder: Builder, cones: Cones | None = None) -> None:
        self.graph = graph
        self.builder = builder
        self.cones = cones or Cones(graph)
        self._anybody = View(graph, {})
        self.left = MOST_CONDITIONS
        self._of_all: dict[int, int] = {}  # for each term what it can be of somebody
        self._behind: dict[int, tuple[str, ...] | None] = {}
        self._masks: dict[tuple[int, tuple[object, ...]], int] = {}

    def real(self, node: int) -> int:
        """The diagram without what a term can never be: interval reasoning over the whole domain of its facts."""
        forest, axes = self.builder.forest, self.builder.axes
        for number in numbers(forest.support(node)):
            axis = axes[number]
            if isinstance(axis, TermAxis) and forest.support(node) >> number & 1:
                if number not in self._of_all:
                    self._of_all[number] = axis.mask(self._anybody)
                node = forest.allow(node, number, self._of_all[number])
        return node

    def of(self, node: int, tries: int = MOST_TRIES) -> tuple[Mapping[str, Any] | None, bool]:
        """Typed answers of a citizen for whom `node` is True, and whether that is certain (None: there is nobody)."""
        path = self._path(node)
        if path is None:
            return None, True
        known = self._known(path)
        if not self._terms(node) and not self.refused(known):
            return known, True
        behind, in_vain = self._rests_on(node), set[object]()
        for candidate in islice(self.candidates(known), tries):
            answers = None if behind is None else tuple([_plain(candidate.get(path, UNKNOWN)) for path in behind])
            if answers is not None and answers in in_vain:
                continue
            if not self._holds(node, candidate):
                in_vain.add(answers)
            elif not self.refused(candidate):
                return candidate, True
        return None, False

    def _rests_on(self, node: int) -> tuple[str, ...] | None:
        """The facts by which `_holds` can tell citizens apart; None where lists are among them."""
        found: set[str] = set()
        for number in numbers(self.builder.forest.support(node)):
            axis = self.builder.axes[number]
            if isinstance(axis, FactAxis | OptionAxis):
                found.add(axis.node.path)
            elif isinstance(axis, TermAxis):
                behind = self._facts_of(number, axis)
                if behind is None:
                    return None
                found.update(behind)
        return tuple(sorted(found))

    def is_nobody(self, node: int) -> bool:
        """Whether no path leads to True, whatever anybody answers."""
        return True not in self.builder.forest.values(node)

    def comparisons(self, node: int) -> int:
        """How many terms over several facts a diagram rests on, through decisions that stand apart."""
        found, seen, waiting = set[int](), {node}, [node]
        while waiting:
            support = self.builder.forest.support(waiting.pop())
            for number, axis in enumerate(self.builder.axes):
                if support >> number & 1 and isinstance(axis, DecisionAxis) and axis.root not in seen:
                    seen.add(axis.root)
                    waiting.append(axis.root)
                elif support >> number & 1 and isinstance(axis, TermAxis):
                    found.add(number)
        return len(found)

    def is_plain(self, node: int) -> bool:
        """Whether every path is a citizen: over answers alone, and the flow has no checks that refuse any."""
        return not self.graph.checks and not self._terms(node)

    def refused(self, known: Mapping[str, Any]) -> bool:
        """Whether the flow's own checks refuse these answers together."""
        try:
            check_facts(self.graph, known, known)
        except AnswerError:
            return True
        return False

    def differ(self, path: str, goal: str, tries: int = MOST_TRIES) -> tuple[Mapping[str, Any], ...]:
        """Two of the likely citizens who differ in this answer alone and in the goal; () when none do."""
        values = list(likely(self.graph.facts[path]))
        for candidate in islice(self.candidates({path: None}), tries // max(1, len(values))):
            self.left -= self.graph.size * len(values)
            goals: dict[str, Mapping[str, Any]] = {}
            for value in values:
                own = {**candidate, path: value}
                goals.setdefault(repr(View(self.graph, own).value(goal)), own)
            if len(goals) > 1:
                return tuple(goals.values())[:2]
        return ()

    def on_path(self, node: int) -> dict[str, Any]:
        """The answers on one path to True; none where there is no such path."""
        return self._known(self._path(node) or {})

    def _path(self, node: int) -> dict[int, int] | None:
        """A path to True: variable -> cell."""
        forest = self.builder.forest
        if forest.is_terminal(node):
            return {} if forest.value(node) is True else None
        if True not in forest.values(node):
            return None
        variable = forest.top[node]
        for cell, kid in enumerate(forest.children[node]):
            found = self._path(kid)
            if found is not None:
                return {variable: cell, **found}
        return None

    def _known(self, path: Mapping[int, int]) -> dict[str, Any]:
        known: dict[str, Any] = {}
        chosen: dict[str, list[str]] = {}
        for number, cell in path.items():
            axis = self.builder.axes[number]
            if isinstance(axis, FactAxis):
                value = axis.cells.representative(cell)
                if value is not OTHER:
                    known[axis.node.path] = value
            elif isinstance(axis, OptionAxis):
                chosen.setdefault(axis.node.path, [])
                if cell == 0:
                    chosen[axis.node.path].append(axis.option)
        return known | chosen

    def _terms(self, node: int) -> bool:
        support = self.builder.forest.support(node)
        axes = enumerate(self.builder.axes)
        return any(support >> number & 1 and not isinstance(axis, FactAxis | OptionAxis) for number, axis in axes)

    def candidates(self, known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The path's answers, completed with likely values for every other fact that the goal reads."""
        open_facts = [
            node for path, node in self.graph.facts.items() if not node.list and path not in known and self._reads(path)
        ]
        lists = [list(likely(node)) for node in open_facts]
        mixed = _mixed(lists) if prod(map(len, lists)) > MOST_TRIES else product(*lists)
        for values in mixed:
            self.left -= self.graph.size
            if self.left < 0:
                return
            yield {**known, **{node.path: value for node, value in zip(open_facts, values, strict=True)}}

    def _reads(self, path: str) -> bool:
        return any(path in ruling.reads for ruling in self.graph.rulings.values())

    def _holds(self, node: int, known: Mapping[str, Any]) -> bool:
        forest, axes = self.builder.forest, self.builder.axes
        view = View(self.graph, known)
        left = node
        for number in numbers(forest.support(node)):
            axis = axes[number]
            if forest.support(left) >> number & 1 and not isinstance(axis, DecisionAxis):
                left = forest.allow(left, number, self._mask(number, axis, view))
        return forest.is_terminal(left) and forest.value(left) is True

    def _mask(self, number: int, axis: FactAxis | OptionAxis | TermAxis, view: View) -> int:
        """The cells of an axis for these answers; worked out once for all who give the same to what a term reads."""
        if not isinstance(axis, TermAxis):
            return axis.mask(view)
        behind = self._facts_of(number, axis)
        if behind is None:
            return axis.mask(view)
        known = view.known
        answers = tuple([_plain(known.get(path, UNKNOWN)) for path in behind])
        key = (number, answers)
        found = self._masks.get(key)
        if found is None:
            found = self._masks[key] = axis.mask(view)
        return found

    def _facts_of(self, number: int, axis: TermAxis) -> tuple[str, ...] | None:
        """What lies behind a term; None where lists do."""
        if number not in self._behind:
            self._behind[number] = self.cones.facts(axis.names)
        return self._behind[number]


def _plain(value: object) -> object:
    """An answer as something that can be looked up."""
    return tuple(value) if isinstance(value, list) else value


def _mixed(lists: list[list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Combinations from all over the product, the same at every run (a linear congruential sequence)."""
    state = 1
    for _ in range(MOST_TRIES):
        chosen = []
        for values in lists:
            state = follow(state)
            chosen.append(values[(state >> 33) % len(values)])
        yield tuple(chosen)


def likely(node: FactNode) -> Iterator[Any]:
    """Values worth trying for a fact."""
    own = node.domain if isinstance(node.domain, Between) else domain(node.spec)
    if not isinstance(own, Between):
        values = getattr(own, "values", None) or ((own.value,) if hasattr(own, "value") else ())
        yield from values or ((0,) if node.spec.type is FactType.LIST else ())
        return
    kinds: tuple[Any, ...] = DAYS if node.spec.type is FactType.DATE else FIGURES
    ends = [end for end in (own.low, own.high) if end is not None]
    for value in dict.fromkeys((*ends, *kinds)):
        if (own.low is None or value >= own.low) and (own.high is None or value <= own.high):
            yield value

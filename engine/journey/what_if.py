"""What would have to be different: single answers that lead to another outcome, each verified by running the rules.

    yes or no, a choice               every other answer
    a number or day, compared as such one value from each cell between the flow's own limits
    a number or day within a sum,     the nearest value below and above with another outcome: strides twice as long each
    an age or a list                  time, then halving. Of several turning points it may miss the very nearest.

Called by `engine.journey.explain`; tests: tests/engine/journey/test_what_if.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from engine.errors import AnswerError
from engine.flow.fields import dump_value, load_value
from engine.flow.keys import read_key
from engine.flow.model import FactType, SupplierKind, Unsure
from engine.graph.axes import FactAxis
from engine.graph.cells import OTHER
from engine.graph.domains import STEPS
from engine.graph.graph import FactNode, Graph
from engine.graph.possible import Between
from engine.graph.view import View
from engine.journey.accept import check_facts
from engine.journey.relevance import relevance

MOST_TRIES: Final = 120
MOST_STRIDES: Final = 400
"""How often the rules may be run for one explanation: for listed answers, and for strides."""

SMALLEST: Final = Decimal("0.01")
FARTHEST: Final = 10**12
"""Steps of a number without an end."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """With this answer instead, and all others as they are, the outcome would be that one."""

    fact: str
    value: object
    outcome: str


def what_if(graph: Graph, facts: Mapping[str, object], outcome: str, used: tuple[str, ...]) -> Iterator[WhatIf]:
    """For each of the facts in `used`, by key, the answers that lead elsewhere. `facts` are all that are known."""
    tried = _Tried(graph, facts, outcome)
    for key in used:
        for value in _alternatives(graph, key):
            if tried.listed >= MOST_TRIES:
                break
            tried.listed += 1
            other = tried.outcome(key, value) if value != facts[key] else ""
            if other:
                yield WhatIf(key, value, other)
    for key in used:
        if _lies_on_a_line(graph, key, facts[key]):
            yield from _Line(tried, key).nearest()


class _Tried:
    """Runs the rules with one answer changed. `listed` and `strides` count how often."""

    def __init__(self, graph: Graph, facts: Mapping[str, object], outcome: str) -> None:
        self.graph, self.facts, self._now = graph, facts, outcome
        self.listed = self.strides = 0

    def outcome(self, key: str, value: object) -> str:
        """The other outcome; "" where it stays, is not certain, or the answer is not taken."""
        changed, spec = {**self.facts, key: value}, _node(self.graph, key).spec
        try:
            load_value(key, spec, dump_value(spec.type, value))
            check_facts(self.graph, changed, {key: value})
        except AnswerError:
            return ""
        found = relevance(self.graph, View(self.graph, changed)).outcome
        return found if found != self._now else ""


class _Line:
    """The values of one fact, below and above the answer."""

    def __init__(self, tried: _Tried, key: str) -> None:
        self.tried, self.key = tried, key
        node = _node(tried.graph, key)
        self.value: Any = tried.facts[key]
        self.step = STEPS.get(node.spec.type) or SMALLEST  # of a number; a day is one of its own
        assert isinstance(node.domain, Between)
        self.ends: tuple[Any, Any] = node.domain.low, node.domain.high

    def nearest(self) -> Iterator[WhatIf]:
        """On each side the value nearest to the answer that is found."""
        for sign in (-1, 1):
            steps = self._first(sign)
            if steps:
                value = self._at(sign * steps)
                yield WhatIf(self.key, value, self._outcome(value))

    def _first(self, sign: int) -> int:
        """So many steps to the other outcome; 0 for none."""
        within, beyond = 0, 1
        while not self._outcome(self._at(sign * beyond)):
            if self._is_out(sign * beyond) or self.tried.strides >= MOST_STRIDES:
                return 0
            within, beyond = beyond, 2 * beyond
        while beyond - within > 1:
            middle = (within + beyond) // 2
            within, beyond = (within, middle) if self._outcome(self._at(sign * middle)) else (middle, beyond)
        return beyond

    def _outcome(self, value: Any) -> str:
        self.tried.strides += 1
        return self.tried.outcome(self.key, value) if value != self.value else ""

    def _at(self, steps: int) -> Any:
        """So many steps away, or the end of what the fact can be."""
        low, high = self.ends
        if isinstance(self.value, date):
            day = self.value.toordinal() + steps
            return date.fromordinal(min(max(day, low.toordinal()), high.toordinal()))
        found = self.value + steps * self.step
        found = found if low is None else max(found, low)
        return found if high is None else min(found, high)

    def _is_out(self, steps: int) -> bool:
        """Whether there is nothing further on this side."""
        return abs(steps) > FARTHEST or self._at(steps) == self._at(2 * steps)


def _lies_on_a_line(graph: Graph, key: str, value: object) -> bool:
    """A number or day that somebody tells, and that the flow compares with no limits of its own."""
    node = _node(graph, key)
    if node.spec.type not in STEPS or not isinstance(value, Decimal | date) or not isinstance(node.domain, Between):
        return False
    if all(own.kind is SupplierKind.CLOCK for own in node.spec.suppliers):
        return False
    axes = graph.diagram.axes if graph.diagram is not None else ()
    return not any(isinstance(axis, FactAxis) and axis.node is node for axis in axes)


def _alternatives(graph: Graph, key: str) -> Iterator[object]:
    """Other answers worth trying: every option, or one value from each cell of a number or date."""
    node = _node(graph, key)
    if node.spec.type is FactType.BOOLEAN:
        yield from (True, False)
    elif node.spec.type is FactType.CHOICE:
        yield from node.spec.options
    elif graph.diagram is not None and node.spec.unsure is not Unsure.VALUE:
        for axis in graph.diagram.axes:
            if isinstance(axis, FactAxis) and axis.node is node:
                cells = (axis.cells.representative(cell) for cell in range(len(axis.cells)))
                yield from (value for value in cells if value is not OTHER and value is not None)


def _node(graph: Graph, key: str) -> FactNode:
    parsed = read_key(key)
    return graph.facts[parsed.path if parsed is not None else key]

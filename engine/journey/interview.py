"""One citizen's questions one after another: what is known grows, and only what that changes is worked out again.

    interview = Interview(graph, {"spoed": False})
    interview.next                       "omtrek"
    interview.tell("omtrek", Decimal(20))
    interview.relevant().outcome         "toestemmingsvrij"

The same relevance as everywhere (`engine.journey.relevance`), on one view that is told each fact. For whoever has
many questions or many citizens in a row: `engine.harness.answer`, simulations. Tests:
tests/engine/journey/test_interview.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.flow.model import Order
from engine.graph.graph import Graph
from engine.graph.lane import AWAY, MOST_KEPT
from engine.graph.mdd import DiagramTooLarge
from engine.graph.view import View
from engine.journey.relevance import Relevance, relevance

MOST_DAYS = 400


class Interview:
    """See the top of this module. `passed` are facts that were handed on or cannot be told."""

    __slots__ = (
        "_forest",
        "_generation",
        "_known",
        "_lane",
        "_left",
        "_quick",
        "_relevant",
        "_told_none",
        "_view",
        "decide_only",
        "graph",
        "passed",
    )

    def __init__(self, graph: Graph, known: Mapping[str, object], *, decide_only: bool = False) -> None:
        self.graph = graph
        self.passed: frozenset[str] = frozenset()
        self.decide_only = decide_only
        self._known: dict[str, object] = {}
        self._told_none = True  # but what the clock says
        self._view: View | None = None
        self._relevant: Relevance | None = None
        self._quick = graph.diagram if graph.flow.order is Order.AUTHOR else None
        self._lane, self._left = graph.lane, AWAY
        self._forest = self._quick.forest if self._quick is not None else None
        self._generation = self._forest.generation if self._forest is not None else 0
        if self._lane is not None and self._lane.diagram is self._quick:
            self._left = self._quick.root
        for key, value in known.items():
            self.tell(key, value)

    @property
    def known(self) -> Mapping[str, object]:
        """All facts so far."""
        return self._known

    @property
    def view(self) -> View:
        """All facts so far, seen through the graph; made when it is first looked at."""
        if self._view is None:
            self._view = View(self.graph, self._known)
            if self._lane is not None and self._is_on_the_lane:
                self._lane.fill(self._view, self._left)
        return self._view

    @property
    def _is_on_the_lane(self) -> bool:
        return self._left >= 0 and self._forest is not None and self._forest.generation == self._generation

    @property
    def next(self) -> str:
        """The recommended next question, "" when there is none."""
        if self._told_none and not self.passed:
            return self._begin()
        return self._next()

    def _begin(self) -> str:
        """The same while only the clock is known: worked out once for all who begin on that day."""
        begins = self.graph.begins
        key = (self.decide_only, *self._known.items())
        found = begins.get(key)
        if found is None:
            if len(begins) > MOST_DAYS:
                begins.clear()
            found = begins[key] = self._next()
        return found

    def _next(self) -> str:
        diagram = self._quick
        if diagram is not None and not self.passed:
            if self._lane is not None and self._is_on_the_lane:
                first = self._lane.first(self._left)
            else:
                try:
                    first = diagram.first(self.view)
                except DiagramTooLarge:
                    first = ""
            if first:
                return first
        return self.relevant().next

    def relevant(self) -> Relevance:
        """All that is still needed, and the outcome when it is certain."""
        if self._relevant is None:
            found = self._ended()
            if found is None:
                found = relevance(self.graph, self.view, self.passed, decide_only=self.decide_only)
            self._relevant = found
        return self._relevant

    def _ended(self) -> Relevance | None:
        """The same for whoever came to an end of the lane: of an outcome without values it is worked out once for all
        who know as many of its needs. None where it takes more to tell."""
        lane = self._lane
        if lane is None or not self._is_on_the_lane or not lane.diagram.forest.is_terminal(self._left):
            return None
        if self._left not in lane.ends:
            lane.ends[self._left] = _plain_needs(self.graph, lane.diagram.forest.value(self._left))
        needs = lane.ends[self._left]
        if not isinstance(needs, tuple):
            return None
        key = (self._left, tuple([name in self._known for name in needs]), self.passed, self.decide_only)
        found = lane.ends.get(key)
        if not isinstance(found, Relevance):
            found = relevance(self.graph, self.view, self.passed, decide_only=self.decide_only)
            if self._left < lane.diagram.forest.base and len(lane.ends) < MOST_KEPT:
                lane.ends[key] = found
        return found

    def tell(self, key: str, value: object) -> None:
        """One more fact, typed; or the same fact with another value."""
        self._relevant = None
        if self._told_none and key not in self.graph.clocks:
            self._told_none = False
        if self._left >= 0:
            self._went(key, value)
        if self._view is None:
            self._known[key] = value
        else:
            self._view.tell(key, value)

    def _went(self, key: str, value: object) -> None:
        """One more fact, on the lane as long as it can be told there."""
        if self._lane is None or key in self._known or not self._is_on_the_lane:
            self._left = AWAY
        else:
            self._left = self._lane.told(self._left, key, value)

    def withdraw(self, key: str) -> None:
        """This fact is known no longer."""
        self._relevant, self._left = None, AWAY
        self.view.withdraw(key)

    def skip(self, key: str) -> None:
        """This question will not be answered; everything that may settle the goal without it is still asked."""
        self._relevant = None
        self.passed |= {key}


def _plain_needs(graph: Graph, outcome: object) -> tuple[str, ...] | None:
    """The needs of an outcome that shows no values, where they are facts that are always asked; None of any other."""
    spec = graph.flow.outcomes.get(outcome) if isinstance(outcome, str) else None
    if spec is None or spec.values:
        return None
    nodes = [graph.facts.get(name) for name in spec.needs]
    plain = all(node is not None and node.when is None and not node.spec.of for node in nodes)
    return tuple(spec.needs) if plain else None

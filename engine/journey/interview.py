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
from engine.graph.mdd import DiagramTooLarge
from engine.graph.view import View
from engine.journey.relevance import Relevance, relevance


class Interview:
    """See the top of this module. `passed` are facts that were handed on or cannot be told."""

    __slots__ = ("_quick", "_relevant", "decide_only", "graph", "passed", "view")

    def __init__(self, graph: Graph, known: Mapping[str, object], *, decide_only: bool = False) -> None:
        self.graph = graph
        self.view = View(graph, dict(known))
        self.passed: frozenset[str] = frozenset()
        self.decide_only = decide_only
        self._relevant: Relevance | None = None
        self._quick = graph.diagram if graph.flow.order is Order.AUTHOR else None

    @property
    def known(self) -> Mapping[str, object]:
        """All facts so far."""
        return self.view.known

    @property
    def next(self) -> str:
        """The recommended next question, "" when there is none."""
        diagram = self._quick
        if diagram is not None and not self.passed:
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
            self._relevant = relevance(self.graph, self.view, self.passed, decide_only=self.decide_only)
        return self._relevant

    def tell(self, key: str, value: object) -> None:
        """One more fact, typed; or the same fact with another value."""
        self._relevant = None
        self.view.tell(key, value)

    def withdraw(self, key: str) -> None:
        """This fact is known no longer."""
        self._relevant = None
        self.view.withdraw(key)

    def skip(self, key: str) -> None:
        """This question will not be answered; everything that may settle the goal without it is still asked."""
        self._relevant = None
        self.passed |= {key}

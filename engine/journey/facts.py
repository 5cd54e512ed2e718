"""What a journey knows, as the graph wants to hear it: fact key -> typed value.

Disputed facts are left out (they are UNKNOWN to every rule), and so is what a register said of a fact with
`confirm: ask` until the citizen has confirmed it. The clock's own facts are put in: `clock:start` and `clock:submit`
are dates in the Netherlands, fixed for the journey. Called by `engine.journey.relevance`.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.flow.keys import read_key
from engine.flow.model import SupplierKind
from engine.graph.graph import Graph
from engine.graph.view import View
from engine.journey.events import Supplier
from engine.journey.state import Answer, Journey

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def day(moment: datetime) -> date:
    """The date in the Netherlands."""
    return moment.astimezone(AMSTERDAM).date()


def known(graph: Graph, journey: Journey) -> Mapping[str, object]:
    """Fact key -> typed value; a closed list -> its number of items."""
    found = {
        key: answer.value
        for key, answer in journey.answers.items()
        if not answer.disputed and not (graph.to_confirm and unconfirmed(graph, key, answer))
    }
    for path in graph.clocks:
        for supplier in graph.facts[path].spec.suppliers:
            moment = journey.started if supplier.name == "start" else journey.submitted
            if supplier.kind is SupplierKind.CLOCK and moment is not None:
                found[path] = day(moment)
    return found


def unconfirmed(graph: Graph, key: str, answer: Answer) -> bool:
    """Whether a register said this, undisputed, and the citizen must confirm it before any rule may use it."""
    if answer.confirmed or answer.disputed or answer.supplier is not Supplier.REGISTER:
        return False
    parsed = read_key(key)
    return parsed is not None and parsed.path in graph.to_confirm


@dataclass(slots=True, eq=False)
class Sight:
    """One journey's facts seen through its graph, and what was worked out of them (`engine.journey.relevance`)."""

    graph: Graph
    journey: Journey
    view: View
    relevant: dict[tuple[frozenset[str], bool, tuple[str, ...]], object] = field(default_factory=dict)

    def is_of(self, graph: Graph, journey: Journey) -> bool:
        """Whether it shows the same facts. Those of a journey never change: another answer makes another mapping."""
        own = self.journey
        same = own.answers is journey.answers and own.started == journey.started
        return same and own.submitted == journey.submitted and self.graph is graph


Sights = list[Sight]
MOST_SIGHTS = 4
SIGHTS: ContextVar[Sights | None] = ContextVar("SIGHTS", default=None)
"""What was looked at last, while it is remembered: `engine.journey.relevance.remembered`."""


def view_of(graph: Graph, journey: Journey) -> View:
    """The journey's facts seen through its graph; nobody may tell this view more."""
    sights = SIGHTS.get()
    if sights is None:
        return View(graph, known(graph, journey))
    for sight in reversed(sights):
        if sight.is_of(graph, journey):
            return sight.view
    made = Sight(graph, journey, View(graph, known(graph, journey)))
    sights.append(made)
    if len(sights) > MOST_SIGHTS:
        del sights[0]
    return made.view


def sight_of(view: View) -> Sight | None:
    """What is remembered of this very view."""
    for sight in reversed(SIGHTS.get() or ()):
        if sight.view is view:
            return sight
    return None

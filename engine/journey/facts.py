"""What a journey knows, as the graph wants to hear it: fact key -> typed value.

Disputed facts are left out (they are UNKNOWN to every rule), and the clock's own facts are put in: `clock:start` and
`clock:submit` are dates in the Netherlands, fixed for the journey. Called by `engine.journey.relevance`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.flow.model import SupplierKind
from engine.graph.graph import Graph
from engine.graph.view import View
from engine.journey.state import Journey

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def day(moment: datetime) -> date:
    """The date in the Netherlands."""
    return moment.astimezone(AMSTERDAM).date()


def known(graph: Graph, journey: Journey) -> Mapping[str, object]:
    """Fact key -> typed value; a closed list -> its number of items."""
    found = {key: answer.value for key, answer in journey.answers.items() if not answer.disputed}
    for node in graph.facts.values():
        for supplier in node.spec.suppliers:
            if supplier.kind is SupplierKind.CLOCK:
                moment = journey.started if supplier.name == "start" else journey.submitted
                if moment is not None:
                    found[node.path] = day(moment)
    return found


def view_of(graph: Graph, journey: Journey) -> View:
    """The journey's facts seen through its graph."""
    return View(graph, known(graph, journey))

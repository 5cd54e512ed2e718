"""What a journey knows, as the graph wants to hear it: fact key -> typed value.

Disputed facts are left out (they are UNKNOWN to every rule), and so is what a register said of a fact with
`confirm: ask` until the citizen has confirmed it. The clock's own facts are put in: `clock:start` and `clock:submit`
are dates in the Netherlands, fixed for the journey. Called by `engine.journey.relevance`.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    for node in graph.facts.values():
        for supplier in node.spec.suppliers:
            if supplier.kind is SupplierKind.CLOCK:
                moment = journey.started if supplier.name == "start" else journey.submitted
                if moment is not None:
                    found[node.path] = day(moment)
    return found


def unconfirmed(graph: Graph, key: str, answer: Answer) -> bool:
    """Whether a register said this and the citizen must confirm it before any rule may use it."""
    if answer.confirmed or answer.supplier is not Supplier.REGISTER:
        return False
    parsed = read_key(key)
    return parsed is not None and parsed.path in graph.to_confirm


def view_of(graph: Graph, journey: Journey) -> View:
    """The journey's facts seen through its graph."""
    return View(graph, known(graph, journey))

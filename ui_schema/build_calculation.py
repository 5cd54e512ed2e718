"""`{show: calculation bedrag}`: the sum as people follow it, what goes into it first and what comes out last.

    Netto inkomen: € 900,00
    Norm: € 1.345,00
    Aanvulling: € 445,00

One paragraph a line, each with the label and the value of this citizen, never the expression. Sums are followed down to
what was told; a table, a list and what is not known yet stand as one line or none. Called by `ui_schema.build_outcome`;
tests: tests/ui_schema/test_calculation.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.feel.unknown import UNKNOWN
from engine.flow.model import FactType
from engine.graph.graph import Graph
from ui_schema.flow_texts import beside, label_of, shown
from ui_schema.scene import Scene

_TOLD_WHOLE = (FactType.LIST, FactType.FILE, FactType.ADDRESS, FactType.PERSON)


def calculation(scene: Scene, name: str) -> Iterator[str]:
    """The lines of the sum behind a decision, each thing once."""
    found: dict[str, None] = {}
    _behind(scene.graph, name, found)
    for own in found:
        value = scene.view.value(own)
        if value is not UNKNOWN and value is not None:
            label = label_of(scene.graph, own, scene.language)
            yield beside(label, shown(scene.graph, own, value, scene.language))


def _behind(graph: Graph, name: str, found: dict[str, None]) -> None:
    """What a sum reads, in the order in which it is written, and then the sum itself; each thing followed once."""
    ruling, node = graph.rulings.get(name), graph.facts.get(name)
    if ruling is not None and ruling.formula is not None and not ruling.each:
        for own in _in_order(ruling.formula.text, ruling.formula.names):
            if own not in found:
                _behind(graph, own, found)
    if ruling is not None or (node is not None and node.spec.type not in _TOLD_WHOLE):
        found[name] = None


def _in_order(text: str, names: frozenset[str]) -> list[str]:
    places = {name: re.search(rf"\b{re.escape(name)}\b", text) for name in names}
    return sorted(names, key=lambda name: (found.start() if (found := places[name]) else len(text), name))

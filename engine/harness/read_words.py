"""What a citizen has read, in the author's words and with each `{name}` as its value.

A scenario may ask for either: `says: "U betaalt {leges}"` or `says: "U betaalt € 43,25"`. A hard space reads as a
space. Called by `engine.harness.expectations`; tests: tests/engine/harness/test_expectations.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.feel.unknown import UNKNOWN
from engine.flow.fields import show_value
from engine.flow.model import FactType, Text
from engine.flow.slots import Slot, split_text
from engine.graph.graph import Graph
from engine.graph.view import View

Said = Callable[[Text | None], str]


def read_words(graph: Graph, view: View, language: str) -> Said:
    """Of a text both readings, a line each; one line where no value stands in it, "" where there is no text."""

    def said(text: Text | None) -> str:
        if text is None:
            return ""
        written = text.in_(language)
        read = "".join(_pieces(graph, view, written, language)).replace("\xa0", " ")
        return written if read == written else f"{written}\n{read}"

    return said


def _pieces(graph: Graph, view: View, written: str, language: str) -> Iterator[str]:
    for piece in split_text(written):
        if isinstance(piece, Slot):
            yield _value(graph, view, piece, language)
        elif isinstance(piece, str):
            yield piece


def _value(graph: Graph, view: View, slot: Slot, language: str) -> str:
    """The value in words; what the process promises, a list and what is not known stay as they are written."""
    node = graph.facts.get(slot.name)
    spec = node.spec if node is not None else graph.flow.decisions.get(slot.name)
    value = view.value(slot.name) if spec is not None else UNKNOWN
    if spec is None or value is UNKNOWN or spec.type is FactType.LIST:
        return f"{{{slot.name}}}"
    return show_value(spec, spec.type, value, language, slot.notation)

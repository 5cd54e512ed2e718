"""A flow's own texts on a page: the language is picked and each `{name}` becomes its value in words.

`{deadline}` and `{contact}` are the process's words, `{item}` a list's; everything else is a fact or decision of the
view. A value that is not known yet leaves "..." (a text that can show one does not load, so this is for drafts only).
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel.unknown import UNKNOWN
from engine.flow.fields import show_value
from engine.flow.keys import read_key
from engine.flow.model import FactType, Text
from engine.flow.slots import ADDED, Notation, Slot, split_text
from engine.graph.graph import Graph
from engine.graph.view import ItemView, View
from ui_schema.shape import Language

OPEN = "…"


def words(text: Text | None, language: Language) -> str:
    """The text as it stands, "" when there is none."""
    return text.in_(language.value) if text is not None else ""


def filled(
    text: Text | None, language: Language, view: View | ItemView | None = None, added: Mapping[str, str] | None = None
) -> str:
    """The text with its values. `added` holds the words that are no fact."""
    if text is None:
        return ""
    pieces = [piece for piece in split_text(text.in_(language.value)) if isinstance(piece, Slot | str)]
    return "".join(_slot(piece, language, view, added or {}) if isinstance(piece, Slot) else piece for piece in pieces)


def _slot(slot: Slot, language: Language, view: View | ItemView | None, added: Mapping[str, str]) -> str:
    if slot.name in added:
        return added[slot.name]
    if slot.name in ADDED or view is None:
        return OPEN
    return value_words(view.graph, view, slot.name, language, slot.notation)


def value_words(
    graph: Graph, view: View | ItemView, name: str, language: Language, notation: Notation = Notation.USUAL
) -> str:
    """A fact or decision in words; OPEN while it is not known."""
    value = view.scope[name] if view.knows(name) else UNKNOWN
    if value is UNKNOWN:
        return OPEN
    return shown(graph, name, value, language, notation)


def shown(graph: Graph, name: str, value: object, language: Language, notation: Notation = Notation.USUAL) -> str:
    """A value of the fact (by key) or decision `name` in words."""
    parsed = read_key(name)
    node = graph.facts.get(parsed.path) if parsed is not None else None
    if node is not None:
        if node.spec.type is FactType.LIST:
            return str(value) if isinstance(value, int) else str(len(value)) if isinstance(value, list) else OPEN
        return show_value(node.spec, node.spec.type, value, language.value, notation)
    decision = graph.flow.decisions.get(name)
    if decision is None:
        return str(value)
    if name == graph.flow.goal and value in graph.flow.outcomes:
        return outcome_title(graph, str(value), language)
    return show_value(decision, decision.type, value, language.value, notation)


def outcome_title(graph: Graph, outcome: str, language: Language) -> str:
    """What an outcome is called: its title, else its first paragraph."""
    spec = graph.flow.outcomes[outcome]
    if spec.title is not None:
        return words(spec.title, language)
    return next((words(part.text, language) for part in spec.text if part.text is not None), outcome)


def label_of(graph: Graph, key: str, language: Language) -> str:
    """What a fact or decision is called: its label, else its question, else its name."""
    parsed = read_key(key)
    node = graph.facts.get(parsed.path) if parsed is not None else None
    if node is not None:
        return words(node.spec.label, language) or words(node.spec.ask, language) or node.name
    decision = graph.flow.decisions.get(key)
    return (words(decision.label, language) if decision is not None else "") or spoken(key)


def beside(label: str, value: str) -> str:
    """A label with what it is; a fact without a label goes by its question, which needs no colon."""
    return f"{label} {value}" if label.endswith("?") else f"{label}: {value}"


def spoken(name: str) -> str:
    """A name of the flow as it is said."""
    return name.replace("_", " ").capitalize()

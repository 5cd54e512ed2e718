"""The flow's types as DMN item definitions: options as allowed values, lists as collections of structures.

A fact that can be `unsure` is exported with that text among its values; what has no counterpart in DMN (a person, an
address, a file) is of type Any. Caller: `engine.graph.to_dmn`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from engine.dmn.model import ItemDefinition, UnaryTests
from engine.feel.render import render_value
from engine.flow.model import FactType, Unsure
from engine.graph.graph import FactNode, Graph, Ruling

TEXT: Final = "string"
BASE: Final = {
    FactType.BOOLEAN: "boolean",
    FactType.CHOICE: TEXT,
    FactType.CHOICES: TEXT,
    FactType.TEXT: TEXT,
    FactType.INTEGER: "number",
    FactType.NUMBER: "number",
    FactType.MONEY: "number",
    FactType.YEAR: "number",
    FactType.DATE: "date",
    FactType.PERIOD: "Any",
    FactType.DURATION: "Any",
    FactType.EMAIL: TEXT,
    FactType.PHONE: TEXT,
    FactType.POSTCODE: TEXT,
    FactType.BSN: TEXT,
    FactType.IBAN: TEXT,
}


class Types:
    """Collects the item definitions that the model's variables refer to."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.found: dict[str, ItemDefinition] = {}

    def definitions(self) -> tuple[ItemDefinition, ...]:
        return tuple(self.found.values())

    def of_fact(self, node: FactNode) -> str:
        """The type reference of a fact."""
        return self._named(f"t_{node.name}", self._item(node))

    def of_ruling(self, ruling: Ruling) -> str:
        """The type reference of a decision; of one per item, a list of them."""
        item = _base(f"t_{ruling.name}", ruling.type, ruling.options)
        if ruling.each:
            item = replace(item, is_collection=True)
        return self._named(f"t_{ruling.name}", item)

    def _named(self, name: str, item: ItemDefinition) -> str:
        """The built-in type itself where the definition adds nothing to it."""
        if item.type_ref and not item.is_collection and item.allowed_values is None:
            return item.type_ref
        self.found[name] = item
        return name

    def _item(self, node: FactNode) -> ItemDefinition:
        name = node.name if node.list else f"t_{node.name}"
        if node.spec.type is FactType.LIST:
            fields = (own for own in self.graph.facts.values() if own.list == node.name)
            return ItemDefinition(name, components=tuple(self._item(own) for own in fields), is_collection=True)
        unsure = node.spec.unsure is Unsure.VALUE
        if unsure and node.spec.type is not FactType.CHOICE:
            return ItemDefinition(name, "Any")
        return _base(name, node.spec.type, (*node.spec.options, *(("unsure",) if unsure else ())))


def _base(name: str, kind: FactType, options: Iterable[str]) -> ItemDefinition:
    allowed = ", ".join(render_value(option) for option in options)
    return ItemDefinition(
        name,
        BASE.get(kind, "Any"),
        allowed_values=UnaryTests(allowed) if allowed and kind in (FactType.CHOICE, FactType.CHOICES) else None,
        is_collection=kind is FactType.CHOICES,
    )

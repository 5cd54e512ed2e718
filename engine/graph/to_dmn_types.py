"""The flow's types as DMN item definitions: options as allowed values, lists as collections of structures.

A fact that can be `unsure` is exported with that text among its values; what has no counterpart in DMN (a person, an
address, a file) is of type Any. Caller: `engine.graph.to_dmn`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
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
        name = f"t_{ruling.name}"
        item = _base(name, ruling.type, ruling.options)
        if ruling.each and item.is_collection:
            item = ItemDefinition(name, self._named(f"{name}_item", replace(item, name=f"{name}_item")))
        if ruling.each:
            item = replace(item, is_collection=True)
        return self._named(name, item)

    def of_given(self, function: str, name: str) -> str:
        """The type reference of a function's own argument; empty for one that was added to it."""
        given = self.graph.flow.functions[function].given.get(name)
        return "" if given is None else BASE.get(given.type, "Any")

    def of_name(self, list_name: str, name: str) -> str:
        """The type reference of a name inside a decision per item: a field, else a fact, else a decision."""
        node = self.graph.facts.get(f"{list_name}.{name}") or self.graph.facts.get(name)
        if node is not None:
            single = node.spec.unsure is not Unsure.VALUE and node.spec.type is not FactType.CHOICES
            return BASE.get(node.spec.type, "") if single else ""
        ruling = self.graph.rulings.get(name)
        single = ruling is not None and ruling.type is not FactType.CHOICES and ruling.each in ("", list_name)
        return BASE.get(ruling.type, "") if ruling is not None and single else ""

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


def of_value(value: object) -> str:
    """The type reference of a constant; Any where it says nothing."""
    kinds: dict[type, str] = {bool: "boolean", Decimal: "number", str: TEXT, date: "date"}
    return kinds.get(type(value), "Any")


def _base(name: str, kind: FactType, options: Iterable[str]) -> ItemDefinition:
    allowed = ", ".join(render_value(option) for option in options)
    return ItemDefinition(
        name,
        BASE.get(kind, "Any"),
        allowed_values=UnaryTests(allowed) if allowed and kind in (FactType.CHOICE, FactType.CHOICES) else None,
        is_collection=kind is FactType.CHOICES,
    )

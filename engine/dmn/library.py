"""A model and everything it imports, as one web of nodes: who requires whom, under which name.

A node is an element of one of the models. What an expression of a node sees is exactly what the node requires: the
values of inputs and decisions, the functions of knowledge models and services; those of another model stand under
the import's name (`prefix.name`), or bare where the import has none. Callers: `engine.dmn.evaluation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.dmn.compile import Compiler
from engine.dmn.members import member_names
from engine.dmn.model import (
    Decision,
    DecisionService,
    Definitions,
    InputElement,
    KnowledgeModel,
    Reference,
)
from engine.dmn.reader import read_definitions
from engine.dmn.scope import Key
from engine.dmn.texts import Texts
from engine.feel.names_in_scope import normal

Evaluable = InputElement | Decision | KnowledgeModel | DecisionService


@dataclass(eq=False, slots=True)
class Unit:
    """One model of the library. `prefixes` maps the namespaces it imports to their names here: mostly one each."""

    definitions: Definitions
    compiler: Compiler
    prefixes: dict[str, list[str]] = field(default_factory=dict)
    by_id: dict[str, Node] = field(default_factory=dict)
    by_name: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """An element in its model. `key` identifies it in the library."""

    key: Key
    element: Evaluable
    unit: Unit

    @property
    def name(self) -> str:
        """The name its value has in expressions: its variable's."""
        return normal(self.element.variable.name)


@dataclass(frozen=True, slots=True)
class Required:
    """A node that another requires, and the names it goes by there: `(name,)` or `(prefix, name)`."""

    path: tuple[str, ...]
    node: Node


class Library:
    """All models that the root model reaches through its imports."""

    def __init__(self, root: Definitions, imports: Mapping[str, str]) -> None:
        self.units: dict[str, Unit] = {}
        self.missing: list[str] = []
        models = self._reachable(root, imports)
        members = member_names(models.values())
        for namespace, definitions in models.items():
            self.units[namespace] = _unit(definitions, members)
        for unit in self.units.values():
            self._connect(unit)
        self.root = self.units[root.namespace]
        self.paths = self._paths()

    def _reachable(self, root: Definitions, imports: Mapping[str, str]) -> dict[str, Definitions]:
        models = {root.namespace: root}
        waiting = [root]
        while waiting:
            for item in waiting.pop().imports:
                if item.namespace in models:
                    continue
                if item.namespace not in imports:
                    self.missing.append(item.namespace)
                    continue
                found = read_definitions(imports[item.namespace], f"import {item.name or item.namespace}")
                models[item.namespace] = found
                waiting.append(found)
        return models

    def _connect(self, unit: Unit) -> None:
        for item in unit.definitions.imports:
            other = self.units.get(item.namespace)
            if other is not None:
                name = normal(item.name)
                unit.prefixes.setdefault(item.namespace, []).append(name)
                unit.compiler.texts.types.imported[name] = other.compiler.texts.types

    def _paths(self) -> dict[str, list[tuple[str, ...]]]:
        """By namespace every chain of import names that leads there from the root; the shortest first."""
        paths: dict[str, list[tuple[str, ...]]] = {self.root.definitions.namespace: [()]}
        waiting: list[tuple[Unit, tuple[str, ...], frozenset[str]]] = [(self.root, (), frozenset())]
        while waiting:
            unit, path, passed = waiting.pop(0)
            for namespace, name in ((own, name) for own, names in unit.prefixes.items() for name in names):
                if namespace in passed or len(paths.setdefault(namespace, [])) > 50:
                    continue
                longer = (*path, name) if name else path
                paths[namespace].append(longer)
                waiting.append((self.units[namespace], longer, passed | {namespace}))
        return paths

    def find(self, name: str) -> Node | None:
        """The node of this name: the root's own, else `prefix.name` of an import, else of a nameless import."""
        wanted = normal(name)
        own = self.root.by_name.get(wanted)
        if own is not None:
            return own
        for namespace, paths in self.paths.items():
            for path in paths:
                start = "".join(f"{step}." for step in path)
                found = self.units[namespace].by_name.get(wanted.removeprefix(start))
                if found is not None and wanted.startswith(start):
                    return found
        return None

    def required(self, node: Node, links: tuple[Reference, ...]) -> Iterator[Required | Reference]:
        """What the links of a node lead to; a link that leads nowhere is given back as it is."""
        own = node.unit
        for link in links:
            unit = self.units.get(link.namespace) if link.namespace else own
            target = unit.by_id.get(link.id) if unit is not None else None
            if target is None:
                yield link
                continue
            names = [""] if target.unit is own else own.prefixes.get(link.namespace, [""])
            for prefix in names:
                yield Required((prefix, target.name) if prefix else (target.name,), target)

    def nodes(self, node: Node, links: tuple[Reference, ...]) -> list[Node]:
        """The nodes that the links lead to, each once however many names it has there."""
        found = {item.node.key: item.node for item in self.required(node, links) if isinstance(item, Required)}
        return list(found.values())


def _unit(definitions: Definitions, members: frozenset[str]) -> Unit:
    unit = Unit(definitions, Compiler(Texts(definitions, members)))
    groups = (definitions.services, definitions.inputs, definitions.knowledge_models, definitions.decisions)
    for element in (element for group in groups for element in group):
        node = Node((definitions.namespace, element.id or element.name), element, unit)
        unit.by_id[element.id or element.name] = node
        unit.by_name[normal(element.name)] = node
    return unit

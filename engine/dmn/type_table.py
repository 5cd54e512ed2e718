"""From the type names of a model to types: its own item definitions, those of imports, FEEL's built-in ones.

A name is looked up as written, without an XML prefix for FEEL (`feel:number` of DMN 1.1), and as `import.name`.
A name that means nothing conforms to everything, and is reported once at load. Callers: `engine.dmn.texts`,
`engine.dmn.compile`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from engine.dmn.model import Definitions, ItemDefinition, UnaryTests
from engine.dmn.types import ANY, Base, Check, Collection, Constrained, FunctionOf, Named, Structure, Type
from engine.feel.names_in_scope import normal

ALIASES: Final = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "daysAndTimeDuration": "days and time duration",
    "yearsAndMonthsDuration": "years and months duration",
}
"""Spellings of DMN 1.1 and 1.2 modellers, and what they mean."""


class TypeTable:
    """The types of one model. `base` gives the check of a built-in type, None for an unknown name."""

    def __init__(
        self,
        definitions: Definitions,
        imported: dict[str, TypeTable],
        base: Callable[[str], Check | None],
        tests: Callable[[UnaryTests], Check],
    ) -> None:
        self.imported = imported
        self.base = base
        self.tests = tests
        self.prefixes = dict(definitions.prefixes)
        self.by_namespace = {item.namespace: normal(item.name) for item in definitions.imports}
        self.definitions = {normal(item.name): item for item in definitions.types}
        self.unknown: list[str] = []
        self._types: dict[str, Type] = {}

    def get(self, type_ref: str) -> Type:
        """The type of this name; ANY for an empty or unknown one."""
        name = normal(type_ref)
        if name not in self._types:
            found = self.find(name)
            if found is None:
                self.unknown.append(name)
            self._types[name] = ANY if found is None else found
        return self._types[name]

    def find(self, name: str, passed: frozenset[int] = frozenset()) -> Type | None:
        """The type of this name; None when nothing is called so. `passed`: tables that were asked already."""
        if not name or name == "Any":
            return ANY
        if name in self.definitions:
            return Named(lambda: self._defined(self.definitions[name]))
        return self._built_in(name) or self._of_import(name, passed | {id(self)}) or self._prefixed(name)

    def output_of(self, type_ref: str) -> Type:
        """What a function of this declared type gives. Before DMN 1.2 the declared type was the output's itself."""
        kind = self.get(type_ref)
        while isinstance(kind, Named):
            kind = kind.target()
        if isinstance(kind, Base) and kind.name == "function":
            return ANY
        return kind.output if isinstance(kind, FunctionOf) else kind

    def allowed_values(self, type_ref: str, component: str = "") -> UnaryTests | None:
        """The allowed values of the item definition of this name, or of one it stands for; `component`: of that one."""
        name, table = normal(type_ref), self
        passed: set[tuple[int, str]] = set()
        while (found := table._definition(name)) is not None and (id(found[0]), found[1].name) not in passed:
            table, item = found
            passed.add((id(table), item.name))
            part = next((part for part in item.components if part.name == component), None) if component else None
            if part is not None:
                item, component = part, ""
            if item.allowed_values is not None and not component:
                return item.allowed_values
            name = normal(item.type_ref)
        return None

    def _definition(self, name: str) -> tuple[TypeTable, ItemDefinition] | None:
        """The item definition of this name, and the table in whose words it is written."""
        if name in self.definitions:
            return self, self.definitions[name]
        for prefix, table in self.imported.items():
            local = name.removeprefix(f"{prefix}.") if prefix else name
            if local in table.definitions and (local != name or not prefix):
                return table, table.definitions[local]
        return None

    def _built_in(self, name: str) -> Type | None:
        usual = ALIASES.get(name, name)
        check = self.base(usual)
        return Base(usual, check) if check is not None else None

    def _of_import(self, name: str, passed: frozenset[int]) -> Type | None:
        for prefix, table in self.imported.items():
            start = f"{prefix}." if prefix else ""
            if not name.startswith(start) or (not prefix and id(table) in passed):
                continue
            found = table.find(name.removeprefix(start), passed)
            if found is not None:
                return found
        return None

    def _prefixed(self, name: str) -> Type | None:
        prefix, colon, local = name.partition(":")
        if not colon:
            return None
        if prefix not in self.prefixes:
            return self._built_in(local)
        called = self.by_namespace.get(self.prefixes[prefix])
        table = self.imported.get(called) if called is not None else None
        return table.find(local) if table is not None else self.find(local)

    def _defined(self, item: ItemDefinition) -> Type:
        kind = self._of_kind(item)
        if item.allowed_values is not None:
            kind = self._constrained(kind, item.allowed_values)
        if item.is_collection:
            kind = Collection(kind)
        if item.type_constraint is not None:
            kind = self._constrained(kind, item.type_constraint)
        return kind

    def _of_kind(self, item: ItemDefinition) -> Type:
        if item.components:
            return Structure(tuple((part.name, self._defined(part)) for part in item.components))
        if item.function is not None:
            output = self.get(item.function.output_type)
            return FunctionOf(self.base("function") or bool, len(item.function.parameters), output)
        return self.get(item.type_ref)

    def _constrained(self, kind: Type, tests: UnaryTests) -> Type:
        return Constrained(kind, self.tests(tests))

"""What a rule looks at: the compiled flow, where everything stands, and what several rules want to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from engine.errors import Where
from engine.flow.model import Fact, FactType, Flow, SupplierKind, Text
from engine.flow.positions import Path, Positions
from engine.flow.texts import texts_of
from engine.graph.graph import Graph

INWARD = frozenset({"tasks", "canvas", "sources"})
"""Sections whose texts a citizen does not read."""

PERSONAL = frozenset(
    {FactType.PERSON, FactType.BSN, FactType.IBAN, FactType.ADDRESS, FactType.EMAIL, FactType.PHONE}
)  # fmt: skip
"""Types whose value is about one person, whatever the flow."""

OF_THINGS = frozenset({"bag", "bgt", "brk", "dso", "erfgoed", "kadaster", "kvk", "monumenten", "nhr", "rce", "rdw"})
"""Registers about buildings, land, vehicles, firms and plans; every other register is about people."""


@dataclass(frozen=True)
class Subject:
    """One flow under the rules."""

    graph: Graph
    positions: Positions

    @property
    def flow(self) -> Flow:
        """The flow as it was written."""
        return self.graph.flow

    def at(self, *path: str | int) -> Where:
        """Where the value at `path` stands."""
        return self.positions.where(*path)

    def key(self, *path: str | int) -> Where:
        """Where the key at `path` stands."""
        return self.positions.key(*path)

    def at_text(self, path: Path, language: str, offset: int = 0) -> Where:
        """Where a text, or a character of it, stands in one of the flow's languages."""
        whole = path if language == self.flow.language else (language, *path)
        return self.positions.within(whole, offset)

    @cached_property
    def facts(self) -> tuple[tuple[Path, str, Fact], ...]:
        """Every fact with its path and name, those of lists after their list."""
        found: list[tuple[Path, str, Fact]] = []
        for name, fact in self.flow.facts.items():
            found.append((("facts", name), name, fact))
            found += [(("facts", name, "of", inner), inner, part) for inner, part in fact.of.items()]
        return tuple(found)

    @cached_property
    def asked(self) -> tuple[tuple[Path, str, Fact], ...]:
        """The facts that a citizen may be asked for."""
        return tuple(own for own in self.facts if supplied_by(own[2], SupplierKind.CITIZEN))

    @cached_property
    def personal(self) -> tuple[tuple[Path, str, Fact], ...]:
        """The facts about a person: by their type, or because a register about people gives them."""
        return tuple(own for own in self.facts if own[2].type in PERSONAL or _of_people(own[2]))

    @cached_property
    def texts(self) -> tuple[tuple[Path, Text], ...]:
        """Every text that a citizen may read, with its path in the file."""
        return tuple(
            (path, text) for path, text in texts_of(self.flow) if path[0] not in INWARD and "ground" not in path
        )


def supplied_by(fact: Fact, kind: SupplierKind) -> bool:
    """Whether one of its suppliers is of this kind."""
    return any(ref.kind == kind for ref in fact.suppliers)


def _of_people(fact: Fact) -> bool:
    names = (ref.name.partition(".")[0] for ref in fact.suppliers if ref.kind == SupplierKind.REGISTER)
    return any(name not in OF_THINGS for name in names)

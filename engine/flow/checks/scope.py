"""What all checks share: the flow, the names in it, and how a problem is worded and placed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

from engine.errors import UNSAID, Problem, Said, worded
from engine.flow.model import Fact, Flow
from engine.flow.positions import Path, Positions
from engine.flow.sentences import near, short


class Scope:
    """One flow under check. `dropped` names are left alone: they already have a problem of their own."""

    def __init__(self, flow: Flow, positions: Positions, dropped: frozenset[str]) -> None:
        self.flow = flow
        self.positions = positions
        self.dropped = dropped

    def at(self, path: Path, code: str, message: Said, hint: Said = UNSAID) -> Problem:
        """A problem with the value at `path`."""
        return Problem(self.positions.where(*path), code, message, hint)

    def at_key(self, path: Path, code: str, message: Said, hint: Said = UNSAID) -> Problem:
        """A problem with the key at `path`."""
        return Problem(self.positions.key(*path), code, message, hint)

    @cached_property
    def values(self) -> frozenset[str]:
        """Names of facts and decisions, and of the facts of lists."""
        inner = {name for fact in self.flow.facts.values() for name in fact.of}
        return frozenset({*self.flow.facts, *self.flow.decisions, *inner, *self.dropped})

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """What can be shown in a text, in alphabetical order."""
        return tuple(sorted(self.values))

    def facts(self) -> Iterator[tuple[Path, str, Fact]]:
        """Every fact with its path and name, those of lists right after their list."""
        for name, fact in self.flow.facts.items():
            yield ("facts", name), name, fact
            for inner, part in fact.of.items():
                yield ("facts", name, "of", inner), inner, part

    def missing(self, path: Path, name: str, known: Collection[str], what: str) -> Iterator[Problem]:
        """A problem when `name` is not among `known`; `what` is what it should have been."""
        if name in self.flow.tables and name not in known:
            yield self.at(path, "E-REFERENCE", *table_named(self.flow, name))
        elif name not in known and name not in self.dropped:
            hint = (
                near(name, sorted(known))
                if known
                else worded("There is none yet; add a {what} first.", what=worded(what))
            )
            yield self.at(
                path, "E-REFERENCE", worded("There is no {what} `{name}`.", what=worded(what), name=short(name)), hint
            )

    def source(self, path: Path, name: str) -> Iterator[Problem]:
        """A problem when a source is named that is not under `sources`."""
        if name:
            yield from self.missing(path, name, self.flow.sources, "source")


def table_named(flow: Flow, name: str) -> tuple[Said, Said]:
    """What to say where a table with several outputs is named in the place of one of them."""
    outputs = ", ".join(flow.tables[name].outputs)
    return worded("`{name}` is a table with several outputs.", name=name), worded(
        "Name one of them: {outputs}.", outputs=outputs
    )

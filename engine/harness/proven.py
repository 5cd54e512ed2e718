"""What was proven of a flow before, and holds as long as what the question reads stays as it was.

    Cones(graph).of(names)       what these names rest on, as one hash: decisions, functions, parameters, facts, checks
    Cones(graph).facts(names)    the facts behind them; None where lists are in it
    Proven                       questions to which the answer was: nobody; and who it was, where somebody was enough

Only "nobody, and that is certain" is kept: a citizen who shows something is looked for anew, and so is what could not
be said. Where it is enough that there is somebody, whoever it was before is tried first. Words and places in the file
are no part of a question, so a proof outlives the edit that moves it. What reads a list rests on all that is asked and
decided of its items. Made by `api.service.warm`, which hands it to `engine.harness.prove` save after save;
tests: tests/engine/harness/test_proven.py.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from engine.flow.model import FactType
from engine.graph.graph import FactNode, Graph
from engine.graph.order import names_read

MOST = 4_000
"""Questions that are kept; those that were asked longest ago go first."""


class Cones:
    """What each name of one flow rests on."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._said: dict[str, str] = {}
        self._behind: dict[frozenset[str], frozenset[str]] = {}
        self._hashes: dict[frozenset[str], str] = {}

    def of(self, names: frozenset[str]) -> str:
        """Equal for two flows in which everything behind these names says the same, and the checks do."""
        found = self._hashes.get(names)
        if found is None:
            whole = hashlib.sha256()
            for name in sorted(self._all(names | self._checked)):
                whole.update(f"{name}\0{self._content(name)}\0".encode())
            whole.update(repr([(own.list, own.must.text) for own in self.graph.checks]).encode())
            found = self._hashes[names] = whole.hexdigest()
        return found

    def behind(self, names: Iterable[str]) -> frozenset[str]:
        """Every name on which these rest, themselves with them."""
        return self._all(frozenset(names))

    def facts(self, names: Iterable[str]) -> tuple[str, ...] | None:
        """The facts behind these names, in the author's order; None where lists are among them."""
        behind = self._all(frozenset(names))
        if not behind.isdisjoint(self.graph.lists):
            return None
        return tuple(path for path in self.graph.facts if path in behind)

    @cached_property
    def kinds(self) -> tuple[tuple[str, FactType], ...]:
        """Every fact and its type: flows that agree in these can look at each other's citizens."""
        return tuple((path, node.spec.type) for path, node in self.graph.facts.items())

    @cached_property
    def _checked(self) -> frozenset[str]:
        checks = self.graph.checks
        names = {name for own in checks for name in own.must.names}
        return frozenset(names | {own.list for own in checks if own.list})

    def _all(self, names: frozenset[str]) -> frozenset[str]:
        found = self._behind.get(names)
        if found is None:
            found = self._behind[names] = frozenset(self._walk(names))
        return found

    def _walk(self, names: frozenset[str]) -> Iterator[str]:
        seen, waiting = set[str](), list(names)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting.extend(self._next(name))
        yield from seen

    def _next(self, name: str) -> Iterator[str]:
        graph = self.graph
        for ruling in (graph.rulings.get(name), graph.functions.get(name)):
            if ruling is not None:
                yield from names_read(ruling)
                yield ruling.each
        for node in self._asked(name):
            for formula in (node.when, node.count):
                if formula is not None:
                    yield from formula.names
        if name in graph.lists:  # a formula names what is decided of an item behind a dot
            yield from (own.name for own in graph.rulings.values() if own.each == name)

    def _asked(self, name: str) -> Iterator[FactNode]:
        """The fact of this name, and the fields of its items."""
        facts = self.graph.facts
        if name in facts:
            yield facts[name]
            yield from (facts[f"{name}.{field}"] for field in facts[name].spec.of)

    def _content(self, name: str) -> str:
        """What the flow says under this name; a name that is nowhere else is an argument, or a word of the language."""
        if name not in self._said:
            flow = self.graph.flow
            places = (flow.facts, flow.decisions, flow.functions, flow.parameters)
            parts = [place[name] for place in places if name in place]
            decision = flow.decisions.get(name)
            if decision is not None and decision.part_of:  # the outputs beside it tell in which order its rows count
                parts.append(flow.tables[decision.part_of])
            self._said[name] = "\n".join(part.model_dump_json() for part in parts)
        return self._said[name]


class Proven:
    """Questions to which the answer was nobody: what was asked, and the hash of what it reads.

    `somebody`: by question the typed answers of those who showed it last, in whatever version.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._said: OrderedDict[tuple[object, str], object] = OrderedDict()
        self.somebody: dict[object, tuple[Mapping[str, Any], ...]] = {}

    def __len__(self) -> int:
        return len(self._said)

    def find(self, question: object, cone: str) -> object | None:
        """What was noted when it was proven, None when it was not."""
        key = (question, cone)
        found = self._said.get(key)
        if found is not None:
            self._said.move_to_end(key)
        return found

    def keep(self, question: object, cone: str, note: object) -> None:
        """Nobody, and that is certain. `note` says on which reading."""
        self._said[question, cone] = note
        if len(self._said) > self.most:
            self._said.popitem(last=False)

"""What of a process was proven before: checks and promises without a finding, while what they read stays as it is.

A check of the process reads the flow beside its decisions and the ranks of its outcomes, and of the decisions only
which rows can be taken with which outcome; a promise that is about citizens reads, too, what stands behind the guards
and the goal. Where all of that says the same, the process is not even walked again. Used by
`engine.harness.process_proof`; tests: tests/engine/harness/test_proven.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from engine.graph.graph import Graph
from engine.graph.process import STANDARD, By, Step
from engine.harness.explore import Explored, explore_flow
from engine.harness.finding import Finding
from engine.harness.guards import Guards
from engine.harness.inquiry import Inquiry
from engine.harness.process_about import Kept


class Sizes(NamedTuple):
    """How many states and steps were explored."""

    states: int
    steps: int


class KeptWithin(NamedTuple):
    """A promise that holds (None: it is none about the process), and up to which bounds of lists."""

    kept: Kept | None
    bounds: frozenset[str]


class ProcessKnown:
    """One process on the way to its proof."""

    def __init__(self, inquiry: Inquiry, guards: Guards) -> None:
        self.inquiry = inquiry
        self.graph = inquiry.graph
        self.guards = guards
        self.proven = inquiry.proven

    @cached_property
    def explored(self) -> Explored:
        """Every state. Raises TooManyStates."""
        return explore_flow(self.graph, self.guards)

    def sizes(self) -> Sizes:
        """Raises TooManyStates."""
        known = self.proven.find("sizes", self._walked) if self.proven is not None else None
        if isinstance(known, Sizes):
            return known
        taken = self.explored.taken
        own = Sizes(len(taken), sum(map(len, taken.values())))
        if self.proven is not None:
            self.proven.keep("sizes", self._walked, own)
        return own

    def check(self, name: str, look: Callable[[Explored], Iterator[Finding]]) -> list[Finding]:
        """What a check finds; it looks only where it has not found nothing before."""
        if self.proven is not None and self.proven.find(name, self._walked) is not None:
            return []
        found = list(look(self.explored))
        if not found and self.proven is not None:
            self.proven.keep(name, self._walked, True)
        return found

    def promise(self, number: int, look: Callable[[Explored], Finding | Kept | None]) -> Finding | Kept | None:
        """What becomes of a promise, the same way. What could not be said of a citizen is asked again."""
        if self.proven is None:
            return look(self.explored)
        question, inquiry = ("promise", number), self.inquiry
        rests_on = self._asked if self._is_about_citizens(number) else self._walked
        known = self.proven.find(question, rests_on)
        if isinstance(known, KeptWithin):
            inquiry.bounds |= known.bounds
            return known.kept
        before, inquiry.bounds, open_before = inquiry.bounds, set(), len(inquiry.not_proven)
        found = look(self.explored)
        bounds, inquiry.bounds = frozenset(inquiry.bounds), before | inquiry.bounds
        if not isinstance(found, Finding) and len(inquiry.not_proven) == open_before:
            self.proven.keep(question, rests_on, KeptWithin(found, bounds))
        return found

    def _is_about_citizens(self, number: int) -> bool:
        """Whether a promise asks for whom a step can be taken: with a `when`, or of everybody who `may`."""
        return self.graph.promises[number - 1] is not None or self.graph.flow.promises[number - 1].may is not None

    @cached_property
    def _walked(self) -> str:
        """Equal for flows whose processes go the same ways with the same outcomes, and say the same beside that."""
        graph, whole = self.graph, hashlib.sha256()
        whole.update(json.dumps([graph.process.as_json(), [*_own(graph)]]).encode())
        beside = graph.flow.model_dump_json(exclude={"decisions": True, "outcomes": {"__all__": {"rank"}}})
        whole.update(beside.encode())
        whole.update(repr([sorted(self.guards.by_rules), [*self._rows()]]).encode())
        return whole.hexdigest()

    @cached_property
    def _asked(self) -> str:
        """Equal where, too, everything behind the goal, the guards and the promises says the same."""
        graph = self.graph
        formulas = (*graph.guards.values(), *(own for own in graph.promises if own is not None))
        names = {name for own in formulas for name in own.names}
        return f"{self._walked} {self.inquiry.cones.of(frozenset((graph.flow.goal, *names)))}"

    def _rows(self) -> Iterator[list[list[str]]]:
        """With which outcomes each row can be taken, before and after a worker named another."""
        groups: dict[tuple[str, str, By], list[Step]] = {}
        for step in self.graph.process.steps:
            groups.setdefault((step.source, step.event, step.by), []).append(step)
        for rows in groups.values():
            for deviated in (False, True):
                yield [sorted(own) for own in self.guards.rows(tuple(rows), deviated=deviated)]


def _own(graph: Graph) -> Iterator[object]:
    """Which of its parts the flow wrote itself, and which steps stand in one row."""
    process, rows = graph.process, dict[object, int]()
    for name in (*process.places, *process.ends, *process.terms):
        yield process.where(name).file == STANDARD
    for step in process.steps:
        yield step.where.file == STANDARD, rows.setdefault(step.where, len(rows))

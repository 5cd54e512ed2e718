"""What a process check works on and what it gives: used by `engine.graph.process_checks` and its parts."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import Problem, Said, Where
from engine.flow.model import Flow, TaskKind
from engine.flow.positions import Positions
from engine.graph.process import Process, Step
from engine.graph.process_ways import reachable, shown
from engine.graph.standard import STANDARD_1


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem and a way through the process that shows it, from the start; () when there is no way."""

    problem: Problem
    witness: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.problem} Seen on: {' '.join(self.witness)}." if self.witness else str(self.problem)


@dataclass(frozen=True, slots=True)
class Subject:
    """A process, and the flow around it where there is one."""

    process: Process
    flow: Flow | None = None
    positions: Positions | None = None

    def where(self, *path: str | int) -> Where:
        """Where the key at `path` stands in the flow file."""
        return self.positions.key(*path) if self.positions else Where()

    def task(self, kind: str) -> TaskKind | None:
        """A kind of task by its name: the flow's own, else the standard's."""
        own = self.flow.tasks.get(kind) if self.flow else None
        return own or STANDARD_1.tasks.get(kind)


def at_place(process: Process, name: str, code: str, message: Said, hint: Said) -> Finding:
    """A finding about a place, with a shortest way to it."""
    way = reachable(process).get(name)
    witness = shown(process.start, way) if way is not None else ()
    return Finding(Problem(process.where(name), code, message, hint), witness)


def at_step(process: Process, step: Step, code: str, message: Said, hint: Said) -> Finding:
    """A finding about a step, with a shortest way up to and including it."""
    way = reachable(process).get(step.source)
    witness = shown(process.start, (*way, step)) if way is not None else ()
    return Finding(Problem(step.where, code, message, hint), witness)

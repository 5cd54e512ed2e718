"""One promise about the process, the explored ways it is held against, and how a broken or empty one is told.

Used by `engine.harness.process_steps` and `engine.harness.process_times`; `engine.harness.process_promises` says which
promises there are. Tests: tests/engine/harness/test_process_promises.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.errors import Said, Where, worded
from engine.flow.model import TaskKind
from engine.graph.graph import Graph
from engine.graph.process import ALWAYS_THERE, OUTCOME, Do
from engine.graph.standard import task_kind
from engine.harness.explore import Explored, Taken, told
from engine.harness.finding import Citizen, Finding, finding
from engine.harness.moments import Moment

WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise that holds, and on which reading of time it does ("" where time has no part in it)."""

    number: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """See the top of this module. `number` counts from 1."""

    graph: Graph
    explored: Explored
    number: int
    where: Where

    @property
    def places(self) -> tuple[str, ...]:
        """Every place and end that some journey reaches, in the order of the process."""
        process = self.explored.process
        return tuple(name for name in (*process.places, *process.ends) if name in self.explored.places)

    @property
    def events(self) -> tuple[str, ...]:
        """Every event that some journey comes by."""
        return tuple(dict.fromkeys(own.step.event for own in self.explored.each_taken))

    def broken(
        self,
        message: Said,
        hint: Said,
        way: Iterable[Taken],
        outcome: str = "",
        more: str = "",
        citizen: Citizen | None = None,
    ) -> Finding:
        """The finding of a promise that is broken, with the way there."""
        lines = told(self.explored.process, tuple(way), outcome)
        said = worded("Promise {number} is broken: {message}.", number=self.number, message=message)
        found = finding("P-PROMISE", self.where, said, hint, (*lines, more) if more else lines)
        return Finding(found.problem, citizen, found.way)

    def empty(self, names: Iterable[str], known: Iterable[str], kind: str) -> Finding | None:
        """A promise about a name that the process does not have."""
        there = tuple(dict.fromkeys(known))
        for name in names:
            if name not in there:
                message = worded(
                    "Promise {number} is about the {kind} `{name}`, which never comes in this process.",
                    number=self.number,
                    kind=worded(kind),
                    name=name,
                )
                hint = worded("Name one of these: {there}.", there=", ".join(there))
                return finding("P-PROMISE-EMPTY", self.where, message, hint)
        return None

    def idle(self, why: Said) -> Finding:
        """A promise that can never be broken."""
        message = worded("Promise {number} promises nothing: {why}.", number=self.number, why=why)
        hint = worded("Say what could go wrong, or remove it.")
        return finding("P-PROMISE-EMPTY", self.where, message, hint)

    def empty_moment(self, moment: Moment) -> Finding | None:
        """A promise about steps of which there is none."""
        return (
            self.empty(moment.event, (*self.events, *ALWAYS_THERE), "event")
            or self.empty(moment.enters, self.places, "place")
            or self.empty(moment.sources, self.places, "place")
        )

    def tasks(self, own: Taken) -> tuple[TaskKind, ...]:
        """The kinds of task that a step opens; `task outcome` is that of each outcome with which it can be taken."""
        found: list[TaskKind | None] = []
        for name in own.step.does(Do.TASK):
            outcomes = [self.graph.flow.outcomes[one].task for one in sorted(own.outcomes) if one]
            names = [task for task in outcomes if task] if name == OUTCOME else [name]
            found += [task_kind(self.graph.flow, task) for task in names]
        return tuple(kind for kind in found if kind is not None)

    @property
    def actions(self) -> tuple[str, ...]:
        """Everything that some step does, in the words of its column, and its kind alone."""
        done = [action for own in self.explored.each_taken for action in own.step.do]
        return tuple(dict.fromkeys(word for action in done for word in (str(action), action.kind.value)))

    def taken(self, moment: Moment) -> Iterator[Taken]:
        """Every step at this moment, each once."""
        yield from (own for own in self.explored.each_taken if moment.is_at(own.step))

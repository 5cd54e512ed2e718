"""The names in a scenario against those of its flow: a name that nothing bears would make an expectation that nothing
can break (`asked: {never: [verklarring]}`) or an answer that nobody reads.

    citizen, with, registers, judge, paid, answer, register, route, switch, stop_after, asked, asks    facts
    outcome, propose          outcomes             values        decisions and facts
    rule                      decisions            place, states places and ends
    task                      tasks of the flow and of the engine

Called by `engine.harness.scenario`; tests: tests/engine/harness/test_scenario_names.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from engine.errors import Said, worded
from engine.flow.keys import read_key
from engine.graph.graph import Graph
from engine.graph.process import Do
from engine.graph.process_steps import closest
from engine.journey.moves import STAYING

if TYPE_CHECKING:
    from engine.harness.scenario import Expect, ScenarioFile, Then, Told

Path = tuple[str | int, ...]
Found = tuple[Path, Said, Said]  # where in the file, what is wrong, the way out


def unknown_names(graph: Graph, read: ScenarioFile) -> Iterator[Found]:
    """Every name that the flow does not have."""
    own = _Names(graph)
    yield from own.facts(("citizen",), read.citizen)
    yield from own.facts(("registers",), read.registers)
    for name, told in read.scenarios.items():
        yield from _scenario(own, ("scenarios", name), told)


def _scenario(own: _Names, at: Path, told: Told) -> Iterator[Found]:
    for number, citizen in enumerate(told.with_):
        yield from own.facts((*at, "with", number), citizen)
    yield from own.facts((*at, "registers"), told.registers)
    if told.worker is not None:
        yield from own.facts((*at, "worker", "judge"), told.worker.judge)
        yield from own.outcome((*at, "worker", "propose"), told.worker.propose)
    for number, then in enumerate(told.then):
        yield from _then(own, (*at, "then", number), then)
    wishes = told.wishes
    yield from own.facts((*at, "wishes", "route"), wishes.route)
    yield from own.facts((*at, "wishes"), (switch.after for switch in wishes.switch))
    yield from own.facts((*at, "wishes", "stop_after"), [wishes.stop_after] if wishes.stop_after else ())
    yield from _expect(own, (*at, "expect"), told.expect)


def _then(own: _Names, at: Path, then: Then) -> Iterator[Found]:
    for key, facts in (("answer", then.answer), ("register", then.fetched), ("judge", then.judge), ("paid", then.paid)):
        yield from own.facts((*at, key), facts)
    yield from own.facts((*at, "dispute"), [then.dispute] if then.dispute else ())
    yield from own.outcome((*at, "outcome"), then.outcome)


def _expect(own: _Names, at: Path, expect: Expect) -> Iterator[Found]:
    yield from own.outcome((*at, "outcome"), expect.outcome or "")
    yield from own.facts((*at, "asked", "never"), expect.asked.never)
    yield from own.facts((*at, "asked", "all"), expect.asked.all or ())
    yield from own.facts((*at, "asks"), expect.asks)
    yield from own.among((*at, "rule"), expect.rule, "decision", (*own.graph.rulings, *own.graph.tables))
    yield from own.among((*at, "values"), expect.values, "decision or fact", (*own.graph.rulings, *own.graph.facts))
    places = (*own.graph.process.places, *own.graph.process.ends)
    yield from own.among((*at, "place"), [expect.place] if expect.place else (), "place or end", places)
    yield from own.among((*at, "states"), expect.states, "place or end", places)
    yield from own.among((*at, "task"), [expect.task] if expect.task else (), "task", own.tasks)


class _Names:
    """What the flow has names for."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        given = {deed.what for step in graph.process.steps for deed in step.do if deed.kind is Do.TASK}
        self.tasks = tuple(dict.fromkeys((*graph.flow.tasks, *STAYING, *sorted(given))))

    def facts(self, at: Path, names: Iterable[str]) -> Iterator[Found]:
        for name in names:
            key = read_key(name)
            if key is None or key.path not in self.graph.facts:
                yield self._found(at, name, "fact", [path for path in self.graph.facts if "." not in path])

    def outcome(self, at: Path, name: str) -> Iterator[Found]:
        yield from self.among(at, [name] if name else (), "outcome", self.graph.flow.outcomes)

    def among(self, at: Path, names: Iterable[str], kind: str, known: Iterable[str]) -> Iterator[Found]:
        own = tuple(known)
        for name in names:
            if name not in own:
                yield self._found(at, name, kind, own)

    def _found(self, at: Path, name: str, kind: str, known: Iterable[str]) -> Found:
        return (
            (*at, name),
            worded("`{name}` is no {kind} of this flow.", name=name, kind=worded(kind)),
            closest(name, list(known)),
        )

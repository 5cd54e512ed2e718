"""The verdict on one flow, save after save: what an edit cannot have touched is not worked out again.

    warm.verdict(draft) -> Verdict(problems, proof, runs, fresh)

    edited                  worked out again
    a comment               nothing but what comments set aside, while no line moves; else lint
    words people read       lint, and what scenarios expect to read
    promises and ranks      lint, proof, what scenarios expect to read
    decisions               lint, proof, what scenarios expect, and their ways where the decisions say something else
    anything else           everything
    a scenario              that scenario

What an edited decision leaves as it was, is taken over from the version before, or from the last one in which every
scenario came out as expected: an edit that is taken back costs little.

A clean proof is kept over an edit of words; one with findings is made again, since their lines may have moved. A proof
that is made again asks only what rests on something that changed (`engine.harness.proven`), and may be made in a
process of its own while scenarios run here (`api.service.proving`). A
scenario that wants every route is walked along one (the proof covers them all), and none is saved and restored on the
way (that tries the engine, not the flow): `wegwijzer test` does both. Called by `wegwijzer watch`; tests:
tests/api/service/test_warm.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from api.service.drafts import Draft, LastRead, read_draft, scenarios_of
from api.service.library import FLOW_FILE
from api.service.proving import Apart, Proving, Told
from engine.errors import Problem
from engine.graph.graph import Graph
from engine.harness.affected import Prints, prints
from engine.harness.earlier import Grown, once_more
from engine.harness.prove import Proof
from engine.harness.run import Ran, run
from engine.harness.scenario import Scenario


@dataclass(frozen=True)
class Verdict:
    """What a save came to. `fresh` counts the scenarios that went a way on which something had to be worked out."""

    problems: tuple[Problem, ...]
    proof: Proof | None
    runs: tuple[Ran, ...]
    fresh: int

    @property
    def failed(self) -> tuple[Ran, ...]:
        """Scenarios that did not come out as expected."""
        return tuple(ran for ran in self.runs if ran.failures)


Keeps = Callable[[Scenario], bool]
"""Whether a scenario that ran before came out as it would now."""


def _whole(trunk: Grown, scenario: Scenario) -> Ran:
    """From the start to the end, along one route."""
    one = replace(scenario, wishes=scenario.wishes.model_copy(update={"every_route": False}))
    return run(trunk.graph, one, twice=False, trunk=trunk)


def _always(_: Scenario) -> bool:
    return True


def _without_words(scenario: Scenario) -> bool:
    return not scenario.expect.reads_words


def _never(_: Scenario) -> bool:
    return False


class Warm:
    """Remembers one flow between saves. With `apart`, lint and the proof are worked out there meanwhile."""

    def __init__(self, apart: Apart | None = None) -> None:
        self._last = LastRead()
        self._proving = Proving()
        self._apart = apart
        self._graph: Graph | None = None
        self._prints: Prints | None = None
        self._runs: dict[str, Ran] = {}
        self._keys: dict[int, tuple[Scenario, str]] = {}
        self._trunk: Grown | None = None
        self._good: Grown | None = None  # the last version in which every scenario came out as expected, and how
        self._good_around = ""
        self._well: dict[str, Ran] = {}

    def read(self, slug: str, path: Path, scenarios: list[Path]) -> Draft:
        """The flow from its files, the very same graph where they say the same. OSError: it cannot be read.

        With `apart` nothing is said yet of a flow that can be used.
        """
        return read_draft(slug, path, scenarios, self._last.checked if self._apart is None else self._looked)

    def _looked(self, text: str, file: str) -> tuple[Graph | None, tuple[Problem, ...]]:
        if self._apart is not None:
            self._apart.ask(text, file)
        return self._last.read(text, file)

    def verdict(self, draft: Draft) -> Verdict:
        """The verdict on the draft as it stands."""
        graph = draft.graph
        if graph is None:
            return Verdict(draft.problems, None, (), 0)
        told, problems = scenarios_of(draft)
        now = self._prints if graph is self._graph else prints(graph)
        assert now is not None
        if graph is self._graph:
            trunk = self._grown(graph, reusable=True, comparable=True)
            runs, fresh = self._run(trunk, told, keeps=_always)
        else:
            runs, fresh = self._edited(graph, now, told)
        found = self._proven(draft, graph, now)
        self._graph, self._prints = graph, now
        return Verdict((*found.problems, *problems), found.proof, runs, fresh)

    def make_ready(self) -> None:
        """What can be done for the next save while nobody waits."""
        if self._apart is None:
            self._proving.make_ready()

    def _proven(self, draft: Draft, graph: Graph, now: Prints) -> Told:
        """What lint and the proof say."""
        if self._apart is None:
            return Told(draft.problems, self._proving.proof(graph, now))
        file = f"{draft.slug}/{FLOW_FILE}"
        self._apart.ask(draft.text, file)
        said = self._apart.answer()
        if said is not None:
            return said
        self._apart = None  # it is gone: from now on everything is worked out here
        return self._proving.told(draft.text, file)

    def _edited(self, graph: Graph, now: Prints, told: list[Scenario]) -> tuple[tuple[Ran, ...], int]:
        """The runs of another version."""
        before = self._prints
        reusable = before is not None and now.walks == before.walks
        comparable = before is not None and now.around == before.around
        also = self._good if now.around == self._good_around else None
        trunk = self._grown(graph, reusable=reusable, comparable=comparable, also=also)
        runs, fresh = self._run(trunk, told, keeps=_without_words if reusable else _never)
        trunk.rest()
        if not reusable or self._trunk is None:  # else fewer walked it than the one before
            self._trunk = trunk
            if not any(ran.failures for ran in runs):
                self._good, self._good_around, self._well = trunk, now.around, self._runs
        return runs, fresh

    def _grown(self, graph: Graph, *, reusable: bool, comparable: bool, also: Grown | None = None) -> Grown:
        """Where scenarios walk now: the same trunk for the same version, else one that takes over what it can."""
        before = self._trunk
        if before is None or not comparable:
            return Grown(graph)
        if before.graph.version == graph.version:
            return before
        further = () if also is None or also is before else (also,)
        return Grown(graph, before, before.seen if reusable else None, same=reusable, also=further)

    def _run(self, trunk: Grown, told: list[Scenario], *, keeps: Keeps) -> tuple[tuple[Ran, ...], int]:
        kept: dict[str, Ran] = {}
        runs: list[Ran] = []
        fresh = 0
        for scenario in told:
            key = self._key(scenario)
            before = self._runs.get(key)
            if before is not None and keeps(scenario):
                kept[key] = before
            else:
                there = once_more(trunk, before) or once_more(trunk, self._well.get(key))
                kept[key] = there or _whole(trunk, scenario)
                fresh += before is None or (trunk is not self._trunk and kept[key].is_fresh)
            runs.append(replace(kept[key], scenario=scenario))
        self._runs = kept
        self._keys = {id(own): (own, self._key(own)) for own in told}
        return tuple(runs), fresh

    def _key(self, scenario: Scenario) -> str:
        """What the scenario says, wherever it stands; worked out once for one that was read before."""
        known = self._keys.get(id(scenario))
        return known[1] if known is not None else scenario.content

"""The verdict on one flow, save after save: what an edit cannot have touched is not worked out again.

    warm.verdict(draft) -> Verdict(problems, proof, runs, fresh)

    edited                  worked out again
    a comment               nothing but what comments set aside, while no line moves; else lint
    words people read       lint, and what scenarios expect to read
    promises and ranks      lint, proof, what scenarios expect to read
    decisions               lint, proof, what scenarios expect, and their ways where the decisions say something else
    anything else           everything
    a scenario              that scenario

A clean proof is kept over an edit of words; one with findings is made again, since their lines may have moved. A proof
that is made again asks only what rests on something that changed (`engine.harness.proven`). A
scenario that wants every route is walked along one (the proof covers them all), and none is saved and restored on the
way (that tries the engine, not the flow): `wegwijzer test` does both. Called by `wegwijzer watch`; tests:
tests/api/service/test_warm.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from api.service.drafts import Draft, LastRead, read_draft, scenarios_of
from engine.errors import Problem
from engine.flow.model import Text
from engine.graph.graph import Graph
from engine.harness.affected import Prints, prints
from engine.harness.earlier import Grown
from engine.harness.prove import Proof, prove
from engine.harness.proven import Proven
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


def _always(_: Scenario) -> bool:
    return True


def _without_words(scenario: Scenario) -> bool:
    return not scenario.expect.reads_words


def _never(_: Scenario) -> bool:
    return False


class Warm:
    """Remembers one flow between saves."""

    def __init__(self) -> None:
        self._last = LastRead()
        self._graph: Graph | None = None
        self._prints: Prints | None = None
        self._asks: list[Text | None] = []
        self._proof: Proof | None = None
        self._runs: dict[str, Ran] = {}
        self._keys: dict[int, tuple[Scenario, str]] = {}
        self._trunk: Grown | None = None
        self._proven = Proven()

    def read(self, slug: str, path: Path, scenarios: list[Path]) -> Draft:
        """The flow from its files, the very same graph where they say the same. OSError: it cannot be read."""
        return read_draft(slug, path, scenarios, self._last)

    def verdict(self, draft: Draft) -> Verdict:
        """The verdict on the draft as it stands."""
        graph = draft.graph
        if graph is None:
            return Verdict(draft.problems, None, (), 0)
        told, problems = scenarios_of(draft)
        if graph is self._graph:
            trunk = self._grown(graph, reusable=True, comparable=True)
            runs, fresh = self._run(trunk, told, keeps=_always)
        else:
            runs, fresh = self._edited(graph, told)
        return Verdict((*draft.problems, *problems), self._proof, runs, fresh)

    def _edited(self, graph: Graph, told: list[Scenario]) -> tuple[tuple[Ran, ...], int]:
        """The runs of another version; its proof and its fingerprints are kept."""
        asks = [node.spec.ask for node in graph.facts.values()]
        now, before = prints(graph), self._prints
        reusable = before is not None and now.walks == before.walks
        same = before is not None and now.words == before.words and asks == self._asks
        if self._proof is None or not (same and self._proof.is_clean):
            self._proof = prove(graph, proven=self._proven)
        trunk = self._grown(graph, reusable=reusable, comparable=before is not None and now.around == before.around)
        runs, fresh = self._run(trunk, told, keeps=_without_words if reusable else _never)
        trunk.rest()
        if not reusable or self._trunk is None:  # else fewer walked it than the one before
            self._trunk = trunk
        self._graph, self._prints, self._asks = graph, now, asks
        return runs, fresh

    def _grown(self, graph: Graph, *, reusable: bool, comparable: bool) -> Grown:
        """Where scenarios walk now: the same trunk for the same version, else one that takes over what it can."""
        before = self._trunk
        if before is None or not comparable:
            return Grown(graph)
        if before.graph.version == graph.version:
            return before
        return Grown(graph, before, before.seen if reusable else None, same=reusable)

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
                one = replace(scenario, wishes=scenario.wishes.model_copy(update={"every_route": False}))
                kept[key] = run(trunk.graph, one, twice=False, trunk=trunk)
                fresh += before is None or (trunk is not self._trunk and kept[key].is_fresh)
            runs.append(replace(kept[key], scenario=scenario))
        self._runs = kept
        self._keys = {id(own): (own, self._key(own)) for own in told}
        return tuple(runs), fresh

    def _key(self, scenario: Scenario) -> str:
        """What the scenario says, wherever it stands; worked out once for one that was read before."""
        known = self._keys.get(id(scenario))
        return known[1] if known is not None else scenario.content

"""The verdict on one flow, save after save: what an edit cannot have touched is not worked out again.

    warm.verdict(draft) -> Verdict(problems, proof, runs, fresh)

    edited                  worked out again
    a comment               lint
    words people read       lint
    decisions               lint, proof, the scenarios for which the rules say something else on the way
    anything else           everything
    a scenario              that scenario

A clean proof is kept over an edit of words; one with findings is made again, since their lines may have moved. A
scenario that wants every route is walked along one (the proof covers them all), and none is saved and restored on the
way (that tries the engine, not the flow): `wegwijzer test` does both. Called by `wegwijzer watch`; tests:
tests/api/service/test_warm.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from api.service.drafts import Draft, scenarios_of
from engine.errors import Problem, Where
from engine.graph.graph import Graph
from engine.harness.affected import Way, besides, goes_the_same, way_of, words
from engine.harness.driver import Trunk
from engine.harness.prove import Proof, prove
from engine.harness.run import Ran, run
from engine.harness.scenario import Scenario
from engine.journey.relevance import Seen, remembered


@dataclass(frozen=True)
class Verdict:
    """What a save came to. `fresh` counts the scenarios that were run for it."""

    problems: tuple[Problem, ...]
    proof: Proof | None
    runs: tuple[Ran, ...]
    fresh: int

    @property
    def failed(self) -> tuple[Ran, ...]:
        """Scenarios that did not come out as expected."""
        return tuple(ran for ran in self.runs if ran.failures)


@dataclass
class _Kept:
    ran: Ran
    way: Way | None


class Warm:
    """Remembers one flow between saves."""

    def __init__(self) -> None:
        self._words = ""
        self._besides = ""
        self._proof: Proof | None = None
        self._kept: dict[str, _Kept] = {}
        self._seen: Seen = {}

    def verdict(self, draft: Draft) -> Verdict:
        """The verdict on the draft as it stands."""
        graph = draft.graph
        if graph is None:
            return Verdict(draft.problems, None, (), 0)
        own, rest = words(graph), besides(graph)
        reusable, comparable = own == self._words, rest == self._besides
        if not reusable:
            self._seen = {}
        if not (reusable and self._proof is not None and self._proof.is_clean):
            self._proof = prove(graph)
        told, problems = scenarios_of(draft)
        with remembered(self._seen):
            runs, fresh = self._runs(graph, told, reusable=reusable, comparable=comparable)
        self._words, self._besides = own, rest
        return Verdict((*draft.problems, *problems), self._proof, runs, fresh)

    def _runs(
        self, graph: Graph, told: list[Scenario], *, reusable: bool, comparable: bool
    ) -> tuple[tuple[Ran, ...], int]:
        kept: dict[str, _Kept] = {}
        runs: list[Ran] = []
        fresh, trunk = 0, Trunk(graph, seen=self._seen)
        for scenario in told:
            one = replace(scenario, wishes=scenario.wishes.model_copy(update={"every_route": False}))
            key = repr(replace(one, where=Where()))
            before = self._kept.get(key)
            usable = before is not None and (reusable or (comparable and _same(graph, before)))
            if before is None or not usable:
                ran = run(graph, one, twice=False, trunk=trunk)
                before = _Kept(ran, way_of(graph, ran))
                fresh += 1
            kept[key] = before
            runs.append(replace(before.ran, scenario=scenario))
        self._kept = kept
        return tuple(runs), fresh


def _same(graph: Graph, kept: _Kept) -> bool:
    return kept.way is not None and goes_the_same(graph, kept.way)

"""What tells two journeys apart for what can happen next: such that walking on from one of them is enough.

Two that stand in the same place with the same outcome, the same clocks and the same words of every guard are alike; of
those a few are kept that differ in the facts behind the guards. Called by `engine.harness.suggest_ways`; tests:
tests/engine/harness/test_suggest.py.
"""

from __future__ import annotations

from engine.flow.model import SupplierKind
from engine.graph.evaluation import evaluate
from engine.graph.graph import Graph
from engine.graph.possible import settled
from engine.graph.view import View
from engine.harness.driver import Point, Stand
from engine.harness.suggest_moves import nearly, running
from engine.journey.context import context_of
from engine.journey.facts import view_of
from engine.journey.state import Journey


class Signs:
    """What tells two journeys of one flow apart for what can happen next."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        names = {name for formula in graph.guards.values() for name in formula.names}
        behind = {fact for name in names & graph.rulings.keys() for fact in graph.rulings[name].reads}
        self.facts = sorted((names | behind) & graph.facts.keys())
        self.eyes = {event for step in graph.process.steps for event in step.not_by}
        others = (SupplierKind.WORKER, SupplierKind.PAYMENT)
        self.of_others = {
            path for path, node in graph.facts.items() if any(ref.kind in others for ref in node.spec.suppliers)
        }
        self.said: dict[object, tuple[str, ...]] = {}

    def rough(self, stand: Stand) -> object:
        """Where it stands, with which outcome and clocks, and what the guards say."""
        assert stand.point is not None
        now = stand.point.journey
        guards = self._guards(stand.point, now)
        eyes = frozenset((event, by) for event, by in now.last_by.items() if event in self.eyes)
        asked = bool(stand.point.questions)
        return (
            now.place,
            now.outcome,
            now.proposed,
            _clocks(stand),
            guards,
            eyes,
            asked,
            frozenset(now.help_wanted),
            frozenset(fact for fact, own in now.answers.items() if own.disputed),
        )

    def _guards(self, point: Point, now: Journey) -> tuple[str, ...]:
        """What each guard says, and what it can say still when others say otherwise; once for all who are alike."""
        key = (point.facts, now.proposed or now.outcome)
        if key not in self.said:
            own = {fact: value for fact, value in point.known.items() if fact not in self.of_others}
            views = (view_of(self.graph, now), View(self.graph, own))
            envs = [context_of(self.graph, now, view).env for view in views]
            self.said[key] = tuple(
                repr(settled(evaluate(guard, env))) for env in envs for guard in self.graph.guards.values()
            )
        return self.said[key]

    def crowd(self, stand: Stand) -> tuple[str, str, object]:
        """In which place, with which outcome, and what guards and clocks say."""
        assert stand.point is not None
        now = stand.point.journey
        return now.place, now.proposed or now.outcome, (self._guards(stand.point, now), *_clocks(stand))

    def fine(self, stand: Stand) -> object:
        """What is known of the facts behind the guards."""
        assert stand.point is not None
        return tuple(repr(stand.point.known.get(name)) for name in self.facts)


def _clocks(stand: Stand) -> tuple[frozenset[str], bool]:
    """Which clocks run, and whether the first runs out soon."""
    assert stand.point is not None
    now = stand.point.journey
    names = running(now)
    return frozenset(names), bool(names) and nearly(stand.at, min(now.deadlines[name] for name in names))

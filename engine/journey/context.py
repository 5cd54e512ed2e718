"""What guards of the process see: the journey's facts and decisions, and `outcome` with `id` and `kind`.

`outcome` is the rules' own until a worker's `propose` names another. Called by machine users: `moves`, `options`,
`clocks`. Tests: tests/engine/journey/test_reducer.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from engine.graph.abstract import Local
from engine.graph.evaluation import evaluate, formula_needs
from engine.graph.graph import Graph
from engine.graph.possible import ANY, One, Possible, settled
from engine.graph.view import View
from engine.journey.facts import view_of
from engine.journey.machine import ProcessMachine, compile_machine
from engine.journey.per_graph import per_graph
from engine.journey.state import Journey


@dataclass(frozen=True, slots=True)
class Context:
    """One journey at one moment, for guards."""

    graph: Graph
    view: View
    outcome: str

    @property
    def env(self) -> Local:
        """The names that a guard can read."""
        outcome: Possible = ANY
        if self.outcome:
            outcome = One({"id": self.outcome, "kind": str(self.graph.flow.outcomes[self.outcome].kind)})
        return Local(self.view, {"outcome": outcome})


def context_of(graph: Graph, journey: Journey, view: View | None = None) -> Context:
    """The context of a journey; `view` when the caller has one already."""
    return Context(graph, view or view_of(graph, journey), journey.proposed or journey.outcome)


def until_day(graph: Graph, journey: Journey, text: str) -> date | None:
    """The date of a place's `until`; None while it is not known."""
    value = settled(evaluate(graph.guards[text], context_of(graph, journey).env))
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


@per_graph
def machine_of(graph: Graph) -> ProcessMachine:
    """The graph's process as a machine, compiled once."""

    def guard(text: str) -> Callable[[object], object]:
        formula = graph.guards[text]

        def holds(context: object) -> object:
            assert isinstance(context, Context)
            return settled(evaluate(formula, context.env))

        return holds

    def missing(text: str) -> Callable[[object], Iterable[str]]:
        formula = graph.guards[text]

        def lacks(context: object) -> Iterable[str]:
            assert isinstance(context, Context)
            wanted: set[str] = set()
            formula_needs(formula, context.env, wanted)
            return sorted(wanted)

        return lacks

    return compile_machine(graph.process, guard, missing)

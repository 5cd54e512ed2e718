"""Why a citizen as data got what they got: the explanation of a journey, of one that was answered in one go.

    explained(graph, citizen, answered) -> Explanation       what `engine.journey.explain` says of these facts

Called by `wegwijzer answer --explain`; tests: tests/engine/journey/test_explain.py, tests/api/cli/test_answer.py.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from types import MappingProxyType

from engine.flow.keys import FactKey, read_key
from engine.flow.model import SupplierKind
from engine.graph.graph import Graph
from engine.harness.answer import Answered, Citizen
from engine.journey.events import Actor, ActorKind, Channel, Supplier
from engine.journey.explain import Explanation, explain
from engine.journey.state import Answer, Journey

NOON = time(12, tzinfo=UTC)


def explained(graph: Graph, citizen: Citizen, answered: Answered) -> Explanation:
    """Every conclusion with its facts, and what would have to be different. Raises nothing."""
    at = datetime.combine(citizen.as_of, NOON)
    asked = frozenset(answered.asked)
    answers = {
        key: _answer(graph, key, value, at, by_citizen=key in asked)
        for key, value in answered.known.items()
        if key not in graph.clocks
    }
    journey = Journey(
        id="answer",
        reference="",
        flow=graph.flow.flow,
        version=graph.version,
        language=graph.flow.language,
        channel=Channel.WEB,
        started=at,
        submitted=at,
        answers=MappingProxyType(answers),
        outcome=answered.outcome,
    )
    return explain(graph, journey)


def _answer(graph: Graph, key: str, value: object, at: datetime, *, by_citizen: bool) -> Answer:
    """What the citizen said, or else what a register did."""
    suppliers = graph.facts[(read_key(key) or FactKey(key)).path].spec.suppliers
    register = next((ref.name for ref in suppliers if ref.kind is SupplierKind.REGISTER), "")
    by = Actor(kind=ActorKind.CITIZEN) if by_citizen else Actor(kind=ActorKind.REGISTER)
    supplier = Supplier.CITIZEN if by_citizen else Supplier.REGISTER
    return Answer(value, supplier, at, by, Channel.WEB, "" if by_citizen else register, confirmed=by_citizen)

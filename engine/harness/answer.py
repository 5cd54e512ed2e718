"""One citizen as data through the engine that serves citizens: asks only what is asked, reads only what was asked for.

    answer(graph, citizen) -> Answered(status, outcome, values, asked, missing, waits_for, tasks, refused)

    status      decided     the outcome is certain, its values and the needs that a citizen can supply are known
                undecided   something is missing, or waits for a worker, a payment or the process
                refused     an answer was not accepted; `refused` says which and why

A fact that the citizen lacks is passed over, and everything that may still settle the goal without it is asked. The
clock stands still at `as_of`. Called by `wegwijzer answer`, scenarios and simulations; tests:
tests/conformance/test_cases.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.errors import AnswerError
from engine.feel.unknown import UNKNOWN
from engine.flow.fields import load_value
from engine.flow.keys import FactKey, read_key
from engine.flow.model import FactType, OutcomeKind, SupplierKind
from engine.graph.graph import Graph
from engine.journey.accept import check_facts, load_fact
from engine.journey.interview import Interview
from engine.journey.relevance import Relevance

MOST_QUESTIONS = 5_000


@dataclass(frozen=True, slots=True)
class Citizen:
    """What a citizen would answer, whatever is asked. `prefill` stands for all registers."""

    answers: Mapping[str, Any]
    as_of: date
    id: str = ""
    prefill: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """How it went. `values` and `known`, all facts, are typed; `waits_for` are pairs of fact and supplier."""

    status: str
    outcome: str
    values: Mapping[str, object]
    asked: tuple[str, ...]
    missing: tuple[str, ...]
    waits_for: tuple[tuple[str, str], ...]
    tasks: tuple[str, ...]
    refused: AnswerError | None = None
    known: Mapping[str, object] = field(default_factory=dict)


class _Walk:
    """One citizen on the way; `known` grows with every question."""

    def __init__(self, graph: Graph, citizen: Citizen, *, decide_only: bool) -> None:
        self.graph = graph
        self.citizen = citizen
        self.interview = Interview(graph, {}, decide_only=decide_only)
        self.asked: list[str] = []
        self.missing: list[str] = []
        self.said: dict[str, Any] = {}  # by a register, for the citizen to confirm

    @property
    def known(self) -> Mapping[str, object]:
        """The facts so far."""
        return self.interview.known

    def start(self) -> None:
        """What the clock and the registers say."""
        for path in self.graph.clocks:
            self.interview.tell(path, self.citizen.as_of)
        for name, value in self.citizen.prefill.items():
            self._supply(name, value)

    def _supply(self, name: str, value: Any) -> None:
        node = self.graph.facts.get(name)
        if node is None or value is None:
            return
        if node.spec.type is FactType.LIST and isinstance(value, list):
            self.interview.tell(name, len(value))
            for at, item in enumerate(value):
                for key, own in item.items():
                    self._supply_one(f"{name}[{at}].{key}", own)
        else:
            self._supply_one(name, value)

    def _supply_one(self, key: str, value: Any) -> None:
        parsed = read_key(key)
        if parsed is not None and parsed.path in self.graph.to_confirm:
            self.said[key] = value
        elif parsed is not None and parsed.path in self.graph.facts and value is not None:
            self.interview.tell(key, load_fact(self.graph, key, value))

    def ask(self, key: str) -> None:
        """One question. AnswerError when the answer is not accepted."""
        parsed = read_key(key) or FactKey(key)
        value = self._told(parsed)
        if value is UNKNOWN:
            self.missing.append(key)
            self.interview.skip(key)
            return
        self.asked.append(key)
        spec = self.graph.facts[parsed.path].spec
        if spec.type is FactType.LIST:
            if not isinstance(value, list):
                raise AnswerError(key, "answer.type")
            typed: object = load_fact(self.graph, key, len(value))
        else:
            typed = load_value(key, spec, value)
        if self.graph.checks:
            check_facts(self.graph, {**self.known, key: typed}, {key: typed})
        self.interview.tell(key, typed)

    def _told(self, key: FactKey) -> Any:
        value = self.citizen.answers.get(key.name, UNKNOWN)
        if key.field:
            items = value if isinstance(value, list) else []
            value = items[key.at].get(key.field, UNKNOWN) if key.at < len(items) else UNKNOWN
        value = self.said.get(str(key), UNKNOWN) if value is UNKNOWN else value  # confirmed as the register says it
        return UNKNOWN if value is None else value


def answer(graph: Graph, citizen: Citizen, *, decide_only: bool = False) -> Answered:
    """See the top of this module. Raises nothing about answers: refusals are in the outcome."""
    walk = _Walk(graph, citizen, decide_only=decide_only)
    try:
        walk.start()
        interview = walk.interview
        while len(walk.asked) < MOST_QUESTIONS and (asked := interview.next):
            walk.ask(asked)
    except AnswerError as refusal:
        return Answered("refused", "", {}, tuple(walk.asked), tuple(walk.missing), (), (), refusal)
    return _report(walk, interview.relevant())


def _report(walk: _Walk, relevant: Relevance) -> Answered:
    graph = walk.graph
    outcome = relevant.outcome
    values = _values(graph, walk, outcome) if outcome else {}
    spec = graph.flow.outcomes[outcome] if outcome else None
    tasks = (spec.task,) if spec is not None and spec.kind is OutcomeKind.TASK and spec.task else ()
    waits = [
        (key, supplier)
        for key in (*relevant.waiting, *relevant.unsupplied)
        if (supplier := _other_supplier(graph, key))
    ]
    decided = bool(outcome) and not relevant.needed
    return Answered(
        "decided" if decided else "undecided",
        outcome,
        values,
        tuple(walk.asked),
        tuple(key for key in walk.missing if key in relevant.needed),
        tuple(waits),
        tasks,
        known=walk.known,
    )


def _values(graph: Graph, walk: _Walk, outcome: str) -> Mapping[str, object]:
    spec = graph.flow.outcomes[outcome]
    names = (*spec.values, *spec.if_known)
    if not names:
        return {}
    view = walk.interview.view
    found = {name: view.value(name) for name in names}
    return {name: value for name, value in found.items() if value is not UNKNOWN}


def _other_supplier(graph: Graph, key: str) -> str:
    """Who must supply it, when the citizen cannot."""
    parsed = read_key(key) or FactKey(key)
    kinds = [ref.kind for ref in graph.facts[parsed.path].spec.suppliers]
    if SupplierKind.CITIZEN in kinds:
        return ""
    return str(kinds[-1])

"""Facts that are kept shorter than their dossier: which they are, what seals them, when they go.

    retention of a fact      goes                                     by
    the flow's longest,      with the dossier                         `kept_until`
    or none of its own
    shorter                  that long after the journey's end        a timer `retention:P1Y`, then FactsErased

What says a value of such a fact (its events, its part of the snapshot, its file, the reason of its dispute) is sealed
with a key of its own class (`P1Y`), so that destroying that key erases it here and in every backup. First the event
is written, then the key is destroyed: stopped in between, the timer is carried out again. Called by
`api.service.dossiers`, `api.service.files`, `api.service.rows` and `api.timers`; tests: tests/api/test_retention.py,
tests/api/test_retention_of_facts.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from api.store.port import Timer
from engine.flow.keys import FactKey, read_key
from engine.graph.graph import Graph
from engine.journey import events as ev
from engine.journey.state import Journey
from engine.terms.periods import parse_period
from engine.terms.promises import after_period

RETENTION: Final = "retention:"
"""Before a class of facts, the name of the clock that ends its retention."""

TELLING: Final = (
    ev.AnswerGiven,
    ev.ListClosed,
    ev.FactFetched,
    ev.FactDisputed,
    ev.DisputeSettled,
    ev.JudgementGiven,
    ev.TaskOpened,
)
"""Events that hold a fact's value, or what was said about it."""


@lru_cache(maxsize=512)
def _classes(graph: Graph) -> Mapping[str, str]:
    """Path of a fact -> its class, for facts that go before the dossier does."""
    own = {path: str(node.spec.retention or "") for path, node in graph.facts.items()}
    own |= {path: own[node.list] for path, node in graph.facts.items() if node.list and not own[path]}
    longest = max((parse_period(term).at_most for term in own.values() if term), default=None)
    return {path: term for path, term in own.items() if term and parse_period(term).at_most != longest}


def class_of(graph: Graph, fact: str) -> str:
    """The retention of a fact that goes before its dossier, as the flow writes it (`P1Y`); "" for all others."""
    return _classes(graph).get((read_key(fact) or FactKey(fact)).path, "") if _classes(graph) else ""


def keeps(graph: Graph, events: Sequence[ev.Event]) -> list[str]:
    """For each event the class of what it tells; empty when all live as long as the dossier."""
    if not _classes(graph):
        return []
    return [class_of(graph, getattr(own, "fact", "")) if isinstance(own, TELLING) else "" for own in events]


def parted(graph: Graph, snapshot: Mapping[str, Any]) -> tuple[Mapping[str, Any], dict[str, dict[str, Any]]]:
    """A snapshot without the facts that go sooner, and per class what is to be merged into it again."""
    if not _classes(graph):
        return snapshot, {}
    rest, parts = dict(snapshot), dict[str, dict[str, Any]]()
    rest["answers"], rest["tasks"] = {}, {}
    for key, answer in snapshot.get("answers", {}).items():
        keep = class_of(graph, key)
        (parts.setdefault(keep, {}).setdefault("answers", {}) if keep else rest["answers"])[key] = answer
    for key, task in snapshot.get("tasks", {}).items():
        keep = class_of(graph, task.get("fact", ""))
        said = {name: task[name] for name in ("reason", "note") if keep and name in task}
        rest["tasks"][key] = {name: value for name, value in task.items() if name not in said}
        if said:
            parts.setdefault(keep, {}).setdefault("tasks", {})[key] = said
    return {name: value for name, value in rest.items() if value != {}}, parts


def ended_at(graph: Graph, journey: Journey) -> datetime | None:
    """When the journey ended; None while it goes on."""
    return None if journey.place in graph.process.places or not journey.visits else journey.visits[-1].at


def kept_until(graph: Graph, journey: Journey) -> datetime | None:
    """When the dossier goes: its end and the longest retention of the flow's facts. None while it is open, and for a
    flow that names none: `wegwijzer lint` asks for it where a fact is about a person."""
    at = ended_at(graph, journey)
    if at is None:
        return None
    return max((after_period(at, parse_period(term)) for term in _terms(graph)), default=None)


@lru_cache(maxsize=512)
def _terms(graph: Graph) -> frozenset[str]:
    """Every retention that the flow names."""
    return frozenset(str(node.spec.retention) for node in graph.facts.values() if node.spec.retention is not None)


def due(graph: Graph, journey: Journey, keep: str) -> datetime | None:
    """When the facts of this class go; None while the journey is open."""
    at = ended_at(graph, journey)
    return None if at is None else after_period(at, parse_period(keep))


def facts_of(graph: Graph, journey: Journey, keep: str) -> tuple[str, ...]:
    """The known facts of a class, by key."""
    return tuple(key for key in journey.answers if class_of(graph, key) == keep)


def clocks(graph: Graph, journey: Journey, *, was_open: bool) -> tuple[list[Timer], list[str]]:
    """Timers to set at the journey's end, and clocks to stop when it is opened again."""
    every = sorted(set(_classes(graph).values()))
    if not every:
        return [], []
    if ended_at(graph, journey) is None:
        return [], [] if was_open else [RETENTION + keep for keep in every]
    moments = ((keep, due(graph, journey, keep)) for keep in every if facts_of(graph, journey, keep))
    return [Timer(RETENTION + keep, 0, moment) for keep, moment in moments if moment is not None], []

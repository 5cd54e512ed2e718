"""Which scenarios does an edit touch? Those for which anything on their way through the flow could come out otherwise.

    words(graph)     fingerprint of everything but the words people read
    besides(graph)   the same without the decisions: facts, outcomes, process, tasks, checks
    way_of(graph, ran) -> Way | None      what the rules said at every point of a citizen's way; None: cannot be told
    goes_the_same(graph, way) -> bool     they say the same in this version

When only words changed nothing is touched. When only decisions changed, a citizen is untouched for whom the rules ask,
decide and explain the same at every point of the way: the reducer sees nothing else of them. Registers, workers,
wishes, lists and "weet ik niet" are not judged: such a scenario always runs. Called by `wegwijzer watch`; tests:
tests/engine/harness/test_affected.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.flow.model import FactType, SupplierKind
from engine.graph.graph import Graph
from engine.graph.view import View
from engine.harness.run import Ran
from engine.harness.scenario import Wishes
from engine.journey.explain import explain
from engine.journey.facts import known
from engine.journey.relevance import relevance
from engine.journey.state import Journey

WORDS = frozenset(
    (
        *("question", "about", "notice", "ask", "say", "help", "why", "label", "title"),
        *("tell", "item", "at", "note", "canvas", "sources", "owner", "description"),
    )
)
Facts = Mapping[str, object]
Said = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One citizen's way: what was known at each point, what the rules said there, and the reasons at the end."""

    points: tuple[tuple[Facts, Said], ...]
    journey: Journey
    reasons: tuple[object, ...]


def words(graph: Graph) -> str:
    """Equal for two versions that differ in words alone."""
    return _fingerprint(graph, ())


def besides(graph: Graph) -> str:
    """Equal for two versions that differ in words and decisions alone."""
    return _fingerprint(graph, ("decisions", "parameters"))


def _fingerprint(graph: Graph, without: tuple[str, ...]) -> str:
    plain = graph.flow.model_dump(mode="json")
    kept = {key: _bare(value) for key, value in plain.items() if key not in without and key not in WORDS}
    kept["process"] = graph.process.as_json()
    return hashlib.sha256(json.dumps(kept, sort_keys=True, default=str).encode()).hexdigest()


def _bare(value: Any) -> Any:
    """Without the words; conditions and reasons stay, since scenarios expect them."""
    if isinstance(value, dict):
        return {key: _bare(own) for key, own in value.items() if not _is_words(key, own)}
    return [_bare(own) for own in value] if isinstance(value, list) else value


def _is_words(key: str, value: Any) -> bool:
    """A text of an outcome or task is words; a list of them holds conditions too."""
    return key in WORDS or (key == "text" and not isinstance(value, list))


def way_of(graph: Graph, ran: Ran) -> Way | None:
    """The way of a citizen who only answers questions; None for any other."""
    own, journey = ran.scenario, ran.journey
    plain = not (own.registers or own.worker or own.then or own.expect.values) and own.wishes == Wishes()
    if journey is None or ran.refused or ran.failures or not plain or journey.help_wanted:
        return None
    if any(key not in graph.facts or graph.facts[key].spec.type is FactType.LIST for key in ran.asked):
        return None
    clocks = {node.path for node in graph.facts.values() if _is_clock(graph, node.path)}
    everything = known(graph, journey)
    points = []
    for count in range(len(ran.asked) + 1):
        facts = {key: value for key, value in everything.items() if key in clocks or key in ran.asked[:count]}
        points.append((facts, _said(graph, facts)))
    if relevance(graph, View(graph, points[-1][0])).askable:
        return None  # this citizen was asked what the scenario does not answer
    return Way(tuple(points), journey, _reasons(graph, journey))


def _said(graph: Graph, facts: Facts) -> Said:
    """What the rest of the engine hears of the rules here: the question that comes next, or how it ends."""
    view = View(graph, facts)
    now = relevance(graph, view)
    end = () if now.askable else (now.needed, now.waiting, now.unsupplied)
    return (now.outcome, now.phase, now.stuck, now.next, end, *(repr(view.value(name)) for name in _read(graph)))


def _read(graph: Graph) -> list[str]:
    """Decisions that guards of the process and checks of answers read."""
    names = {name for own in graph.guards.values() for name in own.names}
    names |= {name for own in graph.checks for name in own.must.names}
    return sorted(name for name in names if name in graph.rulings and not graph.rulings[name].each)


def _is_clock(graph: Graph, path: str) -> bool:
    return any(ref.kind is SupplierKind.CLOCK for ref in graph.facts[path].spec.suppliers)


def _reasons(graph: Graph, journey: Journey) -> tuple[object, ...]:
    found = explain(graph, journey, what_if=False).conclusions
    return tuple((own.decision, own.value, own.row, own.rows, own.because, own.reasons) for own in found)


def goes_the_same(graph: Graph, way: Way) -> bool:
    """Whether the rules of this version say the same at every point of the way."""
    same = all(_said(graph, facts) == said for facts, said in way.points)
    return same and _reasons(graph, way.journey) == way.reasons

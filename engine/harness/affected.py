"""What did an edit touch? Fingerprints of a flow, as far as a journey can tell two versions apart.

    prints(graph).words      equal for two versions that differ in words alone
    prints(graph).walks      equal, too, where promises and ranks differ
    prints(graph).around     equal, too, where decisions differ

Called by `engine.harness.earlier`, `engine.harness.mutate` and `api.service.warm`; tests:
tests/engine/harness/test_earlier.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from pydantic import BaseModel

from engine.flow.parts import PerPart
from engine.graph.graph import Graph

WORDS = frozenset(
    (
        *("question", "about", "notice", "ask", "say", "help", "why", "label", "title"),
        *("tell", "item", "at", "note", "canvas", "sources", "owner", "description"),
    )
)


class Prints(NamedTuple):
    """`words`: equal for two versions that differ in words alone; `walks`: in promises and ranks, too, of which no
    journey hears; `around`: in decisions, too."""

    words: str
    walks: str
    around: str


def prints(graph: Graph) -> Prints:
    """The fingerprints of a flow."""
    rest = sections(graph)
    promises, decisions = rest.pop("promises"), [rest.pop("decisions"), rest.pop("tables")]
    around = _hash([rest, graph.process.as_json()])
    walks = _hash([around, decisions])
    ranks = [own.rank for own in graph.flow.outcomes.values()]
    return Prints(_hash([walks, promises, ranks]), walks, around)


def sections(graph: Graph, apart_from: Collection[str] = ()) -> dict[str, object]:
    """The sections of the file without their words, to be held against those of another version."""
    kept = graph.flow.__dict__.keys() - WORDS - set(apart_from)
    return {name: _section(name, value) for name, value in graph.flow.__dict__.items() if name in kept}


def _section(name: str, value: Any) -> object:
    """A section of the file without its words; of outcomes without their ranks. The process is looked at resolved."""
    if name == "process":
        return None
    if isinstance(value, Mapping):
        return [(key, _part(name, own)) for key, own in value.items()]
    if isinstance(value, tuple):
        return [_part(name, own) for own in value]
    return _part(name, value)


def _part(name: str, value: Any) -> Any:
    if not isinstance(value, BaseModel):
        return value
    return _OUTCOMES.of(value) if name == "outcomes" else _PARTS.of(value)


def _without_words(part: BaseModel) -> str:
    return json.dumps(_bare(part.model_dump(mode="json")))


def _without_rank(part: BaseModel) -> str:
    return json.dumps({key: own for key, own in _bare(part.model_dump(mode="json")).items() if key != "rank"})


_PARTS: Final = PerPart(_without_words)
_OUTCOMES: Final = PerPart(_without_rank)


def _hash(value: object) -> str:
    """In the order of the file: that of facts is the order of asking, that of rows decides."""
    return hashlib.sha256(json.dumps(value, default=str).encode()).hexdigest()


def _bare(value: Any) -> Any:
    """Without the words; conditions and reasons stay, since scenarios expect them."""
    if isinstance(value, dict):
        return {key: _bare(own) for key, own in value.items() if not _is_words(key, own)}
    return [_bare(own) for own in value] if isinstance(value, list) else value


def _is_words(key: str, value: Any) -> bool:
    """A text of an outcome or task is words; a list of them holds conditions too."""
    return key in WORDS or (key == "text" and not isinstance(value, list))

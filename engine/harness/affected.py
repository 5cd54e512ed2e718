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
from typing import Any, NamedTuple

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
    plain = graph.flow.model_dump(mode="json")
    kept = {key: _bare(value) for key, value in plain.items() if key not in WORDS}
    kept["process"] = graph.process.as_json()
    unheard = [kept.pop("promises"), [own.pop("rank") for own in kept["outcomes"].values()]]
    decisions = kept.pop("decisions")
    around = _hash(kept)
    walks = _hash([around, decisions])
    return Prints(_hash([walks, unheard]), walks, around)


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

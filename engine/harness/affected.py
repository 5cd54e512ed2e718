"""What did an edit touch? Fingerprints of a flow, as far as a journey can tell two versions apart.

    words(graph)                    equal for two versions that differ in words alone
    fingerprint(graph, without)     the same, and in these parts of the flow

Called by `engine.harness.earlier`, `engine.harness.mutate` and `api.service.warm`; tests:
tests/engine/harness/test_earlier.py.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from engine.graph.graph import Graph

WORDS = frozenset(
    (
        *("question", "about", "notice", "ask", "say", "help", "why", "label", "title"),
        *("tell", "item", "at", "note", "canvas", "sources", "owner", "description"),
    )
)


def words(graph: Graph) -> str:
    """Equal for two versions that differ in words alone."""
    return fingerprint(graph, ())


def fingerprint(graph: Graph, without: tuple[str, ...]) -> str:
    """Equal for two versions that differ in words and in these parts of the flow alone."""
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

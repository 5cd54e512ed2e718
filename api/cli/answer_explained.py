"""An explanation as JSON: what `wegwijzer answer --explain` adds to a line. Its shape stands in docs/answer.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.feel.unknown import UNKNOWN
from engine.graph.graph import Graph
from engine.journey.explain import Conclusion, Explanation, UsedFact, because_in

Value = Callable[[str, object], Any]
"""A value of a fact or decision as JSON."""


def explanation_json(graph: Graph, found: Explanation, value: Value, language: str) -> dict[str, Any]:
    """The conclusions with what they rest on, and the single answers that would lead elsewhere."""
    return {
        "conclusions": [_conclusion(graph, own, value, language) for own in found.conclusions],
        "what_if": [
            {"fact": own.fact, "value": value(own.fact, own.value), "outcome": own.outcome} for own in found.what_if
        ],
    }


def _conclusion(graph: Graph, own: Conclusion, value: Value, language: str) -> dict[str, Any]:
    ruling = graph.rulings[own.decision]
    return {
        "decision": own.decision,
        **({"table": own.table} if own.table else {}),
        "value": None if own.value is UNKNOWN else value(own.decision, own.value),
        "row": own.row or None,
        "calculation": own.calculation or None,
        "rows": list(own.rows),
        "because": because_in(ruling, own.because, language) or None,
        "reasons": [because_in(ruling, reason, language) for reason in own.told],
        "source": _source(graph, own.source, language),
        "facts": [_fact(used, value) for used in own.facts],
        "rests_on": list(own.rests_on),
        "not_applied": [
            {"row": row.number, "gives": row.output, "condition": row.condition, "saw": _seen(row.saw)}
            for row in own.passed
        ],
    }


def _fact(used: UsedFact, value: Value) -> dict[str, Any]:
    return {
        "fact": used.fact,
        "value": value(used.fact, used.value),
        "supplier": used.supplier,
        "source": used.source or None,
        "on": used.at.date().isoformat() if used.at is not None else None,
    }


def _source(graph: Graph, name: str, language: str) -> dict[str, Any] | None:
    """The rule of law behind a row: its name in the flow, and how it is found."""
    source = graph.flow.sources.get(name)
    if source is None:
        return None
    found = {"id": name, "title": source.title.in_(language)}
    return found | {key: own for key in ("bwb", "cvdr", "jci", "url", "article") if (own := getattr(source, key))}


def _seen(value: object) -> Any:
    """What a condition saw; a value that is not known is null."""
    if value is None or value is UNKNOWN:
        return None
    return value if isinstance(value, bool) else str(value)

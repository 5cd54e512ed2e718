"""An author's literal in a scenario as canonical JSON, by the fact's own type. Called by `run` and `after`."""

from __future__ import annotations

from typing import Any

from engine.errors import AnswerError
from engine.flow.fields import FIELDS, dump_value
from engine.flow.model import FactType
from engine.graph.graph import FactNode


def canonical(node: FactNode, text: Any) -> Any:
    """An author's literal as canonical JSON."""
    spec = node.spec
    if text == "unsure":
        return text
    if spec.type is FactType.CHOICES and isinstance(text, list):
        return text
    try:
        return dump_value(spec.type, FIELDS[spec.type].literal(text, spec))
    except AnswerError as error:
        raise AnswerError(node.path, error.code, error.params) from None

"""Errors of the engine as sentences for people: what is wrong and what to do, never what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.errors import AnswerError, RefusedEvent
from engine.flow.fields import FIELDS
from engine.flow.keys import read_key
from engine.flow.model import FactType
from engine.flow.slots import Notation
from engine.graph.graph import Graph
from ui_schema.fields import Message
from ui_schema.shape import Language
from ui_schema.texts import known, say

CHOSEN = frozenset({FactType.BOOLEAN, FactType.CHOICE, FactType.CHOICES})
PARTED = {"answer.date": "day", "answer.date.impossible": "day", "answer.date.year": "year", "answer.period": "from"}


def answer_message(graph: Graph, error: AnswerError, language: Language) -> Message:
    """One refused answer in words. A check's own sentence goes before ours."""
    own = error.say.get(language.value) or next(iter(error.say.values()), "")
    part = str(error.params.get("part", "")) or PARTED.get(error.code, "")
    return Message(code=error.code, text=own or _sentence(graph, error, language), part=part)


def _sentence(graph: Graph, error: AnswerError, language: Language) -> str:
    parsed = read_key(error.fact)
    node = graph.facts.get(parsed.path) if parsed is not None else None
    code = error.code if known(error.code) else "answer.type"
    if code == "answer.required" and node is not None and node.spec.type in CHOSEN:
        code = "answer.required.choose"
    values = {name: _value(graph, error, name, value, language) for name, value in error.params.items()}
    return say(language, code, **values)


def _value(graph: Graph, error: AnswerError, name: str, value: object, language: Language) -> str:
    """A parameter of a message, written as the fact's own values are."""
    parsed = read_key(error.fact)
    node = graph.facts.get(parsed.path) if parsed is not None else None
    if name == "part":
        return say(language, f"field.{value}") if known(f"field.{value}") else str(value)
    if node is None:
        return str(value)
    if name == "option" and str(value) in node.spec.options:
        return node.spec.options[str(value)].in_(language.value)
    limits = ("answer.number.min", "answer.number.max", "answer.date.min", "answer.date.max")
    if error.code in limits or error.code.startswith("answer.duration."):
        return FIELDS[node.spec.type].show(value, node.spec, language.value, Notation.USUAL)
    return str(value)


def attempts(graph: Graph, errors: Iterable[AnswerError], language: Language) -> Mapping[str, tuple[Message, ...]]:
    """Messages by fact key, in the order of the errors."""
    found: dict[str, tuple[Message, ...]] = {}
    for error in errors:
        found[error.fact] = (*found.get(error.fact, ()), answer_message(graph, error, language))
    return found


def refusal_text(error: RefusedEvent, language: Language) -> str:
    """Why something cannot be done now."""
    return say(language, error.code, **error.params) if known(error.code) else say(language, "refused.any")

"""From what is typed in the terminal to an answer: a number of the list, an id, a label or the value itself."""

from __future__ import annotations

from engine.errors import AnswerError
from engine.flow.fields import dump_value, parse_value
from engine.flow.keys import read_key
from engine.flow.model import Fact, FactType
from engine.graph.graph import Graph
from engine.harness.walk import Move, spelled
from ui_schema.shape import Language
from ui_schema.texts import say

UNSURE = frozenset({"weet niet", "weet ik niet", "not sure", "i do not know", "unsure"})
YES = frozenset({"ja", "j", "yes", "y"})
NO = frozenset({"nee", "n", "no"})


def options_of(spec: Fact, language: Language) -> tuple[tuple[str, str], ...]:
    """What can be chosen, as id and label; () where something is typed."""
    if spec.type is FactType.BOOLEAN:
        return ("yes", say(language, "field.yes")), ("no", say(language, "field.no"))
    return tuple((option, text.in_(language.value)) for option, text in spec.options.items())


def answer_move(graph: Graph, fact: str, typed: str, language: Language) -> Move:
    """The move that gives this answer. Raises AnswerError."""
    key = read_key(fact)
    assert key is not None
    spec = graph.facts[key.path].spec
    if typed.casefold() in UNSURE and spec.unsure is not None:
        return Move("answer", fact, "unsure")
    if spec.type is FactType.LIST or typed.startswith(("{", "[", '"')):
        return Move("answer", fact, typed)
    if spec.type is FactType.CHOICES:
        return spelled(fact, [_one(fact, spec, part.strip(), language) for part in typed.split(",")])
    if spec.type is FactType.BOOLEAN:
        return Move("answer", fact, _yes_or_no(fact, spec, typed, language))
    if spec.options:
        return Move("answer", fact, _one(fact, spec, typed, language))
    return spelled(fact, dump_value(spec.type, parse_value(fact, spec, typed, language.value)))


def _yes_or_no(fact: str, spec: Fact, typed: str, language: Language) -> str:
    word = typed.casefold()
    return "yes" if word in YES else "no" if word in NO else _one(fact, spec, typed, language)


def _one(fact: str, spec: Fact, typed: str, language: Language) -> str:
    """One option, by its number, its id, its label or the only label that begins so."""
    options = options_of(spec, language)
    word = typed.casefold()
    if word.isascii() and word.isdigit() and 1 <= int(word) <= len(options):
        return options[int(word) - 1][0]
    exact = [own for own, label in options if word in (own.casefold(), label.casefold())]
    near = exact or [own for own, label in options if word and label.casefold().startswith(word)]
    if len(near) != 1:
        raise AnswerError(fact, "answer.required")
    return near[0]

"""`wegwijzer answer FLOW CITIZENS.jsonl`: a citizen a line through the engine, a line of JSON back for each.

The doorway for bulk runs, replays and outside checks; its format is documented in docs/answer.md and stable. `-` reads
standard input. Exit code 0 also when citizens are refused or undecided: the lines say so.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from api.cli.answer_explained import explanation_json
from api.cli.exits import GOOD, Unusable, reason
from api.cli.flow_files import FLOWS, load
from api.cli.language import LANGUAGES
from api.clock import SystemClock
from engine.errors import AnswerError, worded
from engine.flow.fields import dump_value
from engine.flow.keys import read_key
from engine.flow.model import FactType
from engine.graph.graph import Graph
from engine.harness.answer import Answered, Citizen, answer
from engine.harness.answer_explained import explained
from engine.journey.facts import day
from ui_schema.shape import Language
from ui_schema.texts import known, say

KEYS = {"id", "answers", "prefill", "as_of"}
LONGEST = 1_000_000
NUMBERS = frozenset({FactType.NUMBER, FactType.MONEY, FactType.INTEGER, FactType.YEAR})


def _constant(word: str) -> Any:
    raise ValueError("NaN and Infinity are no JSON")


READ = json.JSONDecoder(parse_float=Decimal, parse_constant=_constant)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", help="a short name, a folder, or a path to a flow.yaml")
    parser.add_argument("citizens", metavar="CITIZENS.jsonl", help="a citizen a line as JSON; - reads standard input")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument("--decide-only", action="store_true", help="stop at the outcome and its values; ask no needs")
    parser.add_argument(
        "--explain",
        action="store_true",
        help="add to each line why: rules, sources, facts, what would differ",
    )
    parser.add_argument("--language", choices=LANGUAGES, help="language of reasons and sources [that of the flow]")


def run(given: argparse.Namespace) -> int:
    """Print a line for each citizen. Raises Unusable for a line that cannot be read, FlowError for the flow."""
    graph = load(given.flow, given.flows)
    today = day(SystemClock().now())
    for number, line in citizen_lines(given.citizens):
        citizen = read_citizen(line, number, today)
        answered = answer(graph, citizen, decide_only=given.decide_only)
        told = _line(graph, citizen, answered)
        if given.explain:
            told["explanation"] = _explained(graph, citizen, answered, given.language or graph.flow.language)
        print(to_json(told))
    return GOOD


def citizen_lines(path: str) -> Iterator[tuple[int, str]]:
    """The lines of a file of citizens (`-`: standard input) with their numbers. Raises Unusable."""
    if path == "-":
        yield from _numbered(sys.stdin)
        return
    try:
        with Path(path).open(encoding="utf-8") as file:
            yield from _numbered(file)
    except UnicodeDecodeError:
        raise Unusable(worded("The file of citizens is not UTF-8 text.")) from None
    except OSError as error:
        raise Unusable(worded("{path} cannot be read: {reason}.", path=path, reason=reason(error))) from None


def _numbered(file: IO[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(file, 1):
        if line.strip():
            yield number, line


def read_citizen(line: str, number: int, today: date) -> Citizen:
    """One line as a citizen. Raises Unusable when it is none."""
    try:
        if len(line) > LONGEST:
            raise ValueError("it is too long")
        plain = READ.decode(line)
        if not isinstance(plain, dict):
            raise ValueError("it is no JSON object")
        if unknown := sorted(set(plain) - KEYS):
            raise ValueError(f"it has keys that are not known; use {', '.join(sorted(KEYS))} ({len(unknown)} too many)")
        answers, prefill = plain.get("answers", {}), plain.get("prefill", {})
        if not isinstance(answers, dict) or not isinstance(prefill, dict):
            raise ValueError("answers and prefill are JSON objects")
        as_of = date.fromisoformat(plain["as_of"]) if plain.get("as_of") else today
    except (ValueError, TypeError, RecursionError) as error:
        reason = "it is no JSON" if isinstance(error, json.JSONDecodeError) else str(error)
        raise Unusable(worded("Line {number} cannot be used: {reason}.", number=number, reason=reason)) from None
    return Citizen(answers, as_of, str(plain.get("id", number)), prefill)


def _line(graph: Graph, citizen: Citizen, answered: Answered) -> dict[str, Any]:
    refused = answered.refused
    return {
        "id": citizen.id,
        "as_of": citizen.as_of.isoformat(),
        "status": answered.status,
        "outcome": answered.outcome or None,
        "values": {name: _value(graph, name, value) for name, value in answered.values.items()},
        "asked": list(answered.asked),
        "missing": list(answered.missing),
        "waits_for": [{"fact": fact, "supplier": supplier} for fact, supplier in answered.waits_for],
        "tasks": list(answered.tasks),
        "refused": None
        if refused is None
        else {"fact": refused.fact, "message": _sentence(refused, graph.flow.language)},
    }


def _explained(graph: Graph, citizen: Citizen, answered: Answered, language: str) -> dict[str, Any] | None:
    """Why; None where an answer was refused, so that nothing was decided."""
    if answered.refused is not None:
        return None

    def value(name: str, own: object) -> Any:
        parsed = read_key(name)
        return _value(graph, parsed.path if parsed is not None and parsed.path in graph.facts else name, own)

    return explanation_json(graph, explained(graph, citizen, answered), value, language)


def _sentence(refused: AnswerError, language: str) -> str:
    """Why the answer was not accepted: the flow's own words, else the product's."""
    own = refused.say.get(language) or next(iter(refused.say.values()), "")
    spoken = Language(language) if language in set(Language) else Language.EN
    return own or (say(spoken, refused.code, **refused.params) if known(refused.code) else refused.code)


def _value(graph: Graph, name: str, value: object) -> Any:
    """A decision's or fact's value as JSON; numbers as numbers, exactly as they are; of a list its length."""
    if value is None or isinstance(value, bool | Decimal | str | int):
        return value
    if isinstance(value, list):
        return [_value(graph, name, own) for own in value]
    ruling = graph.rulings.get(name)
    kind = ruling.type if ruling is not None else graph.facts[name].spec.type
    return dump_value(kind, value)


def to_json(value: Any) -> str:
    """JSON in which a Decimal keeps all its digits (`json` would make a binary float of it)."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {to_json(own)}" for key, own in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(to_json(own) for own in value) + "]"
    return json.dumps(value, ensure_ascii=False)

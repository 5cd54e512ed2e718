"""A walk as a scenario: the citizen who walked it, the wishes, what happened then, and what came of it.

    recorded(walk, "De dikke eik") -> YAML text that `wegwijzer test` runs
    shortfall(walk, text)          -> why the scenario would not hold, () when it does

A scenario is a whole citizen and never an ordered list, so answers that were changed on the way stand there as they
are in the end. Called by `wegwijzer play` and the developers' pages; tests: tests/engine/harness/test_recorded.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine.errors import AnswerError, FlowError, RefusedEvent
from engine.flow.fields import dump_value
from engine.flow.keys import read_key
from engine.flow.model import FactType
from engine.harness.driver import Trunk
from engine.harness.run import run
from engine.harness.scenario import read_scenarios
from engine.harness.walk import WORKER, Move, Walk
from engine.journey.events import Supplier
from engine.journey.explain import explain

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ .+:/€-]*(?<! )(?<!:)")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_UNSAFE = re.compile(r": | #")


def recorded(walk: Walk, name: str) -> str:
    """The scenario of this walk, as the text of a scenario file."""
    citizen = {**_citizen(walk), **_unsure(walk)}
    lines = [f"as_of: {walk.day.isoformat()}", "scenarios:", f"  {_text(name)}:", f"    with: {_flow(citizen)}"]
    wishes = dict(_wishes(walk))
    if wishes:
        lines.append(f"    wishes: {_flow(wishes)}")
    then = [*_then(walk)]
    if then:
        lines += ["    then:", *(f"      - {_flow(own)}" for own in then)]
    lines.append(f"    expect: {_flow(dict(_expect(walk)))}")
    return "\n".join(lines) + "\n"


def shortfall(walk: Walk, text: str) -> tuple[str, ...]:
    """Run the scenario as `wegwijzer test` would. What does not hold, in sentences."""
    try:
        trunk = Trunk(walk.graph)
        ran = [run(walk.graph, own, trunk=trunk) for own in read_scenarios(text, "scenario")]
    except FlowError as error:
        return tuple(problem.message for problem in error.problems)
    except (AnswerError, RefusedEvent) as error:
        return (str(error),)
    return tuple(failure for own in ran for failure in own.failures)


def _citizen(walk: Walk) -> dict[str, Any]:
    """Every answer of the citizen as an author writes it; items of a list in their list."""
    found: dict[str, Any] = {}
    for key, answer in walk.now.answers.items():
        parsed = read_key(key)
        node = walk.graph.facts.get(parsed.path) if parsed is not None else None
        if parsed is None or node is None or answer.supplier is not Supplier.CITIZEN:
            continue
        if node.spec.type is FactType.LIST:
            found.setdefault(key, [])
        elif parsed.field:
            items = found.setdefault(parsed.name, [])
            items.extend({} for _ in range(parsed.at + 1 - len(items)))
            items[parsed.at][parsed.field] = _literal(dump_value(node.spec.type, answer.value))
        else:
            found[key] = _literal(dump_value(node.spec.type, answer.value))
    return found


def _unsure(walk: Walk) -> dict[str, str]:
    return {fact: "unsure" for fact, leads_to in walk.now.help_wanted.items() if leads_to == "worker"}


def _wishes(walk: Walk) -> Iterator[tuple[str, Any]]:
    order = list(dict.fromkeys(move.name for move in walk.told if move.kind == "answer" and "[" not in move.name))
    if len(order) > 1:
        yield "route", order
    switches = [*_switches(walk)]
    if switches:
        yield "switch", switches
    asked = [move.name for move in walk.told if move.kind == "ask"]
    if asked:
        yield "ask_person", asked[-1]
    answers = [move.name for move in walk.told if move.kind == "answer"]
    if not walk.now.outcome and answers and not _acted(walk):
        yield "stop_after", answers[-1]


def _switches(walk: Walk) -> Iterator[dict[str, str]]:
    """Channel switches behind the answer before them; one before any answer cannot be told in a scenario."""
    last = ""
    for move in walk.told:
        if move.kind == "answer":
            last = move.name
        elif move.kind == "via" and last:
            yield {"after": last, "to": move.name}


def _acted(walk: Walk) -> bool:
    return any(move.kind in ("do", "work", "judge", "wait") for move in walk.told)


def _then(walk: Walk) -> Iterator[dict[str, Any]]:
    """What happened once the questions were done; `submit` is taken by every scenario itself."""
    judged: dict[str, Any] = {}
    clocks = iter(walk.ran_out)
    for move in walk.told:
        if move.kind == "do" and move.name != "submit":
            yield {"citizen": move.name}
        elif move.kind == "judge":
            judged[move.name] = _read(move.value)
        elif move.kind == "work":
            yield _work(move, judged)
            judged = {}
        elif move.kind == "wait":
            for clock in clocks:
                if not clock.startswith("task:"):
                    yield {"late": clock.removeprefix("term:")}


def _work(move: Move, judged: Mapping[str, Any]) -> dict[str, Any]:
    words, _, name = move.name.partition(" by ")
    step, _, outcome = words.partition(" ")
    found: dict[str, Any] = {"worker": step, "name": name or WORKER, "motive": "tried out"}
    if judged:
        found["judge"] = dict(judged)
    if outcome:
        found["outcome"] = outcome
    return found


def _expect(walk: Walk) -> Iterator[tuple[str, Any]]:
    journey = walk.now
    outcome = journey.proposed or journey.outcome
    if outcome:
        yield "outcome", outcome
        reasons = [own.because for own in explain(walk.graph, journey, what_if=False).conclusions if own.because]
        if reasons and not journey.proposed:
            yield "because", reasons[0]
    yield "place", journey.place
    kinds = [task.kind for task in journey.tasks.values()]
    if kinds:
        yield "task", kinds[-1]
    asked = {move.name for move in walk.told if move.kind == "answer"}
    if asked:
        yield "asked", {"at_most": len(asked)}


def _literal(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _read(text: str) -> Any:
    """A move's value as an author writes it."""
    try:
        return _literal(json.loads(text, parse_float=Decimal))
    except ValueError:
        return text


def _flow(value: Any) -> str:
    """One line of YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(key)}: {_flow(own)}" for key, own in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(own) for own in value) + "]"
    return str(value) if isinstance(value, int | Decimal) else _text(str(value))


def _text(text: str) -> str:
    """A scalar, between quotes where it would read as something else."""
    plain = _NUMBER.fullmatch(text) or (_PLAIN.fullmatch(text) and not _UNSAFE.search(text))
    return text if plain else json.dumps(text, ensure_ascii=False)

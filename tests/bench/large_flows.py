"""Random flows of many questions, for measuring: a tree of decision tables over facts and over each other.

Every fact is read by some table that the goal rests on. Tables have 3 to 6 columns, 7 to 11 rows, a third of the
cells `-`; facts are yes or no, a choice of four, or a number that is cut in a few places; one in ten is read twice.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

OPTIONS = ("a", "b", "c", "d")
KINDS = ("boolean", "choice", "integer")


@dataclass(frozen=True)
class Column:
    """A head of a table: a fact or a decision, and its kind."""

    name: str
    kind: str


def large_flow(questions: int, seed: int, *, shared: float = 0) -> str:
    """The text of a flow with so many questions, all of them reachable from the goal.

    `shared` is the share of its decisions that two others read.
    """
    chance = random.Random(seed)  # noqa: S311
    facts = [Column(f"f{number}", chance.choice(KINDS)) for number in range(questions)]
    lines = ["wegwijzer: 1", f"flow: groot-{seed}", "language: nl", "question: Mag het?", "goal: doel", "facts:"]
    lines += [f"  {fact.name}: {_fact(fact)}" for fact in facts]
    lines.append("decisions:")
    waiting = [*facts, *chance.sample(facts, questions // 10)]
    number = 0
    while len(waiting) > 5:
        heads = list(dict.fromkeys(waiting[: chance.randint(3, 6)]))
        waiting = waiting[len(heads) :]
        made = Column(f"d{number}", "choice")
        lines += _table(made.name, heads, chance)
        waiting.append(made)
        if shared and chance.random() < shared:
            waiting.insert(chance.randrange(len(waiting)), made)
        number += 1
    lines += _table("doel", list(dict.fromkeys(waiting)), chance)
    lines.append("outcomes:")
    lines += [f"  {option}: {{kind: answer, text: Klaar}}" for option in OPTIONS]
    return "\n".join(lines) + "\n"


def _fact(fact: Column) -> str:
    kind = {
        "boolean": "type: boolean",
        "choice": f"type: choice, options: [{', '.join(OPTIONS)}]",
        "integer": "type: integer, min: 0, max: 100",
    }[fact.kind]
    return f'{{{kind}, ask: "Vraag {fact.name}?", why: "Daarom."}}'


def _table(name: str, heads: list[Column], chance: random.Random) -> Iterator[str]:
    yield f"  {name}:"
    yield "    type: choice"
    yield f"    options: [{', '.join(OPTIONS)}]"
    yield "    hit: first"
    yield "    table: |"
    yield f"      | {' | '.join(head.name for head in heads)} || {name} |"
    for _ in range(chance.randint(6, 10)):
        cells = [_cell(head, chance) for head in heads]
        yield f"      | {' | '.join(cells)} || {chance.choice(OPTIONS)} |"
    yield f"      | {' | '.join('-' for _ in heads)} || {chance.choice(OPTIONS)} |"


def _cell(head: Column, chance: random.Random) -> str:
    if chance.random() < 1 / 3:
        return "-"
    if head.kind == "boolean":
        return chance.choice(("yes", "no"))
    if head.kind == "choice":
        return ", ".join(chance.sample(OPTIONS, chance.randint(1, 2)))
    limit = chance.randint(1, 99)
    return chance.choice((f"< {limit}", f">= {limit}", f"[{limit // 2}..{limit}]"))


def answer_of(kind: str, chance: random.Random) -> Any:
    """A random answer to a fact of this kind, as JSON."""
    if kind == "boolean":
        return chance.random() < 0.5
    return chance.choice(OPTIONS) if kind == "choice" else chance.randint(0, 100)

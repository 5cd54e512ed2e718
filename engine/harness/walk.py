"""A walk: one made-up citizen through a flow, move by move, over the reducer that serves citizens.

Each move is a line of text, so that a walk can stand in an address, be piped in, be undone, and be walked again through
the next version of the flow:

    day 2026-03-01             the day on which it starts; only as the first move
    woont_hier = no            an answer, written as in a scenario (or as canonical JSON)
    woont_hier = unsure        "weet ik niet"
    forget kinderen            an answer is taken back
    via phone                  the rest goes over another channel
    ask desk                   the citizen asks for a person
    wait 15d                   time passes (h, d or w, or until a date); clocks that run out do so on the way
    do submit                  a step of the citizen
    judge veilig = yes         a civil servant supplies a fact
    work propose toegekend     a civil servant takes a step, with an outcome where it needs one; `by NAME` says who

Called by `wegwijzer play` and the developers' pages; tests: tests/engine/harness/test_walk.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from engine.errors import AnswerError, RefusedEvent, WegwijzerError, worded
from engine.flow.keys import read_key
from engine.flow.model import FactType, Unsure
from engine.graph.graph import FactNode, Graph
from engine.harness.driver import Driver, Trunk, worker
from engine.harness.literals import canonical
from engine.journey import events as ev
from engine.journey.accept import node_of

WORKER = "anna"
NOON = time(12, 0, tzinfo=UTC)
LONGEST = 2_000  # characters of one move
MOST = 500  # moves of one walk
MOST_CLOCKS = 50
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
NEEDS = {
    "forget": "forget kinderen",
    "via": "via phone",
    "ask": "ask desk",
    "wait": "wait 15d",
    "do": "do submit",
    "judge": "judge veilig = yes",
    "work": "work propose toegekend",
    "day": "day 2026-03-01",
}
KINDS = ("forget", "via", "ask", "wait", "do", "work", "day")
_SPAN = re.compile(r"(\d{1,4}) ?([hdw])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_SET = re.compile(r"(judge )?([A-Za-z][\w\[\].]*) ?= ?(.*)")
_WORK = re.compile(r"(\w+)(?: (?!by )(\w+))?(?: by ([\w.-]+))?")


class BadMove(WegwijzerError):
    """A line that is no move; the message says what could stand there."""


class NoMove(BadMove):
    """A line that begins as no move does; where a question is open, it answers that."""


class BareMove(BadMove):
    """The word of a move, and nothing behind it; the message shows a whole one."""


@dataclass(frozen=True, slots=True)
class Move:
    """One line of a walk. `kind` is a word of the table above, `answer` for an answer."""

    kind: str
    name: str = ""
    value: str = ""

    def __str__(self) -> str:
        if self.kind in ("answer", "judge"):
            return f"{'judge ' if self.kind == 'judge' else ''}{self.name} = {self.value}"
        return " ".join(part for part in (self.kind, self.name, self.value) if part)


def read_move(line: str) -> Move:
    """The move that a line spells. Raises BadMove."""
    text = line.strip()
    if len(text) > LONGEST or "\n" in text:
        raise BadMove(worded("A move is one line of at most {longest} characters.", longest=LONGEST))
    told = _SET.fullmatch(text)
    if told is not None and read_key(told[2]) is not None and told[3]:
        return Move("judge" if told[1] else "answer", told[2], told[3])
    kind, _, rest = text.partition(" ")
    if kind in KINDS and rest.strip():
        return Move(kind, rest.strip())
    if text in NEEDS:
        raise BareMove(worded("`{move}` needs more: {example}.", move=text, example=NEEDS[text]))
    kinds = ", ".join(KINDS)
    raise NoMove(worded("This is no move; write `fact = value`, or one of {kinds} with what it is about.", kinds=kinds))


def spelled(key: str, value: Any) -> Move:
    """The move that answers `key` with canonical JSON."""
    return Move("answer", key, json.dumps(value, ensure_ascii=False, separators=(",", ":")))


class Walk(Driver):
    """One citizen on the way. `told` are the moves that were accepted, `ran_out` the clocks that were heard."""

    def __init__(self, graph: Graph, day: date) -> None:
        super().__init__(Trunk(graph, "w"), datetime.combine(day, NOON))
        self.day = day
        self.told: list[Move] = []
        self.refused: list[tuple[Move, WegwijzerError]] = []
        self.ran_out: list[str] = []
        self.start("00000000-0000-0000-0000-000000000000", "PROEF")

    @property
    def history(self) -> tuple[ev.AnyEvent, ...]:
        """The events so far."""
        return tuple(self.point.events()) if self.point is not None else ()

    def move(self, move: Move) -> None:
        """One move. Raises AnswerError, RefusedEvent or BadMove; the walk is then as it was."""
        before, clocks = self.stand, len(self.ran_out)
        try:
            if move.kind not in self._moves:
                raise BadMove(worded("The day stands first: a walk has one start."))
            self._moves[move.kind](move)
        except WegwijzerError:
            self.stand = before
            del self.ran_out[clocks:]
            raise
        self.told.append(move)

    @property
    def _moves(self) -> Mapping[str, Callable[[Move], None]]:
        return {
            "answer": self._answer,
            "forget": self._forget,
            "via": self._via,
            "ask": self._ask,
            "wait": self._wait,
            "do": self._step,
            "judge": self._judge,
            "work": self._work,
        }

    def _answer(self, move: Move) -> None:
        node = node_of(self.graph, move.name)
        if node.spec.type is FactType.LIST:
            self.do(ev.ListClosed, fact=move.name, count=_count(move))
        elif _value(node, move) == "unsure" and node.spec.unsure in (Unsure.HELP, Unsure.WORKER):
            self.do(ev.HelpWanted, fact=move.name, leads_to=str(node.spec.unsure))
        else:
            self.do(ev.AnswerGiven, fact=move.name, value=_value(node, move))

    def _forget(self, move: Move) -> None:
        node_of(self.graph, move.name)
        self.do(ev.AnswersWithdrawn, facts=(move.name,))

    def _via(self, move: Move) -> None:
        self.switch(_channel(move))

    def _ask(self, move: Move) -> None:
        self.do(ev.PersonAsked, over=_channel(move))

    def _step(self, move: Move) -> None:
        self.do(ev.StepTaken, step=move.name)

    def _wait(self, move: Move) -> None:
        self.ran_out += self.wait(self._until(move), MOST_CLOCKS)

    def _until(self, move: Move) -> datetime:
        span = _SPAN.fullmatch(move.name)
        try:
            until = (
                self.at + timedelta(**{_UNITS[span[2]]: int(span[1])})
                if span is not None
                else datetime.combine(date.fromisoformat(move.name), NOON)
            )
        except (ValueError, OverflowError):
            raise BadMove(worded("Write how long, as 4h, 15d or 2w, or until which day: 2026-03-01.")) from None
        if not self.at <= until <= LATEST:
            raise BadMove(worded("Time goes forward here, and not beyond the year 2200."))
        return until

    def _judge(self, move: Move) -> None:
        node = node_of(self.graph, move.name)
        task = self.claim(worker(WORKER))
        value, motive = _value(node, move), "tried out"
        self.do(ev.JudgementGiven, worker(WORKER), fact=move.name, value=value, motive=motive, task=task)

    def _work(self, move: Move) -> None:
        words = _WORK.fullmatch(move.name)
        if words is None:
            raise BadMove(worded("Write `work STEP`, `work STEP OUTCOME`, and behind it `by NAME` for another worker."))
        step, outcome, by = words[1], words[2] or "", worker(words[3] or WORKER)
        self.claim(by)
        self.do(ev.StepTaken, by, step=step, outcome=outcome, motive="tried out")


def _channel(move: Move) -> ev.Channel:
    if move.name not in set(ev.Channel):
        raise BadMove(worded("A channel is one of {channels}.", channels=", ".join(ev.Channel)))
    return ev.Channel(move.name)


def _count(move: Move) -> int:
    if not re.fullmatch(r"\d{1,4}", move.value):
        raise AnswerError(move.name, "answer.integer")
    return int(move.value)


def _value(node: FactNode, move: Move) -> Any:
    """Canonical JSON of what was written: JSON as it is, anything else as an author writes it."""
    text = move.value
    if text.startswith(("{", "[", '"')) or text in ("true", "false"):
        try:
            return json.loads(text)
        except ValueError:
            raise AnswerError(move.name, "answer.type") from None
    return canonical(node, text)


def walked(graph: Graph, day: date, moves: Iterable[Move]) -> Walk:
    """A walk of these moves. What this version of the flow refuses is passed over and stands in `refused`."""
    made = list(moves)
    if made and made[0].kind == "day":
        made.pop(0)
    walk = Walk(graph, day)
    for move in made[:MOST]:
        try:
            walk.move(move)
        except (AnswerError, RefusedEvent, BadMove) as error:
            walk.refused.append((move, error))
    return walk

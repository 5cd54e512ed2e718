"""A journey: one citizen's passage through one version of one flow; the fold of its events.

There is no pointer to a "current page" here. What may be done now is derived each time from the
facts by `engine.journey.options`.

A fact's key is its name, or for a list's item `kinderen[0].geboren`. A list itself is known once it
is closed; its value is then the number of items.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from engine.journey.events import Actor, Channel, Scope, Supplier, TermTurn

EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answer:
    """A supplied fact. `value` is typed (Decimal, date, bool, str, int, ... or None for "there is none")."""

    value: object
    supplier: Supplier
    at: datetime
    by: Actor
    channel: Channel
    source: str = ""  # the register's name, or the task in which a worker supplied it
    disputed: str = ""  # the citizen's reason; a disputed fact is UNKNOWN to every rule
    motive: str = ""
    confirmed: bool = False  # the citizen said that the register is right (`confirm: ask`)


@dataclass(frozen=True, slots=True)
class Task:
    """Work for a person. Open until finished; at most one worker has claimed it."""

    id: str
    kind: str
    reason: str
    opened: datetime
    skill: str = ""
    fact: str = ""
    due: datetime | None = None
    claimed_by: str = ""
    finished: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContactRequest:
    """The citizen asked for a person; `due` is the promise. `unreachable`: to be called, but no number is known."""

    over: Channel
    at: datetime
    due: datetime | None
    task: str
    preferred_time: str = ""
    about: str = ""
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a worker proposed, why, and after how many visits: it is made known by a later one, if at all."""

    outcome: str
    motive: str
    after: int


@dataclass(frozen=True, slots=True)
class Mandate:
    """Somebody who may act for the citizen, until it ends by itself or is ended."""

    id: str
    name: str
    relation: str
    scope: Scope
    since: datetime
    until: datetime
    ended: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it is in force at `at`."""
        return self.ended is None and self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class Pause:
    """The citizen stopped for a while. `left` is what was left of the place's clock, in seconds."""

    since: datetime
    until: datetime
    left: float


@dataclass(frozen=True, slots=True)
class Message:
    """What the process told the citizen: the name of the text, when, and what its {deadline} says."""

    text: str
    at: datetime
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Erased:
    """That a fact was known, and is no longer kept: since when, and by which retention (`P1Y`)."""

    at: datetime
    rule: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One entry of a place: `entry` counts entries over the whole journey, from 1."""

    place: str
    entry: int
    at: datetime
    by_event: str = ""


@dataclass(frozen=True, slots=True)
class TermRun:
    """One legal term: when it began, how often it was extended, when it stood still, when it ended."""

    started: datetime
    extensions: int = 0
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    ended: datetime | None = None

    @property
    def stands_still(self) -> bool:
        """Whether days do not count at the moment."""
        return bool(self.pauses) and self.pauses[-1][1] is None


def turned(run: TermRun | None, turn: TermTurn, at: datetime) -> TermRun:
    """The term after a turn at `at`."""
    if run is None or turn == "started":
        return TermRun(at)
    if turn == "extended":
        return replace(run, extensions=run.extensions + 1)
    if turn == "stopped":
        return replace(run, pauses=(*run.pauses, (at, None)))
    resumed = (*run.pauses[:-1], (run.pauses[-1][0], at)) if run.stands_still else run.pauses
    return replace(run, pauses=resumed) if turn == "resumed" else replace(run, pauses=resumed, ended=at)


@dataclass(frozen=True)  # without slots: a copy is one of a dict, and there is one for every event (see `altered`)
class Journey:
    """The state. `seq` is the number of events folded so far, and the version for `If-Match`."""

    id: str
    reference: str
    flow: str
    version: str
    language: str
    channel: Channel
    started: datetime
    subject: str = "citizen"  # whom it is about; registers know them by this
    seq: int = 0
    answers: Mapping[str, Answer] = field(default_factory=lambda: EMPTY)
    help_wanted: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # fact -> help | worker
    place: str = ""
    visits: tuple[Visit, ...] = ()
    submitted: datetime | None = None
    outcome: str = ""  # settled by the rules; "" while open
    proposed: str = ""  # named by a worker's `propose`, with its motive: the last of `proposals`
    motive: str = ""
    proposals: tuple[Proposal, ...] = ()
    last_by: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # step -> worker who last took it (four eyes)
    tasks: Mapping[str, Task] = field(default_factory=lambda: EMPTY)
    contacts: tuple[ContactRequest, ...] = ()
    mandates: Mapping[str, Mandate] = field(default_factory=lambda: EMPTY)  # who may act for the citizen
    pause: Pause | None = None
    reach: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # channel -> address where to tell
    silent: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # fact -> register that could not be reached
    deadlines: Mapping[str, datetime] = field(default_factory=lambda: EMPTY)  # running clocks: clock -> moment
    passed: Mapping[str, datetime] = field(default_factory=lambda: EMPTY)  # those of them that ran out and were seen to
    terms: Mapping[str, TermRun] = field(default_factory=lambda: EMPTY)  # legal terms, by name
    signals: int = 0
    told: Message | None = None  # the last thing the citizen was told where the journey is
    erased: Mapping[str, Erased] = field(default_factory=lambda: EMPTY)  # facts whose retention has passed

    def with_answer(self, fact: str, answer: Answer) -> Journey:
        """A copy that knows `fact`."""
        return altered(self, answers=MappingProxyType({**self.answers, fact: answer}))


_NAMES = frozenset(own.name for own in fields(Journey))


def altered(journey: Journey, **changes: Any) -> Journey:
    """A copy with these fields changed: `dataclasses.replace` in a tenth of the time, for what happens at every event.

    Raises TypeError for what is no field.
    """
    if not changes.keys() <= _NAMES:
        raise TypeError(f"A journey has no {', '.join(sorted(changes.keys() - _NAMES))}.")
    copy = object.__new__(Journey)
    copy.__dict__.update(journey.__dict__)
    copy.__dict__.update(changes)
    return copy

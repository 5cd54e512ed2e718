"""What every event is made of: channels, suppliers, actors and the envelope. See `engine.journey.events`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Channel(StrEnum):
    """A way in which a citizen and the organisation meet."""

    WEB = "web"
    PHONE = "phone"
    DESK = "desk"
    LETTER = "letter"
    EMAIL = "email"


class Supplier(StrEnum):
    """Who supplies a fact. `rule` never appears in events: rules are re-derived."""

    CITIZEN = "citizen"
    REGISTER = "register"
    WORKER = "worker"
    PAYMENT = "payment"
    PROCESS = "process"
    CLOCK = "clock"
    RULE = "rule"


class ActorKind(StrEnum):
    CITIZEN = "citizen"
    REPRESENTATIVE = "representative"
    WORKER = "worker"
    REGISTER = "register"
    PAYMENT = "payment"
    ENGINE = "engine"
    CLOCK = "clock"


TERM = "term:"
"""Before the name of a legal term, the name of its clock; `task:` before a task's is that of its promise."""

TermTurn = Literal["started", "extended", "stopped", "resumed", "ended"]
"""What can happen to a legal term."""


class Frozen(BaseModel):
    """Base of all values that are stored: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Actor(Frozen):
    """Who did it. `id` is a worker's account or "" for the citizen of the journey."""

    kind: ActorKind
    id: str = ""


class Event(Frozen):
    """Envelope of every event. `at` is aware UTC; `id` is unique (UUIDv7 text); `subject` is whom it is about."""

    id: str
    at: datetime
    actor: Actor
    subject: str = "citizen"
    channel: Channel = Channel.WEB


class EffectDone(Event):
    type: Literal["EffectDone"] = "EffectDone"
    effect: str


class MessageSent(Event):
    """A message went out over `over`; `text` names it, `effect` is the key of what asked for it."""

    type: Literal["MessageSent"] = "MessageSent"
    over: Channel
    text: str
    effect: str


class Told(Event):
    """Derived: the process tells the citizen `text`, by name; `deadline` is what {deadline} says in it."""

    type: Literal["Told"] = "Told"
    text: str
    deadline: datetime | None = None


class FactsErased(Event):
    """Derived: their retention has passed and what opened them is destroyed. `rule` is the retention, `P1Y`."""

    type: Literal["FactsErased"] = "FactsErased"
    facts: tuple[str, ...]
    rule: str

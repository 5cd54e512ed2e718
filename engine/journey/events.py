"""What can happen to a journey: past tense, each with time, actor, subject and channel as inputs.

    given from outside      JourneyStarted AnswerGiven AnswersWithdrawn ListClosed FactFetched FactDisputed
                            DisputeSettled HelpWanted PersonAsked ChannelSwitched ContactRecorded Represented
                            StepTaken SignalLeft TaskClaimed TaskReturned TaskFinished JudgementGiven DeadlinePassed
                            EffectDone EffectFailed
    derived by the reducer  PlaceEntered OutcomeSettled OutcomeUnsettled TaskOpened ClockSet

`engine.journey.reducer.advance` turns a given event into itself plus the derived ones;
`engine.journey.replay.replay` folds stored events (both kinds) without deriving anything, so a later
version of the engine never rewrites history. Values are canonical JSON (`fields.dump`): decimals and
dates as text.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue


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


class JourneyStarted(Event):
    type: Literal["JourneyStarted"] = "JourneyStarted"
    journey: str
    reference: str
    flow: str
    version: str
    language: str


class AnswerGiven(Event):
    """A fact was supplied by a citizen (or by a worker on the citizen's behalf: the actor tells)."""

    type: Literal["AnswerGiven"] = "AnswerGiven"
    fact: str
    value: JsonValue
    supplier: Supplier = Supplier.CITIZEN


class AnswersWithdrawn(Event):
    """The citizen takes answers back; they become UNKNOWN. Other answers stay as they are."""

    type: Literal["AnswersWithdrawn"] = "AnswersWithdrawn"
    facts: tuple[str, ...]


class ListClosed(Event):
    """The citizen says "that is all": the list has exactly `count` items."""

    type: Literal["ListClosed"] = "ListClosed"
    fact: str
    count: int


class FactFetched(Event):
    """A register (or the payment service: the actor tells) supplied a fact; `on` is the date for which it holds."""

    type: Literal["FactFetched"] = "FactFetched"
    fact: str
    value: JsonValue
    source: str
    on: str = ""


class FactDisputed(Event):
    type: Literal["FactDisputed"] = "FactDisputed"
    fact: str
    reason: str


class DisputeSettled(Event):
    """A worker settled a dispute; `value` is what holds from now on."""

    type: Literal["DisputeSettled"] = "DisputeSettled"
    fact: str
    value: JsonValue
    motive: str


class HelpWanted(Event):
    """The citizen says "weet ik niet": `leads_to` is `help`, `worker` or `value` as the flow says."""

    type: Literal["HelpWanted"] = "HelpWanted"
    fact: str
    leads_to: Literal["help", "worker", "value"]


class PersonAsked(Event):
    """The citizen wants a person: over which channel, when, about what."""

    type: Literal["PersonAsked"] = "PersonAsked"
    over: Channel
    preferred_time: str = ""
    about: str = ""
    contact: str = ""


class ChannelSwitched(Event):
    type: Literal["ChannelSwitched"] = "ChannelSwitched"
    to: Channel


class ContactRecorded(Event):
    """A contact moment (telephone call, desk visit), written down by a worker."""

    type: Literal["ContactRecorded"] = "ContactRecorded"
    over: Channel
    note: str = ""


class Represented(Event):
    """From now on somebody else acts for the subject. `name` is encrypted with the dossier."""

    type: Literal["Represented"] = "Represented"
    name: str
    relation: str


class StepTaken(Event):
    """A named step of the process (`submit`, `withdraw`, `propose`, `agree`, `object`, `pause` ...)."""

    type: Literal["StepTaken"] = "StepTaken"
    step: str
    outcome: str = ""
    motive: str = ""


class SignalLeft(Event):
    """Citizen or worker says what goes wrong at a step of this version."""

    type: Literal["SignalLeft"] = "SignalLeft"
    step: str
    text: str


class TaskClaimed(Event):
    type: Literal["TaskClaimed"] = "TaskClaimed"
    task: str


class TaskReturned(Event):
    type: Literal["TaskReturned"] = "TaskReturned"
    task: str
    reason: str = ""


class TaskFinished(Event):
    type: Literal["TaskFinished"] = "TaskFinished"
    task: str
    note: str = ""


class JudgementGiven(Event):
    """A worker supplied a fact that only a person can supply."""

    type: Literal["JudgementGiven"] = "JudgementGiven"
    fact: str
    value: JsonValue
    motive: str = ""
    task: str = ""


class DeadlinePassed(Event):
    """A clock ran out. `entry` numbers the entry of the place it belongs to; older entries do nothing."""

    type: Literal["DeadlinePassed"] = "DeadlinePassed"
    clock: str
    entry: int


class EffectDone(Event):
    type: Literal["EffectDone"] = "EffectDone"
    effect: str


class EffectFailed(Event):
    """All retries of an effect are used up; the reducer opens a task for a person."""

    type: Literal["EffectFailed"] = "EffectFailed"
    effect: str
    reason: str


class PlaceEntered(Event):
    """Derived: the process moved. `by_event` is the step or engine event that moved it."""

    type: Literal["PlaceEntered"] = "PlaceEntered"
    place: str
    by_event: str


class OutcomeSettled(Event):
    type: Literal["OutcomeSettled"] = "OutcomeSettled"
    outcome: str


class OutcomeUnsettled(Event):
    """An earlier answer was changed or disputed: the outcome is open again."""

    type: Literal["OutcomeUnsettled"] = "OutcomeUnsettled"


class TaskOpened(Event):
    """Derived: a person has work. `over` is set when the citizen asked for a person: then `due` is the promise."""

    type: Literal["TaskOpened"] = "TaskOpened"
    task: str
    kind: str
    reason: str
    skill: str = ""
    fact: str = ""
    due: datetime | None = None
    over: Channel | None = None
    preferred_time: str = ""
    about: str = ""


class ClockSet(Event):
    """Derived: a clock runs `until` that moment, or stops (None); of a legal term also what happened to it (`turn`)."""

    type: Literal["ClockSet"] = "ClockSet"
    clock: str
    until: datetime | None
    turn: TermTurn | None = None


AnyEvent = Annotated[
    JourneyStarted
    | AnswerGiven
    | AnswersWithdrawn
    | ListClosed
    | FactFetched
    | FactDisputed
    | DisputeSettled
    | HelpWanted
    | PersonAsked
    | ChannelSwitched
    | ContactRecorded
    | Represented
    | StepTaken
    | SignalLeft
    | TaskClaimed
    | TaskReturned
    | TaskFinished
    | JudgementGiven
    | DeadlinePassed
    | EffectDone
    | EffectFailed
    | PlaceEntered
    | OutcomeSettled
    | OutcomeUnsettled
    | TaskOpened
    | ClockSet,
    Field(discriminator="type"),
]

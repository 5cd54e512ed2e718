"""What can happen to a journey: past tense, each with time, actor, subject and channel as inputs.

    given from outside      JourneyStarted AnswerGiven AnswersWithdrawn ListClosed FactFetched FactDisputed
                            DisputeSettled HelpWanted PersonAsked ChannelSwitched ContactRecorded ReachGiven
                            Represented MandateEnded JourneyPaused JourneyResumed StepTaken SignalLeft TaskClaimed
                            TaskReturned TaskFinished JudgementGiven DeadlinePassed
    by the service          RegisterSilent MessageSent WorkNeeded EffectDone EffectFailed JourneyMigrated
    derived by the reducer  PlaceEntered OutcomeSettled OutcomeUnsettled TaskOpened ClockSet Told

`engine.journey.reducer.advance` turns a given event into itself plus the derived ones;
`engine.journey.replay.replay` folds stored events (both kinds) without deriving anything, so a later
version of the engine never rewrites history. Values are canonical JSON (`fields.dump`): decimals and
dates as text.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from engine.journey.events_base import (
    TERM,
    Actor,
    ActorKind,
    Channel,
    EffectDone,
    Event,
    FactsErased,
    Frozen,
    MessageSent,
    Supplier,
    TermTurn,
    Told,
)

__all__ = [
    "TERM",
    "Actor",
    "ActorKind",
    "AnswerGiven",
    "AnswersWithdrawn",
    "AnyEvent",
    "Channel",
    "ChannelSwitched",
    "ClockSet",
    "ContactRecorded",
    "DeadlinePassed",
    "DisputeSettled",
    "EffectDone",
    "EffectFailed",
    "Event",
    "FactDisputed",
    "FactFetched",
    "FactsErased",
    "Frozen",
    "HelpWanted",
    "JourneyMigrated",
    "JourneyPaused",
    "JourneyResumed",
    "JourneyStarted",
    "JudgementGiven",
    "ListClosed",
    "MandateEnded",
    "MessageSent",
    "OutcomeSettled",
    "OutcomeUnsettled",
    "PersonAsked",
    "PlaceEntered",
    "ReachGiven",
    "RegisterSilent",
    "Represented",
    "Scope",
    "SignalLeft",
    "StepTaken",
    "Supplier",
    "TaskClaimed",
    "TaskFinished",
    "TaskOpened",
    "TaskReturned",
    "TermTurn",
    "Told",
    "WorkKind",
    "WorkNeeded",
]

Scope = Literal["read", "answer", "all"]
"""What a mandate allows: see everything; answer and ask too; everything but giving a mandate."""

WorkKind = Literal["tell_phone", "send_letter", "send_decision", "mail_refused", "hand_over", "pay_out", "collect"]
"""Work that an effect becomes where no system carries it out: see docs/channels.md."""


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
    confirms: bool = False  # it says what a register said (`confirm: ask`); set by the reducer


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
    """Somebody may act for the citizen, who stays the party and can end it (Awb 2:1); `scope`: what they may do."""

    type: Literal["Represented"] = "Represented"
    mandate: str
    name: str
    relation: str = ""
    scope: Scope = "answer"
    until: datetime


class MandateEnded(Event):
    """The citizen, or who acts, ends it. Codes and open pages of that mandate open nothing from then on."""

    type: Literal["MandateEnded"] = "MandateEnded"
    mandate: str


class JourneyPaused(Event):
    """The citizen stops for a while: the clock of the citizen's turn stands still, no reminders, until `until`."""

    type: Literal["JourneyPaused"] = "JourneyPaused"
    until: datetime


class JourneyResumed(Event):
    """The citizen goes on before the pause is over; answering does that too."""

    type: Literal["JourneyResumed"] = "JourneyResumed"


class ReachGiven(Event):
    """Where the citizen wants to be told; an `address` of "" takes it back."""

    type: Literal["ReachGiven"] = "ReachGiven"
    over: Channel
    address: str


class RegisterSilent(Event):
    """A register that should supply `fact` cannot be reached now: the next supplier is asked meanwhile."""

    type: Literal["RegisterSilent"] = "RegisterSilent"
    fact: str
    source: str


class WorkNeeded(Event):
    """What no system carries out here, a person does: a call, a letter, a handover, a payment."""

    type: Literal["WorkNeeded"] = "WorkNeeded"
    work: WorkKind
    about: str
    effect: str


class JourneyMigrated(Event):
    """The journey goes on by another version of its flow; everything it knows was checked against that version."""

    type: Literal["JourneyMigrated"] = "JourneyMigrated"
    version: str
    before: str


class StepTaken(Event):
    """A named step of the process (`submit`, `withdraw`, `propose`, `agree`, `object`, `pause` ...)."""

    type: Literal["StepTaken"] = "StepTaken"
    step: str
    outcome: str = ""
    motive: str = ""
    on_behalf: bool = False  # a worker takes the citizen's own step, as told on the phone or at the desk


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


class EffectFailed(Event):
    """All retries of an effect are used up; the reducer opens a task for a person.

    `reason` is the kind of effect, `about` what it was about (a text, an outcome, a fact), `why` what went wrong at the
    last try: the name of the error, never its words.
    """

    type: Literal["EffectFailed"] = "EffectFailed"
    effect: str
    reason: str
    about: str = ""
    why: str = ""


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
    """Derived: a person has work. `over`: the citizen asked, `due` is the promise; `unreachable`: no number known."""

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
    unreachable: bool = False


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
    | MandateEnded
    | JourneyPaused
    | JourneyResumed
    | ReachGiven
    | RegisterSilent
    | MessageSent
    | WorkNeeded
    | JourneyMigrated
    | StepTaken
    | SignalLeft
    | TaskClaimed
    | TaskReturned
    | TaskFinished
    | JudgementGiven
    | FactsErased
    | Told
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

"""Process, channels, contact and promises: where a journey is, how people meet, what is promised.

Steps stay text here; `engine.graph` turns the pipe table into transitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from engine.flow.model_base import Duration, Expression, Frozen, Name, Names, PipeTable, Several, Span, Text


class Place(Frozen):
    """Where a journey can be. One clock: `within`, `until` or `under`."""

    who: Literal["citizen", "worker"] = Field(description="Who has the move.")
    does: Literal["questions", "check", "judge", "outcome", "wait"] = Field(description="What they do there.")
    title: Text = Field(description="What people see.")
    within: Duration | None = Field(None, description="A clock: how long this may take.")
    until: Expression | None = Field(None, description="A clock: an expression that gives a date.")
    under: str = Field("", description="A clock: a name under `terms`.")
    remind: Duration | None = Field(None, description="How long before the end a reminder is sent.")
    suspends: str = Field("", description="A term that stands still while the journey is here.")
    skill: str = Field("", description="The skill of the worker who has the move.")

    @model_validator(mode="after")
    def _one_clock(self) -> Place:
        if sum((self.within is not None, self.until is not None, bool(self.under))) > 1:
            raise PydanticCustomError("at_most_one_of", "at most one is allowed", {"keys": "within, until, under"})
        return self


class Term(Frozen):
    """A legal term over several places, counted by the Algemene termijnenwet."""

    starts: str = Field(description="The event that starts it.")
    ends: Names = Field(description="Events or places that end it.")
    length: Duration = Field(description="How long: P8W.")
    source: str = Field("", description="A name under `sources`.")


class Process(Frozen):
    """Places, ends, terms and one table of steps; `from` says what it changes."""

    base: Literal["standard@1", "none"] = Field("standard@1", alias="from", description="What it starts from.")
    places: Mapping[Name, Place] = Field(default_factory=dict, description="Where a journey can be.")
    ends: Mapping[Name, Text] = Field(default_factory=dict, description="Final places with their title.")
    terms: Mapping[Name, Term] = Field(default_factory=dict, description="Legal terms over several places.")
    steps: PipeTable | None = Field(None, description="Columns from, event, by, if, to, do.")


class ChannelName(StrEnum):
    """The ways in which a citizen and the organisation meet."""

    WEB = "web"
    PHONE = "phone"
    DESK = "desk"
    LETTER = "letter"
    EMAIL = "email"


class ChannelTerms(Frozen):
    """How one channel is reached, and when."""

    number: str = Field("", description="A telephone number.")
    where: str = Field("", description="An address.")
    open: Annotated[tuple[str, ...], Several] = Field((), description="Opening hours: mo-fr 08:30-17:00.")
    answer: Span | None = Field(None, description="Within how long there is an answer.")


class Contact(Frozen):
    """Other words and norms for one of the four things that are always possible."""

    over: Annotated[tuple[ChannelName, ...], Several] = Field((), description="Over which channels.")
    skill: str = Field("", description="The skill of the person.")
    within: Span | None = Field(None, description="How soon.")
    tell: Text | None = Field(None, description="What the citizen reads; {deadline} is the promise.")
    late: str = Field("", description="A task, when it was not kept.")


ContactKind = Literal["ask_person", "switch_channel", "dispute", "signal"]


class Never(Frozen):
    """`never: {outcome: x, when: ...}`"""

    outcome: str = Field(description="An outcome.")
    when: Expression = Field(description="An expression.")


class More(Frozen):
    """`more: {fact: x, never_better_for_citizen: yes}`: a higher value never gives a higher (or lower) rank."""

    fact: str = Field(description="A fact with an order: a number, an amount, a date.")
    never_better_for_citizen: Literal["yes", "no"] = Field(
        "no", description="yes: more of it never gives a higher rank."
    )
    never_worse_for_citizen: Literal["yes", "no"] = Field("no", description="yes: more of it never gives a lower rank.")


class Every(Frozen):
    """`every: {outcome: x, passes: place}`: nobody is given this outcome before one of these places was passed."""

    outcome: str = Field(description="An outcome.")
    passes: Annotated[tuple[str, ...], Several, Field(min_length=1)] = Field(
        description="A place of the process, or several of which one will do."
    )


class WithinPromise(Frozen):
    """`within: {from: event, to: place, length: P8W}`"""

    start: str = Field(alias="from", description="An event of the process.")
    to: Annotated[tuple[str, ...], Several, Field(min_length=1)] = Field(
        description="A place of the process, or several of which one will do."
    )
    length: Duration = Field(description="How long it may take at most: P8W.")


class Always(Frozen):
    """`always: {event: x, reaches: worker}`, or an expression that is true for every citizen: `always: bedrag <= 1000`.

    An expression is not broken where a fact makes it null: what there is none of is not too much.
    """

    event: str = Field("", description="An event of the process.")
    reaches: str = Field("", description="worker: somebody has the move or a task.")
    holds: Expression | None = Field(None, description="An expression, true for every citizen.")

    @model_validator(mode="before")
    @classmethod
    def _of_expression(cls, value: Any) -> Any:
        return {"holds": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_form(self) -> Always:
        if (self.holds is None) != bool(self.event and self.reaches) or (self.holds and (self.event or self.reaches)):
            raise PydanticCustomError("one_of", "exactly one is needed", {"keys": "event and reaches, holds"})
        return self


class Promise(Frozen):
    """One thing that `prove` checks for every citizen: exactly one of the five."""

    never: Never | None = Field(None, description="This outcome never comes when that holds.")
    more: More | None = Field(None, description="A higher value is never better (or never worse).")
    every: Every | None = Field(None, description="Who gets this outcome passed that place.")
    within: WithinPromise | None = Field(None, description="From event to place within a length.")
    always: Always | None = Field(None, description="After this event a person is reached.")

    @model_validator(mode="before")
    @classmethod
    def _is_mapping(cls, value: Any) -> Any:
        if isinstance(value, str):
            raise PydanticCustomError("promise_shape", "a promise is a key with its parts")
        return value

    @model_validator(mode="after")
    def _exactly_one(self) -> Promise:
        kinds = (self.never, self.more, self.every, self.within, self.always)
        if sum(kind is not None for kind in kinds) != 1:
            keys = "never, more, every, within, always"
            raise PydanticCustomError("one_of", "exactly one is needed", {"keys": keys})
        return self

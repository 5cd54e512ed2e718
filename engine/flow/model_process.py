"""Process, channels, contact and promises: where a journey is, how people meet, what is promised.

Steps stay text here; `engine.graph` turns the pipe table into transitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from engine.flow.model_base import Duration, Expression, Frozen, Name, Names, PipeTable, Several, Span, Text


class Place(Frozen):
    """Where a journey can be. One clock: `within`, `until` or `under`."""

    LATER: ClassVar[frozenset[str]] = frozenset({"at_least", "needs"})

    who: Literal["citizen", "worker"] = Field(description="Who has the move.")
    does: Literal["questions", "check", "judge", "outcome", "wait"] = Field(description="What they do there.")
    title: Text = Field(description="What people see.")
    within: Duration | None = Field(None, description="A clock: how long this may take.")
    until: Expression | None = Field(None, description="A clock: an expression that gives a date.")
    at_least: Duration | None = Field(
        None, description="Of `until`: how long there is at least, however near that day."
    )
    under: str = Field("", description="A clock: a name under `terms`.")
    remind: Duration | None = Field(None, description="How long before the end a reminder is sent.")
    suspends: str = Field("", description="A term that stands still while the journey is here.")
    skill: str = Field("", description="The skill of the worker who has the move.")
    needs: Names = Field((), description="Of questions: what is asked here, and nothing else.")

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


Party = Literal["citizen", "worker", "payment", "clock", "engine", "register", "process"]


class Moments(Frozen):
    """Which steps of the process a promise is about: those of an event, those that enter a place, or both."""

    event: Names = Field((), description="One of these events of the process.")
    enters: Names = Field((), description="A step that leads into one of these places or ends.")
    sources: Names = Field((), alias="in", description="Only while the journey is in one of these places.")

    @property
    def any_step(self) -> bool:
        """Whether it names any step at all."""
        return bool(self.event or self.enters)


class Never(Moments):
    """`never: {outcome: x, when: ...}`, or of a step: `never: {enters: making, when: not(gezien)}`."""

    outcome: str = Field("", description="An outcome that does not come when that holds.")
    does: Names = Field((), description="A step that does this: `task bel_terug`, or `tell` for any text.")
    when: Expression | None = Field(None, description="An expression; of a step it may be left out.")

    @model_validator(mode="after")
    def _one_form(self) -> Never:
        step = self.any_step or bool(self.does)
        if bool(self.outcome) == step or (self.outcome and (self.when is None or self.sources)):
            keys = "outcome with when, event or enters or does"
            raise PydanticCustomError("one_of", "exactly one is needed", {"keys": keys})
        return self


class More(Frozen):
    """`more: {fact: x, never_better_for_citizen: yes}`: a higher value never gives a higher (or lower) rank."""

    fact: str = Field(description="A fact with an order: a number, an amount, a date.")
    never_better_for_citizen: Literal["yes", "no"] = Field(
        "no", description="yes: more of it never gives a higher rank."
    )
    never_worse_for_citizen: Literal["yes", "no"] = Field("no", description="yes: more of it never gives a lower rank.")


class Every(Frozen):
    """`every: {outcome: x, passes: place}`: nobody is given this outcome before one of these was passed."""

    outcome: Names = Field((), description="An outcome, or several that this holds for.")
    enters: Names = Field((), description="Instead of an outcome: places or ends that nobody enters before.")
    passes: Names = Field((), description="A place or an event of the process, or several of which one will do.")
    does: Names = Field((), description="What the step that gives the outcome does as well: `pay uitkering`.")
    knows: Names = Field((), description="Facts that are asked before the outcome is handled, decisions told with it.")

    @model_validator(mode="after")
    def _one_form(self) -> Every:
        if bool(self.outcome) == bool(self.enters):
            raise PydanticCustomError("one_of", "exactly one is needed", {"keys": "outcome, enters"})
        if not (self.passes or (self.outcome and (self.does or self.knows))):
            keys = "passes; of an outcome also does, knows"
            raise PydanticCustomError("at_least_one_of", "at least one is needed", {"keys": keys})
        return self


class WithinPromise(Frozen):
    """`within: {from: event, to: place, length: P8W}`; `to: worker`: a person has it done by then."""

    start: Annotated[tuple[str, ...], Several, Field(min_length=1)] = Field(
        alias="from", description="An event of the process, or a place that is entered; of several each."
    )
    to: Annotated[tuple[str, ...], Several, Field(min_length=1)] = Field(
        description="A place, or something done (`publish outcome`), of several one will do; `worker`: the task opened."
    )
    when: Expression | None = Field(None, description="Only for those for whom this is true as it begins.")
    length: Span = Field(description="How long it may take at most: P8W; of `worker` also `{working_hours: 4}`.")


class Always(Moments):
    """`always: {event: x, reaches: worker}`, or an expression that is true for every citizen: `always: bedrag <= 1000`.

    An expression is not broken where a fact makes it null: what there is none of is not too much.
    """

    outcome: Names = Field((), description="Only with one of these outcomes.")
    reaches: Names = Field(
        (), description="worker: somebody has the move or a task; or where it leads, one of these; stay: nowhere else."
    )
    skill: str = Field("", description="The skill of the person whom it reaches.")
    does: Names = Field((), description="All that is done: `tell besluit`, or `tell` for any text.")
    by: Annotated[tuple[Party, ...], Several] = Field(
        (),
        description="Whose step: `citizen`, `worker`, `payment`, `clock` or `engine`; of a fact who supplies it.",
    )
    apart_from: Names = Field((), description="Events whose worker may not take this one too: four eyes.")
    fact: Names = Field((), description="Instead of a step: facts that only `by` supply, in this order.")
    unsure: Literal["", "worker"] = Field("", description="worker: whoever does not know the fact is helped by one.")
    holds: Expression | None = Field(None, description="An expression, true for every citizen.")

    @model_validator(mode="before")
    @classmethod
    def _of_expression(cls, value: Any) -> Any:
        return {"holds": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_form(self) -> Always:
        of_step = bool(self.reaches or self.skill or self.does or self.apart_from)
        forms = (
            self.holds is not None,
            bool(self.fact and (self.by or self.unsure)),
            self.any_step and (of_step or bool(self.by)),
        )
        step = self.any_step or of_step or bool(self.sources or self.outcome)
        parts = (self.holds is not None, bool(self.fact or self.unsure), step)
        if sum(forms) != 1 or sum(parts) != 1:
            keys = "event or enters, with reaches, skill, does, by or apart_from; fact with by or unsure; holds"
            raise PydanticCustomError("one_of", "exactly one is needed", {"keys": keys})
        return self


class May(Frozen):
    """`may: {step: object, in: refused}`: a right that nobody loses; `not_in`: everywhere else, ends apart."""

    step: str = Field(description="A step of the citizen, or a payment.")
    by: Literal["citizen", "worker"] = Field("citizen", description="Who can take it.")
    places: Names = Field((), alias="in", description="In each of these places it can be taken.")
    others: Names = Field((), alias="not_in", description="Instead of `in`: in every place but these.")
    when: Expression | None = Field(None, description="By everybody for whom this is true; left out: by everybody.")
    reaches: Names = Field((), description="And it leads to one of these; left out: anywhere, or nowhere.")

    @model_validator(mode="after")
    def _one_form(self) -> May:
        if bool(self.places) == bool(self.others):
            raise PydanticCustomError("one_of", "exactly one is needed", {"keys": "in, not_in"})
        return self


class Promise(Frozen):
    """One thing that `prove` checks for every citizen: exactly one of the seven."""

    never: Never | None = Field(None, description="This outcome, or this step, never comes when that holds.")
    more: More | None = Field(None, description="A higher value is never better (or never worse).")
    every: Every | None = Field(None, description="Who gets this outcome, or comes there, passed that place.")
    within: WithinPromise | None = Field(None, description="From event to place within a length.")
    always: Always | None = Field(None, description="What comes with a step; or an expression that always holds.")
    may: May | None = Field(None, description="This step can be taken there, by everybody.")
    possible: Expression | None = Field(None, description="An expression that is true for somebody.")

    @model_validator(mode="before")
    @classmethod
    def _is_mapping(cls, value: Any) -> Any:
        if isinstance(value, str):
            raise PydanticCustomError("promise_shape", "a promise is a key with its parts")
        return value

    @model_validator(mode="after")
    def _exactly_one(self) -> Promise:
        kinds = (self.never, self.more, self.every, self.within, self.always, self.may, self.possible)
        if sum(kind is not None for kind in kinds) != 1:
            keys = "never, more, every, within, always, may, possible"
            raise PydanticCustomError("one_of", "exactly one is needed", {"keys": keys})
        return self

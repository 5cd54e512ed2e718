"""A process, resolved: places, ends, terms and one flat list of steps. Immutable; nothing compiled yet.

    flow file `process:`  --engine.graph.process_resolve.resolve-->  Process  --engine.journey.machine-->  machine

How it works, in the words of the flow file:
    place    where a journey is; one party has the move (`who`), and one clock runs (`within`, `until`, `under`)
    end      a final place: no clock; a step may still lead away from it (a late objection)
    step     in place `source`, when `event` happens by `by` and the guard holds: go to `to` (or stay), do `do`
    term     a legal term over several places. It starts with its event, when that event leads to a place that
             is no end; it ends with one of its events or on entering one of its places, and may then start anew;
             it stands still in a place that `suspends` it. A place `under` a term has the term as its clock:
             `late` there is the term's lapse, `late:TERM` is the lapse elsewhere; where the term does not run,
             it has no clock
    always   ask_person, switch_channel, dispute, signal: in every place and end; they never change the place.

Steps of one event from one place are tried in their order. The journey starts in the first place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from engine.errors import Where
from engine.flow.model import Place, Term, Text


class By(StrEnum):
    """Whose event it is."""

    CITIZEN = "citizen"
    WORKER = "worker"
    PAYMENT = "payment"
    ENGINE = "engine"
    CLOCK = "clock"


class Do(StrEnum):
    """What a step has done. The list is closed."""

    TELL = "tell"
    PUBLISH = "publish"
    TASK = "task"
    PAY = "pay"
    COLLECT = "collect"
    FETCH = "fetch"
    EXTEND = "extend"
    HAND_OVER = "hand_over"


class When(StrEnum):
    """How a step is guarded: not (`-`), by what is left (`else`), or by an expression."""

    ALWAYS = "-"
    ELSE = "else"
    IF = "if"


ALWAYS_THERE = ("ask_person", "switch_channel", "dispute", "signal")
ENGINE_EVENTS = ("settled", "needs_worker")
LATE = "late"
LATE_TERM = "late:"
OUTCOME = "outcome"
STANDARD = "standard@1"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: `task beoordelen`."""

    kind: Do
    what: str

    def __str__(self) -> str:
        return f"{self.kind} {self.what}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step from one place. `to` is "" for `stay`; `guard` is FEEL text when `when` is IF.

    `where` is the guard's place
    where there is one, else the row's. `not_by`: the worker who last took one of these events may not take this one
    (four eyes).
    """

    source: str
    event: str
    by: By
    when: When
    to: str
    do: tuple[Action, ...] = ()
    guard: str = ""
    not_by: tuple[str, ...] = ()
    where: Where = field(default=Where(), compare=False)

    def guard_at(self, offset: int) -> Where:
        """The place of a character of the guard in the file."""
        return Where(self.where.file, self.where.line, self.where.column + offset)

    @property
    def internal(self) -> bool:
        """Whether the journey stays where it is."""
        return not self.to

    @property
    def target(self) -> str:
        """Where the journey is afterwards."""
        return self.to or self.source

    def does(self, kind: Do) -> tuple[str, ...]:
        """What this step does of one kind: the ids behind `task`, say."""
        return tuple(action.what for action in self.do if action.kind is kind)


@dataclass(frozen=True)
class Process:
    """A resolved process. `marks` finds places, ends and terms in the file."""

    places: Mapping[str, Place]
    ends: Mapping[str, Text]
    terms: Mapping[str, Term]
    steps: tuple[Step, ...]
    marks: Mapping[str, Where] = field(default_factory=dict, compare=False)

    @property
    def start(self) -> str:
        """The place in which a journey begins."""
        return next(iter(self.places))

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Step, ...]]:
        """Steps per place and end, in their order."""
        found: dict[str, list[Step]] = {name: [] for name in (*self.places, *self.ends)}
        for step in self.steps:
            found[step.source].append(step)
        return {name: tuple(steps) for name, steps in found.items()}

    @cached_property
    def events(self) -> tuple[str, ...]:
        """Every event of a step, in the order of the steps; those that are always there are not among them."""
        return tuple(dict.fromkeys(step.event for step in self.steps))

    def rows(self, source: str, event: str) -> tuple[Step, ...]:
        """The steps of one event from one place, in the order in which they are tried."""
        return tuple(step for step in self.by_source[source] if step.event == event)

    def is_end(self, name: str) -> bool:
        return name in self.ends

    def title(self, name: str) -> Text:
        """What people see of a place or an end."""
        return self.places[name].title if name in self.places else self.ends[name]

    def where(self, name: str) -> Where:
        """Where a place, end or term is written; what the flow does not write comes from the standard."""
        return self.marks.get(name, Where(STANDARD))

    def as_json(self) -> dict[str, object]:
        """Everything that has meaning, as plain JSON values: part of a flow's content hash."""
        return {
            "places": {name: _plain_place(place) for name, place in self.places.items()},
            "ends": {name: title.model_dump(mode="json") for name, title in self.ends.items()},
            "terms": {name: term.model_dump(mode="json") for name, term in self.terms.items()},
            "steps": [list(plain_step(step)) for step in self.steps],
        }


def _plain_place(place: Place) -> dict[str, object]:
    """A place as plain JSON values; keys that the language got later only where something stands in them."""
    return {key: own for key, own in place.model_dump(mode="json").items() if own or key not in Place.LATER}


def plain_step(step: Step) -> Iterator[object]:
    """A step as plain JSON values."""
    yield from (step.source, step.event, step.by.value, list(step.not_by), step.when.value, step.guard, step.to)
    yield [[action.kind.value, action.what] for action in step.do]

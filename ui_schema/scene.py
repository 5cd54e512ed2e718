"""Everything that a page is made from, worked out once: the journey, what can be done, who looks, when.

`Wanted` is what the visitor asks to see; without it the page is whatever comes next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from engine.graph.graph import Graph
from engine.graph.view import View
from engine.journey.events import Actor, ActorKind, Channel, Event
from engine.journey.facts import view_of
from engine.journey.options import Options, options
from engine.journey.state import Journey
from ui_schema.build_fields import Attempt
from ui_schema.house import VOORBEELD, House
from ui_schema.page import FieldError, PageKind, Saved
from ui_schema.shape import JourneyRef, Language, LanguageChoice, Notice

CITIZEN = Actor(kind=ActorKind.CITIZEN)
OWN_NAMES = {Language.NL: "Nederlands", Language.EN: "English"}


@dataclass(frozen=True)
class Wanted:
    """What is asked for. `now` is aware UTC; `history` are the journey's events, for a timeline."""

    now: datetime
    kind: PageKind | None = None
    fact: str = ""
    asked: tuple[str, ...] = ()  # the facts of a form that is shown again
    step: str = ""
    over: str = ""
    attempt: Attempt = field(default_factory=Attempt)
    tries: int = 0
    errors: tuple[FieldError, ...] = ()
    notices: tuple[Notice, ...] = ()
    history: tuple[Event, ...] = ()
    saved: Saved | None = None
    about: str = ""  # for whom the code is, when it is not for the citizen
    house: House = VOORBEELD
    actor: Actor = CITIZEN
    talk: Channel | None = None  # a worker goes through it with the citizen, over this channel


@dataclass(frozen=True)
class Scene:
    """A journey as one visitor sees it at one moment."""

    graph: Graph
    journey: Journey
    language: Language
    wanted: Wanted

    @cached_property
    def view(self) -> View:
        return view_of(self.graph, self.journey)

    @cached_property
    def options(self) -> Options:
        return options(self.graph, self.journey, self.wanted.actor, self.wanted.now)

    @property
    def now(self) -> datetime:
        return self.wanted.now

    @property
    def reference(self) -> JourneyRef:
        """The journey as pages name it."""
        own = self.journey
        return JourneyRef(
            id=own.id,
            reference=own.reference,
            flow=own.flow,
            version=own.version,
            revision=own.seq,
            place=own.place,
            channel=str(own.channel),
            question=self.graph.flow.question.in_(self.language.value),
        )


def languages(current: Language) -> tuple[LanguageChoice, ...]:
    """The languages to choose from, each by its own name."""
    return tuple(LanguageChoice(code=code, name=name, current=code is current) for code, name in OWN_NAMES.items())

"""A citizen's page as data: everything that a screen, a letter or a voice needs, and nothing else.

All HTML is drawn from this model and the HTTP API sends it as it is. `ui_schema.page()` makes it; the kinds:

    home      the citizens' questions           start     what to expect before a journey begins
    question  one question (or one group)       list      the items of a repeated group so far
    choose    every question that is open now   check     check your answers, then send
    outcome   the answer, with its reasons      status    what happened, what next, by when, by whom
    contact   speak to a person                 saved     bewaard, with the code to go on
    resume    go on with a code                 dispute   say what is wrong with a known fact
    signal    say what goes wrong here          confirm   before what cannot be taken back
    pause     stop for a while                  reach     where to be told
    mandate   who may act for you               remedy    against a determination: kind, where, until when
    letter    the open questions on paper       takeIn    what came back on paper, filled in by a worker
    demo      only in the demo: sign in as somebody made up
    error     something could not be done, with the way to a person
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from ui_schema.fields import Field, Form, Message
from ui_schema.outcome import OutcomeView
from ui_schema.shape import (
    Action,
    JourneyRef,
    Language,
    LanguageChoice,
    Moment,
    Notice,
    Organisation,
    Progress,
    Promise,
    Shape,
)


class PageKind(StrEnum):
    HOME = "home"
    START = "start"
    QUESTION = "question"
    LIST = "list"
    CHOOSE = "choose"
    CHECK = "check"
    OUTCOME = "outcome"
    STATUS = "status"
    CONTACT = "contact"
    SAVED = "saved"
    RESUME = "resume"
    DISPUTE = "dispute"
    SIGNAL = "signal"
    CONFIRM = "confirm"
    PAUSE = "pause"
    REACH = "reach"
    MANDATE = "mandate"
    REMEDY = "remedy"
    LETTER = "letter"
    TAKE_IN = "takeIn"
    DEMO = "demo"
    ERROR = "error"


class FlowCard(Shape):
    """One question that citizens come with."""

    flow: str
    question: str
    lead: str = ""
    topic: str = ""
    action: Action


class FieldError(Shape):
    """A line of the error summary: which field, which part, what to do."""

    field: str
    message: Message


class AnswerLine(Shape):
    """An answer so far, as people read it."""

    fact: str
    label: str
    text: str
    items: tuple[str, ...] = ()
    supplier: str = ""
    on: str = ""
    disputed: str = ""
    counts: bool = True  # False: kept, but it takes no part in the outcome now
    change: Action | None = None
    dispute: Action | None = None
    file: Action | None = None  # to see what was sent in; its label is the name of the file


class AnswerGroup(Shape):
    """Answers under one heading; a heading of "" is the ungrouped rest."""

    title: str
    lines: tuple[AnswerLine, ...]


class ListItem(Shape):
    """One item of a repeated group: its number from 1, its own name, its answers."""

    number: int
    title: str
    lines: tuple[AnswerLine, ...] = ()
    change: Action | None = None
    remove: Action | None = None


class ListView(Shape):
    fact: str
    label: str
    why: str = ""
    help: str = ""
    items: tuple[ListItem, ...] = ()
    add: Action | None = None
    done: Action
    errors: tuple[Message, ...] = ()


class OpeningLine(Shape):
    days: str
    hours: str


class ContactWay(Shape):
    """One way to reach a person. `dial` is a telephone number as dialled, "" for other channels."""

    channel: str
    title: str
    detail: str = ""
    dial: str = ""
    email: str = ""
    opening: tuple[OpeningLine, ...] = ()
    open_now: bool | None = None
    now: str = ""  # "Nu open tot 17.00 uur" or when it opens next
    promise: Promise | None = None
    digital: bool = False
    action: Action | None = None


class ContactView(Shape):
    """The ways to a person, the promise, and what was already agreed."""

    title: str
    lead: str
    ways: tuple[ContactWay, ...]
    tell: str = ""  # what the person will know already
    asked: tuple[Promise, ...] = ()
    form: Form | None = None
    action: Action


class Saved(Shape):
    """How to go on later. `code` is shown once; `qr` is the address to encode, "" if there is none."""

    code: str
    reference: str
    until: str = ""
    where: str = ""
    qr: str = ""
    keep: str = ""  # what to do with it, when that is not the usual
    leave: Action | None = None  # on a computer of others: this browser opens it no longer


class MandateLine(Shape):
    """Somebody who may act for the citizen: who, how far, until when, and the way to end it."""

    name: str
    relation: str = ""
    scope: str
    until: str
    end: Action | None = None


class TalkBar(Shape):
    """Above a page that a worker goes through together with the citizen: over which channel, and what can be done."""

    title: str
    text: str
    over: str
    actions: tuple[Action, ...] = ()
    close: Form


class Page(Shape):
    """One page. Parts that do not apply are empty."""

    kind: PageKind
    language: Language
    languages: tuple[LanguageChoice, ...]
    title: str
    lead: str = ""
    organisation: Organisation
    written: str = ""  # the date of a letter, in words
    made: datetime  # the moment for which opening hours and deadlines were worked out, aware UTC
    journey: JourneyRef | None = None
    progress: Progress | None = None
    disclaimer: str = ""  # what the flow wants said on every page, such as that it is an example
    notices: tuple[Notice, ...] = ()
    errors: tuple[FieldError, ...] = ()
    cards: tuple[FlowCard, ...] = ()
    form: Form | None = None
    known: tuple[Field, ...] = ()  # what registers said already, each with its source and "klopt niet"
    list: ListView | None = None
    choices: tuple[Action, ...] = ()  # the other questions that are open now
    answers: tuple[AnswerGroup, ...] = ()
    outcome: OutcomeView | None = None
    promises: tuple[Promise, ...] = ()
    timeline: tuple[Moment, ...] = ()
    saved: Saved | None = None
    contact: ContactView | None = None
    mandates: tuple[MandateLine, ...] = ()
    talk: TalkBar | None = None
    primary: Action | None = None
    actions: tuple[Action, ...] = ()
    back: Action | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields to fill in on this page."""
        return self.form.fields if self.form else ()

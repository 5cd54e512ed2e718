"""A worker's pages as data: the way in, the worklist, and one task with the whole journey in view.

signIn    sign in
worklist  tasks in order of promise, each with why it is here
task      one task: answers with supplier, source and date, open questions, history, reasons, what to do
talk      begin a conversation: find a journey by its reference, or begin one for who calls or comes by
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from ui_schema.fields import Form
from ui_schema.outcome import OutcomeView
from ui_schema.page import AnswerGroup, FieldError
from ui_schema.shape import (
    Action,
    JourneyRef,
    Language,
    LanguageChoice,
    Moment,
    Notice,
    Organisation,
    Promise,
    Shape,
)


class WorkKind(StrEnum):
    SIGN_IN = "signIn"
    WORKLIST = "worklist"
    TASK = "task"
    TALK = "talk"
    ERROR = "error"


class Filter(Shape):
    """One choice of a filter of the worklist; `to` is its value, `count` the tasks it leaves (None: not counted)."""

    label: str
    to: str
    current: bool = False
    count: int | None = None


class FilterGroup(Shape):
    name: str
    label: str
    filters: tuple[Filter, ...]


class Kept(Shape):
    """Something in force that a search leaves as it is."""

    name: str
    value: str


class Search(Shape):
    """What narrows the worklist besides its filters, sent with GET: choices, and the reference of one journey.

    Of its `choices`, `to` of a filter is the value alone. `wrong` says why the reference is none; `clear` is the query
    that leaves everything out, "" when nothing is in force.
    """

    kept: tuple[Kept, ...] = ()
    choices: tuple[FilterGroup, ...] = ()
    name: str
    label: str
    value: str = ""
    wrong: str = ""
    submit: str
    clear: str = ""
    clear_label: str = ""


class Claim(StrEnum):
    FREE = "free"
    MINE = "mine"
    TAKEN = "taken"
    FINISHED = "finished"


class TaskRow(Shape):
    """A task in the list. `reason` says why a person is needed; `promise` what was promised to the citizen."""

    task: str
    journey: str
    reference: str
    title: str
    reason: str
    flow: str
    promise: Promise
    skill: str = ""
    channel: str = ""
    claim: Claim = Claim.FREE
    claimed_by: str = ""
    open: Action
    take: Action | None = None


class Failure(Shape):
    """What the product gave up after many tries: what it was, what stood in the way, what a person does about it."""

    what: str
    why: str
    do: str


class TaskView(Shape):
    """The task in hand. `about` is the label of the fact that it is to supply, "" if it is no judgement."""

    row: TaskRow
    about: str = ""
    asked: str = ""  # what the citizen said when asking for a person
    failed: Failure | None = None  # what did not work, when that is why the task is there
    call: str = ""  # how to reach the citizen: a number, or an e-mail address
    no_number: str = ""  # that nobody knows one, and what to do then
    preferred_time: str = ""
    judge: tuple[Form, ...] = ()
    fill_in: tuple[Form, ...] = ()  # open questions in the words to say, to be filled in on the citizen's behalf
    propose: Form | None = None
    finish: Form | None = None
    give_back: Form | None = None
    contact_note: Form | None = None
    talk: tuple[Form, ...] = ()  # go through it together with the citizen, over each channel
    steps: tuple[Form, ...] = ()  # other named steps of the process that the worker may take now


class WorkPage(Shape):
    """One page for a worker. Parts that do not apply are empty."""

    kind: WorkKind
    language: Language
    languages: tuple[LanguageChoice, ...]
    title: str
    lead: str = ""
    organisation: Organisation
    made: datetime
    worker: str = ""
    disclaimer: str = ""
    notices: tuple[Notice, ...] = ()
    errors: tuple[FieldError, ...] = ()
    form: Form | None = None
    forms: tuple[Form, ...] = ()
    filters: tuple[FilterGroup, ...] = ()
    search: Search | None = None
    rows: tuple[TaskRow, ...] = ()
    empty: str = ""
    more: Action | None = None
    task: TaskView | None = None
    journey: JourneyRef | None = None
    answers: tuple[AnswerGroup, ...] = ()
    outcome: OutcomeView | None = None
    promises: tuple[Promise, ...] = ()
    timeline: tuple[Moment, ...] = ()
    actions: tuple[Action, ...] = ()
    back: Action | None = None

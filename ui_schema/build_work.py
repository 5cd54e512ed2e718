"""A worker's pages from tasks and journeys: the worklist, and one task with everything that is known.

    task_row(desk, task, graph)      a row of the worklist (`ui_schema.build_worklist`)
    task_page(scene, task, ...)      the scene's actor is the worker, so that the options are the worker's
    sign_in_page(...)                the way in

Called by `api.web.worker`. What a worker may do is `Scene.options`; nothing here decides it anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from engine.flow.fields import FIELDS
from engine.flow.keys import read_key
from engine.flow.model import Fact, FactType
from engine.flow.slots import Notation
from engine.graph.graph import Graph
from engine.journey import events as ev
from ui_schema import build_work_forms as forms
from ui_schema.build_answers import answer_groups
from ui_schema.build_failed import failure, gave_up_on
from ui_schema.build_outcome import outcome_view
from ui_schema.build_status import promises, timeline
from ui_schema.fields import Control, Field, Form, Message
from ui_schema.flow_texts import label_of, words
from ui_schema.house import House
from ui_schema.notation import deadline_words
from ui_schema.page import FieldError
from ui_schema.scene import Scene, languages
from ui_schema.shape import Action, ActionKind, Language, Notice, Promise, Weight
from ui_schema.texts import known, say
from ui_schema.work import Claim, TaskRow, TaskView, WorkKind, WorkPage

KINDS = {
    "ask_person": ("work.kind.person", "work.reason.person"),
    "dispute": ("work.kind.dispute", "work.reason.dispute"),
    "effect_failed": ("work.kind.failed", "work.reason.failed"),
    **{kind: (f"work.kind.{kind}", f"work.reason.{kind}") for kind in get_args(ev.WorkKind)},
}


@dataclass(frozen=True)
class TaskFacts:
    """A task as the store lists it. `claimed_name` is how people call the worker who has it."""

    id: str
    journey: str
    reference: str
    flow: str
    kind: str
    reason: str = ""
    fact: str = ""
    skill: str = ""
    due: datetime | None = None
    claimed_by: str = ""
    claimed_name: str = ""
    finished: bool = False
    channel: str = ""


@dataclass(frozen=True)
class Desk:
    """Who works here, when, in which language. `worker` is the account, `name` what people see."""

    language: Language
    house: House
    now: datetime
    worker: str = ""
    name: str = ""
    notices: tuple[Notice, ...] = ()
    errors: tuple[FieldError, ...] = ()


def work_frame(desk: Desk, kind: WorkKind, title: str, **parts: object) -> WorkPage:
    sign_out = Action(kind=ActionKind.SIGN_OUT, label=say(desk.language, "work.sign_out"), writes=True)
    shared: dict[str, object] = {
        "kind": kind,
        "language": desk.language,
        "languages": languages(desk.language),
        "title": title,
        "organisation": desk.house.organisation,
        "made": desk.now,
        "worker": desk.name,
        "notices": desk.notices,
        "errors": desk.errors,
        "actions": (sign_out, *_around(desk)) if desk.name else (),
    }
    return WorkPage.model_validate(shared | parts)


def _around(desk: Desk) -> tuple[Action, ...]:
    """Where a worker goes from every page."""
    return (
        Action(kind=ActionKind.WORKLIST, label=say(desk.language, "work.list.title")),
        Action(kind=ActionKind.TALK, label=say(desk.language, "work.talk.title")),
    )


def sign_in_page(desk: Desk, demo: Sequence[str] = (), wrong: str = "") -> WorkPage:
    """The way in. `demo` are the accounts of the demo, shown there only."""
    language = desk.language
    message = Message(code="sign_in.wrong", text=wrong)
    fields = (
        Field(
            id="account",
            type="text",
            control=Control.TEXT,
            label=say(language, "work.sign_in.name"),
            size=30,
            max_length=64,
            autocomplete="username",
            errors=(message,) if wrong else (),
        ),
        Field(
            id="password",
            type="password",
            control=Control.TEXT,
            label=say(language, "work.sign_in.password"),
            size=30,
            max_length=200,
            autocomplete="current-password",
        ),
    )
    do = Action(kind=ActionKind.SIGN_IN, label=say(language, "work.sign_in.do"), writes=True, weight=Weight.PRIMARY)
    lead = say(language, "work.sign_in.demo", accounts=", ".join(demo)) if demo else say(language, "work.sign_in.lead")
    page = work_frame(
        desk, WorkKind.SIGN_IN, say(language, "work.sign_in.title"), lead=lead, form=Form(fields=fields, submit=do)
    )
    return page.model_copy(update={"errors": (FieldError(field="account", message=message),)}) if wrong else page


def work_error_page(desk: Desk, name: str) -> WorkPage:
    """Something could not be done: `name` is one of the `error.*` texts."""
    back = Action(kind=ActionKind.WORKLIST, label=say(desk.language, "work.back"))
    text = say(desk.language, f"error.{name}.text")
    return work_frame(desk, WorkKind.ERROR, say(desk.language, f"error.{name}.title"), lead=text, back=back)


def task_row(desk: Desk, task: TaskFacts, graph: Graph | None) -> TaskRow:
    """One task with its reason and its promise."""
    language = desk.language
    title = task_title(task, graph, language)
    claim = _claim(desk, task)
    where = f"{task.journey}/{task.id}"
    take = Action(
        kind=ActionKind.CLAIM,
        label=say(language, "work.claim"),
        spoken=say(language, "work.claim_of", label=title),
        to=where,
        writes=True,
    )
    return TaskRow(
        task=task.id,
        journey=task.journey,
        reference=task.reference,
        title=title,
        reason=task_reason(task, graph, language),
        flow=graph.flow.question.in_(language.value) if graph is not None else task.flow,
        promise=_promise(desk, task),
        skill=task.skill,
        channel=say(language, f"channel.{task.channel}") if task.channel else "",
        claim=claim,
        claimed_by=task.claimed_name or task.claimed_by,
        open=Action(kind=ActionKind.OPEN_TASK, label=title, to=where),
        take=take if claim is Claim.FREE else None,
    )


def _claim(desk: Desk, task: TaskFacts) -> Claim:
    if task.finished:
        return Claim.FINISHED
    if not task.claimed_by:
        return Claim.FREE
    return Claim.MINE if task.claimed_by == desk.worker else Claim.TAKEN


def _promise(desk: Desk, task: TaskFacts) -> Promise:
    if task.due is None:
        return Promise(text=say(desk.language, "work.deadline.none"))
    when = deadline_words(task.due, desk.now, desk.language)
    late = task.due < desk.now and not task.finished
    before = f"{say(desk.language, 'promise.before')} {when}"
    return Promise(
        text=say(desk.language, "work.deadline.late", when=when) if late else before, due=task.due, late=late
    )


def task_title(task: TaskFacts, graph: Graph | None, language: Language) -> str:
    """What a task is called: by its kind, by the flow, else by its name."""
    label = label_of(graph, task.fact, language) if graph is not None and read_key(task.fact) is not None else task.fact
    if task.kind in KINDS:
        return say(language, KINDS[task.kind][0], label=label)
    spec = graph.flow.tasks.get(task.kind) if graph is not None else None
    if spec is not None:
        return words(spec.title, language) or words(spec.text, language)
    if known(f"work.task_kind.{task.kind}"):
        return say(language, f"work.task_kind.{task.kind}")
    return task.kind.replace("_", " ").capitalize()


def task_reason(task: TaskFacts, graph: Graph | None, language: Language) -> str:
    """Why a person is needed."""
    if task.kind == "effect_failed":
        return gave_up_on(task.reason, language)
    if task.kind in KINDS:
        return say(language, KINDS[task.kind][1])
    spec = graph.flow.tasks.get(task.kind) if graph is not None else None
    if spec is not None and spec.title is not None:
        return words(spec.text, language)
    return say(language, "work.reason.outcome" if spec is not None else "work.reason.step")


def task_page(desk: Desk, scene: Scene, task: TaskFacts) -> WorkPage:
    """One task with the whole journey in view; what can be done stands there for whoever has the task."""
    row = task_row(desk, task, scene.graph)
    return work_frame(
        desk,
        WorkKind.TASK,
        row.title,
        task=_view(scene, task, row),
        journey=scene.reference,
        answers=answer_groups(scene, professional=True),
        outcome=outcome_view(scene, professional=True),
        promises=promises(scene),
        timeline=timeline(scene, professional=True),
        back=Action(kind=ActionKind.WORKLIST, label=say(desk.language, "work.back")),
    )


def _view(scene: Scene, task: TaskFacts, row: TaskRow) -> TaskView:
    request = _request(scene, task)
    said = request.about if request is not None else ""
    if task.kind == "dispute":
        said = task.reason
    shared: dict[str, object] = {
        "row": row,
        "about": label_of(scene.graph, task.fact, scene.language) if task.fact else "",
        "asked": said,
        "failed": failure(scene, task.id),
        "call": _reached_at(scene, request) if request is not None else "",
        "no_number": say(scene.language, "work.task.no_number") if _unreachable(scene, task) else "",
        "preferred_time": request.preferred_time if request is not None else "",
    }
    if row.claim is not Claim.MINE:
        return TaskView.model_validate(shared)
    return TaskView.model_validate(shared | forms.all_forms(scene, task.kind))


def _reached_at(scene: Scene, request: ev.PersonAsked) -> str:
    """A telephone number as people write it, or the address; "" when none was left."""
    if not request.contact or request.over not in (ev.Channel.PHONE, ev.Channel.DESK):
        return request.contact or (scene.journey.reach.get(request.over, ""))
    return FIELDS[FactType.PHONE].show(request.contact, Fact(type=FactType.PHONE), scene.language.value, Notation.USUAL)


def _unreachable(scene: Scene, task: TaskFacts) -> bool:
    return any(own.unreachable for own in scene.journey.contacts if own.task == task.id)


def _request(scene: Scene, task: TaskFacts) -> ev.PersonAsked | None:
    """What the citizen asked, when this task came from asking for a person."""
    asked = [event for event in scene.wanted.history if isinstance(event, ev.PersonAsked)]
    return next((event for event in asked if task.id.rpartition("-")[0] == event.id), None)

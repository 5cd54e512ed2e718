"""Begin a conversation: the page on which a worker finds a journey by its reference, or begins one for who calls."""

from __future__ import annotations

from collections.abc import Iterable

from engine.graph.graph import Graph
from ui_schema.build_work import Desk, work_frame
from ui_schema.build_work_forms import TALK_OVER
from ui_schema.fields import Control, Field, Form, Message, Option
from ui_schema.page import FieldError
from ui_schema.shape import Action, ActionKind, Weight
from ui_schema.texts import say
from ui_schema.work import WorkKind, WorkPage


def talk_page(desk: Desk, graphs: Iterable[Graph], typed: str = "", wrong: str = "") -> WorkPage:
    """Both ways in. `wrong` is a sentence when the reference was not found, `typed` what was typed then."""
    language = desk.language
    message = Message(code="talk.reference", text=wrong)
    reference = Field(
        id="reference",
        type="text",
        control=Control.TEXT,
        label=say(language, "work.talk.reference"),
        help=say(language, "work.talk.reference_help"),
        size=20,
        max_length=40,
        value=typed or None,
        errors=(message,) if wrong else (),
    )
    flow = Field(
        id="flow",
        scope="new-",
        type="choice",
        control=Control.RADIOS,
        label=say(language, "work.talk.flow"),
        options=tuple(Option(value=graph.flow.flow, label=graph.flow.question.in_(language.value)) for graph in graphs),
    )
    return work_frame(
        desk,
        WorkKind.TALK,
        say(language, "work.talk.title"),
        lead=say(language, "work.talk.lead"),
        forms=(
            _form(desk, "work.talk.find", reference, _over(desk, ""), "find"),
            _form(desk, "work.talk.new", flow, _over(desk, "new-"), "new"),
        ),
        errors=(FieldError(field="reference", message=message),) if wrong else (),
    )


def _form(desk: Desk, title: str, asked: Field, over: Field, to: str) -> Form:
    label = say(desk.language, "work.talk.begin")
    submit = Action(kind=ActionKind.TALK, label=label, to=to, writes=True, weight=Weight.PRIMARY)
    return Form(title=say(desk.language, title), fields=(asked, over), submit=submit)


def _over(desk: Desk, scope: str) -> Field:
    language = desk.language
    return Field(
        id="over",
        scope=scope,
        type="choice",
        control=Control.RADIOS,
        label=say(language, "work.note.channel"),
        options=tuple(Option(value=own.value, label=say(language, f"channel.{own}").capitalize()) for own in TALK_OVER),
        value=TALK_OVER[0].value,
    )

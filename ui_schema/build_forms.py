"""What can be filled in: the form of a question or a group of them, a list, a few lines of text; and the way back."""

from __future__ import annotations

from engine.flow.model import Fact, FactType
from engine.graph.view import View
from engine.journey.facts import unconfirmed
from engine.journey.relevance import around
from engine.journey.state import Answer
from ui_schema.build_answers import answer_line, answered_by_citizen, list_items, node_of, question_of
from ui_schema.build_fields import build_field, plain_field
from ui_schema.fields import Control, Field, Form, Prefill
from ui_schema.flow_texts import filled, words
from ui_schema.page import ListView
from ui_schema.scene import Scene
from ui_schema.shape import Action, ActionKind, Weight
from ui_schema.texts import say

LONGEST_NOTE = 1000


def question_form(scene: Scene, asked: tuple[str, ...]) -> Form:
    """The form of these facts; sent as the answer to the first."""
    fields = tuple(question_field(scene, key) for key in asked)
    return Form(
        fields=fields,
        submit=Action(
            kind=ActionKind.ANSWER,
            label=say(scene.language, "do.continue"),
            fact=scene.wanted.fact,
            writes=True,
            weight=Weight.PRIMARY,
        ),
        others=tuple(field.unsure for field in fields if field.unsure is not None) if len(fields) == 1 else (),
        tries=scene.wanted.tries,
    )


def question_field(scene: Scene, key: str) -> Field:
    """The field of one fact."""
    said, view = _to_confirm(scene, key), scene.view
    if said is not None:  # it stands in the control, as if it had been answered
        view = View(scene.graph, {**view.known, key: said.value})
    node = node_of(scene.graph, key)
    field = build_field(scene.graph, around(view, key), key, node, scene.language, scene.wanted.attempt)
    if said is not None:
        line = answer_line(scene, key)
        confirm = say(scene.language, "field.confirm")
        told = Prefill(source=line.supplier, shown=line.text, on=line.on, confirm=confirm)
        field = field.model_copy(update={"prefill": told})
    spoken = scene.wanted.talk is not None and field.say
    return field.model_copy(update={"label": field.say}) if spoken else field


def _to_confirm(scene: Scene, key: str) -> Answer | None:
    """What a register said of this fact, while the citizen must still confirm it."""
    answer = scene.journey.answers.get(key)
    waits = answer is not None and unconfirmed(scene.graph, key, answer)
    return answer if waits else None


def page_title(scene: Scene, asked: tuple[str, ...]) -> str:
    """The title of the flow's page when several facts stand together."""
    if len(asked) < 2:
        return ""
    pages = scene.graph.flow.pages.values()
    return next((words(own.title, scene.language) for own in pages if asked[0] in own.facts), "")


def question_label(scene: Scene, key: str) -> str:
    """A fact as it is asked."""
    return question_of(scene, key)


def answer_text(scene: Scene, key: str) -> str:
    """What was answered, in words."""
    return answer_line(scene, key).text if key in scene.journey.answers else say(scene.language, "answers.not_yet")


def answered(scene: Scene) -> set[str]:
    """Keys of the citizen's own answers that count."""
    return set(answered_by_citizen(scene))


def answered_before(scene: Scene, asked: tuple[str, ...]) -> list[str]:
    """The answers that were given before the first of these was."""
    given = list(answered_by_citizen(scene))
    first = next((number for number, key in enumerate(given) if key in asked), len(given))
    return given[:first]


def back(scene: Scene, asked: tuple[str, ...]) -> Action:
    """To the answer before this one; from the first question to all questions that citizens come with."""
    before = answered_before(scene, asked)
    if not before:
        return Action(kind=ActionKind.HOME, label=say(scene.language, "do.back_home"))
    return Action(kind=ActionKind.BACK, label=say(scene.language, "do.back"), fact=before[-1])


def list_view(scene: Scene, key: str) -> ListView:
    """The items of a repeated group, one more, or that is all."""
    language, node = scene.language, node_of(scene.graph, key)
    items = list_items(scene, key)
    most = int(node.spec.max) if node.spec.max else None
    add = Action(
        kind=ActionKind.ADD_ITEM,
        label=say(language, "do.add_item" if items else "do.add_first"),
        fact=key,
        writes=True,
    )
    done = Action(
        kind=ActionKind.CLOSE_LIST,
        label=say(language, "do.close_list" if items else "do.none"),
        fact=key,
        writes=True,
        weight=Weight.PRIMARY,
    )
    return ListView(
        fact=key,
        label=question_label(scene, key),
        why=filled(node.spec.why, language, scene.view),
        help=filled(node.spec.help, language, scene.view),
        items=items,
        add=add if most is None or len(items) < most else None,
        done=done,
        errors=scene.wanted.attempt.messages.get(key, ()),
    )


def words_form(scene: Scene, name: str, label: str, kind: ActionKind, fact: str = "") -> Form:
    """A form with one box for a few lines."""
    attempt = scene.wanted.attempt
    typed = attempt.typed.get(name)
    field = Field(
        id=name,
        type="text",
        control=Control.LONG_TEXT,
        label=say(scene.language, label),
        value=typed if isinstance(typed, str) else None,
        max_length=LONGEST_NOTE,
        errors=attempt.messages.get(name, ()),
    )
    send = say(scene.language, "do.send")
    return Form(fields=(field,), submit=Action(kind=kind, label=send, fact=fact, writes=True, weight=Weight.PRIMARY))


def day_field(scene: Scene, name: str, label: str) -> Field:
    """A date that is no fact of the flow."""
    spec = Fact(type=FactType.DATE)
    attempt = scene.wanted.attempt
    return plain_field(name, spec, label, scene.language, attempt.typed.get(name))

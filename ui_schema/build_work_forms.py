"""What a worker can fill in for a task: a judgement, answers on the citizen's behalf, a decision, a step, a note."""

from __future__ import annotations

from dataclasses import replace

from engine.flow.keys import read_key
from engine.journey.events import Channel
from ui_schema.build_answers import node_of, question_of
from ui_schema.build_fields import Attempt
from ui_schema.build_forms import question_field
from ui_schema.fields import Control, Field, Form, Option
from ui_schema.flow_texts import outcome_title
from ui_schema.scene import Scene
from ui_schema.shape import Action, ActionKind, Weight
from ui_schema.texts import known, say

MOST_OPEN = 12
LONGEST = 2000
CONTACT_OVER = (Channel.PHONE, Channel.DESK, Channel.LETTER, Channel.EMAIL)
TALK_OVER = (Channel.PHONE, Channel.DESK, Channel.LETTER)
DECIDES = "propose"


def all_forms(scene: Scene, kind: str) -> dict[str, object]:
    """Every form of the task page, by the name of its part."""
    steps = [step for step in scene.options.steps if step != DECIDES]
    asked = [ask.fact for ask in scene.options.questions if not ask.list][:MOST_OPEN]
    return {
        "judge": tuple(_judge(scene, key) for key in scene.options.judge if _is_plain(scene, key)),
        "fill_in": tuple(scoped(fill_in_form(_in_form(scene, ActionKind.FILL_IN, key), key)) for key in asked),
        "propose": scoped(propose_form(_in_form(scene, ActionKind.PROPOSE, DECIDES)))
        if DECIDES in scene.options.steps
        else None,
        "steps": tuple(scoped(step_form(_in_form(scene, ActionKind.STEP, step), step)) for step in steps),
        "finish": _note(scene, ActionKind.FINISH, "work.finish", "note"),
        "give_back": _note(scene, ActionKind.RETURN, "work.return", "reason"),
        "talk": tuple(talk_form(scene, over) for over in TALK_OVER) if scene.options.is_open else (),
        "contact_note": scoped(contact_form(_in_form(scene, ActionKind.NOTE, ""))),
    }


def scoped(form: Form) -> Form:
    """The form with fields that cannot be taken for those of another form on the page."""
    scope = scope_of(form.submit.kind, form.submit.fact or form.submit.step)
    fields = tuple(field.model_copy(update={"scope": scope}) for field in form.fields)
    return form.model_copy(update={"fields": fields})


def _in_form(scene: Scene, kind: ActionKind, about: str) -> Scene:
    """The scene without what was typed in another form of the page."""
    if scene.wanted.attempt.scope == scope_of(kind, about):
        return scene
    return replace(scene, wanted=replace(scene.wanted, attempt=Attempt()))


def _judge(scene: Scene, key: str) -> Form:
    answer = scene.journey.answers.get(key)
    kind = ActionKind.SETTLE if answer is not None and answer.disputed else ActionKind.JUDGE
    return scoped(judge_form(_in_form(scene, kind, key), key))


def _note(scene: Scene, kind: ActionKind, texts: str, name: str) -> Form:
    return scoped(note_form(_in_form(scene, kind, ""), kind, texts, name))


def scope_of(kind: ActionKind, about: str) -> str:
    """The scope of the form that takes this action."""
    return f"{kind}-{about}-"


def _is_plain(scene: Scene, key: str) -> bool:
    parsed = read_key(key)
    return parsed is not None and not node_of(scene.graph, key).spec.of


def judge_form(scene: Scene, key: str) -> Form:
    """A fact that only a person can supply, or that the citizen disputes, with a motive."""
    language = scene.language
    answer = scene.journey.answers.get(key)
    disputed = answer is not None and bool(answer.disputed)
    field = question_field(scene, key).model_copy(update={"unsure": None, "why": "", "ground": None})
    motive = box(scene, "motive", "work.judge.motive", help_key="work.judge.motive_help")
    title = say(language, "work.settle.title" if disputed else "work.judge.title")
    return Form(
        title=title,
        why=say(language, "work.settle.said", reason=answer.disputed) if answer is not None and disputed else "",
        fields=(field, motive),
        submit=Action(
            kind=ActionKind.SETTLE if disputed else ActionKind.JUDGE,
            label=say(language, "work.settle.do" if disputed else "work.judge.do"),
            fact=key,
            writes=True,
            weight=Weight.PRIMARY,
        ),
    )


def fill_in_form(scene: Scene, key: str) -> Form:
    """An open question in the words to say, answered on the citizen's behalf."""
    field = question_field(scene, key)
    spoken = field.model_copy(update={"label": field.say or field.label, "unsure": None, "why": "", "ground": None})
    do = say(scene.language, "work.fill_in.do")
    return Form(
        title=question_of(scene, key),
        why=field.why,
        fields=(spoken,),
        submit=Action(kind=ActionKind.FILL_IN, label=do, fact=key, writes=True),
    )


def propose_form(scene: Scene) -> Form:
    """Which outcome, with the rules' own marked, and a motive: needed where a worker decides otherwise."""
    language = scene.language
    by_rules = scene.journey.outcome
    attempt = scene.wanted.attempt
    options = tuple(
        Option(
            value=outcome,
            label=outcome_title(scene.graph, outcome, language),
            help=say(language, "work.propose.by_rules") if outcome == by_rules else "",
        )
        for outcome in scene.options.outcomes
    )
    typed = attempt.typed.get("outcome")
    choice = Field(
        id="outcome",
        type="choice",
        control=Control.RADIOS,
        label=say(language, "work.propose.outcome"),
        options=options,
        value=typed if isinstance(typed, str) else by_rules or None,
        errors=attempt.messages.get("outcome", ()),
    )
    motive = box(scene, "motive", "work.propose.motive", help_key="work.propose.motive_need")
    return Form(
        title=say(language, "work.propose.title"),
        why=say(language, "work.propose.deviate"),
        fields=(choice, motive.model_copy(update={"required": False})),
        submit=Action(
            kind=ActionKind.PROPOSE,
            label=say(language, "work.propose.do"),
            step=DECIDES,
            writes=True,
            weight=Weight.PRIMARY,
        ),
    )


def step_form(scene: Scene, step: str) -> Form:
    """Another named step of the process, with an explanation."""
    key = f"step.{step}"
    label = say(scene.language, key) if known(key) else step.replace("_", " ").capitalize()
    motive = box(scene, "motive", "work.step.motive").model_copy(update={"required": False})
    return Form(title=label, fields=(motive,), submit=Action(kind=ActionKind.STEP, label=label, step=step, writes=True))


def note_form(scene: Scene, kind: ActionKind, texts: str, name: str) -> Form:
    """A few lines and a button: finish, return."""
    return Form(
        title=say(scene.language, f"{texts}.title"),
        fields=(box(scene, name, f"{texts}.{name}"),),
        submit=Action(kind=kind, label=say(scene.language, texts), writes=True),
    )


def contact_form(scene: Scene) -> Form:
    """What was said, and over which channel."""
    language = scene.language
    options = tuple(
        Option(value=channel.value, label=say(language, f"channel.{channel}").capitalize()) for channel in CONTACT_OVER
    )
    over = Field(
        id="over",
        type="choice",
        control=Control.RADIOS,
        label=say(language, "work.note.channel"),
        options=options,
        value=Channel.PHONE.value,
    )
    return Form(
        title=say(language, "work.note.title"),
        fields=(over, box(scene, "text", "work.note.text")),
        submit=Action(kind=ActionKind.NOTE, label=say(language, "work.note.do"), writes=True),
    )


def talk_form(scene: Scene, over: Channel) -> Form:
    """A button: go through the journey together with the citizen."""
    label = say(scene.language, f"work.talk.{over}")
    return Form(
        fields=(hidden("journey", scene.journey.id), hidden("over", str(over))),
        submit=Action(kind=ActionKind.TALK, label=label, writes=True),
    )


def hidden(name: str, value: str) -> Field:
    """A value that travels along unseen."""
    return Field(id=name, type="hidden", control=Control.TEXT, label=name, value=value, required=False)


def box(scene: Scene, name: str, label: str, *, help_key: str = "") -> Field:
    """A box for a few lines."""
    attempt = scene.wanted.attempt
    typed = attempt.typed.get(name)
    return Field(
        id=name,
        type="text",
        control=Control.LONG_TEXT,
        label=say(scene.language, label),
        help=say(scene.language, help_key) if help_key else "",
        value=typed if isinstance(typed, str) else None,
        max_length=LONGEST,
        errors=attempt.messages.get(name, ()),
    )

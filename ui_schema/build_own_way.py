"""Going one's own way: a pause, where to be told, who may act for me, a remedy; and the same questions on paper.

Each is a page of a journey (`ui_schema.build` lists them by kind). What may be done is `Scene.options`.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.flow.model import FactType, OutcomeKind
from engine.graph.graph import FactNode
from engine.journey.events import Channel
from engine.journey.remedies import RemedyNow, is_told, told_outcome
from engine.journey.state import Mandate
from ui_schema import build_forms
from ui_schema.build_answers import answer_groups, node_of
from ui_schema.build_outcome import outcome_view, remedy_view
from ui_schema.fields import Control, Field, Form, Option
from ui_schema.flow_texts import words
from ui_schema.frame import frame
from ui_schema.notation import day_words, local
from ui_schema.outcome import OutcomeView
from ui_schema.page import AnswerGroup, MandateLine, Page, PageKind
from ui_schema.scene import Scene
from ui_schema.shape import Action, ActionKind, Weight
from ui_schema.texts import known, say

SCOPES = ("read", "answer", "all")
PAPERLESS = frozenset({FactType.FILE})


def offered(scene: Scene) -> tuple[Action, ...]:
    """The quiet actions that lead here, on the status page."""
    language, may = scene.language, scene.options
    found = []
    if may.may_pause:
        found.append(Action(kind=ActionKind.PAUSE, label=say(language, "pause.do")))
    if may.may_represent:
        found.append(Action(kind=ActionKind.MANDATE, label=say(language, "mandate.do")))
    if may.is_open and may.may_represent and scene.wanted.house.mails:
        found.append(Action(kind=ActionKind.REACH, label=say(language, "reach.do")))
    return tuple(found)


def against(scene: Scene) -> tuple[Action, ...]:
    """The remedies that can be used now, as links to their page."""
    return tuple(
        Action(kind=ActionKind.REMEDY, label=_step_name(scene, own), step=own.step)
        for own in scene.options.remedies
        if own.step
    )


def _step_name(scene: Scene, own: RemedyNow) -> str:
    return say(scene.language, f"step.{own.step}") if known(f"step.{own.step}") else say(scene.language, "remedy.title")


def _back(scene: Scene) -> Action:
    return Action(kind=ActionKind.STATUS, label=say(scene.language, "do.back"))


def _send(scene: Scene, kind: ActionKind, text: str, **parts: str) -> Action:
    return Action(kind=kind, label=say(scene.language, text), writes=True, weight=Weight.PRIMARY, **parts)


def _box(scene: Scene, name: str, label: str, **parts: object) -> Field:
    attempt = scene.wanted.attempt
    typed = attempt.typed.get(name)
    shared: dict[str, object] = {
        "id": name,
        "type": "text",
        "control": Control.TEXT,
        "label": say(scene.language, label),
        "value": typed if isinstance(typed, str) else None,
        "errors": attempt.messages.get(name, ()),
    }
    return Field.model_validate(shared | parts)


def _day(scene: Scene, name: str, label: str) -> Field:
    """A date in three boxes."""
    field = build_forms.day_field(scene, name, say(scene.language, label))
    return field.model_copy(update={"errors": scene.wanted.attempt.messages.get(name, ())})


def pause(scene: Scene) -> Page:
    """Stop for a while, until a day of one's own choice."""
    language = scene.language
    until = _day(scene, "until", "pause.until")
    return frame(
        scene,
        PageKind.PAUSE,
        say(language, "pause.title"),
        lead=say(language, "pause.lead"),
        form=Form(fields=(until,), submit=_send(scene, ActionKind.PAUSE, "pause.do")),
        back=_back(scene),
    )


def reach(scene: Scene) -> Page:
    """Where to be told; an empty box takes the address back."""
    language = scene.language
    address = _box(
        scene,
        "email",
        "reach.email",
        type="email",
        input_mode="email",
        autocomplete="email",
        required=False,
        max_length=200,
        value=_typed(scene, "email") or scene.journey.reach.get(str(Channel.EMAIL)),
        help=say(language, "reach.email_help"),
    )
    return frame(
        scene,
        PageKind.REACH,
        say(language, "reach.title"),
        lead=say(language, "reach.lead"),
        form=Form(fields=(address,), submit=_send(scene, ActionKind.REACH, "do.save_here")),
        back=_back(scene),
    )


def _typed(scene: Scene, name: str) -> str | None:
    typed = scene.wanted.attempt.typed.get(name)
    return typed if isinstance(typed, str) else None


def mandates(scene: Scene) -> Page:
    """Who may act for the citizen, and somebody new."""
    language = scene.language
    chosen = _typed(scene, "scope") or "answer"
    scope = Field(
        id="scope",
        type="choice",
        control=Control.RADIOS,
        label=say(language, "mandate.scope"),
        options=tuple(
            Option(value=own, label=say(language, f"mandate.{own}"), help=say(language, f"mandate.{own}_help"))
            for own in SCOPES
        ),
        value=chosen,
    )
    fields = (
        _box(scene, "name", "mandate.name", max_length=100),
        _box(scene, "relation", "mandate.relation", max_length=100, required=False),
        scope,
        _day(scene, "until", "mandate.until"),
    )
    return frame(
        scene,
        PageKind.MANDATE,
        say(language, "mandate.title"),
        lead=say(language, "mandate.lead"),
        mandates=tuple(_line(scene, own) for own in scene.options.mandates),
        form=Form(
            title=say(language, "mandate.new"),
            fields=fields,
            submit=_send(scene, ActionKind.MANDATE, "mandate.give"),
        ),
        back=_back(scene),
    )


def _line(scene: Scene, own: Mandate) -> MandateLine:
    language = scene.language
    spoken = say(language, "mandate.end_of", name=own.name)
    return MandateLine(
        name=own.name,
        relation=own.relation,
        scope=say(language, f"mandate.{own.scope}"),
        until=say(language, "mandate.holds_until", date=day_words(local(own.until).date(), language)),
        end=Action(
            kind=ActionKind.END_MANDATE, label=say(language, "mandate.end"), spoken=spoken, to=own.id, writes=True
        ),
    )


def remedy(scene: Scene) -> Page:
    """Against a determination: what it is, with whom, until when, by which source; and why."""
    language, step = scene.language, scene.wanted.step
    own = next((own for own in scene.options.remedies if own.step == step), None)
    outcome = scene.graph.flow.outcomes.get(told_outcome(scene.graph, scene.journey))
    title = _step_name(scene, own) if own is not None else say(language, "remedy.title")
    form = build_forms.words_form(scene, "reason", "remedy.reason", ActionKind.REMEDY)
    send = _send(scene, ActionKind.REMEDY, "do.send", step=step)
    view = outcome_view(scene)
    return frame(
        scene,
        PageKind.REMEDY,
        title,
        lead=say(language, "remedy.late") if own is not None and own.late else "",
        outcome=view.model_copy(update={"remedy": remedy_view(scene, outcome)}) if view and outcome else None,
        form=form.model_copy(update={"submit": send}),
        back=_back(scene),
    )


def paper_facts(scene: Scene) -> Iterator[str]:
    """What the letter asks: all that still matters and that the citizen can tell, certain to be asked or not."""
    relevant = scene.options.relevance
    for key in dict.fromkeys((*relevant.askable, *relevant.needed)):
        if key not in relevant.waiting and key not in scene.journey.answers and _on_paper(scene, key):
            yield key


def _on_paper(scene: Scene, key: str) -> bool:
    spec = node_of(scene.graph, key).spec
    asked = any(str(ref.kind) == "citizen" for ref in spec.suppliers)
    return asked and spec.type not in PAPERLESS


def letter(scene: Scene) -> Page:
    """The open questions to print, with what is known already, the outcome so far, and the code to go on with."""
    language = scene.language
    asked = tuple(paper_facts(scene))
    place = scene.graph.process.places.get(scene.journey.place)
    asks = asked if place is not None and place.does == "questions" else ()
    return frame(
        scene,
        PageKind.LETTER,
        say(language, "letter.title" if asks else "letter.title_news"),
        lead=say(language, "letter.lead" if asks else "letter.lead_news"),
        form=_paper_form(scene, asks) if asks else None,
        answers=tuple(_printed(group) for group in answer_groups(scene)),
        outcome=_printable(scene),
        saved=scene.wanted.saved,
        written=day_words(local(scene.now).date(), language),
        back=Action(kind=ActionKind.SHOW, label=say(language, "do.back")),
    )


def _printable(scene: Scene) -> OutcomeView | None:
    """The outcome so far; a grant or a refusal only when it was determined: on paper it would look like one."""
    view = outcome_view(scene)
    determines = view is not None and view.kind in (OutcomeKind.GRANT, OutcomeKind.REFUSAL)
    return None if determines and not is_told(scene.graph, scene.journey) else view


def _printed(group: AnswerGroup) -> AnswerGroup:
    """On paper nothing can be pressed."""
    lines = tuple(line.model_copy(update={"change": None, "dispute": None}) for line in group.lines)
    return group.model_copy(update={"lines": lines})


def take_in(scene: Scene) -> Page:
    """What came back on paper: every question of the letter at once; a box left empty was left empty."""
    language = scene.language
    asked = scene.wanted.asked or tuple(paper_facts(scene))
    plain = tuple(key for key in asked if node_of(scene.graph, key).spec.type is not FactType.LIST)
    lists = len(plain) < len(asked)
    return frame(
        scene,
        PageKind.TAKE_IN,
        say(language, "take_in.title"),
        lead=say(language, "take_in.lead_lists" if lists else "take_in.lead"),
        form=_paper_form(scene, plain),
        back=Action(kind=ActionKind.SHOW, label=say(language, "do.back")),
    )


def _paper_form(scene: Scene, asked: tuple[str, ...]) -> Form:
    sure = frozenset(scene.options.relevance.askable)
    fields = tuple(_paper_field(scene, key, sure=key in sure) for key in asked)
    submit = _send(scene, ActionKind.TAKE_IN, "take_in.do")
    return Form(fields=fields, submit=submit, tries=scene.wanted.tries)


def _paper_field(scene: Scene, key: str, *, sure: bool) -> Field:
    node = node_of(scene.graph, key)
    if node.spec.type is FactType.LIST:
        return _paper_list(scene, node)
    field = build_forms.question_field(scene, key)
    help_text = field.help if sure else f"{say(scene.language, 'letter.maybe')} {field.help}".strip()
    return field.model_copy(update={"required": False, "unsure": None, "help": help_text})


def _paper_list(scene: Scene, node: FactNode) -> Field:
    """A repeated group on paper: its questions, and room to write for each item."""
    asked = [words(own.spec.ask, scene.language) for own in scene.graph.facts.values() if own.list == node.name]
    each = say(scene.language, "letter.each", questions=" ".join(own.replace("{item}", "…") for own in asked))
    label = words(node.spec.ask, scene.language)
    return Field(id=node.name, type="list", control=Control.LONG_TEXT, label=label, help=each, required=False)

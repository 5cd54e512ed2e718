"""The projection: a journey and its graph become a page. Pure; the same input gives the same page.

    page(graph, journey, language, Wanted(now=...)) -> Page

Without a wish the page is what comes next, by what its place asks of the citizen:

    place does    there is                      page
    questions     a question                    question, list
    questions     nothing to ask                status
    check         -                             check
    outcome       an outcome                    outcome            none: status
    judge, wait   an outcome of kind task       outcome            else: status
    (an end)      an outcome                    outcome            withdrawn, expired: status

Called by `api.web` and `api.http`; pages without a journey are in `ui_schema.build_loose`.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.flow.keys import read_key
from engine.flow.model import FactType, OutcomeKind
from engine.graph.graph import Graph
from engine.journey.events import ActorKind
from engine.journey.remedies import WITHOUT_OUTCOME, is_told
from engine.journey.state import Journey
from ui_schema import build_forms
from ui_schema import build_own_way as own_way
from ui_schema.build_answers import answer_groups
from ui_schema.build_contact import contact
from ui_schema.build_known import known_fields
from ui_schema.build_outcome import outcome_view
from ui_schema.build_status import promises, submit_promise, timeline
from ui_schema.flow_texts import words
from ui_schema.frame import frame, step_action
from ui_schema.page import Page, PageKind
from ui_schema.scene import Scene, Wanted
from ui_schema.shape import Action, ActionKind, Language, Progress, Weight
from ui_schema.texts import say


def page(graph: Graph, journey: Journey, language: Language, wanted: Wanted) -> Page:
    """See the top of this module."""
    scene = Scene(graph, journey, language, wanted)
    kind = wanted.kind or next_kind(scene)
    if kind is PageKind.QUESTION and _is_list(scene):
        kind = PageKind.LIST
    return _BUILD[kind](scene)


def next_kind(scene: Scene) -> PageKind:
    """What comes next; the table on top of this module."""
    offered, journey = scene.options, scene.journey
    if offered.does == "questions":
        return PageKind.QUESTION if offered.questions else PageKind.STATUS
    if offered.does == "check":
        return PageKind.CHECK
    outcome = scene.graph.flow.outcomes.get(journey.proposed or journey.outcome)
    if outcome is None or (journey.place in WITHOUT_OUTCOME and not is_told(scene.graph, journey)):
        return PageKind.STATUS
    if offered.does == "outcome":
        return PageKind.OUTCOME
    return PageKind.OUTCOME if outcome.kind is OutcomeKind.TASK and not journey.proposed else PageKind.STATUS


def _asked(scene: Scene) -> tuple[str, ...]:
    """The facts to ask on this page: the one that was chosen, else what the engine recommends."""
    chosen = (scene.wanted.fact,) if scene.wanted.fact else scene.options.page
    return scene.wanted.asked or chosen


def _is_list(scene: Scene) -> bool:
    asked = _asked(scene)
    parsed = read_key(asked[0]) if asked else None
    if parsed is None or parsed.field:
        return False
    node = scene.graph.facts.get(parsed.path)
    return node is not None and node.spec.type is FactType.LIST


def _usual(scene: Scene, *kinds: ActionKind) -> tuple[Action, ...]:
    """The quiet actions of a page: save, see where things stand, stop."""
    language = scene.language
    found = {
        ActionKind.SAVE: Action(kind=ActionKind.SAVE, label=say(language, "do.save"), writes=True),
        ActionKind.STATUS: Action(kind=ActionKind.STATUS, label=say(language, "do.status")),
        ActionKind.SIGNAL: Action(kind=ActionKind.SIGNAL, label=say(language, "do.signal")),
    }
    if scene.wanted.talk is not None or scene.wanted.actor.kind is ActorKind.REPRESENTATIVE:
        found.pop(ActionKind.SAVE)  # a code opens everything: the citizen makes it, or gets it from the worker
    quiet = [found[kind] for kind in kinds if kind in found]
    if scene.options.may_withdraw and scene.options.does != "outcome":
        quiet.append(step_action(scene, "withdraw", Weight.QUIET).model_copy(update={"writes": False}))
    return tuple(quiet)


def _question(scene: Scene) -> Page:
    asked = _asked(scene)
    language = scene.language
    form = build_forms.question_form(scene, asked)
    title = build_forms.page_title(scene, asked) or form.fields[0].label
    others = tuple(
        Action(kind=ActionKind.CHOOSE, label=build_forms.question_label(scene, ask.fact), fact=ask.fact)
        for ask in scene.options.questions
        if ask.fact not in asked and not ask.list
    )
    return frame(
        scene,
        PageKind.QUESTION,
        title,
        form=form,
        progress=_progress(scene, asked),
        known=known_fields(scene, asked),
        choices=others,
        answers=answer_groups(scene),
        back=build_forms.back(scene, asked),
        actions=_usual(scene, ActionKind.SAVE, ActionKind.STATUS),
        lead=say(language, "field.disputed") if _disputed(scene, asked) else "",
    )


def _disputed(scene: Scene, asked: tuple[str, ...]) -> bool:
    return any(key in scene.journey.answers and scene.journey.answers[key].disputed for key in asked)


def _list(scene: Scene) -> Page:
    asked = _asked(scene)
    shown = build_forms.list_view(scene, asked[0])
    return frame(
        scene,
        PageKind.LIST,
        shown.label,
        known=known_fields(scene, asked),
        list=shown,
        progress=_progress(scene, asked),
        back=build_forms.back(scene, asked),
        actions=_usual(scene, ActionKind.SAVE, ActionKind.STATUS),
    )


def _progress(scene: Scene, asked: tuple[str, ...]) -> Progress:
    """`Stap 2 van ongeveer 4`: what was answered, this one, and about half of what could still be asked."""
    before = build_forms.answered_before(scene, asked)
    step = len(before) + 1
    left = len([key for key in scene.options.relevance.needed if key not in asked])
    about = max(step, len(set(before) | build_forms.answered(scene) | set(asked)) + (left + 1) // 2)
    return Progress(step=step, about=about, text=say(scene.language, "progress.step", step=step, about=about))


def _choose(scene: Scene) -> Page:
    language = scene.language
    choices = tuple(
        Action(
            kind=ActionKind.CHOOSE,
            label=build_forms.question_label(scene, ask.fact),
            hint=say(language, "choose.advised") if ask.fact == scene.options.recommended else "",
            fact=ask.fact,
        )
        for ask in scene.options.questions
    )
    return frame(
        scene,
        PageKind.CHOOSE,
        say(language, "choose.title"),
        lead=say(language, "choose.lead"),
        choices=choices,
        back=Action(kind=ActionKind.SHOW, label=say(language, "do.back")),
        actions=_usual(scene, ActionKind.SAVE, ActionKind.STATUS),
    )


def _check(scene: Scene) -> Page:
    language = scene.language
    waits = bool(scene.options.relevance.waiting)
    may_submit = "submit" in scene.options.steps
    return frame(
        scene,
        PageKind.CHECK,
        say(language, "check.title"),
        lead=say(language, "check.lead_wait" if waits else "check.lead"),
        progress=None,
        answers=answer_groups(scene),
        primary=step_action(scene, "submit", Weight.PRIMARY) if may_submit else None,
        promises=submit_promise(scene),
        actions=_usual(scene, ActionKind.SAVE, ActionKind.STATUS),
    )


def _outcome(scene: Scene) -> Page:
    view = outcome_view(scene, promises=promises(scene))
    if view is None:
        return _status(scene)
    remedies = {remedy.step for remedy in scene.options.remedies}
    steps = tuple(step_action(scene, step) for step in scene.options.steps if step not in remedies | {"withdraw"})
    saved = (ActionKind.SAVE,) if scene.options.is_open else ()
    return frame(
        scene,
        PageKind.OUTCOME,
        view.title,
        outcome=view.model_copy(update={"actions": steps}),
        answers=answer_groups(scene),
        actions=_usual(scene, *saved, ActionKind.STATUS, ActionKind.SIGNAL),
    )


def _status(scene: Scene) -> Page:
    language, offered = scene.language, scene.options
    title = words(scene.graph.process.title(scene.journey.place), language)
    place = scene.graph.process.places.get(scene.journey.place)
    mine = place is not None and place.who == "citizen" and place.does in ("questions", "check")
    lead = "status.your_turn" if mine else "status.nothing" if place is not None else "status.done"
    against = {own.step for own in offered.remedies}
    steps = [step for step in offered.steps if step not in {"withdraw", "submit"} | against]
    return frame(
        scene,
        PageKind.STATUS,
        title,
        lead=say(language, lead),
        promises=promises(scene),
        timeline=timeline(scene),
        answers=answer_groups(scene),
        primary=_go_on(scene, mine=mine),
        actions=(
            *own_way.against(scene),
            *(step_action(scene, step) for step in steps),
            *own_way.offered(scene),
            *_usual(scene, *((ActionKind.SAVE,) if offered.is_open else ()), ActionKind.SIGNAL),
        ),
    )


def _go_on(scene: Scene, *, mine: bool) -> Action | None:
    """To the questions when there are any, else to the outcome when there is one."""
    if mine and scene.options.does == "check":
        return Action(kind=ActionKind.SHOW, label=say(scene.language, "do.check"), weight=Weight.PRIMARY)
    if mine and scene.options.questions:
        return Action(kind=ActionKind.SHOW, label=say(scene.language, "do.go_on"), weight=Weight.PRIMARY)
    if next_kind(scene) is PageKind.OUTCOME:
        return Action(kind=ActionKind.SHOW, label=say(scene.language, "do.outcome"), weight=Weight.PRIMARY)
    return None


def _contact(scene: Scene) -> Page:
    view = contact(scene)
    back = Action(kind=ActionKind.SHOW, label=say(scene.language, "do.back_question"))
    return frame(scene, PageKind.CONTACT, view.title, lead=view.lead, contact=view, back=back)


def _saved(scene: Scene) -> Page:
    """A code: to go on with, to read out in a conversation, or for who may act for the citizen."""
    language, name, saved = scene.language, scene.wanted.about, scene.wanted.saved
    title, lead, keep = say(language, "saved.title"), say(language, "saved.lead"), ""
    own = not name and scene.wanted.talk is None
    leave = Action(kind=ActionKind.LEAVE, label=say(language, "saved.leave"), writes=True) if own else None
    if name:
        title, lead = say(language, "mandate.code.title", name=name), say(language, "mandate.code.lead", name=name)
        keep = say(language, "mandate.code.keep")
    elif scene.wanted.talk is not None:
        lead = keep = say(language, "saved.once")
    return frame(
        scene,
        PageKind.SAVED,
        title,
        lead=lead,
        saved=saved.model_copy(update={"keep": keep, "leave": leave}) if saved is not None else None,
        primary=Action(kind=ActionKind.SHOW, label=say(language, "saved.again"), weight=Weight.PRIMARY),
    )


def _dispute(scene: Scene) -> Page:
    language, key = scene.language, scene.wanted.fact
    label = build_forms.question_label(scene, key)
    return frame(
        scene,
        PageKind.DISPUTE,
        say(language, "dispute.title"),
        lead=say(language, "dispute.lead", label=label, value=build_forms.answer_text(scene, key)),
        form=build_forms.words_form(scene, "reason", "dispute.reason", ActionKind.DISPUTE, key),
        back=Action(kind=ActionKind.SHOW, label=say(language, "do.back")),
    )


def _confirm(scene: Scene) -> Page:
    """Before a step that cannot be taken back."""
    language, step = scene.language, scene.wanted.step
    return frame(
        scene,
        PageKind.CONFIRM,
        say(language, "confirm.title"),
        lead=say(language, "confirm.lead"),
        primary=step_action(scene, step, Weight.PRIMARY),
        back=Action(kind=ActionKind.SHOW, label=say(language, "do.back")),
    )


def _signal(scene: Scene) -> Page:
    language = scene.language
    return frame(
        scene,
        PageKind.SIGNAL,
        say(language, "signal.title"),
        lead=say(language, "signal.lead"),
        form=build_forms.words_form(scene, "text", "signal.text", ActionKind.SIGNAL),
        back=Action(kind=ActionKind.SHOW, label=say(language, "do.back")),
    )


_BUILD: dict[PageKind, Callable[[Scene], Page]] = {
    PageKind.QUESTION: _question,
    PageKind.LIST: _list,
    PageKind.CHOOSE: _choose,
    PageKind.CHECK: _check,
    PageKind.OUTCOME: _outcome,
    PageKind.STATUS: _status,
    PageKind.CONTACT: _contact,
    PageKind.SAVED: _saved,
    PageKind.DISPUTE: _dispute,
    PageKind.SIGNAL: _signal,
    PageKind.CONFIRM: _confirm,
    PageKind.PAUSE: own_way.pause,
    PageKind.REACH: own_way.reach,
    PageKind.MANDATE: own_way.mandates,
    PageKind.REMEDY: own_way.remedy,
    PageKind.LETTER: own_way.letter,
    PageKind.TAKE_IN: own_way.take_in,
}

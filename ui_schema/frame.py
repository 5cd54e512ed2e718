"""What every page of a journey shares: who speaks, what must be said, the way to a person; and a step as an action."""

from __future__ import annotations

from collections.abc import Iterator

from engine.journey.events import ActorKind, Channel
from ui_schema.build_contact import contact
from ui_schema.fields import Control, Field, Form
from ui_schema.flow_texts import words
from ui_schema.notation import day_words, local
from ui_schema.page import Page, PageKind, TalkBar
from ui_schema.process_words import last_message
from ui_schema.scene import Scene, languages
from ui_schema.shape import Action, ActionKind, Notice, Tone, Weight
from ui_schema.texts import known, say

TRIES_BEFORE_HELP = 3
LONGEST_NOTE = 2000


def frame(scene: Scene, kind: PageKind, title: str, **parts: object) -> Page:
    """What every page of a journey shares."""
    wanted = scene.wanted
    shared: dict[str, object] = {
        "kind": kind,
        "language": scene.language,
        "languages": languages(scene.language),
        "title": title,
        "organisation": wanted.house.organisation,
        "made": wanted.now,
        "journey": scene.reference,
        "disclaimer": words(scene.graph.flow.notice, scene.language),
        "notices": (*_standing(scene, kind), *wanted.notices, *_help_offered(scene)),
        "errors": wanted.errors,
        "contact": contact(scene),
        "talk": _talk(scene) if wanted.talk is not None else None,
    }
    return Page.model_validate(shared | parts)


def _help_offered(scene: Scene) -> tuple[Notice, ...]:
    """Help is offered on what can be seen, such as a third try, never on a guess about somebody."""
    if scene.wanted.tries < TRIES_BEFORE_HELP:
        return ()
    language = scene.language
    ask = Action(kind=ActionKind.ASK_PERSON, label=say(language, "contact.title"))
    title, text = say(language, "notice.third_try.title"), say(language, "notice.third_try.text")
    return (Notice(tone=Tone.INFO, title=title, text=text, action=ask),)


def _standing(scene: Scene, kind: PageKind) -> Iterator[Notice]:
    """What stands above every page as long as it is so: what we said last, a pause, that this is for somebody else."""
    language, pause, told = scene.language, scene.journey.pause, last_message(scene, kind)
    if told is not None:
        yield told
    own = scene.journey.mandates.get(scene.wanted.actor.id)
    if scene.wanted.actor.kind is ActorKind.REPRESENTATIVE and own is not None:
        until = day_words(local(own.until).date(), language)
        title = say(language, "mandate.acting.title", reference=scene.journey.reference)
        yield Notice(tone=Tone.INFO, title=title, text=say(language, f"mandate.acting.{own.scope}", until=until))
    if kind in (PageKind.QUESTION, PageKind.LIST) and set(scene.journey.silent) & {
        scene.wanted.fact,
        *scene.options.page,
    }:
        title, text = say(language, "notice.register_down.title"), say(language, "notice.register_down.text")
        yield Notice(tone=Tone.INFO, title=title, text=text)
    if pause is not None and kind is not PageKind.LETTER:
        go_on = Action(kind=ActionKind.GO_ON, label=say(language, "pause.go_on"), writes=True)
        title = say(language, "pause.on.title", date=day_words(local(pause.until).date(), language))
        yield Notice(tone=Tone.INFO, title=title, text=say(language, "pause.on.text"), action=go_on)


def _talk(scene: Scene) -> TalkBar:
    """What a worker sees above the page in a conversation with the citizen."""
    language, over = scene.language, scene.wanted.talk
    assert over is not None
    code = Action(kind=ActionKind.SAVE, label=say(language, "talk.code"), writes=True)
    letter = Action(kind=ActionKind.LETTER, label=say(language, "talk.letter"), writes=True)
    back = Action(kind=ActionKind.TAKE_IN, label=say(language, "talk.take_in"))
    on_paper = over is Channel.LETTER
    note = Field(
        id="text",
        scope="talk-",
        type="text",
        control=Control.LONG_TEXT,
        label=say(language, "talk.note"),
        required=False,
        max_length=LONGEST_NOTE,
    )
    done = Action(kind=ActionKind.CLOSE_TALK, label=say(language, "talk.close"), writes=True, weight=Weight.PRIMARY)
    return TalkBar(
        title=say(language, "talk.title", channel=say(language, f"channel.{over}"), reference=scene.journey.reference),
        text=say(language, "talk.on_paper" if on_paper else "talk.read_out"),
        over=str(over),
        actions=(back, letter) if on_paper else (code, letter),
        close=Form(title=say(language, "talk.close"), fields=(note,), submit=done),
    )


def step_action(scene: Scene, step: str, weight: Weight = Weight.SECONDARY) -> Action:
    """A named step of the process, in our words or in the flow's."""
    label = say(scene.language, f"step.{step}") if known(f"step.{step}") else ""
    label = label or words(scene.graph.flow.texts.get(step), scene.language) or step.replace("_", " ").capitalize()
    return Action(kind=ActionKind.STEP, label=label, step=step, writes=True, weight=weight)

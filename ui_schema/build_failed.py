"""What the product gave up after many tries, in words for the person who gets the work: what, why, what to do.

    effect              what a person does instead
    Notify, Publish     tell the citizen in another way
    FetchFromRegister   ask the citizen, or look it up
    anything else       see whether it still has to happen

Of a task that came from EffectFailed. Called by `ui_schema.build_work`; tests: tests/api/channels/test_smtp.py.
"""

from __future__ import annotations

from engine.flow.keys import read_key
from engine.journey import events as ev
from ui_schema.flow_texts import label_of, outcome_title
from ui_schema.scene import Scene
from ui_schema.shape import Language
from ui_schema.texts import known, say
from ui_schema.work import Failure


def failure(scene: Scene, task: str) -> Failure | None:
    """Why the task with this id is there; None when nothing failed."""
    gave_up = (event for event in scene.wanted.history if isinstance(event, ev.EffectFailed))
    event = next((own for own in gave_up if task.rpartition("-")[0] == own.id), None)
    if event is None:
        return None
    what, about = gave_up_on(event.reason, scene.language), _about(scene, event)
    return Failure(
        what=f"{what} {about}".strip(),
        why=say(scene.language, _key("why", event.why)),
        do=say(scene.language, _key("do", event.reason)),
    )


def gave_up_on(effect: str, language: Language) -> str:
    """What did not work, by the kind of effect."""
    return say(language, _key("what", effect))


def _about(scene: Scene, event: ev.EffectFailed) -> str:
    """Which message, decision or fact it was; "" where there is nothing more to say."""
    if event.about in scene.graph.flow.outcomes:
        name = outcome_title(scene.graph, event.about, scene.language)
    elif read_key(event.about) is not None and event.about in scene.graph.facts:
        name = label_of(scene.graph, event.about, scene.language)
    else:
        name = (
            say(scene.language, f"work.failed.text.{event.about}") if known(f"work.failed.text.{event.about}") else ""
        )
    return say(scene.language, "work.failed.about", name=name) if name else ""


def _key(part: str, name: str) -> str:
    key = f"work.failed.{part}.{name}"
    return key if known(key) else f"work.failed.{part}.other"

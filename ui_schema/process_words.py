"""What the process says in its texts: the last message as a notice, and the words for {deadline} and {contact}.

Called by `ui_schema.frame`, `build_outcome` and `build_status`; tests: tests/ui_schema/test_told.py.
"""

from __future__ import annotations

from datetime import datetime

from engine.flow.model import ChannelName
from engine.graph.standard import STANDARDS
from engine.journey.events import Channel
from ui_schema.flow_texts import filled
from ui_schema.notation import deadline_words
from ui_schema.page import PageKind
from ui_schema.scene import Scene
from ui_schema.shape import Notice, Tone
from ui_schema.texts import say

WITH_MESSAGE = frozenset((PageKind.QUESTION, PageKind.LIST, PageKind.CHECK, PageKind.OUTCOME, PageKind.STATUS))
"""Pages above which the last message stands; all of them stand in the list of what happened."""


def contact_words(scene: Scene) -> str:
    """`{contact}` in a text: the number to call, and that one can come by where there is a desk."""
    over = {way.channel for way in scene.options.contact}
    terms = scene.graph.flow.channels.get(ChannelName.PHONE)
    number = terms.number if terms is not None and terms.number else scene.wanted.house.phone
    return say(scene.language, "contact.words" if Channel.DESK in over else "contact.words_phone", number=number)


def message_words(scene: Scene, name: str, deadline: datetime | None) -> str:
    """A text of the process as the citizen reads it; "" when this version has none of that name."""
    standard = (own.texts[name] for own in STANDARDS.values() if name in own.texts)
    text = scene.graph.flow.texts.get(name) or next(standard, None)
    added = {"contact": contact_words(scene)}
    if deadline is not None:
        added["deadline"] = deadline_words(deadline, scene.now, scene.language)
    return filled(text, scene.language, scene.view, added)


def last_message(scene: Scene, kind: PageKind) -> Notice | None:
    """What the citizen was told last where the journey is now."""
    told = scene.journey.told
    if told is None or kind not in WITH_MESSAGE:
        return None
    text = message_words(scene, told.text, told.deadline)
    return Notice(tone=Tone.INFO, title=say(scene.language, "moment.told"), text=text) if text else None

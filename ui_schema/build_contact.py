"""The ways to a person, with opening hours and promise: on every page, journey or not.

phone      call now             callback   we call you, before the promised time
desk       come to us           letter     go on by letter
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from engine.flow.model import ChannelName, ChannelTerms
from engine.graph.graph import Graph
from engine.journey.events import Channel
from engine.journey.options import Way
from engine.journey.state import ContactRequest
from engine.terms.opening_hours import OpeningHours, closes_at, next_opening, parse_opening_hours
from ui_schema.fields import Control, Field, Form
from ui_schema.flow_texts import filled
from ui_schema.house import House
from ui_schema.notation import deadline_words, hours_words, opening_words, period_words, time_words, weekday_range
from ui_schema.page import ContactView, ContactWay, OpeningLine
from ui_schema.scene import Scene
from ui_schema.shape import Action, ActionKind, Language, Promise, Weight
from ui_schema.texts import say

NO_TERMS = ChannelTerms()
OTHER_PROMISES = {
    Channel.DESK: "promise.desk",
    Channel.EMAIL: "promise.write",
    Channel.LETTER: "promise.write",
}
TITLES = {"phone": "contact.callback_do", "email": "contact.email_answer"}
MODES = {"phone": "tel", "email": "email"}


def contact(scene: Scene) -> ContactView:
    """How this journey's citizen reaches a person. The form stands there when a way was chosen."""
    language, journey = scene.language, scene.journey
    ways = tuple(way for own in scene.options.contact for way in _ways(scene, own))
    return ContactView(
        title=say(language, "contact.title"),
        lead=say(language, "contact.lead" if journey.answers else "contact.lead_new"),
        ways=(*ways, *_by_letter(scene), *_by_mail(scene)),
        tell=say(language, "contact.tell", reference=journey.reference),
        asked=requests(scene),
        form=_form(scene),
        action=Action(kind=ActionKind.ASK_PERSON, label=say(language, "contact.title")),
    )


def house_contact(house: House, language: Language, now: datetime) -> ContactView:
    """How the organisation is reached by somebody without a journey."""
    phone = _way(language, "phone", house.phone, parse_opening_hours(house.phone_open), now)
    desk = _way(language, "desk", house.desk, parse_opening_hours(house.desk_open), now)
    letter = ContactWay(channel="letter", title=say(language, "contact.letter"), detail=house.letter)
    return ContactView(
        title=say(language, "contact.title"),
        lead=say(language, "contact.lead_new"),
        ways=(phone, desk, letter.model_copy(update={"promise": _answer_within(house.letter_answer, language)})),
        action=Action(kind=ActionKind.ASK_PERSON, label=say(language, "contact.title")),
    )


def _ways(scene: Scene, way: Way) -> Iterator[ContactWay]:
    language, house = scene.language, scene.wanted.house
    terms = _terms(scene.graph, way.channel)
    if way.channel is Channel.PHONE:
        hours = parse_opening_hours(terms.open or house.phone_open)
        yield _way(language, "phone", terms.number or house.phone, hours, scene.now)
        yield ContactWay(
            channel="callback",
            title=say(language, "contact.callback"),
            detail=say(language, "contact.callback_detail"),
            promise=_promise(scene, way.promise),
            action=_ask(language, "contact.callback_do", "phone"),
        )
    elif way.channel is Channel.DESK:
        hours = parse_opening_hours(terms.open or house.desk_open)
        desk = _way(language, "desk", terms.where or house.desk, hours, scene.now)
        yield desk.model_copy(update={"action": _ask(language, "contact.desk_do", "desk")})
    elif way.channel is Channel.EMAIL:
        title = say(language, "contact.email_answer")
        yield ContactWay(
            channel="email",
            title=title,
            digital=True,
            promise=_made(scene, "promise.write", way.promise) if way.promise is not None else None,
            action=_ask(language, "contact.email_answer", "email"),
        )


def _terms(graph: Graph, channel: str) -> ChannelTerms:
    return graph.flow.channels.get(ChannelName(channel)) or NO_TERMS


def _by_letter(scene: Scene) -> Iterator[ContactWay]:
    here = scene.journey.channel is Channel.LETTER
    if not here and Channel.LETTER not in scene.options.channels:
        return
    language, terms = scene.language, _terms(scene.graph, Channel.LETTER)
    answer = terms.answer.duration if terms.answer and terms.answer.duration else scene.wanted.house.letter_answer
    yield ContactWay(
        channel="letter",
        title=say(language, "contact.letter"),
        detail=terms.where or scene.wanted.house.letter,
        promise=_answer_within(answer, language),
        action=None
        if here
        else Action(kind=ActionKind.SWITCH_CHANNEL, label=say(language, "contact.letter_do"), to="letter", writes=True),
    )


def _by_mail(scene: Scene) -> Iterator[ContactWay]:
    """A link to go on with, for who gave an address."""
    if Channel.EMAIL not in scene.options.channels:
        return
    do = say(scene.language, "contact.email_do")
    yield ContactWay(
        channel="email",
        title=do,
        detail=say(scene.language, "contact.email_detail"),
        digital=True,
        action=Action(kind=ActionKind.SWITCH_CHANNEL, label=do, to="email", writes=True),
    )


def _answer_within(duration: str, language: Language) -> Promise:
    return Promise(text=say(language, "promise.letter", period=period_words(duration, language)))


def _way(language: Language, channel: str, detail: str, hours: OpeningHours, now: datetime) -> ContactWay:
    closes, opens = closes_at(now, hours), next_opening(now, hours)
    text = ""
    if closes is not None:
        text = say(language, "contact.open_now", time=time_words(closes, language))
    elif opens is not None:
        text = say(language, "contact.opens", moment=opening_words(opens, now, language))
    return ContactWay(
        channel=channel,
        title=say(language, f"contact.{channel}"),
        detail=detail,
        dial="".join(sign for sign in detail if sign.isdigit() or sign == "+") if channel == "phone" else "",
        opening=opening_lines(hours, language),
        open_now=closes is not None,
        now=text,
    )


def opening_lines(hours: OpeningHours, language: Language) -> tuple[OpeningLine, ...]:
    """Opening hours as lines: days with the same hours together, in order of the week."""
    same: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for day, ranges in enumerate(hours.week):
        if ranges:
            same.setdefault(ranges, []).append(day)
    return tuple(
        OpeningLine(
            days=weekday_range(tuple(days), language),
            hours=", ".join(hours_words(opens, closes, language) for opens, closes in ranges),
        )
        for ranges, days in same.items()
    )


def _ask(language: Language, text: str, over: str) -> Action:
    return Action(kind=ActionKind.ASK_PERSON, label=say(language, text), to=over)


def _promise(scene: Scene, due: datetime | None) -> Promise | None:
    if due is None:
        return None
    words = deadline_words(due, scene.now, scene.language)
    spec = scene.graph.flow.contact.get("ask_person")
    told = filled(spec.tell, scene.language, scene.view, {"deadline": words}) if spec is not None else ""
    return Promise(text=told or say(scene.language, "promise.call_back", deadline=words), due=due)


def requests(scene: Scene) -> tuple[Promise, ...]:
    """What was promised to a citizen who asked for a person, while that is still open."""
    tasks = scene.journey.tasks
    pending = [own for own in scene.journey.contacts if own.task not in tasks or tasks[own.task].finished is None]
    reached = any(own.over is Channel.PHONE and not own.unreachable for own in pending)
    return tuple(_asked(scene, own) for own in pending if not (own.unreachable and reached))


def _asked(scene: Scene, request: ContactRequest) -> Promise:
    if request.due is None and not request.unreachable:
        return Promise(text=say(scene.language, "contact.asked"))
    if request.due is not None and request.due < scene.now:
        words = deadline_words(request.due, scene.now, scene.language)
        return Promise(text=say(scene.language, "promise.call_back_late", deadline=words), due=request.due, late=True)
    if request.unreachable:
        return Promise(text=say(scene.language, "contact.no_number"), late=True)
    if request.due is not None and request.over in OTHER_PROMISES:
        return _made(scene, OTHER_PROMISES[request.over], request.due)
    made = _promise(scene, request.due)
    assert made is not None
    return made


def _made(scene: Scene, text: str, due: datetime) -> Promise:
    return Promise(text=say(scene.language, text, deadline=deadline_words(due, scene.now, scene.language)), due=due)


def _form(scene: Scene) -> Form | None:
    """The number to call and what suits, for the way that was chosen."""
    over, language = scene.wanted.over, scene.language
    if over not in [str(way.channel) for way in scene.options.contact]:
        return None
    title = say(language, TITLES.get(over, "contact.desk_do"))
    where = "contact.address" if over == Channel.EMAIL else "contact.number"
    fields = (_box(scene, "contact", where), _box(scene, "preferredTime", "contact.when"))
    about = _box(scene, "about", "contact.about")
    return Form(
        title=title,
        fields=(*fields, about),
        submit=Action(kind=ActionKind.ASK_PERSON, label=title, to=over, writes=True, weight=Weight.PRIMARY),
    )


def _box(scene: Scene, name: str, text: str) -> Field:
    language, attempt = scene.language, scene.wanted.attempt
    where = name == "contact"
    kind = ("email" if scene.wanted.over == Channel.EMAIL else "phone") if where else "text"
    typed = attempt.typed.get(name, scene.journey.reach.get(Channel.EMAIL) if kind == "email" else None)
    return Field(
        id=name,
        type=kind,
        control=Control.LONG_TEXT if name == "about" else Control.TEXT,
        label=say(language, text),
        help=say(language, "contact.when_help") if name == "preferredTime" else "",
        required=where,
        value=typed if isinstance(typed, str) else None,
        size=20 if kind == "phone" else 30,
        max_length=1000 if name == "about" else 100,
        input_mode=MODES.get(kind, "text"),
        autocomplete=MODES.get(kind, ""),
        errors=attempt.messages.get(name, ()),
    )

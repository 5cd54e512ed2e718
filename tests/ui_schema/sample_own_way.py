"""Pages of going one's own way, made by the projection itself: pause, mandate, remedy, letter, a conversation."""

from __future__ import annotations

from datetime import timedelta

from engine.journey import events as ev
from engine.journey.options import open_questions
from tests.ui_schema.walks import WORKER, Walk, graph_of
from ui_schema.build import page
from ui_schema.build_loose import demo_sign_in_page
from ui_schema.build_talk import talk_page
from ui_schema.build_work import Desk
from ui_schema.house import VOORBEELD
from ui_schema.page import Page, PageKind, Saved
from ui_schema.scene import Wanted
from ui_schema.shape import Language
from ui_schema.work import WorkPage

NL = Language.NL
CODE = Saved(
    code="HKPR-3VWT-9XMD",
    reference="WW-7K4M-2Q9T",
    until="23 december 2026",
    where="wegwijzer.example/verder",
    qr="https://wegwijzer.example/verder#HKPR-3VWT-9XMD",
)


def tree() -> Walk:
    """A journey about a tree with one answer."""
    return Walk(graph_of("boom-kappen")).take(ev.AnswerGiven, fact="spoed", value=False)


def felled() -> Walk:
    """The same, told to the end: nothing is left to ask."""
    walk = tree()
    told = {"werk": "verwijderen", "beheerplan": False, "dunnen": False, "iepziekte": False}
    told["omtrek_31_of_meer"] = True
    while asked := open_questions(walk.graph, walk.journey):
        walk.take(ev.AnswerGiven, fact=asked[0], value=told[asked[0]])
    return walk


def called() -> Walk:
    """Somebody wants to be called, on a number that nobody knows."""
    return tree().take(ev.PersonAsked, over=ev.Channel.PHONE)


def shared() -> Walk:
    """The same, with somebody who may act, in a pause."""
    walk = tree()
    walk.take(ev.Represented, mandate="HKPR3V", name="Jan Smit", relation="zoon", until=walk.now + timedelta(days=60))
    return walk.take(ev.JourneyPaused, until=walk.now + timedelta(days=20))


def assistance() -> Walk:
    """An application for assistance, just begun: everything is still to be asked."""
    return Walk(graph_of("bijstand"))


def made(walk: Walk, kind: PageKind | None, **parts: object) -> Page:
    """A page of this journey."""
    look = Wanted(now=walk.now, kind=kind, history=tuple(walk.history), **parts)  # type: ignore[arg-type]
    return page(walk.graph, walk.journey, NL, look)


OWN_WAY: dict[str, Page] = {
    "pause": made(tree(), PageKind.PAUSE),
    "reach": made(tree(), PageKind.REACH),
    "mandate": made(shared(), PageKind.MANDATE),
    "saved-own": made(tree(), PageKind.SAVED, saved=CODE),
    "mandate-code": made(shared(), PageKind.SAVED, saved=CODE, about="Jan Smit"),
    "remedy": made(tree(), PageKind.REMEDY, step="object"),
    "letter": made(tree(), PageKind.LETTER, saved=CODE),
    "letter-long": made(assistance(), PageKind.LETTER, saved=CODE),
    "letter-news": made(felled(), PageKind.LETTER, saved=CODE),
    "contact-no-number": made(called(), PageKind.CONTACT),
    "take-in": made(tree(), PageKind.TAKE_IN, talk=ev.Channel.LETTER),
    "talk-question": made(tree(), None, talk=ev.Channel.PHONE),
    "status-paused": made(shared(), PageKind.STATUS),
    "acting": made(shared(), PageKind.STATUS, actor=ev.Actor(kind=ev.ActorKind.REPRESENTATIVE, id="HKPR3V")),
}


def fetched() -> Walk:
    """Assistance, with what a register said about the citizen already."""
    walk = Walk(graph_of("bijstand"))
    person = {"name": "Sanne de Vries", "birthdate": "1988-05-17"}
    register = ev.Actor(kind=ev.ActorKind.REGISTER)
    walk.take(ev.FactFetched, register, fact="bewoner", value=person, source="brp.persoon")
    return walk.take(ev.FactFetched, register, fact="geboortedatum", value="1988-05-17", source="brp.geboortedatum")


OWN_WAY["question-known"] = made(fetched(), None)
OWN_WAY["demo"] = demo_sign_in_page(
    graph_of("bijstand"), {"sanne": "Sanne de Vries", "noor": "Noor Bakker"}, NL, VOORBEELD, fetched().now
)


def talk() -> WorkPage:
    """The way into a conversation."""
    walk = tree()
    desk = Desk(NL, VOORBEELD, walk.now, WORKER.id, "Anna de Vries")
    return talk_page(desk, [walk.graph])

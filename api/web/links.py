"""The address of every action: the one table that ties the page's actions to the routers.

Addresses that citizens see are Dutch words; nothing of an answer ever stands in one.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from ui_schema.page import Page
from ui_schema.shape import Action, ActionKind
from ui_schema.work import WorkPage

HOME = "/"
RESUME = "/verder"
CONTACT = "/contact"
WORK = "/werk"
SIGN_IN = "/werk/inloggen"

AnyPage = Page | WorkPage


def journey_address(journey: str) -> str:
    """Where a journey goes on, whatever comes next."""
    return f"/reis/{quote(journey, safe='')}"


def talk_address(journey: str) -> str:
    """Where a worker goes through a journey together with the citizen."""
    return f"{WORK}/gesprek/{quote(journey, safe='')}"


def task_address(journey: str, task: str) -> str:
    """A task of a journey in the worklist."""
    return f"{WORK}/taak/{quote(journey, safe='')}/{quote(task, safe='')}"


def anchor(field: str, part: str = "") -> str:
    """The id in the page of the first box of `field`, or of its `part`."""
    safe = "".join(sign if sign.isalnum() or sign == "_" else "-" for sign in field)
    return f"f-{safe}-{part}" if part else f"f-{safe}"


def href(page: AnyPage, action: Action, base: str = "") -> str:
    """The address that `action` of `page` leads to (GET) or is sent to (POST); a journey's are under `base`."""
    if isinstance(page, WorkPage):
        return _work_address(page, action)
    if page.journey is None or action.kind not in _IN_JOURNEY:
        return _LOOSE[action.kind](action)
    return (base or journey_address(page.journey.id)) + _IN_JOURNEY[action.kind](action)


def _on_fact(place: str) -> Callable[[Action], str]:
    return lambda action: f"/{place}/{quote(action.fact, safe='')}"


def _at(place: str) -> Callable[[Action], str]:
    return lambda _action: place


_LOOSE: dict[ActionKind, Callable[[Action], str]] = {
    ActionKind.HOME: _at(HOME),
    ActionKind.RESUME: _at(RESUME),
    ActionKind.START: lambda action: f"/start/{quote(action.to, safe='')}",
    ActionKind.DEMO_SIGN_IN: lambda action: f"/demo/inloggen/{quote(action.to, safe='')}",
    ActionKind.ASK_PERSON: _at(CONTACT),
    ActionKind.SIGN_IN: _at(SIGN_IN),
    ActionKind.WORKLIST: _at(WORK),
}

_IN_JOURNEY: dict[ActionKind, Callable[[Action], str]] = {
    ActionKind.SHOW: _at(""),
    ActionKind.ANSWER: lambda action: f"/vraag/{quote(action.fact, safe='')}" if action.fact else "/vraag",
    ActionKind.CHOOSE: lambda action: f"/vraag/{quote(action.fact, safe='')}" if action.fact else "/vragen",
    ActionKind.CHANGE: _on_fact("wijzig"),
    ActionKind.BACK: lambda action: f"/wijzig/{quote(action.fact, safe='')}" if action.fact else "",
    ActionKind.ADD_ITEM: _on_fact("lijst/nog-een"),
    ActionKind.REMOVE_ITEM: _on_fact("lijst/weg"),
    ActionKind.CLOSE_LIST: _on_fact("lijst/klaar"),
    ActionKind.UNSURE: _on_fact("weet-ik-niet"),
    ActionKind.DISPUTE: _on_fact("klopt-niet"),
    ActionKind.ASK_PERSON: lambda action: f"/contact/{quote(action.to, safe='')}" if action.to else "/contact",
    ActionKind.SWITCH_CHANNEL: lambda action: f"/verder-via/{quote(action.to, safe='')}",
    ActionKind.SAVE: _at("/bewaar"),
    ActionKind.STATUS: _at("/stand"),
    ActionKind.STEP: lambda action: f"/stap/{quote(action.step, safe='')}",
    ActionKind.SIGNAL: _at("/signaal"),
    ActionKind.OPEN_FILE: lambda action: f"/bestand/{quote(action.to, safe='')}",
    ActionKind.PAUSE: _at("/pauze"),
    ActionKind.GO_ON: _at("/hervat"),
    ActionKind.REACH: _at("/bericht"),
    ActionKind.MANDATE: _at("/machtiging"),
    ActionKind.END_MANDATE: lambda action: f"/machtiging/stop/{quote(action.to, safe='')}",
    ActionKind.REMEDY: lambda action: f"/rechtsmiddel/{quote(action.step, safe='')}",
    ActionKind.LETTER: _at("/brief"),
    ActionKind.TAKE_IN: _at("/antwoorden"),
    ActionKind.CLOSE_TALK: _at("/afsluiten"),
    ActionKind.LEAVE: _at("/stoppen"),
}

_ON_TASK: dict[ActionKind, str] = {
    ActionKind.CLAIM: "oppakken",
    ActionKind.RETURN: "teruggeven",
    ActionKind.FINISH: "afronden",
    ActionKind.JUDGE: "oordeel",
    ActionKind.SETTLE: "uitsluitsel",
    ActionKind.FILL_IN: "invullen",
    ActionKind.PROPOSE: "besluit",
    ActionKind.STEP: "stap",
    ActionKind.NOTE: "contact",
}


def _work_address(page: WorkPage, action: Action) -> str:
    if action.kind is ActionKind.OPEN_TASK:
        return f"{WORK}/taak/{action.to}"
    if action.kind is ActionKind.TALK:
        return f"{WORK}/gesprek"
    if action.kind is ActionKind.SIGN_OUT:
        return f"{WORK}/uitloggen"
    if action.kind is ActionKind.WORKLIST:
        return f"{WORK}?{action.to}" if action.to else WORK
    if action.kind in _LOOSE:
        return _LOOSE[action.kind](action)
    if action.kind is ActionKind.OPEN_FILE and page.task is not None:
        return f"{task_address(page.task.row.journey, page.task.row.task)}/bestand/{quote(action.to, safe='')}"
    place = _ON_TASK[action.kind]
    if page.task is None:
        return f"{WORK}/taak/{action.to}/{place}"
    base = f"{task_address(page.task.row.journey, page.task.row.task)}/{place}"
    name = action.step or action.fact
    return f"{base}/{quote(name, safe='')}" if name else base

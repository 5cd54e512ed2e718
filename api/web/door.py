"""What every page's route shares: who visits, in which language, and how a page or a redirect is answered.

    Visit      one request of one visitor: request, service, language, now; draws pages, sends on
    OwnJourney the journey that a citizen has open in this browser; any other looks as if it is not there

A browser holds one cookie per journey: a random token whose digest is kept as a session, with what it opens:

    journey:ID            the citizen, who began here or came with a code      under /reis/ID
    mandate:MANDATE:ID    who may act for the citizen, with a code of their own    under /reis/ID
    talk:CHANNEL:ID       a signed-in worker in a conversation with the citizen    under /werk/gesprek/ID

So a journey is never opened by its id or reference. All three get the same pages, drawn from the same options.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Path, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.problems import Refusal
from api.security import cookies, tokens
from api.security.doors import signed_in
from api.service.access import GUEST_LIFE, MANDATE, OWN
from api.service.dossiers import CITIZEN
from api.service.whole import Service
from api.settings import Settings, listed
from api.store.port import Session
from api.web.drawing import draw
from api.web.links import AnyPage, journey_address, talk_address
from engine.journey.events import Actor, ActorKind, Channel
from ui_schema.house import House
from ui_schema.shape import Language, Notice, Tone
from ui_schema.texts import say

TALK = "/werk/gesprek"
TALKING = "talk"
SEE_OTHER = 303

MELDING: Mapping[str, tuple[Tone, str]] = {
    # what a page may be asked to say after a redirect: the tone and the text
    "helper": (Tone.OK, "notice.to_worker"),
    "hulp": (Tone.INFO, "notice.help"),
    "verzoek": (Tone.OK, "notice.person"),
    "brief": (Tone.OK, "notice.switched_letter"),
    "gewijzigd": (Tone.WARNING, "notice.changed"),
    "signaal": (Tone.OK, "notice.signal"),
    "betwist": (Tone.OK, "notice.disputed"),
    "vastgelegd": (Tone.OK, "notice.recorded"),
    "afgerond": (Tone.OK, "notice.finished"),
    "terug": (Tone.OK, "notice.returned"),
    "gepauzeerd": (Tone.OK, "notice.paused"),
    "hervat": (Tone.OK, "notice.resumed"),
    "bericht": (Tone.OK, "notice.reach"),
    "geen-bericht": (Tone.OK, "notice.no_reach"),
    "machtiging-stop": (Tone.OK, "notice.mandate_ended"),
    "gestopt": (Tone.OK, "notice.left"),
    "gesprek": (Tone.OK, "notice.talk_over"),
    "mail": (Tone.OK, "notice.switched_email"),
    "rechtsmiddel": (Tone.OK, "notice.remedy"),
}


@dataclass(frozen=True)
class Caller:
    """By whom things are done here, over which channel, and under which address the pages are."""

    actor: Actor = CITIZEN
    channel: Channel = Channel.WEB
    base: str = ""
    token: str = ""

    @property
    def looks_as(self) -> Actor:
        """Whose options the pages show: a worker in a conversation does what the citizen says."""
        return CITIZEN if self.at_work else self.actor

    @property
    def at_work(self) -> bool:
        return self.actor.kind is ActorKind.WORKER


@dataclass
class Visit:
    """One request of one visitor. `caller` is known once a journey was opened (`own_journey`)."""

    request: Request
    service: Service
    settings: Settings
    language: Language
    caller: Caller = Caller()

    @property
    def now(self) -> datetime:
        return self.service.clock.now()

    @property
    def house(self) -> House:
        """The organisation as the settings name it."""
        own = self.settings
        return House(
            name=own.organisation,
            place=own.place,
            phone=own.phone,
            phone_open=listed(own.phone_open),
            desk=own.desk,
            desk_open=listed(own.desk_open),
            letter=own.letter,
            mails=self.service.mails,
            address=own.public_url,
        )

    def show(self, page: AnyPage, status: int = 200) -> Response:
        """The page as HTML."""
        address = self.request.url.path
        made = draw(page, command=self.service.clock.new_id, address=address, base=self.caller.base)
        return HTMLResponse(made, status)

    def notices(self) -> tuple[Notice, ...]:
        """What the page before this one asked to have said."""
        known = MELDING.get(self.request.query_params.get("melding", ""))
        if known is None:
            return ()
        tone, key = known
        return (Notice(tone=tone, title=say(self.language, f"{key}.title"), text=say(self.language, f"{key}.text")),)


def go(address: str, melding: str = "") -> Response:
    """On to another page, with something to say there."""
    query = f"?{urlencode({'melding': melding})}" if melding else ""
    return RedirectResponse(address + query, SEE_OTHER)


def visit(request: Request) -> Visit:
    """The visit of this request; its language is the visitor's choice, else the browser's, else Dutch."""
    state = request.app.state
    return Visit(request, state.service, state.settings, language_of(request, state.settings))


def language_of(request: Request, settings: Settings) -> Language:
    """The language to speak."""
    chosen = cookies.read(settings, request, cookies.LANGUAGE)
    if chosen in set(Language):
        return Language(chosen)
    for part in request.headers.get("accept-language", "")[:200].split(","):
        code = part.partition(";")[0].strip().partition("-")[0].lower()
        if code in set(Language):
            return Language(code)
    return Language.NL


AnyVisit = Annotated[Visit, Depends(visit)]
JourneyId = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]


def cookie_of(journey: str, kind: str = OWN) -> str:
    """The name of the cookie that opens this journey."""
    return f"{cookies.JOURNEY}-{'talk-' if kind == TALKING else ''}{journey[-12:]}"


async def admit(own: Visit, answer: Response, journey: str, kind: str = OWN, about: str = "", worker: str = "") -> None:
    """From now on this browser has the journey open: as the citizen, by a mandate, or in a conversation."""
    token = tokens.new_secret(tokens.GUEST)
    rights = ":".join(part for part in (kind, about, journey) if part)
    await _keep(own, Session(own.settings.tenant, tokens.digest(token), worker, own.now + GUEST_LIFE, rights))
    cookies.put(own.settings, answer, cookie_of(journey, kind), token)


async def _keep(own: Visit, session: Session) -> None:
    await own.service.store.put_session(session)


async def own_journey(own: AnyVisit, journey: JourneyId) -> str:
    """The journey, when this browser has it open; then `own.caller` is known.

    Raises Refusal: not yours looks like not there (404); a conversation needs a worker who is signed in (401).
    """
    at_work = own.request.url.path.startswith(TALK)
    worker = (await signed_in(own.request)).account if at_work else ""
    token = cookies.read(own.settings, own.request, cookie_of(journey, TALKING if at_work else OWN))
    if not token.startswith(tokens.GUEST):
        raise Refusal("not_found")
    session = await own.service.store.session(own.settings.tenant, tokens.digest(token), own.now)
    caller = _caller(session, journey, worker, token) if session is not None else None
    if session is None or caller is None:
        raise Refusal("not_found")
    own.caller = caller
    if session.expires_at - own.now < GUEST_LIFE * 0.8:
        await _keep(own, replace(session, expires_at=own.now + GUEST_LIFE))
    return journey


def _caller(session: Session, journey: str, worker: str, token: str) -> Caller | None:
    """Who acts by this session; None when it opens another journey, or is of another worker."""
    kind, *about, opens = session.rights.split(":")
    if opens != journey or session.worker != worker:
        return None
    if kind == TALKING and worker and about:
        return Caller(Actor(kind=ActorKind.WORKER, id=worker), Channel(about[0]), talk_address(journey), token)
    base = journey_address(journey)
    if kind == MANDATE and about:
        return Caller(Actor(kind=ActorKind.REPRESENTATIVE, id=about[0]), base=base, token=token)
    return Caller(base=base, token=token) if kind == OWN else None


OwnJourney = Annotated[str, Depends(own_journey)]

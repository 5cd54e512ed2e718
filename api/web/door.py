"""What every page's route shares: who visits, in which language, and how a page or a redirect is answered.

    Visit      one request of one visitor: request, service, language, now; draws pages, sends on
    OwnJourney the journey that a citizen has open in this browser; any other looks as if it is not there

A citizen's browser holds one cookie per journey: a random token whose digest is kept as a session. So a journey can be
opened here by starting it or by a resume code, never by its id or reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Path, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.problems import Refusal
from api.security import cookies, tokens
from api.service.whole import Service
from api.settings import Settings
from api.store.port import Session
from api.web.drawing import draw
from api.web.links import AnyPage
from ui_schema.house import VOORBEELD, House
from ui_schema.shape import Language, Notice, Tone
from ui_schema.texts import say

GUEST = "c."
RIGHT = "journey:"
LIFE = timedelta(hours=24)
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
}


@dataclass(frozen=True)
class Visit:
    """One request of one visitor."""

    request: Request
    service: Service
    settings: Settings
    language: Language

    @property
    def now(self) -> datetime:
        return self.service.clock.now()

    @property
    def house(self) -> House:
        """The organisation as the settings name it."""
        return replace(VOORBEELD, name=self.settings.organisation, address=self.settings.public_url)

    def show(self, page: AnyPage, status: int = 200) -> Response:
        """The page as HTML."""
        address = self.request.url.path
        made = draw(page, command=self.service.clock.new_id, address=address)
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


def cookie_of(journey: str) -> str:
    """The name of the cookie that opens this journey."""
    return f"{cookies.JOURNEY}-{journey[-12:]}"


async def admit(own: Visit, answer: Response, journey: str) -> None:
    """From now on this browser has the journey open."""
    token = tokens.new_secret(GUEST)
    await _keep(own, token, journey)
    cookies.put(own.settings, answer, cookie_of(journey), token)


async def _keep(own: Visit, token: str, journey: str) -> None:
    session = Session(own.settings.tenant, tokens.digest(token), "", own.now + LIFE, RIGHT + journey)
    await own.service.store.put_session(session)


async def own_journey(own: AnyVisit, journey: JourneyId) -> str:
    """The journey, when this browser has it open. Raises Refusal: not yours looks like not there (404)."""
    token = cookies.read(own.settings, own.request, cookie_of(journey))
    if not token.startswith(GUEST):
        raise Refusal("not_found")
    session = await own.service.store.session(own.settings.tenant, tokens.digest(token), own.now)
    if session is None or session.rights != RIGHT + journey:
        raise Refusal("not_found")
    if session.expires_at - own.now < LIFE * 0.8:
        await _keep(own, token, journey)
    return journey


OwnJourney = Annotated[str, Depends(own_journey)]

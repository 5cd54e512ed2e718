"""The pages without a journey, and the ways into one: begin, or go on with a code.

    GET  /  /start/FLOW  /contact  /verder  /taal/CODE
    POST /start/FLOW  /verder

A code opens a journey for the citizen, or, when it came with a mandate, for who may act for the citizen. Tries are
counted here per client and in the store per code.
"""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from api.problems import Refusal
from api.security import cookies
from api.security import request as asked
from api.security.routes import router
from api.security.sign_on import SignedOn, known_as
from api.service.access import MANDATE, OWN
from api.service.commands import simple
from api.service.dossiers import Command
from api.web.door import AnyVisit, Visit, admit, go
from api.web.forms import sent
from api.web.links import HOME, journey_address
from engine.journey import events as ev
from engine.journey.events import Channel
from ui_schema.build_loose import contact_page, home_page, resume_page, start_page
from ui_schema.shape import Language
from ui_schema.texts import say

routes = router(include_in_schema=False)

Slug = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,64}$")]


@routes.get("/")
async def home(own: AnyVisit) -> Response:
    """The questions that citizens come with."""
    graphs = own.service.library.current.values()
    return own.show(home_page(graphs, own.language, own.house, own.now))


@routes.get("/start/{flow}")
async def first_page(own: AnyVisit, flow: Slug) -> Response:
    """What to expect."""
    graph = own.service.library.current.get(flow)
    if graph is None:
        raise Refusal("not_found")
    return own.show(start_page(graph, own.language, own.house, own.now, demo=own.settings.demo))


@routes.post("/start/{flow}")
async def start(own: AnyVisit, flow: Slug, subject: SignedOn) -> Response:
    """Begin a journey; this browser has it open. What registers know of somebody who signed on is fetched at once."""
    if flow not in own.service.library.current:
        raise Refusal("not_found")
    form = await sent(own.request)
    body = [flow, known_as(own.request.app.state.pepper, subject)] if subject else [flow]
    begun = await own.service.start_once(flow, Channel.WEB, own.language.value, form.command, body, {}, subject=subject)
    answer = go(journey_address(begun["id"]))
    await admit(own, answer, begun["id"])
    return answer


@routes.get("/contact")
async def house_contact(own: AnyVisit) -> Response:
    """How the organisation is reached."""
    return own.show(contact_page(own.language, own.house, own.now))


@routes.get("/taal/{code}")
async def speak(own: AnyVisit, code: Language, terug: str = HOME) -> Response:
    """Another language, and back to the page."""
    answer = go(terug if re.fullmatch(r"/[A-Za-z0-9/_\[\].-]*", terug) and not terug.startswith("//") else HOME)
    cookies.put(own.settings, answer, cookies.LANGUAGE, code.value, minutes=60 * 24 * 365)
    return answer


@routes.get("/verder")
async def resume_form(own: AnyVisit) -> Response:
    """Go on with a code."""
    return own.show(resume_page(own.language, own.house, own.now, notices=own.notices()))


@routes.post("/verder")
async def resume(own: AnyVisit) -> Response:
    """The journey that the code opens; wrong, used up and expired look the same. Raises Refusal (429)."""
    wait = own.request.app.state.code_tries.take(asked.client(own.request.scope, own.settings.proxies))
    if wait:
        raise Refusal("too_many", retry_after=int(wait) + 1)
    form = await sent(own.request)
    found = await own.service.codes.redeem(form.text("code")[:80])
    if found is None:
        wrong = say(own.language, "resume.wrong")
        return own.show(resume_page(own.language, own.house, own.now, wrong), 400)
    answer = go(journey_address(found.journey))
    mandate = await own.service.mandate_of(found)
    if mandate:
        await admit(own, answer, found.journey, MANDATE, mandate)
        return answer
    await _back_on_the_web(own, found.journey)
    await admit(own, answer, found.journey, OWN)
    return answer


async def _back_on_the_web(own: Visit, journey: str) -> None:
    """Who goes on here with a code has switched: the dossier says so, on both sides."""
    if (await own.service.dossiers.open(journey)).journey.channel is not Channel.WEB:
        back = Command(simple(ev.ChannelSwitched, to=Channel.WEB), "switch", channel=Channel.WEB)
        await own.service.dossiers.send(journey, back)

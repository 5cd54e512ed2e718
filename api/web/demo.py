"""Only in the demo: sign in as somebody made up, and read the mail that would have gone out. Elsewhere: 404.

    GET  /demo/inloggen/FLOW  /demo/post
    POST /demo/inloggen/FLOW

It looks like signing in with an electronic identity and is none: no password, made-up people, so that what registers
know can be shown on the questions. An organisation puts its own sign-on here (docs/security.md).
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from api.channels.memory import MemoryMailer
from api.problems import Refusal
from api.security.routes import router
from api.security.sign_on import known_as
from api.web.citizen import Slug
from api.web.door import AnyVisit, Visit, admit, go
from api.web.forms import sent
from api.web.links import journey_address
from engine.graph.graph import Graph
from engine.journey.events import Channel
from ui_schema.build_loose import demo_mail_page, demo_sign_in_page
from ui_schema.texts import say

routes = router(include_in_schema=False, prefix="/demo")


def _people(own: Visit) -> Mapping[str, str]:
    """Whom the registers here know: subject and name."""
    people: Mapping[str, str] = own.request.app.state.demo_people
    return people


def _flow(own: Visit, flow: str) -> Graph:
    graph = own.service.library.current.get(flow)
    if graph is None or not own.settings.demo:
        raise Refusal("not_found")
    return graph


@routes.get("/inloggen/{flow}")
async def sign_in_form(own: AnyVisit, flow: Slug) -> Response:
    """Who are you today?"""
    return own.show(demo_sign_in_page(_flow(own, flow), _people(own), own.language, own.house, own.now))


@routes.post("/inloggen/{flow}")
async def sign_in(own: AnyVisit, flow: Slug) -> Response:
    """Begin as this person: what registers know is fetched at once."""
    graph = _flow(own, flow)
    form = await sent(own.request)
    person = form.text("person")[:20]
    if person not in _people(own):
        wrong = say(own.language, "demo.choose")
        return own.show(demo_sign_in_page(graph, _people(own), own.language, own.house, own.now, wrong), 400)
    body = [flow, known_as(own.request.app.state.pepper, person)]
    begun = await own.service.start_once(flow, Channel.WEB, own.language.value, form.command, body, {}, subject=person)
    answer = go(journey_address(begun["id"]))
    await admit(own, answer, begun["id"])
    return answer


@routes.get("/post")
async def mails(own: AnyVisit) -> Response:
    """What would have been mailed, the newest first."""
    mailer = own.request.app.state.mailer
    if not own.settings.demo or not isinstance(mailer, MemoryMailer):
        raise Refusal("not_found")
    sent_so_far = [(mail.subject, mail.text) for mail in reversed(mailer.sent)]
    return own.show(demo_mail_page(sent_so_far, own.language, own.house, own.now))

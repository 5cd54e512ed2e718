"""A worker begins and ends a conversation: by telephone, at the desk, or with the citizen's letter in hand.

    GET  /werk/gesprek                 find a journey by its reference, or begin one
    POST /werk/gesprek                 from the reference, from a new flow, or from a task
    POST /werk/gesprek/ID/afsluiten    what was discussed; the conversation is over

In between the worker has the citizen's own pages under /werk/gesprek/ID, with the words to say: `api.web.journey` and
`api.web.own_way`. Each conversation is a contact moment; that the worker looked is recorded.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.responses import Response

from api.problems import Refusal
from api.security import tokens
from api.security.accounts import Worker
from api.security.doors import signed_in
from api.security.routes import router
from api.service import commands
from api.service.dossiers import Command, NoSuchJourney
from api.web.door import TALK, TALKING, AnyVisit, OwnJourney, Visit, admit, go
from api.web.forms import Sent, sent
from api.web.links import WORK, talk_address
from api.web.sending import Deed, send
from api.web.worker import desk
from engine.journey import events as ev
from engine.journey.events import Actor, ActorKind, Channel
from ui_schema.build_talk import talk_page
from ui_schema.build_work_forms import TALK_OVER
from ui_schema.texts import say

routes = router(include_in_schema=False)

SignedIn = Annotated[Worker, Depends(signed_in)]


@routes.get(TALK)
async def begin_form(own: AnyVisit, worker: SignedIn) -> Response:
    """Find a journey, or begin one."""
    return own.show(talk_page(desk(own, worker), own.service.library.current.values()))


@routes.post(TALK)
async def begin(own: AnyVisit, worker: SignedIn) -> Response:
    """The conversation begins: the journey is on this channel now, and open here for this worker."""
    form = await sent(own.request)
    over = form.text("over")
    if over not in TALK_OVER:
        raise Refusal("invalid")
    actor, channel = Actor(kind=ActorKind.WORKER, id=worker.account), Channel(over)
    journey = await _journey(own, form, actor, channel)
    if journey is None:
        typed = form.text("reference")[:40]
        wrong = say(own.language, "work.talk.not_found" if typed else "work.talk.choose")
        page = talk_page(desk(own, worker), own.service.library.current.values(), typed, wrong)
        return own.show(page, 400)
    await own.service.looked(journey, worker.account, "conversation", over)
    if (await own.service.dossiers.open(journey)).journey.channel is not channel:
        switch = Command(commands.simple(ev.ChannelSwitched, to=channel), "talk", actor=actor, channel=channel)
        await own.service.dossiers.send(journey, switch)
    answer = go(talk_address(journey))
    await admit(own, answer, journey, TALKING, over, worker.account)
    return answer


async def _journey(own: Visit, form: Sent, actor: Actor, channel: Channel) -> str | None:
    """The journey of a task, of a reference, or a new one."""
    if known := form.text("journey")[:36]:
        try:
            return (await own.service.dossiers.open(known)).journey.id
        except NoSuchJourney:
            raise Refusal("not_found") from None
    if reference := form.text("reference")[:40]:
        found = tokens.reference_of(reference)
        return await own.service.store.by_reference(own.service.tenant, found) if found else None
    flow = form.text("flow")[:64]
    if flow not in own.service.library.current:
        return None
    begun = await own.service.start_once(flow, channel, own.language.value, form.command, [flow], {}, actor=actor)
    return str(begun["id"])


@routes.post(TALK + "/{journey}/afsluiten")
async def end(own: AnyVisit, journey: OwnJourney) -> Response:
    """What was discussed is in the dossier; the pages are closed here."""
    form = await sent(own.request)
    make = commands.simple(ev.ContactRecorded, over=own.caller.channel, note=form.text("text")[:2000])
    await send(own, journey, make, Deed("contact", form, form.text("text")[:2000]))
    await own.service.store.end_session(own.settings.tenant, tokens.digest(own.caller.token))
    return go(WORK, "gesprek")

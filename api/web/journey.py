"""The pages of one journey: each route reads the journey, sends a command or not, and answers with a page or redirect.

    GET  ""                                                 what comes next
         /vraag/FACT  /wijzig/FACT  /vragen                 a question of one's own choice
         /stand  /contact[/OVER]  /signaal  /klopt-niet/FACT  /stap/STEP
    POST /vraag[/FACT]  /weet-ik-niet/FACT  /klopt-niet/FACT  /stap/STEP  /contact/OVER  /signaal
         /verder-via/CHANNEL  /lijst/nog-een/LIST  /lijst/weg/ITEM  /lijst/klaar/LIST

Mounted twice: under /reis/ID for the citizen and who acts for the citizen, and under /werk/gesprek/ID for a worker who
goes through it together with the citizen (`api.web.door.own_journey` knows who it is). After every POST that succeeded
a redirect. What is on a page is `ui_schema`'s, what may be done the engine's; nothing is decided here.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from api.security.routes import router
from api.service import commands
from api.service.dossiers import Stale
from api.web import lists
from api.web.answering import again, done, refused, shown, wanted
from api.web.door import AnyVisit, OwnJourney, Visit, go
from api.web.forms import read_answers, sent
from api.web.sending import Deed, opened, send, send_answers, with_files
from engine.errors import AnswerError, RefusedEvent
from engine.journey import events as ev
from engine.journey.events import Channel
from ui_schema.page import PageKind

routes = router(include_in_schema=False)

FactName = Annotated[str, Path(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,80}(\[\d{1,5}\]\.[A-Za-z][A-Za-z0-9_]{0,80})?$")]
ListName = Annotated[str, Path(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,80}$")]
ItemName = Annotated[str, Path(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,80}\[\d{1,5}\]$")]
StepName = Annotated[str, Path(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,80}$")]


@routes.get("")
async def next_page(own: AnyVisit, journey: OwnJourney) -> Response:
    """Whatever comes next."""
    return await shown(own, journey, wanted(own))


@routes.get("/vraag/{fact}")
@routes.get("/wijzig/{fact}")
async def question(own: AnyVisit, journey: OwnJourney, fact: FactName) -> Response:
    """A question of the citizen's own choice, or an answer to change; what comes next when it cannot be asked."""
    return await shown(own, journey, wanted(own, kind=PageKind.QUESTION, fact=fact))


@routes.get("/vragen")
async def choose(own: AnyVisit, journey: OwnJourney) -> Response:
    """All questions that are open now."""
    return await shown(own, journey, wanted(own, kind=PageKind.CHOOSE))


@routes.post("/vraag")
async def answer_page(own: AnyVisit, journey: OwnJourney) -> Response:
    """Answer the questions of a page."""
    return await _answered(own, journey)


@routes.post("/vraag/{fact}")
async def answer_question(own: AnyVisit, journey: OwnJourney, fact: FactName) -> Response:
    """Answer one question."""
    return await _answered(own, journey, fact)


async def _answered(own: Visit, journey: str, fact: str = "") -> Response:
    """On to what comes next; refused answers stand on the page again with what is wrong."""
    form = await sent(own.request)
    dossier = await opened(own, journey)
    asked = form.asked or ((fact,) if fact else ())
    read = await with_files(own, journey, read_answers(dossier.graph, form, asked, own.language))
    if read.errors or not read.answers:
        return again(own, dossier, asked, read.typed, read.errors, form.tries)
    try:
        await send_answers(own, journey, form, read.answers)
    except AnswerError as error:
        return again(own, dossier, asked, read.typed, [error], form.tries)
    except Stale:
        return go(f"{own.caller.base}/wijzig/{asked[0]}", "gewijzigd")
    except RefusedEvent as error:
        return await refused(own, journey, error)
    return go(own.caller.base)


@routes.post("/weet-ik-niet/{fact}")
async def unsure(own: AnyVisit, journey: OwnJourney, fact: FactName) -> Response:
    """ "Weet ik niet": help, or somebody finds out."""
    form = await sent(own.request)
    try:
        done = await send(own, journey, commands.unsure(fact), Deed("unsure", form, fact))
    except RefusedEvent as error:
        return await refused(own, journey, error)
    leads_to = done.dossier.journey.help_wanted.get(fact, "")
    if leads_to == "help":
        return go(f"{own.caller.base}/vraag/{fact}", "hulp")
    return go(own.caller.base, "helper") if leads_to else go(own.caller.base)


@routes.get("/klopt-niet/{fact}")
async def dispute_form(own: AnyVisit, journey: OwnJourney, fact: FactName) -> Response:
    """Say what is wrong with a known fact."""
    return await shown(own, journey, wanted(own, kind=PageKind.DISPUTE, fact=fact))


@routes.post("/klopt-niet/{fact}")
async def dispute(own: AnyVisit, journey: OwnJourney, fact: FactName) -> Response:
    """The fact counts no more until a person has looked."""
    form = await sent(own.request)
    reason = form.text("reason")[:1000]
    if not reason:
        look = wanted(own, kind=PageKind.DISPUTE, fact=fact)
        return await shown(own, journey, look, missing="reason")
    make = commands.simple(ev.FactDisputed, fact=fact, reason=reason)
    return await done(own, journey, make, Deed("dispute", form, [fact, reason]), "betwist")


@routes.get("/stand")
async def status(own: AnyVisit, journey: OwnJourney) -> Response:
    """What happened, what comes next, by when, by whom."""
    return await shown(own, journey, wanted(own, kind=PageKind.STATUS))


@routes.get("/contact")
async def contact(own: AnyVisit, journey: OwnJourney) -> Response:
    """The ways to a person."""
    return await shown(own, journey, wanted(own, kind=PageKind.CONTACT))


@routes.get("/contact/{over}")
async def contact_over(own: AnyVisit, journey: OwnJourney, over: Channel) -> Response:
    """The ways to a person, with the form for one of them."""
    return await shown(own, journey, wanted(own, kind=PageKind.CONTACT, over=over.value))


@routes.post("/contact/{over}")
async def ask_person(own: AnyVisit, journey: OwnJourney, over: Channel) -> Response:
    """Ask for a person; everything that was told travels along."""
    form = await sent(own.request)
    typed, when, about = form.text("contact")[:200], form.text("preferredTime")[:100], form.text("about")[:1000]
    dossier = await opened(own, journey)
    try:
        where = commands.address_for(over, typed, dossier.journey.reach, must=True)
    except AnswerError:
        boxes = {"contact": typed, "preferredTime": when, "about": about}
        look = wanted(own, kind=PageKind.CONTACT, over=over.value)
        text = f"contact.required_{'address' if over is Channel.EMAIL else 'number'}"
        return await shown(own, journey, look, missing="contact", typed=boxes, text=text)
    make = commands.ask_person(over, where, when, about)
    return await done(own, journey, make, Deed("contact", form, [over, where, when, about]), "verzoek", "/stand")


@routes.post("/verder-via/{channel}")
async def switch(own: AnyVisit, journey: OwnJourney, channel: Channel) -> Response:
    """Go on over another channel: same journey, same facts."""
    form = await sent(own.request)
    make = commands.simple(ev.ChannelSwitched, to=channel)
    melding = {Channel.LETTER: "brief", Channel.EMAIL: "mail"}.get(channel, "")
    return await done(own, journey, make, Deed("switch", form, channel), melding, "/stand")


@routes.get("/stap/{step}")
async def confirm(own: AnyVisit, journey: OwnJourney, step: StepName) -> Response:
    """Ask once more before a step that cannot be taken back."""
    return await shown(own, journey, wanted(own, kind=PageKind.CONFIRM, step=step))


@routes.post("/stap/{step}")
async def take_step(own: AnyVisit, journey: OwnJourney, step: StepName) -> Response:
    """A named step of the process, on what the citizen saw."""
    form = await sent(own.request)
    make = commands.simple(ev.StepTaken, step=step, on_behalf=own.caller.at_work)
    try:
        await send(own, journey, make, Deed("step", form, step, expected=form.revision))
    except Stale:
        return go(own.caller.base, "gewijzigd")
    except RefusedEvent as error:
        return await refused(own, journey, error)
    return go(own.caller.base)


@routes.get("/signaal")
async def signal_form(own: AnyVisit, journey: OwnJourney) -> Response:
    """Say what goes wrong here."""
    return await shown(own, journey, wanted(own, kind=PageKind.SIGNAL))


@routes.post("/signaal")
async def signal(own: AnyVisit, journey: OwnJourney) -> Response:
    """A signal for the flow's team."""
    form = await sent(own.request)
    text = form.text("text")[:1000]
    if not text:
        return await shown(own, journey, wanted(own, kind=PageKind.SIGNAL), missing="text")
    make = commands.signal("", text)
    return await done(own, journey, make, Deed("signal", form, text), "signaal")


@routes.post("/lijst/nog-een/{name}")
async def one_more(own: AnyVisit, journey: OwnJourney, name: ListName) -> Response:
    """One more item: its first question."""
    form = await sent(own.request)
    try:
        dossier = await opened(own, journey)
        if name in dossier.journey.answers:
            dossier = (await send(own, journey, lists.reopen(name), Deed("reopen", form, name))).dossier
        key = lists.first_of_next(dossier, name)
    except RefusedEvent as error:
        return await refused(own, journey, error)
    return go(f"{own.caller.base}/vraag/{key}")


@routes.post("/lijst/weg/{item}")
async def one_less(own: AnyVisit, journey: OwnJourney, item: ItemName) -> Response:
    """One item less."""
    form = await sent(own.request)
    name, _, rest = item.partition("[")
    make = lists.remove(name, int(rest.removesuffix("]")))
    return await done(own, journey, make, Deed("remove", form, item), "", f"/vraag/{name}")


@routes.post("/lijst/klaar/{name}")
async def that_is_all(own: AnyVisit, journey: OwnJourney, name: ListName) -> Response:
    """The list is closed."""
    form = await sent(own.request)
    try:
        await send(own, journey, lists.close(name), Deed("close", form, name))
    except AnswerError as error:
        return again(own, await opened(own, journey), (name,), {}, [error], form.tries)
    except RefusedEvent as error:
        return await refused(own, journey, error)
    return go(own.caller.base)

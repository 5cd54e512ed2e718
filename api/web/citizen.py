"""The citizen's pages: every route reads the journey, sends a command or not, and answers with a page or a redirect.

    GET  /  /start/FLOW  /contact  /verder  /taal/CODE           without a journey
    POST /start/FLOW  /verder
    GET  /reis/ID                                                what comes next
         /reis/ID/vraag/FACT  /wijzig/FACT  /vragen              a question of one's own choice
         /reis/ID/stand  /contact[/OVER]  /bewaard  /signaal  /klopt-niet/FACT  /stap/STEP
    POST /reis/ID/vraag[/FACT]  /weet-ik-niet/FACT  /klopt-niet/FACT  /stap/STEP  /bewaar  /contact/OVER  /signaal
         /verder-via/CHANNEL  /lijst/nog-een/LIST  /lijst/weg/ITEM  /lijst/klaar/LIST

After every POST that succeeded a redirect (Post/Redirect/Get). What is on a page is `ui_schema`'s, what may be done the
engine's; nothing is decided here.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from api.problems import Refusal
from api.security import cookies
from api.security.routes import router
from api.service import commands
from api.service.access import CODE_LIFE
from api.service.dossiers import Maker, Stale
from api.web import lists
from api.web.answering import again, refused, shown, wanted
from api.web.door import AnyVisit, OwnJourney, Visit, admit, go
from api.web.forms import read_answers, sent
from api.web.links import HOME, RESUME, journey_address
from api.web.sending import Deed, opened, send, send_answers, with_files
from engine.errors import AnswerError, RefusedEvent
from engine.flow.fields import FIELDS
from engine.flow.model import Fact, FactType
from engine.journey import events as ev
from engine.journey.events import Channel
from ui_schema.build_loose import contact_page, home_page, resume_page, start_page
from ui_schema.notation import day_words, local
from ui_schema.page import PageKind, Saved
from ui_schema.shape import Language
from ui_schema.texts import say

routes = router(include_in_schema=False)

Slug = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,64}$")]
FactName = Annotated[str, Path(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,80}(\[\d{1,5}\]\.[A-Za-z][A-Za-z0-9_]{0,80})?$")]
ListName = Annotated[str, Path(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,80}$")]
ItemName = Annotated[str, Path(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,80}\[\d{1,5}\]$")]
StepName = Annotated[str, Path(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,80}$")]
CODE_COOKIE = "wegwijzer-code"
CODE_MINUTES = 10


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
    return own.show(start_page(graph, own.language, own.house, own.now))


@routes.post("/start/{flow}")
async def start(own: AnyVisit, flow: Slug) -> Response:
    """Begin a journey; this browser has it open."""
    if flow not in own.service.library.current:
        raise Refusal("not_found")
    form = await sent(own.request)
    begun = await own.service.start_once(flow, Channel.WEB, own.language.value, form.command, [flow], {})
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
    return own.show(resume_page(own.language, own.house, own.now))


@routes.post("/verder")
async def resume(own: AnyVisit) -> Response:
    """The journey that the code opens; wrong, used up and expired look the same."""
    form = await sent(own.request)
    journey = await own.service.codes.redeem(form.text("code")[:80])
    if journey is None:
        wrong = say(own.language, "resume.wrong")
        return own.show(resume_page(own.language, own.house, own.now, wrong), 400)
    answer = go(journey_address(journey))
    await admit(own, answer, journey)
    return answer


@routes.get("/reis/{journey}")
async def next_page(own: AnyVisit, journey: OwnJourney) -> Response:
    """Whatever comes next."""
    return await shown(own, journey, wanted(own))


@routes.get("/reis/{journey}/vraag/{fact}")
@routes.get("/reis/{journey}/wijzig/{fact}")
async def question(own: AnyVisit, journey: OwnJourney, fact: FactName) -> Response:
    """A question of the citizen's own choice, or an answer to change; what comes next when it cannot be asked."""
    return await shown(own, journey, wanted(own, kind=PageKind.QUESTION, fact=fact))


@routes.get("/reis/{journey}/vragen")
async def choose(own: AnyVisit, journey: OwnJourney) -> Response:
    """All questions that are open now."""
    return await shown(own, journey, wanted(own, kind=PageKind.CHOOSE))


@routes.post("/reis/{journey}/vraag")
async def answer_page(own: AnyVisit, journey: OwnJourney) -> Response:
    """Answer the questions of a page."""
    return await _answered(own, journey)


@routes.post("/reis/{journey}/vraag/{fact}")
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
        return go(f"{journey_address(journey)}/wijzig/{asked[0]}", "gewijzigd")
    except RefusedEvent as error:
        return await refused(own, journey, error)
    return go(journey_address(journey))


@routes.post("/reis/{journey}/weet-ik-niet/{fact}")
async def unsure(own: AnyVisit, journey: OwnJourney, fact: FactName) -> Response:
    """ "Weet ik niet": help, or somebody finds out."""
    form = await sent(own.request)
    try:
        done = await send(own, journey, commands.unsure(fact), Deed("unsure", form, fact))
    except RefusedEvent as error:
        return await refused(own, journey, error)
    helps = done.dossier.journey.help_wanted.get(fact) == "help"
    return go(f"{journey_address(journey)}/vraag/{fact}", "hulp") if helps else go(journey_address(journey), "helper")


@routes.get("/reis/{journey}/klopt-niet/{fact}")
async def dispute_form(own: AnyVisit, journey: OwnJourney, fact: FactName) -> Response:
    """Say what is wrong with a known fact."""
    return await shown(own, journey, wanted(own, kind=PageKind.DISPUTE, fact=fact))


@routes.post("/reis/{journey}/klopt-niet/{fact}")
async def dispute(own: AnyVisit, journey: OwnJourney, fact: FactName) -> Response:
    """The fact counts no more until a person has looked."""
    form = await sent(own.request)
    reason = form.text("reason")[:1000]
    if not reason:
        look = wanted(own, kind=PageKind.DISPUTE, fact=fact)
        return await shown(own, journey, look, missing="reason")
    make = commands.simple(ev.FactDisputed, fact=fact, reason=reason)
    return await _done(own, journey, make, Deed("dispute", form, [fact, reason]), "betwist")


@routes.get("/reis/{journey}/stand")
async def status(own: AnyVisit, journey: OwnJourney) -> Response:
    """What happened, what comes next, by when, by whom."""
    return await shown(own, journey, wanted(own, kind=PageKind.STATUS))


@routes.get("/reis/{journey}/contact")
async def contact(own: AnyVisit, journey: OwnJourney) -> Response:
    """The ways to a person."""
    return await shown(own, journey, wanted(own, kind=PageKind.CONTACT))


@routes.get("/reis/{journey}/contact/{over}")
async def contact_over(own: AnyVisit, journey: OwnJourney, over: Channel) -> Response:
    """The ways to a person, with the form for one of them."""
    return await shown(own, journey, wanted(own, kind=PageKind.CONTACT, over=over.value))


@routes.post("/reis/{journey}/contact/{over}")
async def ask_person(own: AnyVisit, journey: OwnJourney, over: Channel) -> Response:
    """Ask for a person; everything that was told travels along."""
    form = await sent(own.request)
    number, when, about = form.text("contact")[:60], form.text("preferredTime")[:100], form.text("about")[:1000]
    try:
        number = FIELDS[FactType.PHONE].parse(number, Fact(type=FactType.PHONE), own.language.value)
    except AnswerError:
        typed = {"contact": number, "preferredTime": when, "about": about}
        look = wanted(own, kind=PageKind.CONTACT, over=over.value)
        return await shown(own, journey, look, missing="contact", typed=typed, text="contact.required_number")
    make = commands.simple(ev.PersonAsked, over=over, preferred_time=when, about=about, contact=number)
    return await _done(own, journey, make, Deed("contact", form, [over, number, when, about]), "verzoek", "/stand")


@routes.post("/reis/{journey}/verder-via/{channel}")
async def switch(own: AnyVisit, journey: OwnJourney, channel: Channel) -> Response:
    """Go on over another channel: same journey, same facts."""
    form = await sent(own.request)
    make = commands.simple(ev.ChannelSwitched, to=channel)
    melding = "brief" if channel is Channel.LETTER else ""
    return await _done(own, journey, make, Deed("switch", form, channel), melding, "/stand")


@routes.get("/reis/{journey}/stap/{step}")
async def confirm(own: AnyVisit, journey: OwnJourney, step: StepName) -> Response:
    """Ask once more before a step that cannot be taken back."""
    return await shown(own, journey, wanted(own, kind=PageKind.CONFIRM, step=step))


@routes.post("/reis/{journey}/stap/{step}")
async def take_step(own: AnyVisit, journey: OwnJourney, step: StepName) -> Response:
    """A named step of the process, on what the citizen saw."""
    form = await sent(own.request)
    make = commands.simple(ev.StepTaken, step=step)
    try:
        await send(own, journey, make, Deed("step", form, step, expected=form.revision))
    except Stale:
        return go(journey_address(journey), "gewijzigd")
    except RefusedEvent as error:
        return await refused(own, journey, error)
    return go(journey_address(journey))


@routes.get("/reis/{journey}/signaal")
async def signal_form(own: AnyVisit, journey: OwnJourney) -> Response:
    """Say what goes wrong here."""
    return await shown(own, journey, wanted(own, kind=PageKind.SIGNAL))


@routes.post("/reis/{journey}/signaal")
async def signal(own: AnyVisit, journey: OwnJourney) -> Response:
    """A signal for the flow's team."""
    form = await sent(own.request)
    text = form.text("text")[:1000]
    if not text:
        return await shown(own, journey, wanted(own, kind=PageKind.SIGNAL), missing="text")
    place = (await opened(own, journey)).journey.place
    make = commands.simple(ev.SignalLeft, step=place, text=text)
    return await _done(own, journey, make, Deed("signal", form, text), "signaal")


@routes.post("/reis/{journey}/bewaar")
async def save(own: AnyVisit, journey: OwnJourney) -> Response:
    """A code to go on with; it travels to the next page in a cookie of ten minutes, never in an address."""
    code = await own.service.codes.make(journey)
    answer = go(f"{journey_address(journey)}/bewaard")
    cookies.put(own.settings, answer, CODE_COOKIE, code, minutes=CODE_MINUTES)
    return answer


@routes.get("/reis/{journey}/bewaard")
async def saved(own: AnyVisit, journey: OwnJourney) -> Response:
    """Bewaard: the code, where to go with it, until when."""
    code = cookies.read(own.settings, own.request, CODE_COOKIE)
    if not code:
        return go(journey_address(journey))
    dossier = await opened(own, journey)
    last = local(own.now + CODE_LIFE - timedelta(days=1)).date()
    base = own.house.address or str(own.request.base_url).rstrip("/")
    card = Saved(
        code=code,
        reference=dossier.journey.reference,
        until=day_words(last, own.language),
        where=base.partition("://")[2] + RESUME,
        qr=base + RESUME,
    )
    return await shown(own, journey, wanted(own, kind=PageKind.SAVED, saved=card))


@routes.post("/reis/{journey}/lijst/nog-een/{name}")
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
    return go(f"{journey_address(journey)}/vraag/{key}")


@routes.post("/reis/{journey}/lijst/weg/{item}")
async def one_less(own: AnyVisit, journey: OwnJourney, item: ItemName) -> Response:
    """One item less."""
    form = await sent(own.request)
    name, _, rest = item.partition("[")
    make = lists.remove(name, int(rest.removesuffix("]")))
    return await _done(own, journey, make, Deed("remove", form, item), "", f"/vraag/{name}")


@routes.post("/reis/{journey}/lijst/klaar/{name}")
async def that_is_all(own: AnyVisit, journey: OwnJourney, name: ListName) -> Response:
    """The list is closed."""
    form = await sent(own.request)
    try:
        await send(own, journey, lists.close(name), Deed("close", form, name))
    except AnswerError as error:
        return again(own, await opened(own, journey), (name,), {}, [error], form.tries)
    except RefusedEvent as error:
        return await refused(own, journey, error)
    return go(journey_address(journey))


async def _done(own: Visit, journey: str, make: Maker, deed: Deed, melding: str, then: str = "") -> Response:
    """Send a command that has no answers, and go on."""
    try:
        await send(own, journey, make, deed)
    except RefusedEvent as error:
        return await refused(own, journey, error)
    return go(journey_address(journey) + then, melding)

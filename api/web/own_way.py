"""A journey's own way: save and go on later, pause, where to be told, who may act, a remedy, the questions on paper.

    GET  /bewaard  /pauze  /bericht  /machtiging  /machtiging/code  /rechtsmiddel/STEP  /brief  /antwoorden
    POST /bewaar  /stoppen  /pauze  /hervat  /bericht  /machtiging  /machtiging/stop/ID  /rechtsmiddel/STEP
         /brief  /antwoorden

Mounted under /reis/ID and /werk/gesprek/ID, as `api.web.journey` is. A code travels to the next page in a cookie of ten
minutes, never in an address. Who acts by a mandate makes no codes: those open everything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from api.problems import Refusal
from api.security import cookies, tokens
from api.security.routes import router
from api.service import commands
from api.service.access import CODE_LIFE, HANDED_LIFE, halves_of
from api.web.answering import done, refused, shown, wanted
from api.web.door import AnyVisit, OwnJourney, Visit, cookie_of, go
from api.web.forms import Sent, read_answers, sent
from api.web.journey import StepName
from api.web.links import RESUME
from api.web.sending import Deed, opened, send
from engine.errors import AnswerError, RefusedEvent
from engine.flow.fields import FIELDS
from engine.flow.model import Fact, FactType
from engine.journey import events as ev
from engine.journey.events import ActorKind
from engine.terms.deadlines import end_of
from ui_schema.build import page
from ui_schema.build_fields import Attempt, Typed
from ui_schema.build_own_way import paper_facts
from ui_schema.messages import attempts
from ui_schema.notation import day_words, local
from ui_schema.page import FieldError, PageKind, Saved
from ui_schema.scene import Scene

routes = router(include_in_schema=False)

CODE_COOKIE = "wegwijzer-code"
CODE_MINUTES = 10
MandateId = Annotated[str, Path(pattern=r"^[0-9A-Z]{4,12}$")]
BAD_REQUEST = 400


def _makes_codes(own: Visit) -> None:
    """Raises Refusal (403) for who acts for somebody else."""
    if own.caller.actor.kind is ActorKind.REPRESENTATIVE:
        raise Refusal("forbidden")


def _carry(own: Visit, to: str, **card: str) -> Response:
    """On to a page that shows a code once."""
    answer = go(own.caller.base + to)
    cookies.put(own.settings, answer, CODE_COOKIE, "|".join((card["code"], card.get("about", ""))), CODE_MINUTES)
    return answer


def _carried(own: Visit) -> tuple[str, str]:
    """The code that came along, and what it is about; both "" without one."""
    code, _, about = cookies.read(own.settings, own.request, CODE_COOKIE).partition("|")
    return code, about


def _card(own: Visit, code: str, reference: str, until: datetime) -> Saved:
    """A code as it stands on a page: written out, and as a QR code that fills it in."""
    base = own.house.address or str(own.request.base_url).rstrip("/")
    last = day_words((local(until) - timedelta(days=1)).date(), own.language)
    where = base.partition("://")[2] + RESUME
    return Saved(code=code, reference=reference, until=last, where=where, qr=f"{base}{RESUME}#{code}" if code else "")


@routes.post("/bewaar")
async def save(own: AnyVisit, journey: OwnJourney) -> Response:
    """A code to go on with; in a conversation one that works once."""
    _makes_codes(own)
    codes = own.service.codes
    code = await codes.hand_over(journey) if own.caller.at_work else await codes.make(journey)
    return _carry(own, "/bewaard", code=code)


@routes.get("/bewaard")
async def saved(own: AnyVisit, journey: OwnJourney) -> Response:
    """Bewaard: the code, where to go with it, until when."""
    code, _ = _carried(own)
    if not code:
        return go(own.caller.base)
    dossier = await opened(own, journey)
    until = own.now + (HANDED_LIFE if own.caller.at_work else CODE_LIFE)
    card = _card(own, code, dossier.journey.reference, until)
    return await shown(own, journey, wanted(own, kind=PageKind.SAVED, saved=card))


@routes.post("/stoppen")
async def leave(own: AnyVisit, journey: OwnJourney) -> Response:
    """On a computer of others: this browser opens the journey no longer, by its cookie or by going back."""
    if own.caller.at_work:
        raise Refusal("not_found")
    await own.service.store.end_session(own.settings.tenant, tokens.digest(own.caller.token))
    answer = go(RESUME, "gestopt")
    cookies.drop(own.settings, answer, cookie_of(journey))
    cookies.drop(own.settings, answer, CODE_COOKIE)
    return answer


@routes.get("/pauze")
async def pause_form(own: AnyVisit, journey: OwnJourney) -> Response:
    """Until when?"""
    return await shown(own, journey, wanted(own, kind=PageKind.PAUSE))


@routes.post("/pauze")
async def pause(own: AnyVisit, journey: OwnJourney) -> Response:
    """The clock of the citizen's turn stands still."""
    form = await sent(own.request)
    day, typed, error = _day(own, form, "until")
    if day is None:
        return await _again(own, journey, PageKind.PAUSE, {"until": typed}, [error] if error else [])
    make = commands.simple(ev.JourneyPaused, until=end_of(day))
    return await done(own, journey, make, Deed("pause", form, str(day)), "gepauzeerd", "/stand")


@routes.post("/hervat")
async def resume(own: AnyVisit, journey: OwnJourney) -> Response:
    """Go on before the pause is over."""
    form = await sent(own.request)
    return await done(own, journey, commands.simple(ev.JourneyResumed), Deed("resume", form), "hervat")


@routes.get("/bericht")
async def reach_form(own: AnyVisit, journey: OwnJourney) -> Response:
    """Where to be told."""
    return await shown(own, journey, wanted(own, kind=PageKind.REACH))


@routes.post("/bericht")
async def reach(own: AnyVisit, journey: OwnJourney) -> Response:
    """An address for messages, or none any more."""
    form = await sent(own.request)
    typed = form.text("email")[:200]
    try:
        address = commands.mail_address(typed)
    except AnswerError as wrong:
        return await _again(own, journey, PageKind.REACH, {"email": typed}, [wrong])
    make = commands.reach(address)
    melding = "bericht" if address else "geen-bericht"
    return await done(own, journey, make, Deed("reach", form, address), melding, "/stand")


@routes.get("/machtiging")
async def mandates(own: AnyVisit, journey: OwnJourney) -> Response:
    """Who may act for the citizen."""
    return await shown(own, journey, wanted(own, kind=PageKind.MANDATE))


@routes.post("/machtiging")
async def give_mandate(own: AnyVisit, journey: OwnJourney) -> Response:
    """Somebody may act from now on, with a code that is shown once. The mandate is known by the code's public half."""
    _makes_codes(own)
    form = await sent(own.request)
    name, relation, scope = form.text("name")[:100], form.text("relation")[:100], form.text("scope")
    day, typed, error = _day(own, form, "until")
    problems = [*([] if name else [AnswerError("name", "answer.required")]), *([error] if error else [])]
    shown_again: dict[str, Typed] = {"name": name, "relation": relation, "scope": scope, "until": typed}
    if problems or day is None or scope not in ("read", "answer", "all"):
        return await _again(own, journey, PageKind.MANDATE, shown_again, problems)
    until = end_of(day)
    code = tokens.new_code()  # opens nothing before the mandate stands in the dossier: then it opens that mandate only
    mandate = halves_of(code)[0]
    fields = {"mandate": mandate, "name": name, "relation": relation, "scope": scope, "until": until}
    deed = Deed("mandate", form, [name, relation, scope, str(day)])
    try:
        given = await send(own, journey, commands.simple(ev.Represented, **fields), deed)
    except RefusedEvent as error:
        return await refused(own, journey, error)
    if mandate not in given.dossier.journey.mandates:  # the same form was sent before; its code was shown then
        return go(f"{own.caller.base}/machtiging")
    await own.service.codes.keep(code, journey, until - own.now)
    return _carry(own, "/machtiging/code", code=code, about=mandate)


@routes.get("/machtiging/code")
async def mandate_code(own: AnyVisit, journey: OwnJourney) -> Response:
    """The code for who may act, shown once."""
    code, about = _carried(own)
    dossier = await opened(own, journey)
    mandate = dossier.journey.mandates.get(about)
    if not code or mandate is None:
        return go(f"{own.caller.base}/machtiging")
    card = _card(own, code, dossier.journey.reference, mandate.until)
    return await shown(own, journey, wanted(own, kind=PageKind.SAVED, saved=card, about=mandate.name))


@routes.post("/machtiging/stop/{mandate}")
async def end_mandate(own: AnyVisit, journey: OwnJourney, mandate: MandateId) -> Response:
    """The mandate ends, and with it its code and its open pages."""
    form = await sent(own.request)
    make = commands.simple(ev.MandateEnded, mandate=mandate)
    return await done(own, journey, make, Deed("end-mandate", form, mandate), "machtiging-stop", "/machtiging")


@routes.get("/rechtsmiddel/{step}")
async def remedy_form(own: AnyVisit, journey: OwnJourney, step: StepName) -> Response:
    """Against a determination: what it is, until when, and why."""
    return await shown(own, journey, wanted(own, kind=PageKind.REMEDY, step=step))


@routes.post("/rechtsmiddel/{step}")
async def remedy(own: AnyVisit, journey: OwnJourney, step: StepName) -> Response:
    """The remedy is used, with its reason."""
    form = await sent(own.request)
    reason = form.text("reason")[:2000]
    if not reason:
        return await shown(own, journey, wanted(own, kind=PageKind.REMEDY, step=step), missing="reason")
    make = commands.simple(ev.StepTaken, step=step, motive=reason, on_behalf=own.caller.at_work)
    return await done(own, journey, make, Deed("remedy", form, [step, reason]), "rechtsmiddel", "/stand")


@routes.post("/brief")
async def write_letter(own: AnyVisit, journey: OwnJourney) -> Response:
    """A letter with a code of its own, to print. Its code works once."""
    _makes_codes(own)
    await sent(own.request)
    return _carry(own, "/brief", code=await own.service.codes.hand_over(journey, CODE_LIFE))


@routes.get("/brief")
async def letter(own: AnyVisit, journey: OwnJourney) -> Response:
    """The letter as it is printed; without a code when the page is shown again later."""
    code, _ = _carried(own)
    dossier = await opened(own, journey)
    card = _card(own, code, dossier.journey.reference, own.now + CODE_LIFE)
    return await shown(own, journey, wanted(own, kind=PageKind.LETTER, saved=card))


@routes.get("/antwoorden")
async def paper(own: AnyVisit, journey: OwnJourney) -> Response:
    """Every question of the letter at once."""
    return await shown(own, journey, wanted(own, kind=PageKind.TAKE_IN))


@routes.post("/antwoorden")
async def take_in(own: AnyVisit, journey: OwnJourney) -> Response:
    """What came back on paper: empty stays empty, and what turns out not to be needed is left out."""
    form = await sent(own.request)
    dossier = await opened(own, journey)
    look = wanted(own, kind=PageKind.TAKE_IN)
    asked = tuple(paper_facts(Scene(dossier.graph, dossier.journey, own.language, look)))
    read = read_answers(dossier.graph, form, asked, own.language)
    wrong = [error for error in read.errors if not _is_empty(read.typed.get(error.fact))]
    if wrong:
        return await _again(own, journey, PageKind.TAKE_IN, read.typed, wrong)
    make = commands.told(read.answers)
    try:
        await send(own, journey, make, Deed("take-in", form, json.dumps(dict(read.answers), sort_keys=True)))
    except AnswerError as error:
        return await _again(own, journey, PageKind.TAKE_IN, read.typed, [error])
    except RefusedEvent:
        return go(own.caller.base, "gewijzigd")
    return go(own.caller.base, "vastgelegd")


def _is_empty(typed: Typed | None) -> bool:
    """Whether nothing was written: an error about it is only that it is missing."""
    return not any(typed.values()) if isinstance(typed, Mapping) else not typed


def _day(own: Visit, form: Sent, name: str) -> tuple[date | None, Typed, AnswerError | None]:
    """A day in three boxes: the day, what was typed, what is wrong."""
    parts = {part: form.text(f"{name}.{part}")[:4] for part in ("day", "month", "year")}
    if not any(parts.values()):
        return None, parts, AnswerError(name, "answer.required")
    try:
        spec = Fact(type=FactType.DATE)
        value = FIELDS[FactType.DATE].parse("-".join(parts.values()), spec, own.language.value)
    except AnswerError as error:
        return None, parts, AnswerError(name, error.code, error.params)
    return (value if isinstance(value, date) else None), parts, None


async def _again(
    own: Visit, journey: str, kind: PageKind, typed: Mapping[str, Typed], errors: list[AnswerError]
) -> Response:
    """The form again, with what was typed and a sentence for each error."""
    dossier = await opened(own, journey)
    messages = attempts(dossier.graph, errors, own.language)
    summary = tuple(FieldError(field=name, message=found) for name, own_ in messages.items() for found in own_)
    look = wanted(own, kind=kind, attempt=Attempt(typed, messages), errors=summary)
    return own.show(page(dossier.graph, dossier.journey, own.language, look), BAD_REQUEST)

"""/v1/journeys: start one, read it, and everything that its citizen may do with it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import Response

from api import problems
from api.http import shapes, views
from api.http.asking import IdempotencyKey, OwnJourney, OwnWrite, ServiceNow, key_of, spoken, tag
from api.problems import Refusal
from api.security.routes import router
from api.security.sign_on import MayPrefill, SignedOn, known_as
from api.service import commands
from engine.errors import AnswerError, RefusedEvent
from engine.journey import events as ev
from ui_schema.build import page as drawn_page
from ui_schema.page import Page
from ui_schema.scene import Wanted
from ui_schema.shape import Language

routes = router(prefix="/v1/journeys", tags=["journeys"])

Spoken = Annotated[Language | None, Query(description="The language of the page; the journey's own by default.")]


@routes.post("", status_code=201, response_model=shapes.Begun, operation_id="startJourney")
async def start(
    request: Request,
    service: ServiceNow,
    answer: Response,
    subject: SignedOn,
    may_prefill: MayPrefill,
    asked: shapes.NewJourney,
    idempotency_key: IdempotencyKey = "",
) -> Any:
    """Start a journey on the current version of a flow. What registers know of who signed on is fetched at once."""
    if asked.prefill and not may_prefill:
        raise Refusal("forbidden", "Only the organisation itself says what registers know; leave prefill out.")
    body = asked.model_dump(mode="json")
    if subject:
        body["subject"] = known_as(request.app.state.pepper, subject)
    known, key = dict(asked.prefill), key_of(idempotency_key)
    language = str(asked.language)
    try:
        begun = await service.start_once(asked.flow, asked.channel, language, key, body, known, subject=subject)
    except AnswerError as error:  # there are no answers yet: it is about what registers are said to know
        raise problems.invalid_answers([error], spoken(request), "prefill") from None
    tag(answer, begun["version"])
    answer.headers["Location"] = f"/v1/journeys/{begun['id']}"
    return begun


@routes.get("/{journeyId}", response_model=shapes.JourneyNow, operation_id="readJourney")
async def read(service: ServiceNow, answer: Response, journey: OwnJourney) -> shapes.JourneyNow:
    """The journey now: facts with their suppliers, what may be done, the outcome, tasks and promises."""
    dossier = await service.dossiers.open(journey.id)
    tag(answer, dossier.journey.seq)
    return views.journey_now(dossier, journey.actor, service.clock.now())


@routes.get("/{journeyId}/explanation", response_model=shapes.ExplanationNow, operation_id="explainJourney")
async def explanation(service: ServiceNow, journey: OwnJourney) -> shapes.ExplanationNow:
    """Why it came out so: every rule with its source, the facts behind it, and what would change the outcome."""
    return views.explanation(await service.dossiers.open(journey.id))


@routes.post("/{journeyId}/answers", response_model=shapes.Changed, operation_id="giveAnswers")
async def answers(request: Request, own: OwnWrite, asked: shapes.GivenAnswers) -> Response:
    """Answer questions, or change answers. All are accepted or none is; 409 for a fact that is not askable now.

    Their order does not matter: what becomes askable by other answers of the same request may be among them.
    """
    await own.service.files.attach(own.journey, asked.answers)
    try:
        return await own.carry_out(commands.answers(asked.answers), "answers", asked.answers)
    except RefusedEvent as error:
        if len(asked.answers) == 1:
            raise problems.refused_answer(error, spoken(request)) from None
    try:
        return await own.carry_out(commands.answers_in_turn(asked.answers), "answers", asked.answers)
    except RefusedEvent as error:
        raise problems.refused_answer(error, spoken(request)) from None


@routes.post("/{journeyId}/unsure", response_model=shapes.Changed, operation_id="sayUnsure")
async def unsure(own: OwnWrite, asked: shapes.Unsure) -> Response:
    """Say "I do not know": it leads to help, to a value, or to a person, as the flow says."""
    make = commands.unsure(asked.fact)
    return await own.carry_out(make, "unsure", asked.fact)


@routes.post("/{journeyId}/channel-switches", response_model=shapes.Changed, operation_id="switchChannel")
async def switch(own: OwnWrite, asked: shapes.SwitchChannel) -> Response:
    """Go on over another channel: same journey, same facts."""
    make = commands.simple(ev.ChannelSwitched, to=asked.channel)
    return await own.carry_out(make, "switch", asked.channel)


@routes.post("/{journeyId}/contact-requests", response_model=shapes.Changed, operation_id="askPerson")
async def contact(request: Request, own: OwnWrite, asked: shapes.AskPerson) -> Response:
    """Ask for a person. The promise stands in the journey's tasks."""
    make = commands.ask_person(asked.channel, asked.contact, asked.preferred_time, asked.about)
    body = asked.model_dump(mode="json", exclude_defaults=True)
    return await own.carry_out_plain(make, "contact", body, request)


@routes.post("/{journeyId}/disputes", response_model=shapes.Changed, operation_id="dispute")
async def dispute(own: OwnWrite, asked: shapes.Dispute) -> Response:
    """Say that a known fact is wrong. Nothing is decided on it until a person has looked."""
    make = commands.simple(ev.FactDisputed, fact=asked.fact, reason=asked.reason)
    body = asked.model_dump(mode="json")
    return await own.carry_out(make, "dispute", body)


@routes.post("/{journeyId}/signals", response_model=shapes.Changed, operation_id="leaveSignal")
async def signal(request: Request, own: OwnWrite, asked: shapes.LeaveSignal) -> Response:
    """Tell the team what goes wrong, here or at a step; 400 for a name that this flow does not have."""
    make = commands.signal(asked.step, asked.text)
    body = asked.model_dump(mode="json")
    return await own.carry_out_plain(make, "signal", body, request)


@routes.post("/{journeyId}/steps", response_model=shapes.Changed, operation_id="takeStep")
async def step(own: OwnWrite, asked: shapes.TakeStep) -> Response:
    """Take a step of the process that the options offer: `submit`, `withdraw`, ..."""
    make = commands.simple(ev.StepTaken, step=asked.step)
    return await own.carry_out(make, "step", asked.step)


@routes.post("/{journeyId}/remedies", response_model=shapes.Changed, operation_id="useRemedy")
async def remedy(own: OwnWrite, asked: shapes.UseRemedy) -> Response:
    """Use the remedy against a determination: the step of the process that the options offer for it."""
    make = commands.remedy(asked.reason)
    return await own.carry_out(make, "remedy", asked.reason)


@routes.get("/{journeyId}/page", response_model=Page, operation_id="readPage")
async def page(service: ServiceNow, journey: OwnJourney, language: Spoken = None) -> Page:
    """The citizen's page as data: exactly what the HTML pages are drawn from. Its JSON Schema: /v1/schemas/page."""
    dossier = await service.dossiers.open(journey.id)
    spoken = language or (
        Language(dossier.journey.language) if dossier.journey.language in set(Language) else Language.NL
    )
    return drawn_page(dossier.graph, dossier.journey, spoken, Wanted(now=service.clock.now(), actor=journey.actor))

"""/v1/journeys/{id}: let somebody act, pause and go on, say where to be told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api.http import shapes
from api.http.asking import OwnWrite, tag
from api.security import tokens
from api.security.routes import router
from api.service import commands
from api.service.access import halves_of
from api.service.dossiers import Dossier
from engine.journey import events as ev
from engine.terms.deadlines import end_of, local_day

routes = router(prefix="/v1/journeys", tags=["journeys"])


@routes.post("/{journeyId}/mandates", status_code=201, response_model=shapes.MandateGiven, operation_id="giveMandate")
async def give_mandate(own: OwnWrite, answer: Response, asked: shapes.GiveMandate) -> Any:
    """Let somebody else act. The code is shown once, and again when the same request is repeated."""
    until = end_of(local_day(own.service.clock.now()) + timedelta(days=asked.days))
    code = tokens.new_code()  # opens nothing before the mandate stands in the dossier
    mandate = halves_of(code)[0]
    fields = {"name": asked.name, "relation": asked.relation, "scope": asked.scope, "until": until}
    make = commands.simple(ev.Represented, mandate=mandate, **fields)

    def reply(dossier: Dossier) -> dict[str, Any]:
        given = shapes.MandateGiven(id=mandate, version=dossier.journey.seq, code=code, until=until)
        return given.model_dump(mode="json", by_alias=True)

    body = asked.model_dump(mode="json")
    told = shapes.MandateGiven.model_validate(await own.send(make, "mandate", body, reply))
    await own.service.codes.keep(told.code, own.journey, told.until - own.service.clock.now())
    tag(answer, told.version)
    return told


@routes.post("/{journeyId}/mandate-ends", response_model=shapes.Changed, operation_id="endMandate")
async def end_mandate(own: OwnWrite, asked: shapes.EndMandate) -> Response:
    """End a mandate: its code and its open pages open nothing from now on."""
    make = commands.simple(ev.MandateEnded, mandate=asked.id)
    return await own.carry_out(make, "end-mandate", asked.id)


@routes.post("/{journeyId}/pauses", response_model=shapes.Changed, operation_id="pause")
async def pause(own: OwnWrite, asked: shapes.Pause) -> Response:
    """Stop for a while; 409 where a legal term runs or somebody else has the move."""
    until = end_of(local_day(own.service.clock.now()) + timedelta(days=asked.days))
    make = commands.simple(ev.JourneyPaused, until=until)
    return await own.carry_out(make, "pause", asked.days)


@routes.post("/{journeyId}/resumptions", response_model=shapes.Changed, operation_id="resume")
async def resume(own: OwnWrite, asked: shapes.Resume) -> Response:
    """Go on before the pause is over; 409 when there is none."""
    make = commands.simple(ev.JourneyResumed)
    return await own.carry_out(make, "resume", None)


@routes.post("/{journeyId}/reach", response_model=shapes.Changed, operation_id="sayWhereToTell")
async def reach(request: Request, own: OwnWrite, asked: shapes.Reach) -> Response:
    """Where messages may go; they hold the reference and a link, nothing else."""
    return await own.carry_out_plain(commands.reach(asked.email), "reach", asked.email, request)

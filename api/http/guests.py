"""/v1/tokens: from a code to a token, for who goes on elsewhere or acts for the citizen.

Mounted by `api.app`; tests: tests/api/test_own_way_api.py.
"""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from api.http import shapes, views
from api.http.asking import ServiceNow, tag
from api.problems import Refusal
from api.security import request as asked_by
from api.security.routes import router

routes = router(prefix="/v1/tokens", tags=["journeys"])


@routes.post("", status_code=201, response_model=shapes.Token, operation_id="redeemCode")
async def redeem(request: Request, service: ServiceNow, answer: Response, asked: shapes.Redeem) -> shapes.Token:
    """Turn a code into a token for /v1/journeys: the citizen's own, or of who has a mandate. Each time costs a use.

    Wrong, expired, burnt and used up all look the same (404); tries are counted for each client and each code.
    """
    state = request.app.state
    client = asked_by.client(request.scope, state.settings.proxies)
    wait = state.code_tries.take(client)
    if wait:
        raise Refusal("too_many", retry_after=int(wait) + 1)
    found = await service.codes.redeem(asked.code)
    if found is None:
        raise Refusal("not_found", "This code opens nothing.")
    state.code_tries.forgive(client)
    mandate = await service.mandate_of(found)
    journey = (await service.dossiers.open(found.journey)).journey
    token = await service.guests.admit(journey.id, mandate)
    answer.headers["Location"] = f"/v1/journeys/{journey.id}"
    tag(answer, journey.seq)
    return views.token(token, journey, mandate)

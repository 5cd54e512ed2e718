"""Who is at the door: what a route asks for to know its caller, as FastAPI dependencies.

    worker: Annotated[Worker, Depends(signed_in)]           401 for nobody, 403 with a journey's secret
    worker: Annotated[Worker, Depends(having("approve"))]   and 403 without that right
    secret: Annotated[str, Depends(journey_secret)]         401 without one; whose it is, the service finds out

`api.app` puts `sessions` and `settings` on `app.state`. A worker's token never opens a journey as if it were the
citizen's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import Request

from api.problems import Refusal
from api.security import cookies, tokens
from api.security import request as asked
from api.security.accounts import Worker

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="wegwijzer"'}


async def signed_in(request: Request) -> Worker:
    """The worker who asks. Raises Refusal: 401, or 403 for a journey's secret."""
    worker: Worker | None = await request.app.state.sessions.worker(request)
    if worker is not None:
        return worker
    bearer = asked.bearer(request.scope)
    if bearer.startswith((tokens.JOURNEY, tokens.GUEST)):
        raise Refusal("forbidden", "A journey's secret opens that journey only.")
    raise Refusal("unauthenticated", "Sign in as a worker.", headers=CHALLENGE)


def having(right: str) -> Callable[[Request], Awaitable[Worker]]:
    """A dependency: the worker who asks and has this right."""

    async def allowed(request: Request) -> Worker:
        worker = await signed_in(request)
        if not worker.may(right):
            raise Refusal("forbidden")
        return worker

    return allowed


async def journey_secret(request: Request) -> str:  # async: FastAPI hands others to a thread
    """The journey's secret, from `Authorization: Bearer` or from the page's cookie. Raises Refusal (401)."""
    secret = known_secret(request)
    if not secret:
        raise Refusal("unauthenticated", headers=CHALLENGE)
    return secret


def known_secret(request: Request) -> str:
    """The journey's secret that comes with this request, or ""."""
    bearer = asked.bearer(request.scope)
    secret = bearer or cookies.read(request.app.state.settings, request, cookies.JOURNEY)
    return "" if secret.startswith(tokens.WORKER) else secret

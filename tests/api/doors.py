"""An app with a store in a throw-away folder and a few routes of every kind, and a client that speaks ASGI to it.

For tests of the front door, of refusals and of hostile input; called from tests only.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any

import httpx
from fastapi import Depends, FastAPI, Form, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.app import create_app
from api.clock import Clock
from api.problems import Refusal
from api.security.accounts import Worker
from api.security.doors import having, journey_secret, signed_in
from api.security.routes import router
from api.settings import Settings, load
from engine.errors import AnswerError, FlowError, Problem, RefusedEvent, Where, worded

BASE = "http://wegwijzer.test"


class Answers(BaseModel):
    """The body of a request like those of the API."""

    model_config = ConfigDict(extra="forbid")
    answers: dict[str, Any] = Field(max_length=50)
    count: int = 1
    channel: str = Field("web", pattern="^[a-z]{1,20}$")


def sample_routes(app: FastAPI) -> None:
    """Routes that do what real ones do with what they are sent."""
    api = router()

    @api.post("/v1/samples", status_code=201)
    async def sample(body: Answers) -> dict[str, str]:
        return {name: f"{type(value).__name__} {value}" for name, value in body.answers.items()}

    @api.get("/v1/samples/{number}")
    async def one(number: int, language: Annotated[str, Query(max_length=5)] = "nl") -> dict[str, Any]:
        return {"number": number, "language": language}

    @api.delete("/v1/samples/{number}", status_code=204)
    async def away(number: int) -> None:
        return None

    @api.post("/v1/errors/{kind}")
    async def error(kind: str) -> None:
        raise ERRORS.get(kind, RefusedEvent("refused.not_found"))

    @api.get("/v1/slow")
    async def slow() -> None:
        await asyncio.sleep(60)

    @api.post("/pages/form")
    async def form(request: Request) -> dict[str, Any]:
        fields = await request.form()
        return {"fields": sorted(fields)}

    @api.post("/pages/declared")
    async def declared(name: Annotated[str, Form(max_length=20)]) -> dict[str, int]:
        return {"length": len(name)}

    _closed_routes(app, api)


def _closed_routes(app: FastAPI, api: Any) -> None:
    @api.post("/v1/sessions")
    async def sign_in(request: Request, account: Annotated[str, Form()], password: Annotated[str, Form()]) -> Any:
        found = await request.app.state.sessions.sign_in(request, account, password)
        if found is None:
            raise Refusal("unauthenticated")
        return {"account": found[0].account, "token": found[1]}

    @api.delete("/v1/sessions", status_code=204)
    async def sign_out(request: Request) -> None:
        await request.app.state.sessions.sign_out(request)

    @api.get("/v1/work")
    async def work(worker: Annotated[Worker, Depends(signed_in)]) -> dict[str, str]:
        return {"account": worker.account}

    @api.get("/v1/authors")
    async def mine(worker: Annotated[Worker, Depends(having("author"))]) -> dict[str, str]:
        return {"account": worker.account}

    @api.get("/v1/journey")
    async def journey(secret: Annotated[str, Depends(journey_secret)]) -> dict[str, int]:
        return {"length": len(secret)}

    app.include_router(api)


ERRORS: dict[str, Exception] = {
    "answer": AnswerError("omtrek", "answer.number", say={"nl": "Vul een getal in.", "en": "Give a number."}),
    "refused": RefusedEvent("refused.not_askable"),
    "flow": FlowError(
        [Problem(Where("flow.yaml", 3, 7), "E-KEY", worded("This key is unknown."), worded("Did you mean facts?"))]
    ),
    "forbidden": RefusedEvent("refused.forbidden"),
    "bug": RuntimeError("the values 999993653 and geheim"),
}


def app_in(folder: Path, clock: Clock | None = None, **settings: object) -> FastAPI:
    """The product with the sample routes, its store in `folder`."""
    without_flows = folder / "no-flows"
    without_flows.mkdir(parents=True, exist_ok=True)
    chosen: Settings = load({}, **{"folder": folder, "flows": without_flows, **settings})
    app = create_app(chosen, clock=clock)
    sample_routes(app)
    return app


@asynccontextmanager
async def client(app: FastAPI, **options: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the app, between its start and its stop."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url=BASE, **options) as it:
        yield it

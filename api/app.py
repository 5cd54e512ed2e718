"""Puts the product together: one FastAPI app with its front door, its routes and its answers to every error.

    Front (api.security.front)         what is settled before and after every route
      Straight (api.security.straight) the short way to the routes of the API
      routes   /v1/...                 api.http, the JSON API
               /, /work, ...           api.web, the pages
               /ontwikkelen            api.web.develop, the pages for flow developers
               /static                 built files of the pages
               /healthz /readyz        is it alive; can it serve
               /v1/openapi.json        the description of the API

What routes need stands on `app.state`: settings, clock, store, pepper, sessions, service. Everything is opened when the
server starts and closed when it stops. Called by `wegwijzer serve` and by tests.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match
from starlette.types import ASGIApp, Scope

from api import problems
from api.channels.memory import MemoryMailer
from api.channels.port import Mailer, Outward
from api.channels.smtp import SmtpMailer
from api.clock import Clock, SystemClock
from api.http import files, flows, guests, journeys, openapi, tasks
from api.http import own_way as http_own_way
from api.problems import Refusal
from api.registers.chosen import chosen
from api.security import accounts, tokens
from api.security.front import Front
from api.security.rates import Rates
from api.security.sessions import Sessions
from api.security.straight import RAISED, Straight
from api.service.dossiers import NoSuchJourney, Stale
from api.service.drafts import Drafts
from api.service.fresh import Fresh
from api.service.published import Published
from api.service.whole import Service
from api.settings import Settings, load
from api.store.connect import store_for
from api.store.errors import KeyReused, StoreUnavailable
from api.store.port import Store
from api.timers import Timers
from api.uploads.scanner import scanner_of
from api.web import attachments, citizen, demo, develop, develop_try, journey, own_way, static_files, talk, worker
from api.web.door import TALK
from api.web.errors import error_page

LOCAL = "http://127.0.0.1:8000"
API = (journeys.routes, http_own_way.routes, guests.routes, files.routes, tasks.routes, flows.routes)
PAGES = (
    citizen.routes,
    attachments.routes,
    demo.routes,
    talk.routes,
    worker.routes,
    develop.routes,
    develop_try.routes,
    static_files.routes,
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@problems.refusal_of.register
def _(error: StoreUnavailable, language: str = "en") -> Refusal:
    return Refusal("unavailable", retry_after=error.retry_after)


@problems.refusal_of.register
def _(error: KeyReused, language: str = "en") -> Refusal:
    return Refusal("key_reused")


@problems.refusal_of.register
def _(error: NoSuchJourney, language: str = "en") -> Refusal:
    return Refusal("not_found")


@problems.refusal_of.register
def _(error: Stale, language: str = "en") -> Refusal:
    return Refusal("stale", headers={"ETag": f'"{error.version}"'})


def create_app(settings: Settings | None = None, *, clock: Clock | None = None, store: Store | None = None) -> FastAPI:
    """The whole product as an ASGI app. Raises SettingsError or StoreRefused when it cannot start as it is set up."""
    settings = settings or load({})
    app = FastAPI(
        title="Wegwijzer",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_opened,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # addresses name journeys
    )
    _furnish(app, settings, clock or SystemClock(), store or _chosen_store(settings))
    app.add_middleware(Straight, routers=API, refused=_refused)
    app.add_middleware(Front, settings=settings, draw=lambda scope, refusal: _drawn(app, scope, refusal))
    for kind in RAISED:
        app.add_exception_handler(kind, _refused)
    _add_own_routes(app)
    for routes in (*API, *PAGES):
        app.include_router(routes)
    for place in ("/reis/{journey}", f"{TALK}/{{journey}}"):
        app.include_router(journey.routes, prefix=place)
        app.include_router(own_way.routes, prefix=place)
    app.middleware_stack = _from_the_front(app.build_middleware_stack())
    app.openapi = lambda: openapi.described(app)  # type: ignore[method-assign]
    return app


def _from_the_front(stack: ASGIApp) -> ASGIApp:
    """The front door and all behind it. FastAPI's own layers around it have nothing to do, for every request: no error
    leaves the door, and what it reads is bounded. All of it where that is not built as it was read here."""
    found: Any = stack
    while found is not None and not isinstance(found, Front):
        found = getattr(found, "app", None)
    return stack if found is None else found


def _chosen_store(settings: Settings) -> Store:
    """The store that the settings name. Raises StoreRefused when it cannot be used."""
    keys = settings.master_keys.get_secret_value()
    return store_for(settings.database, settings.key_database, keys, settings.folder)


def _furnish(app: FastAPI, settings: Settings, clock: Clock, store: Store) -> None:
    app.state.settings = settings
    app.state.clock = clock
    app.state.store = store
    app.state.pepper = tokens.pepper(settings)
    app.state.sessions = Sessions(settings, store, accounts.accounts(settings), clock)
    app.state.error_page = error_page
    app.state.mailer = _mailer(settings)
    app.state.code_tries = Rates(1 / 12, 10)
    registers = chosen(settings, clock)
    app.state.demo_people = registers.people
    app.state.service = Service(
        store,
        clock,
        settings.flows,
        settings.tenant,
        app.state.pepper,
        registers.register,
        scanner=scanner_of(settings.scanner, settings.production),
        outward=Outward(app.state.mailer, settings.public_url or LOCAL, settings.organisation),
    )
    app.state.drafts = Drafts(settings.flows)
    app.state.service.library.folder_wins = settings.demo
    app.state.fresh = Fresh(app.state.drafts, app.state.service.library)
    app.state.published = Published(app.state.service.library)
    carriers = {"FetchFromRegister": app.state.service.carry_fetch, **app.state.service.carrying.carriers}
    app.state.timers = Timers(store, app.state.service.dossiers, clock, carriers)


def _mailer(settings: Settings) -> Mailer | None:
    """The mail server that the settings name; the demo's keeps its mail; None in production without one."""
    if settings.mail_server:
        return SmtpMailer(settings.mail_server, settings.mail_from, settings.mail_secret.get_secret_value())
    return MemoryMailer() if settings.demo else None


@asynccontextmanager
async def _opened(app: FastAPI) -> AsyncIterator[None]:
    await app.state.store.open()
    try:
        await app.state.service.open()
        await app.state.timers.start()
        await app.state.published.start()
        if app.state.settings.demo:
            await app.state.fresh.start()
        yield
    finally:
        await app.state.published.stop()
        await app.state.fresh.stop()
        await app.state.timers.stop()
        await app.state.service.fetching.register.close()
        await app.state.store.close()


def _add_own_routes(app: FastAPI) -> None:
    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        """The process answers."""
        return {"status": "alive"}

    @app.get("/readyz", include_in_schema=False)
    async def readyz(request: Request) -> dict[str, str]:
        """The store answers too. Raises Refusal (503)."""
        await request.app.state.store.ping()
        return {"status": "ready"}

    @app.get(openapi.PATH, include_in_schema=False)
    async def description(request: Request) -> JSONResponse:
        """The description of the API, with the address at which it was asked for; any page may read it."""
        settings: Settings = request.app.state.settings
        here = settings.public_url or f"{request.url.scheme}://{request.url.netloc}"
        told = {**openapi.described(request.app), "servers": [{"url": here}]}
        return JSONResponse(told, headers={"Access-Control-Allow-Origin": "*"})


async def _refused(request: Request, error: Exception) -> Response:
    """Whatever a route raised, as a refusal."""
    if isinstance(error, RequestValidationError):
        return _drawn(request.app, request.scope, problems.invalid_request(error, openapi.names(request.app)))
    if isinstance(error, HTTPException) and error.status_code == 405:
        return _other_method(request)
    language = problems.language_of(request.headers.get("accept-language", ""))
    return _drawn(request.app, request.scope, problems.refusal_of(error, language))


def _other_method(request: Request) -> Response:
    """OPTIONS is answered; another method is told which ones there are."""
    allowed = allowed_methods(request.app, request.scope)
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": allowed})
    return _drawn(request.app, request.scope, Refusal("method", headers={"Allow": allowed}))


def allowed_methods(app: FastAPI, scope: Scope) -> str:
    """The methods of all routes on this path: two routes may share one path."""
    found = {"OPTIONS"}
    for method in METHODS:
        asked: dict[str, Any] = {**scope, "method": method}
        if any(route.matches(asked)[0] is Match.FULL for route in app.router.routes):
            found |= {method, "HEAD"} if method == "GET" else {method}
    return ", ".join(sorted(found))


def _drawn(app: FastAPI, scope: Scope, refusal: Refusal) -> Response:
    """A refusal as the caller can read it: a page for people, problem+json for programs."""
    if app.state.error_page is not None and not scope["path"].startswith("/v1") and _reads_pages(scope):
        page: Response = app.state.error_page(Request(scope), refusal)
        return page
    return problems.response(refusal)


def _reads_pages(scope: Scope) -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])

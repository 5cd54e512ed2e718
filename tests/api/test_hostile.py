"""Hostile input on every route that the product has: never a 5xx, never an echo, always a neat refusal."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.routing import iter_route_contexts

from api.app import create_app
from api.settings import load
from tests.api import hostile
from tests.api.doors import BASE, client, sample_routes

FLOWS = Path(__file__).resolve().parent / "flows"  # one flow with a fact of every type
FLOW = "elk-soort"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
NOT_ATTACKED = ("/v1/slow", "/v1/errors/{kind}")  # sample routes that fail on purpose
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


@dataclass(frozen=True)
class Scene:
    """The app, a caller, a journey that is under way, and who may knock."""

    app: FastAPI
    caller: httpx.AsyncClient
    journey: str
    secret: str
    worker: str

    def principals(self) -> Iterator[dict[str, str]]:
        yield {}
        yield {"authorization": f"Bearer {self.secret}", "cookie": f"wegwijzer-journey={self.secret}"}
        yield {"authorization": f"Bearer {self.worker}", "cookie": f"wegwijzer-worker={self.worker}"}

    def routes(self) -> list[tuple[str, str]]:
        """Method and path template of every route, those of the pages too."""
        found = {
            (method, context.path)
            for context in iter_route_contexts(self.app.routes)
            if context.path and context.methods and context.path not in NOT_ATTACKED
            for method in context.methods
        }
        return sorted(found)

    def address(self, template: str) -> str:
        """The template with values that exist, as far as there are any."""
        known = {"journeyId": self.journey, "journey": self.journey, "flow": FLOW, "slug": FLOW}
        return PARAMETER.sub(lambda hit: known.get(hit[1], "1"), template)


@asynccontextmanager
async def scene(folder: Path) -> AsyncIterator[Scene]:
    """The whole product with the example flows, and the sample routes beside it."""
    app = create_app(load({}, folder=folder, flows=FLOWS, body_limit=131_072))
    sample_routes(app)
    async with client(app, timeout=30) as caller:
        begun = (await caller.post("/v1/journeys", json={"flow": FLOW})).json()
        signed_in = await app.state.sessions.sign_in(_request(app), "bram", "wegwijzer")
        assert signed_in is not None
        yield Scene(app, caller, begun["id"], begun["secret"], signed_in[1])


def _request(app: FastAPI) -> Any:
    return Request({"type": "http", "headers": [], "client": ("test", 1), "app": app, "method": "POST", "path": "/"})


class Judge:
    """Sends a request and judges the answer; keeps what was wrong."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.wrong: list[str] = []
        self.statuses: dict[int, int] = {}

    async def send(self, method: str, address: str, **options: Any) -> None:
        url = httpx.URL(scheme="http", host="wegwijzer.test", raw_path=address.encode())
        said = await self.scene.caller.request(method, url, **options)
        self.statuses[said.status_code] = self.statuses.get(said.status_code, 0) + 1
        if said.status_code >= 500:
            self._note(said, method, address, options, "5xx")
        if said.status_code >= 400 and hostile.CANARY in said.text + str(said.headers):
            self._note(said, method, address, options, "echo")
        if said.status_code >= 400 and address.startswith("/v1") and method != "HEAD" and not _is_problem(said):
            self._note(said, method, address, options, "no problem+json")
        if said.status_code == 405 and not said.headers.get("allow"):
            self._note(said, method, address, options, "405 without Allow")

    def _note(self, said: httpx.Response, method: str, address: str, options: dict[str, Any], what: str) -> None:
        self.wrong.append(
            f"{what}: {method} {address[:90]} {str(options)[:200]} -> {said.status_code} {said.text[:200]}"
        )


def _is_problem(said: httpx.Response) -> bool:
    if said.headers["content-type"] != "application/problem+json":
        return False
    problem = json.loads(said.text)
    return bool(problem["status"] == said.status_code and problem["type"].startswith("urn:"))


async def addresses(scene: Scene, judge: Judge) -> None:
    for method, template in scene.routes():
        for parameter in PARAMETER.finditer(template):
            for step in hostile.STEPS:
                address = scene.address(template.replace(parameter[0], step, 1))
                for principal in scene.principals():
                    await judge.send(method, address, headers=principal)
    for step in hostile.STEPS:
        for prefix in ("/", "/v1/", "/static/", "/v1/journeys/"):
            await judge.send("GET", prefix + step)


async def queries(scene: Scene, judge: Judge) -> None:
    for method, template in scene.routes():
        for query in hostile.QUERIES:
            for principal in scene.principals():
                await judge.send(method, f"{scene.address(template)}?{query}", headers=principal)


async def headers(scene: Scene, judge: Judge) -> None:
    for method, template in scene.routes():
        for nasty in hostile.HEADERS:
            body = b"{}" if method == "POST" else None
            await judge.send(method, scene.address(template), headers=nasty, content=body)


async def bodies(scene: Scene, judge: Judge) -> None:
    for method, template in scene.routes():
        if method in ("POST", "PUT", "PATCH", "DELETE"):
            for body in hostile.JSON_BODIES:
                for principal in scene.principals():
                    head = {**principal, "content-type": "application/json"}
                    await judge.send(method, scene.address(template), content=body, headers=head)


async def bent_bodies(scene: Scene, judge: Judge) -> None:
    document = scene.app.openapi()
    for template, path in document["paths"].items():
        for method, operation in path.items():
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                plausible = hostile.filled(content["application/json"]["schema"], document)
                for body in hostile.bent(plausible):
                    for principal in list(scene.principals())[1:]:
                        await judge.send(method.upper(), scene.address(template), json=body, headers=principal)


async def facts(scene: Scene, judge: Judge) -> None:
    head = list(scene.principals())[1]
    address = f"/v1/journeys/{scene.journey}"
    begun = await scene.caller.post(f"{address}/answers", json={"answers": {"begin": True}}, headers=head)
    assert begun.status_code == 200, begun.text
    now = (await scene.caller.get(address, headers=head)).json()
    asked = [question["fact"] for question in now["options"]["questions"]]
    assert len(asked) >= 20
    for fact in [*asked, "v_list[0].naam", "v_list[99999].naam", "v_list[0].v_list", "begin", "klaar"]:
        for value in hostile.VALUES:
            await judge.send("POST", f"{address}/answers", json={"answers": {fact: value}}, headers=head)
            await judge.send(
                "POST", f"{address}/answers", json={"answers": {"begin": True, fact: [value]}}, headers=head
            )
            await judge.send("POST", f"{address}/answers", json={"answers": {fact: {"naam": value}}}, headers=head)
    assert (await scene.caller.get(address, headers=head)).status_code == 200
    assert (await scene.caller.get(f"{address}/explanation", headers=head)).status_code == 200


async def forms(scene: Scene, judge: Judge) -> None:
    for method, template in scene.routes():
        if method == "POST":
            for body, kind in hostile.FORMS:
                for principal in scene.principals():
                    head = {**principal, "content-type": kind, "accept": "text/html"}
                    await judge.send(method, scene.address(template), content=body, headers=head)


async def methods(scene: Scene, judge: Judge) -> None:
    for template in {template for _, template in scene.routes()}:
        for method in METHODS:
            await judge.send(method, scene.address(template))


ATTACKS: tuple[Callable[[Scene, Judge], Awaitable[None]], ...] = (
    addresses,
    queries,
    headers,
    bodies,
    bent_bodies,
    facts,
    forms,
    methods,
)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_no_hostile_request_leads_to_a_5xx_or_an_echo(
    attack: Callable[[Scene, Judge], Awaitable[None]], tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    """Hundreds of nasty requests on every route: each is answered or neatly refused, and nothing is logged of them."""

    async def run() -> Judge:
        async with scene(tmp_path) as here:
            judge = Judge(here)
            await attack(here, judge)
            assert (await here.caller.get(f"{BASE}/readyz")).status_code == 200
            return judge

    judge = asyncio.run(run())
    assert judge.wrong == []
    assert sum(judge.statuses.values()) > 50
    assert hostile.CANARY not in caplog.text

"""The straight way to a route: every answer is the one that FastAPI itself would give."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any

import httpx
import pytest
from fastapi import BackgroundTasks, Cookie, Query
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse

from api.app import API
from api.http import shapes
from api.security import as_read, straight
from api.security.routes import router
from api.security.straight import METHODS, find, planned, table
from tests.api.web.browsing import BASE, Product, product

TREE = "boom-kappen"
VARIED = 200
GOOD: tuple[tuple[str, bytes], ...] = (
    ("answers", b'{"answers":{"spoed":false}}'), ("answers", b'{"answers":{"werk":"verwijderen"}}'),
    ("steps", b'{"step":"submit"}'), ("channel-switches", b'{"channel":"phone"}'), ("remedies", b"{}"),
    ("signals", b'{"step":"answering","text":"Dat klopt niet."}'), ("pauses", b'{"days":3}'), ("resumptions", b"{}"),
    ("reach", b'{"email":"a@b.nl"}'), ("unsure", b'{"fact":"spoed"}'), ("contact-requests", b'{"channel":"phone"}'),
    ("disputes", b'{"fact":"spoed","reason":"nee"}'), ("mandate-ends", b'{"id":"ABCD"}'),
)  # fmt: skip
BAD: tuple[tuple[str, bytes], ...] = (
    ("answers", b'{"answers":{"spoed":"x"}}'), ("answers", b'{"answers":{}}'), ("answers", b'{"answers":{"nee":1}}'),
    ("answers", b'{"answers":{"spoed":false},"more":1}'), ("answers", b'{"answers":{"spoed":NaN}}'), ("answers", b""),
    ("answers", b'{"answers":{"a":1,"a":2}}'), ("answers", b"[]"), ("answers", b'{"answers":{"spoed":1.50}}'),
    ("answers", b'{"answers":{"spoed":"\\u0000"}}'), ("answers", b"\xff"), ("answers", b"{"), ("answers", b"null"),
    ("answers/", b"{}"), ("nothing", b"{}"), ("files", b"{}"), ("pauses", b'{"days":"3"}'), ("steps", b'{"step":""}'),
)  # fmt: skip
HEADERS: Mapping[str, tuple[str | None, ...]] = {
    "Content-Type": ("application/json",) * 6 + ("application/json; charset=utf-8", "text/plain", None),
    "If-Match": (None,) * 6 + ("", "*", '"1"', 'W/"2"', "nonsense", '"99"'),
    "Accept-Language": (None, "nl"),
}

OWN_WAY = frozenset(("listTasks", "readFile", "readPageSchema", "readTaskFile", "sendFile"))
"""Operations that go FastAPI's way alone: files, a model of filters, and an answer that is no model."""


class Asked:
    """Made-up requests to one journey, and what both ways say to each."""

    def __init__(self, own: Product, begun: Mapping[str, str]) -> None:
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app=own.app), base_url=BASE)
        self.begun = begun
        self.draw = random.Random(4)  # noqa: S311
        self.number = 0

    def request(self) -> httpx.Request:
        """The next one: mostly in order, with one thing or another that is not."""
        draw = self.draw
        self.number += 1
        ids = (self.begun["id"],) * 12 + ("0" * 36, "x", self.begun["id"].upper(), "")
        secrets = (self.begun["secret"],) * 12 + ("j.other", "w.other")
        headers = {name: found for name, own in HEADERS.items() if (found := draw.choice(own)) is not None}
        keys = (f"k{self.number}",) * 9 + (f"k{self.number - 1}", "again", "again", "", "a b", "k" * 130)
        headers["Idempotency-Key"] = draw.choice(keys)
        headers["Authorization"] = f"Bearer {draw.choice(secrets)}"
        query = draw.choice(("", "", "", "?language=nl", "?language=xx", "?limit=0", "?limit=2&limit=3"))
        if draw.random() < 0.2:
            own = (f"/v1/journeys/{self.begun['id']}{more}" for more in ("", "/page", "/explanation"))
            path = draw.choice((*own, "/v1/flows", f"/v1/flows/{TREE}", "/v1/tasks", "/v1/tasks/x", "/v1/journeys"))
            return self.client.build_request("GET", path + query, headers=headers)
        place, body = draw.choice(draw.choice((GOOD, GOOD, BAD)))
        path = f"/v1/journeys/{draw.choice(ids)}/{place}"
        path = draw.choice((path,) * 12 + ("/v1/tasks/x/claim", "/v1/flows"))
        return self.client.build_request("POST", path + query, content=body, headers=headers)


def _plain(answer: httpx.Response) -> tuple[int, list[tuple[str, str]], Any]:
    """All of an answer but the name that a refusal gets, made anew for each."""
    told = answer.json() if answer.content else None
    if isinstance(told, dict) and "instance" in told:
        told = {**told, "instance": ""}
    return answer.status_code, sorted(answer.headers.multi_items()), told


@pytest.fixture
def went(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts what went straight; `off` in it leaves everything to FastAPI."""
    counted: Counter[str] = Counter()
    run = straight.Plan.run

    async def running(plan: Any, request: Any, given: Any) -> Any:
        counted["straight"] += 1
        return await run(plan, request, given)

    monkeypatch.setattr(straight.Plan, "run", running)
    monkeypatch.setattr(straight, "_may", lambda scope: scope["type"] == "http" and not counted["off"])
    return counted


def test_both_ways_give_the_same_answer(tmp_path: Path, went: Counter[str]) -> None:
    """Status, headers and body are equal for all kinds of requests, good and bad, and what was good went straight."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app=own.app), base_url=BASE)
            asked = Asked(own, (await client.post("/v1/journeys", json={"flow": TREE})).json())
            seen: Counter[int] = Counter()
            for _ in range(VARIED):
                request = asked.request()
                went["off"] = 0
                ours = await asked.client.send(request)
                went["off"] = 1
                theirs = await asked.client.send(request)
                if ours.status_code == 200 and request.method == "POST" and not request.headers["Idempotency-Key"]:
                    continue  # without a key the second is another command
                assert _plain(ours) == _plain(theirs), (request.method, request.url, request.headers, request.content)
                seen[ours.status_code] += 1
            assert {200, 400, 401, 404, 405, 409, 412, 415, 422} <= set(seen), seen
            assert went["straight"] > VARIED / 4

    asyncio.run(story())


def test_every_answer_is_what_the_description_says(tmp_path: Path) -> None:
    """What a write sends without going through its model again is that model."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app=own.app), base_url=BASE)
            begun = (await client.post("/v1/journeys", json={"flow": TREE})).json()
            client.headers["Authorization"] = f"Bearer {begun['secret']}"
            told = await client.post(f"/v1/journeys/{begun['id']}/answers", json={"answers": {"spoed": False}})
            changed = shapes.Changed.model_validate(told.json())
            assert changed.model_dump(mode="json", by_alias=True) == told.json()
            assert told.headers["etag"] == f'"{changed.version}"'
            assert told.headers["content-type"] == "application/json"

    asyncio.run(story())


def test_the_table_finds_what_the_router_finds() -> None:
    """Each route's own path leads to it alone, and a path with an empty part leads nowhere."""
    routes = [route for own in API for route in own.routes if isinstance(route, APIRoute)]
    known = table(routes)
    straightly = [route for route in routes if planned(route) is not None]
    assert len(straightly) > 20
    for route in straightly:
        path = route.path.replace("{journeyId}", "7").replace("{taskId}", "7").replace("{flow}", "7")
        method = min(route.methods or METHODS)
        others = [own for own in routes if own.path_regex.match(path) and method in (own.methods or ())]
        assert others == [route]
        found = find(known, method, path)
        assert found is not None
        assert found[0].calls[-1].call is route.endpoint
        assert set(found[1].values()) <= {"7"}
    assert find(known, "GET", "/v1/journeys/") is None


def test_fastapi_is_as_it_was_read() -> None:
    """Where it is not, `api.security.as_read` says what to do; until then all is right, and slower."""
    routes = [route for own in API for route in own.routes if isinstance(route, APIRoute)]
    for route in routes:
        assert vars(route).keys() == as_read.OF_ROUTE
        assert {own.name for own in fields(route.dependant)} == as_read.OF_DEPENDANT
    own_way = {route.operation_id for route in routes if planned(route) is None}
    assert own_way == OWN_WAY


def test_a_fastapi_that_was_not_read_goes_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """One name more or less, of a route or of a dependency, and no route has a plan."""
    route = next(route for own in API for route in own.routes if isinstance(route, APIRoute) and planned(route))
    monkeypatch.setattr(as_read, "OF_DEPENDANT", as_read.OF_DEPENDANT | {"more"})
    assert planned(route) is None
    monkeypatch.undo()
    monkeypatch.setattr(as_read, "OF_ROUTE", as_read.OF_ROUTE - {"dependant"})
    assert planned(route) is None
    monkeypatch.undo()
    assert planned(route) is not None


def test_what_is_not_known_here_is_left_to_fastapi() -> None:
    """No plan for a route with cookies, many values, background work, an answer of its own, or two of a path."""
    routes = router()

    async def cookies(told: Annotated[str, Cookie()] = "") -> shapes.Resume:
        return shapes.Resume()

    async def many(told: Annotated[list[str], Query()]) -> shapes.Resume:
        return shapes.Resume()

    async def later(work: BackgroundTasks) -> shapes.Resume:
        return shapes.Resume()

    async def two(one: shapes.Resume, other: shapes.Pause) -> shapes.Resume:
        return one

    def threaded() -> shapes.Resume:
        return shapes.Resume()

    async def plain() -> shapes.Resume:
        return shapes.Resume()

    unknown: tuple[Callable[..., Any], ...] = (cookies, many, later, two, threaded)
    for number, endpoint in enumerate(unknown):
        routes.add_api_route(f"/{number}", endpoint, methods=["POST"])
    routes.add_api_route("/other", plain, methods=["POST"], response_class=JSONResponse)
    routes.add_api_route("/a/{b}", plain, methods=["POST"])
    routes.add_api_route("/{a}/b", plain, methods=["POST"])
    own = [route for route in routes.routes if isinstance(route, APIRoute)]
    assert [planned(route) for route in own[:6]] == [None] * 6
    assert find(table(own), "POST", "/a/b") is None

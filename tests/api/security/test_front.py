"""The front door: what it refuses, with which status, and what every answer carries."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from api.security.headers import API_VERSION
from api.security.passwords import hashed
from api.security.rates import Rates
from tests.api.doors import BASE, app_in, client

JSON = {"content-type": "application/json"}


def run(work: Any) -> Any:
    """Run one coroutine to its end."""
    return asyncio.run(work)


async def _asked(folder: Path, method: str, path: str, **options: Any) -> Any:
    settings = options.pop("settings", {})
    async with client(app_in(folder, **settings)) as caller:
        return await caller.request(method, path, **options)


def ask(folder: Path, method: str, path: str, **options: Any) -> Any:
    """One request to a fresh app; `settings` are its settings."""
    return run(_asked(folder, method, path, **options))


def test_every_answer_carries_the_security_headers(tmp_path: Path):
    """Good answers, refusals and unknown addresses alike: no framing, no sniffing, no caching, no other origin."""
    for path in ("/v1/samples/1", "/v1/samples/x", "/nothing", "/healthz"):
        headers = ask(tmp_path, "GET", path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert ("api-version" in headers) == path.startswith("/v1")
    assert ask(tmp_path, "GET", "/v1/nothing").headers["api-version"] == API_VERSION


def test_hsts_only_where_there_is_tls(tmp_path: Path):
    """The demo on plain http does not promise https; production does."""
    assert "strict-transport-security" not in ask(tmp_path, "GET", "/healthz").headers
    production = {
        "env": "production",
        "database": f"sqlite:///{tmp_path}/p.sqlite",
        "master_keys": "2026:" + "A" * 43 + "=",
        "session_secret": "x" * 32,
        "allowed_hosts": "wegwijzer.test",
        "public_url": "https://wegwijzer.test",
        "phone": "088 123 4567",
        "desk": "Stadhuis, Plein 1",
        "letter": "Antwoordnummer 12, 1234 CD Plaats",
        "workers": _workers(tmp_path),
    }
    assert "max-age" in ask(tmp_path, "GET", "/healthz", settings=production).headers["strict-transport-security"]


def _workers(folder: Path) -> Path:
    path = folder / "workers.txt"
    path.write_text(f"anna | Anna | | work | {hashed('a long and private sentence')}\n", encoding="utf-8")
    return path


def test_a_body_above_the_limit_is_refused_before_it_is_read(tmp_path: Path):
    """An announced length is enough; in chunks the reading stops at the limit."""
    read: list[int] = []

    async def endless() -> Any:
        for _ in range(10_000):
            read.append(1024)
            yield b"x" * 1024

    announced = ask(tmp_path, "POST", "/v1/samples", content=b"", headers={**JSON, "content-length": "200000000"})
    assert announced.status_code == 413
    chunked = ask(tmp_path, "POST", "/v1/samples", content=endless(), headers=JSON, settings={"body_limit": 65_536})
    assert chunked.status_code == 413
    assert chunked.headers["connection"] == "close"
    assert chunked.json()["code"] == "too_large"


def test_a_missing_body_is_told_at_once(tmp_path: Path):
    """A route that wants a body and gets none, of no kind or of another, answers 400 and does not wait for one."""
    for headers in ({}, JSON, {"content-type": "text/plain"}):
        assert ask(tmp_path, "POST", "/v1/samples", headers=headers).status_code == 400
        assert ask(tmp_path, "POST", "/pages/declared", headers=headers).status_code == 400


def test_a_slow_body_is_cut_off(tmp_path: Path):
    """A client that never finishes its body gets 408 after the set time, and the route is never called."""

    async def drip() -> Any:
        yield b'{"answers":'
        await asyncio.sleep(30)
        yield b"{}}"

    slow = ask(tmp_path, "POST", "/v1/samples", content=drip(), headers=JSON, settings={"body_seconds": 0.1})
    assert slow.status_code == 408


def test_a_hanging_route_is_answered_with_503(tmp_path: Path):
    """What does not answer in time is unavailable, with a time to come back."""
    late = ask(tmp_path, "GET", "/v1/slow", settings={"request_seconds": 0.1})
    assert late.status_code == 503
    assert int(late.headers["retry-after"]) > 0


def test_an_unforeseen_error_shows_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    """A bug is 500 with an instance to report; neither the answer nor the log holds the values in its message."""
    answer = ask(tmp_path, "POST", "/v1/errors/bug")
    assert answer.status_code == 500
    assert answer.json()["instance"] in caplog.text
    for text in (answer.text, caplog.text):
        assert "geheim" not in text
        assert "999993653" not in text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"sec-fetch-site": "same-origin"}, 201),
        ({"sec-fetch-site": "none"}, 201),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": BASE}, 201),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[bad"}, 403),
        ({"origin": "https://evil.example", "authorization": "Bearer j.x"}, 201),
    ],
)
def test_a_change_that_another_site_asks_for_is_refused(tmp_path: Path, headers: dict[str, str], status: int):
    """A browser says where a request comes from; only our own pages may change something with its cookies."""
    body = b'{"answers": {}}'
    assert ask(tmp_path, "POST", "/v1/samples", content=body, headers={**JSON, **headers}).status_code == status
    assert ask(tmp_path, "GET", "/v1/samples/1", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [("wegwijzer.test", 200), ("WEGWIJZER.test:8443", 200), ("evil.example", 421), ("a b", 400), ("x/../y", 400)],
)
def test_only_our_own_hosts_are_answered(tmp_path: Path, host: str, status: int):
    """A request for another host is refused; a health check comes from anywhere."""
    settings = {"allowed_hosts": "wegwijzer.test"}
    assert ask(tmp_path, "GET", "/v1/samples/1", headers={"host": host}, settings=settings).status_code == status
    if status == 421:
        assert ask(tmp_path, "GET", "/healthz", headers={"host": host}, settings=settings).status_code == 200


def test_a_client_has_its_share_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Beyond the share a client is told when to come back; another client is not bothered. Time stands still here:
    on a slow machine a second passes between two requests, and a share has come back."""
    moment = [1000.0]
    monkeypatch.setattr("api.security.front.Rates", partial(Rates, monotonic=lambda: moment[0]))

    async def hammer() -> None:
        async with client(app_in(tmp_path, rate=1, proxies=1)) as caller:
            first = {"x-forwarded-for": "198.51.100.7"}
            statuses = [(await caller.get("/v1/samples/1", headers=first)).status_code for _ in range(6)]
            assert statuses == [200, 200, 200, 200, 429, 429]
            refused = await caller.get("/v1/samples/1", headers=first)
            assert int(refused.headers["retry-after"]) >= 1
            moment[0] += 1
            statuses = [(await caller.get("/v1/samples/1", headers=first)).status_code for _ in range(2)]
            assert statuses == [200, 429]
            assert (await caller.get("/v1/samples/1", headers={"x-forwarded-for": "203.0.113.9"})).status_code == 200

    run(hammer())


def test_head_is_get_without_a_body(tmp_path: Path):
    """HEAD answers with the headers of GET and nothing else."""
    get, head = ask(tmp_path, "GET", "/v1/samples/1"), ask(tmp_path, "HEAD", "/v1/samples/1")
    assert head.status_code == get.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "POST", "TRACE", "BREW"])
def test_another_method_is_told_which_there_are(tmp_path: Path, method: str):
    """405 names the methods of all routes on the path, also where two routes share it; OPTIONS says the same."""
    refused = ask(tmp_path, method, "/v1/samples/1")
    assert refused.status_code == 405
    assert refused.headers["allow"] == "DELETE, GET, HEAD, OPTIONS"
    asked = ask(tmp_path, "OPTIONS", "/v1/samples/1")
    assert (asked.status_code, asked.headers["allow"]) == (204, refused.headers["allow"])


def test_a_refusal_is_a_problem_of_rfc_9457(tmp_path: Path):
    """Every member that the standard knows is there; the status in it is the status of the answer."""
    refused = ask(tmp_path, "POST", "/v1/samples", content=b'{"answers": 1, "count": "x"}', headers=JSON)
    problem = refused.json()
    assert refused.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance"} <= set(problem)
    assert problem["status"] == refused.status_code == 400
    assert {fault["pointer"] for fault in problem["errors"]} == {"/answers", "/count"}


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [("answer", 400, "answer.number"), ("flow", 400, "E-KEY"), ("refused", 409, "refused.not_askable")],
)
def test_the_engine_s_errors_have_their_own_status(tmp_path: Path, kind: str, status: int, code: str):
    """An answer that cannot be accepted, a flow that cannot be used and an event that cannot be now are told apart."""
    refused = ask(tmp_path, "POST", f"/v1/errors/{kind}")
    assert refused.status_code == status
    assert refused.json()["errors"][0]["code"] == code


def test_not_there_and_not_allowed_are_their_own_status(tmp_path: Path):
    """A refused event says not found or forbidden by its code."""
    assert ask(tmp_path, "POST", "/v1/errors/unknown").status_code == 404
    assert ask(tmp_path, "POST", "/v1/errors/forbidden").status_code == 403


def test_the_description_of_the_api_names_its_refusals(tmp_path: Path):
    """Invalid input is 400 as problem+json and never 422; each answer has the version header; any site may read it."""
    answer = ask(tmp_path, "GET", "/v1/openapi.json")
    assert answer.headers["access-control-allow-origin"] == "*"
    document = answer.json()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len(operations) > 5
    for operation in operations:
        assert "Validation" not in json.dumps(operation)
        assert "application/problem+json" in operation["responses"]["400"]["content"]
        assert all("API-Version" in response["headers"] for response in operation["responses"].values())
    assert "HTTPValidationError" not in json.dumps(document)


def test_ready_says_whether_the_store_answers(tmp_path: Path):
    """Alive as soon as the process runs; ready when the store answers."""
    assert ask(tmp_path, "GET", "/healthz").status_code == 200
    assert ask(tmp_path, "GET", "/readyz").status_code == 200

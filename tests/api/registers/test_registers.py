"""Registers: what they say, and that one that is down never stops anybody."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from api.clock import FrozenClock
from api.registers.circuit import MOST_FAILURES, PAUSE
from api.registers.declared import Registers
from api.registers.guarded import GuardedRegister
from api.registers.memory import MemoryRegister
from api.registers.port import Found, RegisterDown, Unconnected
from api.settings import SettingsError

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BSN = "999993653"
FACT = {"register": "brp", "post": "/persons", "body": {"bsn": ["{subject}"]}, "value": "/value", "on": "/on"}
Answering = Callable[[httpx.Request], httpx.Response]


def declared(**source: object) -> Registers:
    made = {
        "hosts": ["127.0.0.1"],
        "registers": {"brp": {"address": "http://127.0.0.1:9/api/", **source}},
        "facts": {"brp.persoon": FACT, "brp.path": {**FACT, "post": None, "get": "/persons/{subject}", "body": None}},
    }
    return Registers.model_validate(made)


def guarded(
    answering: Answering | httpx.Response, clock: FrozenClock | None = None, **source: object
) -> GuardedRegister:
    def reply(request: httpx.Request) -> httpx.Response:
        answer = answering(request) if callable(answering) else answering
        return httpx.Response(answer.status_code, headers=answer.headers, stream=answer.stream)  # as from a socket

    return GuardedRegister(
        declared(**source), clock or FrozenClock(NOON), {"brp": "geheim"}, httpx.MockTransport(reply)
    )


def fetched(answer: Answering | httpx.Response) -> Found | None:
    return asyncio.run(guarded(answer).fetch("brp.persoon", BSN))


def test_a_known_person_is_found():
    """The demo register tells what it has of somebody, and nothing of anybody else."""
    register = MemoryRegister()
    assert asyncio.run(register.fetch("toeslagen.partner", "sanne")) == Found(False)
    assert asyncio.run(register.fetch("toeslagen.partner", "nobody")) is None


def test_a_register_that_is_down_says_so():
    """A register that cannot be reached raises RegisterDown and nothing else."""
    with pytest.raises(RegisterDown):
        asyncio.run(MemoryRegister(down=frozenset(("brp.persoon",))).fetch("brp.persoon", "sanne"))


def test_no_register_at_all():
    """Where nothing is connected nothing is known, and it can be told beforehand."""
    assert asyncio.run(Unconnected().fetch("brp.persoon", BSN)) is None
    assert not Unconnected().connected("brp.persoon")
    assert MemoryRegister().connected("brp.persoon")


def test_a_fact_over_http():
    """A good answer is a value with the date on which it holds; 404 is "not here", and so is a name nobody declared."""
    answer = httpx.Response(200, json={"value": True, "on": "2026-01-31"})
    assert fetched(answer) == Found(True, "2026-01-31")
    assert fetched(httpx.Response(404)) is None
    assert asyncio.run(guarded(answer).fetch("kvk.naam", BSN)) is None
    assert not guarded(answer).connected("kvk.naam")


def test_what_the_register_is_sent():
    """Key, headers and subject stand where the file says; nothing of ours comes along, no cookie comes back."""
    seen: list[httpx.Request] = []

    def answering(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"value": 1}, headers={"Set-Cookie": "track=1"})

    register = guarded(answering, key={"header": "X-API-KEY"}, headers={"x-doelbinding": "Bijstand"})

    async def story() -> None:
        await register.fetch("brp.persoon", BSN)
        await register.fetch("brp.path", "a/../b")

    asyncio.run(story())
    post, get = seen
    assert json.loads(post.content) == {"bsn": [BSN]}
    assert (post.headers["X-API-KEY"], post.headers["x-doelbinding"]) == ("geheim", "Bijstand")
    assert BSN not in str(post.url)
    assert get.url.raw_path == b"/api/persons/a%2F..%2Fb"
    assert "cookie" not in get.headers


def _raising(error: type[httpx.HTTPError]) -> Answering:
    def answering(request: httpx.Request) -> httpx.Response:
        raise error(f"about {BSN}")

    return answering


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(302, headers={"Location": "http://elsewhere.example/"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, content=b'{"value": "' + b"x" * 70_000 + b'"}'),
        httpx.Response(200, content=gzip.compress(b'{"value": 1}'), headers={"Content-Encoding": "gzip"}),
        _raising(httpx.ConnectError),
        _raising(httpx.ReadTimeout),
        _raising(httpx.RemoteProtocolError),
    ],
)
def test_an_answer_that_cannot_be_used(answer, caplog):
    """Errors, redirects, other content, packing and floods all read as: the register is down. Nobody is named."""
    with caplog.at_level(logging.DEBUG, "wegwijzer"), pytest.raises(RegisterDown) as down:
        fetched(answer)
    assert BSN not in caplog.text + str(down.value)
    assert "register brp" in caplog.text


def test_a_drip_of_bytes_is_too_slow():
    """The whole answer has one limit: a byte now and then does not stretch it."""

    class Drip(httpx.AsyncByteStream):
        async def __aiter__(self):
            while True:
                yield b" "
                await asyncio.sleep(0.01)

    register = guarded(lambda request: httpx.Response(200, stream=Drip()), answer_seconds=0.1)
    with pytest.raises(RegisterDown, match="TimeoutError"):
        asyncio.run(register.fetch("brp.persoon", BSN))


def test_a_register_that_keeps_failing_is_left_alone():
    """After so many failures nobody asks for a while; then one asks, and an answer lets everybody through again."""
    asked, works = 0, False
    clock = FrozenClock(NOON)

    def answering(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        return httpx.Response(200, json={"value": 1}) if works else httpx.Response(503)

    register = guarded(answering, clock)

    async def tried() -> Found | None:
        try:
            return await register.fetch("brp.persoon", BSN)
        except RegisterDown:
            return None

    async def story() -> None:
        nonlocal works
        for _ in range(MOST_FAILURES + 5):
            await tried()
        assert asked == MOST_FAILURES
        clock.move(PAUSE)
        assert await tried() is None
        assert await tried() is None
        assert asked == MOST_FAILURES + 1
        clock.move(PAUSE + timedelta(seconds=1))
        works = True
        assert await tried() == Found(1)
        assert await tried() == Found(1)

    asyncio.run(story())


def test_a_key_from_a_file_or_none_at_all(tmp_path: Path):
    """A key comes from its file, a register that should have one and has none is a sentence at start."""
    secret = tmp_path / "key"
    secret.write_text("uit-bestand\n", encoding="utf-8")
    seen: list[str] = []

    def answering(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["X-API-KEY"])
        return httpx.Response(404)

    asyncio.run(guarded(answering, key={"header": "X-API-KEY", "file": str(secret)}).fetch("brp.persoon", BSN))
    assert seen == ["uit-bestand"]
    with pytest.raises(SettingsError, match="The key of the register brp cannot be read"):
        guarded(answering, key={"header": "X-API-KEY", "file": str(tmp_path / "absent")})
    with pytest.raises(SettingsError, match="no usable key; set WEGWIJZER_REGISTER_KEYS=brp:"):
        GuardedRegister(declared(key={"header": "X-API-KEY"}), FrozenClock(NOON))


def test_a_certificate_that_cannot_be_used(tmp_path: Path):
    """What is no certificate is a sentence at start, not a fault at the first question."""
    (tmp_path / "own.pem").write_text("no certificate", encoding="utf-8")
    pair = {"chain": str(tmp_path / "own.pem"), "key": str(tmp_path / "own.pem")}
    with pytest.raises(SettingsError, match="The certificates of the register brp cannot be used"):
        guarded(httpx.Response(404), certificate=pair)

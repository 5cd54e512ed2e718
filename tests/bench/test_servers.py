"""The peers over HTTP are served as the product is, and the client in front of all of them loses no request."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from api.cli import serve
from tests.bench import bare_server
from tests.chaos import wire
from tests.chaos.wire import Lost, Wire

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"


def test_the_peers_care_for_garbage_as_the_product_does() -> None:
    """One setting, or the comparison would be of settings."""
    assert bare_server.GARBAGE == serve.GARBAGE


async def _asked_twice(answers: int, wait: float) -> tuple[int, int]:
    """Two requests to a server that hangs up behind so many answers: the last status, and the connections it took."""
    made = 0

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal made
        made += 1
        with suppress(asyncio.IncompleteReadError):
            for _ in range(answers):
                await reader.readuntil(b"\r\n\r\n")
                writer.write(ANSWER)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(served, "127.0.0.1", 0) as server:
        own = Wire(server.sockets[0].getsockname()[1])
        await own.ask("GET", "/")
        await asyncio.sleep(wait)
        told = await own.ask("GET", "/")
        own.close()
        await asyncio.sleep(0.02)  # the server hears of it
        return told.status, made


def test_a_connection_that_the_server_closed_is_made_anew() -> None:
    """It was idle for too long: nothing was sent over it, so nothing is lost; one that is open is used again."""
    assert asyncio.run(_asked_twice(1, 0.05)) == (200, 2)
    assert asyncio.run(_asked_twice(2, 0.0)) == (200, 1)


def test_a_connection_that_may_be_closed_any_moment_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sooner than the server would close it."""
    assert wire.IDLE_SECONDS < serve.IDLE_SECONDS
    monkeypatch.setattr(wire, "IDLE_SECONDS", 0.01)
    assert asyncio.run(_asked_twice(2, 0.05)) == (200, 2)


def test_a_request_that_was_sent_and_not_answered_is_lost() -> None:
    """It is not sent again: whether it was carried out is not known."""

    async def asked() -> None:
        async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.close()
            await writer.wait_closed()

        async with await asyncio.start_server(served, "127.0.0.1", 0) as server:
            await Wire(server.sockets[0].getsockname()[1]).ask("GET", "/")

    with pytest.raises(Lost):
        asyncio.run(asked())

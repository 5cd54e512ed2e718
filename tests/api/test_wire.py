"""What comes over the wire before it is a request: malformed, endless, slow. Nothing of it hurts the server."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from api.security import line
from api.security.line import HEADER_BYTES, Line
from tests.api.serving import port_of, serving

HOST = b"Host: wegwijzer.test\r\n"

MALFORMED = {
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "words": b"hello there\r\n\r\n",
    "an unknown version": b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
    "a header without a colon": b"GET /healthz HTTP/1.1\r\n" + HOST + b"nonsense\r\n\r\n",
    "NUL in a header": b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n",
    "no host": b"GET /v1/flows HTTP/1.1\r\n\r\n",
    "two lengths": b"POST /v1/journeys HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a negative length": b"POST /v1/journeys HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    "a length that is no number": b"POST /v1/journeys HTTP/1.1\r\n" + HOST + b"Content-Length: many\r\n\r\n",
    "a length and chunks": b"POST /v1/journeys HTTP/1.1\r\n"
    + HOST
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a malformed chunk": b"POST /v1/journeys HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a raw byte in the path": b"GET /\xff HTTP/1.1\r\n" + HOST + b"\r\n",
    "malformed UTF-8 in the path": b"GET /v1/%ff HTTP/1.1\r\n" + HOST + b"\r\n",
    "NUL in the path": b"GET /v1/%00 HTTP/1.1\r\n" + HOST + b"\r\n",
    "a line feed in the path": b"GET /v1/%0d%0aX-Evil:1 HTTP/1.1\r\n" + HOST + b"\r\n",
    "a path that is too long": b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "an address with no path": b"GET ? HTTP/1.1\r\n" + HOST + b"\r\n",
    "a proxy's request": b"GET http://evil.example/x HTTP/1.1\r\n" + HOST + b"\r\n",
    "a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n",
    "an upgrade": b"GET /v1/x HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "too many headers": b"GET /v1/x HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: y\r\n" % n for n in range(500)) + b"\r\n",
    "headers that are too large": b"GET /v1/x HTTP/1.1\r\n" + HOST + b"X: " + b"y" * 40_000 + b"\r\n\r\n",
    "a header without end": b"GET /v1/x HTTP/1.1\r\n" + HOST + b"X: " + b"y" * (HEADER_BYTES + 300_000),
    "a body announced far too large": b"POST /v1/journeys HTTP/1.1\r\n" + HOST + b"Content-Length: 200000000\r\n\r\n",
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server of its own for this module."""
    folder = tmp_path_factory.mktemp("wire")
    (folder / "flows").mkdir()
    with serving("--flows", folder / "flows", "--data", folder / "kept") as (_, said):
        yield port_of(said)


def exchange(port: int, sent: bytes, seconds: float = 10) -> bytes:
    """What the server says to these bytes, until it closes or falls silent after a whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as wire:
        said = b""
        try:
            wire.sendall(sent)
            while b"\r\n\r\n" not in said or not _whole(said):
                part = wire.recv(65_536)
                if not part:
                    break
                said += part
        except ConnectionError:
            pass  # it was cut while we were still talking
        return said


def _whole(said: bytes) -> bool:
    head, _, body = said.partition(b"\r\n\r\n")
    lengths = [row.split(b":")[1] for row in head.lower().split(b"\r\n") if row.startswith(b"content-length:")]
    return bool(lengths) and len(body) >= int(lengths[0])


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_requests_get_a_4xx_and_the_server_lives(port: int, name: str):
    """Each is refused with a status of its own or cut off, and the next request is answered as ever."""
    said = exchange(port, MALFORMED[name])
    if said:
        assert said.startswith(b"HTTP/1.1 4"), said[:200]
        assert b"evil" not in said.lower()
    after = exchange(port, b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
    assert after.startswith(b"HTTP/1.1 200")


def test_a_request_in_pieces_is_a_request(port: int):
    """Byte for byte, and two in one breath: both are answered, in order."""
    request = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        for byte in request:
            wire.sendall(bytes([byte]))
        assert wire.recv(65_536).startswith(b"HTTP/1.1 200")
        wire.sendall(request + request.replace(b"/healthz", b"/nothing"))
        said = b""
        while said.count(b"HTTP/1.1") < 2:
            said += wire.recv(65_536)
        assert said.index(b"200") < said.index(b"404")


class Wire:
    """A transport that only remembers what was done to it."""

    def __init__(self) -> None:
        self.gone = asyncio.Event()
        self.written = b""

    def close(self) -> None:
        self.gone.set()

    def is_closing(self) -> bool:
        return self.gone.is_set()

    def write(self, part: bytes) -> None:
        self.written += part

    def get_extra_info(self, _name: str) -> Any:
        return None


def test_a_client_that_does_not_finish_its_headers_is_cut_off(monkeypatch: pytest.MonkeyPatch):
    """Silence, and a header that comes a byte at a time, both end when the time for headers is over."""
    monkeypatch.setattr(line, "HEADER_SECONDS", 0.05)

    async def watch() -> None:
        for sent in (b"", b"GET / HTTP/1.1\r\nHost: a"):
            wire = Wire()
            protocol = _line(wire)
            for byte in sent:
                protocol.data_received(bytes([byte]))
            assert not wire.is_closing()
            await asyncio.wait_for(wire.gone.wait(), 10)
            protocol.connection_lost(None)

    asyncio.run(watch())


def _line(wire: Wire) -> Line:
    config = Config(app=_nothing, log_level="error")
    protocol = Line(config=config, server_state=ServerState(), app_state={})
    protocol.connection_made(wire)  # type: ignore[arg-type]
    return protocol


async def _nothing(scope: Any, receive: Any, send: Any) -> None:
    """An app that is never asked."""


def test_nothing_of_all_this_is_kept(port: int, tmp_path: Path):
    """A hundred half requests at once do not keep the hundred and first from being answered."""
    wires = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(100)]
    try:
        for wire in wires:
            wire.sendall(b"POST /v1/journeys HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
        assert exchange(port, b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n").startswith(b"HTTP/1.1 200")
    finally:
        for wire in wires:
            wire.close()

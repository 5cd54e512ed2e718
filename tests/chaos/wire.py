"""One HTTP/1.1 connection that stays open: enough of a client to load a server without being the load itself.

A request takes some tens of microseconds here, a hundredth of what a general client takes. Every way in which a
connection can fail is one error: Lost. A server may close a connection that is idle at any moment (RFC 9112, section
9.5; ours after 5 seconds): one that was idle for longer than IDLE_SECONDS is not used again, so that a request is not
on its way at the moment at which the server hangs up. Called by the citizens of this folder and by the benchmarks;
tests: tests/bench/test_servers.py.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import orjson

MOST_SECONDS = 15.0
IDLE_SECONDS = 3.0


class Lost(Exception):
    """The connection broke, or no answer came: whether the request was carried out is not known."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: its status, its ETag and its JSON (None for none)."""

    status: int
    etag: str
    body: Any


class Wire:
    """A connection to one port of this machine, made when it is needed and made anew after a loss."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._used = 0.0

    async def post(self, path: str, body: Any, **headers: str) -> Told:
        """Send JSON. Raises Lost. Header names are given with `_` for `-`."""
        return await self.ask("POST", path, orjson.dumps(body), **headers)

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Told:
        """One request and its answer. Raises Lost."""
        lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", f"content-length: {len(body)}"]
        lines += ["content-type: application/json"] if body else []
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        request = "\r\n".join([*lines, "", ""]).encode() + body
        try:
            async with asyncio.timeout(MOST_SECONDS):
                return await self._exchange(request)
        except (OSError, EOFError, asyncio.LimitOverrunError, TimeoutError) as lost:
            self.close()
            raise Lost(type(lost).__name__) from lost

    async def _exchange(self, request: bytes) -> Told:
        now = asyncio.get_running_loop().time
        if self._reader is not None and (self._reader.at_eof() or now() > self._used + IDLE_SECONDS):
            self.close()
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self._reader is not None
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        status, length, etag, ends = _read(head)
        body = await self._reader.readexactly(length)
        self._used = now()
        if ends:
            self.close()
        return Told(status, etag, orjson.loads(body) if body else None)

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


def _read(head: bytes) -> tuple[int, int, str, bool]:
    """Status, length of the body, ETag, and whether the connection ends here."""
    first, *rest = head.decode("latin-1").split("\r\n")
    found = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest if line)}
    ends = found.get("connection", "").lower() == "close"
    return int(first.split()[1]), int(found.get("content-length", "0")), found.get("etag", ""), ends

"""The line to a client: an HTTP/1.1 connection that does not wait for ever and does not swallow everything.

uvicorn's own protocol on httptools has no limit on the size of headers and no time in which they must arrive; a client
could hold a connection, or fill the memory, one byte at a time. This one counts and times what comes before a request
is complete; from there on `api.security.front` does. Called by `wegwijzer serve`, which hands it to uvicorn.

    silent or slow to begin    closed after HEADER_SECONDS
    headers too large          431 and closed
    no HTTP                    400 as problem+json and closed
    idle between requests      closed by uvicorn (keep-alive)
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api import problems
from api.problems import Refusal

HEADER_SECONDS = 20.0
HEADER_BYTES = 65_536


class Line(HttpToolsProtocol):
    """One connection. `_waiting` while no complete request line and headers are there; `_whole` when a request ended
    in what arrived last."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._waiting = True
        self._received = 0
        self._whole = False
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, arrived: bytes) -> None:
        self._whole = False
        super().data_received(arrived)
        if self._waiting and not self._whole:  # behind a whole request uvicorn's own wait for the next one begins
            if self._timer is None:
                self._start_timer()
            self._received += len(arrived)
            if self._received > HEADER_BYTES and not self.transport.is_closing():
                self._end(Refusal("headers_too_large"))

    def on_headers_complete(self) -> None:
        self._waiting = False
        self._received = 0
        self._stop_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._waiting = self._whole = True
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What uvicorn calls when this is no HTTP; its own words are not needed."""
        self._end(Refusal("invalid", "This is no HTTP request."))

    def _end(self, refusal: Refusal) -> None:
        answer = problems.response(refusal)
        head = [f"HTTP/1.1 {answer.status_code} {refusal.title}".encode(), b"connection: close"]
        head += [name + b": " + value for name, value in answer.raw_headers]
        self.transport.write(b"\r\n".join([*head, b"", bytes(answer.body)]))
        self.transport.close()

    def _start_timer(self) -> None:
        self._timer = self.loop.call_later(HEADER_SECONDS, self._cut)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _cut(self) -> None:
        self._timer = None
        if not self.transport.is_closing():
            self.transport.close()

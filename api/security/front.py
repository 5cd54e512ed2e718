"""The front door: everything that is settled about a request before a route sees it, and about every answer.

In this order, each step a refusal with its own status (`api.problems`), none of them an echo:

    1  address and headers     too long 414, 431; not UTF-8 or control characters 400
    2  host                    not ours 421
    3  origin                  a change asked for by another site 403
    4  rate                    more than the client's share 429 with Retry-After
    5  body                    announced or counted above the limit 413, before it is read; too slow 408 closes the line
    6  the app                 no answer in time 503 with Retry-After; an error that nobody foresaw 500
    7  the answer              security headers; HEAD is GET without a body

The body is read here, whole and bounded, so a route never waits for a slow client. Uploads have a limit of their own.
The time for an answer ends when the answer starts: streams may last. One middleware, not seven: it is on every
request's path. Mounted by `api.app`; `draw` makes a page or problem+json of a refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.problems import Refusal
from api.security import request
from api.security.headers import Headers
from api.security.patience import Limit, Patience
from api.security.rates import Rates
from api.settings import Settings

BURST_SECONDS = 4
RETRY_AFTER = 5
UPLOAD_PATIENCE = 8  # a photo over a poor telephone line takes this many times as long as a form

Draw = Callable[[Scope, Refusal], Response]


class _Gone(Exception):
    """The client left before its body had arrived."""


class Front:
    """ASGI middleware around the whole app."""

    def __init__(self, app: ASGIApp, settings: Settings, draw: Draw) -> None:
        self.app = app
        self.settings = settings
        self.draw = draw
        self.headers = Headers(tls=settings.production)
        self._answering = Patience(settings.request_seconds)
        self._reading = Patience(settings.body_seconds)
        self._uploading = Patience(settings.body_seconds * UPLOAD_PATIENCE)
        rate = settings.requests_per_second
        self.rates = Rates(rate, max(1.0, rate * BURST_SECONDS))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(scope, send, self.headers)
        try:
            request.check(scope, self.settings.allowed_hosts)
            self._check_rate(scope)
            receive = await self._with_body(scope, receive)
            await self._ask(scope, receive, answer)
        except _Gone:
            return
        except Refusal as refusal:
            await self._refuse(scope, receive, answer, refusal)
        except Exception as error:  # noqa: BLE001  the outermost door: nothing may leave as a trace
            await self._refuse(scope, receive, answer, problems.refusal_of(error))

    async def _ask(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        limit = answer.limit = self._answering.limit()
        try:
            with limit:
                await self.app(scope, receive, answer.send)
        except TimeoutError:
            if limit.is_late:
                raise Refusal("unavailable", retry_after=RETRY_AFTER) from None
            raise
        finally:
            answer.limit = None

    async def _refuse(self, scope: Scope, receive: Receive, answer: _Answer, refusal: Refusal) -> None:
        if not answer.started:
            await self.draw(scope, refusal)(scope, receive, answer.send)

    def _check_rate(self, scope: Scope) -> None:
        if not self.rates.rate:
            return
        keys = [request.client(scope, self.settings.proxies)]
        if secret := request.header(scope, b"authorization"):
            keys.append(sha256(secret.encode()).hexdigest())
        wait = max(self.rates.take(key) for key in keys)
        if wait:
            raise Refusal("too_many", retry_after=int(wait) + 1)

    async def _with_body(self, scope: Scope, receive: Receive) -> Receive:
        """A `receive` that holds the whole body already. Raise Refusal when it is too large or too slow."""
        length = request.body_length(scope)
        if length == 0:
            return receive
        kind = request.header(scope, b"content-type").lower()
        upload = kind.startswith("multipart/form-data")
        limit = self.settings.upload_limit if upload else self.settings.body_limit
        patience = self._uploading if upload else self._reading
        if length is not None and length > limit:
            raise _too_large(limit)
        try:
            with patience.limit():
                body = await _read(receive, limit)
        except TimeoutError:
            raise Refusal("timeout", headers={"Connection": "close"}) from None
        return _replay(body, receive)


def _too_large(limit: int) -> Refusal:
    return Refusal("too_large", f"At most {limit} bytes are read here.", headers={"Connection": "close"})


async def _read(receive: Receive, limit: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return pending.pop() if pending else await receive()

    return replayed


class _Answer:
    """One answer on its way out: headers are added, a HEAD's body is dropped, its limit is lifted when it starts."""

    __slots__ = ("_bodiless", "_headers", "_path", "_send", "limit", "started")

    def __init__(self, scope: Scope, send: Send, headers: Headers) -> None:
        self._send = send
        self._headers = headers
        self._path = scope["path"]
        self._bodiless = scope["method"] == "HEAD"
        self.started = False
        self.limit: Limit | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            if self.limit is not None:
                self.limit.lift()
            message = {**message, "headers": self._headers.on(self._path, message.get("headers", ()))}
        elif self._bodiless and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)

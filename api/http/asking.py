"""What every route under /v1 shares: whose journey it is, the Idempotency-Key, If-Match, and the ETag of the answer.

A route that changes something asks for one thing, `OwnWrite` or `TaskWrite`, and says what is to be done. Its answer is
the reply as it is stored, sent once more as it is; that it is a `shapes.Changed` is what tests look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

import orjson
from fastapi import Depends, Header, Path, Request
from starlette.responses import Response

from api.http import views
from api.problems import Fault, Refusal, invalid_answers, language_of
from api.security.accounts import Worker
from api.security.doors import CHALLENGE, journey_secret, signed_in
from api.service.dossiers import CITIZEN, Command, Dossier, Maker
from api.service.whole import Service
from engine.errors import AnswerError
from engine.journey.events import Actor, ActorKind

_KEY = re.compile(r"[\x21-\x7e]{1,120}")
_ETAGS = r'(W/)?"[!#-~]*"([ \t]*,[ \t]*(W/)?"[!#-~]*")*'
_OURS = re.compile(r'"(\d{1,9})"')
NEVER = 0
"""The version of no journey: whoever saw it, saw something else (412)."""

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{0,120}$",
        description="The same key makes the same command happen once.",
    ),
]
IfMatch = Annotated[
    str,
    Header(
        alias="If-Match",
        pattern=f"^(\\*|{_ETAGS})?$",
        max_length=200,
        description="The ETag that you read; stale is 412.",
    ),
]
JourneyId = Annotated[str, Path(alias="journeyId", pattern=r"^[0-9a-f-]{36}$", description="The journey's id.")]
TaskId = Annotated[str, Path(alias="taskId", pattern=r"^[0-9A-Za-z.\-]{1,150}$", description="The task's id.")]


async def service_of(request: Request) -> Service:  # async: FastAPI hands others to a thread
    """The service behind the door."""
    service: Service = request.app.state.service
    return service


ServiceNow = Annotated[Service, Depends(service_of)]
SignedIn = Annotated[Worker, Depends(signed_in)]


class Opened(NamedTuple):
    """A journey that is open to who asks, and as whom: the citizen, or somebody with a mandate."""

    id: str
    actor: Actor = CITIZEN


async def own_journey(
    service: ServiceNow, journey_id: JourneyId, secret: Annotated[str, Depends(journey_secret)]
) -> Opened:
    """The journey that the secret or token opens, if it is this one.

    Raises Refusal: not yours looks like not there (404); a mandate that has ended opens nothing (401).
    """
    found = await service.opened_by(secret)
    if found is None:
        raise Refusal("unauthenticated", "This secret opens nothing.", headers=CHALLENGE)
    journey, mandate = found
    if journey != journey_id:
        raise Refusal("not_found")
    return Opened(journey, Actor(kind=ActorKind.REPRESENTATIVE, id=mandate) if mandate else CITIZEN)


OwnJourney = Annotated[Opened, Depends(own_journey)]


def key_of(text: str) -> str:
    """The idempotency key as command id, "" when there is none. Raises Refusal (400) for one that cannot be stored."""
    if text and not _KEY.fullmatch(text):
        raise Refusal(
            "invalid", faults=[Fault("header", "Idempotency-Key", "header.key", "Use 1 to 120 ASCII characters.")]
        )
    return text


def version_of(text: str) -> int | None:
    """The version in If-Match, of several the newest; None for none or `*`, and NEVER for tags that are not ours."""
    return None if text in ("", "*") else max(map(int, _OURS.findall(text)), default=NEVER)


def tag(answer: Response, version: int) -> None:
    """Put the ETag on an answer."""
    answer.headers["ETag"] = f'"{version}"'


def worker_actor(worker: Worker) -> Actor:
    """The worker as the actor of events."""
    return Actor(kind=ActorKind.WORKER, id=worker.account)


class Told(Response):
    """A reply as it is stored, with its ETag: what `Response` would make of it, made at once."""

    media_type = "application/json"

    def __init__(self, content: bytes, version: int) -> None:
        self.status_code, self.background, self.body = 200, None, content
        self.raw_headers = [
            (b"etag", b'"%d"' % version),
            (b"content-length", b"%d" % len(content)),
            (b"content-type", b"application/json"),
        ]


def spoken(request: Request) -> str:
    """The language in which this caller reads what went wrong."""
    return language_of(request.headers.get("accept-language", ""))


class Write(NamedTuple):
    """A change that is asked for: of which journey, by whom, under which key, and on which version (None for any)."""

    service: Service
    journey: str
    actor: Actor
    key: str
    version: int | None
    task: str = ""

    async def carry_out(self, make: Maker, action: str, body: Any) -> Response:
        """Send a command and say what it brought about; see `send`."""
        told = await self.send(make, action, body, self._reply)
        return Told(orjson.dumps(told), told["version"])

    async def send(self, make: Maker, action: str, body: Any, reply: Callable[[Dossier], Any]) -> Any:
        """Send a command; what `reply` makes of the journey then, and for a repeated one the reply as it was.

        `body` is what the key stands for: the same key with another body is refused.
        """
        command = Command(make, action, self.key, body, self.actor, expected=self.version, reply=reply)
        told = (await self.service.dossiers.send(self.journey, command)).reply
        if told is None:  # a repeated command of a dossier that was erased since
            raise Refusal("not_found")
        return told

    async def carry_out_plain(self, make: Maker, action: str, body: Any, request: Request) -> Response:
        """The same; what cannot be read stands in the body under its own name, not among answers."""
        try:
            return await self.carry_out(make, action, body)
        except AnswerError as error:
            raise invalid_answers([error], spoken(request), "") from None

    def _reply(self, dossier: Dossier) -> dict[str, Any]:
        told = views.changed(dossier, self.actor, self.service.clock.now())
        return told.model_dump(mode="json", by_alias=True)


async def own_write(
    service: ServiceNow, journey: OwnJourney, idempotency_key: IdempotencyKey = "", if_match: IfMatch = ""
) -> Write:
    """A change by the citizen, or by who acts for one. Raises Refusal."""
    return Write(service, journey.id, journey.actor, key_of(idempotency_key), version_of(if_match))


async def task_write(
    service: ServiceNow,
    worker: SignedIn,
    task_id: TaskId,
    idempotency_key: IdempotencyKey = "",
    if_match: IfMatch = "",
) -> Write:
    """A change by a worker, of the journey behind a task. Raises Refusal."""
    work = await service.worklist.open(task_id)
    key, version = key_of(idempotency_key), version_of(if_match)
    return Write(service, work.task.journey, worker_actor(worker), key, version, task_id)


OwnWrite = Annotated[Write, Depends(own_write)]
TaskWrite = Annotated[Write, Depends(task_write)]

"""What every route under /v1 shares: whose journey it is, the Idempotency-Key, If-Match, and the ETag of the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Request
from starlette.responses import Response

from api.http import shapes, views
from api.problems import Fault, Refusal
from api.security.accounts import Worker
from api.security.doors import CHALLENGE, journey_secret, signed_in
from api.service.dossiers import CITIZEN, Command, Dossier, Maker
from api.service.whole import Service
from engine.journey.events import Actor, ActorKind

_KEY = re.compile(r"[\x21-\x7e]{1,120}")
_ETAG = re.compile(r'"(\d{1,9})"')

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
        pattern=r'^(\*|(W/)?"[0-9]{1,9}")?$',
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


@dataclass(frozen=True, slots=True)
class Opened:
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
    """The version in If-Match; None for none or `*`. Raises Refusal (400) when it is no ETag of ours."""
    if text in ("", "*"):
        return None
    found = _ETAG.fullmatch(text.removeprefix("W/"))
    if found is None:
        raise Refusal("invalid", faults=[Fault("header", "If-Match", "header.etag", 'Send the ETag as it was: "7".')])
    return int(found[1])


def tag(answer: Response, version: int) -> None:
    """Put the ETag on an answer."""
    answer.headers["ETag"] = f'"{version}"'


def worker_actor(worker: Worker) -> Actor:
    """The worker as the actor of events."""
    return Actor(kind=ActorKind.WORKER, id=worker.account)


async def carry_out(
    service: Service,
    answer: Response,
    journey: Opened,
    make: Maker,
    action: str,
    body: Any,
    headers: tuple[str, str],
) -> shapes.Changed:
    """Send a command and say what it brought about; a repeated one gets the reply as it was."""
    key, match = headers
    actor = journey.actor

    def reply(dossier: Dossier) -> dict[str, Any]:
        told = views.changed(dossier, actor, service.clock.now())
        return told.model_dump(mode="json", by_alias=True)

    command = Command(make, action, key_of(key), body, actor, expected=version_of(match), reply=reply)
    sent = await service.dossiers.send(journey.id, command)
    told = shapes.Changed.model_validate(sent.reply)
    tag(answer, told.version)
    return told

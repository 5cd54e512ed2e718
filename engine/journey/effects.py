"""What the world should do because of an event: imperative, pure data. The reducer returns effects and runs none.

Only `api.service` carries them out, through the outbox, at least once, with `key` as the stable
identity (one effect, one key, however often it is tried).
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from engine.journey.events import Channel, Frozen


class Effect(Frozen):
    """`key` is unique within the journey and stable over retries: `<event id>/<number>`."""

    key: str


class OpenTask(Effect):
    """Put a task in the worklist. `due` is the promise made to the citizen, aware UTC."""

    type: Literal["OpenTask"] = "OpenTask"
    task: str
    kind: str
    skill: str = ""
    reason: str
    fact: str = ""
    due: datetime | None = None


class CloseTask(Effect):
    type: Literal["CloseTask"] = "CloseTask"
    task: str


class Notify(Effect):
    """Tell the citizen: `text` names a text of the flow or of the product.

    `told`: heard already, on the phone or at the desk.
    """

    type: Literal["Notify"] = "Notify"
    text: str
    over: Channel
    deadline: datetime | None = None
    told: bool = False


class SetDeadline(Effect):
    """Wake up at `at` with DeadlinePassed(clock, entry)."""

    type: Literal["SetDeadline"] = "SetDeadline"
    clock: str
    entry: int
    at: datetime


class FetchFromRegister(Effect):
    type: Literal["FetchFromRegister"] = "FetchFromRegister"
    fact: str
    source: str


class Publish(Effect):
    """Make the determination known, with its remedy."""

    type: Literal["Publish"] = "Publish"
    outcome: str


class HandOver(Effect):
    type: Literal["HandOver"] = "HandOver"
    to: str


class Pay(Effect):
    """Ask the payment system to pay out (`pay`) or to collect (`collect`)."""

    type: Literal["Pay"] = "Pay"
    what: str
    direction: Literal["pay", "collect"]
    details: JsonValue = None


AnyEffect = Annotated[
    OpenTask | CloseTask | Notify | SetDeadline | FetchFromRegister | Publish | HandOver | Pay,
    Field(discriminator="type"),
]

"""Commands from pages: sent once, on what the visitor saw; and what becomes of a command that cannot be carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from api.service import commands
from api.service.dossiers import Command, Dossier, Maker, Sent, Stale
from api.store.errors import KeyReused
from api.web.door import Visit
from api.web.forms import Read
from api.web.forms import Sent as Form
from engine.errors import AnswerError
from engine.journey.codec import load_event
from engine.journey.events import Actor, Channel, Event


@dataclass(frozen=True)
class Deed:
    """What a visitor does: the command's name and body, who does it, over which channel, on which revision."""

    action: str
    form: Form
    body: Any = None
    actor: Actor | None = None  # None: whoever has the journey open here, over their channel
    channel: Channel | None = None
    expected: int | None = None


async def send(own: Visit, journey: str, make: Maker, deed: Deed) -> Sent:
    """Carry out a command. A page that was sent again with other answers is a new command.

    Raises what `Dossiers.send` raises.
    """
    actor = deed.actor or own.caller.actor
    channel = deed.channel or (own.caller.channel if deed.actor is None else None)
    command = Command(make, deed.action, deed.form.command, deed.body, actor, channel, deed.expected)
    try:
        return await own.service.dossiers.send(journey, command)
    except KeyReused:
        return await own.service.dossiers.send(journey, command._replace(id=""))


async def send_answers(own: Visit, journey: str, form: Form, answers: Mapping[str, Any]) -> Sent:
    """Answers on what the visitor saw: Stale only when one of these very facts changed in between."""
    make = commands.answers(answers)
    deed = Deed("answers", form, dict(answers), expected=form.revision)
    try:
        return await send(own, journey, make, deed)
    except Stale as stale:
        if await _touched(own, journey, form.revision or 0, frozenset(answers)):
            raise
        return await send(own, journey, make, replace(deed, expected=stale.version))


async def with_files(own: Visit, journey: str, read: Read) -> Read:
    """The same, with each file taken in and its reference as the answer. Nothing is taken in beside an error.

    Raises Refusal when files cannot be looked at now.
    """
    if read.errors or not read.uploads:
        return read
    answers, errors = dict(read.answers), list[AnswerError]()
    for key, sent in read.uploads.items():
        try:
            answers[key] = await own.service.files.receive(journey, key, sent.filename or "", await sent.read())
        except AnswerError as error:
            errors.append(error)
    if not errors:
        await own.service.files.attach(journey, answers)
    return replace(read, answers=answers, errors=errors, uploads={})


async def _touched(own: Visit, journey: str, since: int, facts: frozenset[str]) -> bool:
    """Whether any of these facts was told after revision `since`."""
    later = (await history(own, journey))[since:]
    return any(getattr(event, "fact", "") in facts or facts & set(getattr(event, "facts", ())) for event in later)


async def history(own: Visit, journey: str) -> tuple[Event, ...]:
    """Everything that happened; what was erased is left out."""
    stored = await own.service.store.events(own.service.tenant, journey)
    return tuple(load_event(_plain(event)) for event in stored if event.get("type") != "Erased")


def _plain(event: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name != "seq"}


async def opened(own: Visit, journey: str) -> Dossier:
    """The journey as it is now."""
    return await own.service.dossiers.open(journey)

"""A citizen's page as an answer: the page that was asked for, or again with what is wrong, or what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from api.service.dossiers import Dossier, Maker
from api.web.door import Visit, go
from api.web.sending import Deed, history, opened, send
from engine.errors import AnswerError, RefusedEvent
from engine.journey.options import options
from ui_schema.build import page
from ui_schema.build_fields import Attempt, Typed
from ui_schema.fields import Message
from ui_schema.messages import attempts, refusal_text
from ui_schema.page import FieldError, PageKind
from ui_schema.scene import Wanted
from ui_schema.shape import Notice, Tone
from ui_schema.texts import say

WITH_HISTORY = (PageKind.STATUS, None)
BAD_REQUEST = 400
CONFLICT = 409


def wanted(own: Visit, **parts: Any) -> Wanted:
    """What this visit asks for."""
    caller = own.caller
    if caller.at_work:
        parts["talk"] = caller.channel
    return Wanted(now=own.now, house=own.house, notices=own.notices(), actor=caller.looks_as, **parts)


async def shown(
    own: Visit,
    journey: str,
    look: Wanted,
    *,
    missing: str = "",
    typed: Mapping[str, Typed] | None = None,
    text: str = "answer.required",
) -> Response:
    """The page; with `missing`, a box that was left empty is said so. A fact that cannot be asked: what comes next."""
    dossier = await opened(own, journey)
    if look.fact and not _reachable(dossier, look):
        return go(own.caller.base)
    if look.step and look.step not in options(dossier.graph, dossier.journey, look.actor, own.now).steps:
        return go(own.caller.base)
    if missing:
        message = Message(code=text, text=say(own.language, text))
        attempt = Attempt(typed or {}, {missing: (message,)})
        look = replace(look, attempt=attempt, errors=(FieldError(field=missing, message=message),))
    if look.kind in WITH_HISTORY or own.caller.at_work:
        look = replace(look, history=await history(own, journey))
    made = page(dossier.graph, dossier.journey, own.language, look)
    return own.show(made, BAD_REQUEST if missing else 200)


def _reachable(dossier: Dossier, look: Wanted) -> bool:
    """Whether the chosen fact may be answered, changed or disputed now."""
    may = options(dossier.graph, dossier.journey, look.actor, look.now)
    if look.kind is PageKind.DISPUTE:
        return look.fact in may.disputable
    asked = {ask.fact for ask in may.questions}
    begins = look.fact.partition("[")[0] in asked and "[" in look.fact
    return look.fact in asked or look.fact in may.changeable or begins


def again(
    own: Visit,
    dossier: Dossier,
    asked: tuple[str, ...],
    typed: Mapping[str, Typed],
    errors: Sequence[AnswerError],
    tries: int,
) -> Response:
    """The form again: what was typed stands there, with a sentence for each error; help is offered after some tries."""
    messages = attempts(dossier.graph, errors, own.language)
    summary = tuple(
        FieldError(field=fact, message=message)
        for fact, found in messages.items()
        for message in found
        if fact in asked
    )
    look = replace(
        wanted(own, kind=PageKind.QUESTION if asked else None),
        asked=asked,
        attempt=Attempt(typed, messages),
        errors=summary,
        tries=tries + 1,
    )
    return own.show(page(dossier.graph, dossier.journey, own.language, look), BAD_REQUEST)


async def refused(own: Visit, journey: str, error: RefusedEvent) -> Response:
    """What comes next, with why the other thing cannot be done now."""
    dossier = await opened(own, journey)
    notice = Notice(tone=Tone.WARNING, title=refusal_text(error, own.language))
    look = replace(wanted(own), notices=(notice,), history=await history(own, journey))
    return own.show(page(dossier.graph, dossier.journey, own.language, look), CONFLICT)


async def done(own: Visit, journey: str, make: Maker, deed: Deed, melding: str, then: str = "") -> Response:
    """Send a command that has no answers, and go on."""
    try:
        await send(own, journey, make, deed)
    except RefusedEvent as error:
        return await refused(own, journey, error)
    return go(own.caller.base + then, melding)

"""Try a flow as a citizen, with the reasons beside it. The walk stands in the address, so nothing is kept anywhere.

    GET  /ontwikkelen/FLOW/proberen?m=MOVE&m=MOVE...           the citizen's page where these moves lead
         ... &vraag=FACT  &toon=PAGE  &over=CHANNEL  &stap=STEP  &taal=CODE
    POST /ontwikkelen/FLOW/proberen/DEED?m=MOVE...             answers, a move, an item more or less; then back to GET

A move is a line of `engine.harness.walk`. An edit of the file walks the same moves again through the new version; what
it refuses is named. Answers here are made up by the developer: a citizen's never stand in an address.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query
from starlette.responses import Response

from api.problems import Refusal
from api.security.routes import router
from api.service.drafts import Draft
from api.web import develop
from api.web.develop import Slug, draft_of, found_of
from api.web.develop_drawing import DEVELOP, show_tried, try_address
from api.web.door import AnyVisit, Visit, go
from api.web.forms import Sent, read_answers, sent
from engine.errors import AnswerError, RefusedEvent
from engine.flow.keys import item_key, read_key
from engine.graph.graph import Graph
from engine.harness.walk import BadMove, Move, Walk, read_move, spelled, walked
from engine.journey.facts import day, view_of
from ui_schema.build import page as build_page
from ui_schema.build_bench import bench, trouble_words
from ui_schema.build_fields import Attempt
from ui_schema.messages import attempts
from ui_schema.page import FieldError, Page, PageKind
from ui_schema.scene import Wanted
from ui_schema.shape import Action, ActionKind, Language, Notice, Tone
from ui_schema.texts import say

routes = router(include_in_schema=False, prefix=DEVELOP, dependencies=[Depends(develop.developer)])

Moves = Annotated[list[str], Query(alias="m", max_length=500)]
Word = Annotated[str, Query(max_length=120, pattern=r"^[A-Za-z0-9_.\[\]-]*$")]
Deed = Literal["antwoord", "zet", "nog-een", "weg", "klaar"]
KINDS = {
    "choose": PageKind.CHOOSE,
    "contact": PageKind.CONTACT,
    "status": PageKind.STATUS,
    "dispute": PageKind.DISPUTE,
    "signal": PageKind.SIGNAL,
}


FIRST, LAST = date(1900, 1, 1), date(2190, 1, 1)  # days on which a walk can start


@dataclass(frozen=True)
class Trial:
    """A walk through a draft, as one visitor sees it."""

    visit: Visit
    draft: Draft
    graph: Graph
    walk: Walk
    moves: tuple[str, ...]
    language: Language

    def address(self, **more: str) -> str:
        """This walk, with something to show."""
        return try_address(self.draft.slug, self.moves, **more)

    def deed(self, deed: Deed, **more: str) -> str:
        """Where a form of this walk is sent."""
        query = self.address(**more).partition("?")[2]
        return f"{DEVELOP}/{self.draft.slug}/proberen/{deed}" + (f"?{query}" if query else "")

    def then(self, *moves: Move, **more: str) -> Response:
        """On to the walk with these moves behind it."""
        return go(try_address(self.draft.slug, (*self.moves, *map(str, moves)), **more))


async def trial(own: Visit, flow: str, moves: Sequence[str], language: str = "") -> Trial:
    """The walk that these moves make. Raises Refusal: 404 for no flow, or one that cannot run."""
    draft = await draft_of(own, flow)
    if draft.graph is None:
        raise Refusal("not_found", say(own.language, "dev.try.broken"))
    read = [move for line in moves if line.strip() for move in _read(line)]
    start = _start(read, own)
    walk = await asyncio.to_thread(walked, draft.graph, start, read)
    spoken = Language(language) if language in set(Language) else own.language
    return Trial(own, draft, draft.graph, walk, tuple(str(move) for move in read), spoken)


def _read(line: str) -> list[Move]:
    """The move; what is none is kept as it is, so that the walk names it as refused."""
    try:
        return [read_move(line)]
    except BadMove:
        return [Move(line[:200])]


def _start(moves: Sequence[Move], own: Visit) -> date:
    if moves and moves[0].kind == "day":
        try:
            start = date.fromisoformat(moves[0].name)
        except ValueError:
            return day(own.now)
        return start if FIRST <= start <= LAST else day(own.now)
    return day(own.now)


@routes.get("/{flow}/proberen")
async def tried(
    own: AnyVisit,
    flow: Slug,
    m: Moves = [],  # noqa: B006 - FastAPI copies a default
    vraag: Word = "",
    toon: Word = "",
    over: Word = "",
    stap: Word = "",
    taal: Word = "",
) -> Response:
    """The citizen's page after these moves, with its reasons."""
    draft = await draft_of(own, flow)
    if draft.graph is None:
        return go(f"{DEVELOP}/{flow}")
    at = await trial(own, flow, m, taal)
    kind = PageKind.QUESTION if vraag else PageKind.CONFIRM if stap else KINDS.get(toon)
    return await _shown(at, _look(at, kind=kind, fact=vraag, step=stap, over=over))


def _look(at: Trial, **parts: Any) -> Wanted:
    notices = [
        Notice(tone=Tone.WARNING, title=str(move), text=trouble_words(at.graph, error, at.language))
        for move, error in at.walk.refused[-1:]
    ]
    return Wanted(now=at.walk.at, house=at.visit.house, history=tuple(at.walk.history), notices=tuple(notices), **parts)


async def _shown(at: Trial, look: Wanted, status: int = 200) -> Response:
    found = await found_of(at.visit, at.draft)
    page = await asyncio.to_thread(_page, at, look)
    asked = tuple(field.id for field in page.form.fields) if page.form is not None and look.kind else ()
    panel = await asyncio.to_thread(bench, at.walk, at.language, asked)
    return show_tried(
        at.visit, page, panel, found.stamp, _href(at), lambda code: at.address(taal=code), at.language, status
    )


def _page(at: Trial, look: Wanted) -> Page:
    """The page that is asked for; what cannot be shown now is what comes next."""
    may = at.walk.may()
    asked = {ask.fact for ask in may.questions} | set(may.changeable) | set(may.disputable)
    begins = look.fact.partition("[")[0] in asked and "[" in look.fact
    if (look.fact and look.fact not in asked and not begins) or (look.step and look.step not in may.steps):
        look = replace(look, kind=None, fact="", step="")
    return build_page(at.graph, at.walk.now, at.language, look)


def _href(at: Trial) -> Callable[[Action], str]:
    """The address of every action of the citizen's page, within this walk."""

    def href(action: Action) -> str:
        make = _ACTIONS.get(action.kind)
        return at.deed("zet") if make is None and action.writes else at.address() if make is None else make(at, action)

    return href


def _question(at: Trial, action: Action) -> str:
    return at.address(vraag=action.fact) if action.fact else at.address()


def _choose(at: Trial, action: Action) -> str:
    return at.address(vraag=action.fact) if action.fact else at.address(toon="choose")


def _step(at: Trial, action: Action) -> str:
    return at.deed("zet", zet=f"do {action.step}") if action.writes else at.address(stap=action.step)


def _person(at: Trial, action: Action) -> str:
    if action.writes:
        return at.deed("zet", zet=f"ask {action.to}")
    return at.address(toon="contact", over=action.to) if action.to else at.address(toon="contact")


_ACTIONS: dict[ActionKind, Callable[[Trial, Action], str]] = {
    ActionKind.HOME: lambda at, _: f"{DEVELOP}/{at.draft.slug}",
    ActionKind.SHOW: lambda at, _: at.address(),
    ActionKind.ANSWER: lambda at, own: at.deed("antwoord", over=own.fact) if own.fact else at.deed("antwoord"),
    ActionKind.CHOOSE: _choose,
    ActionKind.CHANGE: _question,
    ActionKind.BACK: _question,
    ActionKind.ADD_ITEM: lambda at, own: at.deed("nog-een", over=own.fact),
    ActionKind.REMOVE_ITEM: lambda at, own: at.deed("weg", over=own.fact),
    ActionKind.CLOSE_LIST: lambda at, own: at.deed("klaar", over=own.fact),
    ActionKind.UNSURE: lambda at, own: at.deed("zet", zet=f"{own.fact} = unsure"),
    ActionKind.ASK_PERSON: _person,
    ActionKind.SWITCH_CHANNEL: lambda at, own: at.deed("zet", zet=f"via {own.to}"),
    ActionKind.STATUS: lambda at, _: at.address(toon="status"),
    ActionKind.STEP: _step,
    ActionKind.DISPUTE: lambda at, own: at.deed("zet") if own.writes else at.address(vraag=own.fact, toon="dispute"),
    ActionKind.SIGNAL: lambda at, own: at.deed("zet") if own.writes else at.address(toon="signal"),
}


@routes.post("/{flow}/proberen/{deed}")
async def done(
    own: AnyVisit,
    flow: Slug,
    deed: Annotated[Deed, Path()],
    m: Moves = [],  # noqa: B006 - FastAPI copies a default
    over: Word = "",
    zet: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """One deed of the citizen; what was typed and refused stands on the page again."""
    at = await trial(own, flow, m)
    form = await sent(own.request)
    if deed == "antwoord":
        return await _answered(at, form, over)
    if deed == "zet":
        return at.then(*_read(zet)) if zet else at.then()
    if over.partition("[")[0] not in at.graph.facts:
        return at.then()
    return _LISTS[deed](at, over)


async def _answered(at: Trial, form: Sent, fact: str) -> Response:
    asked = form.asked or ((fact,) if fact else ())
    read = read_answers(at.graph, form, asked, at.language)
    errors: list[AnswerError] = list(read.errors)
    moves = [spelled(key, value) for key, value in read.answers.items()]
    if not errors:
        errors = _refused(at, moves)
    if not errors and moves:
        return at.then(*moves)
    messages = attempts(at.graph, errors, at.language)
    summary = tuple(
        FieldError(field=key, message=message) for key, found in messages.items() for message in found if key in asked
    )
    kind = PageKind.QUESTION if asked else None
    look = _look(
        at, kind=kind, asked=asked, attempt=Attempt(read.typed, messages), errors=summary, tries=form.tries + 1
    )
    return await _shown(at, look, 400)


def _refused(at: Trial, moves: Sequence[Move]) -> list[AnswerError]:
    """What the engine says against these answers."""
    for move in moves:
        try:
            at.walk.move(move)
        except AnswerError as error:
            return [error]
        except RefusedEvent:
            return []
    return []


def _one_more(at: Trial, name: str) -> Response:
    """The first question of the next item; a list that was closed is open again."""
    field = next((node.name for node in at.graph.facts.values() if node.list == name), "")
    count = view_of(at.graph, at.walk.now).length(name)[0]
    again = (Move("forget", name),) if name in at.walk.now.answers else ()
    return at.then(*again, vraag=item_key(name, count, field))


def _one_less(at: Trial, item: str) -> Response:
    """The walk as if this item had not been told: those behind it move up."""
    name, _, rest = item.partition("[")
    gone = int(rest.rstrip("]") or 0) if rest.rstrip("]").isdigit() else 0
    kept: list[str] = []
    for text in at.moves:
        move = _read(text)[0]
        key = read_key(move.name)
        if key is not None and key.name == name and (key.at == gone or not key.field):
            continue
        if key is not None and key.name == name and key.at > gone:
            move = replace(move, name=item_key(name, key.at - 1, key.field))
        kept.append(str(move))
    return go(try_address(at.draft.slug, kept, vraag=name))


def _that_is_all(at: Trial, name: str) -> Response:
    count = view_of(at.graph, at.walk.now).length(name)[0]
    return at.then(Move("answer", name, str(count)))


_LISTS: dict[str, Callable[[Trial, str], Response]] = {
    "nog-een": _one_more,
    "weg": _one_less,
    "klaar": _that_is_all,
}

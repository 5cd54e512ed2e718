"""The pages for flow developers: every flow with its stand, its findings, its picture, its source, its differences.

    GET /ontwikkelen                         the board
        /ontwikkelen/stempel                 what the board looks like, for the page to refresh itself
        /ontwikkelen/FLOW                    findings, picture with coverage, rules in words, scenarios
        /ontwikkelen/FLOW/bron               the file with every finding at its line
        /ontwikkelen/FLOW/vergelijken?met=   two versions: git:REV or flow:SLUG against the file as it is
        /ontwikkelen/FLOW/stempel            changes when the file, a scenario or the evidence does
        /ontwikkelen/FLOW/proberen           api.web.develop_try

Open to everybody in a demo, where there is nobody's dossier; in production to who signs in with the right `author`.
They read flow files and made-up citizens only, never the store. An editor will stand beside the source.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from starlette.responses import JSONResponse, Response

from api.problems import Refusal
from api.security.doors import having
from api.security.routes import router
from api.service import revisions
from api.service.declared_file import BESIDE, BrokenPopulation, declared_in
from api.service.drafts import Draft, Drafts, Tested, checked
from api.service.evidence import BrokenEvidence, proven, read_evidence, sound, tried, version_of
from api.web.develop_drawing import show
from api.web.door import AnyVisit, Visit
from engine.errors import worded
from engine.graph.graph import Graph
from engine.harness.compare import Comparison, compare
from engine.harness.declared import NotSpread
from engine.harness.prove import Proof
from engine.harness.stand import Evidence, Stand, Step, stand
from engine.journey.facts import day
from engine.lint.dutch import line, told
from ui_schema.build_compare import compare_view
from ui_schema.build_develop import broken_view, flow_view, size_words, source_view, steps_of
from ui_schema.develop import Board, CompareView, DevKind, DevPage, FlowRow, FlowView, VersionChoice
from ui_schema.scene import languages
from ui_schema.shape import Language
from ui_schema.texts import say

LARGEST = 1_000_000
PATIENCE = 1.0  # seconds that a page waits for scenarios that still run
GIT, FLOW = "git:", "flow:"


async def developer(request: Request) -> None:
    """Whoever may look here. Raises Refusal: 401 or 403, in production only."""
    if not request.app.state.settings.demo:
        await having("author")(request)


routes = router(include_in_schema=False, prefix="/ontwikkelen", dependencies=[Depends(developer)])
Slug = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,64}$")]
_RUNNING: set[asyncio.Task[Tested | None]] = set()


@dataclass(frozen=True)
class Found:
    """A draft with everything that is known of it; `tested` is None while its scenarios run."""

    draft: Draft
    proof: Proof | None
    tested: Tested | None
    recorded: Mapping[Step, Evidence]

    @property
    def is_busy(self) -> bool:
        return self.draft.graph is not None and self.tested is None

    @property
    def stamp(self) -> str:
        """What a page of this draft shows, in a word."""
        told = f"{self.draft.stamp} {self.is_busy} {sorted(self.recorded.items())}"
        return hashlib.sha256(told.encode()).hexdigest()[:20]

    def stand(self) -> Stand:
        """Where it is: what was recorded, and what is seen here and now."""
        draft, day = self.draft, ""
        live = {Step.SOUND: sound(draft, day)}
        if draft.graph is not None and self.proof is not None:
            live[Step.PROVEN] = proven(draft.graph, self.proof, day)
        if self.tested is not None and self.draft.scenarios:  # without any, nothing speaks against it: not yet
            live[Step.TRIED] = tried(draft, self.tested, day)
        return stand({**self.recorded, **live}, version_of(draft), draft.scenarios_stamp)

    def reached(self) -> Step:
        """How far the recorded evidence alone reaches."""
        return stand(self.recorded, version_of(self.draft), self.draft.scenarios_stamp).reached


def drafts_of(own: Visit) -> Drafts:
    """The folder of flows."""
    found: Drafts = own.request.app.state.drafts
    return found


async def draft_of(own: Visit, flow: str) -> Draft:
    """The flow's file as it stands. Raises Refusal (404)."""
    draft = await asyncio.to_thread(drafts_of(own).look, flow)
    if draft is None:
        raise Refusal("not_found")
    return draft


async def found_of(own: Visit, draft: Draft, patience: float = 0.0) -> Found:
    """What is known of a draft; its scenarios are given `patience` seconds and run on afterwards."""
    drafts = drafts_of(own)
    proof = await asyncio.to_thread(drafts.proof, draft)
    tested = drafts.tested_already(draft)
    if tested is None and draft.graph is not None:
        running = asyncio.create_task(asyncio.to_thread(drafts.tested, draft))
        _RUNNING.add(running)
        running.add_done_callback(_RUNNING.discard)
        done, _ = await asyncio.wait({running}, timeout=patience)
        tested = running.result() if running in done else None
    try:
        recorded = await asyncio.to_thread(read_evidence, draft.path.parent)
    except BrokenEvidence:
        recorded = {}
    return Found(draft, proof, tested, recorded)


async def _all(own: Visit) -> list[Found]:
    slugs = await asyncio.to_thread(drafts_of(own).slugs)
    found = [await asyncio.to_thread(drafts_of(own).look, slug) for slug in slugs]
    return [await found_of(own, draft) for draft in found if draft is not None]


def _stamp(found: list[Found]) -> str:
    return hashlib.sha256(" ".join(own.stamp for own in found).encode()).hexdigest()[:20]


@routes.get("")
async def board(own: AnyVisit) -> Response:
    """All flows with their stand."""
    found = await _all(own)
    rows = tuple(_row(own, one) for one in found)
    page = _page(own, DevKind.BOARD, say(own.language, "dev.board.title"), Board(rows), _stamp(found))
    return show(own, page)


@routes.get("/stempel")
async def board_stamp(own: AnyVisit) -> Response:
    """Changes when the board does."""
    return JSONResponse({"stamp": _stamp(await _all(own))})


def _row(own: Visit, found: Found) -> FlowRow:
    graph, language = found.draft.graph, own.language
    reached = found.reached()
    return FlowRow(
        found.draft.slug,
        graph.flow.question.in_(language.value) if graph is not None else found.draft.slug,
        size_words(graph, language) if graph is not None else "",
        steps_of(found.stand(), language, (Step.TRIED,) if found.is_busy else ()),
        say(language, "dev.board.recorded", step=say(language, f"dev.step.{reached}").lower()),
        _faults(found, language),
    )


def _faults(found: Found, language: Language) -> str:
    """How much the flow's own page names; "" for nothing."""
    problems = (*found.draft.problems, *(found.tested.problems if found.tested is not None else ()))
    codes = {problem.code for problem in problems}
    proofs = [own for own in found.proof.findings if own.problem.code not in codes] if found.proof is not None else []
    count = len(problems) + len(proofs)
    return say(language, "dev.board.found", count=count) if count else ""


@routes.get("/{flow}")
async def one_flow(own: AnyVisit, flow: Slug) -> Response:
    """One flow: what was found, the picture, the rules, the scenarios."""
    found = await found_of(own, await draft_of(own, flow), PATIENCE)
    view = _view(own, found)
    return show(own, _page(own, DevKind.FLOW, view.question, view, found.stamp, flow))


def _view(own: Visit, found: Found) -> FlowView:
    draft, language, tested = found.draft, own.language, found.tested
    steps = steps_of(found.stand(), language, (Step.TRIED,) if found.is_busy else ())
    if draft.graph is None:
        return broken_view(draft.slug, draft.text, draft.problems, steps, language)
    problems = (*draft.problems, *(tested.problems if tested is not None else ()))
    runs, parts = (tested.runs, tested.parts) if tested is not None else (None, ())
    return flow_view(draft.slug, draft.text, draft.graph, (problems, found.proof, runs, parts), steps, language)


@routes.get("/{flow}/stempel")
async def flow_stamp(own: AnyVisit, flow: Slug) -> Response:
    """Changes when a page of this flow is out of date; "" while there is no such flow."""
    draft = await asyncio.to_thread(drafts_of(own).look, flow)
    return JSONResponse({"stamp": (await found_of(own, draft)).stamp if draft is not None else ""})


@routes.get("/{flow}/bron")
async def source(own: AnyVisit, flow: Slug) -> Response:
    """The file with its findings."""
    found = await found_of(own, await draft_of(own, flow))
    view = _view(own, found)
    body = source_view(flow, f"{flow}/{found.draft.path.name}", found.draft.text, view.findings)
    return show(own, _page(own, DevKind.SOURCE, view.question, body, found.stamp, flow))


@routes.get("/{flow}/vergelijken")
async def comparison(own: AnyVisit, flow: Slug, met: Annotated[str, Query(max_length=120)] = "") -> Response:
    """The file as it is against an earlier version, or against another flow."""
    draft = await draft_of(own, flow)
    found = await found_of(own, draft)
    body = await asyncio.to_thread(_compared, own, draft, met)
    title = draft.graph.flow.question.in_(own.language.value) if draft.graph is not None else flow
    return show(own, _page(own, DevKind.COMPARE, title, body, found.stamp, flow))


def _compared(own: Visit, draft: Draft, wanted: str) -> CompareView:
    language, past = own.language, revisions.revisions(draft.path)
    wanted = wanted or _usual(draft, past)
    choices = tuple(_choices(own, draft, past, wanted))
    if draft.graph is None:
        return CompareView(draft.slug, "", choices, say(language, "dev.compare.broken_own"))
    if not wanted:
        return CompareView(draft.slug, "", choices, say(language, "dev.compare.none"))
    try:
        text = _other(own, draft, wanted)
    except revisions.NoSuchVersion as missing:
        return CompareView(draft.slug, "", choices, say(language, f"dev.version.{missing.code}"))
    old, problems = checked(text, f"{draft.slug}@{wanted}")
    if old is None:
        trouble = say(language, "dev.compare.broken", problem=line(problems[0], language) if problems else "")
        return CompareView(draft.slug, "", choices, trouble)
    new, people = draft.graph, _people(draft)
    key = ("compare", hashlib.sha256(f"{text}\0{people}".encode()).hexdigest(), draft.flow_stamp, own.now.date())
    found, broken = drafts_of(own).once(key, lambda: _with_people(old, new, people, day(own.now)))
    view = compare_view(draft.slug, new, found, (text, draft.text), choices, language)
    return replace(view, not_compared=(*view.not_compared, told(broken, language))) if broken else view


def _people(draft: Draft) -> str:
    """The declared population beside the flow, as text; "" without one."""
    try:
        return (draft.path.parent / BESIDE).read_text("utf-8")[:LARGEST]
    except (OSError, UnicodeDecodeError):
        return ""


def _with_people(old: Graph, new: Graph, text: str, today: date) -> tuple[Comparison, str]:
    """The comparison, with the population where it can be used, and why it cannot."""
    if not text:
        return compare(old, new), ""
    try:
        return compare(old, new, declared_in(text, BESIDE, old, new, today)), ""
    except BrokenPopulation as wrong:
        return compare(old, new), wrong.args[0]
    except NotSpread as wrong:
        return compare(old, new), worded("{population}: {wrong}.", population=BESIDE, wrong=wrong.args[0])


def _usual(draft: Draft, past: tuple[revisions.Revision, ...]) -> str:
    """The latest version in git that differs from the file as it is."""
    for name in ("HEAD", *(one.name for one in past)):
        try:
            if revisions.source_at(draft.path, name) != draft.text:
                return GIT + name
        except revisions.NoSuchVersion:
            continue
    return f"{GIT}HEAD" if past else ""


def _choices(own: Visit, draft: Draft, past: tuple[revisions.Revision, ...], wanted: str) -> list[VersionChoice]:
    language = own.language
    found = [(f"{GIT}HEAD", say(language, "dev.compare.saved"))] if past else []
    found += [
        (f"{GIT}{one.name}", say(language, "dev.compare.last", name=one.name, day=one.day, subject=one.subject))
        for one in past
    ]
    others = [slug for slug in drafts_of(own).slugs() if slug != draft.slug]
    found += [(f"{FLOW}{slug}", say(language, "dev.compare.flow", slug=slug)) for slug in others]
    if wanted and wanted not in {value for value, _ in found}:
        found.insert(0, (wanted, wanted))
    return [VersionChoice(value, label, value == wanted) for value, label in found]


def _other(own: Visit, draft: Draft, wanted: str) -> str:
    """The text to compare with. Raises NoSuchVersion."""
    if wanted.startswith(FLOW):
        other = drafts_of(own).look(wanted.removeprefix(FLOW))
        if other is None:
            raise revisions.NoSuchVersion("flow")
        return other.text
    return revisions.source_at(draft.path, wanted.removeprefix(GIT))


def _page(own: Visit, kind: DevKind, title: str, body: object, stamp: str, slug: str = "") -> DevPage:
    language, house = own.language, own.house
    return DevPage(kind, language, languages(language), title, house.organisation, body, stamp, slug)  # type: ignore[arg-type]

"""The worker's pages: sign in, the worklist, one task with its whole journey, and everything that can be done with it.

    GET  /werk?toon&termijn&proces&kanaal&kenmerk&na  /werk/inloggen  /werk/taak/JOURNEY/TASK
    POST /werk/inloggen  /werk/uitloggen
    POST /werk/taak/JOURNEY/TASK/  oppakken  teruggeven  afronden  contact
                                   oordeel/FACT  uitsluitsel/FACT  invullen/FACT  besluit/STEP  stap/STEP

The worker who has the task acts; the engine refuses all others, and the page then says kindly who has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query
from pydantic import BaseModel, Field, StringConstraints
from starlette.responses import Response

from api.problems import Refusal
from api.security import tokens
from api.security.accounts import DEMO, Worker
from api.security.doors import signed_in
from api.security.routes import router
from api.service import commands
from api.service.dossiers import Maker
from api.service.worklist import Due, Narrowing, Whose, Work
from api.store.lists import TaskStatus
from api.store.port import Task
from api.web.door import AnyVisit, Visit, go
from api.web.forms import Sent, read_answers, sent
from api.web.links import SIGN_IN, WORK, task_address
from api.web.sending import Deed, history, send, with_files
from engine.errors import AnswerError, RefusedEvent
from engine.journey import events as ev
from engine.journey.events import Actor, ActorKind, Channel
from ui_schema.build_fields import Attempt, Typed
from ui_schema.build_work import Desk, TaskFacts, sign_in_page, task_page
from ui_schema.build_work_forms import scope_of
from ui_schema.build_worklist import Shown, worklist_page
from ui_schema.fields import Message
from ui_schema.messages import attempts, refusal_text
from ui_schema.page import FieldError
from ui_schema.scene import Scene, Wanted
from ui_schema.shape import ActionKind, Language, Notice, Tone
from ui_schema.texts import say

routes = router(include_in_schema=False, prefix=WORK)

PAGE = 25
SignedIn = Annotated[Worker, Depends(signed_in)]
WHOSE: Mapping[str, Whose] = {"vrij": Whose.UNCLAIMED, "mijn": Whose.MINE, "alles": Whose.ANY}
DUE: Mapping[str, Due | None] = {"": None, "laat": Due.OVERDUE, "vandaag": Due.TODAY, "week": Due.WEEK}
TaskId = Annotated[str, Path(pattern=r"^[0-9A-Za-z.\-]{1,150}$")]
JourneyId = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]
Name = Annotated[str, Path(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,80}(\[\d{1,5}\]\.[A-Za-z][A-Za-z0-9_]{0,80})?$")]


class Asked(BaseModel):
    """The query of the worklist: the words of `ui_schema.build_worklist`. An empty choice of the form is none."""

    toon: Literal["vrij", "mijn", "alles"] = "vrij"
    termijn: Literal["", "laat", "vandaag", "week"] = ""
    proces: str = Field("", max_length=64, pattern="^[a-z0-9-]*$")
    kanaal: Literal["", "web", "phone", "desk", "letter", "email"] = ""
    kenmerk: Annotated[str, StringConstraints(strip_whitespace=True)] = Field("", max_length=64)
    na: str = Field("", max_length=300)
    melding: str = Field("", max_length=40)


def desk(own: Visit, worker: Worker | None = None, **parts: Any) -> Desk:
    """Who works here, for the pages."""
    account, name = (worker.account, worker.name) if worker is not None else ("", "")
    notices = parts.pop("notices", None) or own.notices()
    return Desk(own.language, own.house, own.now, account, name, notices=notices, **parts)


@routes.get("/inloggen")
async def sign_in_form(own: AnyVisit) -> Response:
    """The way in."""
    return own.show(sign_in_page(desk(own), _demo(own)))


def _demo(own: Visit) -> Sequence[str]:
    return [worker.account for worker in DEMO] if own.settings.workers is None else ()


@routes.post("/inloggen")
async def sign_in(own: AnyVisit) -> Response:
    """A session, when account and password belong together."""
    form = await sent(own.request)
    sessions = own.request.app.state.sessions
    password = form.form.get("password", "")
    found = await sessions.sign_in(own.request, form.text("account")[:64], str(password)[:200])
    if found is None:
        page = sign_in_page(desk(own), _demo(own), say(own.language, "work.sign_in.wrong"))
        return own.show(page, 400)
    answer = go(WORK)
    sessions.put(answer, found[1])
    return answer


@routes.post("/uitloggen")
async def sign_out(own: AnyVisit) -> Response:
    """The session ends here and in the store."""
    sessions = own.request.app.state.sessions
    await sessions.sign_out(own.request)
    answer = go(SIGN_IN)
    sessions.drop(answer)
    return answer


@routes.get("")
async def worklist(own: AnyVisit, worker: SignedIn, asked: Annotated[Asked, Query()]) -> Response:
    """Open tasks, urgent first, as narrowed as the address says. A reference is looked for in everybody's."""
    reference = tokens.reference_of(asked.kenmerk)
    shown = Shown(
        whose="alles" if asked.kenmerk else asked.toon,
        due=asked.termijn,
        flow=asked.proces,
        channel=asked.kanaal,
        reference=reference or asked.kenmerk,
        wrong=bool(asked.kenmerk) and not reference,
    )
    narrowing = Narrowing(
        worker=worker.account,
        team=worker.team or None,
        whose=WHOSE[shown.whose],
        due=DUE[shown.due],
        flow=shown.flow or None,
        channel=shown.channel or None,
        reference=shown.reference or None,
    )
    page = await own.service.worklist.page(narrowing, after=asked.na, limit=PAGE)
    counts = await own.service.worklist.counts(narrowing)
    named = {word: counts[choice] for words in (WHOSE, DUE) for word, choice in words.items()}
    tasks = [_facts(own, task) for task in page.tasks]
    return own.show(worklist_page(desk(own, worker), tasks, own.service.library.current, shown, named, page.next))


def _facts(own: Visit, task: Task) -> TaskFacts:
    colleague = own.request.app.state.sessions.known(task.claimed_by) if task.claimed_by else None
    return TaskFacts(
        id=task.id,
        journey=task.journey,
        reference=task.reference,
        flow=task.flow,
        kind=task.kind,
        reason=task.reason,
        fact=task.fact,
        skill=task.skill,
        due=task.due_at,
        claimed_by=task.claimed_by,
        claimed_name=colleague.name if colleague is not None else task.claimed_by,
        finished=task.status is TaskStatus.DONE,
        channel=task.channel,
    )


@dataclass(frozen=True)
class Bench:
    """A worker at one task of one journey."""

    visit: Visit
    worker: Worker
    journey: str
    task: str

    @property
    def actor(self) -> Actor:
        return Actor(kind=ActorKind.WORKER, id=self.worker.account)

    @property
    def language(self) -> Language:
        return self.visit.language

    async def sent(self) -> Sent:
        """The form of this request."""
        return await sent(self.visit.request)


def bench(own: AnyVisit, worker: SignedIn, journey: JourneyId, task: TaskId) -> Bench:
    """Who works on what. Raises Refusal for who is not signed in."""
    return Bench(own, worker, journey, task)


AtBench = Annotated[Bench, Depends(bench)]


async def _open(own: Bench) -> Work:
    """The task of this journey. Raises Refusal (404) when the two do not belong together."""
    try:
        work = await own.visit.service.worklist.open(own.task)
    except RefusedEvent:
        raise Refusal("not_found") from None
    if work.task.journey != own.journey:
        raise Refusal("not_found")
    return work


async def _shown(
    own: Bench,
    work: Work,
    *,
    status: int = 200,
    notices: tuple[Notice, ...] = (),
    attempt: Attempt | None = None,
    scope: str = "",
) -> Response:
    """The task with the whole journey in view."""
    messages = attempt.messages if attempt is not None else {}
    errors = tuple(
        FieldError(field=scope + name, message=message) for name, found in messages.items() for message in found
    )
    look = Wanted(
        now=own.visit.now,
        house=own.visit.house,
        actor=own.actor,
        attempt=attempt or Attempt(),
        history=await history(own.visit, own.journey),
    )
    scene = Scene(work.dossier.graph, work.dossier.journey, own.language, look)
    at = desk(own.visit, own.worker, notices=notices, errors=errors)
    return own.visit.show(task_page(at, scene, _facts(own.visit, work.task)), status)


@routes.get("/taak/{journey}/{task}")
async def one_task(own: AtBench) -> Response:
    """One task; that somebody looked is recorded."""
    work = await _open(own)
    await own.visit.service.looked(own.journey, own.worker.account)
    return await _shown(own, work)


async def _do(own: Bench, make: Maker, action: str, form: Sent, body: Any, then: str) -> Response:
    """Send a worker's command: on to the task (or the worklist when it is done), or the task with why not."""
    try:
        deed = Deed(action, form, [own.task, own.worker.account, body], own.actor, channel=None)
        await send(own.visit, own.journey, make, deed)
    except RefusedEvent as error:
        return await _refused(own, await _open(own), error)
    work = await _open(own)
    address = WORK if work.task.status is TaskStatus.DONE else task_address(own.journey, own.task)
    return go(address, then)


async def _refused(own: Bench, work: Work, error: RefusedEvent) -> Response:
    """The task as it is now, with why it could not be done; who has it is said by name."""
    if error.code == "refused.task_taken":
        name = _facts(own.visit, work.task).claimed_name
        title, text = say(own.language, "work.taken.title", worker=name), say(own.language, "work.taken.text")
        notice = Notice(tone=Tone.INFO, title=title, text=text)
    else:
        notice = Notice(tone=Tone.WARNING, title=refusal_text(error, own.language))
    return await _shown(own, work, status=409, notices=(notice,))


@routes.post("/taak/{journey}/{task}/oppakken")
async def claim(own: AtBench) -> Response:
    """Take the task; exactly one worker wins."""
    form = await own.sent()
    make = commands.simple(ev.TaskClaimed, task=own.task)
    return await _do(own, make, "claim", form, "claim", "")


@routes.post("/taak/{journey}/{task}/teruggeven")
async def give_back(own: AtBench) -> Response:
    """Back to the worklist, with a reason."""
    form = await own.sent()
    reason = form.text("reason")[:2000]
    if not reason:
        return await _missing(own, "reason", scope_of(ActionKind.RETURN, ""))
    make = commands.simple(ev.TaskReturned, task=own.task, reason=reason)
    answer = await _do(own, make, "return", form, reason, "terug")
    return go(WORK, "terug") if answer.status_code < 400 else answer


@routes.post("/taak/{journey}/{task}/afronden")
async def finish(own: AtBench) -> Response:
    """Done, with a note of what was done."""
    form = await own.sent()
    note = form.text("note")[:2000]
    if not note:
        return await _missing(own, "note", scope_of(ActionKind.FINISH, ""))
    make = commands.simple(ev.TaskFinished, task=own.task, note=note)
    return await _do(own, make, "finish", form, note, "afgerond")


@routes.post("/taak/{journey}/{task}/contact")
async def contact(own: AtBench) -> Response:
    """A contact moment, written down."""
    form = await own.sent()
    note, over = form.text("text")[:2000], form.text("over")
    if not note or over not in set(Channel):
        return await _missing(own, "text", scope_of(ActionKind.NOTE, ""))
    make = commands.held(own.task, commands.simple(ev.ContactRecorded, over=Channel(over), note=note))
    return await _do(own, make, "contact", form, [over, note], "vastgelegd")


@routes.post("/taak/{journey}/{task}/oordeel/{fact}")
async def judge(own: AtBench, fact: Name) -> Response:
    """A judgement with its motive."""
    return await _judged(own, fact, ActionKind.JUDGE)


@routes.post("/taak/{journey}/{task}/uitsluitsel/{fact}")
async def settle(own: AtBench, fact: Name) -> Response:
    """How a dispute ends."""
    return await _judged(own, fact, ActionKind.SETTLE)


async def _judged(own: Bench, fact: str, kind: ActionKind) -> Response:
    form = await own.sent()
    work = await _open(own)
    read = await with_files(own.visit, own.journey, read_answers(work.dossier.graph, form, (fact,), own.language))
    motive = form.text("motive")[:2000]
    scope = scope_of(kind, fact)
    if read.errors or not motive:
        typed = {**read.typed, "motive": motive}
        missing = {} if motive else {"motive": (_required(own),)}
        return await _again(own, work, typed, read.errors, scope, missing)
    make = commands.held(own.task, commands.judge(own.task, read.answers, motive))
    try:
        return await _do(own, make, "judge", form, [dict(read.answers), motive], "vastgelegd")
    except AnswerError as error:
        return await _again(own, work, {**read.typed, "motive": motive}, [error], scope)


@routes.post("/taak/{journey}/{task}/invullen/{fact}")
async def fill_in(own: AtBench, fact: Name) -> Response:
    """An answer on the citizen's behalf, told by telephone or at the desk."""
    form = await own.sent()
    work = await _open(own)
    read = await with_files(own.visit, own.journey, read_answers(work.dossier.graph, form, (fact,), own.language))
    scope = scope_of(ActionKind.FILL_IN, fact)
    if read.errors or not read.answers:
        return await _again(own, work, read.typed, read.errors, scope)
    make = commands.held(own.task, commands.answers(read.answers))
    try:
        return await _do(own, make, "fill-in", form, dict(read.answers), "vastgelegd")
    except AnswerError as error:
        return await _again(own, work, read.typed, [error], scope)


@routes.post("/taak/{journey}/{task}/besluit/{step}")
async def propose(own: AtBench, step: Name) -> Response:
    """A decision with its motive; other than the rules only with one."""
    form = await own.sent()
    outcome, motive = form.text("outcome")[:100], form.text("motive")[:2000]
    work = await _open(own)
    typed = {"outcome": outcome, "motive": motive}
    scope = scope_of(ActionKind.PROPOSE, step)
    if not outcome:
        return await _again(own, work, typed, (), scope, {"outcome": (_required(own, "answer.option"),)})
    if outcome != work.dossier.journey.outcome and not motive:
        message = _required(own, "refused.motive_needed")
        return await _again(own, work, typed, (), scope, {"motive": (message,)})
    make = commands.held(own.task, commands.simple(ev.StepTaken, step=step, outcome=outcome, motive=motive))
    return await _do(own, make, "propose", form, [step, outcome, motive], "afgerond")


@routes.post("/taak/{journey}/{task}/stap/{step}")
async def take_step(own: AtBench, step: Name) -> Response:
    """Another named step of the process."""
    form = await own.sent()
    motive = form.text("motive")[:2000]
    make = commands.held(own.task, commands.simple(ev.StepTaken, step=step, motive=motive))
    return await _do(own, make, "step", form, [step, motive], "vastgelegd")


def _required(own: Bench, key: str = "answer.required") -> Message:
    return Message(code=key, text=say(own.language, key))


async def _missing(own: Bench, name: str, scope: str) -> Response:
    work = await _open(own)
    return await _again(own, work, {}, (), scope, {name: (_required(own),)})


async def _again(
    own: Bench,
    work: Work,
    typed: Mapping[str, Typed],
    errors: Sequence[AnswerError],
    scope: str,
    more: Mapping[str, tuple[Message, ...]] | None = None,
) -> Response:
    """The task again: what was typed stands there with a sentence for each error."""
    messages = {**attempts(work.dossier.graph, errors, own.language), **(more or {})}
    attempt = Attempt(typed, messages, scope)
    return await _shown(own, work, status=400, attempt=attempt, scope=scope)

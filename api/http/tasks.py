"""/v1/tasks: the worklist for programs. A worker's token or session opens it; a journey's secret never does (403)."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from api.http import shapes, views
from api.http.asking import IdempotencyKey, IfMatch, Opened, ServiceNow, SignedIn, TaskId, carry_out, worker_actor
from api.security.routes import router
from api.service import commands
from engine.journey import events as ev

routes = router(prefix="/v1/tasks", tags=["tasks"])


@routes.get("", response_model=shapes.WorkPage, operation_id="listTasks")
async def listed(
    service: ServiceNow,
    worker: SignedIn,
    after: Annotated[str, Query(max_length=300, pattern="^[ -~]*$", description="`next` of the page before.")] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> shapes.WorkPage:
    """Open tasks, soonest promised first."""
    page = await service.worklist.tasks(after=after, limit=limit)
    return shapes.WorkPage(results=tuple(views.work_row(task) for task in page.tasks), next=page.next)


@routes.get("/{taskId}", response_model=shapes.JourneyNow, operation_id="readTask")
async def read(service: ServiceNow, worker: SignedIn, task_id: TaskId) -> shapes.JourneyNow:
    """The whole journey behind a task, with what this worker may do."""
    work = await service.worklist.open(task_id)
    return views.journey_now(work.dossier, worker_actor(worker), service.clock.now())


@routes.post("/{taskId}/claim", response_model=shapes.Changed, operation_id="claimTask")
async def claim(
    service: ServiceNow,
    answer: Response,
    worker: SignedIn,
    task_id: TaskId,
    idempotency_key: IdempotencyKey = "",
    if_match: IfMatch = "",
) -> shapes.Changed:
    """Take the task; exactly one worker wins, the others get 409."""
    work = await service.worklist.open(task_id)
    make = commands.simple(ev.TaskClaimed, task=task_id)
    headers, own = (idempotency_key, if_match), Opened(work.task.journey, worker_actor(worker))
    return await carry_out(service, answer, own, make, "claim", [task_id, own.actor.id], headers)


@routes.post("/{taskId}/return", response_model=shapes.Changed, operation_id="returnTask")
async def give_back(
    service: ServiceNow,
    answer: Response,
    worker: SignedIn,
    task_id: TaskId,
    asked: shapes.Return,
    idempotency_key: IdempotencyKey = "",
    if_match: IfMatch = "",
) -> shapes.Changed:
    """Give the task back, with a reason."""
    work = await service.worklist.open(task_id)
    make = commands.simple(ev.TaskReturned, task=task_id, reason=asked.reason)
    headers, own = (idempotency_key, if_match), Opened(work.task.journey, worker_actor(worker))
    return await carry_out(service, answer, own, make, "return", [task_id, own.actor.id], headers)


@routes.post("/{taskId}/judgements", response_model=shapes.Changed, operation_id="judge")
async def judge(
    service: ServiceNow,
    answer: Response,
    worker: SignedIn,
    task_id: TaskId,
    asked: shapes.Judgements,
    idempotency_key: IdempotencyKey = "",
    if_match: IfMatch = "",
) -> shapes.Changed:
    """Supply facts that only a person can supply, with a motive."""
    work = await service.worklist.open(task_id)
    await service.files.attach(work.task.journey, asked.answers)
    make = commands.judge(task_id, asked.answers, asked.motive)
    headers, own = (idempotency_key, if_match), Opened(work.task.journey, worker_actor(worker))
    body = [task_id, own.actor.id, asked.model_dump(mode="json")]
    return await carry_out(service, answer, own, make, "judge", body, headers)


@routes.post("/{taskId}/finish", response_model=shapes.Changed, operation_id="finishTask")
async def finish(
    service: ServiceNow,
    answer: Response,
    worker: SignedIn,
    task_id: TaskId,
    asked: shapes.Finish,
    idempotency_key: IdempotencyKey = "",
    if_match: IfMatch = "",
) -> shapes.Changed:
    """Finish the task: with a step of the process (`propose` and an outcome), or with a note alone."""
    work = await service.worklist.open(task_id)
    make = commands.simple(ev.TaskFinished, task=task_id, note=asked.note)
    if asked.step:
        make = commands.held(
            task_id, commands.simple(ev.StepTaken, step=asked.step, outcome=asked.outcome, motive=asked.motive)
        )
    headers, own = (idempotency_key, if_match), Opened(work.task.journey, worker_actor(worker))
    body = [task_id, own.actor.id, asked.model_dump(mode="json")]
    return await carry_out(service, answer, own, make, "finish", body, headers)

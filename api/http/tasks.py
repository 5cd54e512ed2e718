"""/v1/tasks: the worklist for programs. A worker's token or session opens it; a journey's secret never does (403)."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from api.http import shapes, views
from api.http.asking import ServiceNow, SignedIn, TaskId, TaskWrite, worker_actor
from api.security.routes import router
from api.service import commands
from api.service.worklist import Narrowing
from engine.journey import events as ev

routes = router(prefix="/v1/tasks", tags=["tasks"])


@routes.get("", response_model=shapes.WorkPage, operation_id="listTasks")
async def listed(
    service: ServiceNow, worker: SignedIn, asked: Annotated[shapes.TaskFilter, Query()]
) -> shapes.WorkPage:
    """Open tasks, urgent first, then soonest promised. A parameter that is not known is refused (400)."""
    narrowing = Narrowing(
        worker=worker.account,
        whose=asked.claim,
        due=asked.due,
        flow=asked.flow,
        channel=asked.channel,
        reference=asked.reference.upper() if asked.reference is not None else None,
    )
    page = await service.worklist.page(narrowing, after=asked.after, limit=asked.limit)
    return shapes.WorkPage(results=tuple(views.work_row(task) for task in page.tasks), next=page.next)


@routes.get("/{taskId}", response_model=shapes.JourneyNow, operation_id="readTask")
async def read(service: ServiceNow, worker: SignedIn, task_id: TaskId) -> shapes.JourneyNow:
    """The whole journey behind a task, with what this worker may do; that it was looked at is recorded."""
    work = await service.worklist.open(task_id)
    await service.looked(work.task.journey, worker.account)
    return views.journey_now(work.dossier, worker_actor(worker), service.clock.now())


@routes.post("/{taskId}/claim", response_model=shapes.Changed, operation_id="claimTask")
async def claim(task: TaskWrite) -> Response:
    """Take the task; exactly one worker wins, the others get 409."""
    make = commands.simple(ev.TaskClaimed, task=task.task)
    return await task.carry_out(make, "claim", [task.task, task.actor.id])


@routes.post("/{taskId}/return", response_model=shapes.Changed, operation_id="returnTask")
async def give_back(task: TaskWrite, asked: shapes.Return) -> Response:
    """Give the task back, with a reason."""
    make = commands.simple(ev.TaskReturned, task=task.task, reason=asked.reason)
    return await task.carry_out(make, "return", [task.task, task.actor.id, asked.model_dump(mode="json")])


@routes.post("/{taskId}/judgements", response_model=shapes.Changed, operation_id="judge")
async def judge(task: TaskWrite, asked: shapes.Judgements) -> Response:
    """Supply facts that only a person can supply, or say how a dispute ends, with a motive; 409 before claiming."""
    await task.service.files.attach(task.journey, asked.answers)
    make = commands.held(task.task, commands.judge(task.task, asked.answers, asked.motive))
    body = [task.task, task.actor.id, asked.model_dump(mode="json")]
    return await task.carry_out(make, "judge", body)


@routes.post("/{taskId}/finish", response_model=shapes.Changed, operation_id="finishTask")
async def finish(task: TaskWrite, asked: shapes.Finish) -> Response:
    """Finish the task: with a step of the process (`propose` and an outcome), or with a note alone."""
    make = commands.simple(ev.TaskFinished, task=task.task, note=asked.note)
    if asked.step:
        make = commands.held(
            task.task, commands.simple(ev.StepTaken, step=asked.step, outcome=asked.outcome, motive=asked.motive)
        )
    body = [task.task, task.actor.id, asked.model_dump(mode="json")]
    return await task.carry_out(make, "finish", body)

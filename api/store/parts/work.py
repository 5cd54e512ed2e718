"""The worklist and the jobs.

A job is leased by moving `wake_at` to the lease's end and writing a fresh lease token: whoever does not come
back loses it to the next replica without anybody noticing anything. `done`, `retry` and `exhaust` ask for the
token, so a late worker, or a timer that was set anew meanwhile, changes nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from api.store import rows
from api.store import statements as s
from api.store.database import EVERY_TENANT, Row
from api.store.ids import id_bytes, id_text
from api.store.lists import Job, Signal, Task, TaskPage, TaskQuery, TaskStatus
from api.store.moments import micros
from api.store.parts.part import Part
from api.store.prepare import Prepared

MICROS = 1_000_000


class WorkPart(Part):
    async def tasks(self, query: TaskQuery) -> TaskPage:
        values = _wanted(query)
        names = set(values)
        cursor = _cursor(query.after)
        if cursor:
            names.add("after")
            values |= cursor
        statement = s.tasks(frozenset(names), query.status is TaskStatus.OPEN)
        values |= {"tenant_id": query.tenant, "limit": query.limit + 1}
        found = list(await self._db.read(query.tenant, statement, values))
        more, found = len(found) > query.limit, found[: query.limit]
        return TaskPage(tuple(await self._tasks(query.tenant, found)), _mark(found[-1]) if more else "")

    async def count_tasks(self, query: TaskQuery, most: int) -> int:
        values = _wanted(query)
        statement = s.count_tasks(frozenset(values), query.status is TaskStatus.OPEN)
        values |= {"tenant_id": query.tenant, "limit": most}
        return int((await self._db.read(query.tenant, statement, values))[0]["found"])

    async def task(self, tenant: str, task: str) -> Task | None:
        found = await self._db.read(tenant, s.task, {"tenant_id": tenant, "id": task})
        return (await self._tasks(tenant, found))[0] if found else None

    async def _tasks(self, tenant: str, found: Sequence[Row]) -> list[Task]:
        rings = await self._keys.of_many(tenant, list({id_text(row["journey"]) for row in found}))
        return [rows.task_of(row, rings[id_text(row["journey"])]) for row in found]

    async def signals(self, tenant: str, flow: str, limit: int = 100) -> list[Signal]:
        found = await self._db.read(tenant, s.signals, {"tenant_id": tenant, "flow": flow, "limit": limit})
        rings = await self._keys.of_many(tenant, list({row["journey"] for row in found}))
        return [rows.signal_of(row, rings[row["journey"]]) for row in found]

    async def lease(self, now: datetime, limit: int, lease_for: float) -> list[Job]:
        values = {
            "now": micros(now),
            "until": micros(now) + round(lease_for * MICROS),
            "limit": limit,
            "lease": os.urandom(9).hex(),
        }
        found = (await self._db.write(EVERY_TENANT, [(s.lease, values)]))[0]
        jobs = await self._jobs(found)
        return sorted(jobs, key=lambda job: job.run_at)

    async def _jobs(self, found: Sequence[Row]) -> list[Job]:
        wanted: dict[str, set[str]] = {}
        for row in found:
            wanted.setdefault(row["tenant_id"], set()).add(id_text(row["journey"]))
        rings = {tenant: await self._keys.of_many(tenant, list(ids)) for tenant, ids in wanted.items()}
        return [rows.job_of(row, rings[row["tenant_id"]][id_text(row["journey"])]) for row in found]

    async def done(self, job: Job) -> None:
        await self._settle(s.done, job)

    async def finish(self, jobs: Sequence[Job]) -> None:
        for tenant, own in groupby(sorted(jobs, key=_tenant), key=_tenant):
            held = [(job.journey, job.key, job.lease) for job in own]
            journeys, keys, leases = (list(column) for column in zip(*held, strict=True))
            lists = {"journeys": list(map(id_bytes, journeys)), "keys": list(map(id_bytes, keys)), "leases": leases}
            values = {"tenant_id": tenant, **lists, "held": json.dumps(held)}
            await self._db.write(tenant, [(s.done_many, values)])

    async def retry(self, job: Job, run_at: datetime, reason: str = "") -> None:
        await self._settle(s.retry, job, wake_at=micros(run_at), reason=reason)

    async def exhaust(self, job: Job, reason: str) -> None:
        await self._settle(s.exhaust, job, reason=reason)

    async def _settle(self, statement: Prepared, job: Job, **values: Any) -> None:
        held = {"tenant_id": job.tenant, "journey": job.journey, "key": job.key, "held": job.lease}
        await self._db.write(job.tenant, [(statement, {**held, **values})])

    async def exhausted(self, tenant: str, limit: int = 100) -> list[Job]:
        return await self._jobs(await self._db.read(tenant, s.exhausted, {"tenant_id": tenant, "limit": limit}))


def _tenant(job: Job) -> str:
    return job.tenant


def _wanted(query: TaskQuery) -> dict[str, Any]:
    """The filters that are set, as the values of their statement."""
    filters: dict[str, Any] = {
        "team": query.team,
        "skill": query.skill,
        "kind": query.kind,
        "flow": query.flow,
        "journey": query.journey,
        "claimed_by": query.claimed_by,
        "due_from": micros(query.due_from) if query.due_from else None,
        "due_before": micros(query.due_before) if query.due_before else None,
        "channel": query.channel,
    }
    return {name: value for name, value in filters.items() if value is not None}


def _mark(row: Row) -> str:
    return json.dumps([row["rank"], row["due_at"], id_text(row["id"])])


def _cursor(after: str) -> dict[str, Any] | None:
    """Where the page before ended; a mark that is not one starts at the top."""
    try:
        rank, due, task = json.loads(after)
        return {"after_rank": int(rank), "after_due": int(due), "after_id": str(task)}
    except (ValueError, TypeError):
        return None

"""Tasks as workers see them: a page of rows, and one task with its whole journey."""

from __future__ import annotations

from dataclasses import dataclass

from api.service.dossiers import Dossier, Dossiers, NoSuchJourney
from api.store.port import Store, Task, TaskPage, TaskQuery
from engine.errors import RefusedEvent


@dataclass(frozen=True, slots=True)
class Work:
    """A task and the journey that it belongs to."""

    task: Task
    dossier: Dossier


class Worklist:
    """Reads the worklist; changes go through `Dossiers.send` like all others."""

    def __init__(self, store: Store, dossiers: Dossiers, tenant: str) -> None:
        self._store = store
        self._dossiers = dossiers
        self._tenant = tenant

    async def page(self, query: TaskQuery) -> TaskPage:
        """One page, soonest first. The query's tenant must be ours."""
        return await self._store.tasks(query)

    async def tasks(self, *, after: str = "", limit: int = 25, claimed_by: str | None = None) -> TaskPage:
        """Open tasks, soonest first."""
        query = TaskQuery(self._tenant, claimed_by=claimed_by, after=after, limit=limit)
        return await self._store.tasks(query)

    async def open(self, task: str) -> Work:
        """A task with its journey. RefusedEvent when it is not there."""
        row = await self._store.task(self._tenant, task)
        if row is None:
            raise RefusedEvent("refused.no_such_task")
        try:
            return Work(row, await self._dossiers.open(row.journey))
        except NoSuchJourney:
            raise RefusedEvent("refused.no_such_task") from None

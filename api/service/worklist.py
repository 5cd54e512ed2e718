"""Tasks as workers see them: a page of rows, narrowed as somebody wishes, and one task with its whole journey.

whose       unclaimed, mine, any
due         overdue: promised before now; today, week: promised for this day, for today up to and including Sunday,
            in the Netherlands, also what is past by now
flow        of which process
channel     over which the journey goes now
reference   of one journey
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from api.clock import Clock
from api.service.dossiers import Dossier, Dossiers, NoSuchJourney
from api.store.port import Store, Task, TaskPage, TaskQuery
from engine.errors import RefusedEvent
from engine.terms.deadlines import end_of, local_day

MOST_COUNTED = 100
"""Counting stops here: a worklist of thousands is no reason to wait for a number."""
ONE_DAY = timedelta(days=1)


class Whose(StrEnum):
    UNCLAIMED = "unclaimed"
    MINE = "mine"
    ANY = "any"


class Due(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which tasks somebody wants to see. `worker` is who asks; None leaves a filter out."""

    worker: str = ""
    team: str | None = None
    whose: Whose = Whose.ANY
    due: Due | None = None
    flow: str | None = None
    channel: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A task and the journey that it belongs to."""

    task: Task
    dossier: Dossier


class Worklist:
    """Reads the worklist; changes go through `Dossiers.send` like all others."""

    def __init__(self, store: Store, dossiers: Dossiers, clock: Clock, tenant: str) -> None:
        self._store = store
        self._dossiers = dossiers
        self._clock = clock
        self._tenant = tenant

    async def page(self, narrowing: Narrowing, *, after: str = "", limit: int = 25) -> TaskPage:
        """Open tasks, soonest first; `after` is `TaskPage.next` of the page before."""
        query = await self._query(narrowing)
        return TaskPage(()) if query is None else await self._store.tasks(replace(query, after=after, limit=limit))

    async def counts(self, narrowing: Narrowing) -> Mapping[Whose | Due | None, int]:
        """How many tasks each other choice of `whose` and of `due` (None: any time) would leave, up to MOST_COUNTED."""
        query = await self._query(narrowing)
        if query is None:
            return dict.fromkeys((*Whose, None, *Due), 0)
        now = self._clock.now()
        choices: dict[Whose | Due | None, TaskQuery] = {
            **{whose: _claimed(query, whose, narrowing.worker) for whose in Whose},
            **{due: _promised(query, due, now) for due in (None, *Due)},
        }
        found = {one: await self._store.count_tasks(one, MOST_COUNTED) for one in dict.fromkeys(choices.values())}
        return {choice: found[one] for choice, one in choices.items()}

    async def _query(self, narrowing: Narrowing) -> TaskQuery | None:
        """What to ask of the store; None when there is no journey of that reference."""
        journey = None
        if narrowing.reference is not None:
            journey = await self._store.by_reference(self._tenant, narrowing.reference)
            if journey is None:
                return None
        query = TaskQuery(
            self._tenant, team=narrowing.team, flow=narrowing.flow, journey=journey, channel=narrowing.channel
        )
        return _promised(_claimed(query, narrowing.whose, narrowing.worker), narrowing.due, self._clock.now())

    async def open(self, task: str) -> Work:
        """A task with its journey. RefusedEvent when it is not there."""
        row = await self._store.task(self._tenant, task)
        if row is None:
            raise RefusedEvent("refused.no_such_task")
        try:
            return Work(row, await self._dossiers.open(row.journey))
        except NoSuchJourney:
            raise RefusedEvent("refused.no_such_task") from None


def _claimed(query: TaskQuery, whose: Whose, worker: str) -> TaskQuery:
    return replace(query, claimed_by={Whose.UNCLAIMED: "", Whose.MINE: worker, Whose.ANY: None}[whose])


def _promised(query: TaskQuery, due: Due | None, now: datetime) -> TaskQuery:
    since, before = _stretch(due, now)
    return replace(query, due_from=since, due_before=before)


def _stretch(due: Due | None, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when, and before when, something was promised."""
    if due is None:
        return None, None
    if due is Due.OVERDUE:
        return None, now
    today = local_day(now)
    last = today if due is Due.TODAY else today + (6 - today.weekday()) * ONE_DAY
    return end_of(today - ONE_DAY), end_of(last)

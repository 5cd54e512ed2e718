"""Carries out what is due: effects of the outbox and clocks that ran out, leased so that any replica may do it.

    job            what happens                                    done when
    timer          DeadlinePassed to the journey                   the event is committed (stable command id)
    effect         its channel or register is called               the call came back
    failed         again later, 10 s doubling up to an hour        after MOST_TRIES: EffectFailed, a task for a person

At least once, with the job's key as idempotency key: a crash between doing and noting repeats the call, never the
event. Started by `api.app`; tests: tests/api/test_timers.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta

from api.clock import Clock
from api.service.commands import simple
from api.service.dossiers import Command, Dossiers, NoSuchJourney
from api.store.errors import StoreUnavailable
from api.store.port import Job, Store
from engine.errors import RefusedEvent
from engine.journey.events import Actor, ActorKind, DeadlinePassed, EffectFailed

LEASE_SECONDS = 30.0
BATCH = 50
POLL_SECONDS = 1.0
MOST_TRIES = 8
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
CLOCK = Actor(kind=ActorKind.CLOCK)
ENGINE = Actor(kind=ActorKind.ENGINE)

Carry = Callable[[Job], Awaitable[None]]
log = logging.getLogger("wegwijzer.timers")


class Timers:
    """One loop per process. `carriers` carry out effects by their type; an effect without one only stays on record."""

    def __init__(self, store: Store, dossiers: Dossiers, clock: Clock, carriers: Mapping[str, Carry]) -> None:
        self._store = store
        self._dossiers = dossiers
        self._clock = clock
        self._carriers = carriers
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to look for due jobs, until `stop`."""
        self._task = asyncio.create_task(self._loop())

    async def stop(self) -> None:
        """Finish the job at hand and stop."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _loop(self) -> None:
        while True:
            try:
                busy = await self.run_once()
            except StoreUnavailable:
                busy = 0
            if not busy:
                await asyncio.sleep(POLL_SECONDS)

    async def run_once(self) -> int:
        """Carry out what is due now; the number of jobs."""
        jobs = await self._store.lease(self._clock.now(), BATCH, LEASE_SECONDS)
        for job in jobs:
            await self._carry_out(job)
        return len(jobs)

    async def _carry_out(self, job: Job) -> None:
        try:
            if job.kind == "timer":
                await self._ring(job)
            elif job.payload is not None and job.kind in self._carriers:
                await self._carriers[job.kind](job)
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001  whatever a carrier raises, the job is tried again
            log.warning("job failed: %s", type(error).__name__)
            await self._again(job, type(error).__name__)
            return
        await self._store.done(job)

    async def _ring(self, job: Job) -> None:
        make = simple(DeadlinePassed, clock=job.clock, entry=job.entry)
        command = Command(make, "deadline", f"{job.journey}/{job.key}@{job.run_at.isoformat()}", actor=CLOCK)
        with suppress(NoSuchJourney, RefusedEvent):
            await self._dossiers.send(job.journey, command)

    async def _again(self, job: Job, reason: str) -> None:
        if job.attempts < MOST_TRIES:
            wait = min(FIRST_WAIT * 2 ** (job.attempts - 1), LONGEST_WAIT)
            await self._store.retry(job, self._clock.now() + wait, reason)
            return
        await self._store.exhaust(job, reason)
        make = simple(EffectFailed, effect=job.key, reason=job.kind)
        with suppress(NoSuchJourney, RefusedEvent):
            await self._dossiers.send(job.journey, Command(make, "effect_failed", f"{job.key}/failed", actor=ENGINE))

"""Carries out what is due: effects of the outbox and clocks that ran out, leased so that any replica may do it.

    job            what happens                                    done when
    timer          DeadlinePassed to the journey                   the event is committed (stable command id)
    retention      FactsErased to the journey, and the key of      the key is destroyed
                   that class of facts is destroyed
    effect         its channel or register is called               the call came back
    failed         again later, 10 s doubling up to an hour        after MOST_TRIES: EffectFailed, a task for a person

    once a day     replies older than REPLIES_KEPT and files that never became an answer are dropped; dossiers whose
                   retention has run out are erased

At least once, with the job's key as idempotency key: a crash between doing and noting repeats the call, never the
event. Jobs of one journey go one after the other, AT_ONCE journeys side by side; what has come to an end is noted
together, so that a thousand effects a second do not cost a thousand flushes. Started by `api.app`; tests:
tests/api/test_timers.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta

from api.clock import Clock
from api.service.commands import simple
from api.service.dossiers import CLOCK, Command, Dossiers, NoSuchJourney
from api.service.retention import RETENTION
from api.store.errors import StoreUnavailable
from api.store.port import Job, Store
from engine.errors import RefusedEvent
from engine.journey.events import Actor, ActorKind, DeadlinePassed, EffectFailed

LEASE_SECONDS = 30.0
BATCH = 50
AT_ONCE = 8
POLL_SECONDS = 1.0
MOST_TRIES = 8
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
FIRST_SWEEP, NEXT_SWEEP = timedelta(minutes=10), timedelta(days=1)
REPLIES_KEPT = timedelta(days=2)
LOOSE_FILES_KEPT = timedelta(days=2)  # sent in, and never an answer
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
        self._sweep_at = self._clock.now() + FIRST_SWEEP
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
                if self._clock.now() >= self._sweep_at:
                    self._sweep_at = self._clock.now() + NEXT_SWEEP
                    await self.sweep()
            except StoreUnavailable:
                busy = 0
            if not busy:
                await asyncio.sleep(POLL_SECONDS)

    async def sweep(self) -> int:
        """Drop old replies and loose files, erase dossiers whose time has come, of all tenants; the number of dossiers.

        Any number of replicas may do so at once: what is gone is gone.
        """
        now, erased, forgotten, gone = self._clock.now(), 0, 1, 1
        while forgotten:
            forgotten = await self._store.forget_replies(now - REPLIES_KEPT)
        while await self._store.drop_loose(now - LOOSE_FILES_KEPT):
            pass
        while gone:
            gone = 0
            for row in await self._store.expired(now):
                gone += await self._store.erase(row.tenant, row.journey, now, "retention", "its time has come")
                self._dossiers.forget(row.journey)
            erased += gone
        return erased

    async def run_once(self) -> int:
        """Carry out what is due now; the number of jobs. Raises StoreUnavailable when it could not all be noted."""
        jobs = await self._store.lease(self._clock.now(), BATCH, LEASE_SECONDS)
        places = asyncio.Semaphore(AT_ONCE)
        running = {asyncio.create_task(self._in_turn(own, places)) for own in _by_journey(jobs)}
        lost: StoreUnavailable | None = None
        try:
            while running:
                ended, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                lost = await self._note(ended) or lost
        finally:
            for task in running:
                task.cancel()
        if lost is not None:
            raise lost
        return len(jobs)

    async def _note(self, ended: Iterable[asyncio.Task[list[Job]]]) -> StoreUnavailable | None:
        """Finish what these carried out. What cannot be noted is done again when its lease ends."""
        lost, done = None, list[Job]()
        for task in ended:
            try:
                done += task.result()
            except StoreUnavailable as away:
                lost = away
        try:
            if done:
                await self._store.finish(done)
        except StoreUnavailable as away:
            lost = away
        return lost

    async def _in_turn(self, jobs: Sequence[Job], places: asyncio.Semaphore) -> list[Job]:
        """The jobs of one journey; those that came to an end."""
        async with places:
            return [job for job in jobs if await self._carried_out(job)]

    async def _carried_out(self, job: Job) -> bool:
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
            return False
        return True

    async def _ring(self, job: Job) -> None:
        if job.clock.startswith(RETENTION):
            with suppress(NoSuchJourney, RefusedEvent):
                await self._dossiers.erase_facts(job.journey, job.clock.removeprefix(RETENTION), _command(job))
            return
        make = simple(DeadlinePassed, clock=job.clock, entry=job.entry)
        command = Command(make, "deadline", _command(job), actor=CLOCK)
        with suppress(NoSuchJourney, RefusedEvent):
            await self._dossiers.send(job.journey, command)

    async def _again(self, job: Job, reason: str) -> None:
        if job.attempts < MOST_TRIES:
            wait = min(FIRST_WAIT * 2 ** (job.attempts - 1), LONGEST_WAIT)
            await self._store.retry(job, self._clock.now() + wait, reason)
            return
        await self._store.exhaust(job, reason)
        make = simple(EffectFailed, effect=job.key, reason=job.kind, about=_about(job), why=reason)
        with suppress(NoSuchJourney, RefusedEvent):
            await self._dossiers.send(job.journey, Command(make, "effect_failed", f"{job.key}/failed", actor=ENGINE))


def _command(job: Job) -> str:
    """The same for the same clock and moment, another for the next: a second instance of a term rings for itself."""
    return f"{job.journey}/{job.key}@{job.run_at.isoformat()}"


def _about(job: Job) -> str:
    """What an effect was about: a text, an outcome, a fact, or where it should have gone."""
    told = job.payload if isinstance(job.payload, Mapping) else {}
    return next((str(told[name]) for name in ("text", "outcome", "fact", "what", "to") if told.get(name)), "")


def _by_journey(jobs: Sequence[Job]) -> list[list[Job]]:
    """The jobs of each journey, in their order."""
    found: dict[tuple[str, str], list[Job]] = {}
    for job in jobs:
        found.setdefault((job.tenant, job.journey), []).append(job)
    return list(found.values())

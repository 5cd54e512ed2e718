"""What is done to the servers under load, and what must hold afterwards. `make chaos` runs all, tests a short form.

killed       API and PostgreSQL killed at random: nothing lost, nothing doubled
control      the same with a planted fault: the ledger must see it, or it has no teeth
taken_over   two replicas behind PgBouncer, one killed for good: the other goes on and takes over its leases
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic

from tests.chaos.ledger import Findings, check
from tests.chaos.load import Citizen, Ledger
from tests.chaos.site import Site

CITIZENS = 16
SEES = {"async": "lost", "no-key": "doubled", "outside": "unpaired"}


@asynccontextmanager
async def load(here: Site, ledger: Ledger, citizens: int = CITIZENS) -> AsyncIterator[None]:
    """Citizens at work while the body runs."""
    people = [Citizen(here.ports, ledger, f"c{number}", number % len(here.ports)) for number in range(citizens)]
    tasks = [asyncio.create_task(person.answer_on()) for person in people]
    try:
        yield
        for person in people:
            person.stopping = True
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        for person in people:
            person.close()


async def killed(
    here: Site, kills: int, answers: int, seed: int = 1, citizens: int = CITIZENS, lease: float = 5.0
) -> Findings:
    """Strike at random, so often and until so many answers were acknowledged; then compare."""
    ledger, chance = Ledger(), random.Random(seed)  # noqa: S311
    async with load(here, ledger, citizens):
        await _acked(ledger, citizens)
        while sum(here.kills.values()) < kills or len(ledger.acked) < answers:
            before = len(ledger.acked)
            await asyncio.sleep(chance.uniform(0.1, 1.0))
            if sum(here.kills.values()) < kills or len(ledger.acked) == before:
                await here.strike(chance)
    return await _checked(here, ledger, lease)


async def control(here: Site, fault: str, kills: int, seed: int = 1, citizens: int = CITIZENS) -> Findings:
    """Strike where the planted fault hurts, each time among new citizens, until the ledger sees it or `kills` is
    reached: whether one strike falls between a write and its answer is chance."""
    ledger, chance, findings = Ledger(), random.Random(seed), None  # noqa: S311
    while findings is None or (kills > 0 and not getattr(findings, SEES[fault])):
        kills -= 1
        async with load(here, ledger, citizens):
            await _acked(ledger, len(ledger.acked) + 2 * citizens)
            await asyncio.sleep(chance.uniform(0.05, 0.3))
            if fault == "async":
                await here.strike_database()
            else:
                await here.strike_replica(chance.choice(here.replicas))
            await _acked(ledger, len(ledger.acked) + citizens)
        findings = await _checked(here, ledger, 5.0)
    return findings


async def _acked(ledger: Ledger, wanted: int, seconds: float = 60.0) -> None:
    """Until so many answers were acknowledged. Raises TimeoutError when nothing works any more."""
    until = monotonic() + seconds
    while len(ledger.acked) < wanted and monotonic() < until:  # noqa: ASYNC110  citizens do not know what is waited for
        await asyncio.sleep(0.02)
    if len(ledger.acked) < wanted:
        raise TimeoutError(f"{len(ledger.acked)} answers of {wanted} were acknowledged in {seconds:.0f} seconds.")


async def _checked(here: Site, ledger: Ledger, lease: float) -> Findings:
    async with here.store() as store:
        return await check(store, ledger, here.effects, patience=lease + 3)


@dataclass(frozen=True)
class TakeOver:
    """`held` effects were leased and not done at the kill. `silent` is the survivor's longest wait between two answers,
    `late` when the last effect of before the kill was done: seconds."""

    findings: Findings
    held: int
    after: int
    silent: float
    late: float


async def taken_over(here: Site, before: int, after: int, lease: float, citizens: int = CITIZENS) -> TakeOver:
    """Kill the first of two replicas under load and leave it dead; seconds are counted from the kill."""
    ledger = Ledger()
    async with load(here, ledger, citizens):
        await _acked(ledger, before)
        while not (held := await here.held()):  # noqa: ASYNC110  what is waited for is in another process
            await asyncio.sleep(0.1)
        told = set(ledger.acked)
        await here.replicas[0].kill()
        here.kills["API"] += 1
        struck = monotonic()
        watch = asyncio.create_task(_done(here, told, struck, lease * 4))
        await _acked(ledger, len(ledger.acked) + after)
        late = await watch
    moments = [struck, *(at for at in ledger.at if at > struck)]
    silent = max(later - sooner for sooner, later in pairwise(moments))
    findings = await _checked(here, ledger, lease)
    return TakeOver(findings, held, len(moments) - 1, silent, late)


async def _done(here: Site, told: set[tuple[str, str]], since: float, patience: float) -> float:
    """Seconds until the world has seen the effects of all these answers."""
    while monotonic() < since + patience:
        lines = here.effects.read_text().splitlines() if here.effects.exists() else []
        if told <= {(line.split()[0], line.split()[1]) for line in lines}:
            return monotonic() - since
        await asyncio.sleep(0.1)
    return monotonic() - since

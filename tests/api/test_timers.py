"""What is due is carried out, noted, tried again and handed to a person, on the embedded store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.clock import FrozenClock
from api.store.connect import sqlite_store
from api.store.errors import StoreUnavailable
from api.store.port import Effect, Job, Upload
from api.store.sealed import SealedStore
from api.timers import FIRST_WAIT, LOOSE_FILES_KEPT, MOST_TRIES, REPLIES_KEPT, Timers
from tests.api.store.samples import HOUR, NOW, TENANT, body, make

pytestmark = pytest.mark.anyio


class Dossiers:
    """Stands for the service: remembers the commands that it was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.forgotten: list[str] = []

    async def send(self, journey: str, command: Any) -> None:
        self.sent.append((journey, command.action))

    def forget(self, journey: str) -> None:
        self.forgotten.append(journey)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SealedStore]:
    opened = sqlite_store(tmp_path)
    await opened.open()
    yield opened
    await opened.close()


def effects(*keys: str) -> list[Effect]:
    """Due effects of the kind Notify."""
    return [Effect(key, "Notify", key, NOW) for key in keys]


async def test_effects_of_one_journey_go_in_turn_and_others_beside_it(store: SealedStore):
    """Within a journey the order of time holds; a slow effect of one journey keeps no other waiting."""
    seen: list[str] = []

    async def carry(job: Job) -> None:
        seen.append(f"{job.key} begins")
        await asyncio.sleep(0.05 if job.journey == "j1" else 0)
        seen.append(f"{job.key} ends")

    await make(store, "j1", effects=effects("a/1", "a/2"))
    await make(store, "j2", effects=effects("b/1"))
    timers = Timers(store, Dossiers(), FrozenClock(NOW), {"Notify": carry})  # type: ignore[arg-type]
    assert await timers.run_once() == 3
    assert [what for what in seen if what.startswith("a")] == ["a/1 begins", "a/1 ends", "a/2 begins", "a/2 ends"]
    assert seen.index("b/1 ends") < seen.index("a/1 ends")
    assert await store.lease(NOW + 99 * HOUR, 10, 30) == []


async def test_a_failed_effect_is_tried_again_until_a_person_gets_it(store: SealedStore):
    """Each failure waits longer; after the last one the job stays for people and the journey is told."""
    clock, dossiers, tries = FrozenClock(NOW), Dossiers(), 0

    async def fail(job: Job) -> None:
        nonlocal tries
        tries += 1
        raise OSError("the mail is away")

    await make(store, "j1", effects=effects("a/1"))
    timers = Timers(store, dossiers, clock, {"Notify": fail})  # type: ignore[arg-type]
    await timers.run_once()
    clock.move(FIRST_WAIT - timedelta(seconds=1))
    assert await timers.run_once() == 0
    for _ in range(MOST_TRIES):
        clock.move(2 * HOUR)
        await timers.run_once()
    assert tries == MOST_TRIES
    assert [(job.key, job.reason) for job in await store.exhausted(TENANT)] == [("a/1", "OSError")]
    assert dossiers.sent == [("j1", "effect_failed")]


async def test_what_could_not_be_noted_is_done_again_and_the_rest_is_not(store: SealedStore):
    """A store that goes away under one effect costs the others nothing; that one comes back when its lease ends."""
    clock, seen = FrozenClock(NOW), list[str]()

    async def carry(job: Job) -> None:
        seen.append(job.key)
        if seen.count("a/1") == 1 and job.key == "a/1":
            raise StoreUnavailable("away")

    await make(store, "j1", effects=effects("a/1"))
    await make(store, "j2", effects=effects("b/1"))
    timers = Timers(store, Dossiers(), clock, {"Notify": carry})  # type: ignore[arg-type]
    with pytest.raises(StoreUnavailable):
        await timers.run_once()
    clock.move(HOUR)
    await timers.run_once()
    assert sorted(seen) == ["a/1", "a/1", "b/1"]
    assert await store.lease(NOW + 99 * HOUR, 10, 30) == []


async def test_a_file_that_never_became_an_answer_goes(store: SealedStore):
    """Two days after it was sent in; one that an answer names stays."""
    await make(store, "j1")
    for name in ("loose", "named"):
        await store.put_upload(Upload(TENANT, "j1", name, "a.pdf", "application/pdf", 1, NOW, b"x"))
    await store.attach(TENANT, "j1", "named")
    clock = FrozenClock(NOW + HOUR)
    timers = Timers(store, Dossiers(), clock, {})  # type: ignore[arg-type]
    await timers.sweep()
    assert len(await store.uploads(TENANT, "j1")) == 2
    clock.move(LOOSE_FILES_KEPT)
    await timers.sweep()
    assert [one.id for one in await store.uploads(TENANT, "j1")] == ["named"]


async def test_what_has_had_its_time_goes(store: SealedStore):
    """Old replies are dropped, expired dossiers erased with a record of it; what has time left stays."""
    await make(store, "j1", retain_until=NOW + HOUR)
    await make(store, "j2", retain_until=NOW + 99 * HOUR)
    await make(store, "j3")
    clock = FrozenClock(NOW + 2 * HOUR)
    dossiers = Dossiers()
    timers = Timers(store, dossiers, clock, {})  # type: ignore[arg-type]
    assert await timers.sweep() == 1
    assert await timers.sweep() == 0
    assert dossiers.forgotten == ["j1"]
    found = [await store.load(TENANT, journey, f"start-{journey}", body(journey)) for journey in ("j1", "j2", "j3")]
    assert [one and one.replayed is not None for one in found] == [None, True, True]
    clock.move(REPLIES_KEPT)
    await timers.sweep()
    after = await store.load(TENANT, "j3", "start-j3", body("j3"))
    assert after is not None
    assert after.replayed is None

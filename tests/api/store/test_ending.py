"""Erasure, retention, and that nothing personal lies in clear anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from api.store.connect import sqlite_store
from api.store.port import Audited, Effect, Reply, Signal, Timer, Upload
from api.store.sealed import SealedStore
from tests.api.store.conftest import MASTERS, run
from tests.api.store.postgres_server import Server
from tests.api.store.samples import HOUR, NOW, TENANT, a_task, answered, body, make, started, there

pytestmark = pytest.mark.anyio
CANARIES = [f"canary-{number:03}-Zus-en-Zo" for number in range(200)]


async def _full_of_canaries(store: SealedStore) -> None:
    """Journeys whose every personal field holds planted values."""
    for number in range(0, 200, 8):
        words = CANARIES[number : number + 8]
        journey = f"j{number}"
        task = a_task(f"t{number}", journey, reason=words[0], note=words[1], fact=words[7])
        signal = Signal(TENANT, f"s{number}", journey, "boom-kappen", "a" * 64, "spoed", words[2], NOW)
        await make(
            store,
            journey,
            events=[{"type": "JourneyStarted", "naam": words[3]}],
            snapshot={"answers": {"naam": words[4]}},
            reply=Reply(201, {"naam": words[5]}),
            effects=[Effect(f"e{number}", "Notify", {"to": words[6]}, NOW)],
            tasks=[task],
            signals=[signal],
        )


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file()]


def _hits(files: list[Path], words: list[str]) -> set[str]:
    return {word for path in files for content in [path.read_bytes()] for word in words if word.encode() in content}


async def test_no_planted_value_is_in_clear_in_sqlite_files(tmp_path: Path):
    """Database, write-ahead log and key file hold none of 200 values; a value planted in clear is found."""
    store = sqlite_store(tmp_path, MASTERS)
    await store.open()
    await _full_of_canaries(store)
    await make(store, "j-control", reference="canary-in-clear")
    assert {path.name for path in _files(tmp_path)} >= {"wegwijzer.sqlite-wal", "keys.sqlite-wal"}
    assert _hits(_files(tmp_path), [*CANARIES, "canary-in-clear"]) == {"canary-in-clear"}
    await store.close()
    assert _hits(_files(tmp_path), [*CANARIES, "canary-in-clear"]) == {"canary-in-clear"}


@pytest.mark.postgres
async def test_no_planted_value_is_in_clear_in_postgres_files(clean: Server, store: SealedStore):
    """The whole cluster with its log of changes holds none of 200 values; a value planted in clear is found."""
    await _full_of_canaries(store)
    await make(store, "j-control", reference="canary-in-clear")
    await run(clean.url("postgres"), "CHECKPOINT")  # all of it is on disk, and files of tables that are gone are gone
    on_disk = clean.files()
    assert any("pg_wal" in str(path) for path in on_disk)
    expected = {"canary-in-clear"} if "Postgres" in type(store._db).__name__ else set()
    assert _hits(on_disk, [*CANARIES, "canary-in-clear"]) == expected


async def test_after_erasure_nothing_is_left_to_see(store: SealedStore):
    """The journey, its tasks, jobs and replies are gone; the record and the unreadable chain stay."""
    base = await make(store, "j1", tasks=[a_task("t1")], timers=[Timer("norm", 1, NOW)])
    await store.commit(answered(base, "c1"))
    assert await store.erase(TENANT, "j1", NOW, "w1", "asked")
    assert await store.load(TENANT, "j1") is None
    assert await store.events(TENANT, "j1") == []
    assert await store.task(TENANT, "t1") is None
    assert await store.lease(NOW, 5, 30) == []
    assert await store.reply(TENANT, "c1", body(True)) == Reply(404, None)
    assert await store.verify(TENANT, "j1")
    assert not await store.erase(TENANT, "j1", NOW, "w1", "asked")
    assert [line.action for line in await store.audit(TENANT, "j1")] == ["start", "answer"]


async def test_an_older_backup_opens_nothing_after_erasure(tmp_path: Path):
    """A copy of the journeys from before the erasure, beside today's keys, reads no field; other journeys it does."""
    store = sqlite_store(tmp_path / "live", MASTERS)
    await store.open()
    await _full_of_canaries(store)
    await store.close()
    backup = (tmp_path / "live" / "wegwijzer.sqlite").read_bytes()
    await store.open()
    assert await store.erase(TENANT, "j0", NOW, "w1", "asked")
    await store.close()
    (tmp_path / "live" / "wegwijzer.sqlite").write_bytes(backup)
    await store.open()
    assert await store.load(TENANT, "j0") is None
    assert await store.events(TENANT, "j0") == []
    task = await store.task(TENANT, "t0")
    assert task is not None
    assert (task.reason, task.fact, task.note) == ("", "", "")
    assert [signal.text for signal in await store.signals(TENANT, "boom-kappen") if signal.journey == "j0"] == [""]
    assert [job.payload for job in await store.lease(NOW, 99, 30) if job.journey == "j0"] == [None]
    assert (await there(store, "j8")).snapshot == {"answers": {"naam": CANARIES[12]}}
    await store.close()


async def test_a_destroyed_key_leaves_the_key_file(tmp_path: Path):
    """The wrapped key's bytes are in neither the key file nor its log after erasure."""
    store = sqlite_store(tmp_path, MASTERS)
    await store.open()
    await make(store, "j1")
    wrapped = (await store._keys._store.of(TENANT, ["j1"]))[0].wrapped
    files = [tmp_path / "keys.sqlite", tmp_path / "keys.sqlite-wal"]
    assert any(wrapped in path.read_bytes() for path in files)
    await store.erase(TENANT, "j1", NOW, "w1", "asked")
    assert not any(wrapped in path.read_bytes() for path in files if path.exists())
    await store.close()


async def test_a_retention_class_can_end_before_the_dossier(store: SealedStore):
    """Facts with a shorter life have a key of their own; without it those events read Erased, the rest does not."""
    base = await make(store, "j1")
    events = [{"fact": "bsn"}, {"fact": "naam"}, {"fact": "spoed"}, {"fact": "werk"}]
    await store.commit(answered(base, "c1", events=events, keep=["P1Y", "P1Y", ""]))
    assert (await store.events(TENANT, "j1"))[1:] == events
    await store.erase_class(TENANT, "j1", "P1Y")
    gone = [{"type": "Erased", "seq": 2}, {"type": "Erased", "seq": 3}]
    assert (await store.events(TENANT, "j1"))[1:] == [*gone, *events[2:]]
    assert await store.verify(TENANT, "j1")


async def test_a_class_that_ended_can_begin_again_under_another_number(store: SealedStore):
    """What is told after the erasure is kept with a new key; what went before stays gone, and the chain holds."""
    base = await make(store, "j1")
    await store.commit(answered(base, "c1", events=[{"fact": "bsn"}], keep=["P1Y"]))
    await store.erase_class(TENANT, "j1", "P1Y")
    base = await there(store, "j1")
    await store.commit(answered(base, "c2", events=[{"fact": "bsn again"}], keep=["P1Y"], fresh_keys=True))
    assert (await store.events(TENANT, "j1"))[1:] == [{"type": "Erased", "seq": 2}, {"fact": "bsn again"}]
    assert await store.verify(TENANT, "j1")


async def test_parts_of_a_snapshot_go_with_their_class(store: SealedStore):
    """They are merged in as long as their key is there; tasks about them lose their words, and files go."""
    base = await make(store, "j1")
    parts = {"P1Y": {"answers": {"naam": "Zus"}, "tasks": {"t1": {"reason": "Klopt niet"}}}}
    task = replace(a_task("t1", reason="Klopt niet", fact="naam"), keep="P1Y")
    snapshot = {"answers": {"spoed": True}, "tasks": {"t1": {"kind": "dispute"}}}
    await store.put_upload(Upload(TENANT, "j1", "u1", "pas.png", "image/png", 4, NOW, b"beet"))
    assert await store.attach(TENANT, "j1", "u1", "P1Y")
    await store.commit(answered(base, "c1", snapshot=snapshot, parts=parts, keep=["P1Y"], tasks=[task]))
    whole = {"answers": {"spoed": True, "naam": "Zus"}, "tasks": {"t1": {"kind": "dispute", "reason": "Klopt niet"}}}
    assert (await there(store, "j1")).snapshot == whole
    assert [one.name for one in await store.uploads(TENANT, "j1")] == ["pas.png"]
    await store.erase_class(TENANT, "j1", "P1Y")
    assert (await there(store, "j1")).snapshot == snapshot
    assert await store.uploads(TENANT, "j1") == []
    seen = await store.task(TENANT, "t1")
    assert seen is not None
    assert (seen.reason, seen.fact) == ("", "")


async def test_an_erased_journey_cannot_be_written_again(store: SealedStore):
    """Who still holds the journey in hand cannot bring it back."""
    base = await make(store, "j1")
    await store.erase(TENANT, "j1", NOW, "w1", "asked")
    await store.commit(answered(base, "late", keep=["P1Y"]))
    assert await store.load(TENANT, "j1") is None
    assert await store._keys._store.of(TENANT, ["j1"]) == []


async def test_expired_journeys_are_found_for_all_tenants(store: SealedStore):
    """Retention looks over every tenant; what has time left is not named."""
    await make(store, "j1", retain_until=NOW + HOUR)
    await make(store, "j2", tenant="elsewhere", retain_until=NOW)
    await make(store, "j3")
    assert [(row.tenant, row.journey) for row in await store.expired(NOW)] == [("elsewhere", "j2")]
    assert [row.journey for row in await store.expired(NOW + HOUR)] == ["j2", "j1"]


async def test_replies_are_forgotten_after_their_time(store: SealedStore):
    """Old command rows go, for all tenants; the journey, its events and its audit lines stay."""
    base = await make(store, "j1")
    await make(store, "j1", tenant="elsewhere")
    await store.commit(answered(base, "c1"))
    assert await store.forget_replies(NOW + timedelta(minutes=1)) == 2
    assert await store.reply(TENANT, "start-j1", started("j1").body_hash) is None
    assert (await there(store, "j1")).version == 2
    assert len(await store.audit(TENANT, "j1")) == 2


async def test_a_look_is_written_down(store: SealedStore):
    """A worker who looks into a journey leaves a line."""
    await make(store, "j1")
    await store.looked(Audited(TENANT, "j1", NOW + HOUR, "w1", "look", "web"))
    assert (await store.audit(TENANT, "j1"))[-1] == Audited(TENANT, "j1", NOW + HOUR, "w1", "look", "web")

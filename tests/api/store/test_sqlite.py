"""The embedded engine: its one writer, its files, and what it says when they cannot be used."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from pathlib import Path

import pytest

from api.store.connect import store_for
from api.store.errors import StoreRefused, StoreUnavailable
from api.store.masters import masters_in_file
from api.store.sqlite_files import connect, ready_folder
from api.store.sqlite_writer import Writer
from tests.api.store.numbers import Counted, add, written
from tests.api.store.samples import answered, make, started, there

pytestmark = pytest.mark.anyio


async def test_work_that_waits_together_shares_commits(file: Path):
    """A hundred writes at one moment need far fewer flushes, and all are there."""
    counted = Counted(file)
    writer = Writer(lambda: counted)  # type: ignore[arg-type,return-value]
    writer.open()
    await asyncio.gather(*(writer.submit(add(number)) for number in range(100)))
    await writer.close()
    assert written(file) == list(range(100))
    assert counted.commits <= 10


async def test_one_failure_leaves_the_rest_of_its_group(file: Path):
    """The work that fails is told so; what was written beside it stays."""
    writer = Writer(lambda: connect(file))
    writer.open()
    told = await asyncio.gather(*(writer.submit(add(number)) for number in (1, 2, 1, 3)), return_exceptions=True)
    await writer.close()
    assert [isinstance(answer, sqlite3.IntegrityError) for answer in told] == [False, False, True, False]
    assert written(file) == [1, 2, 3]


async def test_a_commit_that_fails_is_acknowledged_to_nobody(file: Path):
    """A full disk: everybody in the group is told to come back, nothing is kept; afterwards writing goes on."""
    counted = Counted(file)
    writer = Writer(lambda: counted)  # type: ignore[arg-type,return-value]
    writer.open()
    counted.broken = True
    told = await asyncio.gather(*(writer.submit(add(number)) for number in range(5)), return_exceptions=True)
    assert all(isinstance(answer, StoreUnavailable) for answer in told)
    assert written(file) == []
    counted.broken = False
    await writer.submit(add(9))
    await writer.close()
    assert written(file) == [9]


async def test_closing_writes_what_was_accepted_and_takes_no_more(file: Path):
    """A clean stop loses nothing; what comes later is told that the store is closed."""
    writer = Writer(lambda: connect(file))
    writer.open()
    waiting = [asyncio.ensure_future(writer.submit(add(number))) for number in range(50)]
    await asyncio.sleep(0)
    await writer.close()
    await asyncio.gather(*waiting)
    assert written(file) == list(range(50))
    with pytest.raises(StoreUnavailable, match="closed"):
        await writer.submit(add(99))


async def test_who_goes_away_does_not_undo_what_was_sent(file: Path):
    """A caller that no longer waits: the work is done all the same, and nobody else suffers."""
    writer = Writer(lambda: connect(file))
    writer.open()
    gone = asyncio.ensure_future(writer.submit(add(1)))
    await asyncio.sleep(0)
    gone.cancel()
    await writer.submit(add(2))
    await writer.close()
    assert written(file) == [1, 2]


async def test_a_store_opens_again_where_it_was(tmp_path: Path):
    """Close and open: the journeys are there, the schema is not made twice, the log is folded in."""
    store = store_for("", "", "", tmp_path)
    await store.open()
    base = await make(store, "j1")
    await store.commit(answered(base, "c1"))
    await store.ping()
    await store.close()
    assert not (tmp_path / "wegwijzer.sqlite-wal").exists()
    await store.open()
    assert (await there(store, "j1")).version == 2
    await store.close()
    with pytest.raises(StoreUnavailable):
        await store.load("demo", "j1")


async def test_a_file_locked_by_another_process_is_said_in_one_sentence(tmp_path: Path, monkeypatch):
    """Somebody else holds the file: the store says which file, and what to do."""
    monkeypatch.setattr("api.store.sqlite_files.connect.__kwdefaults__", {"read_only": False, "busy": 0.05})
    holder = sqlite3.connect(tmp_path / "wegwijzer.sqlite", isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    store = store_for("", "", "", tmp_path)
    with pytest.raises(StoreRefused, match=r"wegwijzer\.sqlite is locked by another process"):
        await store.open()
    holder.close()
    await store.close()


async def test_a_file_that_is_no_database_is_said_in_one_sentence(tmp_path: Path):
    """Some other file with the database's name is refused, not overwritten."""
    path = tmp_path / "wegwijzer.sqlite"
    path.write_bytes(b"dear diary, " * 100)
    store = store_for("", "", "", tmp_path)
    with pytest.raises(StoreRefused, match="is not a Wegwijzer database"):
        await store.open()
    assert path.read_bytes().startswith(b"dear diary")
    await store.close()


async def test_a_newer_database_is_refused(tmp_path: Path):
    """An older program does not write into a newer database."""
    store = store_for("", "", "", tmp_path)
    await store.open()
    await store.close()
    connection = connect(tmp_path / "wegwijzer.sqlite")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreRefused, match=r"schema 9999, newer than this program's"):
        await store.open()
    await store.close()


def test_a_folder_that_cannot_be_made_is_said_in_one_sentence(tmp_path: Path):
    """A file where the folder should be."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreRefused, match="cannot be made"):
        ready_folder(tmp_path / "file" / "folder")


def test_the_master_key_file_is_for_its_owner_alone(tmp_path: Path):
    """Made once, readable by its owner, the same key the next time."""
    made = masters_in_file(tmp_path / "master.key")
    assert masters_in_file(tmp_path / "master.key") == made
    assert stat.S_IMODE((tmp_path / "master.key").stat().st_mode) == 0o600


def test_postgres_needs_a_key_database_too(tmp_path: Path):
    """Keys beside the journeys would make erasure a promise nobody can keep."""
    with pytest.raises(StoreRefused, match="key_database"):
        store_for("postgresql://app@127.0.0.1/journeys", "", "", tmp_path)
    with pytest.raises(StoreRefused, match="pool"):
        store_for("postgresql://app@127.0.0.1/j?pool=many", "postgresql://app@127.0.0.1/k", "", tmp_path)


async def test_a_start_that_lost_its_reply_is_found_again(tmp_path: Path):
    """The reply of a start survives closing and opening."""
    store = store_for("", "", "", tmp_path)
    await store.open()
    change = started("j1")
    await store.commit(change)
    await store.close()
    await store.open()
    assert await store.reply("demo", change.command_id, change.body_hash) == change.reply
    await store.close()

"""Quick work shares the event loop and one flush, and keeps every promise of work in the thread."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.store.connect import sqlite_store
from api.store.errors import StoreUnavailable
from api.store.port import Committed, Conflict, KeyReused, Replayed
from api.store.sqlite_files import connect
from api.store.sqlite_writer import GROUP, Writer
from tests.api.store.conftest import MASTERS
from tests.api.store.numbers import Counted, Work, add, numbers_in, written
from tests.api.store.samples import answered, make, there

pytestmark = pytest.mark.anyio


@pytest.fixture
async def writer(file: Path) -> AsyncIterator[Writer]:
    """An open writer of that file."""
    opened = Writer(lambda: connect(file))
    opened.open()
    yield opened
    await opened.close()


async def test_quick_work_runs_in_the_loop_and_other_work_in_the_thread(writer: Writer):
    """Quick work alone stays where it is; beside other work it goes along to the thread."""
    seen: dict[str, int] = {}

    def noting(name: str) -> Work:
        return lambda connection: seen.setdefault(name, threading.get_ident())

    await writer.submit(noting("quick"), quick=True)
    await asyncio.gather(writer.submit(noting("beside"), quick=True), writer.submit(noting("other")))
    assert seen["quick"] == threading.get_ident()
    assert seen["beside"] == seen["other"] != threading.get_ident()


async def test_quick_work_that_fails_halfway_leaves_nothing_and_its_neighbours_stay(writer: Writer, file: Path):
    """What it wrote before it failed is gone; those before and after it in its group are written once."""
    wanted = [add(1), add(2, 3, 1), add(4), add(5)]
    told = await asyncio.gather(*(writer.submit(run, quick=True) for run in wanted), return_exceptions=True)
    assert [told[0], *told[2:]] == [1, 1, 1]
    assert isinstance(told[1], sqlite3.IntegrityError)
    assert written(file) == [1, 4, 5]


async def test_the_loop_goes_on_while_another_process_holds_the_file(writer: Writer, file: Path):
    """Quick work never waits for a lock in the event loop; it is written when the other lets go."""
    holder = connect(file)
    holder.execute("BEGIN IMMEDIATE")
    waiting = asyncio.ensure_future(writer.submit(add(1), quick=True))
    for _ in range(20):
        await asyncio.sleep(0.001)
    assert not waiting.done()
    holder.execute("ROLLBACK")
    assert await waiting == 1
    holder.close()
    assert written(file) == [1]


async def test_a_commit_that_fails_tells_all_quick_callers(file: Path):
    """Nobody is acknowledged, nothing is kept, and the next group is written."""
    counted = Counted(file)
    writer = Writer(lambda: counted)  # type: ignore[arg-type,return-value]
    writer.open()
    counted.broken = True
    told = await asyncio.gather(*(writer.submit(add(n), quick=True) for n in range(5)), return_exceptions=True)
    assert all(isinstance(answer, StoreUnavailable) for answer in told)
    counted.broken = False
    assert await writer.submit(add(9), quick=True) == 1
    await writer.close()
    assert written(file) == [9]


@pytest.mark.parametrize(("long", "flushes"), [(9.0, [1, 1, 1]), (0.0, [2, 1, 1])], ids=["quick disk", "slow disk"])
async def test_where_a_flush_takes_long_two_halves_take_turns(
    file: Path, monkeypatch: pytest.MonkeyPatch, long: float, flushes: list[int]
):
    """Those of one moment share a flush; on a slow disk half of them, and nobody is left behind or written twice."""
    monkeypatch.setattr("api.store.sqlite_writer.LONG", long)
    counted = Counted(file)
    writer = Writer(lambda: counted)  # type: ignore[arg-type,return-value]
    writer.open()
    await writer.submit(add(0), quick=True)
    seen = []
    for many in (16, 3, 1):
        before = counted.commits
        first = max(written(file)) + 1
        await asyncio.gather(*(writer.submit(add(first + n), quick=True) for n in range(many)))
        seen.append(counted.commits - before)
    assert seen == flushes
    await writer.close()
    assert written(file) == list(range(21))


async def test_clients_that_come_back_are_all_served_on_a_slow_disk(file: Path, monkeypatch: pytest.MonkeyPatch):
    """Sixteen who write again as soon as they are answered, and one who goes away: all numbers once, none starves."""
    monkeypatch.setattr("api.store.sqlite_writer.LONG", 0.0)
    writer = Writer(lambda: connect(file))
    writer.open()
    gone = asyncio.ensure_future(writer.submit(add(900), quick=True))
    await asyncio.sleep(0)
    gone.cancel()

    async def client(number: int) -> None:
        for turn in range(8):
            await writer.submit(add(number * 8 + turn), quick=turn % 3 != 2)

    await asyncio.gather(*map(client, range(16)))
    await writer.close()
    assert written(file) == [*range(128), 900]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.lists(st.integers(0, 30), min_size=1, max_size=3), st.booleans()), max_size=GROUP + 9))
async def test_quick_or_not_the_same_is_written(tmp_path_factory: pytest.TempPathFactory, wanted):
    """Any mixture in any order leaves what the same work leaves one by one, and tells everybody the same."""
    plain, kept = [], set[int]()
    for numbers, _ in wanted:
        fits = len(set(numbers)) == len(numbers) and not kept & set(numbers)
        plain.append(len(numbers) if fits else "refused")
        kept |= set(numbers) if fits else set()
    file = numbers_in(tmp_path_factory.getbasetemp())
    writer = Writer(lambda: connect(file))
    writer.open()
    waiting = [writer.submit(add(*numbers), quick=quick) for numbers, quick in wanted]
    told = await asyncio.gather(*waiting, return_exceptions=True)
    await writer.close()
    assert ["refused" if isinstance(answer, sqlite3.IntegrityError) else answer for answer in told] == plain
    assert written(file) == sorted(kept)


async def test_commands_of_one_moment_each_get_their_own_answer(tmp_path: Path):
    """Written, stale, repeated, reused, and one id twice in the group: as each would alone."""
    store = sqlite_store(tmp_path, MASTERS)
    await store.open()
    fine, stale, again, twice, third = [await make(store, f"j{number}") for number in range(5)]
    await store.commit(answered(stale, "s1"))
    await store.commit(answered(again, "r1"))
    told = await asyncio.gather(
        store.commit(answered(fine, "f1")),
        store.commit(answered(stale, "s2")),
        store.commit(answered(again, "r1")),
        store.commit(answered(again, "r1", False)),
        store.commit(answered(twice, "t1")),
        store.commit(answered(third, "t1")),
        return_exceptions=True,
    )
    assert [told[0], told[1], told[4]] == [Committed(2), Conflict(2), Committed(2)]
    assert isinstance(told[2], Replayed)
    assert [isinstance(one, KeyReused) for one in (told[3], told[5])] == [True, True]
    assert (await there(store, third.journey)).version == 1
    assert all([await store.verify("demo", f"j{number}") for number in range(5)])
    await store.close()

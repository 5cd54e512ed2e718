"""Starts, and commands that make a task or a signal, share a statement too; each is told its own outcome."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import asyncpg
import pytest

from api.store.keys import WrappedKey
from api.store.port import Committed, Conflict, Effect, KeyReused, Replayed, Signal, TaskQuery, Timer
from api.store.postgres_keys import PostgresKeys
from api.store.postgres_pool import Pool
from api.store.sealed import SealedStore
from tests.api.store.conftest import on_postgres
from tests.api.store.postgres_server import Server
from tests.api.store.samples import NOW, TENANT, a_task, answered, body, make, started, there

pytestmark = [pytest.mark.anyio, pytest.mark.postgres]


@pytest.fixture
def store(opened: SealedStore) -> SealedStore:
    """On PostgreSQL alone."""
    return opened


async def test_starts_of_one_moment_are_whole_journeys(store: SealedStore):
    """Twenty at once: each has its key, its secret, its clocks and effects, its chain, and goes on from there."""
    effect, clock = Effect("e/1", "Notify", {"to": "citizen"}, NOW), Timer("remind", 1, NOW)
    names = [f"j{number}" for number in range(20)]
    wanted = [started(name, timers=[clock], effects=[replace(effect, key=f"e/{name}")]) for name in names]
    assert await asyncio.gather(*map(store.commit, wanted)) == [Committed(1)] * 20
    assert await asyncio.gather(*(store.by_secret(TENANT, one.secret_hash) for one in wanted)) == names
    bases = [await there(store, name) for name in names]
    assert [base.reference for base in bases] == [f"REF-{name}" for name in names]
    assert len(await store.lease(NOW, 100, 30)) == 40
    told = await asyncio.gather(*(store.commit(answered(base, f"c-{base.journey}")) for base in bases))
    assert told == [Committed(2)] * 20
    assert all([await store.verify(TENANT, name) for name in names])


async def test_a_start_that_cannot_be_leaves_its_neighbours_alone(store: SealedStore):
    """Repeated, key used before, a journey that is there, a reference that is taken, a text no database takes."""
    there_already = await make(store, "old")
    wanted = [
        started("fine"),
        replace(started("again"), command_id="start-old", body_hash=body("old")),
        replace(started("other"), command_id="start-old"),
        replace(started("old"), command_id="new"),
        replace(started("taken"), reference="REF-old"),
        replace(started("broken"), flow="\ud800"),
        answered(there_already, "c1"),
        started("last"),
    ]
    told = await asyncio.gather(*map(store.commit, wanted), return_exceptions=True)
    assert [told[at] for at in (0, 6, 7)] == [Committed(1), Committed(2), Committed(1)]
    assert isinstance(told[1], Replayed)
    assert isinstance(told[2], KeyReused)
    assert isinstance(told[3], Conflict)
    assert told[4] == Conflict(0)
    assert isinstance(told[5], asyncpg.PostgresError)
    for gone in ("again", "other", "taken"):
        assert await store.load(TENANT, gone) is None
        assert await store._keys._store.of(TENANT, [gone]) == []
    assert (await there(store, "old")).version == 2


async def test_one_start_twice_in_a_group_makes_one_journey(store: SealedStore):
    """Copies of one request in flight, each under an id of its own: one is made, the other gets its reply."""
    one, copy = started("a"), replace(started("b"), command_id="start-a", body_hash=body("a"))
    told = await asyncio.gather(store.commit(one), store.commit(copy), store.commit(started("c")))
    assert sorted(type(answer).__name__ for answer in told) == ["Committed", "Committed", "Replayed"]
    made = [await store.load(TENANT, name) for name in ("a", "b", "c")]
    assert sum(journey is not None for journey in made) == 2


async def test_tasks_and_signals_go_with_their_own_command(store: SealedStore):
    """In one statement: a task made, one changed, one named twice, a signal; none for who lost."""
    bases = [await make(store, f"j{number}") for number in range(4)]
    await store.commit(answered(bases[1], "t0", tasks=[a_task("t1", "j1")]))
    await store.commit(answered(bases[3], "s0"))
    signal = Signal(TENANT, "g0", "j2", "boom-kappen", "a" * 64, "spoed", "onduidelijk", NOW)
    twice = [a_task("t2", "j2"), a_task("t2", "j2", claimed_by="w2")]
    wanted = [
        answered(bases[0], "c0", tasks=[a_task("t0", "j0", due_at=NOW)]),
        answered(await there(store, "j1"), "c1", tasks=[a_task("t1", "j1", claimed_by="w1")]),
        answered(bases[2], "c2", tasks=twice, signals=[signal, signal]),
        answered(bases[3], "c3", tasks=[a_task("t3", "j3")], signals=[replace(signal, id="g3")]),
        started("j9", tasks=[a_task("t9", "j9")]),
    ]
    told = await asyncio.gather(*map(store.commit, wanted))
    assert told == [Committed(2), Committed(3), Committed(2), Conflict(2), Committed(1)]
    found = {task.id: task for task in (await store.tasks(TaskQuery(TENANT))).tasks}
    assert {name: task.claimed_by for name, task in found.items()} == {"t0": "", "t1": "w1", "t2": "w2", "t9": ""}
    assert (found["t0"].due_at, found["t0"].reason, found["t0"].journey) == (NOW, "asked for a person", "j0")
    assert [one.id for one in await store.signals(TENANT, "boom-kappen")] == ["g0"]


async def test_every_word_comes_back_letter_by_letter(store: SealedStore):
    """Quotes, backslashes, braces, commas, nothing, NULL: what stands for something in a list stands for itself."""
    odd = ['"', "\\", '\\"', "{a,b}", "", "NULL", " null ", "ë€\U0001f333", "a\nb", "'", "$1", "}"]
    names = [f"j{number}" for number in range(len(odd))]
    await asyncio.gather(
        *(
            store.commit(
                started(name, flow=word, actor=word, action=word or "start", tasks=[a_task(name, name, team=word)])
            )
            for name, word in zip(names, odd, strict=True)
        )
    )
    assert [(await there(store, name)).flow for name in names] == odd
    assert [(await store.audit(TENANT, name))[0].actor for name in names] == odd
    assert {task.id: task.team for task in (await store.tasks(TaskQuery(TENANT))).tasks} == dict(
        zip(names, odd, strict=True)
    )
    assert all([await store.verify(TENANT, name) for name in names])


async def test_a_lone_command_with_a_task_is_one_statement(store: SealedStore):
    """Nobody beside it: it is written, it is stale, and its copy is told what was said."""
    base = await make(store, "j1")
    first = answered(base, "c1", tasks=[a_task("t1")])
    assert await store.commit(first) == Committed(2)
    assert isinstance(await store.commit(first), Replayed)
    assert await store.commit(answered(base, "c2", tasks=[a_task("t2")])) == Conflict(2)
    assert [task.id for task in (await store.tasks(TaskQuery(TENANT))).tasks] == ["t1"]


async def test_keys_of_one_moment_are_added_once(clean: Server):
    """Of two for one place the first is kept and the other told so; what no database takes fails alone."""
    keys = PostgresKeys(Pool(clean.url("wegwijzer_app", "keys")))
    await keys.open()
    one = WrappedKey(TENANT, "j1", 1, "", "m", b"first")
    wanted = [one, replace(one, journey="j2"), replace(one, wrapped=b"second"), replace(one, number=2, keep="\x00")]
    told = await asyncio.gather(*map(keys.add, wanted), return_exceptions=True)
    assert told[:3] == [True, True, False]
    assert isinstance(told[3], asyncpg.PostgresError)
    assert [key.wrapped for key in await keys.of(TENANT, ["j1"])] == [b"first"]
    assert await keys.add(one) is False
    await keys.close()


async def test_two_servers_that_start_the_same_never_wait_in_a_circle(clean: Server):
    """The same commands to both at once, each under ids of its own: one journey for each, none lost."""
    stores = [on_postgres(clean) for _ in range(2)]
    for store in stores:
        await store.open()

    async def starts(number: int, store: SealedStore) -> list[object]:
        names = [f"{number}-{at}" for at in (range(12) if number else reversed(range(12)))]
        wanted = [replace(started(name), command_id=f"c{name[2:]}", body_hash=body()) for name in names]
        return await asyncio.gather(*map(store.commit, wanted))

    told = await asyncio.gather(*(starts(number, store) for number, store in enumerate(stores)))
    assert (
        sorted(type(answer).__name__ for answers in told for answer in answers)
        == ["Committed"] * 12 + ["Replayed"] * 12
    )
    for store in stores:
        await store.close()

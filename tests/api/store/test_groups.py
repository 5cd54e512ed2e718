"""Answers that share a statement on PostgreSQL keep the promises of answers alone."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from api.store import postgres_groups
from api.store.database import CommandRows
from api.store.port import Committed, Conflict, Effect, KeyReused, Replayed, Stored, Timer
from api.store.sealed import SealedStore
from tests.api.store.conftest import on_postgres
from tests.api.store.postgres_server import Server
from tests.api.store.samples import NOW, TENANT, answered, make, there

pytestmark = [pytest.mark.anyio, pytest.mark.postgres]


@pytest.fixture
def store(opened: SealedStore) -> SealedStore:
    """On PostgreSQL alone."""
    return opened


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many commands each shared statement had."""
    found: list[int] = []
    call = postgres_groups.call

    def counted(asked: list[CommandRows]) -> tuple[str, list[Any]]:
        found.append(len(asked))
        return call(asked)

    monkeypatch.setattr(postgres_groups, "call", counted)
    monkeypatch.setattr("api.store.together.LONG", 60.0)  # no disk is slow: all of one moment go at once
    return found


async def _begun(store: SealedStore, count: int, tenant: str = TENANT) -> list[Stored]:
    return [await make(store, f"{tenant}-{number}", tenant) for number in range(count)]


async def test_answers_of_one_moment_share_a_statement(store: SealedStore, sizes: list[int]):
    """Twenty journeys answered at once: one statement, and each journey has its own answer, chain and reply."""
    bases = await _begun(store, 20)
    told = await asyncio.gather(*(store.commit(answered(base, f"c-{base.journey}", base.journey)) for base in bases))
    assert told == [Committed(2)] * 20
    assert sizes == [20]
    found = await asyncio.gather(*(store.load(TENANT, base.journey) for base in bases))
    for base, now in zip(bases, found, strict=True):
        assert now == await there(store, base.journey)
        assert now.snapshot["answers"] == {"spoed": base.journey}
        assert (await store.events(TENANT, base.journey))[-1]["value"] == base.journey
        assert await store.verify(TENANT, base.journey)
    assert [line.action for line in await store.audit(TENANT, bases[3].journey)] == ["start", "answer"]


async def test_whoever_cannot_be_written_leaves_the_neighbours_alone(store: SealedStore, sizes: list[int]):
    """A stale one, a repeated one, one whose key had another body, one that is not there: beside them all is kept."""
    fine, stale, repeated, reused, erased = await _begun(store, 5)
    await store.commit(answered(stale, "s1"))
    await store.commit(answered(repeated, "r1"))
    await store.commit(answered(reused, "u1"))
    await store.erase(TENANT, erased.journey, NOW, "w1", "asked")
    wanted = [
        answered(fine, "f1"),
        answered(stale, "s2", False),
        answered(repeated, "r1"),
        answered(reused, "u1", False),
        replace(answered(fine, "n1"), journey="nowhere", base=replace(fine, journey="nowhere")),
    ]
    told = await asyncio.gather(*map(store.commit, wanted), return_exceptions=True)
    assert told[:2] == [Committed(2), Conflict(2)]
    assert isinstance(told[2], Replayed)
    assert isinstance(told[3], KeyReused)
    assert told[4] == Conflict(0)
    assert await store.commit(answered(erased, "e1")) == Conflict(0)
    assert (await there(store, fine.journey)).version == 2
    assert (await there(store, stale.journey)).snapshot["answers"] == {"spoed": True}
    assert sizes[-1] >= 4


async def test_one_command_id_twice_in_a_group_is_written_once(store: SealedStore):
    """Copies of one request in flight: one is written, the other gets its reply; neighbours are kept."""
    one, other, third = await _begun(store, 3)
    told = await asyncio.gather(
        store.commit(answered(one, "c1")),
        store.commit(answered(one, "c1")),
        store.commit(answered(other, "c2")),
        store.commit(answered(third, "c2")),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in told[:2]) == ["Committed", "Replayed"]
    assert sorted(type(answer).__name__ for answer in told[2:]) == ["Committed", "KeyReused"]
    assert [len(await store.events(TENANT, one.journey)), (await there(store, one.journey)).version] == [2, 2]


async def test_two_answers_to_one_journey_in_a_group_have_one_winner(store: SealedStore):
    """The second of a group sees what the first wrote."""
    base, beside = await _begun(store, 2)
    told = await asyncio.gather(
        *(store.commit(answered(base, f"c{number}", number)) for number in range(4)),
        store.commit(answered(beside, "b1")),
    )
    assert sorted(map(repr, told[:4])) == sorted(map(repr, [Committed(2), *[Conflict(2)] * 3]))
    assert told[4] == Committed(2)
    assert await store.verify(TENANT, base.journey)


async def test_what_no_database_takes_fails_alone(store: SealedStore, sizes: list[int]):
    """A value that the driver or the server refuses is refused for its own command; the others are written."""
    bases = await _begun(store, 4)
    changes = [answered(base, f"c-{base.journey}") for base in bases]
    changes[1] = replace(changes[1], flow="\ud800")
    changes[2] = replace(changes[2], actor="a\x00b")
    told = await asyncio.gather(*map(store.commit, changes), return_exceptions=True)
    assert [told[0], told[3]] == [Committed(2), Committed(2)]
    assert [isinstance(answer, asyncpg.PostgresError) for answer in told[1:3]] == [True, True]
    assert (await there(store, bases[2].journey)).version == 1
    assert sizes == [4]


async def test_clocks_effects_and_keys_go_with_their_own_command(store: SealedStore, sizes: list[int]):
    """In one statement: clocks set, set anew and stopped, effects, events under several keys; none for who lost."""
    sets, stops, apart, plain, stale = bases = await _begun(store, 5)
    await store.commit(answered(stops, "t0", timers=[Timer("place", 1, NOW), Timer("remind", 1, NOW)]))
    await store.commit(answered(stale, "s0"))
    await store.commit(answered(apart, "a0", keep=["P1Y"]))  # makes the key of that class
    sizes.clear()
    effect, clock = Effect("e/1", "Notify", {"to": "citizen"}, NOW), Timer("place", 1, NOW)
    events = [{"type": "AnswerGiven", "n": number} for number in range(3)]
    wanted = [
        answered(sets, "c1", effects=[effect], timers=[clock, Timer("place", 2, NOW)]),
        answered(await there(store, stops.journey), "c2", timers=[Timer("place", 7, NOW)], cancelled=["remind"]),
        answered(await there(store, apart.journey), "c3", events=events, keep=["", "P1Y", ""]),
        answered(plain, "c4"),
        answered(stale, "c5", effects=[replace(effect, key="e/2")], timers=[clock]),
    ]
    told = await asyncio.gather(*map(store.commit, wanted))
    assert told == [Committed(2), Committed(3), Committed(5), Committed(2), Conflict(2)]
    assert sizes == [5]
    jobs = await store.lease(NOW, 20, 30)
    mine = {(job.journey, job.key, job.entry) for job in jobs}
    assert mine == {(sets.journey, "e/1", 0), (sets.journey, "timer:place", 2), (stops.journey, "timer:place", 7)}
    assert [job.payload for job in jobs if job.kind == "Notify"] == [{"to": "citizen"}]
    assert [event.get("n") for event in await store.events(TENANT, apart.journey)] == [None, None, 0, 1, 2]
    assert all([await store.verify(TENANT, base.journey) for base in bases])
    lines = await store.audit(TENANT, apart.journey)
    assert [line.action for line in lines] == ["start", "answer", "answer"]


async def test_tenants_never_share_a_statement(store: SealedStore):
    """Calls of two tenants in one moment: each sees its own rows, none the other's."""
    ours, theirs = await _begun(store, 3), await _begun(store, 3, "elsewhere")
    mixed = [base for pair in zip(ours, theirs, strict=True) for base in pair]
    told = await asyncio.gather(*(store.commit(answered(base, f"c-{base.journey}")) for base in mixed))
    assert told == [Committed(2)] * 6
    found = await asyncio.gather(
        *(store.load(base.tenant, base.journey) for base in mixed),
        *(store.load("elsewhere", base.journey) for base in ours),
    )
    assert [one.version for one in found[:6] if one is not None] == [2] * 6
    assert found[6:] == [None] * 3


async def test_loads_of_one_moment_tell_each_its_own(store: SealedStore):
    """With a command that ran before and without, there and not there, of odd letters, the same journey twice."""
    one, other = await _begun(store, 2)
    await store.commit(answered(one, "c1"))
    body = answered(one, "c1").body_hash
    ran, reused, plain, nowhere, odd, again = await asyncio.gather(
        store.load(TENANT, one.journey, "c1", body),
        store.load(TENANT, other.journey, "c1", body),
        store.load(TENANT, other.journey),
        store.load(TENANT, "nowhere"),
        store.load(TENANT, "no\x00where"),
        store.load(TENANT, other.journey),
        return_exceptions=True,
    )
    assert isinstance(ran, Stored)
    assert ran.replayed is not None
    assert isinstance(reused, KeyReused)
    assert nowhere is None
    assert odd is None
    assert plain == again == other


async def test_two_replicas_that_share_journeys_never_wait_in_a_circle(clean: Server):
    """Groups of two servers over the same rows, in any order: one winner for each version, none lost, no deadlock."""
    stores = [on_postgres(clean) for _ in range(2)]
    for store in stores:
        await store.open()
    names = [base.journey for base in await _begun(stores[0], 12)]
    chance = random.Random(3)  # noqa: S311

    async def turn(number: int, store: SealedStore) -> int:
        order = chance.sample(names, len(names))
        bases = await asyncio.gather(*(there(store, name) for name in order))
        wanted = [answered(base, f"{number}-{id(store)}-{base.journey}", number) for base in bases]
        told = await asyncio.gather(*map(store.commit, wanted))
        return sum(isinstance(answer, Committed) for answer in told)

    accepted = 0
    for number in range(15):
        accepted += sum(await asyncio.gather(*(turn(number, store) for store in stores)))
    versions = [(await there(stores[1], name)).version for name in names]
    assert sum(versions) == len(names) + accepted
    assert accepted >= 15 * len(names)
    assert all([await stores[0].verify(TENANT, name) for name in names])
    for store in stores:
        await store.close()

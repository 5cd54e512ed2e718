"""What a command promises: written whole or not at all, once, and never over somebody else's."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from api.store.keys import KeyRing
from api.store.port import Committed, Conflict, KeyReused, Replayed, Reply, Signal
from api.store.sealed import SealedStore
from tests.api.store.samples import HOUR, NOW, TENANT, a_task, answered, body, make, started, there

pytestmark = pytest.mark.anyio


async def test_a_journey_reads_back_as_it_was_written(store: SealedStore):
    """What `load` gives is what `commit` was given."""
    change = started("j1", snapshot={"answers": {"naam": "Zoë 🌳 \x00"}, "n": [1, None, 2.5]})
    assert await store.commit(change) == Committed(1)
    found = await there(store, "j1")
    assert found.snapshot == change.snapshot
    assert (found.version, found.reference, found.flow, found.open) == (1, "REF-j1", "boom-kappen", True)
    assert (found.started_at, found.changed_at, found.secret_hash) == (NOW, NOW, body("secret of j1"))
    assert await store.events(TENANT, "j1") == list(change.events)


async def test_a_lone_surrogate_is_kept(store: SealedStore):
    """Text that no database would take is sealed before it gets there."""
    base = await make(store, "j1")
    await store.commit(answered(base, "c1", "\ud800"))
    assert (await store.events(TENANT, "j1"))[-1]["value"] == "\ud800"


async def test_what_cannot_be_sealed_fails_alone(store: SealedStore):
    """A value that is no JSON, or text that has no bytes, is refused to its own command; others of its moment stay."""
    bases = [await make(store, f"j{number}") for number in range(4)]
    changes = [answered(base, f"c-{base.journey}") for base in bases]
    changes[1] = answered(bases[1], "c-j1", {1, 2})
    changes[2] = replace(changes[2], actor="\ud800")
    told = await asyncio.gather(*map(store.commit, changes), return_exceptions=True)
    assert [told[0], told[3]] == [Committed(2), Committed(2)]
    assert [type(one) for one in told[1:3]] == [TypeError, UnicodeEncodeError]
    assert [(await there(store, base.journey)).version for base in bases] == [2, 1, 1, 2]


async def test_the_same_command_again_gets_the_same_reply(store: SealedStore):
    """A repeated command writes nothing and is told what it was told."""
    base = await make(store, "j1")
    change = answered(base, "c1")
    assert await store.commit(change) == Committed(2)
    assert await store.commit(change) == Replayed(Reply(200, {"version": 2}))
    assert await store.reply(TENANT, "c1", body(True)) == Reply(200, {"version": 2})
    assert (await there(store, "j1")).version == 2
    loaded = await store.load(TENANT, "j1", "c1", body(True))
    assert loaded is not None
    assert loaded.replayed == Reply(200, {"version": 2})


async def test_the_same_start_again_makes_no_second_journey(store: SealedStore):
    """A repeated start, whose new id differs, gets the first one's reply."""
    await make(store, "j1")
    again = started("j2", command_id="start-j1", body_hash=body("j1"))
    assert await store.commit(again) == Replayed(Reply(201, {"id": "j1"}, {"ETag": '"1"'}))
    assert await store.load(TENANT, "j2") is None


async def test_a_start_that_makes_no_journey_leaves_no_key(store: SealedStore):
    """The key that was made for it is destroyed; those of journeys that are there stay."""
    await make(store, "j1")
    again = started("j2", command_id="start-j1", body_hash=body("j1"))
    assert isinstance(await store.commit(again), Replayed)
    taken = started("j1", command_id="c2", body_hash=body("other"))
    assert not isinstance(await store.commit(taken), Committed)
    rings = await KeyRing(store._keys._store, store._keys._masters).of_many(TENANT, ["j1", "j2"])
    assert {journey: ring.alive for journey, ring in rings.items()} == {"j1": True, "j2": False}
    assert (await there(store, "j1")).snapshot == started("j1").snapshot


async def test_a_command_id_with_another_body_is_refused(store: SealedStore):
    """One command id stands for one command, also before its version is looked at."""
    base = await make(store, "j1")
    await store.commit(answered(base, "c1", True))
    with pytest.raises(KeyReused):
        await store.commit(answered(base, "c1", False))
    with pytest.raises(KeyReused):
        await store.load(TENANT, "j1", "c1", body(False))
    with pytest.raises(KeyReused):
        await store.reply(TENANT, "c1", body(False))


async def test_a_stale_base_conflicts_and_writes_nothing(store: SealedStore):
    """Who saw an older version is told the current one; no part of the command is kept."""
    base = await make(store, "j1")
    await store.commit(answered(base, "c1"))
    late = answered(base, "c2", False, tasks=[a_task("t1")])
    assert await store.commit(late) == Conflict(2)
    assert (await there(store, "j1")).snapshot["answers"] == {"spoed": True}
    assert await store.task(TENANT, "t1") is None
    assert await store.reply(TENANT, "c2", body(False)) is None


async def test_a_journey_that_is_not_there(store: SealedStore):
    """Nothing is there, nothing is shown, and a change of it conflicts with version 0."""
    assert await store.load(TENANT, "nowhere") is None
    assert await store.events(TENANT, "nowhere") == []
    base = await make(store, "j1")
    await store.erase(TENANT, "j1", NOW, "w1", "retention")
    assert await store.commit(answered(base, "c1")) == Conflict(0)


async def test_a_taken_reference_conflicts(store: SealedStore):
    """A public reference names one journey of a tenant; other tenants may have it too."""
    await make(store, "j1")
    assert await store.commit(started("j2", reference="REF-j1")) == Conflict(0)
    assert await store.commit(started("j1", tenant="elsewhere")) == Committed(1)


async def test_another_tenant_sees_nothing(store: SealedStore):
    """A journey of one tenant does not exist for another, by any way in."""
    await make(store, "j1", tasks=[a_task("t1")])
    assert await store.load("elsewhere", "j1") is None
    assert await store.events("elsewhere", "j1") == []
    assert await store.by_reference("elsewhere", "REF-j1") is None
    assert await store.by_secret("elsewhere", body("secret of j1")) is None
    assert await store.task("elsewhere", "t1") is None
    assert await store.reply("elsewhere", "start-j1", body("j1")) is None
    assert await store.audit("elsewhere", "j1") == []


async def test_a_journey_is_found_by_secret_and_reference(store: SealedStore):
    """The secret's hash opens it for citizens, the reference names it for workers."""
    await make(store, "j1")
    assert await store.by_secret(TENANT, body("secret of j1")) == "j1"
    assert await store.by_reference(TENANT, "REF-j1") == "j1"
    assert await store.by_secret(TENANT, body("guess")) is None


async def test_two_devices_never_overwrite_each_other(store: SealedStore):
    """Of the writes on one version exactly one wins; the accepted ones are all there at the end."""
    await make(store, "j1")

    async def device(name: str) -> int:
        accepted = 0
        for number in range(25):
            base = await there(store, "j1")
            await asyncio.sleep(0)
            accepted += isinstance(await store.commit(answered(base, f"{name}-{number}", name)), Committed)
        return accepted

    accepted = sum(await asyncio.gather(*(device(name) for name in "abcd")))
    assert (await there(store, "j1")).version == 1 + accepted
    assert len(await store.events(TENANT, "j1")) == 1 + accepted
    assert await store.verify(TENANT, "j1")
    assert accepted < 100


async def test_one_of_many_claims_wins(store: SealedStore):
    """Sixteen workers claim one task at the same moment: one has it."""
    for number in range(20):
        base = await make(store, f"j{number}", tasks=[a_task(f"t{number}", f"j{number}")])
        claims = [
            answered(
                base,
                f"claim-{number}-{worker}",
                worker,
                tasks=[a_task(f"t{number}", f"j{number}", claimed_by=f"w{worker}")],
            )
            for worker in range(16)
        ]
        told = await asyncio.gather(*(store.commit(claim) for claim in claims))
        winners = [worker for worker, answer in enumerate(told) if isinstance(answer, Committed)]
        task = await store.task(TENANT, f"t{number}")
        assert task is not None
        assert [f"w{worker}" for worker in winners] == [task.claimed_by]


async def test_the_same_command_sent_twice_at_once_counts_once(store: SealedStore):
    """Copies of one command in flight together: one writes, the others get its reply."""
    base = await make(store, "j1")
    told = await asyncio.gather(*(store.commit(answered(base, "c1")) for _ in range(8)))
    assert sum(isinstance(answer, Committed) for answer in told) == 1
    assert {answer.reply.status for answer in told if isinstance(answer, Replayed)} == {200}
    assert len(await store.events(TENANT, "j1")) == 2


async def test_the_same_start_sent_twice_at_once_makes_one_journey(store: SealedStore):
    """Copies of one start in flight together make one journey."""
    copies = [started(f"j{number}", command_id="start", body_hash=body("start")) for number in range(6)]
    told = await asyncio.gather(*(store.commit(copy) for copy in copies))
    assert sum(isinstance(answer, Committed) for answer in told) == 1
    there_now = [copy.journey for copy in copies if await store.load(TENANT, copy.journey)]
    assert len(there_now) == 1


async def test_a_closed_journey_is_no_longer_running(store: SealedStore):
    """`journeys` walks through the running ones of a flow, page by page."""
    for number in range(5):
        await make(store, f"j{number}")
    base = await there(store, "j3")
    await store.commit(answered(base, "end", open=False))
    first = await store.journeys(TENANT, "boom-kappen", limit=2)
    rest = await store.journeys(TENANT, "boom-kappen", after=first[-1].journey, limit=9)
    assert [row.journey for row in first + rest] == ["j0", "j1", "j2", "j4"]
    assert await store.journeys(TENANT, "boom-kappen", version="b" * 64) == []
    assert len(await store.journeys(TENANT, "boom-kappen", version="a" * 64)) == 4


async def test_a_journey_can_move_to_another_flow_version(store: SealedStore):
    """`migrate` writes the new version with the events that explain it."""
    base = await make(store, "j1")
    await store.commit(answered(base, "c1", flow_version="b" * 64))
    assert (await there(store, "j1")).flow_version == "b" * 64


async def test_the_audit_line_tells_who_did_what(store: SealedStore):
    """Each command leaves one line, a look leaves one too, in order of time."""
    base = await make(store, "j1")
    two = [{"type": "AnswerGiven"}, {"type": "PlaceEntered"}]
    await store.commit(answered(base, "c1", events=two, actor="w1", action="judge", channel="phone"))
    lines = await store.audit(TENANT, "j1")
    assert [(line.actor, line.action, line.channel, line.version) for line in lines] == [
        ("", "start", "web", 1),
        ("w1", "judge", "phone", 2),
    ]
    assert [line.at for line in lines] == [NOW, NOW + HOUR]


async def test_signals_are_listed_by_flow(store: SealedStore):
    """What people say about a step is found under its flow, the newest first."""
    signals = [
        Signal(TENANT, f"s{n}", "j1", "boom-kappen", "a" * 64, "spoed", f"unclear {n}", NOW + n * HOUR) for n in (1, 2)
    ]
    await make(store, "j1", signals=signals)
    assert await store.signals(TENANT, "boom-kappen") == signals[::-1]
    assert await store.signals(TENANT, "other") == []

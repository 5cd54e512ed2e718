"""The worklist and the jobs, on both engines."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from api.store.lists import TaskStatus
from api.store.port import Effect, TaskQuery, Timer
from api.store.sealed import SealedStore
from tests.api.store.samples import HOUR, NOW, TENANT, a_task, answered, make, there

pytestmark = pytest.mark.anyio
LEASE = 30.0


async def test_the_worklist_goes_by_rank_then_promise_then_id(store: SealedStore):
    """Urgent first, then what was promised soonest; without a promise comes last; every page once."""
    tasks = [
        a_task("t5", rank=2),
        a_task("t4", rank=2, due_at=NOW + 2 * HOUR),
        a_task("t3", rank=2, due_at=NOW + HOUR),
        a_task("t2", rank=2, due_at=NOW + HOUR),
        a_task("t1", rank=0, due_at=NOW + 9 * HOUR),
    ]
    await make(store, "j1", tasks=tasks)
    seen, after = [], ""
    for _ in range(3):
        page = await store.tasks(TaskQuery(TENANT, team="groen", limit=2, after=after))
        seen += [task.id for task in page.tasks]
        after = page.next
    assert seen == ["t1", "t2", "t3", "t4", "t5"]
    assert after == ""
    assert (await store.tasks(TaskQuery(TENANT))).tasks == tuple(sorted(tasks, key=lambda task: task.id))


async def test_the_worklist_filters(store: SealedStore):
    """Each filter alone, and two together."""
    tasks = [
        a_task("t1", skill="bomen", claimed_by="w1", due_at=NOW),
        a_task("t2", kind="judge", team="wegen", flow="other", channel="phone"),
        a_task("t3", status=TaskStatus.DONE),
    ]
    await make(store, "j1", tasks=tasks)

    async def found(**filters: object) -> list[str]:
        page = await store.tasks(TaskQuery(TENANT, **filters))  # type: ignore[arg-type]
        return [task.id for task in page.tasks]

    assert await found() == ["t1", "t2"]
    assert await found(team="groen") == ["t1"]
    assert await found(skill="bomen") == ["t1"]
    assert await found(kind="judge") == ["t2"]
    assert await found(flow="other", team="groen") == []
    assert await found(claimed_by="") == ["t2"]
    assert await found(claimed_by="w1") == ["t1"]
    assert await found(due_before=NOW + HOUR) == ["t1"]
    assert await found(due_from=NOW, due_before=NOW + HOUR) == ["t1"]
    assert await found(due_from=NOW + HOUR, due_before=NOW + 2 * HOUR) == []
    assert await found(channel="phone") == ["t2"]
    assert await found(journey="j1", status=TaskStatus.DONE) == ["t3"]
    assert await found(after="not a mark") == ["t1", "t2"]


async def test_tasks_are_counted_up_to_a_point(store: SealedStore):
    """The count is that of all pages together, with the same filters, and goes no further than asked."""
    await make(
        store, "j1", tasks=[a_task(f"t{number}", channel="phone" if number % 2 else "web") for number in range(9)]
    )
    assert await store.count_tasks(TaskQuery(TENANT, limit=2), 100) == 9
    assert await store.count_tasks(TaskQuery(TENANT, channel="phone"), 100) == 4
    assert await store.count_tasks(TaskQuery(TENANT), 5) == 5
    assert await store.count_tasks(TaskQuery("elsewhere"), 5) == 0


async def test_a_task_reads_back_and_can_be_replaced(store: SealedStore):
    """A task keeps all its fields; the same id again replaces it."""
    task = a_task("t1", due_at=NOW + HOUR, fact="spoed", note="said at the desk", reference="REF-j1")
    base = await make(store, "j1", tasks=[task])
    assert await store.task(TENANT, "t1") == task
    claimed = a_task("t1", claimed_by="w1")
    await store.commit(answered(base, "claim", tasks=[claimed]))
    assert await store.task(TENANT, "t1") == claimed
    assert await store.task(TENANT, "t9") is None


async def test_due_jobs_are_leased_oldest_first_and_once(store: SealedStore):
    """Due effects and timers go out in order of time; a second caller gets none while the lease lasts."""
    effects = [Effect("e/1", "Notify", {"text": "promise"}, NOW + HOUR), Effect("e/2", "Publish", None, NOW)]
    await make(store, "j1", effects=effects, timers=[Timer("norm", 3, NOW - HOUR), Timer("term", 1, NOW + 9 * HOUR)])
    jobs = await store.lease(NOW + HOUR, 10, LEASE)
    assert [(job.key, job.kind, job.payload, job.attempts) for job in jobs] == [
        ("timer:norm", "timer", None, 1),
        ("e/2", "Publish", None, 1),
        ("e/1", "Notify", {"text": "promise"}, 1),
    ]
    assert (jobs[0].clock, jobs[0].entry, jobs[0].run_at) == ("norm", 3, NOW - HOUR)
    assert await store.lease(NOW + HOUR, 10, LEASE) == []


async def test_a_lease_that_ran_out_goes_to_the_next(store: SealedStore):
    """Who does not come back loses the job; being late with `done` then changes nothing."""
    await make(store, "j1", effects=[Effect("e/1", "Notify", 1, NOW)])
    lost = (await store.lease(NOW, 1, LEASE))[0]
    later = NOW + timedelta(seconds=LEASE)
    again = (await store.lease(later, 1, LEASE))[0]
    assert (again.key, again.attempts) == ("e/1", 2)
    await store.done(lost)
    await store.retry(lost, NOW)
    assert await store.lease(later, 1, LEASE) == []
    await store.done(again)
    assert await store.lease(later + 9 * HOUR, 1, LEASE) == []


async def test_a_retry_waits_and_an_exhausted_job_stays_for_people(store: SealedStore):
    """A job comes back at the named moment, with its tries counted; given up, it is listed and leased no more."""
    await make(store, "j1", effects=[Effect("e/1", "Notify", 1, NOW)])
    await store.retry((await store.lease(NOW, 1, LEASE))[0], NOW + HOUR, "503")
    assert await store.lease(NOW + HOUR / 2, 1, LEASE) == []
    again = (await store.lease(NOW + HOUR, 1, LEASE))[0]
    assert (again.attempts, again.reason) == (2, "503")
    await store.exhaust(again, "gave up")
    assert await store.lease(NOW + 99 * HOUR, 1, LEASE) == []
    assert [(job.key, job.reason) for job in await store.exhausted(TENANT)] == [("e/1", "gave up")]
    assert await store.exhausted("elsewhere") == []


async def test_a_timer_that_is_set_anew_replaces_the_older_one(store: SealedStore):
    """One running timer a clock; what was leased of the older one can no longer end it."""
    base = await make(store, "j1", timers=[Timer("norm", 1, NOW)])
    old = (await store.lease(NOW, 5, LEASE))[0]
    await store.commit(answered(base, "c1", timers=[Timer("norm", 2, NOW + HOUR)]))
    await store.done(old)
    assert await store.lease(NOW, 5, LEASE) == []
    assert [(job.clock, job.entry) for job in await store.lease(NOW + HOUR, 5, LEASE)] == [("norm", 2)]


async def test_a_commit_cancels_clocks_and_finishes_jobs(store: SealedStore):
    """What a job led to and the end of the job are one transaction."""
    base = await make(store, "j1", effects=[Effect("e/1", "Notify", 1, NOW)], timers=[Timer("norm", 1, NOW)])
    await store.commit(answered(base, "c1", finished=["e/1"], cancelled=["norm"]))
    assert await store.lease(NOW + HOUR, 5, LEASE) == []
    assert (await there(store, "j1")).version == 2


async def test_many_callers_share_the_due_jobs_without_doubles(store: SealedStore):
    """Leasing at the same moment from several sides hands out every job once."""
    effects = [Effect(f"e/{number}", "Notify", number, NOW) for number in range(60)]
    await make(store, "j1", effects=effects)
    leased: list[str] = []

    async def replica() -> None:
        while jobs := await store.lease(NOW, 7, LEASE):
            leased.extend(job.key for job in jobs)
            await asyncio.sleep(0)

    await asyncio.gather(*(replica() for _ in range(4)))
    assert sorted(leased) == sorted(effect.key for effect in effects)

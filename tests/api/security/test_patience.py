"""One timer for many: each is cut off at its own time, as `asyncio.timeout` would, and nobody else."""

from __future__ import annotations

import asyncio

import pytest

from api.security.patience import Patience

pytestmark = pytest.mark.anyio


async def _told(patience: Patience, work: asyncio.Future[str]) -> str:
    """What came of it."""
    try:
        with patience.limit():
            return await work
    except TimeoutError:
        return "late"


async def test_each_is_cut_off_at_its_own_time() -> None:
    """Who came first is late first; who is done in time is not; who comes later has a time of its own."""
    patience, loop = Patience(0.1), asyncio.get_running_loop()
    never, done = loop.create_future(), loop.create_future()
    first, quick = asyncio.create_task(_told(patience, never)), asyncio.create_task(_told(patience, done))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(_told(patience, loop.create_future()))
    done.set_result("done")
    assert await first == "late"
    assert await quick == "done"
    assert not second.done()
    assert await second == "late"
    assert not patience._waiting


async def test_what_is_lifted_may_take_as_long_as_it_takes() -> None:
    """An answer that has begun is not cut off."""
    patience = Patience(0.02)
    with patience.limit() as limit:
        limit.lift()
        await asyncio.sleep(0.06)
    assert not limit.is_late


async def test_who_is_told_to_go_goes() -> None:
    """Cancelled by somebody else it is no TimeoutError, and a limit outside is not mistaken for one inside."""
    patience = Patience(5.0)
    own = asyncio.create_task(_told(patience, asyncio.get_running_loop().create_future()))
    await asyncio.sleep(0)
    own.cancel()
    with pytest.raises(asyncio.CancelledError):
        await own
    outer, inner = Patience(0.02), Patience(5.0)
    with pytest.raises(TimeoutError), outer.limit() as short, inner.limit() as long:
        await asyncio.sleep(1)
    assert short.is_late
    assert not long.is_late


def test_it_works_on_the_next_loop_too() -> None:
    """A loop that ended with a timer set leaves nothing that the next one would wait for."""
    patience = Patience(0.05)

    async def once(work: float) -> str:
        try:
            with patience.limit():
                await asyncio.sleep(work)
        except TimeoutError:
            return "late"
        return "done"

    assert [asyncio.run(once(0)), asyncio.run(once(2)), asyncio.run(once(0))] == ["done", "late", "done"]

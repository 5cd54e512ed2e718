"""What is done again and again goes on after a failure, and ends when it is told to."""

from __future__ import annotations

import asyncio
import logging

import pytest

from api.service.every import Every
from api.store.errors import StoreUnavailable

pytestmark = pytest.mark.anyio


async def test_a_failure_is_told_and_tried_again(caplog: pytest.LogCaptureFixture):
    """The second time comes, and the log names the class and no value."""
    done = asyncio.Event()
    times = 0

    async def do() -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise StoreUnavailable("999993653")
        done.set()

    every = Every(0.001, do, "it could not be done")
    with caplog.at_level(logging.WARNING, "wegwijzer"):
        await every.start()
        await asyncio.wait_for(done.wait(), 10)
        await every.stop()
    assert caplog.messages == ["it could not be done: StoreUnavailable"]


async def test_stopped_is_stopped():
    """Nothing is done afterwards; stopping what never began is no fault."""
    times = 0

    async def do() -> None:
        nonlocal times
        times += 1

    every = Every(0.001, do, "")
    await every.stop()
    await every.start()
    await every.stop()
    seen = times
    await asyncio.sleep(0.02)
    assert times == seen

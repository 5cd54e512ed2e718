"""Does a thing again and again while the server runs; a failure is logged by its class and tried again.

Called by `api.service.fresh` and `api.service.published`; tests: tests/api/service/test_every.py.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from engine.errors import WegwijzerError

log = logging.getLogger("wegwijzer")


class Every:
    """`do` every so many seconds; `failed` is what the log says when it could not be done."""

    def __init__(self, seconds: float, do: Callable[[], Awaitable[None]], failed: str) -> None:
        self._seconds = seconds
        self._do = do
        self._failed = failed
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Again and again, until `stop`; the first time after `seconds`."""
        self._task = asyncio.create_task(self._often())

    async def stop(self) -> None:
        """No more."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _often(self) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            try:
                await self._do()
            except (WegwijzerError, OSError) as error:
                log.warning("%s: %s", self._failed, type(error).__name__)

"""Takes up what `wegwijzer publish` or another replica published: looks at the store every few seconds.

Publishing interrupts nobody: running journeys keep their version, who begins gets the new one. Started by `api.app`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging

from api.service.library import Library
from engine.errors import WegwijzerError

SECONDS = 3.0
log = logging.getLogger("wegwijzer")


class Published:
    """Keeps the library as the store is."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Look again and again, until `stop`."""
        self._task = asyncio.create_task(self._often())

    async def stop(self) -> None:
        """No more looking."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _often(self) -> None:
        while True:
            await asyncio.sleep(SECONDS)
            try:
                await self._library.refresh()
            except WegwijzerError as error:
                log.warning("what was published could not be taken up: %s", type(error).__name__)

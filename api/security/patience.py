"""How long something may take, for many at once: one timer for all that have the same time.

    patience = Patience(seconds)
    with patience.limit() as limit:      TimeoutError where what is within has not come to its end by then
        ...
        limit.lift()                     from here on it may take as long as it takes

The same as `asyncio.timeout`, which sets a timer and takes it away again for every request. All here may take equally
long, so whoever came first is late first: a timer is set for that one, and when it rings, for who is first by then.
Called by `api.security.front`; tests: tests/api/security/test_patience.py.
"""

from __future__ import annotations

import asyncio
from types import TracebackType


class Patience:
    """So many `seconds` for each."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._waiting: dict[Limit, float] = {}  # until when; who came first stands first
        self._rings_on: asyncio.AbstractEventLoop | None = None  # where a timer is set

    def limit(self) -> Limit:
        """One of them, for `with`."""
        return Limit(self)

    def begin(self, limit: Limit, loop: asyncio.AbstractEventLoop) -> None:
        """From now on it counts."""
        until = self._waiting[limit] = loop.time() + self.seconds
        if self._rings_on is not loop:
            self._rings_on = loop
            loop.call_at(until, self._ring, loop)

    def end(self, limit: Limit) -> None:
        """It counts no longer."""
        self._waiting.pop(limit, None)

    def _ring(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._rings_on is not loop:
            return
        self._rings_on = None
        for limit, until in list(self._waiting.items()):
            if until > loop.time():
                self._rings_on = loop
                loop.call_at(until, self._ring, loop)
                return
            self.end(limit)
            limit.cut()


class Limit:
    """One piece of work of the task that entered it."""

    __slots__ = ("_cancelling", "_patience", "_task", "is_late")

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self.is_late = False

    def __enter__(self) -> Limit:
        task = asyncio.current_task()
        assert task is not None
        self._task, self._cancelling = task, task.cancelling()
        self._patience.begin(self, task.get_loop())
        return self

    def lift(self) -> None:
        """It may take as long as it takes."""
        self._patience.end(self)

    def cut(self) -> None:
        """It has taken too long."""
        self.is_late = True
        self._task.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, _: TracebackType | None
    ) -> None:
        self._patience.end(self)
        # who was cancelled by somebody else as well is still to go
        if self.is_late and self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from failure

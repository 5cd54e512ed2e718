"""Calls that wait at the same moment go together: one trip to the database serves all of them.

    call -> waiting -> (the group before it is back) -> run([call, call, ...]) -> everybody is answered

While a group is on its way the next one gathers, so groups grow with the load and a lone call waits for nobody. A
group that stays away longer than PATIENCE (it waits for a row that another process holds) holds nobody up: the next
one goes beside it, LANES at most.
Where callers `take_turns` and a trip takes LONG (a flush of a slow disk), half of those who come after a rest wait for
the second group, which leaves the moment the first is back: one half makes its rows while the other half's travel. Of
a half that grew larger than the one that just came back, some wait for the next.
`run` gives one outcome for each call, in order; an outcome that is an exception is raised for its own caller alone.
A caller that goes away does not take the others with it: its work is done all the same.
Called by `api.store.postgres`; tests: tests/api/store/test_together.py.

`InOneGo` is for work of the processor alone: calls of one turn of the loop, one after another at its end. What such
work leaves in the processor's caches serves the next; with a whole request between two of them each takes twice as
long (docs/adr/0034-abreast.md). Called by `api.store.parts`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Told = TypeVar("Told")
MOST, LANES = 64, 4
PATIENCE = 0.02  # seconds: some flushes of a slow disk
LONG, FEW = 0.001, 4  # seconds of a trip that are worth a second group; callers who are not worth one


class InOneGo(Generic[Asked]):
    """`add(one)`: `do(one)` runs at the end of this turn of the loop, with all that were added meanwhile."""

    def __init__(self, do: Callable[[Asked], object]) -> None:
        self._do = do
        self._added: list[Asked] = []

    def add(self, one: Asked) -> None:
        """`do` must not raise: nobody waits for it."""
        if not self._added:
            asyncio.get_running_loop().call_soon(self._go)
        self._added.append(one)

    def _go(self) -> None:
        added, self._added = self._added, []
        for one in added:
            self._do(one)


def half(waiting: int, back: int) -> int:
    """How many of those who wait leave, when `back` come back: as many as makes both halves even."""
    return waiting if waiting <= back + FEW else (waiting + back + 1) // 2


class Together(Generic[Asked, Told]):
    """Gathers calls for `run`."""

    def __init__(
        self, run: Callable[[list[Asked]], Awaitable[Sequence[Told | Exception]]], *, take_turns: bool = False
    ) -> None:
        self._run = run
        self._take_turns, self._trip = take_turns, 0.0  # seconds that the last trip took
        self._waiting: list[tuple[Asked, asyncio.Future[Told]]] = []
        self._away: set[asyncio.Task[None]] = set()
        self._next: asyncio.Handle | None = None

    async def ask(self, asked: Asked) -> Told:
        """What `run` tells for this call."""
        loop = asyncio.get_running_loop()
        told: asyncio.Future[Told] = loop.create_future()
        self._waiting.append((asked, told))
        if self._next is None and len(self._away) < LANES:
            self._next = loop.call_later(PATIENCE, self._start) if self._away else loop.call_soon(self._start)
        return await told

    @property
    def _slow(self) -> bool:
        return self._take_turns and self._trip > LONG

    def _start(self) -> None:
        """At the end of a turn of the loop: who is ready by now comes along; half, if they are to take turns."""
        many = len(self._waiting)
        self._send((many + 1) // 2 if many > FEW and self._slow and not self._away else MOST)

    def _send(self, most: int) -> None:
        if self._next is not None:
            self._next.cancel()
            self._next = None
        if self._waiting:
            most = min(most, MOST)
            group, self._waiting = self._waiting[:most], self._waiting[most:]
            task = asyncio.get_running_loop().create_task(self._serve(group))
            self._away.add(task)
            task.add_done_callback(self._came_back)

    def _came_back(self, task: asyncio.Task[None]) -> None:
        self._away.discard(task)
        patient = self._slow and self._away and self._next is not None
        if self._waiting and not patient:
            if self._next is not None:
                self._next.cancel()
            self._next = task.get_loop().call_soon(self._start)

    def _hand_over(self, back: int) -> None:
        """The other half leaves before those of this group hear that they are back."""
        if self._slow and (task := asyncio.current_task()) in self._away:
            self._away.discard(task)
            if not self._away:
                self._send(half(len(self._waiting), back))
                if self._waiting:
                    self._next = asyncio.get_running_loop().call_later(PATIENCE, self._start)

    async def _serve(self, group: list[tuple[Asked, asyncio.Future[Told]]]) -> None:
        told: Sequence[Told | Exception]
        left = perf_counter()
        try:
            told = await self._run([asked for asked, _ in group])
        except asyncio.CancelledError:
            for _, future in group:
                future.cancel()
            raise
        except Exception as failure:  # noqa: BLE001  it is raised again, for everybody who waits
            told = [failure] * len(group)
        self._trip = perf_counter() - left
        self._hand_over(len(group))
        for (_, future), one in zip(group, told, strict=True):
            if future.done():
                continue
            if isinstance(one, Exception):
                future.set_exception(one)
            else:
                future.set_result(one)

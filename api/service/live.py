"""Journeys under way, as this process left them: whoever answers again within a minute finds theirs still open.

    live.keep(dossier)        after a commit: the journey and the version that is now stored
    live.of(journey)          as it was left, or None
    live.forget(journey)      erased, or somebody else changed it

Nothing is believed because it is held here. A command that is carried out on what is held is committed on its version,
and the store refuses that when anybody, here or on another replica, was first; then it is read anew. What a held
journey would refuse is asked of the store again, and whoever only reads always reads what is stored. So this saves
reading, opening and parsing, and decides nothing.

What is held is what the keys in memory could open anyway (`api.store.keys`), no longer than these: KEEP_SECONDS after
the last change it is gone, erased it is gone at once. Called by `api.service.dossiers`; tests:
tests/api/service/test_live.py.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.service.dossiers import Dossier

KEEP_SECONDS = 60.0
KEEP_COUNT = 4_096


class Live:
    """See the top of this module. `seconds` tells the time, monotonic."""

    def __init__(self, seconds: Callable[[], float] = monotonic, most: int = KEEP_COUNT) -> None:
        self._seconds = seconds
        self._most = most
        self._held: OrderedDict[str, tuple[float, Dossier]] = OrderedDict()  # the longest held first
        self._sweep: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._held)

    def of(self, journey: str) -> Dossier | None:
        """The journey as it was left here; None when that is not known or too long ago."""
        held = self._held.get(journey)
        return held[1] if held is not None and held[0] > self._seconds() else None

    def keep(self, dossier: Dossier) -> None:
        """Hold it, unless a later version is held already."""
        own = dossier.journey
        held = self._held.get(own.id)
        if held is not None and held[1].journey.seq > own.seq:
            return
        self._held[own.id] = (self._seconds() + KEEP_SECONDS, dossier)
        self._held.move_to_end(own.id)
        if len(self._held) > self._most:
            self._held.popitem(last=False)
        if self._sweep is None:
            self._sweep = asyncio.get_running_loop().call_later(KEEP_SECONDS, self.sweep)

    def forget(self, journey: str) -> None:
        """Hold it no longer."""
        self._held.pop(journey, None)

    def sweep(self) -> None:
        """Let go of what was held for long enough; by itself, for as long as anything is held."""
        now = self._seconds()
        while self._held and next(iter(self._held.values()))[0] <= now:
            self._held.popitem(last=False)
        self._sweep = None
        if self._held:
            left = next(iter(self._held.values()))[0] - now
            self._sweep = asyncio.get_running_loop().call_later(left, self.sweep)

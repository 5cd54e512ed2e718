"""Token buckets: how often one client may ask, and how often anybody may guess.

A bucket holds at most `burst` tokens and gains `rate` of them a second; a request takes one, a request that finds none
is refused with the seconds until the next. Buckets live in this process: with n replicas the limit is n times as high,
and what must hold over all of them (tries of a resume code) is counted in the store as well. At most BUCKETS are kept;
the one unused longest goes first, which only ever forgives. Called by `api.security.front` and by sign-in doors.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

BUCKETS = 50_000


class Rates:
    """Buckets by key. `rate` is in tokens a second, 0 for no limit; `monotonic` is in seconds."""

    def __init__(self, rate: float, burst: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self.burst = burst
        self._monotonic = monotonic
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> float:
        """Take a token from the bucket of `key`: 0 when there was one, else the seconds until there is."""
        if not self.rate:
            return 0.0
        now = self._monotonic()
        tokens, since = self._buckets.get(key, (self.burst, now))
        tokens = min(self.burst, tokens + (now - since) * self.rate)
        wait = 0.0 if tokens >= 1 else (1 - tokens) / self.rate
        self._buckets[key] = (tokens if wait else tokens - 1, now)
        self._buckets.move_to_end(key)
        if len(self._buckets) > BUCKETS:
            self._buckets.popitem(last=False)
        return wait

    def forgive(self, key: str) -> None:
        """Fill the bucket of `key` again: the guess was right."""
        self._buckets.pop(key, None)

"""The only place that asks what time it is and that makes identities. Everything else is given them.

Time is aware UTC. Identities are UUIDs of version 7 (RFC 9562, section 5.7): they sort by the moment they were
made, so that new rows land at the end of an index. Layout of the 128 bits:

    unix_ts_ms 48 | version 4 = 7 | counter 12 | variant 2 = 10 | random 62

The counter keeps identities of one process in order within a millisecond (section 6.2, method 1): it starts at
random in its lower half and counts up; should it ever overflow, the timestamp runs ahead by a millisecond.
Anybody in `api` may call this. `engine` never does.
"""

from __future__ import annotations

import secrets
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

_COUNTER_BITS = 12
_RANDOM_BITS = 62


class Clock(Protocol):
    """What the service, the timers and the doors are given instead of the time."""

    def now(self) -> datetime:
        """This moment, aware UTC."""
        ...

    def new_id(self) -> str:
        """A new identity: a UUID of version 7, as text."""
        ...


def uuid7(milliseconds: int, counter: int, random: int) -> UUID:
    """The UUID of version 7 with these three fields; each is cut to its width."""
    bits = (milliseconds & (1 << 48) - 1) << 80
    bits |= 7 << 76 | (counter & (1 << _COUNTER_BITS) - 1) << 64
    bits |= 2 << _RANDOM_BITS | random & (1 << _RANDOM_BITS) - 1
    return UUID(int=bits)


def made_at(identity: str) -> datetime:
    """The moment in a UUID of version 7, to the millisecond. Raises ValueError for anything else."""
    uuid = UUID(identity)
    if uuid.version != 7:
        raise ValueError("This is not a UUID of version 7.")
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=uuid.int >> 80)


class SystemClock:
    """The machine's own clock. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0
        self._counter = 0

    def now(self) -> datetime:
        return datetime.now(UTC)

    def new_id(self) -> str:
        milliseconds = time.time_ns() // 1_000_000
        with self._lock:
            if milliseconds > self._last:
                self._last = milliseconds
                self._counter = secrets.randbits(_COUNTER_BITS - 1)
            else:  # the same millisecond, or the machine's clock was set back
                self._counter += 1
                if self._counter >> _COUNTER_BITS:
                    self._last += 1
                    self._counter = 0
            return str(uuid7(self._last, self._counter, secrets.randbits(_RANDOM_BITS)))


class FrozenClock:
    """A clock that stands still until it is told to move, with identities that are the same every run.

    For tests, the harness and `wegwijzer answer`. `now` is aware; it is kept in UTC.
    """

    def __init__(self, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("A clock needs a moment with a time zone.")
        self._now = now.astimezone(UTC)
        self._made = 0

    def now(self) -> datetime:
        return self._now

    def new_id(self) -> str:
        self._made += 1
        milliseconds = (self._now - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)
        return str(uuid7(milliseconds, self._made, self._made))

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by

    def set(self, now: datetime) -> None:
        """Jump to another moment, later or earlier."""
        self._now = now.astimezone(UTC)

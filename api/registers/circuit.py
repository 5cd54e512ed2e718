"""One circuit per register: a register that keeps failing is left alone for a while, so that nobody waits for it.

    closed      every question goes through; MOST_FAILURES in a row open it
    open        no question goes through, for PAUSE
    half open   after the pause one question goes through: an answer closes it, a failure opens it again

Counted in each process. The caller gives the time. Called by `api.registers.guarded`; tests:
tests/api/registers/test_registers.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

MOST_FAILURES: Final = 3
PAUSE: Final = timedelta(seconds=30)


class Circuit:
    """See the top of this module."""

    def __init__(self) -> None:
        self._failures = 0
        self._open_until: datetime | None = None

    def lets_through(self, now: datetime) -> bool:
        """Whether a question may be put now. When the pause is over, only the first that asks."""
        if self._open_until is None:
            return True
        if now < self._open_until:
            return False
        self._open_until = now + PAUSE
        return True

    def answered(self) -> None:
        """It answered, whatever it said."""
        self._failures, self._open_until = 0, None

    def failed(self, now: datetime) -> bool:
        """It did not answer. True when this opened the circuit."""
        self._failures += 1
        was_open, opens = self._open_until is not None, self._failures >= MOST_FAILURES
        if opens:
            self._open_until = now + PAUSE
        return opens and not was_open

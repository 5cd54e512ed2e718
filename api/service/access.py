"""Resume codes: go on elsewhere with a short code, made and redeemed here, kept hashed with the organisation's pepper.

A code has a public half (the handle) and a secret half; it expires, and wrong tries burn it. Secrets and references of
journeys are made by `api.security.tokens`.
"""

from __future__ import annotations

from datetime import timedelta

from api.clock import Clock
from api.security import tokens
from api.store.port import ResumeCode, Store

CODE_LIFE = timedelta(days=30)
MOST_USES = 20


class ResumeCodes:
    """Make and redeem resume codes of one organisation."""

    def __init__(self, store: Store, clock: Clock, tenant: str, pepper: bytes) -> None:
        self._store = store
        self._clock = clock
        self._tenant = tenant
        self._pepper = pepper

    async def make(self, journey: str) -> str:
        """A new code for a journey; earlier ones stay good until they expire."""
        code = tokens.new_code()
        halves = tokens.split_code(code)
        assert halves is not None
        handle, secret = halves
        expires = self._clock.now() + CODE_LIFE
        row = ResumeCode(self._tenant, handle, tokens.peppered(self._pepper, secret), journey, expires, uses=MOST_USES)
        await self._store.put_code(row)
        return code

    async def redeem(self, typed: str) -> str | None:
        """The journey's id, or None: wrong, expired, used up and unknown all look the same."""
        halves = tokens.split_code(typed)
        if halves is None:
            return None
        handle, secret = halves
        found = await self._store.redeem(self._tenant, handle, tokens.peppered(self._pepper, secret), self._clock.now())
        return found.journey

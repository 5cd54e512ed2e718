"""Resume codes: go on elsewhere with a short code, made and redeemed here, kept hashed with the organisation's pepper.

A code has a public half (the handle) and a secret half; it expires, and wrong tries burn it. Secrets and references of
journeys are made by `api.security.tokens`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from api.clock import Clock
from api.security import tokens
from api.store.port import ResumeCode, Store

CODE_LIFE = timedelta(days=30)
MOST_USES = 20
HANDED_LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What a code opened. `handle` is its public half: a mandate is known by it."""

    journey: str
    handle: str


class ResumeCodes:
    """Make and redeem resume codes of one organisation."""

    def __init__(self, store: Store, clock: Clock, tenant: str, pepper: bytes) -> None:
        self._store = store
        self._clock = clock
        self._tenant = tenant
        self._pepper = pepper

    async def make(self, journey: str, *, life: timedelta = CODE_LIFE, uses: int = MOST_USES) -> str:
        """A new code for a journey; earlier ones stay good until they expire.

        What the citizen saved is good for several devices; what goes by mouth, letter or mail works once: `hand_over`.
        """
        code = tokens.new_code()
        await self.keep(code, journey, life, uses)
        return code

    async def keep(self, code: str, journey: str, life: timedelta, uses: int = MOST_USES) -> None:
        """From now on this code opens the journey."""
        handle, secret = halves_of(code)
        expires = self._clock.now() + life
        row = ResumeCode(self._tenant, handle, tokens.peppered(self._pepper, secret), journey, expires, uses=uses)
        await self._store.put_code(row)

    async def hand_over(self, journey: str, life: timedelta = HANDED_LIFE) -> str:
        """A code that opens the journey once: for a letter, an e-mail, or to be read out."""
        return await self.make(journey, life=life, uses=1)

    async def redeem(self, typed: str) -> Redeemed | None:
        """What the code opens, or None: wrong, expired, used up and unknown all look the same."""
        halves = tokens.split_code(typed)
        if halves is None:
            return None
        handle, secret = halves
        found = await self._store.redeem(self._tenant, handle, tokens.peppered(self._pepper, secret), self._clock.now())
        return Redeemed(found.journey, handle) if found.journey is not None else None


def halves_of(code: str) -> tuple[str, str]:
    """The public and the secret half of a code that was made here."""
    halves = tokens.split_code(code)
    assert halves is not None
    return halves

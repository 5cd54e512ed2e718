"""Resume codes: go on elsewhere with a short code, made and redeemed here, kept hashed with the organisation's pepper.
Guests: who came with a code holds a token of 192 bits, kept hashed as a session; it opens one journey while it is used.

    journey:ID            as the citizen              mandate:MANDATE:ID    as who may act for the citizen

A code has a public half (the handle) and a secret half; it expires, and wrong tries burn it. Secrets and references of
journeys are made by `api.security.tokens`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from api.clock import Clock
from api.security import tokens
from api.store.port import ResumeCode, Session, Store

CODE_LIFE = timedelta(days=30)
MOST_USES = 20
HANDED_LIFE = timedelta(days=7)
GUEST_LIFE = timedelta(hours=24)
OWN, MANDATE = "journey", "mandate"


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


class Guests:
    """Tokens of who came with a code."""

    def __init__(self, store: Store, clock: Clock, tenant: str) -> None:
        self._store = store
        self._clock = clock
        self._tenant = tenant

    async def admit(self, journey: str, mandate: str = "") -> str:
        """A fresh token that opens this journey: as the citizen, or by this mandate."""
        token = tokens.new_secret(tokens.GUEST)
        rights = f"{MANDATE}:{mandate}:{journey}" if mandate else f"{OWN}:{journey}"
        expires = self._clock.now() + GUEST_LIFE
        await self._store.put_session(Session(self._tenant, tokens.digest(token), "", expires, rights))
        return token

    async def opened(self, token: str) -> tuple[str, str] | None:
        """The journey that this token opens, and by which mandate ("" as the citizen). Used, it lives on."""
        now = self._clock.now()
        session = await self._store.session(self._tenant, tokens.digest(token), now)
        if session is None or session.worker:
            return None
        kind, *about, journey = session.rights.split(":")
        if kind not in (OWN, MANDATE) or len(about) != (kind == MANDATE):
            return None
        if session.expires_at - now < GUEST_LIFE * 0.8:
            await self._store.put_session(replace(session, expires_at=now + GUEST_LIFE))
        return journey, about[0] if about else ""

"""Secrets, references and resume codes: what opens a journey, and what never does.

secret      256 bits, shown once, stored hashed; opens the journey (Bearer token or cookie)
reference   what people say on the phone; opens nothing
resume code a short handle and a secret half, hashed, expiring, few tries; opens the journey once on another device
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from api.clock import Clock
from api.store.port import ResumeCode, Store

ALPHABET = "23456789BCDFGHJKMNPQRTVWXYZ"  # no vowels (no words), no letters that look like digits
CODE_LIFE = timedelta(days=30)
HANDLE_LENGTH, SECRET_LENGTH = 4, 8


def new_secret() -> str:
    """256 random bits, as text for a header or cookie."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> bytes:
    """What the store keeps. The secret has full entropy, so one SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).digest()


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_reference() -> str:
    """A reference such as `WW-7F3K-92QD`: for people to name a journey, never to open one."""
    return f"WW-{_random(4)}-{_random(4)}"


@dataclass(frozen=True, slots=True)
class Code:
    """A resume code as the citizen sees it: `7F3K-92QD-XM4P`."""

    text: str
    days: int = CODE_LIFE.days


def _split(text: str) -> tuple[str, str]:
    plain = "".join(letter for letter in text.upper() if letter in ALPHABET)
    return plain[:HANDLE_LENGTH], plain[HANDLE_LENGTH:]


def _code_hash(secret: str) -> bytes:
    """Short secrets are stretched; the few tries per code do the rest."""
    return hashlib.scrypt(secret.encode(), salt=b"wegwijzer.resume", n=2**12, r=8, p=1, dklen=32)


class ResumeCodes:
    """Make and redeem resume codes."""

    def __init__(self, store: Store, clock: Clock, tenant: str) -> None:
        self._store = store
        self._clock = clock
        self._tenant = tenant

    async def make(self, journey: str) -> Code:
        """A new code for a journey; earlier ones stay good until they expire."""
        handle, secret = _random(HANDLE_LENGTH), _random(SECRET_LENGTH)
        expires = self._clock.now() + CODE_LIFE
        await self._store.put_code(ResumeCode(self._tenant, handle, _code_hash(secret), journey, expires, uses=20))
        return Code(f"{handle}-{secret[:4]}-{secret[4:]}")

    async def redeem(self, text: str) -> str | None:
        """The journey's id, or None: wrong, expired, used up, unknown all look the same."""
        handle, secret = _split(text)
        if len(handle) != HANDLE_LENGTH or len(secret) != SECRET_LENGTH:
            return None
        found = await self._store.redeem(self._tenant, handle, _code_hash(secret), self._clock.now())
        return found.journey

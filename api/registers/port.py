"""Registers that know things about a citizen already: one question, one answer, or "not here".

    found = await register.fetch("brp.persoon", subject)

`name` is what the flow writes after `register:`. A register that cannot be reached raises RegisterDown: the fact is
then asked of the next supplier, and the outbox tries again. One that is not connected here is not asked at all.
Adapters: `memory` (demo people), `guarded` (HTTP), `Unconnected` (none). Called by the service; which one it gets is
chosen in `api.registers.chosen`; tests: tests/api/registers/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from engine.errors import WegwijzerError


class RegisterDown(WegwijzerError):
    """The register cannot be reached, or answers what cannot be understood. No value is in the message."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a register says: canonical JSON of the fact, and the date for which it holds (ISO, "" unknown)."""

    value: Any
    on: str = ""


class Register(Protocol):
    """Anything that can be asked for facts about a subject."""

    def connected(self, name: str) -> bool:
        """Whether anything is asked under this name at all."""
        ...

    async def fetch(self, name: str, subject: str) -> Found | None:
        """What is known under `name` about the subject; None when it knows nothing. Raises RegisterDown."""
        ...

    async def close(self) -> None:
        """Let go of the connections."""
        ...


class Unconnected:
    """No register at all: production until somebody names one. Everything goes to the next supplier."""

    def connected(self, name: str) -> bool:
        """See `Register`."""
        return False

    async def fetch(self, name: str, subject: str) -> Found | None:
        """See `Register`."""
        return None

    async def close(self) -> None:
        """See `Register`."""

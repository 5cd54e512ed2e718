"""Registers that know things about a citizen already: one question, one answer, or "not here".

    found = await register.fetch("brp.persoon", subject)

`name` is what the flow writes after `register:`. A register that cannot be reached raises RegisterDown: the fact is
then asked of the next supplier, and the outbox tries again. Adapters: `memory` (demo people), `guarded` (HTTP).
Called by the service; tests: tests/api/registers/."""

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

    async def fetch(self, name: str, subject: str) -> Found | None:
        """What is known under `name` about the subject; None when it knows nothing. Raises RegisterDown."""
        ...

"""The service as one object, for doors: `request.app.state.service`."""

from __future__ import annotations

from pathlib import Path

from api.clock import Clock
from api.security import tokens
from api.service.access import ResumeCodes
from api.service.dossiers import Dossiers
from api.service.library import Library
from api.service.worklist import Worklist
from api.store.port import Store


class Service:
    """Everything that doors may ask for, made once per process."""

    def __init__(self, store: Store, clock: Clock, flows: Path, tenant: str, pepper: bytes) -> None:
        self.clock = clock
        self.tenant = tenant
        self.store = store
        self.library = Library(flows, store, clock, tenant)
        self.dossiers = Dossiers(store, self.library, clock, tenant)
        self.codes = ResumeCodes(store, clock, tenant, pepper)
        self.worklist = Worklist(store, self.dossiers, tenant)

    async def open(self) -> None:
        """Read the flows; the store is open by now."""
        await self.library.load()

    async def journey_of(self, secret: str) -> str | None:
        """The id of the journey that this secret opens, or None."""
        return await self.store.by_secret(self.tenant, tokens.digest(secret)) if secret else None

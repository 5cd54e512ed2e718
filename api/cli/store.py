"""The store that the settings name, opened for one command beside a running server."""

from __future__ import annotations

import getpass
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from api.clock import SystemClock
from api.service.dossiers import Dossiers
from api.service.library import Library
from api.service.migrating import Migrating
from api.settings import Settings, load
from api.store.connect import store_for
from api.store.lists import Audited
from api.store.port import Store


@dataclass(frozen=True, slots=True)
class Office:
    """What a command works with. `by` is the account that runs it, for the record."""

    store: Store
    library: Library
    migrating: Migrating
    by: str
    tenant: str
    clock: SystemClock

    async def looked(self, journey: str, what: str) -> None:
        """Record that whoever runs this command looked into a journey."""
        await self.store.looked(Audited(self.tenant, journey, self.clock.now(), self.by, what, "cli"))


@asynccontextmanager
async def office(folder: Path | None, database: str | None) -> AsyncIterator[Office]:
    """Open the store, and close it. Raises SettingsError, StoreRefused or StoreUnavailable, each a sentence."""
    settings: Settings = load(os.environ, folder=folder, database="" if folder else database)
    keys = settings.master_keys.get_secret_value()
    store = store_for(settings.database, settings.key_database, keys, settings.folder)
    await store.open()
    try:
        clock = SystemClock()
        library = Library(settings.flows, store, clock, settings.tenant)
        dossiers = Dossiers(store, library, clock, settings.tenant)
        migrating = Migrating(store, library, dossiers, settings.tenant)
        yield Office(store, library, migrating, getpass.getuser(), settings.tenant, clock)
    finally:
        await store.close()

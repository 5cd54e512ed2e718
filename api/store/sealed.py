"""The store: the parts joined over one engine and one key store."""

from __future__ import annotations

from api.store.parts.access import AccessPart
from api.store.parts.ending import EndingPart
from api.store.parts.flows import FlowsPart
from api.store.parts.journeys import JourneysPart
from api.store.parts.uploads import UploadsPart
from api.store.parts.work import WorkPart


class SealedStore(JourneysPart, AccessPart, WorkPart, FlowsPart, UploadsPart, EndingPart):
    """Keeps `api.store.port.Store` on any `Database`; everything personal is sealed before it leaves this class."""

    async def open(self) -> None:
        await self._keys.open()
        await self._db.open()

    async def close(self) -> None:
        await self._db.close()
        await self._keys.close()

    async def ping(self) -> None:
        await self._db.ping()

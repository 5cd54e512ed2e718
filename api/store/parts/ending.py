"""Erasure, retention, and the audit lines that outlive them.

Erasing destroys the keys first: from that moment nothing sealed opens, here or in any backup of the
journeys. Then the rows go, and a destruction record stays. The sealed events stay too: they are an unreadable,
unbroken chain. Sealed replies go with their time (`forget_replies`), no index is kept for finding them sooner.
Stopped half-way, `erase` is simply asked again.
"""

from __future__ import annotations

from datetime import datetime

from api.store import rows
from api.store import statements as s
from api.store.database import EVERY_TENANT
from api.store.lists import Audited, JourneyRow
from api.store.moments import micros, moment
from api.store.parts.part import Part


class EndingPart(Part):
    async def erase(self, tenant: str, journey: str, at: datetime, by: str, why: str) -> bool:
        whose = {"tenant_id": tenant, "journey": journey}
        found = await self._db.read(tenant, s.head, whose)
        await self._keys.destroy(tenant, journey)
        self._secrets.forget(journey)
        if not found:
            return False
        record = {
            **whose,
            "at": micros(at),
            "actor": by,
            "why": why,
            "version": found[0]["version"],
            "head": found[0]["head"],
        }
        steps = [(s.add_erasure, record), *((drop, whose) for drop in s.drop_dossier), (s.drop_journey, whose)]
        return bool((await self._db.write(tenant, steps))[-1])

    async def erase_class(self, tenant: str, journey: str, keep: str) -> None:
        """Destroy the key of one retention class: its events read `Erased`, its facts and files are gone."""
        key = (await self._keys.of(tenant, journey)).of_class(keep)
        await self._keys.destroy(tenant, journey, keep)
        if key is not None:
            values = {"tenant_id": tenant, "journey": journey, "key_no": key.number}
            await self._db.write(tenant, [(s.drop_uploads_of, values)])

    async def expired(self, now: datetime, limit: int = 100) -> list[JourneyRow]:
        return rows.journey_rows(await self._db.read(EVERY_TENANT, s.expired, {"now": micros(now), "limit": limit}))

    async def forget_replies(self, before: datetime, limit: int = 1000) -> int:
        values = {"before": micros(before), "limit": limit}
        return len((await self._db.write(EVERY_TENANT, [(s.forget_replies, values)]))[0])

    async def audit(self, tenant: str, journey: str) -> list[Audited]:
        whose = {"tenant_id": tenant, "journey": journey}
        deeds = [
            Audited(tenant, journey, moment(row["at"]), row["actor"], row["action"], row["channel"], row["seq"])
            for row in await self._db.read(tenant, s.audit, whose)
        ]
        looks = [
            Audited(tenant, journey, moment(row["at"]), row["actor"], row["action"], row["channel"])
            for row in await self._db.read(tenant, s.looks, whose)
        ]
        return sorted(deeds + looks, key=lambda line: line.at)

    async def looked(self, line: Audited) -> None:
        values = {
            "tenant_id": line.tenant,
            "journey": line.journey,
            "at": micros(line.at),
            "actor": line.actor,
            "action": line.action,
            "channel": line.channel,
        }
        await self._db.write(line.tenant, [(s.add_look, values)])

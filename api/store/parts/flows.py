"""Published flows."""

from __future__ import annotations

from api.store import rows
from api.store import statements as s
from api.store.lists import FlowRow
from api.store.moments import micros
from api.store.parts.part import Part


class FlowsPart(Part):
    async def publish_flow(self, flow: FlowRow) -> None:
        values = {
            "tenant_id": flow.tenant,
            "version": flow.version,
            "slug": flow.slug,
            "source": flow.source,
            "published_at": micros(flow.published_at),
            "published_by": flow.published_by,
        }
        await self._db.write(flow.tenant, [(s.publish_flow, values)])

    async def flow(self, tenant: str, version: str) -> FlowRow | None:
        found = await self._db.read(tenant, s.flow, {"tenant_id": tenant, "version": version})
        return rows.flow_of(found[0]) if found else None

    async def flows(self, tenant: str) -> list[FlowRow]:
        newest: dict[str, FlowRow] = {}
        for row in await self._db.read(tenant, s.flows, {"tenant_id": tenant}):
            newest.setdefault(row["slug"], rows.flow_of(row))  # newest first within a slug
        return list(newest.values())

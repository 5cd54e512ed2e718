"""Journeys and their commands: load, commit, look up."""

from __future__ import annotations

from typing import Any

from api.store import rows
from api.store import statements as s
from api.store.database import Row
from api.store.errors import KeyReused
from api.store.ids import id_bytes, id_text
from api.store.keys import Ring
from api.store.lists import JourneyRow
from api.store.parts.part import Part
from api.store.port import Change, Committed, Conflict, Replayed, Reply, Stored
from api.store.writing import Unsealed


class JourneysPart(Part):
    async def load(self, tenant: str, journey: str, command_id: str = "", body_hash: bytes = b"") -> Stored | None:
        row = await self._db.load(tenant, journey, command_id)
        if row is None:
            return None
        ring = await self._keys.of(tenant, journey)
        if not ring.alive:
            return None  # erased: the key went first, the row is about to
        replayed = None
        if row["reply"] is not None:
            if row["reply_of"] != row["id"]:
                raise KeyReused(command_id)
            ran = {"id": id_bytes(command_id), "journey": row["id"], "key_no": row["reply_key"]}
            ran |= {"body_hash": row["body_hash"], "reply": row["reply"]}
            replayed = rows.reply_of(ran, body_hash, ring)
        return rows.stored(row, ring, replayed)

    async def commit(self, change: Change) -> Committed | Conflict | Replayed:
        ring, is_new = await self._ring_for(change)
        if not ring.alive:
            return Conflict(0)  # erased meanwhile
        command = Unsealed(change, ring)
        self._sealing.add(command)
        verdict = await self._db.commit(command)
        if verdict.committed:
            if change.base is None:  # who starts comes back with the secret
                self._secrets.keep(change.tenant, change.secret_hash, change.journey)
            return Committed(change.version, command.rows().journey["head"])
        if is_new:  # the journey was not made
            await self._keys.destroy(change.tenant, change.journey)
        if verdict.command is not None:
            if change.base is not None and id_text(verdict.command["journey"]) != change.journey:
                raise KeyReused(change.command_id)
            return Replayed(await self._replay(verdict.command, change.body_hash))
        return Conflict(verdict.version)

    async def _ring_for(self, change: Change) -> tuple[Ring, bool]:
        """The keys, and whether they were made now: a new journey gets its key here, an erased one never again."""
        classes = {*change.keep, *change.parts, *(task.keep for task in change.tasks)} - {""}
        if change.base is None:
            return await self._keys.first(change.tenant, change.journey, ("", *sorted(classes)))
        ring = await self._keys.of(change.tenant, change.journey)
        if not ring.alive or not classes:
            return ring, False
        named = sorted(classes)
        return await self._keys.with_classes(change.tenant, change.journey, named, fresh=change.fresh_keys), False

    async def reply(self, tenant: str, command_id: str, body_hash: bytes) -> Reply | None:
        found = await self._db.read(tenant, s.command, {"tenant_id": tenant, "id": command_id})
        return await self._replay(found[0], body_hash) if found else None

    async def _replay(self, command: Row, body_hash: bytes) -> Reply:
        """The reply of a command that ran before; 404 when its dossier was erased since."""
        ring = await self._keys.of(command["tenant_id"], id_text(command["journey"]))
        return rows.reply_of(command, body_hash, ring) or Reply(404, None)

    async def events(self, tenant: str, journey: str) -> list[dict[str, Any]]:
        found = await self._db.read(tenant, s.events, {"tenant_id": tenant, "journey": journey})
        ring = await self._keys.of(tenant, journey)
        return [event for row in found for event in rows.events_of(row, ring)] if ring.alive else []

    async def verify(self, tenant: str, journey: str) -> bool:
        """Whether the chain over the sealed events holds and ends where the journey says. True for "not there"."""
        where = {"tenant_id": tenant, "journey": journey}
        found = await self._db.read(tenant, s.chain, where)
        head = await self._db.read(tenant, s.head, where)
        ends = bytes(found[-1]["chain"]) if found else b""
        return rows.chain_holds(found) and (not head or bytes(head[0]["head"]) == ends)

    async def by_secret(self, tenant: str, secret_hash: bytes) -> str | None:
        journey = self._secrets.journey(tenant, secret_hash)
        if journey is None:
            found = await self._db.read(tenant, s.by_secret, {"tenant_id": tenant, "secret_hash": secret_hash})
            if not found:
                return None
            journey = id_text(found[0]["id"])
            self._secrets.keep(tenant, secret_hash, journey)
        return journey

    async def by_reference(self, tenant: str, reference: str) -> str | None:
        found = await self._db.read(tenant, s.by_reference, {"tenant_id": tenant, "reference": reference})
        return id_text(found[0]["id"]) if found else None

    async def journeys(
        self, tenant: str, flow: str, version: str = "", after: str = "", limit: int = 100
    ) -> list[JourneyRow]:
        values = {"tenant_id": tenant, "flow": flow, "version": version, "after": after, "limit": limit}
        return rows.journey_rows(await self._db.read(tenant, s.running, values))

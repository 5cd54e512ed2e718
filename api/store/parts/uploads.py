"""What was sent in: name and content sealed apart, so that a list opens no content."""

from __future__ import annotations

from datetime import datetime

from api.store import statements as s
from api.store.database import EVERY_TENANT, Row
from api.store.keys import Ring
from api.store.lists import Upload
from api.store.moments import micros, moment
from api.store.parts.part import Part


class UploadsPart(Part):
    async def put_upload(self, upload: Upload) -> None:
        ring = await self._keys.of(upload.tenant, upload.journey)
        if not ring.alive:
            return  # erased meanwhile: there is nobody left to keep it for
        values = {
            "tenant_id": upload.tenant,
            "journey": upload.journey,
            "id": upload.id,
            "at": micros(upload.at),
            "size": upload.size,
            "attached": 0,
            "key_no": ring.own.number,
            "sealed": ring.own.seal(f"upload:{upload.id}", [upload.name, upload.kind]),
            "content": ring.own.seal_bytes(f"content:{upload.id}", upload.content),
        }
        await self._db.write(upload.tenant, [(s.add_upload, values)])

    async def upload(self, tenant: str, journey: str, upload: str) -> Upload | None:
        found = await self._db.read(tenant, s.upload, {"tenant_id": tenant, "journey": journey, "id": upload})
        if not found:
            return None
        ring = await self._keys.of(tenant, journey)
        content = ring.open_bytes(found[0]["key_no"], f"content:{upload}", bytes(found[0]["content"]))
        return None if content is None else _upload(tenant, journey, found[0], ring, content)

    async def uploads(self, tenant: str, journey: str) -> list[Upload]:
        found = await self._db.read(tenant, s.uploads, {"tenant_id": tenant, "journey": journey})
        ring = await self._keys.of(tenant, journey)
        return [_upload(tenant, journey, row, ring) for row in found]

    async def attach(self, tenant: str, journey: str, upload: str, keep: str = "") -> bool:
        if keep:
            return await self._attach_to_class(tenant, journey, upload, keep)
        values = {"tenant_id": tenant, "journey": journey, "id": upload}
        return bool((await self._db.write(tenant, [(s.attach_upload, values)]))[0])

    async def _attach_to_class(self, tenant: str, journey: str, upload: str, keep: str) -> bool:
        """Seal it with the key of its class. What another fact holds already stays with the dossier."""
        whose = {"tenant_id": tenant, "journey": journey, "id": upload}
        found = await self._db.read(tenant, s.upload, whose)
        if not found or found[0]["attached"]:
            return bool(found)
        if not (await self._keys.of(tenant, journey)).alive:
            return False  # erased meanwhile
        ring = await self._keys.with_classes(tenant, journey, [keep])
        key, row = ring.of_class(keep) or ring.own, found[0]
        content = ring.open_bytes(row["key_no"], f"content:{upload}", bytes(row["content"])) or b""
        named = ring.open(row["key_no"], f"upload:{upload}", bytes(row["sealed"]), ("", ""))
        sealed = {
            "key_no": key.number,
            "sealed": key.seal(f"upload:{upload}", named),
            "content": key.seal_bytes(f"content:{upload}", content),
        }
        return bool((await self._db.write(tenant, [(s.seal_upload, {**whose, **sealed})]))[0])

    async def drop_loose(self, before: datetime, limit: int = 100) -> int:
        values = {"before": micros(before), "limit": limit}
        return len((await self._db.write(EVERY_TENANT, [(s.drop_loose, values)]))[0])


def _upload(tenant: str, journey: str, row: Row, ring: Ring, content: bytes = b"") -> Upload:
    name, kind = ring.open(row["key_no"], f"upload:{row['id']}", bytes(row["sealed"]), ("", ""))
    return Upload(tenant, journey, row["id"], name, kind, row["size"], moment(row["at"]), content)

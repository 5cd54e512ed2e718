"""Resume codes and workers' sessions. Only hashes are stored; a comparison that decides takes constant time."""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest

from api.store import statements as s
from api.store.lists import ResumeCode, Resumption, Session
from api.store.moments import micros, moment
from api.store.parts.part import Part


class AccessPart(Part):
    async def put_code(self, code: ResumeCode) -> None:
        values = {
            "tenant_id": code.tenant,
            "handle": code.handle,
            "code_hash": code.code_hash,
            "journey": code.journey,
            "expires_at": micros(code.expires_at),
            "tries": code.tries,
            "uses": code.uses,
        }
        await self._db.write(code.tenant, [(s.set_code, values)])

    async def redeem(self, tenant: str, handle: str, code_hash: bytes, now: datetime) -> Resumption:
        values = {"tenant_id": tenant, "handle": handle, "code_hash": code_hash, "now": micros(now)}
        found = (await self._db.write(tenant, [(s.redeem, values)]))[0]
        if not found:
            return Resumption(None)
        right = compare_digest(bytes(found[0]["code_hash"]), code_hash)
        return Resumption(found[0]["journey"] if right else None, found[0]["tries"])

    async def put_session(self, session: Session) -> None:
        values = {
            "tenant_id": session.tenant,
            "token_hash": session.token_hash,
            "worker": session.worker,
            "rights": session.rights,
            "expires_at": micros(session.expires_at),
        }
        await self._db.write(session.tenant, [(s.add_session, values)])

    async def session(self, tenant: str, token_hash: bytes, now: datetime) -> Session | None:
        values = {"tenant_id": tenant, "token_hash": token_hash, "now": micros(now)}
        found = await self._db.read(tenant, s.session, values)
        if not found:
            return None
        row = found[0]
        return Session(tenant, token_hash, row["worker"], moment(row["expires_at"]), row["rights"])

    async def end_session(self, tenant: str, token_hash: bytes) -> None:
        await self._db.write(tenant, [(s.end_session, {"tenant_id": tenant, "token_hash": token_hash})])

"""The wrapped keys in a PostgreSQL database of their own: another database than the journeys', other backups.

`VACUUM` and the server's log of changes may hold a destroyed row for a while; without the master key it is noise.
How long backups of this database live is how long an erased dossier could be opened by whoever holds both.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import asyncpg

from api.store.errors import StoreRefused, StoreUnavailable
from api.store.ids import SQL, id_bytes, id_text
from api.store.keys import WrappedKey
from api.store.postgres_pool import Pool
from api.store.together import Together

TABLE = """
CREATE TABLE IF NOT EXISTS dossier_key (
    tenant_id text NOT NULL, journey bytea NOT NULL, number integer NOT NULL,
    keep text NOT NULL, master text NOT NULL, wrapped bytea NOT NULL,
    PRIMARY KEY (tenant_id, journey, number)
)
"""
THERE = "SELECT to_regclass('dossier_key') IS NOT NULL"
MOVE = f"""{SQL};
ALTER TABLE dossier_key ALTER COLUMN journey TYPE bytea USING id_bytes(journey);
DROP FUNCTION id_bytes(text)
"""
_HAS = "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'dossier_key'::regclass AND {})"
STEPS = (  # the table as it was once, and what makes it this version's
    (_HAS.format("attname = 'journey' AND atttypid = 'text'::regtype"), MOVE),
    (_HAS.format("attname = 'tenant'"), "ALTER TABLE dossier_key RENAME COLUMN tenant TO tenant_id"),
)
FIND = (
    "SELECT tenant_id, journey, number, keep, master, wrapped FROM dossier_key "
    "WHERE tenant_id = $1 AND journey = ANY ($2::bytea[])"
)
ADD = (
    "INSERT INTO dossier_key (tenant_id, journey, number, keep, master, wrapped) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT DO NOTHING"
)
ADD_MANY = (
    "INSERT INTO dossier_key (tenant_id, journey, number, keep, master, wrapped) "
    "SELECT * FROM unnest($1::text[], $2::bytea[], $3::integer[], $4::text[], $5::text[], $6::bytea[]) "
    "ON CONFLICT DO NOTHING RETURNING tenant_id, journey, number"
)
DESTROY = "DELETE FROM dossier_key WHERE tenant_id = $1 AND journey = $2"
TAKE = (
    "DELETE FROM dossier_key WHERE tenant_id = $1 AND journey = $2 AND keep = $3 "
    "RETURNING tenant_id, journey, number, keep, master, ''::bytea"
)


class PostgresKeys:
    """Keeps `api.store.keys.KeyStore` in one PostgreSQL database."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._added: Together[WrappedKey, bool] = Together(self._add_together, take_turns=True)

    async def open(self) -> None:
        await self._pool.open()
        async with self._pool.lent() as connection:
            there = await connection.fetchval(THERE)
            if not there or any([await connection.fetchval(is_older) for is_older, _ in STEPS]):
                raise StoreRefused("The key database lacks this version's table; run: wegwijzer upgrade")

    async def close(self) -> None:
        await self._pool.close()

    async def of(self, tenant: str, journeys: Sequence[str]) -> list[WrappedKey]:
        async with self._pool.lent() as connection:
            found = await connection.fetch(FIND, tenant, list(map(id_bytes, journeys)))
            return [WrappedKey(whose, id_text(journey), *row) for whose, journey, *row in found]

    async def add(self, key: WrappedKey) -> bool:
        return await self._added.ask(key)

    async def _add_together(self, keys: list[WrappedKey]) -> Sequence[bool | Exception]:
        """In one order everywhere: servers that add the same keys never wait in a circle. What the database refuses
        to take together goes one by one."""
        places = sorted(range(len(keys)), key=lambda place: (keys[place].tenant, keys[place].journey))
        columns = zip(*(_values(keys[place]) for place in places), strict=True)
        try:
            async with self._pool.lent() as connection:
                added = {tuple(row) for row in await connection.fetch(ADD_MANY, *map(list, columns))}
        except asyncpg.PostgresError as refused:
            return [refused] if len(keys) == 1 else await asyncio.gather(*map(self._alone, keys))
        told = [False] * len(keys)
        for place in places:  # of two in one group the first is the one that was kept
            if (whose := _values(keys[place])[:3]) in added:
                added.discard(whose)
                told[place] = True
        return told

    async def _alone(self, key: WrappedKey) -> bool | Exception:
        try:
            return (await self._add_together([key]))[0]
        except StoreUnavailable as lost:
            return lost

    async def destroy(self, tenant: str, journey: str, keep: str | None = None) -> None:
        async with self._pool.lent() as connection, connection.transaction():
            if keep is None:
                await connection.execute(DESTROY, tenant, id_bytes(journey))
                return
            # The app may not change a key: the row goes and comes back empty, so that its number stays taken.
            for row in await connection.fetch(TAKE, tenant, id_bytes(journey), keep):
                await connection.execute(ADD, *row)


def _values(key: WrappedKey) -> tuple[str, bytes, int, str, str, bytes]:
    return key.tenant, id_bytes(key.journey), key.number, key.keep, key.master, key.wrapped

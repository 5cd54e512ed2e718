"""The wrapped keys in a SQLite file of their own, which forgets: deleted rows are overwritten, the log is emptied."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from api.store.errors import StoreUnavailable
from api.store.ids import id_bytes, id_text
from api.store.keys import WrappedKey
from api.store.sqlite_files import connect, ready_folder
from api.store.sqlite_writer import Writer

TABLE = """
CREATE TABLE IF NOT EXISTS dossier_key (
    tenant_id TEXT NOT NULL, journey BLOB NOT NULL, number INTEGER NOT NULL,
    keep TEXT NOT NULL, master TEXT NOT NULL, wrapped BLOB NOT NULL,
    PRIMARY KEY (tenant_id, journey, number)
) WITHOUT ROWID
"""
IS_OLDER = "SELECT 1 FROM pragma_table_info('dossier_key') WHERE name = 'journey' AND type = 'TEXT'"
MOVE = f"""
BEGIN IMMEDIATE;
ALTER TABLE dossier_key RENAME TO older_key;
{TABLE};
INSERT INTO dossier_key SELECT tenant, id_bytes(journey), number, keep, master, wrapped FROM older_key;
DROP TABLE older_key;
COMMIT
"""  # noqa: S608
IS_NAMED_OTHERWISE = "SELECT 1 FROM pragma_table_info('dossier_key') WHERE name = 'tenant'"
RENAME = "ALTER TABLE dossier_key RENAME COLUMN tenant TO tenant_id"
FIND = (
    "SELECT tenant_id, journey, number, keep, master, wrapped FROM dossier_key "
    "WHERE tenant_id = ? AND journey IN (SELECT id_bytes(value) FROM json_each(?))"
)
ADD = (
    "INSERT INTO dossier_key (tenant_id, journey, number, keep, master, wrapped) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING"
)
DESTROY = "DELETE FROM dossier_key WHERE tenant_id = ? AND journey = ?"
EMPTY = "UPDATE dossier_key SET wrapped = x'' WHERE tenant_id = ? AND journey = ? AND keep = ?"


class SqliteKeys:
    """Keeps `api.store.keys.KeyStore` in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = Writer(self._connect)
        self._reader: sqlite3.Connection | None = None

    def _connect(self) -> sqlite3.Connection:
        connection = connect(self._path)
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute(TABLE)
        if connection.execute(IS_OLDER).fetchone():  # journeys as text, as they were once
            connection.executescript(MOVE)
        elif connection.execute(IS_NAMED_OTHERWISE).fetchone():
            connection.execute(RENAME)
        return connection

    async def open(self) -> None:
        ready_folder(self._path.parent)
        self._writer.open()
        self._reader = connect(self._path, read_only=True)

    async def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
        await self._writer.close()

    async def of(self, tenant: str, journeys: Sequence[str]) -> list[WrappedKey]:
        if self._reader is None:
            raise StoreUnavailable("The key store is closed.")
        try:
            found = self._reader.execute(FIND, (tenant, json.dumps(journeys))).fetchall()
        except sqlite3.Error as broken:
            raise StoreUnavailable(f"The key store cannot be read now: {broken}.") from broken
        return [WrappedKey(whose, id_text(journey), *row) for whose, journey, *row in found]

    async def add(self, key: WrappedKey) -> bool:
        values = (key.tenant, id_bytes(key.journey), key.number, key.keep, key.master, key.wrapped)
        return bool(await self._writer.submit(lambda connection: connection.execute(ADD, values).rowcount, quick=True))

    async def destroy(self, tenant: str, journey: str, keep: str | None = None) -> None:
        whose = id_bytes(journey)
        order, which = (DESTROY, (tenant, whose)) if keep is None else (EMPTY, (tenant, whose, keep))
        await self._writer.submit(lambda connection: connection.execute(order, which).rowcount)
        await self._writer.after_commit(_empty_log)


def _empty_log(connection: sqlite3.Connection) -> None:
    """The write-ahead log still holds the destroyed key until it is copied back and cut to nothing."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

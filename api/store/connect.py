"""Makes the store that the settings ask for: SQLite in a folder, or PostgreSQL at an address."""

from __future__ import annotations

from pathlib import Path

from api.store.keys import KeyRing
from api.store.masters import Masters, masters_in_file
from api.store.postgres import PostgresDatabase
from api.store.postgres_keys import PostgresKeys
from api.store.postgres_pool import Pool
from api.store.sealed import SealedStore
from api.store.sqlite import SqliteDatabase
from api.store.sqlite_keys import SqliteKeys

DATABASE, KEYS, MASTER = "wegwijzer.sqlite", "keys.sqlite", "master.key"
POSTGRES = ("postgresql://", "postgres://")


def sqlite_store(folder: Path, masters: Masters | None = None, keys: Path | None = None) -> SealedStore:
    """The embedded store in `folder`. Without `masters` a master key is made beside it: for trying out only.

    `keys` is the file of the wrapped keys; put it on another disk, with short-lived backups, in earnest use.
    Raise StoreRefused when the folder cannot be written.
    """
    ring = KeyRing(SqliteKeys(keys or folder / KEYS), masters or masters_in_file(folder / MASTER))
    return SealedStore(SqliteDatabase(folder / DATABASE), ring)


def postgres_store(
    url: str, keys_url: str, masters: Masters, size: int = 16, *, pgbouncer: bool = False
) -> SealedStore:
    """The production store. `keys_url` is another database, with backups that live shorter than the journeys'."""
    ring = KeyRing(PostgresKeys(Pool(keys_url, max(2, size // 4), pgbouncer=pgbouncer)), masters)
    return SealedStore(PostgresDatabase(Pool(url, size, pgbouncer=pgbouncer)), ring)

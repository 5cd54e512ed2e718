"""Makes the store that the settings ask for: SQLite in a folder, or PostgreSQL at an address."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from api.store.errors import StoreRefused
from api.store.keys import KeyRing
from api.store.masters import Masters, masters_from_text, masters_in_file
from api.store.migrate import migrate_sqlite
from api.store.postgres import PostgresDatabase
from api.store.postgres_keys import PostgresKeys
from api.store.postgres_pool import Pool
from api.store.postgres_setup import migrate_keys, migrate_postgres
from api.store.sealed import SealedStore
from api.store.sqlite import SqliteDatabase
from api.store.sqlite_files import ready_folder
from api.store.sqlite_keys import SqliteKeys

DATABASE, KEYS, MASTER = "wegwijzer.sqlite", "keys.sqlite", "master.key"
SQLITE, POSTGRES = "sqlite:///", ("postgresql://", "postgres://")
OPTIONS = ("pool", "pgbouncer")


def store_for(database: str, key_database: str, master_keys: str, folder: Path) -> SealedStore:
    """The store that the settings name: `api.settings.Settings.database`, `key_database`, `master_keys`, `folder`.

    An empty `database` is SQLite in `folder`; empty `master_keys` are made beside it (demo mode only: the settings
    of production refuse that). A PostgreSQL address may end in `?pgbouncer=1` and `?pool=32`.
    Raise StoreRefused, one sentence, for what cannot be.
    """
    masters = masters_from_text(master_keys) if master_keys else None
    if not database.startswith(POSTGRES):
        path = _file(database, folder, DATABASE)
        keys = _file(key_database, path.parent, KEYS)
        return sqlite_store(path.parent, masters, keys, path.name)
    if not key_database.startswith(POSTGRES):
        raise StoreRefused("With PostgreSQL the dossiers' keys need a PostgreSQL database of their own: key_database.")
    url, options = _options(database)
    return postgres_store(
        url,
        _options(key_database)[0],
        masters or masters_in_file(folder / MASTER),
        _pool_size(options),
        pgbouncer=options.get("pgbouncer") == "1",
    )


def _file(address: str, folder: Path, name: str) -> Path:
    """`sqlite:///folder`, `sqlite:///folder/file.sqlite`, or nothing: the file that is meant."""
    path = Path(address.removeprefix(SQLITE)) if address else folder
    return path if path.suffix else path / name


def _pool_size(options: dict[str, str]) -> int:
    size = options.get("pool", "16")
    if not size.isdecimal() or not 1 <= int(size) <= 1000:
        raise StoreRefused("pool in the database's address is a number of connections from 1 to 1000.")
    return int(size)


def _options(url: str) -> tuple[str, dict[str, str]]:
    """The address without our own options, and those."""
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query))
    ours = {name: value for name, value in given.items() if name in OPTIONS}
    theirs = {name: value for name, value in given.items() if name not in OPTIONS}
    return urlunsplit(parts._replace(query=urlencode(theirs))), ours


def sqlite_store(
    folder: Path, masters: Masters | None = None, keys: Path | None = None, name: str = DATABASE
) -> SealedStore:
    """The embedded store in `folder`. Without `masters` a master key is made beside it: for trying out only.

    `keys` is the file of the wrapped keys; put it on another disk, with short-lived backups, in earnest use.
    Raise StoreRefused when the folder cannot be written.
    """
    ring = KeyRing(SqliteKeys(keys or folder / KEYS), masters or masters_in_file(folder / MASTER))
    return SealedStore(SqliteDatabase(folder / name), ring)


def postgres_store(
    url: str, keys_url: str, masters: Masters, size: int = 16, *, pgbouncer: bool = False
) -> SealedStore:
    """The production store. `keys_url` is another database, with backups that live shorter than the journeys'."""
    ring = KeyRing(PostgresKeys(Pool(keys_url, max(2, size // 4), pgbouncer=pgbouncer)), masters)
    return SealedStore(PostgresDatabase(Pool(url, size, pgbouncer=pgbouncer)), ring)


async def migrate(database: str, key_database: str, folder: Path, app_role: str = "") -> None:
    """Bring both databases to this version: `wegwijzer upgrade`, run with the owner's addresses.

    `app_role` is the PostgreSQL role that the servers connect as; it gets the rights it needs and no more.
    """
    if database.startswith(POSTGRES):
        await migrate_postgres(_options(database)[0], app_role)
        await migrate_keys(_options(key_database)[0], app_role)
    else:
        path = _file(database, folder, DATABASE)
        ready_folder(path.parent)
        migrate_sqlite(path)

"""Opening SQLite files the one right way, and saying in one sentence why one cannot be opened."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from api.store.errors import StoreRefused
from api.store.ids import id_bytes

OLDEST = (3, 35, 0)  # RETURNING
BUSY_SECONDS = 5.0


def ready_folder(folder: Path) -> None:
    """Make the folder if needed. Raise StoreRefused when it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise StoreRefused(f"The folder {folder} cannot be made; choose another one or change its rights.") from refused
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreRefused(f"The folder {folder} cannot be written; choose another one or change its rights.")


def connect(path: Path, *, read_only: bool = False, busy: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection that leaves transactions to its caller: WAL, every COMMIT flushed to the disk."""
    if sqlite3.sqlite_version_info < OLDEST:
        raise StoreRefused(f"SQLite {sqlite3.sqlite_version} is too old; version 3.35 or later is needed.")
    mode = "ro" if read_only else "rwc"
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode={mode}",
            uri=True,
            timeout=busy,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        connection.row_factory = sqlite3.Row
        connection.create_function("id_bytes", 1, id_bytes, deterministic=True)
        if not read_only:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cache_size=-16000")
    except sqlite3.Error as refused:
        raise _why(path, refused) from refused
    return connection


def _why(path: Path, refused: sqlite3.Error) -> StoreRefused:
    code = getattr(refused, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreRefused(
            f"The database {path} is locked by another process; stop that one, or choose another folder."
        )
    if code == sqlite3.SQLITE_NOTADB:
        return StoreRefused(f"The file {path} is not a Wegwijzer database; choose another folder.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StoreRefused(
            f"The database {path} cannot be opened for writing; change its rights or choose another folder."
        )
    return StoreRefused(f"The database {path} cannot be opened: {refused}.")

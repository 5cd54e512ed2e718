"""Bringing a database to this version's schema: at start in demo mode, by `wegwijzer upgrade` in production.

A database made by a newer version is refused: an older program would not know what it writes.
Steps only go forward; to go back, restore the backup made before.
"""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path

from api.store.errors import StoreRefused
from api.store.sqlite_files import connect

HEAD = "0007"


def migrate_sqlite(path: Path) -> None:
    """Make or update the file. Raise StoreRefused when it is locked, damaged or from a newer version."""
    if must_upgrade(_sqlite_revision(path)):
        import_module("api.store.upgrade").upgrade_sqlite(path)


def must_upgrade(at: str) -> bool:
    """Whether a database with schema `at` ("" is none) needs steps. Raise StoreRefused when it is newer than we."""
    if at > HEAD:
        raise StoreRefused(f"The database has schema {at}, newer than this program's {HEAD}; start a newer version.")
    return at < HEAD


def _sqlite_revision(path: Path) -> str:
    connection = connect(path)
    try:
        there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone() if there else None
    except sqlite3.Error as broken:
        raise StoreRefused(f"The database {path} cannot be read: {broken}.") from broken
    finally:
        connection.close()
    return found["version_num"] if found else ""

"""Bringing a database to this version's schema: at start in demo mode, by `wegwijzer migrate` in production.

A database made by a newer version is refused: an older program would not know what it writes.
Steps only go forward; to go back, restore the backup made before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from api.store.errors import StoreRefused
from api.store.sqlite_files import connect

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEAD = "0001"
FOLDER = Path(__file__).parent / "migrations"


def migrate_sqlite(path: Path) -> None:
    """Make or update the file. Raise StoreRefused when it is locked, damaged or from a newer version."""
    connection = connect(path)
    try:
        try:
            at = _sqlite_revision(connection)
        except sqlite3.Error as broken:
            raise StoreRefused(f"The database {path} cannot be read: {broken}.") from broken
    finally:
        connection.close()
    if at == HEAD:
        return
    _refuse_newer(at)
    from sqlalchemy import create_engine, exc
    from sqlalchemy.pool import NullPool

    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    try:
        with engine.begin() as upgrading:
            upgrade(upgrading)
    except exc.OperationalError as locked:
        message = f"The database {path} is locked by another process; stop that one, or choose another folder."
        raise StoreRefused(message) from locked


def _sqlite_revision(connection: sqlite3.Connection) -> str:
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    return _single(connection.execute("SELECT version_num FROM alembic_version")) if there else ""


def _single(found: Iterable[tuple[str]]) -> str:
    return next((row[0] for row in found), "")


def _refuse_newer(at: str) -> None:
    if at > HEAD:
        raise StoreRefused(f"The database has schema {at}, newer than this program's {HEAD}; start a newer version.")


def upgrade(connection: Connection) -> None:
    """Run what is missing on this connection, inside its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

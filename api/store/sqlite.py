"""The embedded engine: SQLite in WAL, one writer with group commit, readers beside it.

A journey is read on a connection of the event loop itself: in WAL a reader never waits for the writer, and a
read by key takes some tens of microseconds, less than handing it to a thread. Lists go to a reading thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from api.store import statements as s
from api.store.database import Command, CommandRows, Row, Values, Verdict
from api.store.errors import StoreUnavailable
from api.store.ids import id_bytes
from api.store.migrate import migrate_sqlite
from api.store.prepare import Prepared
from api.store.sqlite_files import connect, ready_folder
from api.store.sqlite_writer import Writer

BY_KEY = frozenset({s.load.sqlite, s.command.sqlite, s.by_secret.sqlite, s.by_reference.sqlite, s.session.sqlite})


class _Stale(Exception):
    """Rolls a command back to its savepoint."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict


class SqliteDatabase:
    """Keeps `api.store.database.Database` in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = Writer(lambda: connect(path))
        self._opened = False

    async def open(self) -> None:
        """Raise StoreRefused when the folder or the file cannot be used."""
        ready_folder(self._path.parent)
        migrate_sqlite(self._path)
        self._writer.open()
        self._near = connect(self._path, read_only=True)
        self._far = connect(self._path, read_only=True)
        self._readers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite-reader")
        self._opened = True

    async def close(self) -> None:
        """The writer goes last: the last to leave folds the log into the file."""
        if self._opened:
            self._opened = False
            await asyncio.to_thread(self._readers.shutdown)
            self._near.close()
            self._far.close()
        await self._writer.close()

    async def ping(self) -> None:
        await self._writer.submit(lambda connection: connection.execute("SELECT 1").fetchall())

    async def read(self, tenant: str, statement: Prepared, values: Values) -> Sequence[Row]:
        if not self._opened:
            raise StoreUnavailable("The store is closed.")
        if statement.sqlite in BY_KEY:
            return _rows(self._near, statement, values)
        return await asyncio.get_running_loop().run_in_executor(self._readers, _rows, self._far, statement, values)

    async def write(self, tenant: str, steps: Sequence[tuple[Prepared, Values]]) -> Sequence[Sequence[Row]]:
        return await self._writer.submit(
            lambda connection: [connection.execute(one.sqlite, one.named(values)).fetchall() for one, values in steps]
        )

    async def load(self, tenant: str, journey: str, command_id: str) -> Row | None:
        if not self._opened:
            raise StoreUnavailable("The store is closed.")
        whose = {"tenant_id": tenant, "journey": id_bytes(journey), "command_id": id_bytes(command_id)}
        try:
            row: Row | None = self._near.execute(s.load.sqlite, whose).fetchone()
        except sqlite3.Error as broken:
            raise _unreadable(broken) from broken
        return row

    async def commit(self, command: Command) -> Verdict:
        try:
            return await self._writer.submit(lambda connection: _commit(connection, command.rows()), quick=True)
        except _Stale as stale:
            return stale.verdict


def _commit(connection: sqlite3.Connection, rows: CommandRows) -> Verdict:
    """The command's rows. What is stale is found out before anything is written; a command that ran before, though
    its journey did not move, only after: then its savepoint is rolled back."""
    if not _moved(connection, rows):
        known = connection.execute(s.command.sqlite, rows.command).fetchone()
        found = None if known else connection.execute(s.version.sqlite, rows.journey).fetchone()
        return Verdict(False, version=found["version"] if found else 0, command=known)
    if not connection.execute(s.add_command.sqlite, rows.command).rowcount:
        raise _Stale(Verdict(False, command=connection.execute(s.command.sqlite, rows.command).fetchone()))
    for statement, many in (
        (s.add_event, rows.events),
        (s.end_job, rows.ended),
        (s.set_job, rows.jobs),
        (s.set_task, rows.tasks),
        (s.add_signal, rows.signals),
    ):
        if many:
            connection.executemany(statement.sqlite, many)
    return Verdict(True)


def _moved(connection: sqlite3.Connection, rows: CommandRows) -> int:
    if rows.base:
        values = {**rows.journey, "base": rows.base, "v_version": rows.journey["version"]}
        return connection.execute(s.move_journey.sqlite, values).rowcount
    return connection.execute(s.add_journey.sqlite, rows.journey).rowcount


def _rows(connection: sqlite3.Connection, statement: Prepared, values: Values) -> list[sqlite3.Row]:
    try:
        return connection.execute(statement.sqlite, statement.named(values)).fetchall()
    except sqlite3.Error as broken:
        raise _unreadable(broken) from broken


def _unreadable(broken: sqlite3.Error) -> StoreUnavailable:
    return StoreUnavailable(f"The database cannot be read now: {broken}.")

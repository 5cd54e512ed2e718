"""A database with one table of unique numbers, for tests of the writer itself (`api.store.sqlite_writer`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from api.store.sqlite_files import connect

Work = Callable[[sqlite3.Connection], int]


def numbers_in(folder: Path) -> Path:
    """The file, with no number in it."""
    path = folder / "numbers.sqlite"
    connection = connect(path)
    connection.execute("DROP TABLE IF EXISTS number")
    connection.execute("CREATE TABLE number (n INTEGER PRIMARY KEY)")
    connection.close()
    return path


def add(*numbers: int) -> Work:
    """Work that writes these numbers, one by one; a number that is there fails."""

    def run(connection: sqlite3.Connection) -> int:
        for number in numbers:
            connection.execute("INSERT INTO number VALUES (?)", (number,))
        return len(numbers)

    return run


def written(path: Path) -> list[int]:
    """The numbers in the file, in order."""
    reader = connect(path, read_only=True)
    found = [row["n"] for row in reader.execute("SELECT n FROM number ORDER BY n")]
    reader.close()
    return found


class Counted:
    """A connection that counts its COMMITs and fails them while `broken`; the writer takes it for a real one."""

    def __init__(self, path: Path) -> None:
        self._connection, self.commits, self.broken = connect(path), 0, False

    def execute(self, statement: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        if statement == "COMMIT":
            self.commits += 1
            if self.broken:
                raise sqlite3.OperationalError("database or disk is full")
        return self._connection.execute(statement, values)

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def close(self) -> None:
        self._connection.close()

"""One thread writes to SQLite: what waits at the same moment shares one COMMIT (group commit).

    submit -> queue -> BEGIN IMMEDIATE, a SAVEPOINT for each, one COMMIT -> everybody is answered

A caller is answered only after the COMMIT, which flushes (WAL, synchronous=FULL). One piece of work that fails
is rolled back to its savepoint; the others of its group go on. When the COMMIT itself fails (disk full, disk
error) everybody in the group gets StoreUnavailable and nothing of the group is kept.
There is never a second writer in the process: a writer in the event loop beside asynchronous ones can wait
for a lock whose owner waits for the loop.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from api.store.errors import StoreUnavailable

T = TypeVar("T")
GROUP = 256


@dataclass(slots=True, eq=False)
class _Work:
    run: Callable[[sqlite3.Connection], Any]
    answer: asyncio.Future[Any]
    alone: bool = False
    value: Any = None
    failure: BaseException | None = None


class Writer:
    """The writing thread of one database file. `open` and `close` belong to the event loop that submits."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._queue: SimpleQueue[_Work | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closing = False

    def open(self) -> None:
        """Connect, here, so that what is wrong is said here; then start the thread."""
        connection = self._connect()
        self._loop = asyncio.get_running_loop()
        self._closing = False
        self._thread = threading.Thread(target=self._serve, args=(connection,), name="sqlite-writer", daemon=True)
        self._thread.start()

    async def close(self) -> None:
        """Everything that was submitted is written; what comes after this is refused."""
        thread, self._thread, self._closing = self._thread, None, True
        if thread is not None:
            self._queue.put(None)
            await asyncio.to_thread(thread.join)

    async def submit(self, run: Callable[[sqlite3.Connection], T]) -> T:
        """Run `run` in the next group; its value, when that group is durable."""
        if self._closing or self._thread is None:
            raise StoreUnavailable("The store is closed.")
        work = _Work(run, self._loop.create_future())
        self._queue.put(work)
        value: T = await work.answer
        return value

    async def after_commit(self, run: Callable[[sqlite3.Connection], None]) -> None:
        """Run `run` outside any transaction, after everything submitted before it is durable."""
        if self._closing or self._thread is None:
            raise StoreUnavailable("The store is closed.")
        work = _Work(run, self._loop.create_future(), alone=True)
        self._queue.put(work)
        await work.answer

    def _serve(self, connection: sqlite3.Connection) -> None:
        going = True
        while going:
            group, going = self._group()
            if group:
                _write(connection, group)
                self._loop.call_soon_threadsafe(_answer, group)
        connection.close()

    def _group(self) -> tuple[list[_Work], bool]:
        """What is waiting, at least one; False when the queue was closed."""
        group: list[_Work] = []
        work = self._queue.get()
        while work is not None:
            group.append(work)
            if len(group) == GROUP:
                return group, True
            try:
                work = self._queue.get_nowait()
            except Empty:
                return group, True
        return group, False


def _write(connection: sqlite3.Connection, group: list[_Work]) -> None:
    """All the group's work in one transaction."""
    together = [work for work in group if not work.alone]
    try:
        if together:
            connection.execute("BEGIN IMMEDIATE")
            for work in together:
                _step(connection, work)
            connection.execute("COMMIT")
        for work in group:
            if work.alone:
                work.run(connection)
    except sqlite3.Error as broken:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        for work in group:
            work.failure = StoreUnavailable(f"The database cannot be written now: {broken}.")


def _step(connection: sqlite3.Connection, work: _Work) -> None:
    """One piece of work between savepoints. An error that ended the whole transaction goes on to the group."""
    connection.execute("SAVEPOINT work")
    try:
        work.value = work.run(connection)
    except Exception as failure:
        if not connection.in_transaction or _is_disk(failure):
            raise sqlite3.OperationalError(str(failure)) from failure
        connection.execute("ROLLBACK TO work")
        work.failure = failure
    connection.execute("RELEASE work")


def _is_disk(failure: Exception) -> bool:
    return isinstance(failure, sqlite3.OperationalError) and failure.sqlite_errorcode in (
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_BUSY,
    )


def _answer(group: list[_Work]) -> None:
    for work in group:
        if work.answer.done():
            continue  # the caller went away; the work is done all the same
        if work.failure is not None:
            work.answer.set_exception(work.failure)
        else:
            work.answer.set_result(work.value)

"""One writer to SQLite: what waits at the same moment shares one COMMIT (group commit).

    submit -> waiting -> BEGIN IMMEDIATE, every piece of work, COMMIT -> everybody is answered

    quick work (some short statements)   runs in the event loop; only the COMMIT, which flushes, goes to the thread
    any other work, or quick work that   runs in the thread, a SAVEPOINT for each: one that fails is rolled back to it,
    failed, or a file that is busy       the others of its group go on

A caller is answered only after the COMMIT, which flushes (WAL, synchronous=FULL). When the COMMIT itself fails (disk
full, disk error) everybody in the group gets StoreUnavailable and nothing of the group is kept.
Short statements in a thread cost more than they are: each gives the interpreter away and waits to get it back.
Where a flush takes long, half of those who come first wait for the second group: from then on one half makes its rows
while the other half's are flushed, instead of all waiting for every flush.
There is never a second writer in the process, and a group has the connection to itself from BEGIN to COMMIT: a writer
in the event loop beside others can wait for a lock whose owner waits for the loop. The loop never waits for a lock.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from time import perf_counter
from typing import Any, TypeVar

from api.store.errors import StoreUnavailable
from api.store.sqlite_files import BUSY_SECONDS
from api.store.together import FEW, half

T = TypeVar("T")
GROUP = 64
LONG = 0.000_5  # seconds of a flush that are worth a second group
PATIENT, IMPATIENT = f"PRAGMA busy_timeout={BUSY_SECONDS * 1000:.0f}", "PRAGMA busy_timeout=0"


@dataclass(slots=True, eq=False)
class _Work:
    run: Callable[[sqlite3.Connection], Any]
    answer: asyncio.Future[Any]
    quick: bool = False
    alone: bool = False
    value: Any = None
    failure: BaseException | None = None


_Group = list[_Work]
_Order = tuple[Callable[[sqlite3.Connection, _Group], None], _Group]


class Writer:
    """The writer of one database file. `open`, `submit` and `close` belong to one event loop."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._waiting: _Group = []
        self._orders: SimpleQueue[_Order | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._busy = False
        self._closing = False
        self._flush = 0.0  # seconds that the last one took

    def open(self) -> None:
        """Connect, here, so that what is wrong is said here; then start the thread."""
        self._connection = self._connect()
        self._connection.execute(IMPATIENT)
        self._loop = asyncio.get_running_loop()
        self._closing = False
        self._thread = threading.Thread(target=self._serve, args=(self._connection,), name="sqlite-writer", daemon=True)
        self._thread.start()

    async def close(self) -> None:
        """Everything that was submitted is written; what comes after this is refused."""
        thread, self._thread, self._closing = self._thread, None, True
        if thread is not None:
            if not self._busy:
                self._orders.put(None)
            await asyncio.to_thread(thread.join)

    async def submit(self, run: Callable[[sqlite3.Connection], T], *, quick: bool = False) -> T:
        """Run `run` in the next group; its value, when that group is durable.

        Quick work is a few short statements. It may be run again after a rollback, as if for the first time.
        """
        value: T = await self._wait(_Work(run, self._future(), quick=quick))
        return value

    async def after_commit(self, run: Callable[[sqlite3.Connection], None]) -> None:
        """Run `run` outside any transaction, after everything submitted before it is durable."""
        await self._wait(_Work(run, self._future(), alone=True))

    def _future(self) -> asyncio.Future[Any]:
        if self._closing or self._thread is None:
            raise StoreUnavailable("The store is closed.")
        return self._loop.create_future()

    def _wait(self, work: _Work) -> asyncio.Future[Any]:
        self._waiting.append(work)
        if not self._busy:
            self._busy = True
            self._loop.call_soon(self._begin)  # at the end of this turn of the loop: who is ready now comes along
        return work.answer

    def _begin(self) -> None:
        """After a rest: nobody's rows are being flushed."""
        many = len(self._waiting)
        self._start(min((many + 1) // 2, GROUP) if many > FEW and self._flush > LONG else GROUP)

    def _start(self, most: int = GROUP) -> None:
        group, self._waiting = self._waiting[:most], self._waiting[most:]
        if all(work.quick for work in group) and _written_here(self._connection, group):
            self._orders.put((_commit, group))
        else:
            self._orders.put((_write, group))

    def _serve(self, connection: sqlite3.Connection) -> None:
        while (order := self._orders.get()) is not None:
            carry_out, group = order
            started = perf_counter()
            carry_out(connection, group)
            self._flush = perf_counter() - started
            self._loop.call_soon_threadsafe(self._done, group)
        connection.close()

    def _done(self, group: _Group) -> None:
        _answer(group)
        self._busy = bool(self._waiting)
        if self._busy and self._flush > LONG:
            self._start(min(half(len(self._waiting), len(group)), GROUP))
        elif self._busy:
            self._loop.call_soon(self._start)  # those who were just answered may have more to write
        elif self._closing:
            self._orders.put(None)


def _written_here(connection: sqlite3.Connection, group: _Group) -> bool:
    """All but the COMMIT, without waiting for anybody. False: nothing was written, try it the careful way."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        for work in group:
            work.value = work.run(connection)
    except Exception:  # noqa: BLE001  the careful way finds out whose it is, and tells
        _take_back(connection)
        return False
    return True


def _commit(connection: sqlite3.Connection, group: _Group) -> None:
    """What was written in the event loop becomes durable."""
    try:
        connection.execute("COMMIT")
    except sqlite3.Error as broken:
        _nobody(connection, group, broken)


def _write(connection: sqlite3.Connection, group: _Group) -> None:
    """All the group's work in one transaction."""
    together = [work for work in group if not work.alone]
    try:
        connection.execute(PATIENT)
        if together:
            connection.execute("BEGIN IMMEDIATE")
            for work in together:
                _step(connection, work)
            connection.execute("COMMIT")
        for work in group:
            if work.alone:
                work.run(connection)
        connection.execute(IMPATIENT)
    except sqlite3.Error as broken:
        _nobody(connection, group, broken)


def _nobody(connection: sqlite3.Connection, group: _Group, broken: sqlite3.Error) -> None:
    _take_back(connection)
    for work in group:
        work.failure = StoreUnavailable(f"The database cannot be written now: {broken}.")


def _take_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


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


def _answer(group: _Group) -> None:
    for work in group:
        if work.answer.done():
            continue  # the caller went away; the work is done all the same
        if work.failure is not None:
            work.answer.set_exception(work.failure)
        else:
            work.answer.set_result(work.value)

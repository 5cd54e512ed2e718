"""Connections to PostgreSQL: lent for one short piece of work, every loss a StoreUnavailable.

    behind PgBouncer in transaction mode    pgbouncer=True: no prepared statement outlives its transaction

A connection comes back only when it is idle and whole; after any other end (cancelled caller, lost server) it is
thrown away. One watch for all looks every second for work that takes longer than WORK_SECONDS and hangs up on it: a
timer for each would cost a tenth of a commit. Nothing is ever set on a connection: the tenant belongs to a transaction
(`set_config(..., true)`), so what is lent next carries nobody's name. asyncpg's own pool starts a task for every
return and resets what nobody set.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from api.store.errors import StoreRefused, StoreUnavailable

WORK_SECONDS = 10.0
CONNECT_SECONDS = 5.0
LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError,
    asyncpg.TransactionRollbackError,
    asyncpg.ReadOnlySQLTransactionError,
    OSError,
    asyncio.TimeoutError,
)


def unavailable(lost: BaseException) -> StoreUnavailable:
    """Every way in which a database can be away, as one error."""
    return StoreUnavailable(f"The database does not answer now ({type(lost).__name__}).")


class Pool:
    """At most `size` connections to one database: that many commits may wait for their flush together."""

    def __init__(self, url: str, size: int = 16, *, pgbouncer: bool = False) -> None:
        self._url, self._size, self.pgbouncer = url, size, pgbouncer
        self._idle: deque[Any] = deque()
        self._places: asyncio.Semaphore | None = None
        self._lent: dict[Any, float] = {}  # connection -> when we hang up
        self._watch: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Raise StoreRefused when the database refuses us, StoreUnavailable when it does not answer."""
        self._places = asyncio.Semaphore(self._size)
        self._now = asyncio.get_running_loop().time
        self._watch = asyncio.create_task(self._hang_up_on_the_late())
        try:
            async with self.lent():
                pass
        except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError) as refused:
            raise StoreRefused(f"PostgreSQL refuses: {refused}; look at the database's address.") from refused

    async def close(self) -> None:
        """Say goodbye on idle connections; what is lent out closes when it comes back."""
        self._places = None
        if self._watch is not None:
            self._watch.cancel()
        while self._idle:
            connection = self._idle.pop()
            try:
                await connection.close(timeout=CONNECT_SECONDS)
            except LOST:
                connection.terminate()

    async def value(self, statement: str, *arguments: Any) -> Any:
        """One statement in a transaction of its own; the first column of its first row."""
        async with self.lent() as connection:
            return await connection.fetchval(statement, *arguments)

    async def row(self, statement: str, *arguments: Any) -> Any:
        """One statement in a transaction of its own; its first row."""
        async with self.lent() as connection:
            return await connection.fetchrow(statement, *arguments)

    def lent(self) -> Loan:
        """`async with pool.lent() as connection`: outside any transaction (PgBouncer: inside one)."""
        return Loan(self)

    @asynccontextmanager
    async def transaction(self, setting: str, value: str) -> AsyncIterator[Any]:
        """A transaction in which `setting` has this value, and nowhere else."""
        async with self.lent() as connection, connection.transaction():
            await connection.fetchval("SELECT set_config($1, $2, true)", setting, value)
            yield connection

    async def take(self) -> Any:
        """An idle connection, or a new one."""
        if self._places is None:
            raise StoreUnavailable("The store is closed.")
        await self._places.acquire()
        try:
            connection = await self._idle_or_new()
        except BaseException:
            self._places.release()
            raise
        self._lent[connection] = self._now() + WORK_SECONDS
        return connection

    async def _idle_or_new(self) -> Any:
        while self._idle:
            connection = self._idle.pop()  # the one used last: the others may rest until they are needed
            if not connection.is_closed():
                return connection
        cache = 0 if self.pgbouncer else 200
        return await asyncpg.connect(self._url, timeout=CONNECT_SECONDS, statement_cache_size=cache)

    async def _hang_up_on_the_late(self) -> None:
        while True:
            await asyncio.sleep(1)
            now = self._now()
            for connection in [late for late, until in self._lent.items() if until < now]:
                connection.terminate()

    def give_back(self, connection: Any, whole: bool) -> None:
        """Keep it for the next when it is idle and whole."""
        self._lent.pop(connection, None)
        if whole and self._places is not None and not connection.is_closed() and not connection.is_in_transaction():
            self._idle.append(connection)
        else:
            connection.terminate()
        if self._places is not None:
            self._places.release()


class Loan:
    """One connection for one piece of work, WORK_SECONDS at most. A class: cheaper than a generator, and hot."""

    __slots__ = ("_connection", "_pool", "_transaction")

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._transaction: Any = None

    async def __aenter__(self) -> Any:
        try:
            self._connection = await self._pool.take()
        except LOST as lost:
            raise unavailable(lost) from lost
        if self._pool.pgbouncer:
            await self._begin()
        return self._connection

    async def _begin(self) -> None:
        """All that PgBouncer keeps together is a transaction."""
        transaction = self._connection.transaction()
        try:
            await transaction.start()
        except BaseException as failure:
            self._pool.give_back(self._connection, whole=False)
            if isinstance(failure, LOST):
                raise unavailable(failure) from failure
            raise
        self._transaction = transaction

    async def __aexit__(self, kind: type[BaseException] | None, failure: BaseException | None, trace: object) -> None:
        whole = False
        try:
            if self._transaction is not None:
                await (self._transaction.rollback() if failure else self._transaction.commit())
            whole = failure is None or isinstance(failure, asyncpg.PostgresError)
        except LOST as lost:
            raise unavailable(lost) from lost
        finally:
            self._pool.give_back(self._connection, whole)
        if isinstance(failure, LOST):
            raise unavailable(failure) from failure

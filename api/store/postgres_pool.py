"""Connections to PostgreSQL: one pool, one short transaction at a time, every failure a StoreUnavailable.

    behind PgBouncer in transaction mode    pgbouncer=True: no prepared statement outlives its transaction

The tenant is set by `set_config(..., true)`: it belongs to the transaction, so a connection that goes back to the
pool after an error carries nobody's name.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from api.store.errors import StoreRefused, StoreUnavailable

COMMAND_SECONDS = 10.0
CONNECT_SECONDS = 5.0
LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError,
    asyncpg.TransactionRollbackError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.CannotConnectNowError,
    OSError,
    asyncio.TimeoutError,
)


@asynccontextmanager
async def available() -> AsyncIterator[None]:
    """Turn every way in which a database can be away into one error."""
    try:
        yield
    except LOST as lost:
        raise StoreUnavailable(f"The database does not answer now ({type(lost).__name__}).") from lost


class Pool:
    """A pool on one database. `size` is how many commits may wait for their flush together."""

    def __init__(self, url: str, size: int = 16, *, pgbouncer: bool = False) -> None:
        self._url, self._size, self.pgbouncer = url, size, pgbouncer
        self._pool: Any = None

    async def open(self) -> None:
        """Raise StoreRefused when the database refuses us, StoreUnavailable when it does not answer."""
        try:
            async with available():
                self._pool = await asyncpg.create_pool(
                    self._url,
                    min_size=0,
                    max_size=self._size,
                    command_timeout=COMMAND_SECONDS,
                    timeout=CONNECT_SECONDS,
                    statement_cache_size=0 if self.pgbouncer else 200,
                    reset=_nothing_to_reset,
                )
                async with self._pool.acquire(timeout=CONNECT_SECONDS):
                    pass
        except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError) as refused:
            raise StoreRefused(f"PostgreSQL refuses: {refused}; look at the database's address.") from refused

    async def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            try:
                await asyncio.wait_for(pool.close(), CONNECT_SECONDS)
            except LOST:
                pool.terminate()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        """A connection outside any transaction; behind PgBouncer inside one, which is all that it keeps together."""
        if self._pool is None:
            raise StoreUnavailable("The store is closed.")
        async with available(), self._pool.acquire(timeout=CONNECT_SECONDS) as connection:
            if self.pgbouncer:
                async with connection.transaction():
                    yield connection
            else:
                yield connection

    @asynccontextmanager
    async def transaction(self, setting: str, value: str) -> AsyncIterator[Any]:
        """A transaction in which `setting` has this value, and nowhere else."""
        async with self.connection() as connection, connection.transaction():
            await connection.fetchval("SELECT set_config($1, $2, true)", setting, value)
            yield connection


async def _nothing_to_reset(connection: Any) -> None:
    """Nothing is ever set on a connection, so nothing needs a trip to be undone."""

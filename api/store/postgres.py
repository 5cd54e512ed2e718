"""The production engine: PostgreSQL over asyncpg, row-level security forced.

    load, commit    one statement each: a function in the database sets the tenant and does its work
                    (`migrations/versions/v0001_first.sql`); one trip, one transaction, one flush
    all else        BEGIN, set the tenant, statements, COMMIT

Commits need no lock but the journey's own row; whoever finds another version than it saw is told so. No NOTIFY,
no advisory lock, no sequence: replicas share nothing but rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg

from api.store import statements as s
from api.store.database import EVERY_TENANT, CommandRows, Row, Values, Verdict
from api.store.postgres_pool import Pool
from api.store.postgres_setup import check
from api.store.prepare import Prepared

LOAD = "SELECT * FROM load_journey($1, $2, $3)"
COMMIT = f"SELECT commit_command({', '.join(f'${n}' for n in range(1, 27))})"
COMMIT_WITH_JOBS = f"SELECT commit_command({', '.join(f'${n}' for n in range(1, 35))})"
RAN_BEFORE = "WW001"
JOURNEY = (
    "reference",
    "secret_hash",
    "flow",
    "flow_version",
    "open",
    "started_at",
    "changed_at",
    "retain_until",
    "key_no",
    "head",
    "snapshot",
)
NO_EVENT = {"actor": "", "action": "", "channel": ""}
EVENT = ("seq", "upto", "key_no", "chain", "sealed")
JOB = ("key", "kind", "clock", "entry", "run_at", "key_no", "sealed")


class PostgresDatabase:
    """Keeps `api.store.database.Database` in one PostgreSQL database."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def open(self) -> None:
        """Raise StoreRefused when the server would lose what it acknowledges, or the role may do too much."""
        await self._pool.open()
        async with self._pool.lent() as connection:
            await check(connection)

    async def close(self) -> None:
        await self._pool.close()

    async def ping(self) -> None:
        await self._pool.value("SELECT 1")

    async def read(self, tenant: str, statement: Prepared, values: Values) -> Sequence[Row]:
        return (await self.write(tenant, [(statement, values)]))[0]

    async def write(self, tenant: str, steps: Sequence[tuple[Prepared, Values]]) -> Sequence[Sequence[Row]]:
        setting = ("app.sweep", "on") if tenant == EVERY_TENANT else ("app.tenant", tenant)
        async with self._pool.transaction(*setting) as connection:
            return [await connection.fetch(one.postgres, *one.arguments(values)) for one, values in steps]

    async def load(self, tenant: str, journey: str, command_id: str) -> Row | None:
        row: Row | None = await self._pool.row(LOAD, tenant, journey, command_id)
        return row

    async def commit(self, rows: CommandRows) -> Verdict:
        try:
            async with self._pool.lent() as connection:
                stale = await (_commit_with_lists if rows.tasks or rows.signals else _commit)(connection, rows)
        except asyncpg.PostgresError as refused:
            if refused.sqlstate != RAN_BEFORE:
                raise
            stale = 0
        if stale is None:
            return Verdict(True)
        found = await self.read(rows.command["tenant"], s.command, rows.command)
        return Verdict(False, version=stale, command=found[0] if found else None)


class _Stale(Exception):
    """Takes the transaction back."""


async def _commit(connection: Any, rows: CommandRows) -> int | None:
    """None when committed, else the journey's version."""
    if rows.jobs or rows.ended:
        stale: int | None = await connection.fetchval(COMMIT_WITH_JOBS, *_arguments(rows), *_jobs(rows))
    else:
        stale = await connection.fetchval(COMMIT, *_arguments(rows))
    return stale


async def _commit_with_lists(connection: Any, rows: CommandRows) -> int | None:
    """The same, and the rarer rows in one transaction with it."""
    async with connection.transaction():
        stale = await _commit(connection, rows)
        if stale is None:
            for statement, many in ((s.set_task, rows.tasks), (s.add_signal, rows.signals)):
                for values in many:
                    await connection.execute(statement.postgres, *statement.arguments(values))
        return stale


def _arguments(rows: CommandRows) -> list[Any]:
    journey, command, first = rows.journey, rows.command, rows.events[0] if rows.events else NO_EVENT
    return [
        journey["tenant"],
        journey["id"],
        rows.base,
        journey["version"],
        *(journey[name] for name in JOURNEY),
        command["id"],
        command["body_hash"],
        command["reply"],
        first["actor"],
        first["action"],
        first["channel"],
        *([event[name] for event in rows.events] for name in EVENT),
    ]


def _jobs(rows: CommandRows) -> list[Any]:
    return [[job["key"] for job in rows.ended], *([job[name] for job in rows.jobs] for name in JOB)]

"""The production engine: PostgreSQL over asyncpg, row-level security forced.

    load, commit    one statement each: a function in the database sets the tenant and does its work
                    (`migrations/versions/v0007_tenant_id.sql`); one trip, one transaction, one flush
    together        loads, and commands, that wait at the same moment share one statement (`api.store.together`,
                    `api.store.postgres_groups`); one that fails leaves its neighbours alone
    all else        BEGIN, set the tenant, statements, COMMIT

Commits need no lock but the journey's own row; whoever finds another version than it saw is told so. No NOTIFY,
no advisory lock, no sequence: replicas share nothing but rows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import asyncpg

from api.store import postgres_groups
from api.store import statements as s
from api.store.database import EVERY_TENANT, UNWRITABLE, Command, CommandRows, Row, Values, Verdict
from api.store.errors import StoreUnavailable
from api.store.ids import id_bytes
from api.store.postgres_pool import Pool
from api.store.postgres_setup import check
from api.store.prepare import Prepared
from api.store.together import Together

LOAD = "SELECT * FROM load_journey($1, $2, $3)"
COMMIT = f"SELECT commit_command({', '.join(f'${n}' for n in range(1, 26))})"
COMMIT_WITH_JOBS = f"SELECT commit_command({', '.join(f'${n}' for n in range(1, 34))})"
LOAD_MANY = "SELECT * FROM load_journeys($1, $2, $3)"
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

One = TypeVar("One")
Told = TypeVar("Told")
Asked = tuple[str, str, str]  # tenant, journey, command id


class PostgresDatabase:
    """Keeps `api.store.database.Database` in one PostgreSQL database."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._loads: Together[Asked, Row | None] = Together(self._load_together)
        self._commands: Together[Command, int | None] = Together(self._commit_together, take_turns=True)

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
        return await self._loads.ask((tenant, journey, command_id))

    async def commit(self, command: Command) -> Verdict:
        stale = await self._commands.ask(command)
        if stale is None:
            return Verdict(True)
        found = await self.read(command.tenant, s.command, command.rows().command)
        return Verdict(False, version=stale, command=found[0] if found else None)

    async def _alone(self, command: Command) -> int | None:
        """None when committed, else the journey's version; 0 when this command ran before."""
        rows = command.rows()
        try:
            if rows.tasks or rows.signals:
                return (await self._commit_many(command.tenant, [command]))[0]
            async with self._pool.lent() as connection:
                return await _commit(connection, rows)
        except asyncpg.PostgresError as refused:
            if refused.sqlstate != RAN_BEFORE:
                raise
            return 0

    async def _load_together(self, asked: list[Asked]) -> Sequence[Row | Exception | None]:
        return await _by_tenant(asked, [tenant for tenant, _, _ in asked], self._load_many, self._load_one)

    async def _load_one(self, asked: Asked) -> Row | None:
        tenant, journey, command_id = asked
        row: Row | None = await self._pool.row(LOAD, tenant, id_bytes(journey), id_bytes(command_id))
        return row

    async def _load_many(self, tenant: str, asked: list[Asked]) -> Sequence[Row | None]:
        found: list[Row | None] = [None] * len(asked)
        async with self._pool.lent() as connection:
            for row in await connection.fetch(
                LOAD_MANY, tenant, *([id_bytes(one[at]) for one in asked] for at in (1, 2))
            ):
                found[row["n"] - 1] = row
        return found

    async def _commit_together(self, asked: list[Command]) -> Sequence[int | Exception | None]:
        return await _by_tenant(asked, [command.tenant for command in asked], self._commit_many, self._alone)

    async def _commit_many(self, tenant: str, asked: list[Command]) -> Sequence[int | None]:
        """In order of journey: servers that lock the same rows in one order never wait in a circle."""
        rows = [command.rows() for command in asked]
        places = sorted(range(len(asked)), key=lambda place: rows[place].journey["id"])
        statement, columns = postgres_groups.call([rows[place] for place in places])
        became = await self._pool.value(statement, tenant, *columns)
        told = dict(zip(places, became, strict=True))
        return [told[place] for place in range(len(asked))]


async def _by_tenant(
    asked: list[One],
    tenants: Sequence[str],
    many: Callable[[str, list[One]], Awaitable[Sequence[Told]]],
    one: Callable[[One], Awaitable[Told]],
) -> Sequence[Told | Exception]:
    """A statement for each tenant's calls. What the database refuses to do together is done one by one."""
    told: dict[int, Told | Exception] = {}
    for tenant in dict.fromkeys(tenants):
        places = [place for place, whose in enumerate(tenants) if whose == tenant]
        calls = [asked[place] for place in places]
        found: Sequence[Told | Exception]
        try:
            found = await many(tenant, calls) if len(calls) > 1 else [await one(calls[0])]
        except (asyncpg.PostgresError, *UNWRITABLE) as refused:  # taken back; who is at fault is told so alone
            found = [refused] if len(calls) == 1 else await asyncio.gather(*(_tried(one, call) for call in calls))
        told.update(zip(places, found, strict=True))
    return [told[place] for place in range(len(asked))]


async def _tried(one: Callable[[One], Awaitable[Told]], call: One) -> Told | Exception:
    try:
        return await one(call)
    except (asyncpg.PostgresError, StoreUnavailable, *UNWRITABLE) as failure:
        return failure


async def _commit(connection: Any, rows: CommandRows) -> int | None:
    """None when committed, else the journey's version."""
    if rows.jobs or rows.ended:
        stale: int | None = await connection.fetchval(COMMIT_WITH_JOBS, *_arguments(rows), *_jobs(rows))
    else:
        stale = await connection.fetchval(COMMIT, *_arguments(rows))
    return stale


def _arguments(rows: CommandRows) -> list[Any]:
    journey, command, first = rows.journey, rows.command, rows.events[0] if rows.events else NO_EVENT
    return [
        journey["tenant_id"],
        journey["id"],
        rows.base,
        journey["version"],
        *(journey[name] for name in JOURNEY),
        command["id"],
        command["reply"],
        first["actor"],
        first["action"],
        first["channel"],
        *([event[name] for event in rows.events] for name in EVENT),
    ]


def _jobs(rows: CommandRows) -> list[Any]:
    return [[job["key"] for job in rows.ended], *([job[name] for job in rows.jobs] for name in JOB)]

"""What holds on PostgreSQL only: tenants fenced off in the database itself, roles, loss of the server."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from api.store import statements as s
from api.store.connect import migrate, postgres_store
from api.store.errors import StoreRefused, StoreUnavailable
from api.store.postgres import PostgresDatabase
from api.store.postgres_pool import Pool
from api.store.postgres_setup import APPEND_ONLY, CHANGEABLE, PUBLISHED
from api.store.sealed import SealedStore
from tests.api.store.conftest import MASTERS, on_postgres, run
from tests.api.store.postgres_server import Server
from tests.api.store.samples import TENANT, a_task, answered, make, started, there

pytestmark = [pytest.mark.anyio, pytest.mark.postgres]
TABLES = (*APPEND_ONLY, *CHANGEABLE, PUBLISHED)


@pytest.fixture
async def app(clean: Server) -> AsyncIterator[Any]:
    """A bare connection as the app role."""
    connection = await asyncpg.connect(clean.url("wegwijzer_app"))
    yield connection
    await connection.close()


@pytest.mark.parametrize("table", TABLES)
async def test_every_table_is_fenced_by_tenant(opened: SealedStore, app: Any, clean: Server, table: str):
    """Row-level security is on and forced, and shows the app role nothing without a tenant."""
    await make(opened, "j1", tasks=[a_task("t1")])
    assert await app.fetchval(f"SELECT count(*) FROM {table}") == 0  # noqa: S608
    fence = await app.fetchrow(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = $1 AND relkind = 'r'", table
    )
    assert tuple(fence) == (True, True)


async def test_another_tenants_rows_cannot_be_written(opened: SealedStore, app: Any):
    """With one tenant set, a row of another is refused by the database itself."""
    await make(opened, "j1")
    async with app.transaction():
        await app.execute("SELECT set_config('app.tenant', 'elsewhere', true)")
        assert await app.fetchval("SELECT count(*) FROM journey") == 0
        assert await app.execute("UPDATE journey SET open = 0") == "UPDATE 0"
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            await app.execute("INSERT INTO session VALUES ('demo', '\\x00', 'w1', '', 0)")


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
async def test_what_happened_cannot_be_changed(app: Any, table: str, verb: str):
    """The app role can add to events, looks and erasures, and never change or remove one."""
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="permission denied"):
        await app.execute(verb.format(table))


@pytest.mark.parametrize("change", ["UPDATE {} SET source = ''", "UPDATE {} SET version = 'x'", "DELETE FROM {}"])
async def test_a_published_version_cannot_be_changed(app: Any, change: str):
    """The app role can publish a version again, and never change or remove what was published."""
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="permission denied"):
        await app.execute(change.format(PUBLISHED))


async def test_the_app_role_cannot_change_a_key(clean: Server):
    """A wrapped key can be added and destroyed, never replaced."""
    connection = await asyncpg.connect(clean.url("wegwijzer_app", "keys"))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("UPDATE dossier_key SET wrapped = ''")
    await connection.close()


async def test_a_connection_that_failed_carries_nobodys_name(clean: Server):
    """One connection for everybody, errors in between: no tenant ever sees a row of another."""
    tenants = [f"tenant-{number}" for number in range(4)]
    store = postgres_store(clean.url("wegwijzer_app"), clean.url("wegwijzer_app", "keys"), MASTERS, size=1)
    await store.open()
    for tenant in tenants:
        await make(store, f"of-{tenant}", tenant)
    database = store._db
    assert isinstance(database, PostgresDatabase)
    chance, foreign, failed = random.Random(7), 0, 0  # noqa: S311
    for number in range(400):
        tenant = chance.choice(tenants)
        if number % 3 == 0:
            failed += await _fails(database, tenant, chance)
        mine = [row["tenant_id"] for row in await database.read(tenant, s.expired, {"now": 2**60, "limit": 99})]
        foreign += sum(found != tenant for found in mine)
        for other in tenants:
            foreign += other != tenant and await store.load(tenant, f"of-{other}") is not None
        assert await store.load(tenant, f"of-{tenant}") is not None
    async with database._pool.lent() as connection:
        assert await connection.fetchval("SELECT count(*) FROM journey") == 0
        assert await connection.fetchval("SELECT coalesce(current_setting('app.tenant', true), '')") == ""
    await store.close()
    assert failed > 100
    assert foreign == 0


async def _fails(database: PostgresDatabase, tenant: str, chance: random.Random) -> bool:
    """Something goes wrong inside a transaction of this tenant."""
    broken = chance.choice(["SELECT 1/0", "SELECT nothing", "INSERT INTO look VALUES ('other', '', 0, '')"])
    try:
        async with database._pool.transaction("app.tenant", tenant) as connection:
            await connection.execute(broken)
    except asyncpg.PostgresError:
        return True
    return False


async def test_a_role_that_may_do_too_much_is_refused(clean: Server):
    """Neither the owner nor the superuser may serve citizens."""
    for role in ("wegwijzer_owner", "postgres"):
        store = postgres_store(clean.url(role), clean.url("wegwijzer_app", "keys"), MASTERS)
        with pytest.raises(StoreRefused, match="connect as the app role"):
            await store.open()
        await store.close()


async def test_a_server_that_forgets_is_refused(clean: Server):
    """synchronous_commit=off acknowledges what a crash takes away: the store does not start on it."""
    await run(clean.url("postgres"), "ALTER DATABASE journeys SET synchronous_commit = off")
    store = on_postgres(clean)
    with pytest.raises(StoreRefused, match="may lose what it has acknowledged"):
        await store.open()
    await store.close()
    await run(clean.url("postgres"), "ALTER DATABASE journeys RESET synchronous_commit")


async def test_missing_tables_and_databases_are_said_in_one_sentence(postgres: Server):
    """Without `wegwijzer upgrade`, or with a wrong address, the sentence says what to do."""
    await run(postgres.url("postgres", "postgres"), "CREATE DATABASE bare")
    bare = postgres.url("wegwijzer_app", "bare")
    for url, says in (
        (bare, "wegwijzer upgrade"),
        (postgres.url("wegwijzer_app", "nowhere"), "PostgreSQL refuses"),
        (postgres.url("nobody", "bare"), "PostgreSQL refuses"),
    ):
        store = postgres_store(url, url, MASTERS)
        with pytest.raises(StoreRefused, match=says):
            await store.open()
        await store.close()
    await run(postgres.url("postgres", "postgres"), "DROP DATABASE bare")


async def test_migrating_twice_changes_nothing_and_needs_the_role(clean: Server):
    """`migrate` may run at every deployment; a role that is not there is named."""
    owner, keys = clean.url("wegwijzer_owner"), clean.url("wegwijzer_owner", "keys")
    for _ in range(2):
        await migrate(owner, keys, clean.folder, "wegwijzer_app")
    with pytest.raises(StoreRefused, match="has no role 'stranger'"):
        await migrate(owner, keys, clean.folder, "stranger")


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_lost_server_is_unavailable_and_comes_back_by_itself(opened: SealedStore, clean: Server):
    """While PostgreSQL is away every call says so, at once; after it is back the same store works."""
    base = await make(opened, "j1")
    clean.kill()
    for call in (opened.ping(), opened.load(TENANT, "j1"), opened.commit(answered(base, "c1")), opened.flows(TENANT)):
        with pytest.raises(StoreUnavailable):
            await call
    clean.start()
    assert (await there(opened, "j1")).version == 1
    await opened.commit(answered(base, "c1"))
    assert (await there(opened, "j1")).version == 2


async def test_it_works_without_prepared_statements(clean: Server):
    """The switch for PgBouncer: every call is one transaction, no statement outlives it."""
    app, keys = clean.url("wegwijzer_app"), clean.url("wegwijzer_app", "keys")
    store = postgres_store(app, keys, MASTERS, pgbouncer=True)
    await store.open()
    base = await make(store, "j1", tasks=[a_task("t1")])
    await asyncio.gather(*(store.commit(answered(base, f"c{number}", number)) for number in range(8)))
    assert (await there(store, "j1")).version == 2
    assert await store.task(TENANT, "t1") == a_task("t1")
    await store.close()


async def test_a_pool_that_was_not_opened_is_unavailable():
    """Asking a closed store is answered, not crashed on."""
    with pytest.raises(StoreUnavailable, match="closed"):
        async with Pool("postgresql://app@127.0.0.1:1/none").lent():
            pass


async def test_work_that_hangs_is_hung_up_on(clean: Server, monkeypatch):
    """Nobody waits longer than the limit: the caller is told to come back, and the next one is served."""
    monkeypatch.setattr("api.store.postgres_pool.WORK_SECONDS", 0.2)
    pool = Pool(clean.url("wegwijzer_app"), 1)
    await pool.open()
    stuck = asyncio.ensure_future(pool.value("SELECT pg_sleep(60)"))
    await asyncio.sleep(0)
    waiting = asyncio.ensure_future(pool.value("SELECT 7"))
    with pytest.raises(StoreUnavailable):
        await stuck
    assert await waiting == 7
    await pool.close()


async def test_a_caller_that_goes_away_takes_its_connection_along(clean: Server):
    """A cancelled query's connection is not lent again; the next caller gets an answer to its own question."""
    pool = Pool(clean.url("wegwijzer_app"), 1)
    await pool.open()
    gone = asyncio.ensure_future(pool.value("SELECT 1 FROM pg_sleep(60)"))
    await asyncio.sleep(0.05)
    gone.cancel()
    assert await pool.value("SELECT 7") == 7
    await pool.close()


async def test_two_stores_on_one_database_share_the_work(clean: Server):
    """Two replicas: what one writes the other reads, and of two claims one wins."""
    one, other = on_postgres(clean), on_postgres(clean)
    await one.open()
    await other.open()
    base = await make(one, "j1")
    told = await asyncio.gather(one.commit(answered(base, "a")), other.commit(answered(base, "b")))
    assert sorted(type(answer).__name__ for answer in told) == ["Committed", "Conflict"]
    assert (await there(other, "j1")).version == 2
    assert await other.commit(started("j1")) == await one.commit(started("j1"))
    await one.close()
    await other.close()

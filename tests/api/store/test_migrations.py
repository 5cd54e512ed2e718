"""The steps of the schema lead to the tables as they are declared."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from api.cli.main import main
from api.store.connect import migrate, postgres_store, sqlite_store
from api.store.errors import KeyReused, StoreRefused
from api.store.migrate import HEAD, migrate_sqlite
from api.store.port import Change, Committed, Replayed
from api.store.sealed import SealedStore
from api.store.tables import metadata
from api.store.upgrade import FOLDER
from tests.api.store import older
from tests.api.store.conftest import MASTERS, run
from tests.api.store.postgres_server import Server
from tests.api.store.samples import HOUR, NOW, TENANT, answered, there


def test_the_program_knows_its_newest_step():
    """HEAD is alembic's own head: nobody forgets one of the two."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_sqlite_after_all_steps_is_as_declared(tmp_path: Path):
    """Alembic finds nothing to add; columns, order and clustering are the declared ones."""
    path = tmp_path / "fresh.sqlite"
    migrate_sqlite(path)
    engine = create_engine(f"sqlite:///{path}")
    declared = create_engine("sqlite://")
    metadata.create_all(declared)
    with engine.connect() as made, declared.connect() as wanted:
        found = compare_metadata(MigrationContext.configure(made, opts={"compare_type": True}), metadata)
        assert [change for change in found if getattr(change[1], "name", "") not in ON_POSTGRES_ONLY] == []
        for table in metadata.sorted_tables:
            shape = f"PRAGMA table_info({table.name})"
            assert made.exec_driver_sql(shape).all() == wanted.exec_driver_sql(shape).all()
            ddl = f"SELECT sql LIKE '%WITHOUT ROWID%' FROM sqlite_master WHERE name = '{table.name}'"  # noqa: S608
            assert made.exec_driver_sql(ddl).scalar() == wanted.exec_driver_sql(ddl).scalar()
    engine.dispose()
    declared.dispose()


ON_POSTGRES_ONLY = ("ix_command_at", "ix_event_journey")
COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
WHERE table_schema = $1 AND table_name NOT IN ('alembic_version') ORDER BY table_name, ordinal_position
"""
INDEXES = """
SELECT replace(indexdef, $1 || '.', '') FROM pg_indexes
WHERE schemaname = $1 AND indexname <> 'alembic_version_pkc' ORDER BY 1
"""


POLICIES = "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies WHERE schemaname = $1 ORDER BY 1, 2"
FUNCTIONS = """
SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = to_regnamespace($1)
AND proname <> 'commit_answers' ORDER BY 1
"""


@pytest.mark.anyio
@pytest.mark.postgres
async def test_postgres_after_all_steps_is_as_declared(clean: Server):
    """Columns, types, defaults, keys and indexes on PostgreSQL equal those of the declared tables."""
    connection = await asyncpg.connect(clean.url("wegwijzer_owner"))
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute("CREATE SCHEMA declared; SET LOCAL search_path = declared")
    for statement in _declared():
        await connection.execute(statement)
    for query in (COLUMNS, INDEXES):
        assert _plain(await connection.fetch(query, "public")) == _plain(await connection.fetch(query, "declared"))
    await transaction.rollback()
    await connection.close()


def _plain(found: list[Any]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in found]


def _declared() -> list[str]:
    script: list[str] = []
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in metadata.sorted_tables:
        script.append(str(CreateTable(table).compile(dialect=dialect)))
        script += [str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes]
    return script


def test_the_command_upgrades_a_local_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """`wegwijzer upgrade` makes the schema, and says so every time it is run."""
    for _ in range(2):
        assert main(["upgrade", "--database", f"sqlite:///{tmp_path / 'there'}"]) == 0
        assert "this version's schema" in capsys.readouterr().out
    assert (tmp_path / "there" / "wegwijzer.sqlite").exists()
    (tmp_path / "file").write_text("")
    assert main(["upgrade", "--database", f"sqlite:///{tmp_path / 'file' / 'folder'}"]) == 2
    assert "cannot be made" in capsys.readouterr().err


@pytest.fixture
async def two_databases(postgres: Server) -> AsyncIterator[tuple[str, str]]:
    """Empty ones: of journeys and of keys."""
    admin = postgres.url("postgres", "postgres")
    for database in ("older", "older_keys"):
        await run(admin, f"CREATE DATABASE {database} OWNER wegwijzer_owner")
    yield "older", "older_keys"
    for database in ("older", "older_keys"):
        await run(admin, f"DROP DATABASE {database}")


@pytest.mark.anyio
@pytest.mark.postgres
@pytest.mark.parametrize("step", older.STEPS)
async def test_a_postgres_of_an_older_version_goes_on_with_its_journeys(
    postgres: Server, two_databases: tuple[str, str], step: str
):
    """Refused until `wegwijzer upgrade`, then all goes on; rights are kept."""
    owner, owner_of_keys = (postgres.url("wegwijzer_owner", name) for name in two_databases)
    changes = await older.on_postgres(owner, owner_of_keys, step)
    app, app_of_keys = (postgres.url("wegwijzer_app", name) for name in two_databases)
    after = postgres_store(app, app_of_keys, MASTERS)
    with pytest.raises(StoreRefused, match="wegwijzer upgrade"):
        await after.open()
    await after.close()
    await migrate(owner, owner_of_keys, Path())
    await after.open()
    await _goes_on(after, changes)
    await after.close()


@pytest.mark.anyio
@pytest.mark.postgres
async def test_the_last_step_on_postgres_goes_back_and_forth(postgres: Server, two_databases: tuple[str, str]):
    """Down to 0006: columns, indexes, policies and functions are those of before. Up again: the journeys go on."""
    owner, owner_of_keys = (postgres.url("wegwijzer_owner", name) for name in two_databases)
    changes = await older.on_postgres(owner, owner_of_keys, older.RENAMED_NEXT)
    before = await _shape(owner)
    await migrate(owner, owner_of_keys, Path())
    assert await _shape(owner) != before
    await older.step_postgres(owner, command.downgrade, f"{HEAD}:{older.RENAMED_NEXT}")
    assert await _shape(owner) == before
    await migrate(owner, owner_of_keys, Path())
    app, app_of_keys = (postgres.url("wegwijzer_app", name) for name in two_databases)
    after = postgres_store(app, app_of_keys, MASTERS)
    await after.open()
    await _goes_on(after, changes)
    await after.close()


async def _shape(address: str) -> list[list[tuple[Any, ...]]]:
    connection = await asyncpg.connect(address)
    found = [_plain(await connection.fetch(query, "public")) for query in (COLUMNS, INDEXES, POLICIES, FUNCTIONS)]
    await connection.close()
    return found


@pytest.mark.anyio
@pytest.mark.parametrize("step", older.STEPS)
async def test_a_file_of_an_older_version_goes_on_with_its_journeys(tmp_path: Path, step: str):
    """Opened, all of them goes on."""
    changes = await older.on_sqlite(tmp_path, step)
    store = sqlite_store(tmp_path, MASTERS)
    await store.open()
    await _goes_on(store, changes)
    await store.close()


@pytest.mark.anyio
async def test_the_last_step_in_a_file_goes_back_and_forth(tmp_path: Path):
    """Down to 0006: tables and indexes are those of before, word for word. Up again: the journeys go on."""
    changes = await older.on_sqlite(tmp_path, older.RENAMED_NEXT)
    before = _written(tmp_path)
    older.step_sqlite(tmp_path, command.upgrade, HEAD)
    assert _written(tmp_path) != before
    older.step_sqlite(tmp_path, command.downgrade, older.RENAMED_NEXT)
    assert _written(tmp_path) == before
    store = sqlite_store(tmp_path, MASTERS)
    await store.open()
    await _goes_on(store, changes)
    await store.close()


def _written(folder: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(folder / "wegwijzer.sqlite")) as there:
        return there.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


async def _goes_on(store: SealedStore, changes: list[Change]) -> None:
    """What was written is there, in order and whole; what is repeated is known; what is new is written."""
    for change in changes:
        base = await there(store, change.journey)
        assert (base.version, base.snapshot, base.reference) == (4, change.snapshot, change.reference)
        assert await store.events(TENANT, change.journey) == list(change.events)
        assert await store.by_reference(TENANT, change.reference) == change.journey
        assert await store.commit(change) == Replayed(change.reply)
        assert await store.reply(TENANT, change.command_id, change.body_hash) == change.reply
        again = await store.load(TENANT, change.journey, change.command_id, change.body_hash)
        assert again is not None
        assert again.replayed == change.reply
        with pytest.raises(KeyReused):
            await store.load(TENANT, change.journey, change.command_id, b"another body")
        assert await store.task(TENANT, change.tasks[0].id) == change.tasks[0]
    bases = [await there(store, change.journey) for change in changes]
    told = await asyncio.gather(*(store.commit(answered(base, f"newer-{base.journey}")) for base in bases))
    assert told == [Committed(5)] * len(bases)
    assert all([await store.verify(TENANT, base.journey) for base in bases])
    jobs = await store.lease(NOW + HOUR, 20, 30)
    assert sorted((job.journey, job.key, job.payload) for job in jobs) == sorted(older.jobs(changes))
    await store.finish(jobs)
    assert await store.lease(NOW + 2 * HOUR, 20, 30) == []
    assert await store.erase(TENANT, changes[0].journey, NOW, "w1", "asked")
    assert await store.load(TENANT, changes[0].journey) is None
    assert await store.forget_replies(NOW + 2 * HOUR) == 2 * len(changes)

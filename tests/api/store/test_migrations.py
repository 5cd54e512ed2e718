"""The steps of the schema lead to the tables as they are declared."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest
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


@pytest.mark.anyio
@pytest.mark.postgres
async def test_a_postgres_of_an_older_version_goes_on_with_its_journeys(postgres: Server):
    """Journeys of step 0004: refused until `wegwijzer upgrade`, then all goes on; rights are kept."""
    await run(postgres.url("postgres", "postgres"), "CREATE DATABASE older OWNER wegwijzer_owner")
    await run(postgres.url("postgres", "postgres"), "CREATE DATABASE older_keys OWNER wegwijzer_owner")
    owner, app = postgres.url("wegwijzer_owner", "older"), postgres.url("wegwijzer_app", "older")
    keys = postgres.url("wegwijzer_owner", "older_keys"), postgres.url("wegwijzer_app", "older_keys")
    changes = await older.on_postgres(owner, keys[0])
    after = postgres_store(app, keys[1], MASTERS)
    with pytest.raises(StoreRefused, match="wegwijzer upgrade"):
        await after.open()
    await after.close()
    await migrate(owner, keys[0], Path())
    await after.open()
    await _goes_on(after, changes)
    await after.close()
    for database in ("older", "older_keys"):
        await run(postgres.url("postgres", "postgres"), f"DROP DATABASE {database}")


@pytest.mark.anyio
async def test_a_file_of_an_older_version_goes_on_with_its_journeys(tmp_path: Path):
    """Journeys of step 0004 in a file: opened, all of them goes on."""
    changes = await older.on_sqlite(tmp_path)
    store = sqlite_store(tmp_path, MASTERS)
    await store.open()
    await _goes_on(store, changes)
    await store.close()


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

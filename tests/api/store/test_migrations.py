"""The steps of the schema lead to the tables as they are declared."""

from __future__ import annotations

import asyncio
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

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
from api.store.connect import migrate, postgres_store
from api.store.errors import StoreRefused
from api.store.migrate import HEAD, migrate_sqlite
from api.store.port import Committed, Replayed
from api.store.tables import metadata
from api.store.upgrade import FOLDER
from tests.api.store.conftest import MASTERS, run
from tests.api.store.postgres_server import Server
from tests.api.store.samples import TENANT, answered, make, there


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


ON_POSTGRES_ONLY = ("ix_command_at",)
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
    """Journeys of step 0002: refused until `wegwijzer upgrade`, then they go on, alone and together, chain and all."""
    await run(postgres.url("postgres", "postgres"), "CREATE DATABASE older OWNER wegwijzer_owner")
    owner, app = postgres.url("wegwijzer_owner", "older"), postgres.url("wegwijzer_app", "older")
    keys = postgres.url("wegwijzer_owner", "keys"), postgres.url("wegwijzer_app", "keys")
    script = StringIO()
    config = Config(output_buffer=script)
    config.set_main_option("script_location", str(FOLDER))
    command.upgrade(config, "0002", sql=True)
    await run(owner, script.getvalue())
    with patch("api.store.migrate.HEAD", "0002"):
        await migrate(owner, keys[0], Path(), "wegwijzer_app")
        before = postgres_store(app, keys[1], MASTERS)
        await before.open()
        bases = [await make(before, f"older-{number}") for number in range(3)]
        assert await before.commit(answered(bases[0], "older-c")) == Committed(2)
        await before.close()
    after = postgres_store(app, keys[1], MASTERS)
    with pytest.raises(StoreRefused, match="wegwijzer upgrade"):
        await after.open()
    await after.close()
    await migrate(owner, keys[0], Path(), "wegwijzer_app")
    await after.open()
    bases = [await there(after, base.journey) for base in bases]
    told = await asyncio.gather(*(after.commit(answered(base, f"newer-{base.journey}")) for base in bases))
    assert told == [Committed(3), Committed(2), Committed(2)]
    assert isinstance(await after.commit(answered(bases[0], "older-c")), Replayed)
    assert all([await after.verify(TENANT, base.journey) for base in bases])
    await after.close()
    await run(postgres.url("postgres", "postgres"), "DROP DATABASE older")

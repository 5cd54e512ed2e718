"""The store under test, once on each engine; PostgreSQL is started once for all tests that need it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from api.store.connect import migrate, postgres_store, sqlite_store
from api.store.masters import masters_from_text, new_master
from api.store.postgres_setup import APPEND_ONLY, CHANGEABLE, PUBLISHED
from api.store.sealed import SealedStore
from tests.api.store.numbers import numbers_in
from tests.api.store.postgres_server import Server, binaries

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
MASTER = new_master("test")
MASTERS = masters_from_text(MASTER)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server without tables."""
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql); its tests are skipped.")
    server = Server()
    yield server
    server.stop()


@pytest.fixture
async def clean(postgres: Server) -> Server:
    """The server with our tables, all empty."""
    return await emptied(postgres)


@pytest.fixture
async def opened(clean: Server) -> AsyncIterator[SealedStore]:
    """The store on PostgreSQL, as production has it."""
    store = on_postgres(clean)
    await store.open()
    yield store
    await store.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with one table of unique numbers."""
    return numbers_in(tmp_path)


async def emptied(postgres: Server) -> Server:
    """Migrate, then empty every table."""
    owner, keys = postgres.url("wegwijzer_owner"), postgres.url("wegwijzer_owner", "keys")
    await migrate(owner, keys, Path(), "wegwijzer_app")
    names = ", ".join((*APPEND_ONLY, *CHANGEABLE, PUBLISHED))
    await run(postgres.url("postgres"), f"TRUNCATE {names}")
    await run(keys, "TRUNCATE dossier_key")
    return postgres


async def run(url: str, script: str) -> None:
    """A script on a connection of its own."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(script)
    finally:
        await connection.close()


@pytest.fixture(params=ENGINES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SealedStore]:
    """An empty store."""
    if request.param == "sqlite":
        opened = sqlite_store(tmp_path, MASTERS)
    else:
        opened = on_postgres(await emptied(request.getfixturevalue("postgres")))
    await opened.open()
    yield opened
    await opened.close()


def on_postgres(server: Server) -> SealedStore:
    """The store as production has it, on this server."""
    return postgres_store(server.url("wegwijzer_app"), server.url("wegwijzer_app", "keys"), MASTERS)

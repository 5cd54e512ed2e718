"""What was acknowledged is kept when the process, or the server, is killed; and the test would see it if not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from api.store.connect import sqlite_store
from api.store.sealed import SealedStore
from tests.api.store.conftest import MASTER, MASTERS, on_postgres, run
from tests.api.store.ledger import Findings, Ledger, check, write_and_kill
from tests.api.store.postgres_server import Server

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
KILLS = 4
ATTEMPTS = 5  # of three kills each


@asynccontextmanager
async def _after(store: SealedStore, ledger: Ledger) -> AsyncIterator[Findings]:
    await store.open()
    try:
        yield await check(store, ledger)
    finally:
        await store.close()


async def test_sqlite_keeps_what_it_acknowledged(tmp_path: Path):
    """kill -9 of the writing process, again and again: nothing lost, nothing doubled, every effect with its answer."""
    ledger = write_and_kill(["sqlite", str(tmp_path)], MASTER, KILLS)
    async with _after(sqlite_store(tmp_path, MASTERS), ledger) as findings:
        assert findings.answers > 100
        assert findings.clean, findings


@pytest.mark.parametrize(("fault", "sees"), [("early", "lost"), ("no-key", "doubled"), ("outside", "unpaired")])
async def test_the_ledger_catches_planted_faults(tmp_path: Path, fault: str, sees: str):
    """A store that acknowledged early, forgot command ids or wrote effects apart would be caught: kills go on until one
    falls where the fault shows."""
    for attempt in map(str, range(ATTEMPTS)):
        folder = tmp_path / attempt
        folder.mkdir()
        ledger = write_and_kill(["sqlite", str(folder)], MASTER, 3, fault)
        async with _after(sqlite_store(folder, MASTERS), ledger) as findings:
            caught = findings
        if getattr(caught, sees):
            break
    assert getattr(caught, sees), caught


@pytest.mark.postgres
async def test_postgres_keeps_what_it_acknowledged_when_we_are_killed(clean: Server):
    """kill -9 of the writing process: nothing lost, nothing doubled, every effect with its answer."""
    ledger = write_and_kill(_addresses(clean), MASTER, KILLS)
    async with _after(on_postgres(clean), ledger) as findings:
        assert findings.answers > 100
        assert findings.clean, findings


@pytest.mark.postgres
async def test_postgres_keeps_what_it_acknowledged_when_it_is_killed(clean: Server):
    """kill -9 of PostgreSQL and all its children, under load: nothing lost, nothing doubled."""
    ledger = write_and_kill(_addresses(clean), MASTER, 3, stroke=_restart(clean))
    async with _after(on_postgres(clean), ledger) as findings:
        assert findings.answers > 100
        assert findings.clean, findings


@pytest.mark.postgres
async def test_the_ledger_catches_a_server_that_forgets(clean: Server):
    """With synchronous_commit=off and a slow background writer, a killed server loses acknowledged answers."""
    await run(clean.url("postgres"), "ALTER DATABASE journeys SET synchronous_commit = off")
    await run(clean.url("postgres"), "ALTER SYSTEM SET wal_writer_delay = '10s'")
    await run(clean.url("postgres"), "SELECT pg_reload_conf()")
    ledger = write_and_kill(_addresses(clean), MASTER, 3, "async", _restart(clean))
    await run(clean.url("postgres"), "ALTER DATABASE journeys RESET synchronous_commit")
    await run(clean.url("postgres"), "ALTER SYSTEM RESET wal_writer_delay")
    async with _after(on_postgres(clean), ledger) as findings:
        assert findings.lost, findings


def _addresses(server: Server) -> list[str]:
    return ["postgres", server.url("wegwijzer_app"), server.url("wegwijzer_app", "keys")]


def _restart(server: Server) -> Callable[[], None]:
    def stroke() -> None:
        server.kill()
        server.start()

    return stroke

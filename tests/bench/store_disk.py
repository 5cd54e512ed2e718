"""What a journey of 10 answers takes on disk, with everything on and in the clear."""

from __future__ import annotations

import asyncio
from pathlib import Path
from unittest.mock import patch

import asyncpg
import orjson

from api.clock import SystemClock
from api.store.connect import sqlite_store
from api.store.seal import DossierKey
from api.store.sealed import SealedStore
from api.store.sqlite_files import connect
from tests.api.store.postgres_server import Server
from tests.bench import store_work as w
from tests.bench.recorder import Row

JOURNEYS, AT_ONCE = 1600, 16  # side by side, as citizens come: pages and indexes fill as they do then
# So many that what the tables take by themselves (some pages and a map of free room each) is a few bytes of a journey.
GOAL = 8192
SIZES = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname = ANY ($1)"
OURS = ["journey", "event", "command", "job", "task", "signal", "dossier_key"]


async def disk_rows(folder: Path, server: Server | None) -> list[Row]:
    """Bytes a journey, on SQLite or on this server, sealed; again with sealing taken out."""
    engine = "PostgreSQL" if server else "SQLite"
    sealed, settled = await _bytes(folder / "sealed", server)
    with patch.object(DossierKey, "seal", _in_clear), patch.object(DossierKey, "open", _from_clear):
        plain, _ = await _bytes(folder / "plain", server)
    return [
        Row(
            f"{engine}: a journey of 10 answers on disk, everything on",
            f"{sealed:,.0f} bytes",
            f"<= {GOAL:,} bytes",
            sealed <= GOAL,
        ),
        Row(f"{engine}: the same once its replies are forgotten", f"{settled:,.0f} bytes"),
        Row(f"{engine}: the same in the clear (no seal, no compression)", f"{plain:,.0f} bytes"),
    ]


async def _bytes(folder: Path, server: Server | None) -> tuple[float, float]:
    """Bytes a journey after the work, and after the replies were forgotten."""
    store = await w.on_server(server) if server else sqlite_store(folder, w.MASTERS)
    if server:
        await _maintain(server, "TRUNCATE journey, event, command, job, task, signal", "TRUNCATE dossier_key")
    await store.open()
    before = await _size(folder, server)
    for _ in range(JOURNEYS // AT_ONCE):
        await asyncio.gather(*(w.whole_journey(store) for _ in range(AT_ONCE)))
    full = await _size(folder, server) - before
    settled = await _forgotten(store, folder, server) - before
    await store.close()
    return full / JOURNEYS, settled / JOURNEYS


async def _forgotten(store: SealedStore, folder: Path, server: Server | None) -> float:
    while await store.forget_replies(SystemClock().now()):
        pass
    if server:
        await _maintain(server, "VACUUM FULL", "VACUUM FULL")
    else:
        connection = connect(folder / "wegwijzer.sqlite")
        connection.execute("VACUUM")
        connection.close()
    return await _size(folder, server)


async def _size(folder: Path, server: Server | None) -> float:
    """Tables and indexes as they lie, after a plain VACUUM; SQLite's files with their logs folded in."""
    if server is None:
        for name in ("wegwijzer.sqlite", "keys.sqlite"):
            connection = connect(folder / name)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            connection.close()
        return sum(path.stat().st_size for path in folder.glob("*.sqlite*"))  # noqa: ASYNC240
    await _maintain(server, "VACUUM", "VACUUM")
    total = 0
    for database in ("journeys", "keys"):
        connection = await asyncpg.connect(server.url("postgres", database))
        total += await connection.fetchval(SIZES, OURS)
        await connection.close()
    return total


async def _maintain(server: Server, journeys: str, keys: str) -> None:
    for database, statement in (("journeys", journeys), ("keys", keys)):
        connection = await asyncpg.connect(server.url("postgres", database))
        await connection.execute(statement)
        await connection.close()


def _in_clear(key: DossierKey, field: str, value: object, known: object = (), carried: str = "") -> bytes:
    return orjson.dumps(value)


def _from_clear(key: DossierKey, field: str, sealed: bytes, known: object = ()) -> object:
    return orjson.loads(sealed)

"""A database as an older schema left it, with journeys in it, and how it was before a step.

0004    identities as text, body hashes in the clear, a reply that says whose it is
0006    identities as bytes
both    `tenant` is the name of the column that is `tenant_id` now
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from api.store.ids import id_bytes, id_text
from api.store.keys import OWN, Ring
from api.store.port import Change, Effect, Reply, Timer
from api.store.seal import DossierKey
from api.store.upgrade import FOLDER
from api.store.writing import command_rows
from tests.api.store.conftest import MASTERS, run
from tests.api.store.samples import NOW, TENANT, a_task, started

WITH_TEXTS, RENAMED_NEXT = STEPS = ("0004", "0006")
IDS = ("id", "journey", "key")
KEYS = """
CREATE TABLE dossier_key (
    tenant text NOT NULL, journey {} NOT NULL, number integer NOT NULL,
    keep text NOT NULL, master text NOT NULL, wrapped {} NOT NULL, PRIMARY KEY (tenant, journey, number)
)
"""
# Identities of every kind: as the server makes them, as clients choose them, of 16 letters, none of ASCII.
JOURNEYS = (
    "01a20167-c801-7152-a2d2-9c4eec619b95",
    "01a20167-c802-7000-8000-000000000001",
    "of sixteen bytes",
    "zaak é 7",
)


def changes() -> list[Change]:
    """A start for each journey: events, a clock, an effect, a task."""
    return [_start(number, journey) for number, journey in enumerate(JOURNEYS, start=1)]


def jobs(made: list[Change]) -> Iterator[tuple[str, str, Any]]:
    """What waits to be done after them."""
    for change in made:
        yield change.journey, change.effects[0].key, change.effects[0].payload
        yield change.journey, "timer:place", None


def _start(number: int, journey: str) -> Change:
    key = ("01a20167-c803-7000-8000-00000000000{}", "01A20167-C804-7000-8000-00000000000{}", "client's key {}", "k{}")
    command_id = key[number - 1].format(number)
    return started(
        journey,
        command_id=command_id,
        events=[{"id": f"{command_id}.{n}", "type": "AnswerGiven", "journey": journey} for n in range(4)],
        snapshot={"id": journey, "answers": {"spoed": True}},
        reply=Reply(201, {"id": journey, "version": 4}, {"ETag": '"4"'}),
        effects=[Effect(f"{command_id}.1/1", "Notify", {"to": journey}, NOW)],
        timers=[Timer("place", 1, NOW)],
        tasks=[a_task(f"01a20167-c805-7000-8000-00000000000{number}", journey)],
    )


def _inserts(change: Change, step: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of a start as that schema had them."""
    for table, row in _rows(change, step):
        own = _as_text(row) if step == WITH_TEXTS else row
        yield table, {"tenant" if name == "tenant_id" else name: value for name, value in own.items()}


def _rows(change: Change, step: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    ring = Ring({OWN: DossierKey(TENANT, change.journey, OWN, _secret(change.journey))}, {"": OWN})
    made = command_rows(change, ring)
    yield "journey", made.journey
    yield "command", _with_its_hash(made.command, change, ring.own) if step == WITH_TEXTS else made.command
    for table, many in (("event", made.events), ("job", made.jobs), ("task", made.tasks)):
        for row in many:
            yield table, row


def _with_its_hash(row: Mapping[str, Any], change: Change, key: DossierKey) -> Mapping[str, Any]:
    told = [change.reply.status, {**change.reply.body, "id": ""}, dict(change.reply.headers), 1]
    return {**row, "body_hash": change.body_hash, "reply": key.seal(f"reply:{change.command_id}", told)}


def _as_text(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: id_text(value) if name in IDS else value for name, value in row.items()}


def _secret(journey: str) -> bytes:
    return journey.encode().ljust(32)[:32]


def _key(change: Change, step: str) -> tuple[Any, ...]:
    wrapped = MASTERS.wrap(TENANT, change.journey, OWN, _secret(change.journey))
    journey = change.journey if step == WITH_TEXTS else id_bytes(change.journey)
    return TENANT, journey, OWN, "", MASTERS.current, wrapped


def _config(**more: Any) -> Config:
    config = Config(**more)
    config.set_main_option("script_location", str(FOLDER))
    return config


def step_sqlite(folder: Path, move: Callable[[Config, str], None], step: str) -> None:
    """Up (`command.upgrade`) or down to a step."""
    engine, config = create_engine(f"sqlite:///{folder / 'wegwijzer.sqlite'}"), _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        move(config, step)
    engine.dispose()


async def step_postgres(address: str, move: Callable[..., None], step: str) -> None:
    """Up or down to a step; down says from which: `0007:0006`."""
    script = StringIO()
    move(_config(output_buffer=script), step, sql=True)
    await run(address, script.getvalue())


async def on_sqlite(folder: Path, step: str) -> list[Change]:
    """Two files in this folder."""
    made = changes()
    step_sqlite(folder, command.upgrade, step)
    with closing(sqlite3.connect(folder / "wegwijzer.sqlite")) as journeys, journeys:
        for table, row in (one for change in made for one in _inserts(change, step)):
            names = ", ".join(row)
            values = ", ".join(f":{name}" for name in row)
            journeys.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", row)  # noqa: S608
    with closing(sqlite3.connect(folder / "keys.sqlite")) as keys, keys:
        keys.execute(KEYS.format("TEXT" if step == WITH_TEXTS else "BLOB", "BLOB") + "WITHOUT ROWID")
        keys.executemany("INSERT INTO dossier_key VALUES (?, ?, ?, ?, ?, ?)", [_key(change, step) for change in made])
    return made


async def on_postgres(journeys: str, keys: str, step: str) -> list[Change]:
    """Two databases at these addresses of their owner; the app role has its rights."""
    made = changes()
    await step_postgres(journeys, command.upgrade, step)
    connection = await asyncpg.connect(journeys)
    await connection.execute("SELECT set_config('app.tenant', $1, false)", TENANT)
    for table, row in (one for change in made for one in _inserts(change, step)):
        values = ", ".join(f"${number}" for number in range(1, len(row) + 1))
        await connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})",  # noqa: S608
            *row.values(),
        )
    tables = "journey, command, job, task, signal, resume_code, session, published_flow, upload"
    await connection.execute(
        "GRANT SELECT, INSERT ON event, look, erasure TO wegwijzer_app;"
        "GRANT SELECT ON alembic_version TO wegwijzer_app;"
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO wegwijzer_app"
    )
    await connection.close()
    connection = await asyncpg.connect(keys)
    await connection.execute(KEYS.format("text" if step == WITH_TEXTS else "bytea", "bytea"))
    rows = [_key(change, step) for change in made]
    await connection.executemany("INSERT INTO dossier_key VALUES ($1, $2, $3, $4, $5, $6)", rows)
    await connection.execute("GRANT SELECT, INSERT, DELETE ON dossier_key TO wegwijzer_app")
    await connection.close()
    return made

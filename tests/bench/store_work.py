"""The work of the store's benchmarks: journeys as the service writes them, and the bare INSERT they are held against.

A journey is: start (4 events, 2 timers), 10 answers (1 event each, the snapshot grows), submit (3 events, 1 task, 1
effect, 1 timer). Every command has its idempotency row and its reply; everything is sealed and chained.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import asyncpg

from api.cli.serve import GARBAGE
from api.clock import SystemClock
from api.store.connect import migrate, postgres_store
from api.store.masters import masters_from_text, new_master
from api.store.port import Change, Committed, Effect, Reply, Stored, Task, Timer
from api.store.sealed import SealedStore
from api.store.sqlite_files import connect
from tests.api.store.postgres_server import Server

TENANT = "voorbeeld"
CLOCK = SystemClock()
MASTERS = masters_from_text(new_master("bench"))
VERSION = "e16e0b918bbde463d105ed198e5fccb50cf4f609ccfd545b8413d54a4cef4402"
ANSWERS = 10
BARE = "INSERT INTO bare (tenant, id, seq, payload) VALUES ($1, $2, $3, $4)"
BARE_TABLE = "CREATE TABLE IF NOT EXISTS bare (tenant text, id text, seq integer, payload {}, PRIMARY KEY (id, seq))"


def event(command: str, number: int, at: str, **own: Any) -> dict[str, Any]:
    """An event as the service dumps it."""
    return {"id": f"{command}.{number}", "at": at, "actor": {"kind": "citizen"}, **own}


def change(base: Stored | None, journey: str, events: list[dict[str, Any]], snapshot: Any, **more: Any) -> Change:
    """One command."""
    command = more.pop("command_id", None) or CLOCK.new_id()
    return Change(
        tenant=TENANT,
        journey=journey,
        command_id=command,
        body_hash=sha256(command.encode()).digest(),
        at=CLOCK.now(),
        base=base,
        events=events,
        snapshot=snapshot,
        flow="boom-kappen",
        flow_version=VERSION,
        reply=more.pop("reply", None) or _told(journey, (base.version if base else 0) + len(events)),
        actor="citizen",
        channel="web",
        **more,
    )


def _told(journey: str, version: int) -> Reply:
    """What the API tells after an answer."""
    body = {
        "id": journey,
        "version": version,
        "place": "answering",
        "outcome": "",
        "next": "stamomtrek_3",
        "open": True,
    }
    return Reply(200, body)


def first_change(journey: str) -> Change:
    """The start of a journey."""
    command, now = CLOCK.new_id(), CLOCK.now()
    at = now.isoformat()
    events = [
        event(command, 1, at, journey=journey, reference="WW-CJ9C-GQ4W", flow="boom-kappen", version=VERSION),
        event(command, 2, at, place="answering", by_event="", type="PlaceEntered"),
        event(command, 3, at, clock="place", until=at, type="ClockSet"),
        event(command, 4, at, clock="remind", until=at, type="ClockSet"),
    ]
    return change(
        None,
        journey,
        events,
        _snapshot(journey, at, 0),
        command_id=command,
        action="start",
        reference=f"WW-{journey[-17:]}",
        secret_hash=os.urandom(32),
        timers=[Timer("place", 1, now), Timer("remind", 1, now)],
        reply=Reply(200, {"id": journey, "reference": "WW-CJ9C-GQ4W", "secret": os.urandom(16).hex(), "version": 4}),
    )


def answer_change(base: Stored, number: int, snapshot: Any = None) -> Change:
    """One answer; `number` counts them."""
    command, at = CLOCK.new_id(), CLOCK.now().isoformat()
    given = event(command, 1, at, fact=f"stamomtrek_{number % ANSWERS}", value=str(100 + number), type="AnswerGiven")
    after = snapshot if snapshot is not None else _answered(base, number, at)
    return change(base, base.journey, [given], after, command_id=command, action="answer")


def last_change(base: Stored) -> Change:
    """Hand in: a step, a place, an outcome; a task for a person, a message, a term."""
    command, now = CLOCK.new_id(), CLOCK.now()
    at = now.isoformat()
    events = [
        event(command, 1, at, step="submit", type="StepTaken"),
        event(command, 2, at, place="deciding", by_event="submit", type="PlaceEntered"),
        event(command, 3, at, outcome="vergunningplicht", type="OutcomeSettled"),
    ]
    task = Task(TENANT, CLOCK.new_id(), base.journey, "boom-kappen", "judge", now, reason="place.deciding", due_at=now)
    return change(
        base,
        base.journey,
        events,
        _snapshot(base.journey, at, ANSWERS),
        command_id=command,
        action="step",
        tasks=[task],
        effects=[Effect(f"{command}.1/1", "Notify", {"text": "received", "over": "web"}, now)],
        timers=[Timer("decision", 2, now)],
        cancelled=["remind"],
    )


def _snapshot(journey: str, at: str, answers: int) -> dict[str, Any]:
    given = {f"stamomtrek_{number % ANSWERS}": _given(number, at) for number in range(min(answers, ANSWERS))}
    return {
        "id": journey,
        "reference": "WW-CJ9C-GQ4W",
        "flow": "boom-kappen",
        "version": VERSION,
        "language": "nl",
        "channel": "web",
        "started": at,
        "seq": 4 + answers,
        "answers": given,
        "place": "answering",
        "visits": [{"place": "answering", "entry": 1, "at": at}],
        "deadlines": {"place": at, "remind": at},
        "signals": 0,
    }


def _given(number: int, at: str) -> dict[str, Any]:
    return {"value": str(100 + number), "supplier": "citizen", "at": at, "by": ["citizen", ""], "channel": "web"}


def _answered(base: Stored, number: int, at: str) -> dict[str, Any]:
    """What was loaded, with this answer in it."""
    answers = {**base.snapshot["answers"], f"stamomtrek_{number % ANSWERS}": _given(number, at)}
    return {**base.snapshot, "seq": base.version + 1, "answers": answers}


async def committed(store: SealedStore, wanted: Change) -> Stored:
    """Write it, and read the journey back."""
    told = await store.commit(wanted)
    assert isinstance(told, Committed), told
    found = await store.load(TENANT, wanted.journey)
    assert found is not None
    return found


async def whole_journey(store: SealedStore) -> None:
    """Start, ten answers, hand in."""
    base = await committed(store, first_change(CLOCK.new_id()))
    for number in range(1, ANSWERS + 1):
        base = await committed(store, answer_change(base, number))
    await committed(store, last_change(base))


def as_served() -> None:
    """Look for garbage as seldom as `wegwijzer serve` does. Its loop is uvloop too: the benchmarks run on that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


async def clients(count: int, seconds: float, work: Callable[[int], Awaitable[None]]) -> tuple[float, float]:
    """`count` clients repeat `work(client)` for so long: times a second, and CPU microseconds of ours for each."""
    done, until, cpu, start = 0, perf_counter() + seconds, process_time(), perf_counter()

    async def client(number: int) -> None:
        nonlocal done
        while perf_counter() < until:
            await work(number)
            done += 1

    await asyncio.gather(*(client(number) for number in range(count)))
    return done / (perf_counter() - start), (process_time() - cpu) / done * 1e6


async def answering(store: SealedStore, count: int) -> Callable[[int], Awaitable[None]]:
    """Work for `clients`: load a journey of one's own and answer."""
    journeys = [(await committed(store, first_change(CLOCK.new_id()))).journey for _ in range(count)]
    given = [0] * count

    async def work(client: int) -> None:
        base = await store.load(TENANT, journeys[client])
        assert base is not None
        given[client] += 1
        told = await store.commit(answer_change(base, given[client]))
        assert isinstance(told, Committed)

    return work


async def going_on(store: SealedStore, count: int) -> Callable[[int], Awaitable[None]]:
    """Work for `clients`: answer on the journey as the last commit left it, as `api.service.live` does."""
    bases = [await committed(store, first_change(CLOCK.new_id())) for _ in range(count)]

    async def work(client: int) -> None:
        change = answer_change(bases[client], bases[client].version)
        told = await store.commit(change)
        assert isinstance(told, Committed)
        bases[client] = replace(bases[client], version=told.version, head=told.head)

    return work


def bare_sqlite(path: Path) -> Callable[[int], Awaitable[None]]:
    """Work for `clients`: the bare INSERT of one row in the event loop, each with its own COMMIT."""
    connection: sqlite3.Connection = connect(path)
    connection.execute(BARE_TABLE.format("blob"))
    statement = BARE.replace("$1", "?").replace("$2", "?").replace("$3", "?").replace("$4", "?")
    number = 0

    async def work(client: int) -> None:
        nonlocal number
        number += 1
        connection.execute(statement, (TENANT, CLOCK.new_id(), number, b"x" * 250))
        await asyncio.sleep(0)

    return work


async def bare_postgres(url: str, size: int) -> tuple[Any, Callable[[int], Awaitable[None]]]:
    """A pool, and work for `clients`: the bare INSERT of one row through it."""
    pool = await asyncpg.create_pool(url, min_size=size, max_size=size)

    async def work(client: int) -> None:
        async with pool.acquire() as connection:
            await connection.execute(BARE, TENANT, CLOCK.new_id(), client, b"x" * 250)

    return pool, work


async def on_server(server: Server, size: int = 16) -> SealedStore:
    """The production store on this server, with tables, and the bare table beside them."""
    owner, keys = server.url("wegwijzer_owner"), server.url("wegwijzer_owner", "keys")
    await migrate(owner, keys, server.folder, "wegwijzer_app")
    connection = await asyncpg.connect(owner)
    await connection.execute(BARE_TABLE.format("bytea") + "; GRANT ALL ON bare TO wegwijzer_app")
    await connection.close()
    return postgres_store(server.url("wegwijzer_app"), server.url("wegwijzer_app", "keys"), MASTERS, size)

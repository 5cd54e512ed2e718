"""Benchmarks of the durable store, on SQLite and on a PostgreSQL that is started here.

    python -m tests.bench store             all of it, recorded
    python -m tests.bench.store slow PATH   (run by the above, under a slow disk) SQLite's figures as JSON
    python -m tests.bench.store replica URL KEYS COUNT      (run by the above) one server's clients

Competitors take turns in short rounds, so that a busy machine is busy for all; figures are medians. "Bare" is one
INSERT of one row of 250 bytes over the same driver, with its own COMMIT; "ours" loads a journey and commits an answer:
event, snapshot, idempotency row, sealed and chained; "on" leaves the load out, as a server that answered last does.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

import asyncpg
import uvloop

from api.clock import SystemClock
from api.store.connect import sqlite_store
from api.store.ids import id_bytes
from api.store.lists import Job
from api.store.moments import micros
from api.store.sealed import SealedStore
from tests.api.store.postgres_server import Server, binaries
from tests.bench import store_work as w
from tests.bench.recorder import Row, Section, at_least, at_most, record
from tests.bench.stopwatch import on_every_processor
from tests.bench.store_disk import disk_rows
from tests.bench.store_flush import slow_disk
from tests.bench.store_replicas import replica, replicas

NOTE = (
    "Full durability on both engines: synchronous=FULL, synchronous_commit=on, encryption, row-level security. CPU is "
    "this process's alone. The machine's other work makes rates swing; ratios hold."
)
ROUNDS, SECONDS = 5, 0.8
FUTURE = 500_000
Work = Callable[[int], Awaitable[None]]


async def turns(works: dict[str, tuple[int, Work]]) -> dict[str, tuple[float, float]]:
    """Times a second and CPU µs for each competitor (clients, work): medians over the rounds."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, (count, work) in works.items():
            seen[name].append(await w.clients(count, SECONDS, work))
    return {name: (median(r for r, _ in found), median(c for _, c in found)) for name, found in seen.items()}


def _against_bare(engine: str, pace: dict[str, tuple[float, float]]) -> list[Row]:
    bare, bare_cpu = pace["bare"]
    rows = [Row(f"{engine}: bare INSERT, 16 clients", f"{bare:,.0f}/s, {bare_cpu:.0f} µs CPU")]
    for name, what in (
        ("ours", "load and commit of an answer"),
        ("on", "commit of an answer on a journey at hand"),
    ):
        ours, cpu = pace[name]
        rows += [
            Row(f"{engine}: {what}, 16 clients", f"{ours:,.0f}/s, {cpu:.0f} µs CPU"),
            Row(f"{engine}: throughput of that, of the bare INSERT's", f"{ours / bare:.0%}"),
            Row(f"{engine}: CPU of that, of the bare INSERT's", f"{cpu / bare_cpu:.1f} x"),
        ]
    return rows


async def _with_ours(store: SealedStore, bare: Work) -> dict[str, tuple[int, Work]]:
    return {"bare": (16, bare), "ours": (16, await w.answering(store, 16)), "on": (16, await w.going_on(store, 16))}


async def sqlite_rows(folder: Path) -> list[Row]:
    """SQLite against its own bare INSERT, and the length of a journey."""
    store = sqlite_store(folder, w.MASTERS)
    await store.open()
    w.as_served()
    rows = _against_bare("SQLite", await turns(await _with_ours(store, w.bare_sqlite(folder / "bare.sqlite"))))
    rows.append(await _length(store, "SQLite"))
    await store.close()
    return rows


async def postgres_rows(server: Server) -> list[Row]:
    """PostgreSQL against its own bare INSERT, the length of a journey, and jobs with many timers waiting."""
    store = await w.on_server(server)
    await store.open()
    w.as_served()
    pool, bare = await w.bare_postgres(server.url("wegwijzer_app"), 16)
    rows = _against_bare("PostgreSQL", await turns(await _with_ours(store, bare)))
    await pool.close()
    rows.append(await _length(store, "PostgreSQL"))
    rows += await _jobs(store, server)
    await store.close()
    return rows


async def _length(store: SealedStore, engine: str) -> Row:
    """An answer in a journey of 500 answers against one of 10; both know 10 facts."""
    works: dict[str, tuple[int, Work]] = {}
    for name, length in (("short", 10), ("long", 500)):
        base = await w.committed(store, w.first_change(w.CLOCK.new_id()))
        for number in range(1, length):
            base = await w.committed(store, w.answer_change(base, max(number, 10)))
        works[name] = (1, _again(store, base.journey))
    pace = await turns(works)
    ratio = pace["long"][1] / pace["short"][1]
    return at_most(f"{engine}: CPU of an answer after 500 answers, of that after 10", ratio, 1.5)


def _again(store: SealedStore, journey: str) -> Work:
    async def work(client: int) -> None:
        base = await store.load(w.TENANT, journey)
        assert base is not None
        await store.commit(w.answer_change(base, 10))

    return work


async def _jobs(store: SealedStore, server: Server) -> list[Row]:
    """Due jobs a second (leased 50 at a time, each done), with no timers waiting and with 500 thousand."""
    base = await w.committed(store, w.first_change(w.CLOCK.new_id()))
    owner = await asyncpg.connect(server.url("postgres"))
    rates = {0: 0.0, FUTURE: 0.0}
    for waiting in rates:
        await owner.execute("TRUNCATE job")
        await _put(owner, base.journey, waiting, due=False)
        await owner.execute("VACUUM ANALYZE job")
        rates[waiting] = median([await _carry_out(store, owner, base.journey) for _ in range(ROUNDS)])
    await owner.close()
    return [
        Row("PostgreSQL: due jobs leased and done, no timers waiting", f"{rates[0]:,.0f}/s"),
        Row("PostgreSQL: the same with 500 thousand timers waiting", f"{rates[FUTURE]:,.0f}/s"),
        _share("PostgreSQL: that, of the rate with none", rates[FUTURE] / rates[0], 0.8),
    ]


def _share(what: str, ratio: float, goal: float) -> Row:
    return Row(what, f"{ratio:.0%}", f">= {goal:.0%}", ratio >= goal)


async def _put(owner: asyncpg.Connection, journey: str, count: int, due: bool) -> None:
    at = micros(SystemClock().now()) + (-1_000_000 if due else 30 * 86_400 * 1_000_000)
    await owner.execute(
        "INSERT INTO job (tenant_id, journey, key, kind, entry, run_at, wake_at, attempts, exhausted, key_no, sealed) "
        "SELECT $1, $2, convert_to($3 || n, 'UTF8'), 'timer', 1, $4::bigint + n, $4::bigint + n, 0, 0, 1, '' "
        "FROM generate_series(1, $5::integer) AS n",
        w.TENANT,
        id_bytes(journey),
        "due-" if due else "later-",
        at,
        count,
    )


async def _carry_out(store: SealedStore, owner: asyncpg.Connection, journey: str) -> float:
    await _put(owner, journey, 1000, due=True)
    start, done = asyncio.get_running_loop().time(), 0
    while jobs := await store.lease(SystemClock().now(), 50, 60):
        await asyncio.gather(*(_done(store, job) for job in jobs))
        done += len(jobs)
    return done / (asyncio.get_running_loop().time() - start)


async def _done(store: SealedStore, job: Job) -> None:
    await store.done(job)


async def slow_sqlite(folder: Path) -> dict[str, float]:
    """Answers a second on a slow disk: the unbatched bare writer, and ours, for 16 clients."""
    store = sqlite_store(folder, w.MASTERS)
    await store.open()
    w.as_served()
    pace = await turns(
        {"bare": (16, w.bare_sqlite(folder / "bare.sqlite")), "ours": (16, await w.answering(store, 16))}
    )
    await store.close()
    return {name: rate for name, (rate, _) in pace.items()}


async def slow_postgres(server: Server) -> dict[str, float]:
    """Answers a second on a slow disk: for 1 client, for 32 of this process, and for 32 of two processes."""
    store = await w.on_server(server, 32)
    await store.open()
    w.as_served()
    work = await w.answering(store, 32)
    seen: dict[str, list[float]] = {"one": [], "many": [], "two": []}
    async with replicas(server, 2, 16) as pace:
        for _ in range(ROUNDS):
            seen["one"].append((await w.clients(1, SECONDS, work))[0])
            seen["many"].append((await w.clients(32, SECONDS, work))[0])
            seen["two"].append(await pace())
    await store.close()
    return {name: median(rates) for name, rates in seen.items()}


def slow_rows(folder: Path) -> list[Row]:
    """What grouping commits is worth when a flush takes a millisecond more."""
    library = slow_disk(folder)
    if not library:
        return [Row("with 1 ms added per flush", "left out: no C compiler here")]
    command = [sys.executable, "-m", "tests.bench.store", "slow", str(folder / "slow")]
    told = subprocess.run(command, env={**os.environ, "LD_PRELOAD": library}, capture_output=True, check=True)
    lite = json.loads(told.stdout)
    rows = [
        Row("SQLite, 1 ms more per flush: unbatched writer, 16 clients", f"{lite['bare']:,.0f}/s"),
        Row("SQLite, 1 ms more per flush: ours, 16 clients", f"{lite['ours']:,.0f}/s"),
        at_least("SQLite, 1 ms more per flush: ours, of the unbatched writer's", lite["ours"] / lite["bare"], 4),
    ]
    if binaries() is None:
        return rows
    os.chmod(folder, 0o755)  # noqa: S103  the account that PostgreSQL runs under reads the library
    server = _served({"LD_PRELOAD": library})
    try:
        post = uvloop.run(slow_postgres(server))
    finally:
        server.stop()
    return [
        *rows,
        Row("PostgreSQL, 1 ms more per flush: 1 client", f"{post['one']:,.0f}/s"),
        Row("PostgreSQL, 1 ms more per flush: 32 clients of one server", f"{post['many']:,.0f}/s"),
        Row("PostgreSQL, 1 ms more per flush: that, of 1 client", f"{post['many'] / post['one']:.1f} x"),
        Row("PostgreSQL, 1 ms more per flush: 32 clients of two servers", f"{post['two']:,.0f}/s"),
        at_least("PostgreSQL, 1 ms more per flush: that, of 1 client", post["two"] / post["one"], 10),
    ]


def _served(environment: dict[str, str] | None = None) -> Server:
    """A server on any processor: this process is pinned to one, its children should not be."""
    before = dict(os.environ)
    os.environ.update(environment or {})
    try:
        with on_every_processor():
            return Server("shared_buffers=512MB")
    finally:
        os.environ.clear()
        os.environ.update(before)


def main() -> None:
    """Measure and record."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        folder = Path(name)
        rows = uvloop.run(sqlite_rows(folder / "fast")) + uvloop.run(disk_rows(folder / "disk", None))
        if binaries() is not None:
            server = _served()
            try:
                rows += uvloop.run(postgres_rows(server)) + uvloop.run(disk_rows(folder / "disk", server))
            finally:
                server.stop()
        rows += slow_rows(folder)
    record(
        Section(
            "store",
            "The durable store",
            "python -m tests.bench store",
            rows,
            peers=("asyncpg", "cryptography", "orjson"),
            notes=(NOTE,),
        )
    )


if __name__ == "__main__" and sys.argv[1:2] == ["slow"]:
    print(json.dumps(uvloop.run(slow_sqlite(Path(sys.argv[2])))))
if __name__ == "__main__" and sys.argv[1:2] == ["replica"]:
    uvloop.run(replica(sys.argv[2], sys.argv[3], int(sys.argv[4])))

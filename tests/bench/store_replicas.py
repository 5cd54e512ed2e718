"""Clients of several servers on one PostgreSQL: each server is a process of its own, on any processor.

    async with replicas(server, 2, 16) as pace:     two servers, 16 clients each
        rate = await pace()                         answers a second of all together, for one short round

A client of this process shares one processor with all the others here, and with the making of their rows; what the
database can do at one moment shows with more servers than one, as production has them. Used by `tests.bench.store`.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from api.store.connect import postgres_store
from tests.api.store.postgres_server import Server
from tests.bench import store_work as w
from tests.bench.stopwatch import on_every_processor

SECONDS = 0.8


@asynccontextmanager
async def replicas(server: Server, servers: int, clients: int) -> AsyncIterator[Callable[[], Awaitable[float]]]:
    """Start them; what is given runs one round."""
    addresses = (server.url("wegwijzer_app"), server.url("wegwijzer_app", "keys"))
    command = (sys.executable, "-m", "tests.bench.store", "replica", *addresses, str(clients))
    started = [await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE) for _ in range(servers)]
    try:
        for process in started:
            await _said(process)
        yield lambda: _round(started)
    finally:
        for process in started:
            if process.stdin is not None:
                process.stdin.close()
            await process.wait()


async def _round(started: list[Process]) -> float:
    for process in started:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
    return sum([float(await _said(process)) for process in started])


async def _said(process: Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


async def replica(url: str, keys_url: str, clients: int) -> None:
    """One server: a round for each line that comes in, its rate as a line; until nothing comes any more."""
    with on_every_processor():
        await _rounds(url, keys_url, clients)


async def _rounds(url: str, keys_url: str, clients: int) -> None:
    store = postgres_store(url, keys_url, w.MASTERS, clients)
    await store.open()
    w.as_served()
    work = await w.answering(store, clients)
    await w.clients(clients, SECONDS / 4, work)
    print("ready", flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        rate, _ = await w.clients(clients, SECONDS, work)
        print(rate, flush=True)
    await store.close()

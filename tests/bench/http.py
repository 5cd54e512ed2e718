"""Benchmarks of the whole product over HTTP, each server a process of its own, 16 clients, turns of a second each.

    python -m tests.bench http

    an answer     against the least that a durable endpoint can be (`tests.bench.bare_server`), on both engines
    a length      an answer in a journey of 500 answers against one in a journey of 10, on both engines
    a journey     start, ten answers, a case for a person, against SpiffWorkflow (`tests.bench.spiff_server`)

"Everything on": front door, secret, strict JSON, validation, relevance, the next page's options, idempotency row,
encryption, chain, outbox, audit; on PostgreSQL row-level security. CPU is the server process's alone.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import asyncpg
import psutil

from api.store.masters import new_master
from tests.api.store.postgres_server import Server, binaries, free_port
from tests.bench import bare_server, spiff_server
from tests.bench.recorder import Row, Section, at_least, at_most, record
from tests.bench.stopwatch import on_every_processor
from tests.chaos.site import emptied
from tests.chaos.wire import Lost, Wire

CLIENTS, ROUNDS, SECONDS = 16, 7, 1.0
SHORT, LONG, MORE = 10, 500, 12  # answers of a journey before it is measured, and those that are
FLOW = "boom-kappen"
ANSWERS: tuple[dict[str, Any], ...] = (
    {"spoed": False},
    {"werk": "verwijderen"},
    {"omtrek_31_of_meer": True},
    {"iepziekte": False},
    {"dunnen": False},
    {"werk": "verplanten"},
    {"dunnen": True},
    {"beheerplan": True},
    {"beheerplan": False},
)
CASE = {"spoed": True}  # the tenth: an expert is called in
Work = Callable[[int], Awaitable[None]]
Journey = tuple[str, dict[str, str]]  # its path, and what opens it
NUMBERS = count(1)


@dataclass(frozen=True)
class Pace:
    """Times a second, CPU µs of the server for each, and the median and 99th percentile of the waits in ms."""

    rate: float
    cpu: float
    half: float
    most: float


def seconds_of(server: psutil.Process) -> float:
    """Processor seconds that it has taken so far."""
    times = server.cpu_times()
    return float(times.user + times.system)


async def paced(server: psutil.Process, work: Work, clients: int = CLIENTS) -> Pace:
    """One turn."""
    waits: list[float] = []
    before, start = seconds_of(server), perf_counter()

    async def client(number: int) -> None:
        while (now := perf_counter()) < start + SECONDS:
            await work(number)
            waits.append(perf_counter() - now)

    await asyncio.gather(*(client(number) for number in range(clients)))
    cpu, took = seconds_of(server) - before, perf_counter() - start
    waits.sort()
    done = len(waits)
    return Pace(done / took, cpu / done * 1e6, waits[done // 2] * 1e3, waits[int(done * 0.99)] * 1e3)


async def turns(works: dict[str, tuple[psutil.Process, Work]]) -> dict[str, list[Pace]]:
    """Every round each of them once, after one that does not count."""
    seen: dict[str, list[Pace]] = {name: [] for name in works}
    for number in range(ROUNDS + 1):
        for name, (server, work) in works.items():
            pace = await paced(server, work)
            if number:
                seen[name].append(pace)
    return seen


@contextmanager
def running(*arguments: str, **known: str) -> Any:
    """A server process."""
    process = subprocess.Popen([sys.executable, *arguments], env={**os.environ, **known}, stdout=subprocess.DEVNULL)
    try:
        yield psutil.Process(process.pid)
    finally:
        process.kill()
        process.wait()


async def ready(port: int, path: str) -> None:
    """Until it answers."""
    for _ in range(600):
        wire = Wire(port)
        try:
            await wire.ask("GET", path)
            return
        except Lost:
            await asyncio.sleep(0.1)
        finally:
            wire.close()
    raise RuntimeError("A server does not come up.")


def bare_work(port: int) -> Work:
    wires = [Wire(port) for _ in range(CLIENTS)]

    async def work(client: int) -> None:
        told = await wires[client].post("/answers", {"fact": "werk", "value": "verwijderen"})
        assert told.status == 200, told

    return work


async def answer_work(port: int) -> Work:
    """Each client changes one answer of its own journey, which stays under way."""
    wires = [Wire(port) for _ in range(CLIENTS)]
    journeys = [await begun(wire, *ANSWERS[:3]) for wire in wires]
    turns = [count() for _ in wires]

    async def work(client: int) -> None:
        await changed(wires[client], journeys[client], next(turns[client]))

    return work


async def changed(wire: Wire, journey: Journey, turn: int) -> None:
    """One answer of a journey given anew, each turn otherwise."""
    path, door = journey
    body = {"answers": {"werk": ("beschadigen", "verwijderen")[turn % 2]}}
    told = await wire.post(f"{path}/answers", body, idempotency_key=f"k{next(NUMBERS)}", **door)
    assert told.status == 200, told


class Lengths:
    """One journey a client, of so many answers, and what a few more of them cost the server."""

    def __init__(self, port: int) -> None:
        self.wires = [Wire(port) for _ in range(CLIENTS)]
        self.journeys: list[Journey] = []

    async def grow(self, answers: int) -> None:
        """New journeys of this length."""
        for wire in self.wires:
            wire.close()
        self.journeys = [await begun(wire, *ANSWERS[:3]) for wire in self.wires]
        await self.more(answers - 3)

    async def more(self, answers: int) -> None:
        """So many answers more in each, side by side."""

        async def one(client: int) -> None:
            for turn in range(answers):
                await changed(self.wires[client], self.journeys[client], turn)

        await asyncio.gather(*(one(client) for client in range(CLIENTS)))

    async def cost(self, server: psutil.Process) -> float:
        """Processor seconds of the server for `MORE` answers in each."""
        before = seconds_of(server)
        await self.more(MORE)
        return seconds_of(server) - before


async def length_row(engine: str, server: psutil.Process, port: int) -> Row:
    """The long journeys stay, the short ones are new in every round; the first round does not count."""
    short, long, ratios = Lengths(port), Lengths(port), list[float]()
    await long.grow(LONG)
    for _ in range(ROUNDS + 1):
        await short.grow(SHORT)
        costs = await long.cost(server), await short.cost(server)
        ratios.append(costs[0] / costs[1])
    return at_most(f"{engine}: CPU of an answer after {LONG} answers, of that after {SHORT}", median(ratios[1:]), 1.5)


async def begun(wire: Wire, *answers: dict[str, Any]) -> Journey:
    """A journey with these answers."""
    told = await wire.post("/v1/journeys", {"flow": FLOW}, idempotency_key=f"s{next(NUMBERS)}")
    path, door = f"/v1/journeys/{told.body['id']}", {"authorization": f"Bearer {told.body['secret']}"}
    for given in answers:
        answered = await wire.post(f"{path}/answers", {"answers": given}, idempotency_key=f"b{next(NUMBERS)}", **door)
        assert answered.status == 200, (given, answered)
    return path, door


def journey_work(port: int) -> Work:
    """A whole journey: start, ten answers, the last of which calls in an expert."""
    wires = [Wire(port) for _ in range(CLIENTS)]

    async def work(client: int) -> None:
        wires[client].close()  # a new citizen; what is idle for five seconds is closed by the server
        await begun(wires[client], *ANSWERS, CASE)

    return work


def spiff_work(port: int) -> Work:
    """The same in the peer; the case is the last step."""
    wires = [Wire(port) for _ in range(CLIENTS)]

    async def work(client: int) -> None:
        wires[client].close()
        told = await wires[client].post("/journeys", {})
        for _ in range(spiff_server.STEPS):
            told = await wires[client].post(f"/journeys/{told.body['id']}/steps", {"fact": "werk", "value": True})
            assert told.status == 200, told
        assert told.body["next"] == ""

    return work


def _ratio(top: list[Pace], bottom: list[Pace], name: str) -> float:
    return float(median(getattr(a, name) / getattr(b, name) for a, b in zip(top, bottom, strict=True)))


def _row(what: str, seen: list[Pace]) -> Row:
    rate, cpu, half, most = (median(getattr(pace, name) for pace in seen) for name in ("rate", "cpu", "half", "most"))
    return Row(what, f"{rate:,.0f}/s, {cpu:,.0f} µs CPU, p50 {half:.1f} ms, p99 {most:.1f} ms")


def _answer_rows(engine: str, seen: dict[str, list[Pace]]) -> list[Row]:
    share = _ratio(seen["ours"], seen["bare"], "rate")
    return [
        _row(f"{engine}: bare endpoint, one INSERT", seen["bare"]),
        _row(f"{engine}: an answer, everything on", seen["ours"]),
        Row(f"{engine}: throughput of that, of the bare one's", f"{share:.0%}", ">= 50%", share >= 0.5),
        at_most(f"{engine}: CPU of that, of the bare one's", _ratio(seen["ours"], seen["bare"], "cpu"), 2),
    ]


async def sqlite_rows(folder: Path) -> list[Row]:
    bare, ours = free_port(), free_port()
    with (
        running("-m", "tests.bench.bare_server", str(bare), "sqlite", str(folder / "bare.sqlite")) as one,
        running("-m", "api.cli.main", "serve", "--port", str(ours), "--data", str(folder / "ours")) as other,
    ):
        await ready(bare, "/openapi.json")
        await ready(ours, "/readyz")
        rows = _answer_rows(
            "SQLite", await turns({"bare": (one, bare_work(bare)), "ours": (other, await answer_work(ours))})
        )
        return [*rows, await length_row("SQLite", other, ours)]


async def postgres_rows(folder: Path, server: Server) -> list[Row]:
    await emptied(server)
    owner = await asyncpg.connect(server.url("postgres"))
    await owner.execute(f"{bare_server.TABLE}; {spiff_server.TABLE}; GRANT ALL ON bare, spiff TO wegwijzer_app")
    await owner.close()
    url, keys = server.url("wegwijzer_app"), server.url("wegwijzer_app", "keys")
    bare, spiff, ours = free_port(), free_port(), free_port()
    known = {
        "WEGWIJZER_DATABASE": url,
        "WEGWIJZER_KEY_DATABASE": keys,
        "WEGWIJZER_MASTER_KEYS": new_master("bench"),
        "WEGWIJZER_FOLDER": str(folder),
    }
    with (
        running("-m", "tests.bench.bare_server", str(bare), url) as one,
        running("-m", "tests.bench.spiff_server", str(spiff), url) as peer,
        running("-m", "api.cli.main", "serve", "--port", str(ours), **known) as other,
    ):
        await ready(bare, "/openapi.json")
        await ready(spiff, "/openapi.json")
        await ready(ours, "/readyz")
        rows = _answer_rows(
            "PostgreSQL", await turns({"bare": (one, bare_work(bare)), "ours": (other, await answer_work(ours))})
        )
        rows.append(await length_row("PostgreSQL", other, ours))
        seen = await turns({"spiff": (peer, spiff_work(spiff)), "ours": (other, journey_work(ours))})
    return [
        *rows,
        _row("PostgreSQL: a whole journey in SpiffWorkflow", seen["spiff"]),
        _row("PostgreSQL: a whole journey, everything on", seen["ours"]),
        at_least("PostgreSQL: journeys a second, of SpiffWorkflow's", _ratio(seen["ours"], seen["spiff"], "rate"), 2),
        Row(
            "PostgreSQL: CPU of a journey in SpiffWorkflow, of ours",
            f"{_ratio(seen['spiff'], seen['ours'], 'cpu'):.1f} x",
        ),
    ]


def main() -> None:
    """Measure and record."""
    # the servers should not share the clients' processor
    with on_every_processor(), tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        folder = Path(name)
        rows = asyncio.run(sqlite_rows(folder))
        if binaries() is not None:
            server = Server("shared_buffers=512MB")
            try:
                rows += asyncio.run(postgres_rows(folder, server))
            finally:
                server.stop()
    note = "Clients, servers and PostgreSQL share the machine's processors; ratios are medians over the rounds."
    record(
        Section(
            "http",
            "Over HTTP",
            "python -m tests.bench http",
            rows,
            peers=("fastapi", "uvicorn", "asyncpg", "SpiffWorkflow"),
            notes=(note,),
        )
    )

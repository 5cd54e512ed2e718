"""CPU of a durable answer without sockets: the app called as a server calls it, in turns with the bare endpoint.

    python -m tests.bench.hot                    the two, µs of CPU for each request, and their ratio
    python -m tests.bench.hot --profile          where ours goes: by function, its own time first
    python -m tests.bench.hot --profile total    the same, by function with all that it calls

To look at while working on the hot path; what counts is `python -m tests.bench http`. Both on SQLite with
synchronous=FULL, 16 clients at once, so that commits are grouped as they are under load.
"""

from __future__ import annotations

import asyncio
import cProfile
import pstats
import sys
import tempfile
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time, thread_time
from typing import Any

import orjson
import uvloop

from api.app import create_app
from api.settings import load
from tests.bench import bare_server

CLIENTS, REQUESTS, ROUNDS = 16, 6, 61
FIRST = ({"spoed": False}, {"werk": "verwijderen"}, {"omtrek_31_of_meer": True})
NUMBERS = count(1)
Work = Callable[[int], Awaitable[None]]


async def asked(app: Any, path: str, body: Any, **headers: str) -> tuple[int, Any]:
    """One POST, as a server hands it to the app: the status and the JSON of the answer."""
    sent = orjson.dumps(body)
    named = {"host": "127.0.0.1", "content-length": str(len(sent)), "content-type": "application/json", **headers}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()],
        "client": ("127.0.0.1", 40_000),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }
    told: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": sent, "more_body": False}

    async def send(message: Any) -> None:
        told.append(message)

    await app(scope, receive, send)
    return told[0]["status"], orjson.loads(b"".join(message.get("body", b"") for message in told[1:]))


def bare_work(app: Any) -> Work:
    async def work(client: int) -> None:
        status, _ = await asked(app, "/answers", {"fact": "werk", "value": "verwijderen"})
        assert status == 200

    return work


async def answer_work(app: Any) -> Work:
    """Each client changes one answer of its own journey, as in `tests.bench.http`."""
    journeys = [await _begun(app) for _ in range(CLIENTS)]
    turns = [count() for _ in journeys]

    async def work(client: int) -> None:
        path, door = journeys[client]
        body = {"answers": {"werk": ("beschadigen", "verwijderen")[next(turns[client]) % 2]}}
        status, told = await asked(app, path, body, authorization=door, idempotency_key=f"k{next(NUMBERS)}")
        assert status == 200, told

    return work


async def _begun(app: Any) -> tuple[str, str]:
    _, told = await asked(app, "/v1/journeys", {"flow": "boom-kappen"}, idempotency_key=f"s{next(NUMBERS)}")
    path, door = f"/v1/journeys/{told['id']}/answers", f"Bearer {told['secret']}"
    for given in FIRST:
        status, said = await asked(app, path, {"answers": given}, authorization=door)
        assert status == 200, said
    return path, door


async def turn(work: Work) -> float:
    """µs of CPU for each request."""

    async def client(number: int) -> None:
        for _ in range(REQUESTS):
            await work(number)

    before = process_time()
    await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    return (process_time() - before) / (CLIENTS * REQUESTS) * 1e6


async def main(arguments: list[str]) -> None:
    """Measure, and profile where asked."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        folder = Path(name)
        bare = bare_server.on_sqlite(folder / "bare.sqlite")
        ours = create_app(load({}, folder=folder / "ours"))
        async with bare.router.lifespan_context(bare), ours.router.lifespan_context(ours):
            works = {"bare": bare_work(bare), "ours": await answer_work(ours)}
            for work in works.values():
                await turn(work)
            bare_server.spare_garbage()
            if "--profile" in arguments:
                profile = cProfile.Profile(thread_time)
                profile.enable()
                for _ in range(15):
                    await turn(works["ours"])
                profile.disable()
                order = "cumulative" if "total" in arguments else "tottime"
                pstats.Stats(profile).sort_stats(order).print_stats(90)
                return
            pairs = [(await turn(works["bare"]), await turn(works["ours"])) for _ in range(ROUNDS)]
            print(f"median ratio of {ROUNDS} turns: {median(ours / bare for bare, ours in pairs):.2f}")
            for what, number in (("median", median), ("least", min)):
                bare_cpu, own_cpu = number(pair[0] for pair in pairs), number(pair[1] for pair in pairs)
                print(f"{what}: bare {bare_cpu:.0f} µs, ours {own_cpu:.0f} µs, {own_cpu / bare_cpu:.2f} x")


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1:]))

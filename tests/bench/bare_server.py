"""What the product is held against: the least that a durable endpoint can be. FastAPI, pydantic, one INSERT, COMMIT.

    python -m tests.bench.bare_server PORT postgresql://...        asyncpg's own pool, synchronous_commit=on
    python -m tests.bench.bare_server PORT sqlite PATH             the event loop's own connection, synchronous=FULL

The same server, event loop and HTTP parser as `wegwijzer serve` has, without its front door. `Answer` and `serve` are
`tests.bench.spiff_server`'s too.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

from api.clock import SystemClock
from api.store.sqlite_files import connect

TABLE = "CREATE TABLE IF NOT EXISTS bare (id text PRIMARY KEY, fact text, value text, at bigint)"
INSERT = "INSERT INTO bare (id, fact, value, at) VALUES ($1, $2, $3, $4)"
CLOCK = SystemClock()
GARBAGE = (10_000, 20, 20)  # `api.cli.serve`'s; importing that takes longer than all the rest here

Insert = Callable[[str, str, str, int], Awaitable[object]]


class Answer(BaseModel):
    """The body of a request."""

    fact: str
    value: str | bool | int


class Kept(BaseModel):
    """What is told."""

    id: str
    version: int


def bare(opened: Callable[[FastAPI], Any]) -> FastAPI:
    """The app; `opened` puts `insert` on its state."""
    app = FastAPI(lifespan=opened)

    @app.post("/answers", response_model=Kept)
    async def answers(asked: Answer) -> Kept:
        identity = CLOCK.new_id()
        await app.state.insert(identity, asked.fact, str(asked.value), 1)
        return Kept(id=identity, version=1)

    return app


def on_postgres(url: str) -> FastAPI:
    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        async with asyncpg.create_pool(url, min_size=16, max_size=16) as pool:

            async def insert(*row: object) -> object:
                return await pool.execute(INSERT, *row)

            app.state.insert = insert
            yield

    return bare(opened)


def on_sqlite(path: Path) -> FastAPI:
    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        connection = connect(path)
        connection.execute(TABLE)
        statement = "INSERT INTO bare (id, fact, value, at) VALUES (?, ?, ?, ?)"

        async def insert(*row: Any) -> object:
            return connection.execute(statement, row)

        app.state.insert = insert
        yield
        connection.close()

    return bare(opened)


def spare_garbage() -> None:
    """The care for garbage that `wegwijzer serve` takes, once everything that stays is there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


def serve(app: FastAPI, port: int) -> None:
    """As `wegwijzer serve` serves: the same event loop, parser and care for garbage."""
    spare_garbage()
    uvicorn.run(app, port=port, log_level="error", access_log=False, loop="uvloop", http="httptools")


if __name__ == "__main__":
    serve(on_sqlite(Path(sys.argv[3])) if sys.argv[2] == "sqlite" else on_postgres(sys.argv[2]), int(sys.argv[1]))

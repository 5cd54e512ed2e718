"""Sessions of workers: signed in, moved along, ended; and what else knocks at the doors for workers."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from api.clock import FrozenClock
from api.security import tokens
from tests.api.doors import app_in, client

FORM = {"account": "anna", "password": "wegwijzer"}


def visit(folder: Path, walk: Any, **settings: object) -> None:
    """Run `walk(caller, clock)` against a fresh app with a clock that stands still."""
    clock = FrozenClock(datetime(2026, 3, 2, 9, tzinfo=UTC))

    async def visited() -> None:
        async with client(app_in(folder, clock, **settings)) as caller:
            await walk(caller, clock)

    asyncio.run(visited())


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def test_a_worker_signs_in_works_and_signs_out(tmp_path: Path):
    """A token opens the worker's doors until signing out; after that a copy of it is worth nothing."""

    async def walk(caller: httpx.AsyncClient, _clock: FrozenClock) -> None:
        token = (await caller.post("/v1/sessions", data=FORM)).json()["token"]
        assert (await caller.get("/v1/work", headers=bearer(token))).json() == {"account": "anna"}
        await caller.delete("/v1/sessions", headers=bearer(token))
        assert (await caller.get("/v1/work", headers=bearer(token))).status_code == 401

    visit(tmp_path, walk)


def test_a_session_ends_when_it_is_idle(tmp_path: Path):
    """Each use moves the end; fifteen minutes without use end it."""

    async def walk(caller: httpx.AsyncClient, clock: FrozenClock) -> None:
        token = (await caller.post("/v1/sessions", data=FORM)).json()["token"]
        for _ in range(6):
            clock.move(timedelta(minutes=10))
            assert (await caller.get("/v1/work", headers=bearer(token))).status_code == 200
        clock.move(timedelta(minutes=16))
        assert (await caller.get("/v1/work", headers=bearer(token))).status_code == 401

    visit(tmp_path, walk)


def test_signing_in_again_makes_a_new_token_and_ends_the_old(tmp_path: Path):
    """A token that somebody planted before signing in is not the token afterwards, and no longer works."""

    async def walk(caller: httpx.AsyncClient, _clock: FrozenClock) -> None:
        first = (await caller.post("/v1/sessions", data=FORM)).json()["token"]
        second = (await caller.post("/v1/sessions", data=FORM, headers=bearer(first))).json()["token"]
        assert first != second
        assert (await caller.get("/v1/work", headers=bearer(first))).status_code == 401
        assert (await caller.get("/v1/work", headers=bearer(second))).status_code == 200

    visit(tmp_path, walk)


def test_guessing_a_password_is_slowed_down(tmp_path: Path):
    """After five wrong tries the right password does not help either, until the bucket has a token again."""

    async def walk(caller: httpx.AsyncClient, _clock: FrozenClock) -> None:
        wrong = {**FORM, "password": "guess"}
        statuses = [(await caller.post("/v1/sessions", data=wrong)).status_code for _ in range(6)]
        assert statuses == [401, 401, 401, 401, 401, 429]
        assert (await caller.post("/v1/sessions", data=FORM)).status_code == 429

    visit(tmp_path, walk)


def test_the_doors_for_workers_tell_nobody_from_somebody_else(tmp_path: Path):
    """Nobody is 401; a journey's secret or a missing right is 403; a worker's token opens no journey."""

    async def walk(caller: httpx.AsyncClient, _clock: FrozenClock) -> None:
        secret = tokens.new_secret(tokens.JOURNEY)
        token = (await caller.post("/v1/sessions", data=FORM)).json()["token"]
        author = (await caller.post("/v1/sessions", data={**FORM, "account": "dirk"})).json()["token"]
        nobody = await caller.get("/v1/work")
        assert (nobody.status_code, nobody.headers["www-authenticate"][:6]) == (401, "Bearer")
        assert (await caller.get("/v1/work", headers=bearer("w.made-up"))).status_code == 401
        assert (await caller.get("/v1/work", headers=bearer(secret))).status_code == 403
        assert (await caller.get("/v1/authors", headers=bearer(token))).status_code == 403
        assert (await caller.get("/v1/authors", headers=bearer(author))).status_code == 200
        assert (await caller.get("/v1/journey", headers=bearer(token))).status_code == 401
        assert (await caller.get("/v1/journey", headers=bearer(secret))).status_code == 200

    visit(tmp_path, walk)

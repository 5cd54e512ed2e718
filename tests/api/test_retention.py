"""A dossier that has ended is kept for as long as its flow says, and then erased."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from api.app import create_app
from api.clock import FrozenClock
from api.settings import load
from tests.api.doors import client
from tests.api.store.samples import NOW
from tests.chaos.site import FLOWS

pytestmark = pytest.mark.anyio


async def test_an_ended_dossier_goes_when_its_retention_has_run_out(tmp_path: Path):
    """The flow keeps its facts three months: the day before it is there, the day after it is not; open ones stay."""
    clock = FrozenClock(NOW)
    app = create_app(load({}, folder=tmp_path, flows=FLOWS), clock=clock)
    async with client(app) as caller:
        ended, still_open = [(await caller.post("/v1/journeys", json={"flow": "teller"})).json() for _ in range(2)]
        doors = [{"Authorization": f"Bearer {own['secret']}"} for own in (ended, still_open)]
        addresses = [f"/v1/journeys/{own['id']}" for own in (ended, still_open)]
        step = await caller.post(f"{addresses[0]}/steps", json={"step": "withdraw"}, headers=doors[0])
        assert (step.status_code, step.json()["open"]) == (200, False)
        clock.move(timedelta(days=90))
        assert await app.state.timers.sweep() == 0
        clock.move(timedelta(days=3))
        assert await app.state.timers.sweep() == 1
        found = [
            (await caller.get(path, headers=door)).status_code for path, door in zip(addresses, doors, strict=True)
        ]
        assert found == [401, 200]

"""A journey is started once for one key, in one round to each store, and whoever repeats the request hears the same."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from api.service.dossiers import NoSuchJourney
from api.service.whole import Service
from api.store.errors import KeyReused
from engine.errors import RefusedEvent
from engine.journey.events import Channel
from tests.api.service.test_live import site
from tests.api.store.samples import NOW

pytestmark = pytest.mark.anyio

FLOW = "boom-kappen"


async def start(service: Service, key: str = "s1", body: Any = "b", flow: str = FLOW) -> Any:
    return await service.start_once(flow, Channel.WEB, "nl", key, body, {})


async def test_the_same_request_makes_one_journey(tmp_path: Path) -> None:
    """One after another, at once, and on another replica: everybody gets the first one's id and secret."""
    async with site(tmp_path, replicas=2) as (here, there):
        told = list(await asyncio.gather(start(here), start(here), start(there)))
        told.append(await start(here))
        assert told.count(told[0]) == len(told)
        assert await here.opened_by(told[0]["secret"]) == (told[0]["id"], "")
        assert [own.journey for own in await here.store.journeys("gemeente", FLOW)] == [told[0]["id"]]


async def test_another_body_under_the_same_key_is_refused(tmp_path: Path) -> None:
    """Also where the flow that it asks for is not there."""
    async with site(tmp_path) as (service,):
        await start(service)
        for flow in (FLOW, "weg"):
            with pytest.raises(KeyReused):
                await start(service, body="other", flow=flow)
        with pytest.raises(RefusedEvent, match=r"no_such_flow"):
            await start(service, "s2", flow="weg")


async def test_a_repeat_is_answered_when_the_flow_is_gone(tmp_path: Path) -> None:
    """What was told stays told."""
    async with site(tmp_path) as (service,):
        told = await start(service)
        service.library._current.clear()
        assert await start(service) == told


async def test_an_erased_journey_is_not_started_again(tmp_path: Path) -> None:
    """Its reply went with it: not there."""
    async with site(tmp_path) as (service,):
        told = await start(service)
        await service.store.erase("gemeente", told["id"], NOW, "worker", "asked for")
        with pytest.raises(NoSuchJourney):
            await start(service)


async def test_a_start_asks_each_store_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is looked up for a journey that is new, nor for its secret afterwards."""
    async with site(tmp_path) as (service,):
        seen: list[str] = []
        parts = {"keys": service.store._keys._store, "journeys": service.store._db}  # type: ignore[attr-defined]
        for store, own in parts.items():
            for name in ("of", "add", "destroy", "read", "write", "load", "commit"):
                if hasattr(own, name):
                    monkeypatch.setattr(own, name, noted(seen, f"{store} {name}", getattr(own, name)))
        told = await start(service)
        assert await service.opened_by(told["secret"]) is not None
        assert seen == ["keys add", "journeys commit"]


def noted(seen: list[str], name: str, call: Any) -> Any:
    """The call, told of."""

    async def called(*given: Any, **named: Any) -> Any:
        seen.append(name)
        return await call(*given, **named)

    return called

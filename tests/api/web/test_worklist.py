"""The worklist narrowed: by whose, by promise, process, channel and reference, on the page and over the API."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.service.commands import simple
from api.service.dossiers import Command
from engine.journey.events import Channel, ChannelSwitched
from tests.api.web.browsing import BASE, Browser, Product, product

TREE, HELP = "boom-kappen", "bijstand"


async def asked_for_a_person(own: Product, flow: str, over: str = "phone") -> tuple[str, str]:
    """A journey whose citizen asks for a person: its id and reference."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=own.app), base_url=BASE) as client:
        begun = (await client.post("/v1/journeys", json={"flow": flow})).json()
        client.headers["Authorization"] = f"Bearer {begun['secret']}"
        asked = await client.post(f"/v1/journeys/{begun['id']}/contact-requests", json={"channel": over})
        assert asked.status_code == 200, asked.text
        return begun["id"], begun["reference"]


async def at_work(own: Product) -> Browser:
    worker = own.browser()
    await worker.sign_in()
    return worker


def shown(worker: Browser) -> list[str]:
    """The references on the page, in order."""
    return re.findall(r'<span class="ww-muted">(WW-[A-Z0-9-]{9})', worker.page)


def counts(worker: Browser) -> dict[str, str]:
    """The number beside each choice."""
    found = re.findall(r'class="ww-chip[^>]*>([^<]+?) <span class="ww-chip__count">([^<]+)<', worker.page)
    return dict(found)


def test_what_was_promised_before_now_and_for_today(tmp_path: Path) -> None:
    """Late is what was promised before now; today and this week hold it too; each choice says how many it leaves."""

    async def story() -> None:
        async with product(tmp_path, TREE, HELP) as own:
            _, first = await asked_for_a_person(own, TREE)
            own.clock.move(timedelta(hours=6))
            _, second = await asked_for_a_person(own, HELP)
            worker = await at_work(own)
            await worker.open("/werk?termijn=laat")
            assert shown(worker) == [first]
            await worker.open("/werk?termijn=vandaag")
            assert first in shown(worker)
            await worker.open("/werk?termijn=week")
            assert shown(worker) == [first, second]
            assert counts(worker)["Te laat"] == "1"
            assert counts(worker)["Deze week"] == "2"
            assert counts(worker)["Elk moment"] == "2"
            own.clock.move(timedelta(days=7))
            await worker.sign_in()
            await worker.open("/werk?termijn=week")
            assert shown(worker) == []
            assert "Met deze keuze is er niets te doen." in worker.text

    asyncio.run(story())


def test_by_process_channel_and_reference(tmp_path: Path) -> None:
    """Filters go together, a channel follows its journey, and a reference finds what a colleague has."""

    async def story() -> None:
        async with product(tmp_path, TREE, HELP) as own:
            journey, tree = await asked_for_a_person(own, TREE)
            _, help_ = await asked_for_a_person(own, HELP)
            worker = await at_work(own)
            await worker.open(f"/werk?proces={TREE}&kanaal=&kenmerk=")
            assert shown(worker) == [tree]
            await worker.open("/werk?kanaal=web")
            assert set(shown(worker)) == {tree, help_}
            await switched(own, journey, "desk")
            await worker.open("/werk?kanaal=desk")
            assert shown(worker) == [tree]
            await worker.open(f"/werk?kanaal=desk&proces={HELP}")
            assert shown(worker) == []
            task = (await own.app.state.service.dossiers.open(journey)).journey.tasks
            await worker.send(f"/werk/taak/{journey}/{next(iter(task))}/oppakken")
            await worker.open("/werk?toon=mijn")
            assert shown(worker) == [tree]
            colleague = own.browser()
            await colleague.sign_in("bram")
            await colleague.open(f"/werk?kenmerk=+{tree.lower().replace('-', '')}+")
            assert shown(colleague) == [tree]
            await colleague.open("/werk?kenmerk=Jansen")
            assert "Dit is geen kenmerk." in colleague.text
            assert shown(colleague) == []
            await colleague.open("/werk?kenmerk=WW-2222-2222")
            assert shown(colleague) == []

    asyncio.run(story())


async def switched(own: Product, journey: str, channel: str) -> None:
    make = simple(ChannelSwitched, to=Channel(channel))
    await own.app.state.service.dossiers.send(journey, Command(make, "switch"))


def test_the_next_page_goes_on_with_the_same_choice(tmp_path: Path) -> None:
    """Thirty tasks of one process among others: two pages of them, none twice, none of another."""

    async def story() -> None:
        async with product(tmp_path, TREE, HELP) as own:
            wanted = [(await asked_for_a_person(own, TREE))[1] for _ in range(30)]
            await asked_for_a_person(own, HELP)
            worker = await at_work(own)
            await worker.open(f"/werk?proces={TREE}")
            first = shown(worker)
            assert len(first) == 25
            on = re.search(r'href="(/werk\?[^"]*na=[^"]*)"', worker.page)
            assert on is not None
            await worker.open(on[1].replace("&amp;", "&"))
            assert sorted(first + shown(worker)) == sorted(wanted)

    asyncio.run(story())


async def listed(own: Product, **query: Any) -> httpx.Response:
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=own.app), base_url=BASE)
    worker = await client.post("/werk/inloggen", data={"account": "anna", "password": "wegwijzer"})
    client.headers["Authorization"] = f"Bearer {worker.cookies['wegwijzer-worker']}"
    return await client.get("/v1/tasks", params=query)


def test_over_the_api(tmp_path: Path) -> None:
    """The same filters as query parameters; a row says its channel."""

    async def story() -> None:
        async with product(tmp_path, TREE, HELP) as own:
            _, tree = await asked_for_a_person(own, TREE)
            await asked_for_a_person(own, HELP)

            async def found(**query: Any) -> list[str]:
                answer = await listed(own, **query)
                assert answer.status_code == 200, answer.text
                return [row["reference"] for row in answer.json()["results"]]

            assert await found(flow=TREE, claim="unclaimed", channel="web") == [tree]
            assert await found(reference=tree.lower()) == [tree]
            assert await found(claim="mine") == []
            assert await found(due="overdue") == []
            assert len(await found(due="week")) == 2
            assert (await listed(own, flow=TREE)).json()["results"][0]["channel"] == "web"

    asyncio.run(story())


UNKNOWN = (
    {"state": "open"},
    {"due": "someday"},
    {"claim": ""},
    {"flow": "Not A Slug"},
    {"reference": "Jansen"},
    {"limit": 0},
)


@pytest.mark.parametrize("query", UNKNOWN)
def test_a_parameter_that_is_not_known_is_refused(tmp_path: Path, query: dict[str, Any]) -> None:
    """A filter with a slip of the pen must not show everything: 400, with what is wrong, without what was sent."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            answer = await listed(own, **query)
            assert answer.status_code == 400
            assert answer.json()["errors"][0]["in"] == "query"
            assert "Jansen" not in answer.text

    asyncio.run(story())

"""The API of going one's own way: mandates, pauses, where to be told, remedies with their last day; refusals too."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx

from tests.api.web.browsing import BASE, Product, product

TREE = "boom-kappen"
Post = Callable[..., Awaitable[httpx.Response]]


async def begun(own: Product) -> tuple[httpx.AsyncClient, str, Post]:
    """A client with a journey of its own; `post(path, body)` writes to it."""
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=own.app), base_url=BASE)
    started = (await client.post("/v1/journeys", json={"flow": TREE})).json()
    client.headers["Authorization"] = f"Bearer {started['secret']}"

    async def post(path: str, body: dict[str, Any], key: str = "") -> httpx.Response:
        headers = {"Idempotency-Key": key} if key else {}
        return await client.post(f"/v1/journeys/{started['id']}/{path}", json=body, headers=headers)

    return client, f"/v1/journeys/{started['id']}", post


def test_a_mandate_over_the_api(tmp_path: Path) -> None:
    """It gives a code, the same one when the request is repeated; who comes with it acts; ended, it is gone."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client, journey, post = await begun(own)
            given = await post("mandates", {"name": "Jan Smit", "scope": "answer", "days": 30}, "k1")
            again = await post("mandates", {"name": "Jan Smit", "scope": "answer", "days": 30}, "k1")
            assert given.status_code == 201
            assert again.json() == given.json()
            jan = own.browser()
            await jan.send("/verder", code=given.json()["code"])
            await jan.answer("spoed", "true")
            told = (await client.get(f"{journey}/explanation")).json()
            assert {fact["by"] for fact in told["facts"]} == {"Jan Smit"}
            now = (await client.get(journey)).json()
            assert [one["name"] for one in now["options"]["mandates"]] == ["Jan Smit"]
            assert (await post("mandate-ends", {"id": given.json()["id"]})).status_code == 200
            assert (await post("mandate-ends", {"id": given.json()["id"]})).status_code == 409
            assert (await client.get(journey)).json()["options"]["mandates"] == []

    asyncio.run(story())


def test_a_pause_over_the_api(tmp_path: Path) -> None:
    """It is offered, stands in the options while it lasts, and cannot be ended twice."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client, journey, post = await begun(own)
            assert (await client.get(journey)).json()["options"]["mayPause"]
            assert (await post("pauses", {"days": 14})).status_code == 200
            assert (await client.get(journey)).json()["options"]["pausedUntil"].startswith("2026-12-07")
            assert (await post("pauses", {"days": 14})).status_code == 409
            assert (await post("resumptions", {})).status_code == 200
            assert (await post("resumptions", {})).status_code == 409
            assert (await post("pauses", {"days": 900})).status_code == 400

    asyncio.run(story())


def test_where_to_be_told_and_on_by_email(tmp_path: Path) -> None:
    """Without an address e-mail is refused with the reason; with one it is a channel, and nothing is echoed."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client, journey, post = await begun(own)
            refused = await post("channel-switches", {"channel": "email"})
            assert refused.status_code == 409
            assert refused.json()["errors"][0]["code"] == "refused.no_address"
            wrong = await post("reach", {"email": "sanne at example"})
            assert wrong.status_code == 400
            assert "sanne" not in wrong.text
            assert (await post("reach", {"email": "sanne@example.org"})).status_code == 200
            assert "email" in (await client.get(journey)).json()["options"]["channels"]
            assert (await post("channel-switches", {"channel": "email"})).status_code == 200

    asyncio.run(story())


def test_where_nothing_was_decided_there_is_no_remedy(tmp_path: Path) -> None:
    """409, with a sentence that says so."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            _, _, post = await begun(own)
            refused = await post("remedies", {"reason": "Ik ben het er niet mee eens."})
            assert refused.status_code == 409
            assert refused.json()["errors"][0]["code"] == "refused.no_remedy"

    asyncio.run(story())

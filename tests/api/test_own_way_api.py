"""The API of going one's own way: mandates, pauses, where to be told, remedies with their last day; refusals too."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
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


async def acting(client: httpx.AsyncClient, post: Post, scope: str) -> tuple[httpx.AsyncClient, dict[str, Any]]:
    """Somebody with a mandate, who turned its code into a token; the token's answer."""
    given = (await post("mandates", {"name": "Jan Smit", "scope": scope, "days": 30})).json()
    other = httpx.AsyncClient(transport=client._transport, base_url=BASE)
    told = await other.post("/v1/tokens", json={"code": given["code"].lower()})
    assert told.status_code == 201, told.text
    other.headers["Authorization"] = f"Bearer {told.json()['token']}"
    return other, told.json()


def test_who_has_a_mandate_acts_over_the_api(tmp_path: Path) -> None:
    """The code gives a token; with it Jan answers and is named; what his mandate leaves out is refused; ended, it is
    nothing any more."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client, journey, post = await begun(own)
            jan, told = await acting(client, post, "answer")
            assert told["actsAs"] == "representative"
            assert told["mandate"]["scope"] == "answer"
            assert f"/v1/journeys/{told['journey']}" == journey
            assert (await jan.post(f"{journey}/answers", json={"answers": {"spoed": True}})).status_code == 200
            why = (await client.get(f"{journey}/explanation")).json()
            assert {fact["by"] for fact in why["facts"]} == {"Jan Smit"}
            now = (await jan.get(journey)).json()
            assert "spoed" in now["facts"]
            assert now["options"]["steps"] == []
            for path, body in (
                ("steps", {"step": "withdraw"}),
                ("mandates", {"name": "Piet"}),
                ("reach", {"email": "jan@example.org"}),
            ):
                refused = await jan.post(f"{journey}/{path}", json=body)
                assert refused.status_code == 409, refused.text
                assert refused.json()["errors"][0]["code"] == "refused.not_in_mandate"
            await post("mandate-ends", {"id": told["mandate"]["id"]})
            assert (await jan.get(journey)).status_code == 401
            assert (await jan.post(f"{journey}/answers", json={"answers": {"spoed": False}})).status_code == 401
            assert (await client.get(journey)).json()["facts"]["spoed"]["value"] is True

    asyncio.run(story())


def test_who_may_only_look_sends_nothing_in(tmp_path: Path) -> None:
    """A mandate to look along reads everything and asks for a person; answers and files are refused."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client, journey, post = await begun(own)
            jan, _ = await acting(client, post, "read")
            assert (await jan.get(f"{journey}/explanation")).status_code == 200
            assert (await jan.post(f"{journey}/contact-requests", json={"channel": "phone"})).status_code == 200
            assert (await jan.post(f"{journey}/answers", json={"answers": {"spoed": True}})).status_code == 409
            sent = await jan.post(
                f"{journey}/files", files={"file": ("a.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")}
            )
            assert sent.status_code == 409
            assert sent.json()["errors"][0]["code"] == "refused.not_in_mandate"

    asyncio.run(story())


def test_a_token_is_for_one_journey_while_it_is_used(tmp_path: Path) -> None:
    """The citizen's own code gives the citizen's token; it opens no other journey, no worklist, and not for ever."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client, journey, _ = await begun(own)
            code = await own.app.state.service.codes.make(journey.rpartition("/")[2])
            told = (await client.post("/v1/tokens", json={"code": code})).json()
            assert (told["actsAs"], told["mandate"]) == ("citizen", None)
            elsewhere = httpx.AsyncClient(transport=client._transport, base_url=BASE)
            elsewhere.headers["Authorization"] = f"Bearer {told['token']}"
            assert (await elsewhere.get(journey)).status_code == 200
            _, other, _ = await begun(own)
            assert (await elsewhere.get(other)).status_code == 404
            assert (await elsewhere.get("/v1/tasks")).status_code == 403
            for _ in range(3):
                own.clock.move(timedelta(hours=20))
                assert (await elsewhere.get(journey)).status_code == 200
            own.clock.move(timedelta(hours=25))
            assert (await elsewhere.get(journey)).status_code == 401

    asyncio.run(story())


def test_a_code_that_opens_nothing(tmp_path: Path) -> None:
    """Made up, misspelled and ended look the same; who keeps guessing has to wait, who guesses right need not."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client, _, post = await begun(own)
            given = (await post("mandates", {"name": "Jan"})).json()
            await post("mandate-ends", {"id": given["id"]})
            told = [await client.post("/v1/tokens", json={"code": own}) for own in ("K7QM3X9TFX2W", given["code"])]
            assert [answer.status_code for answer in told] == [404, 404]
            assert told[0].json()["title"] == told[1].json()["title"]
            seen = [(await client.post("/v1/tokens", json={"code": "K7QM-3X9T-FX2X"})).status_code for _ in range(12)]
            assert seen[-1] == 429

    asyncio.run(story())

"""What a program outside relies on: repeats are told the same, stale writes do nothing, and nobody hears too much."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.web.browsing import BASE, Product, product

pytestmark = pytest.mark.anyio
HELP = "bijstand"
APPLICANT = {
    "geboortedatum": "1980-01-01",
    "samen": False,
    "huisgenoten": 0,
    "kinderen": [],
    "inkomsten": ["geen"],
    "vermogen": "1000",
    "nood": False,
    "namens": False,
    "bewoner": {"name": "Jan Jansen"},
    "rekening": "NL91ABNA0417164300",
}


class Outside:
    """A program with a journey of its own and two workers."""

    def __init__(self, own: Product) -> None:
        self.calls = httpx.AsyncClient(transport=httpx.ASGITransport(app=own.app), base_url=BASE)
        self.journey = ""
        self.door: dict[str, str] = {}

    async def begin(self, **body: Any) -> httpx.Response:
        answer = await self.calls.post("/v1/journeys", json={"flow": HELP, **body})
        if answer.status_code == 201:
            self.journey = f"/v1/journeys/{answer.json()['id']}"
            self.door = {"Authorization": f"Bearer {answer.json()['secret']}"}
        return answer

    async def now(self, path: str = "") -> Any:
        return (await self.calls.get(self.journey + path, headers=self.door)).json()

    async def write(self, path: str, body: Any, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.calls.post(f"{self.journey}/{path}", json=body, headers={**self.door, **named})

    async def worker(self, account: str) -> dict[str, str]:
        self.calls.cookies.clear()
        form = {"account": account, "password": "wegwijzer"}
        cookies = (await self.calls.post("/werk/inloggen", data=form)).cookies
        self.calls.cookies.clear()
        return {"Authorization": f"Bearer {cookies['wegwijzer-worker']}"}

    async def at_task(self, worker: dict[str, str], verb: str, body: Any = None, **headers: str) -> httpx.Response:
        """Do something with the one task that is open."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        reference = (await self.now())["reference"]
        rows = (await self.calls.get("/v1/tasks", params={"reference": reference}, headers=worker)).json()["results"]
        address = f"/v1/tasks/{rows[0]['id']}/{verb}"
        return await self.calls.post(address, json=body, headers={**worker, **named})

    async def refused(self) -> None:
        """Anna proposes to refuse what the rules would grant."""
        await self.begin()
        await self.write("answers", {"answers": APPLICANT})
        assert (await self.write("steps", {"step": "submit"})).json()["place"] == "judging"
        anna = await self.worker("anna")
        await self.at_task(anna, "claim")
        done = await self.at_task(
            anna, "finish", {"step": "propose", "outcome": "geen", "motive": "Er is een erfenis."}
        )
        assert done.json()["place"] == "second_look"

    async def agreed(self) -> None:
        """And Bram agrees."""
        bram = await self.worker("bram")
        await self.at_task(bram, "claim")
        assert (await self.at_task(bram, "finish", {"step": "agree"})).json()["place"] == "decided"


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncIterator[Outside]:
    async with product(tmp_path, HELP) as own:
        yield Outside(own)


async def test_a_remedy_that_is_repeated_is_told_the_same(outside: Outside) -> None:
    """The key goes before the version, and the version before what may be done now."""
    await outside.refused()
    await outside.agreed()
    seen = f'"{(await outside.now())["version"]}"'
    first = await outside.write("remedies", {"reason": "Oneens."}, Idempotency_Key="r1", If_Match=seen)
    assert first.json()["place"] == "objecting"
    again = await outside.write("remedies", {"reason": "Oneens."}, Idempotency_Key="r1", If_Match=seen)
    assert (again.status_code, again.content) == (200, first.content)
    other = await outside.write("remedies", {"reason": "Anders."}, Idempotency_Key="r1", If_Match=seen)
    assert other.status_code == 422
    stale = await outside.write("remedies", {"reason": "Anders."}, If_Match=seen)
    assert stale.status_code == 412


async def test_a_task_returned_for_another_reason_is_another_command(outside: Outside) -> None:
    """The reason is part of what the key stands for."""
    await outside.refused()
    bram = await outside.worker("bram")
    await outside.at_task(bram, "claim")
    first = await outside.at_task(bram, "return", {"reason": "Te druk."}, Idempotency_Key="t1")
    again = await outside.at_task(bram, "return", {"reason": "Te druk."}, Idempotency_Key="t1")
    assert (again.status_code, again.content) == (200, first.content)
    assert (await outside.at_task(bram, "return", {"reason": "Ziek."}, Idempotency_Key="t1")).status_code == 422


@pytest.mark.parametrize("tag", ['"bogus"', 'W/"bogus"', '"0"', '"1", "2"', '""', '"999999999999"'])
async def test_a_tag_that_is_not_the_current_one_is_stale(outside: Outside, tag: str) -> None:
    """Whatever it looks like: an ETag says nothing to a program but whether it is the same (RFC 9110)."""
    await outside.begin()
    assert (await outside.write("answers", {"answers": {"samen": False}}, If_Match=tag)).status_code == 412


async def test_one_tag_of_several_may_be_the_current_one(outside: Outside) -> None:
    """And what is no tag at all is a fault of the request."""
    await outside.begin()
    now = (await outside.now())["version"]
    several = f'"{now - 1}", W/"x",  "{now}"'
    assert (await outside.write("answers", {"answers": {"samen": False}}, If_Match=several)).status_code == 200
    for wrong in ("7", '"7', "* ,"):
        assert (await outside.write("answers", {"answers": {"samen": True}}, If_Match=wrong)).status_code == 400


async def test_who_comes_with_nonsense_is_not_known(outside: Outside) -> None:
    """A journey's secret is not enough for the worklist (403); what is nobody's is nobody (401)."""
    await outside.begin()
    seen = [(await outside.calls.get("/v1/tasks", headers=outside.door)).status_code]
    for bearer in ("nonsense", "w.nonsense"):
        answer = await outside.calls.get("/v1/tasks", headers={"Authorization": f"Bearer {bearer}"})
        seen.append(answer.status_code)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert seen == [403, 401, 401]


async def test_an_address_that_cannot_be_is_not_there(outside: Outside) -> None:
    """Like one that could be and is not: a reference, a flow in capitals, a task with a space."""
    told = (await outside.begin()).json()
    worker = await outside.worker("anna")
    for address, door in (
        (f"/v1/journeys/{told['reference']}", outside.door),
        ("/v1/journeys/00000000-0000-0000-0000-000000000000", outside.door),
        ("/v1/flows/BIJSTAND", {}),
        ("/v1/tasks/a%20b", worker),
    ):
        assert (await outside.calls.get(address, headers=door)).status_code == 404, address


async def test_what_is_known_beforehand_begins_with_the_journey_or_not_at_all(outside: Outside) -> None:
    """A fault in it starts nothing, however often it is asked; a repeat is told the same version."""
    faulty = {"flow": HELP, "prefill": {"samen": True, "geboortedatum": "morgen"}}
    for _ in range(2):
        answer = await outside.calls.post("/v1/journeys", json=faulty, headers={"Idempotency-Key": "p1"})
        assert answer.status_code == 400
        assert [own["pointer"] for own in answer.json()["errors"]] == ["/prefill/geboortedatum"]
    right = {**faulty, "prefill": {"samen": True, "geboortedatum": "1980-01-01"}}
    told = [await outside.calls.post("/v1/journeys", json=right, headers={"Idempotency-Key": "p2"}) for _ in range(2)]
    assert told[0].content == told[1].content
    assert told[0].headers["ETag"] == told[1].headers["ETag"]


async def test_what_is_known_beforehand_is_not_asked(outside: Outside) -> None:
    """Whoever would be asked for it, also a list; what nobody may say for the citizen is refused by name."""
    known = {"samen": True, "vermogen": "100", "kinderen": [{"geboren": "2020-01-01"}], "inkomsten": None}
    answer = await outside.begin(prefill=known)
    now = await outside.now()
    assert answer.headers["ETag"] == f'"{now["version"]}"'
    assert now["facts"]["vermogen"]["supplier"] == "register"
    assert (now["facts"]["kinderen"]["value"], now["facts"]["kinderen[0].geboren"]["value"]) == (1, "2020-01-01")
    asked = {own["fact"] for own in now["options"]["questions"]}
    assert not asked & set(now["facts"])
    assert "inkomsten" in asked
    for fact, pointer in (("nonsense", "/prefill/*"), ("recht", "/prefill/*"), ("dringend", "/prefill/dringend")):
        refused = await outside.begin(prefill={fact: True})
        assert refused.status_code == 400
        assert [own["pointer"] for own in refused.json()["errors"]] == [pointer]


async def test_a_proposal_is_no_decision(outside: Outside) -> None:
    """Until a colleague has agreed and it was made known, the citizen hears nothing of it, over no door."""
    await outside.refused()
    assert (await outside.now())["outcome"]["id"] == "wel"
    assert (await outside.write("signals", {"step": "answering", "text": "?"})).json()["outcome"] == "wel"
    assert (await outside.now("/explanation"))["motive"] == ""
    assert (await outside.now("/page"))["outcome"] is None
    await outside.agreed()
    assert (await outside.now())["outcome"]["id"] == "geen"


async def test_a_decision_against_the_rules_is_not_explained_by_them(outside: Outside) -> None:
    """The worker's motive is the reason, and what the rules said stands beside it as that."""
    await outside.refused()
    await outside.agreed()
    told = await outside.now("/explanation")
    assert (told["outcome"], told["byRules"], told["motive"]) == ("geen", "wel", "Er is een erfenis.")
    assert told["otherwise"] == []
    page = (await outside.now("/page"))["outcome"]
    assert page["motive"] == "Er is een erfenis."
    assert page["explanation"]["short"].startswith("Een medewerker besloot anders dan de regels")
    assert "U krijgt bijstand" in page["explanation"]["short"]


async def test_a_dispute_is_settled_by_who_has_claimed_it(outside: Outside) -> None:
    """By nobody before it is claimed, and by no colleague after."""
    await outside.begin(prefill={"samen": True})
    await outside.write("disputes", {"fact": "samen", "reason": "Ik woon alleen."})
    anna, bram = await outside.worker("anna"), await outside.worker("bram")
    settles = {"answers": {"samen": False}, "motive": "Nagekeken."}
    seen = [await outside.at_task(anna, "judgements", settles)]
    await outside.at_task(bram, "claim")
    seen.append(await outside.at_task(anna, "judgements", settles))
    assert [own.json()["errors"][0]["code"] for own in seen] == ["refused.task_not_yours", "refused.task_taken"]
    assert (await outside.now())["facts"]["samen"]["disputed"]
    assert (await outside.at_task(bram, "judgements", settles)).status_code == 200
    fact = (await outside.now())["facts"]["samen"]
    assert (fact["value"], fact["supplier"], fact["disputed"]) == (False, "worker", False)


async def test_answers_of_one_request_come_in_any_order(outside: Outside) -> None:
    """A whole citizen at once is taken in, whoever is asked what first; one that is never asked refuses them all."""
    await outside.begin()
    backwards = dict(reversed(APPLICANT.items()))
    refused = await outside.write("answers", {"answers": {**backwards, "inkomen": "10"}})
    assert refused.json()["errors"][0]["code"] == "refused.not_askable"
    assert (await outside.now())["facts"] == {}
    assert (await outside.write("answers", {"answers": backwards})).json()["place"] == "checking"
    assert set(APPLICANT) <= set((await outside.now())["facts"])


async def test_the_description_says_where_the_api_is(outside: Outside) -> None:
    """At the address at which it was asked for, so that a program made from it calls this server."""
    told = (await outside.calls.get("/v1/openapi.json")).json()
    assert told["servers"] == [{"url": BASE}]

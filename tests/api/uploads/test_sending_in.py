"""Sending a file in, over the API and from a page: kept, shown again to who may see it, refused in a sentence."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.service import files
from api.settings import load
from api.uploads.scanner import Clamd, NoScanner
from tests.api.doors import client
from tests.api.uploads import contents as c

pytestmark = pytest.mark.anyio
FLOW = """
wegwijzer: 1
flow: schets
language: nl
question: Past mijn schets?
goal: antwoord
facts:
  tekening: {type: file, ask: "Stuur uw tekening.", why: "Daarop zien we wat er verandert."}
  past: {type: boolean, from: [worker], skill: bouw, needs: [tekening], ask: "Past het?", why: "Iemand kijkt."}
decisions:
  antwoord:
    type: choice
    options: [wel, niet]
    is: 'if past then "wel" else "niet"'
outcomes:
  wel: {kind: answer, text: "Het past."}
  niet: {kind: answer, text: "Het past niet."}
contact:
  ask_person: {over: [phone, desk], within: {working_hours: 8}, tell: "Iemand belt u voor {deadline}."}
channels:
  phone: {number: 088 000 0000, open: [mo-fr 09:00-17:00]}
  desk: {where: "Voorbeeldplein 1", open: [mo-fr 09:00-17:00]}
"""


@dataclass
class Site:
    """A running app, its client, and the app's own service."""

    http: httpx.AsyncClient
    service: Any

    async def start(self) -> tuple[str, dict[str, str]]:
        """A new journey: its address and the header that opens it."""
        body = {"flow": "schets", "channel": "web", "language": "nl"}
        begun = (await self.http.post("/v1/journeys", json=body)).json()
        return f"/v1/journeys/{begun['id']}", {"Authorization": f"Bearer {begun['secret']}"}

    async def send(self, address: str, opens: dict[str, str], content: bytes, name: str = "a.pdf") -> httpx.Response:
        return await self.http.post(f"{address}/files", files={"file": (name, content)}, headers=opens)

    def use(self, scanner: Any) -> None:
        """Another scanner from now on."""
        self.service.files = replace(self.service.files, scanner=scanner)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    folder = tmp_path / "flows" / "schets"
    folder.mkdir(parents=True)
    (folder / "flow.yaml").write_text(FLOW, encoding="utf-8")
    app = create_app(load({}, folder=tmp_path / "data", flows=tmp_path / "flows"))
    async with client(app) as http:
        yield Site(http, app.state.service)


async def test_what_was_sent_is_an_answer_and_comes_back(site: Site):
    """The reply of sending is the answer; the same content is the same file; it comes back as a download."""
    address, opens = await site.start()
    told = (await site.send(address, opens, c.PDF, "mijn schets é.pdf")).json()
    assert told["type"] == "application/pdf"
    assert told["size"] == len(c.PDF)
    assert (await site.send(address, opens, c.PDF, "mijn schets é.pdf")).json() == told
    answered = await site.http.post(f"{address}/answers", json={"answers": {"tekening": told}}, headers=opens)
    assert answered.status_code == 200
    found = await site.http.get(f"{address}/files/{told['id']}", headers=opens)
    assert found.content == c.PDF
    assert found.headers["content-disposition"].startswith("attachment; filename=")
    assert "filename*=UTF-8''mijn%20schets%20%C3%A9.pdf" in found.headers["content-disposition"]


async def test_a_large_file_is_never_laid_down_in_clear(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Not in a temporary file either: what is deleted still lies on the disk. Where there would be one, this stops."""
    monkeypatch.setattr("tempfile.TemporaryFile", None)
    address, opens = await site.start()
    large = c.PDF + b"geheim " * 1_000_000
    told = await site.send(address, opens, large)
    assert told.status_code == 201
    assert told.json()["size"] == len(large)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "answer.required"), (b"MZ\x90\x00 program", "answer.file.type"), (c.zipped(a=b"b"), "answer.file.type")],
)
async def test_what_cannot_be_taken_in_is_refused_with_a_sentence(site: Site, content: bytes, code: str):
    """Nothing of it is kept or echoed."""
    address, opens = await site.start()
    refused = await site.send(address, opens, content)
    assert refused.status_code == 400
    assert [fault["code"] for fault in refused.json()["errors"]] == [code]


async def test_a_made_up_reference_is_no_answer(site: Site):
    """Another journey's file, another size, a guessed id: none of them is accepted."""
    address, opens = await site.start()
    told = (await site.send(address, opens, c.PDF)).json()
    elsewhere, others = await site.start()
    for where, who, wrong in (
        (elsewhere, others, told),
        (address, opens, {**told, "size": 5}),
        (address, opens, {**told, "type": "image/png"}),
        (address, opens, {**told, "id": "0" * 40}),
    ):
        refused = await site.http.post(f"{where}/answers", json={"answers": {"tekening": wrong}}, headers=who)
        assert refused.status_code == 400
    assert (await site.http.get(f"{elsewhere}/files/{told['id']}", headers=others)).status_code == 404
    assert (await site.http.get(f"{address}/files/{told['id']}", headers=others)).status_code == 404
    assert (await site.http.get(f"{address}/files/{told['id']}")).status_code == 401


async def test_a_journey_holds_so_much_and_no_more(site: Site, monkeypatch: pytest.MonkeyPatch):
    """One too many is refused; what is there stays."""
    monkeypatch.setattr(files, "MOST_FILES", 2)
    address, opens = await site.start()
    codes = [(await site.send(address, opens, c.PDF + bytes([number]))).status_code for number in (1, 2, 3)]
    assert codes == [201, 201, 400]


async def test_a_scanner_that_is_away_lets_nothing_through(site: Site):
    """503 with a time to come back, and nothing is kept; where nobody scans in production nothing is taken in."""
    address, opens = await site.start()
    site.use(Clamd("127.0.0.1", 1))
    refused = await site.send(address, opens, c.PDF)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
    site.use(NoScanner(takes=False))
    closed = await site.send(address, opens, c.PDF)
    assert closed.json()["errors"][0]["code"] == "answer.file.closed"
    assert await site.service.store.uploads("voorbeeld", address.rpartition("/")[2]) == []


async def _begin_on_page(site: Site) -> str:
    first = await site.http.get("/start/schets")
    begun = await site.http.post("/start/schets", data={"_command": _hidden(first.text, "_command")})
    return begun.headers["location"]


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


async def _answer(site: Site, journey: str, sent: Any) -> httpx.Response:
    page = (await site.http.get(journey)).text
    hidden = {name: _hidden(page, name) for name in ("_command", "_asked", "_revision")}
    return await site.http.post(f"{journey}/vraag", data=hidden, files=sent)


async def test_a_citizen_sends_a_file_from_the_page_and_a_worker_sees_it(site: Site):
    """The page takes it, shows it by name and size; the worker of the task opens it and that is recorded."""
    journey = await _begin_on_page(site)
    answered = await _answer(site, journey, {"tekening": ("schets.png", c.PNG, "application/octet-stream")})
    assert answered.status_code == 303
    await site.http.post(f"{journey}/stap/submit", data={"_command": "handing-in"})
    status = (await site.http.get(f"{journey}/stand")).text
    found = re.search(rf'href="({journey}/bestand/[0-9a-f]{{40}})"', status)
    assert found is not None
    assert "schets.png (1 kB)" in status
    assert (await site.http.get(found[1])).content == c.PNG

    await site.http.post("/werk/inloggen", data={"account": "anna", "password": "wegwijzer"})
    worklist = (await site.http.get("/werk?toon=alles")).text
    task = re.search(r'href="(/werk/taak/[^"?]+)"', worklist)
    assert task is not None
    link = re.search(r'href="(/werk/taak/[^"]+/bestand/[0-9a-f]{40})"', (await site.http.get(task[1])).text)
    assert link is not None
    assert (await site.http.get(link[1])).content == c.PNG
    lines = await site.service.store.audit("voorbeeld", journey.rpartition("/")[2])
    assert ("anna", "looked at a file") in [(line.actor, line.action) for line in lines]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"tekening": ("", b"", "application/octet-stream")}, "Kies een bestand"),
        ({"tekening": ("a.exe", b"MZ\x90\x00", "image/png")}, "Dit soort bestand kunnen wij niet openen"),
    ],
)
async def test_the_page_says_what_is_wrong_with_a_file(site: Site, sent: Any, said: str):
    """The question again, with what to do."""
    journey = await _begin_on_page(site)
    refused = await _answer(site, journey, sent)
    assert refused.status_code == 400
    assert said in refused.text

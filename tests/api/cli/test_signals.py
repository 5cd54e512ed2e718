"""`wegwijzer signals` and `audit` beside the product: what people said is read, and that it was read is on record."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from api.cli.main import main
from tests.api.web.browsing import BASE, product

TREE = "boom-kappen"
LONG_AGO = datetime(2026, 3, 2, 9, tzinfo=UTC)  # the commands have the real clock
WORDS = "Ik weet niet wat een beheerplan is.\nNiemand legt het uit."


def told(folder: Path) -> str:
    """A journey with two signals, looked into by a worker; its reference."""

    async def story() -> str:
        async with product(folder, TREE, at=LONG_AGO) as own:
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app=own.app), base_url=BASE)
            begun = (await client.post("/v1/journeys", json={"flow": TREE})).json()
            door = {"Authorization": f"Bearer {begun['secret']}"}
            for body in ({"step": "beheerplan", "text": WORDS}, {"text": "En nu?"}):
                sent = await client.post(f"/v1/journeys/{begun['id']}/signals", json=body, headers=door)
                assert sent.status_code == 200
                own.clock.move(timedelta(minutes=1))
            worker = own.browser()
            await worker.sign_in()
            await worker.send("/werk/gesprek", reference=begun["reference"], over="phone")
            await client.post(f"/v1/journeys/{begun['id']}/contact-requests", json={"channel": "desk"}, headers=door)
            client.cookies = worker.cookies
            own.clock.move(timedelta(minutes=1))
            (task,) = (await client.get("/v1/tasks")).json()["results"]
            assert (await client.get(f"/v1/tasks/{task['id']}")).status_code == 200
            return str(begun["reference"])

    return asyncio.run(story())


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_what_people_said_is_read_by_the_team(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The newest first, each with its step and the journey's reference; as words and as JSON."""
    reference, store = told(tmp_path), ["--data", str(tmp_path)]
    assert main(["signals", TREE, *store]) == 0
    said = printed(capsys)
    assert said.index("answering") < said.index("beheerplan  ")
    assert said.count(reference) == 2
    assert "    Niemand legt het uit." in said
    assert main(["signals", TREE, "--json", "--most", "1", *store]) == 0
    newest = json.loads(printed(capsys))
    assert (newest["step"], newest["text"], newest["reference"]) == ("answering", "En nu?", reference)
    assert main(["signals", "paspoort", *store]) == 0
    assert printed(capsys) == "Nobody left a signal about paspoort.\n"


def test_who_looked_is_on_record_and_so_is_who_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Deeds and looks in one list, without what was told; the look of the command itself stands there the next time."""
    reference, store = told(tmp_path), ["--data", str(tmp_path)]
    assert main(["signals", TREE, *store]) == 0
    assert "legt" in printed(capsys)
    assert main(["audit", reference, *store]) == 0
    before = printed(capsys)
    assert "legt" not in before
    assert [line.split()[3] for line in before.splitlines() if "conversation" in line] == ["conversation"]
    assert [line.split()[2:] for line in before.splitlines()].count(["anna", "looked"]) == 1
    assert sum("signals" in line for line in before.splitlines()) == 2
    assert main(["audit", reference.removeprefix("WW-").lower(), "--json", *store]) == 0
    deeds = [json.loads(line)["action"] for line in printed(capsys).splitlines()]
    assert deeds[0] == "start"
    assert deeds[-1] == "audit"


def test_a_reference_of_nobody_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and a sentence, in either language."""
    for language, sentence in (("nl", "Geen zaak heeft hier het kenmerk"), ("en", "No journey has the reference")):
        assert main(["audit", "WW-0000-0000", "--data", str(tmp_path), "--language", language]) == 2
        assert sentence in capsys.readouterr().err

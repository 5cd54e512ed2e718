"""The product with a real register beside it: prefill, every way in which it fails, no question without a record."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import httpx
import pytest

from api.security.passwords import hashed
from api.store.port import Audited
from tests.api.registers.register_server import ALONE, BSN, FILE, KEY, STRANGER, RegisterServer, register_server
from tests.api.serving import serving
from tests.api.test_settings import GOOD
from tests.api.web.browsing import BASE, Browser, Product, product
from tests.architecture.tree import ROOT

HELP = "bijstand"
SIGN_ON = "s" * 40
MOODS = ["slow", "broken", "garbled", "huge", "wrong", "gone"]


@pytest.fixture
def register() -> Iterator[RegisterServer]:
    with register_server() as server:
        yield server


def settings_for(folder: Path, register: RegisterServer, **more: Any) -> dict[str, Any]:
    path = folder / "registers.yaml"
    path.write_text(FILE.format(port=register.port), encoding="utf-8")
    return {"registers": path, "register_keys": f"brp:{KEY}", "sign_on_secret": SIGN_ON, **more}


async def signed_in(own: Product, person: str = BSN) -> Browser:
    citizen = own.browser()
    await citizen.open(f"/start/{HELP}")
    await citizen.send(f"/demo/inloggen/{HELP}", person=person)
    return citizen


async def audit(own: Product, citizen: Browser) -> list[Audited]:
    lines: list[Audited] = await own.app.state.store.audit(own.settings.tenant, citizen.journey.rpartition("/")[2])
    return lines


def test_what_the_register_says_is_filled_in(tmp_path: Path, register: RegisterServer) -> None:
    """Name, birthday and partner come from the register, each asked once, with only its own fields, on record."""

    async def story() -> None:
        async with product(tmp_path, HELP, **settings_for(tmp_path, register)) as own:
            assert "Suzanne (test)" in (await sign_in_page(own)).text
            citizen = await signed_in(own)
            for said in ("Klopt dit?", "Suzanne Moulin", "Basisregistratie Personen"):
                assert said in citizen.text
            own.clock.move(timedelta(minutes=5))
            await own.ring()
            assert sorted(register.asked) == [
                (BSN, "geboorte.datum"),
                (BSN, "naam,geboorte.datum"),
                (BSN, "partners"),
            ]
            lines = [(one.actor, one.action) for one in await audit(own, citizen) if one.action.startswith("ask:")]
            assert ("register:brp.partner", "ask:samen") in lines
            assert len(lines) == 3
            await citizen.open(f"{citizen.journey}/stand")
            assert "Een register werkte niet" in citizen.text  # the income's register is not in the file

    asyncio.run(story())


async def sign_in_page(own: Product) -> Browser:
    citizen = own.browser()
    await citizen.open(f"/demo/inloggen/{HELP}")
    return citizen


def test_somebody_the_register_does_not_know(tmp_path: Path, register: RegisterServer) -> None:
    """Neither a wrong fact nor a fault: the citizen is asked, and the register is not asked again."""

    async def story() -> None:
        async with product(tmp_path, HELP, **settings_for(tmp_path, register)) as own:
            citizen = await signed_in(own, STRANGER)
            await citizen.open(f"{citizen.journey}/vraag/samen")
            assert "Woont u samen met een partner?" in citizen.text
            assert "Daarom vragen wij het aan u." not in citizen.text
            asked = len(register.asked)
            own.clock.move(timedelta(minutes=5))
            await own.ring()
            assert len(register.asked) == asked

    asyncio.run(story())


def test_nobody_s_partner_is_no_partner(tmp_path: Path, register: RegisterServer) -> None:
    """Somebody whom the register knows without a partner has none; that is a fact, and not asked."""

    async def story() -> None:
        async with product(tmp_path, HELP, **settings_for(tmp_path, register)) as own:
            citizen = await signed_in(own, ALONE)
            assert "Stefan Stefansson" in citizen.text
            journey = await own.app.state.service.dossiers.open(citizen.journey.rpartition("/")[2])
            assert journey.journey.answers["samen"].value is False

    asyncio.run(story())


@pytest.mark.parametrize("mood", MOODS)
def test_a_register_that_fails_is_no_dead_end(tmp_path: Path, register: RegisterServer, mood: str, caplog) -> None:
    """Down, slow, garbled, huge or of another type: the citizen is asked and told why, and nobody is in a log."""

    async def story() -> None:
        if mood == "gone":
            register.stop()
        register.mood = mood
        async with product(tmp_path, HELP, **settings_for(tmp_path, register)) as own:
            citizen = await signed_in(own)
            assert citizen.status == 200
            await citizen.open(f"{citizen.journey}/vraag/bewoner")
            assert "Daarom vragen wij het aan u." in citizen.text
            await citizen.open(f"{citizen.journey}/stand")
            assert "Een register werkte niet" in citizen.text
            dossier = await own.app.state.service.dossiers.open(citizen.journey.rpartition("/")[2])
            assert "bewoner" not in dossier.journey.answers

    with caplog.at_level(logging.DEBUG, "wegwijzer"):
        asyncio.run(story())
    assert BSN not in caplog.text
    assert "Suzanne" not in caplog.text


def test_it_comes_back_while_the_citizen_is_busy(tmp_path: Path, register: RegisterServer) -> None:
    """The outbox asks again: what the citizen said stays, what nobody said is filled in."""

    async def story() -> None:
        register.mood = "broken"
        async with product(tmp_path, HELP, **settings_for(tmp_path, register)) as own:
            citizen = await signed_in(own)
            await citizen.send(f"{citizen.journey}/vraag/samen", samen="false")
            register.mood = "well"
            own.clock.move(timedelta(minutes=2))
            await own.ring()
            journey = (await own.app.state.service.dossiers.open(citizen.journey.rpartition("/")[2])).journey
            assert str(journey.answers["bewoner"].supplier) == "register"
            assert str(journey.answers["samen"].supplier) == "citizen"
            assert journey.answers["samen"].value is False
            assert "bewoner" not in journey.silent

    asyncio.run(story())


def test_one_that_stays_away_is_nobody_s_task(tmp_path: Path, register: RegisterServer) -> None:
    """Where the citizen can say it as well, an outage gives up quietly: no task a journey for the desk."""

    async def story() -> None:
        register.stop()
        async with product(tmp_path, HELP, **settings_for(tmp_path, register)) as own:
            citizen = await signed_in(own)
            for _ in range(12):
                own.clock.move(timedelta(hours=2))
                await own.ring()
            journey = (await own.app.state.service.dossiers.open(citizen.journey.rpartition("/")[2])).journey
            assert not journey.tasks
            assert not await own.app.state.store.exhausted(own.settings.tenant)

    asyncio.run(story())


def test_who_did_not_sign_on_is_not_looked_up(tmp_path: Path, register: RegisterServer) -> None:
    """No register hears of somebody anonymous, at the start nor later."""

    async def story() -> None:
        async with product(tmp_path, HELP, **settings_for(tmp_path, register)) as own:
            citizen = own.browser()
            await citizen.begin(HELP)
            own.clock.move(timedelta(minutes=5))
            await own.ring()
            assert register.asked == []

    asyncio.run(story())


def production(folder: Path, **more: Any) -> dict[str, Any]:
    account = f"anna | Anna | team | work | {hashed('een lang wachtwoord')}"
    (folder / "workers.txt").write_text(account, encoding="utf-8")
    own: dict[str, Any] = {name.removeprefix("WEGWIJZER_").lower(): value for name, value in GOOD.items()}
    own |= {"database": f"sqlite:///{folder}/own.db", "key_database": "", "workers": folder / "workers.txt"}
    return {**own, "allowed_hosts": "wegwijzer.test", **more}


def test_production_never_serves_made_up_people(tmp_path: Path) -> None:
    """Without the setting, whoever signs on is asked everything, told why, and no outbox row is left to try."""

    async def story() -> None:
        async with product(tmp_path, HELP, **production(tmp_path, sign_on_secret=SIGN_ON)) as own:
            begun = await started(own, {"Wegwijzer-Subject": "sanne", "Wegwijzer-Sign-On": SIGN_ON})
            dossier = await own.app.state.service.dossiers.open(begun["id"])
            assert dossier.journey.subject == "sanne"
            assert not dossier.journey.answers
            assert "bewoner" in dossier.journey.silent
            own.clock.move(timedelta(minutes=5))
            await own.ring()
            assert not await own.app.state.store.exhausted(own.settings.tenant)

    asyncio.run(story())


async def started(own: Product, headers: dict[str, str]) -> dict[str, Any]:
    transport = httpx.ASGITransport(app=own.app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
        answer = await client.post("/v1/journeys", json={"flow": HELP})
        assert answer.status_code == 201, answer.text
        begun: dict[str, Any] = answer.json()
        return begun


def test_in_production_nobody_passes_for_a_register(tmp_path: Path) -> None:
    """What registers know is said by the organisation alone: without its secret a prefill is refused, not ignored."""

    async def story() -> None:
        async with product(tmp_path, HELP, **production(tmp_path, sign_on_secret=SIGN_ON)) as own:
            asked = {"flow": HELP, "prefill": {"geboortedatum": "1985-12-01"}}
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app=own.app), base_url=BASE)
            for headers in ({}, {"Wegwijzer-Sign-On": "wrong"}):
                refused = await client.post("/v1/journeys", json=asked, headers=headers)
                assert refused.status_code == 403
                assert "leave prefill out" in refused.json()["detail"]
            begun = await client.post("/v1/journeys", json=asked, headers={"Wegwijzer-Sign-On": SIGN_ON})
            assert begun.status_code == 201
            dossier = await own.app.state.service.dossiers.open(begun.json()["id"])
            assert str(dossier.journey.answers["geboortedatum"].supplier) == "register"

    asyncio.run(story())


@pytest.mark.parametrize("secret", ["", "wrong", SIGN_ON[:-1]])
def test_a_sign_on_that_is_not_believed(tmp_path: Path, register: RegisterServer, secret: str, caplog) -> None:
    """Without the proxy's secret a subject in a request is nobody: no register is asked, and the log says so."""

    async def story() -> None:
        async with product(tmp_path, HELP, **settings_for(tmp_path, register)) as own:
            begun = await started(own, {"Wegwijzer-Subject": BSN, "Wegwijzer-Sign-On": secret})
            journey = (await own.app.state.service.dossiers.open(begun["id"])).journey
            assert journey.subject == "citizen"
            assert register.asked == []

    with caplog.at_level(logging.WARNING, "wegwijzer"):
        asyncio.run(story())
    assert "not believed" in caplog.text
    assert BSN not in caplog.text


def test_a_sign_on_over_the_pages(tmp_path: Path, register: RegisterServer) -> None:
    """Whoever the proxy says is signed on begins with what the register knows, in production too."""

    async def story() -> None:
        more = settings_for(tmp_path, register)
        async with product(tmp_path, HELP, **production(tmp_path, **more)) as own:
            headers = {"Wegwijzer-Subject": BSN, "Wegwijzer-Sign-On": SIGN_ON, "Accept": "text/html"}
            transport = httpx.ASGITransport(app=own.app)
            async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
                answer = await client.post(f"/start/{HELP}", data={"_command": own.clock.new_id()})
                assert answer.status_code == 303
                journey = answer.headers["Location"].rpartition("/")[2]
            dossier = await own.app.state.service.dossiers.open(journey)
            assert str(dossier.journey.answers["bewoner"].supplier) == "register"

    asyncio.run(story())


def test_an_operator_starts_it(tmp_path: Path, register: RegisterServer) -> None:
    """`wegwijzer serve` with the setting: it says which registers it asks, and which names nobody connected."""
    path = settings_for(tmp_path, register)["registers"]
    environment = {"WEGWIJZER_REGISTERS": str(path), "WEGWIJZER_REGISTER_KEYS": f"brp:{KEY}"}
    copytree(ROOT / "flows" / HELP, tmp_path / "flows" / HELP)
    options = ("--flows", tmp_path / "flows", "--data", tmp_path / "kept")
    with serving(*options, environment=environment) as (process, said):
        process.terminate()
        assert process.stderr is not None
        warned = process.stderr.read()
    assert f"Registers  {path}" in said
    assert "does not name" in warned
    assert "uwv.inkomen" in warned
    assert "brp.persoon" not in warned
    assert KEY not in said + warned

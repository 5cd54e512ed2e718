"""The demo's sign-in: registers fill in with their source, a dispute is taken, a register that is down is said so."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.api.web.browsing import product

HELP = "bijstand"


def test_what_a_register_knows_is_shown_with_its_source(tmp_path: Path) -> None:
    """The first question names value and source, asks whether it is right, and none of it is asked again."""

    async def story() -> None:
        async with product(tmp_path, HELP) as own:
            citizen = own.browser()
            await citizen.open(f"/start/{HELP}")
            assert "Inloggen met ProefID" in citizen.text
            await citizen.send(f"/demo/inloggen/{HELP}")
            assert citizen.status == 400
            await citizen.send(f"/demo/inloggen/{HELP}", person="sanne")
            for said in ("Klopt dit?", "Sanne de Vries", "Basisregistratie Personen", "Klopt niet"):
                assert said in citizen.text
            fact = citizen.page.split("/klopt-niet/")[1].split('"')[0]
            await citizen.send(f"{citizen.journey}/klopt-niet/{fact}", reason="Ik heet anders.")
            assert "U zei dat dit niet klopt" in citizen.text

    asyncio.run(story())


def test_a_register_that_is_down_is_no_dead_end(tmp_path: Path) -> None:
    """The dossier says so and the citizen is asked instead."""

    async def story() -> None:
        async with product(tmp_path, HELP) as own:
            citizen = own.browser()
            await citizen.send(f"/demo/inloggen/{HELP}", person="noor")
            await citizen.open(f"{citizen.journey}/vraag/bewoner")
            assert "Daarom vragen wij het aan u." in citizen.text
            await citizen.open(f"{citizen.journey}/stand")
            assert "Een register werkte niet" in citizen.text

    asyncio.run(story())


def test_outside_the_demo_there_is_no_such_page(tmp_path: Path) -> None:
    """An unknown flow, or mail that was never kept, is not there; the demo's own mail is."""

    async def story() -> None:
        async with product(tmp_path, HELP) as own:
            visitor = own.browser()
            await visitor.open("/demo/inloggen/bestaat-niet")
            assert visitor.status == 404
            assert await visitor.open("/demo/post") == "Post van de proefomgeving"

    asyncio.run(story())

"""Pausing, letting somebody act, and a remedy: on the pages, with what others may not do with them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.api.web.browsing import Browser, Product, product

TREE = "boom-kappen"
UNTIL = {"until__day": "15", "until__month": "1", "until__year": "2027"}


async def represented(own: Product, scope: str) -> tuple[Browser, Browser]:
    """A citizen who lets Jan act, and Jan on a device of his own."""
    citizen, jan = own.browser(), own.browser()
    await citizen.begin(TREE)
    await citizen.send(f"{citizen.journey}/machtiging", name="Jan Smit", relation="zoon", scope=scope, **UNTIL)
    assert "Jan Smit" in citizen.title
    await jan.send("/verder", code=citizen.code)
    return citizen, jan


def test_somebody_else_answers_and_both_see_who(tmp_path: Path) -> None:
    """The one who acts answers with the citizen's own pages; history and explanation say who it was."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            citizen, jan = await represented(own, "answer")
            assert "U doet dit voor iemand anders" in jan.text
            await jan.answer("spoed", "true")
            await citizen.open(f"{citizen.journey}/stand")
            assert "Jan Smit mag voor u meedoen" in citizen.text
            await citizen.open(citizen.journey)
            assert "Jan Smit, namens de aanvrager" in citizen.text

    asyncio.run(story())


def test_who_acts_makes_no_codes_and_gives_no_mandates(tmp_path: Path) -> None:
    """A code opens everything, so who acts for the citizen can make none, for nobody."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            _, jan = await represented(own, "all")
            await jan.send(f"{jan.journey}/bewaar")
            assert jan.status == 403
            await jan.open(f"/reis/{jan.at.split('/')[2]}")
            await jan.send(f"{jan.journey}/machtiging", name="Piet", relation="", scope="all", **UNTIL)
            assert jan.status == 403
            await jan.open(f"/reis/{jan.at.split('/')[2]}/stand")
            assert "Iemand anders laten meedoen" not in jan.text

    asyncio.run(story())


def test_looking_along_is_not_answering(tmp_path: Path) -> None:
    """A mandate to look along shows where it stands; an answer is refused and changes nothing."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            citizen, jan = await represented(own, "read")
            await jan.answer("spoed", "true")
            assert jan.status == 409
            assert await citizen.open(citizen.journey) == "Is er spoed of direct gevaar?"

    asyncio.run(story())


def test_the_citizen_takes_a_mandate_back(tmp_path: Path) -> None:
    """From that moment the open page and the code of who acted open nothing."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            citizen, jan = own.browser(), own.browser()
            await citizen.begin(TREE)
            await citizen.send(f"{citizen.journey}/machtiging", name="Jan", relation="", scope="all", **UNTIL)
            code = citizen.code
            await jan.send("/verder", code=code)
            await citizen.open(f"{citizen.journey}/machtiging")
            stop = citizen.page.split("/machtiging/stop/")[1].split('"')[0]
            await citizen.send(f"{citizen.journey}/machtiging/stop/{stop}")
            assert "U doet alles zelf." in citizen.text
            await jan.answer("spoed", "true")
            assert jan.status in (404, 409)
            await jan.open(jan.at.rpartition("/vraag")[0] or jan.at)
            assert jan.status in (404, 409)
            again = own.browser()
            await again.send("/verder", code=code)
            assert again.status in (400, 404)

    asyncio.run(story())


def test_a_mandate_needs_a_name_and_an_end(tmp_path: Path) -> None:
    """What is missing is said at its own field, and what was typed stands there."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            citizen = own.browser()
            await citizen.begin(TREE)
            await citizen.send(f"{citizen.journey}/machtiging", name="", relation="buurvrouw", scope="read")
            assert citizen.status == 400
            assert "buurvrouw" in citizen.page
            late = {"until__day": "1", "until__month": "1", "until__year": "2040"}
            await citizen.send(f"{citizen.journey}/machtiging", name="Jan", relation="", scope="read", **late)
            assert "binnen een jaar" in citizen.text

    asyncio.run(story())


def test_a_pause_until_a_day_and_going_on(tmp_path: Path) -> None:
    """The page says until when; the citizen goes on by a button or by answering."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            citizen = own.browser()
            await citizen.begin(TREE)
            await citizen.send(f"{citizen.journey}/pauze")
            assert citizen.status == 400
            await citizen.send(f"{citizen.journey}/pauze", **UNTIL)
            assert "U hebt gepauzeerd tot" in citizen.text
            await citizen.send(f"{citizen.journey}/hervat")
            assert "U hebt gepauzeerd tot" not in citizen.text
            await citizen.open(f"{citizen.journey}/stand")
            assert "De pauze is voorbij" in citizen.text

    asyncio.run(story())


def test_on_a_computer_of_others_one_stops_for_good(tmp_path: Path) -> None:
    """Saved and stopped: going back opens nothing here, not even with the cookie of before; the code does."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            library, home = own.browser(), own.browser()
            await library.begin(TREE)
            await library.answer("spoed", "false")
            journey, cookie = library.journey, dict(library.cookies)
            await library.send(f"{journey}/bewaar")
            code = library.code
            assert "Stoppen op dit apparaat" in library.text
            await library.send(f"{journey}/stoppen")
            assert library.at == "/verder"
            assert "U bent gestopt op dit apparaat" in library.text
            for address in (journey, f"{journey}/bewaard"):
                await library.open(address)
                assert library.status == 404
            library.cookies.update(cookie)
            await library.open(journey)
            assert library.status == 404
            assert await home.send("/verder", code=code) == "Wat gaat u doen?"

    asyncio.run(story())

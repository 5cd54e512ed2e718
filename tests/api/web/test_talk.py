"""One journey over every channel: web, phone, desk, letter, e-mail and back; nothing told twice, nothing left open."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path

from api.channels.memory import MemoryMailer
from tests.api.web.browsing import Browser, product

TREE = "boom-kappen"


def reference_in(browser: Browser) -> str:
    found = re.search(r"WW-[A-Z0-9]{4}-[A-Z0-9]{4}", browser.text)
    assert found
    return found[0]


async def talking(worker: Browser, reference: str, over: str) -> str:
    """A signed-in worker begins a conversation; the title of the page it opens."""
    await worker.sign_in()
    return await worker.send("/werk/gesprek", reference=reference.lower(), over=over)


def test_from_web_to_phone_and_back_with_a_code_that_works_once(tmp_path: Path) -> None:
    """The worker reads the words to say, goes on where the citizen was, and the code opens the same journey, once."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            citizen, worker, elsewhere = own.browser(), own.browser(), own.browser()
            await citizen.begin(TREE)
            await citizen.answer("spoed", "false")
            await citizen.open(f"{citizen.journey}/stand")
            title = await talking(worker, reference_in(citizen), "phone")
            assert title.startswith("Gaat u de boom weghalen, verplanten, snoeien")
            assert await worker.answer("werk", "snoeien") == "Ziet de boom er na het snoeien anders uit van vorm?"
            await worker.send(f"{worker.journey}/bewaar")
            code = worker.code
            assert "zeven dagen" in worker.text
            await elsewhere.send("/verder", code=code)
            assert elsewhere.title == "Verandert de vorm van de boom door het snoeien?"
            assert (await own.browser().send("/verder", code=code)) == "Verder met uw code"
            await worker.send(f"{worker.journey}/afsluiten", text="Samen ingevuld.")
            assert worker.at == "/werk"
            await elsewhere.open(f"{elsewhere.journey}/stand")
            for said in ("aan de telefoon", "Een medewerker vulde iets voor u in", "Wij hebben contact gehad"):
                assert said in elsewhere.text
            assert "Samen ingevuld." not in elsewhere.text

    asyncio.run(story())


def test_a_conversation_is_the_workers_own_and_ends(tmp_path: Path) -> None:
    """Without signing in, for another worker, and after it ended, the pages of a conversation are not there."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            citizen, worker, other = own.browser(), own.browser(), own.browser()
            await citizen.begin(TREE)
            await citizen.open(f"{citizen.journey}/stand")
            reference = reference_in(citizen)
            await own.browser().send("/werk/gesprek", reference=reference, over="phone")
            await talking(worker, reference, "desk")
            talk = worker.journey
            await citizen.open(talk)
            assert citizen.title == "Inloggen voor medewerkers"
            await other.sign_in("bram")
            await other.open(talk)
            assert other.status == 404
            await worker.send(f"{talk}/afsluiten", text="")
            await worker.open(talk)
            assert worker.status == 404
            await worker.send("/werk/gesprek", reference="WW-2222-2222", over="phone")
            assert worker.status == 400
            assert "kennen wij niet" in worker.text

    asyncio.run(story())


def test_begun_at_the_desk_and_sent_for_the_citizen(tmp_path: Path) -> None:
    """A worker begins a journey for who comes by; what follows was heard there and then, so nobody has to call."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            worker = own.browser()
            await worker.sign_in()
            await worker.send("/werk/gesprek", flow=TREE, over="desk")
            await worker.answer("spoed", "true")
            assert "gesprek" in worker.at
            await own.ring()
            await worker.open("/werk?toon=alles")
            assert "Bel de burger met nieuws" not in worker.text

    asyncio.run(story())


def test_by_letter_and_the_answers_come_back(tmp_path: Path) -> None:
    """The letter has the open questions, a code, the address; answers are taken over at once, empty stays empty."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            citizen, worker = own.browser(), own.browser()
            await citizen.begin(TREE)
            await citizen.answer("spoed", "false")
            await citizen.send(f"{citizen.journey}/verder-via/letter")
            reference = reference_in(citizen)
            await worker.sign_in()
            await worker.open("/werk")
            assert "Stuur een brief" in worker.text
            await worker.send("/werk/gesprek", reference=reference, over="letter")
            await worker.send(f"{worker.journey}/brief")
            assert worker.title == "Uw vragen op papier"
            assert worker.code
            for said in (reference, "Takken snoeien", "Antwoordnummer 1", "088 000 0000", "Wat wij al weten"):
                assert said in worker.text
            assert "<svg" in worker.page
            assert "Stuur deze brief terug naar" in worker.text
            await worker.open(f"{worker.journey}/antwoorden")
            answers = {"werk": "verwijderen", "beheerplan": "false", "dunnen": "false", "iepziekte": "false"}
            await worker.send(f"{worker.journey}/antwoorden", **answers, omtrek_31_of_meer="true", herplant_boom="")
            await citizen.open(citizen.journey)
            assert citizen.title == "U hebt een vergunning nodig"
            await worker.send(f"{worker.journey}/brief")
            assert worker.title == "Bericht over uw vraag"
            assert "Antwoordnummer 1" in worker.text
            assert "Stuur deze brief terug" not in worker.text
            await citizen.open(f"{citizen.journey}/stand")
            assert "Een medewerker vulde iets voor u in" in citizen.text

    asyncio.run(story())


def test_an_email_holds_a_reference_and_a_link_and_nothing_else(tmp_path: Path) -> None:
    """Who gives an address gets a link that works once; the mail says nothing of the question or the answers."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            citizen, phone = own.browser(), own.browser()
            await citizen.begin(TREE)
            await citizen.answer("spoed", "false")
            await citizen.send(f"{citizen.journey}/bericht", email="geen adres")
            assert citizen.status == 400
            await citizen.send(f"{citizen.journey}/bericht", email="sanne@example.org")
            await citizen.open(f"{citizen.journey}/contact")
            assert "Mail mij een link" in citizen.text
            await citizen.send(f"{citizen.journey}/verder-via/email")
            await own.ring()
            mailer = own.app.state.mailer
            assert isinstance(mailer, MemoryMailer)
            (mail,) = mailer.sent
            assert mail.to == "sanne@example.org"
            found = re.search(r"/verder#([A-Z0-9-]{14})", mail.text)
            assert found
            assert "boom" not in (mail.subject + mail.text).lower()
            assert "sanne" not in (mail.subject + mail.text).lower()
            assert await phone.send("/verder", code=found[1]) == "Wat gaat u doen?"
            assert await own.browser().send("/verder", code=found[1]) == "Verder met uw code"
            await phone.open(f"{phone.journey}/stand")
            assert "Wij stuurden u een bericht per e-mail" in phone.text

    asyncio.run(story())


def test_a_mail_server_that_is_down_loses_nothing(tmp_path: Path) -> None:
    """The mail waits in the outbox and goes out once, when the server is back."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            citizen, mailer = own.browser(), own.app.state.mailer
            mailer.down = True
            await citizen.begin(TREE)
            await citizen.send(f"{citizen.journey}/bericht", email="sanne@example.org")
            await citizen.send(f"{citizen.journey}/verder-via/email")
            await own.ring()
            assert mailer.sent == ()
            mailer.down = False
            for _ in range(3):
                own.clock.move(timedelta(minutes=2))
                await own.ring()
            assert len(mailer.sent) == 1

    asyncio.run(story())


def test_codes_cannot_be_guessed_for_long(tmp_path: Path) -> None:
    """After ten tries from one client there is a wait, whatever the code."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            stranger = own.browser()
            seen = []
            for _ in range(12):
                await stranger.send("/verder", code="2222-2222-2222")
                seen.append(stranger.status)
            assert seen[:10] == [400] * 10
            assert 429 in seen

    asyncio.run(story())

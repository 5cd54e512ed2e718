"""The API to people: whom to ask and where they can answer, where to be told, what goes wrong and at which step."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx

from tests.api.test_own_way_api import TREE, begun
from tests.api.web.browsing import BASE, product

STEPS = ("spoed", "answering", "withdraw", "toestemming", "vergunningplicht", "ask_person")
NUMBER, ADDRESS = "06 1234 5678", "sanne@example.org"


def problem(refused: httpx.Response) -> tuple[int, str, str]:
    """The status, where the first fault stands in the body, and its code."""
    fault = refused.json()["errors"][0]
    assert "hier" not in refused.text
    return refused.status_code, fault["pointer"], fault["code"]


def tasks(told: dict[str, Any]) -> list[bool]:
    """Of every request for a person whether a number is still missing."""
    return [task["needsNumber"] for task in told["tasks"] if task["kind"] == "ask_person"]


def test_an_answer_by_email_needs_an_address(tmp_path: Path) -> None:
    """Without one it is refused at the place where it belongs; with one, there or under reach, it is a task."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client, journey, post = await begun(own)
            missing = await post("contact-requests", {"channel": "email"})
            assert problem(missing) == (400, "/contact", "contact.required_address")
            wrong = await post("contact-requests", {"channel": "email", "contact": "sanne @ hier"})
            assert problem(wrong) == (400, "/contact", "answer.email")
            assert tasks((await client.get(journey)).json()) == []
            assert (await post("contact-requests", {"channel": "email", "contact": ADDRESS})).status_code == 200
            assert (await post("reach", {"email": ADDRESS})).status_code == 200
            assert (await post("contact-requests", {"channel": "email"})).status_code == 200
            assert tasks((await client.get(journey)).json()) == [False, False]

    asyncio.run(story())


def test_a_call_without_a_number_is_taken_and_the_number_asked_for(tmp_path: Path) -> None:
    """Nobody is turned away; the task says that a number is missing, until one is left; what is none is refused."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client, journey, post = await begun(own)
            assert (await post("contact-requests", {"channel": "phone"})).status_code == 200
            assert tasks((await client.get(journey)).json()) == [True]
            wrong = await post("contact-requests", {"channel": "phone", "contact": "bel maar"})
            assert problem(wrong) == (400, "/contact", "answer.phone")
            assert (await post("contact-requests", {"channel": "phone", "contact": NUMBER})).status_code == 200
            assert tasks((await client.get(journey)).json()) == [True, False]

    asyncio.run(story())


def test_nobody_answers_on_a_web_page(tmp_path: Path) -> None:
    """A person is asked for over telephone, desk, letter or e-mail; the refusal says so, in the caller's language."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client, _, post = await begun(own)
            client.headers["Accept-Language"] = "nl"
            refused = await post("contact-requests", {"channel": "web"})
            assert problem(refused) == (409, "", "refused.no_person_there")
            assert "Kies telefoon, balie, brief of e-mail" in refused.text
            for channel in ("desk", "letter"):
                assert (await post("contact-requests", {"channel": channel})).status_code == 200

    asyncio.run(story())


def test_where_to_be_told_is_named_where_it_was_written(tmp_path: Path) -> None:
    """An address that is none is pointed at in the body itself, not among answers that nobody gave."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            _, _, post = await begun(own)
            assert problem(await post("reach", {"email": "sanne @ hier"})) == (400, "/email", "answer.email")

    asyncio.run(story())


def test_a_signal_about_anything_of_the_flow(tmp_path: Path) -> None:
    """A question, a place, a step, a rule, an outcome, the way to a person; without a name it is about here."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            _, _, post = await begun(own)
            for step in STEPS:
                told = await post("signals", {"step": step, "text": "Ik kom hier niet verder."})
                assert told.status_code == 200, told.text
            assert (await post("signals", {"text": "En nu?"})).status_code == 200
            kept = await own.app.state.store.signals(own.settings.tenant, TREE)
            assert sorted(signal.step for signal in kept) == sorted([*STEPS, "answering"])

    asyncio.run(story())


def test_a_signal_about_something_that_the_flow_does_not_have(tmp_path: Path) -> None:
    """Refused with what to do: names of steps are kept in the clear, and are no place for anything else."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            _, _, post = await begun(own)
            refused = await post("signals", {"step": "Jan_Jansen", "text": "Het werkt niet."})
            assert problem(refused) == (400, "/step", "signal.no_such_step")
            assert "leave the name out" in refused.text
            assert "Jansen" not in refused.text

    asyncio.run(story())


def test_the_pages_ask_for_what_is_missing(tmp_path: Path) -> None:
    """A call without a number is shown as such until one is left; an answer by e-mail asks for the address."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client, journey, post = await begun(own)
            assert (await post("contact-requests", {"channel": "phone"})).status_code == 200
            reference = (await client.get(journey)).json()["reference"]
            worker = own.browser()
            await worker.sign_in()
            await worker.send("/werk/gesprek", reference=reference, over="phone")
            talk = f"/werk/gesprek/{journey.rpartition('/')[2]}"
            await worker.open(f"{talk}/contact")
            assert "wij weten uw nummer niet" in worker.page
            await worker.send(f"{talk}/contact/email")
            assert worker.status == 400
            assert "Vul uw e-mailadres in" in worker.page
            await worker.send(f"{talk}/contact/phone", contact=NUMBER)
            await worker.open(f"{talk}/contact")
            assert "wij weten uw nummer niet" not in worker.page

    asyncio.run(story())


def test_a_dispute_says_why_it_cannot_be(tmp_path: Path) -> None:
    """A fact that the flow has not, one that nobody knows yet, one's own answer, one that is disputed already."""

    async def story() -> None:
        async with product(tmp_path, "bijstand") as own:
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app=own.app), base_url=BASE)
            body = {"flow": "bijstand", "prefill": {"geboortedatum": "1980-01-01"}}
            begun = (await client.post("/v1/journeys", json=body)).json()
            door, journey = {"Authorization": f"Bearer {begun['secret']}"}, f"/v1/journeys/{begun['id']}"
            told = await client.post(f"{journey}/answers", json={"answers": {"samen": False}}, headers=door)
            assert told.status_code == 200
            for fact, code in (
                ("bestaat_niet", "refused.no_such_fact"),
                ("vermogen", "refused.not_known_yet"),
                ("samen", "refused.nothing_to_dispute"),
                ("geboortedatum", ""),
                ("geboortedatum", "refused.disputed_already"),
            ):
                sent = {"fact": fact, "reason": "Dit klopt niet."}
                answer = await client.post(f"{journey}/disputes", json=sent, headers=door)
                assert (answer.status_code, answer.json().get("errors", [{}])[0].get("code", "")) == (
                    (409, code) if code else (200, "")
                )

    asyncio.run(story())


def test_of_several_answers_the_one_that_is_not_asked_is_named(tmp_path: Path) -> None:
    """None is kept, and the pointer says which one it is."""

    async def story() -> None:
        async with product(tmp_path, TREE) as own:
            client, journey, post = await begun(own)
            both = {"spoed": True, "werk": "snoeien"}
            assert problem(await post("answers", {"answers": both})) == (409, "/answers/werk", "refused.not_askable")
            assert (await client.get(journey)).json()["facts"] == {}

    asyncio.run(story())

"""The developers' pages: who may look, what they show, what a save does, and that nothing of a citizen is on them."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.security import passwords
from api.settings import load
from api.web.drawing import coded
from tests.api.doors import client
from tests.engine.harness.school_transport import EDITS, POPULATION
from tests.engine.harness.school_transport import FLOW as TRANSPORT
from ui_schema.build_compare import differing

FLOWS = Path(__file__).resolve().parents[3] / "flows"
SLUG = "rijbewijs-leeftijdspoort"
PAGES = ("", f"/{SLUG}", f"/{SLUG}/bron", f"/{SLUG}/vergelijken", f"/{SLUG}/proberen", "/stempel", f"/{SLUG}/stempel")
Visit = Callable[[httpx.AsyncClient], Awaitable[None]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two flows that may be edited."""
    for slug in (SLUG, "boom-kappen"):
        shutil.copytree(FLOWS / slug, tmp_path / "flows" / slug)
    return tmp_path / "flows"


def visit(folder: Path, walk: Visit, **settings: object) -> None:
    """Walk past the pages of an app that serves this folder."""

    async def visited() -> None:
        app = create_app(load({}, **{"folder": folder.parent / "kept", "flows": folder, **settings}))
        async with client(app, headers={"accept": "text/html"}, timeout=30) as caller:
            await walk(caller)

    asyncio.run(visited())


def production(tmp_path: Path) -> dict[str, object]:
    """Settings of a production with an author and a worker who is none."""
    kept = passwords.hashed("een-goed-wachtwoord")
    workers = tmp_path / "workers"
    workers.write_text(f"dirk | Dirk | | work, author | {kept}\nanna | Anna | | work | {kept}\n", encoding="utf-8")
    return {
        "env": "production",
        "database": f"sqlite:///{tmp_path}/kept",
        "master_keys": "k:" + "A" * 43 + "=",
        "session_secret": "s" * 40,
        "allowed_hosts": ("wegwijzer.test",),
        "public_url": "https://wegwijzer.test",
        "phone": "088 123 4567",
        "desk": "Stadhuis, Plein 1",
        "letter": "Antwoordnummer 12, 1234 CD Plaats",
        "workers": workers,
    }


def test_every_page_of_a_flow_is_there_in_a_demo(folder: Path) -> None:
    """The board, the flow, its source, a comparison, a try-out; each without inline code."""

    async def walk(caller: httpx.AsyncClient) -> None:
        for page in PAGES:
            said = await caller.get(f"/ontwikkelen{page}")
            assert said.status_code == 200, page
            assert not re.search(r"<style|style=|onclick|javascript:|<script>", said.text), page
            assert "default-src 'self'" in said.headers["content-security-policy"]

    visit(folder, walk)


def test_in_production_only_an_author_may_look(folder: Path, tmp_path: Path) -> None:
    """Nobody: to the sign-in; a worker without the right: refused; an author: welcome."""

    async def walk(caller: httpx.AsyncClient) -> None:
        for page in PAGES:
            said = await caller.get(f"/ontwikkelen{page}")
            assert (said.status_code, said.headers["location"]) == (303, "/werk/inloggen"), page
        for account, status in (("anna", 403), ("dirk", 200)):
            form = {"account": account, "password": "een-goed-wachtwoord"}
            signed = await caller.post("/werk/inloggen", data=form)
            cookie = signed.headers["set-cookie"].split(";")[0]
            for page in PAGES:
                said = await caller.get(f"/ontwikkelen{page}", headers={"cookie": cookie})
                assert said.status_code == status, (account, page)

    visit(folder, walk, **production(tmp_path))


def test_another_name_is_not_found(folder: Path) -> None:
    """No name leads out of the folder."""

    async def walk(caller: httpx.AsyncClient) -> None:
        for slug in ("%2e%2e", "nope", "boom-kappen%2f..%2f..", "a" * 65, "%00", "-", "Boom-kappen"):
            for page in ("", "/bron", "/vergelijken", "/proberen"):
                said = await caller.get(f"/ontwikkelen/{slug}{page}")
                assert said.status_code in (400, 404), (slug, page)
            stamp = await caller.get(f"/ontwikkelen/{slug}/stempel")
            assert stamp.status_code in (400, 404) or stamp.json() == {"stamp": ""}, slug

    visit(folder, walk)


def test_a_fault_shows_with_its_line_while_the_version_before_serves(folder: Path) -> None:
    """Citizens go on with the last version that can be used; the fault stands on the page with its lines."""

    async def walk(caller: httpx.AsyncClient) -> None:
        path = folder / SLUG / "flow.yaml"
        good = path.read_text("utf-8")
        before = (await caller.get(f"/ontwikkelen/{SLUG}/stempel")).json()
        path.write_text(good.replace("goal:", "gaol:"), encoding="utf-8")
        assert (await caller.get(f"/ontwikkelen/{SLUG}/stempel")).json() != before
        said = (await caller.get(f"/ontwikkelen/{SLUG}")).text
        assert "gaol" in said
        assert "blijft burgers helpen" in said
        assert (await caller.get(f"/ontwikkelen/{SLUG}/bron")).status_code == 200
        assert (await caller.get(f"/ontwikkelen/{SLUG}/proberen")).status_code == 303
        await asyncio.sleep(0.7)
        assert (await caller.get(f"/start/{SLUG}")).status_code == 200

    visit(folder, walk)


def test_what_is_not_there_leads_on(folder: Path) -> None:
    """A flow that is gone: its page says which file is missing, and where the others are; it knows of no sessions."""

    async def walk(caller: httpx.AsyncClient) -> None:
        said = await caller.get("/ontwikkelen/nope")
        assert said.status_code == 404
        assert "nope/flow.yaml" in said.text
        assert 'href="/ontwikkelen"' in said.text
        assert "sessie" not in said.text
        assert "werkvoorraad" not in said.text

    visit(folder, walk)


def test_without_scenarios_nothing_speaks_against_a_flow(folder: Path) -> None:
    """It is not tried yet: that is no finding, neither on its page nor on the board."""
    shutil.rmtree(folder / SLUG / "scenarios", ignore_errors=True)
    for file in folder.glob(f"{SLUG}/scenarios*.yaml"):
        file.unlink()
    for file in folder.glob("*/evidence.json"):
        file.unlink()

    async def walk(caller: httpx.AsyncClient) -> None:
        for page in (f"/{SLUG}", ""):
            said = (await caller.get(f"/ontwikkelen{page}")).text
            assert "er is iets gevonden" not in said, page

    visit(folder, walk)


def test_coverage_speaks_only_of_what_a_flow_has(folder: Path) -> None:
    """A flow without limits has no full bar for none of them."""

    async def walk(caller: httpx.AsyncClient) -> None:
        said = (await caller.get("/ontwikkelen/boom-kappen")).text
        while "3 van 3" not in said:
            await asyncio.sleep(0.1)
            said = (await caller.get("/ontwikkelen/boom-kappen")).text
        assert "0 van 0" not in said

    visit(folder, walk)


def test_the_board_counts_what_was_found(folder: Path) -> None:
    """A flow with faults says how many, and leads to them; many of them do not make its page endless."""
    path = folder / SLUG / "flow.yaml"
    more = "".join(f'  vraag{n}: {{type: boolean, ask: "Is dit vraag {n}?"}}\n' for n in range(30))
    path.write_text(path.read_text("utf-8").replace("\nfacts:\n", f"\nfacts:\n{more}"), encoding="utf-8")

    async def walk(caller: httpx.AsyncClient) -> None:
        board = (await caller.get("/ontwikkelen")).text
        assert re.search(rf'href="/ontwikkelen/{SLUG}#found">30 gevonden<', board)
        assert "kan zo niet draaien" in board
        own = (await caller.get(f"/ontwikkelen/{SLUG}")).text
        assert own.index("vraag9") < own.index("Nog 20") < own.index("<code>vraag10</code>")

    visit(folder, walk)


def test_a_saved_flow_serves_citizens_at_once(folder: Path) -> None:
    """In a demo the next citizen gets the question as it was saved."""

    async def walk(caller: httpx.AsyncClient) -> None:
        path = folder / SLUG / "flow.yaml"
        question = re.search(r"^question: (.*)$", path.read_text("utf-8"), re.MULTILINE)
        assert question is not None
        path.write_text(path.read_text("utf-8").replace(question[1], "Mag ik al rijden?", 1), encoding="utf-8")
        for _ in range(40):
            await asyncio.sleep(0.1)
            if "Mag ik al rijden?" in (await caller.get(f"/start/{SLUG}")).text:
                return
        raise AssertionError("the saved flow is not served")

    visit(folder, walk)


def test_a_finding_shows_its_citizen(folder: Path) -> None:
    """A broken promise is named with a citizen who can be walked along with."""

    async def walk(caller: httpx.AsyncClient) -> None:
        path = folder / "boom-kappen" / "flow.yaml"
        text = path.read_text("utf-8").replace(
            "promises:", "promises:\n  - never: {outcome: vergunningplicht, when: not(dunnen)}"
        )
        path.write_text(text, encoding="utf-8")
        said = (await caller.get("/ontwikkelen/boom-kappen")).text
        assert "P-PROMISE" in said
        found = re.search(r'href="(/ontwikkelen/boom-kappen/proberen\?[^"]*dunnen[^"]*)"', said)
        assert found is not None
        tried = await caller.get(found[1].replace("&amp;", "&"))
        assert "U hebt een vergunning nodig" in tried.text

    visit(folder, walk)


def test_a_try_out_walks_to_the_outcome_by_its_forms(folder: Path) -> None:
    """The citizen's own forms, sent as a browser does, lead to the outcome; the panel says why and what is settled."""

    async def walk(caller: httpx.AsyncClient) -> None:
        address = "/ontwikkelen/boom-kappen/proberen"
        for fact, value in (("spoed", "false"), ("werk", "snoeien"), ("vorm_verandert", "false")):
            said = (await caller.get(address)).text
            action = re.search(r'<form class="ww-form" method="post" action="([^"]+)"', said)
            assert action is not None
            sent = await caller.post(action[1].replace("&amp;", "&"), data={"_asked": fact, fact: value})
            assert sent.status_code == 303
            address = sent.headers["location"]
            assert address.startswith("/ontwikkelen/boom-kappen/proberen?m=")
        said = (await caller.get(address)).text
        assert "De uitkomst staat vast" in said
        assert "as_of:" in said

    visit(folder, walk)


def test_a_refused_answer_stands_on_the_page_again(folder: Path) -> None:
    """Nothing chosen, or something impossible: 400 with the sentence that a citizen reads."""

    async def walk(caller: httpx.AsyncClient) -> None:
        base = f"/ontwikkelen/{SLUG}/proberen/antwoord"
        empty = await caller.post(base, data={"_asked": "geboortedatum"})
        wrong = {"geboortedatum.day": "31", "geboortedatum.month": "2", "geboortedatum.year": "2000"}
        impossible = await caller.post(base, data={"_asked": "geboortedatum", **wrong})
        assert (empty.status_code, impossible.status_code) == (400, 400)
        assert "ww-summary" in impossible.text

    visit(folder, walk)


QUERIES = (
    "m=x",
    "m=spoed",
    "m=spoed+%3D+misschien",
    "m=via+duif",
    "m=wait+9999w",
    "m=wait+2199-01-01",
    "m=do+vliegen",
    "m=day+0001-01-01",
    "m=day+9999-12-31",
    "m=day+x",
    "vraag=iepziekte",
    "vraag=kinderen[0].x",
    "stap=submit",
    "toon=contact&over=duif",
    "toon=status",
    "toon=choose",
    "taal=en",
    "taal=xx",
    "m=" + "a" * 3000,
    "m=work+propose",
    "m=judge+spoed+%3D+yes",
    "m=spoed+%3D+%7B",
    "m=ask+desk&m=wait+30d",
)


def test_any_address_of_a_try_out_is_answered(folder: Path) -> None:
    """Whatever stands in the address: a page, with what was refused named; never a fault of ours."""

    async def walk(caller: httpx.AsyncClient) -> None:
        for query in QUERIES:
            said = await caller.get(f"/ontwikkelen/boom-kappen/proberen?{query}")
            assert said.status_code in (200, 303, 400), query

    visit(folder, walk)


def test_whom_a_change_in_words_touches_stands_beside_it(folder: Path) -> None:
    """What is taken from people is a section of its own: the harm, who they are, which part, and one of them."""
    gone = next(own for own in EDITS if own.name == "remedy gone")
    letter = next(own for own in EDITS if own.name == "letter")
    new = TRANSPORT.replace(gone.before, gone.after).replace(letter.before, letter.after)
    for slug, text in (("leerlingenvervoer", new), ("vervoer-nu", TRANSPORT)):
        (folder / slug).mkdir()
        (folder / slug / "flow.yaml").write_text(text, encoding="utf-8")

    people = folder / "leerlingenvervoer" / "population.yaml"
    people.write_text(POPULATION, encoding="utf-8")

    async def walk(caller: httpx.AsyncClient) -> None:
        address = "/ontwikkelen/leerlingenvervoer/vergelijken?met=flow:vervoer-nu"
        page = (await caller.get(address, headers={"accept-language": "en"})).text
        harms, _, words = page.partition('id="changes"')
        for part in (">loses a remedy</span>", "whoever gets `fiets` · 6.2% of all situations", gone.rule[0]):
            assert part in harms, part
        assert "0.084% of the population" in harms
        assert "proberen?m=" in harms
        assert "whoever gets `fiets` · 6.2% of all situations" in words
        assert "loses a remedy" not in words
        people.write_text("population: {size: 9, facts: {gewicht: {a: 1}}}", encoding="utf-8")
        page = (await caller.get(address, headers={"accept-language": "en"})).text
        assert "population.yaml: neither flow has a fact called `gewicht`." in page
        assert "of the population" not in page

    visit(folder, walk)


def test_what_differs_in_a_line_is_marked() -> None:
    """Whole words, not letters; in a long row of a table the one cell; nothing where next to nothing is the same."""
    old, new = "| -   | yes | -    || vrij |", "| -   | no  | -    || vrij |"
    one, then, other, last = differing(old, new)
    assert (old[one:then].strip(), new[other:last].strip()) == ("yes", "no")
    one, then, other, last = differing("een woord te veel hier", "een woord hier")
    assert ("een woord te veel hier"[one:then].strip(), "een woord hier"[other:last]) == ("te veel", "")
    assert differing("a: 1", "geheel anders") == (0, 0, 0, 0)
    same = differing("a b", "a b")
    assert same[0] == same[1]


def test_code_in_a_sentence_is_set_as_code() -> None:
    """What stands between backticks; whatever it holds is text and never markup."""
    assert coded("Gegeven `a<b` heeft geen `why`.") == "Gegeven <code>a&lt;b</code> heeft geen <code>why</code>."
    assert coded("een ` los <b>") == "een ` los &lt;b&gt;"


def test_two_flows_side_by_side(folder: Path) -> None:
    """Another flow, or an earlier version; what is not there is said, in the language of the reader."""

    async def walk(caller: httpx.AsyncClient) -> None:
        base = "/ontwikkelen/boom-kappen/vergelijken?met="
        assert "toestemming" in (await caller.get(f"{base}flow:{SLUG}")).text
        for wrong in ("flow:nope", "git:--output=x", "git:nope", "x", "git:HEAD:../../x"):
            said = await caller.get(base + wrong)
            assert said.status_code == 200
            assert "ww-notice--warning" in said.text

    visit(folder, walk)

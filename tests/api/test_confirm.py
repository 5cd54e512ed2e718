"""`confirm: ask` at both doors: the API says what is to be confirmed, the page has the register's value filled in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.clock import FrozenClock
from api.settings import load
from tests.api.doors import client
from tests.api.store.samples import NOW
from tests.api.web.browsing import Browser, Product

pytestmark = pytest.mark.anyio
FLOW = """
wegwijzer: 1
flow: toeslag
language: nl
question: Krijg ik toeslag?
goal: doel
facts:
  inkomen:
    type: money
    from: [register:uwv.inkomen, citizen]
    confirm: ask
    ask: Wat verdient u per maand?
    why: Boven een grens is er geen toeslag.
decisions:
  doel: {type: choice, options: [wel, niet], is: if inkomen < 1000 then "wel" else "niet"}
outcomes:
  wel: {kind: answer, text: "U krijgt toeslag."}
  niet: {kind: answer, text: "U krijgt geen toeslag."}
"""


async def begun(caller: httpx.AsyncClient) -> tuple[str, dict[str, str], dict[str, Any]]:
    """A journey of which the register said 900 euros."""
    body = {"flow": "toeslag", "prefill": {"inkomen": "900.00"}}
    made = (await caller.post("/v1/journeys", json=body)).json()
    door = {"Authorization": f"Bearer {made['secret']}"}
    address = f"/v1/journeys/{made['id']}"
    return address, door, (await caller.get(address, headers=door)).json()


def app_folder(flows: Path) -> None:
    """The flow in its folder."""
    (flows / "toeslag").mkdir(parents=True)
    (flows / "toeslag" / "flow.yaml").write_text(FLOW, encoding="utf-8")


def app_of(folder: Path) -> Any:
    app_folder(folder / "flows")
    return create_app(load({}, folder=folder, flows=folder / "flows"), clock=FrozenClock(NOW))


@asynccontextmanager
async def citizen_at_the_question(folder: Path) -> AsyncIterator[Browser]:
    """Somebody of whom the register said 650 euros, on the page that asks it."""
    own = Product(folder)
    app_folder(own.flows)
    async with own.app.router.lifespan_context(own.app):
        citizen = own.browser()
        await citizen.send("/demo/inloggen/toeslag", person="yusuf")
        yield citizen


async def test_the_api_names_what_is_to_be_confirmed(tmp_path: Path):
    """Nothing is decided on it; the same value confirms it, and the register stays the supplier."""
    async with client(app_of(tmp_path)) as caller:
        address, door, now = await begun(caller)
        assert (now["facts"]["inkomen"]["value"], now["facts"]["inkomen"]["toConfirm"]) == ("900.00", True)
        assert [(own["fact"], own["toConfirm"]) for own in now["options"]["questions"]] == [("inkomen", True)]
        assert (now["outcome"], now["options"]["disputable"]) == (None, [])
        await caller.post(f"{address}/answers", json={"answers": {"inkomen": "900.00"}}, headers=door)
        after = (await caller.get(address, headers=door)).json()
        assert after["facts"]["inkomen"] | {"value": ""} == {
            "value": "",
            "supplier": "register",
            "source": now["facts"]["inkomen"]["source"],
            "disputed": False,
            "toConfirm": False,
        }
        assert after["outcome"]["id"] == "wel"
        assert after["options"]["disputable"] == ["inkomen"]


async def test_the_page_asks_with_the_value_filled_in(tmp_path: Path):
    """The box holds the register's value with its source; sending it as it is confirms it."""
    async with citizen_at_the_question(tmp_path) as citizen:
        assert citizen.title == "Wat verdient u per maand?"
        assert 'value="650,00"' in citizen.page
        for said in ("Dit weten wij al uit: UWV", "Klopt dit? Ga dan verder."):
            assert said in citizen.text
        assert "Klopt niet</a>" not in citizen.page
        await citizen.answer("inkomen", "650,00")
        assert "U krijgt toeslag." in citizen.text
        assert "UWV" in citizen.text


async def test_who_changes_what_is_filled_in_is_heard(tmp_path: Path):
    """The register's value was never used; the citizen's is."""
    async with citizen_at_the_question(tmp_path) as citizen:
        await citizen.answer("inkomen", "1200")
        assert "U krijgt geen toeslag." in citizen.text

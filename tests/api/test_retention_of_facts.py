"""Facts with a shorter retention than their dossier go on their day: here, and in a backup beside today's keys."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import httpx
import pytest

from api.store import rows, writing
from api.store.connect import sqlite_store
from api.store.ids import id_text
from api.store.keys import Ring
from api.store.masters import masters_in_file
from api.store.sealed import SealedStore
from engine.errors import RefusedEvent
from engine.journey import events as ev
from engine.journey.codec import dump_journey, load_journey
from tests.api.web.browsing import Product
from tests.ui_schema.test_build import seen
from tests.ui_schema.walks import Walk, compiled
from ui_schema.page import PageKind

pytestmark = pytest.mark.anyio
FLOW = """
wegwijzer: 1
flow: hulp
language: nl
question: Krijg ik hulp?
goal: doel
facts:
  nodig: {type: boolean, ask: "Hebt u hulp nodig?", why: "Anders komt er niemand.", retention: P5Y}
  naam: {type: text, ask: "Hoe heet u?", why: "Dan weten wij wie u bent.", retention: P1Y}
  adres: {type: text, from: [register:brp.adres, citizen], ask: "Waar woont u?", why: "Voor de hulp.", retention: P1Y}
  bewijs: {type: file, ask: "Stuur uw bewijs.", why: "Dat hebben wij nodig.", retention: P6M}
  wens: {type: text, ask: "Wat wenst u?", why: "Daar houden wij rekening mee."}
decisions:
  doel: {type: choice, options: [wel, niet], is: if nodig then "wel" else "niet"}
outcomes:
  wel: {kind: answer, needs: [naam, adres, bewijs, wens], text: "U krijgt hulp, {naam}."}
  niet: {kind: answer, text: "U krijgt geen hulp."}
"""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40) + b"canary-in-a-file"
SHORT = ("canary-naam", "canary-straat", "canary-klopt-niet", "canary-in-a-file", "canary-bestand")
LONG = "canary-wens"
TENANT = "voorbeeld"


def product(folder: Path) -> Product:
    own = Product(folder, scanner="none")
    (own.flows / "hulp").mkdir(parents=True)
    (own.flows / "hulp" / "flow.yaml").write_text(FLOW, encoding="utf-8")
    return own


class Told:
    """A citizen who told everything, and withdrew: the journey has ended."""

    def __init__(self, own: Product) -> None:
        self.own = own
        transport = httpx.ASGITransport(app=own.app, raise_app_exceptions=True)
        self.caller = httpx.AsyncClient(transport=transport, base_url="http://wegwijzer.test")
        self.id = self.secret = ""

    async def ends(self) -> Told:
        prefill = {"adres": "canary-straat 1"}
        made = (await self.caller.post("/v1/journeys", json={"flow": "hulp", "prefill": prefill})).json()
        self.id, self.secret = made["id"], made["secret"]
        await self.post("disputes", {"fact": "adres", "reason": "canary-klopt-niet"})
        files = {"file": ("canary-bestand.png", PNG, "image/png")}
        sent = await self.caller.post(f"/v1/journeys/{self.id}/files", files=files, headers=self.door)
        assert sent.status_code == 201, sent.text
        await self.post("answers", {"answers": {"nodig": True, "naam": "canary-naam"}})
        await self.post("answers", {"answers": {"bewijs": sent.json(), "wens": LONG}})
        await self.post("steps", {"step": "withdraw"})
        return self

    @property
    def door(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    async def post(self, what: str, body: Any) -> None:
        said = await self.caller.post(f"/v1/journeys/{self.id}/{what}", json=body, headers=self.door)
        assert said.status_code == 200, said.text

    async def now(self) -> Any:
        return (await self.caller.get(f"/v1/journeys/{self.id}", headers=self.door)).json()


def backed_up(folder: Path, to: Path) -> None:
    """The journeys as they are now, the way a backup takes them."""
    to.mkdir()
    with closing(sqlite3.connect(folder / "wegwijzer.sqlite")) as live, closing(sqlite3.connect(to / "old")) as kept:
        live.backup(kept)


async def opened(folder: Path, journey: str) -> str:
    """All that can still be opened in these tables with these keys, as text."""
    store = sqlite_store(folder, masters_in_file(folder / "master.key"))
    await store.open()
    try:
        ring = await store._keys.of(TENANT, journey)
        with closing(sqlite3.connect(folder / "wegwijzer.sqlite")) as base:
            base.row_factory = sqlite3.Row
            return " ".join([*_sealed(base, ring), json.dumps(await _by_port(store, journey))])
    finally:
        await store.close()


SEALED = {
    "event": ("sealed", "event:{seq}"),
    "command": ("reply", "{told}"),
    "job": ("sealed", "job:{key}"),
    "task": ("sealed", "task:{id}"),
    "upload": ("sealed", "upload:{id}"),
}


TOLD: dict[str, str] = {}  # the place of every reply: whoever has what was sent can tell it


@pytest.fixture(autouse=True)
def _bodies_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks here has every body that was sent, too."""
    place = rows.told

    def noted(command_id: str, body_hash: bytes) -> str:
        return TOLD.setdefault(command_id, place(command_id, body_hash))

    monkeypatch.setattr(writing, "told", noted)


def _sealed(base: sqlite3.Connection, ring: Ring) -> list[str]:
    found = [
        _open(dict(row), column, field, ring)
        for table, (column, field) in SEALED.items()
        for row in base.execute(f"SELECT * FROM {table}")  # noqa: S608
        if row[column]
    ]
    files = base.execute("SELECT * FROM upload")
    return [*found, *(str(ring.open_bytes(row["key_no"], f"content:{row['id']}", row["content"])) for row in files)]


def _open(row: dict[str, Any], column: str, field: str, ring: Ring) -> str:
    for name in {"id", "journey", "key"} & row.keys():
        row[name] = id_text(row[name]) if isinstance(row[name], bytes) else row[name]
    known = (row["journey"], rows.second_of(row.get("at", 0)))
    place = field.format(**row, told=TOLD.get(row.get("id", "")))
    return str(ring.open(row["key_no"], place, row[column], known=known))


async def _by_port(store: SealedStore, journey: str) -> Any:
    stored = await store.load(TENANT, journey)
    return [stored and stored.snapshot, await store.events(TENANT, journey)]


async def test_each_class_goes_on_its_day(tmp_path: Path):
    """The file after six months, name and address after a year; what the dossier holds longer stays."""
    own = product(tmp_path)
    async with own.app.router.lifespan_context(own.app):
        await own.app.state.timers.stop()
        told = await Told(own).ends()
        assert set((await told.now())["facts"]) == {"naam", "adres", "bewijs", "nodig", "wens"}
        own.clock.move(timedelta(days=180))
        await own.ring()
        assert (await told.now())["noLongerKept"] == {}
        own.clock.move(timedelta(days=6))
        await own.ring()
        now = await told.now()
        assert (set(now["noLongerKept"]), now["noLongerKept"]["bewijs"]["rule"]) == ({"bewijs"}, "P6M")
        own.clock.move(timedelta(days=182))
        await own.ring()
        now = await told.now()
        assert set(now["facts"]) == {"nodig", "wens"}
        assert set(now["noLongerKept"]) == {"bewijs", "naam", "adres"}
        store = own.app.state.service.store
        stored = await store.load(TENANT, told.id)
        assert stored is not None
        assert stored.snapshot["outcome"] == "wel"  # what the rules said stays
        assert now["outcome"] is None  # who withdraws: nothing was determined
        lines = [line for line in await store.audit(TENANT, told.id) if line.action.startswith("erase")]
        assert [(line.action, line.actor) for line in lines] == [
            ("erase facts P6M", "clock"),
            ("erase facts P1Y", "clock"),
        ]
        assert lines[1].at == own.clock.now()
        assert await store.verify(TENANT, told.id)


async def test_a_backup_beside_todays_keys_opens_none_of_them(tmp_path: Path):
    """Taken while all was there: it reads every planted value; with the keys of today only those that may be kept."""
    own = product(tmp_path)
    async with own.app.router.lifespan_context(own.app):
        await own.app.state.timers.stop()
        told = await Told(own).ends()
        backed_up(tmp_path, tmp_path / "backup")
        for name in ("keys.sqlite", "master.key"):
            before = tmp_path / "before"
            before.mkdir(exist_ok=True)
            with_wal(tmp_path / name, before / name)
        own.clock.move(timedelta(days=367))
        await own.ring()
    copy(tmp_path / "backup" / "old", tmp_path / "before" / "wegwijzer.sqlite")
    was = await opened(tmp_path / "before", told.id)
    assert [word for word in (*SHORT, LONG) if word not in was] == []
    copy(tmp_path / "backup" / "old", tmp_path / "backup" / "wegwijzer.sqlite")
    for name in ("keys.sqlite", "master.key"):
        copy(tmp_path / name, tmp_path / "backup" / name)
    for folder in (tmp_path / "backup", tmp_path):
        still = await opened(folder, told.id)
        assert [word for word in SHORT if word in still] == []
        assert LONG in still


def with_wal(path: Path, to: Path) -> None:
    """A file as it is now; of a database that is open, through its own backup."""
    if path.suffix != ".sqlite":
        copy(path, to)
        return
    with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(to)) as kept:
        live.backup(kept)


@pytest.mark.parametrize("kind", [PageKind.OUTCOME, PageKind.STATUS])
def test_pages_say_that_it_is_no_longer_kept(kind: PageKind):
    """The citizen reads what, since when and for how long it is kept, and the outcome still stands."""
    walk = Walk(compiled(FLOW.replace("{naam}", "welkom")))
    walk.answer({"nodig": False})
    assert walk.journey.outcome == "niet"
    walk.take(ev.StepTaken, step="withdraw")
    walk.take(ev.FactsErased, ev.Actor(kind=ev.ActorKind.CLOCK), facts=("nodig",), rule="P5Y")
    told = walk.journey
    assert (told.outcome, dict(told.answers), told.erased["nodig"].rule) == ("niet", {}, "P5Y")
    assert load_journey(walk.graph, dump_journey(walk.graph, told)) == told
    shown = seen(walk, kind)
    (group,) = shown.answers
    (line,) = group.lines
    assert group.title == "Dit bewaren wij niet meer"
    assert (line.label, line.text) == ("Hebt u hulp nodig?", "Niet meer bewaard sinds 23 november 2026.")
    assert line.supplier == "een bewaartermijn van 5 jaar"
    assert (line.change, line.dispute) == (None, None)


def test_while_a_journey_goes_on_nothing_of_it_is_erased():
    """Retention counts from the end; and nobody but the clock erases."""
    walk = Walk(compiled(FLOW))
    walk.answer({"nodig": False})
    for actor in (ev.Actor(kind=ev.ActorKind.CLOCK), ev.Actor(kind=ev.ActorKind.WORKER, id="anna")):
        with pytest.raises(RefusedEvent):
            walk.take(ev.FactsErased, actor, facts=("nodig",), rule="P5Y")


async def test_before_its_day_nothing_goes(tmp_path: Path):
    """A timer that comes too early is refused, and the key stays."""
    own = product(tmp_path)
    async with own.app.router.lifespan_context(own.app):
        await own.app.state.timers.stop()
        told = await Told(own).ends()
        service = own.app.state.service
        with pytest.raises(Exception, match="refused"):
            await service.dossiers.erase_facts(told.id, "P1Y", "too-early")
        stored = await service.store.load(TENANT, told.id)
        graph = await service.library.by_version(stored.flow_version)
        assert "naam" in load_journey(graph, stored.snapshot).answers

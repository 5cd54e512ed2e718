"""The whole product without a socket: a citizen's and a worker's browser that follow redirects and keep cookies."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from shutil import copy
from typing import Any

import httpx

from api.app import create_app
from api.clock import FrozenClock
from api.settings import load
from tests.architecture.tree import ROOT

BASE = "http://wegwijzer.test"
HEADERS = {"Accept": "text/html", "Accept-Language": "nl"}
MONDAY = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)


class Browser:
    """One visitor. `page` is the last page as text, `at` its address."""

    def __init__(self, product: Product) -> None:
        transport = httpx.ASGITransport(app=product.app, raise_app_exceptions=True)
        self._client = httpx.AsyncClient(transport=transport, base_url=BASE, follow_redirects=True, headers=HEADERS)
        self.product = product
        self.page = ""
        self.at = ""
        self.status = 0

    async def open(self, address: str) -> str:
        """Go to a page."""
        return self._seen(await self._client.get(address))

    async def send(self, address: str, **fields: Any) -> str:
        """Send a form; the page's revision goes along, and a fresh command."""
        found = re.search(r'name="_revision" value="(\d+)"', self.page)
        hidden = {"_revision": found[1]} if found else {}
        given = {name.replace("__", "."): str(value) for name, value in fields.items()}
        answer = await self._client.post(address, data={"_command": self.product.clock.new_id(), **hidden, **given})
        return self._seen(answer)

    def _seen(self, answer: httpx.Response) -> str:
        self.page, self.at, self.status = answer.text, answer.url.path, answer.status_code
        return self.title

    @property
    def title(self) -> str:
        """The page's heading."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.page, re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", "", found[1])).split()) if found else ""

    @property
    def text(self) -> str:
        """What can be read on the page."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.page)).split())

    @property
    def code(self) -> str:
        """The code that the page shows."""
        found = re.search(r'class="ww-code"[^>]*>([A-Z0-9-]{14})<', self.page)
        return found[1] if found else ""

    @property
    def journey(self) -> str:
        """The address of the journey that is open here."""
        found = re.match(r"(/reis|/werk/gesprek)/[0-9a-f-]{36}", self.at)
        assert found, self.at
        return found[0]

    @property
    def cookies(self) -> httpx.Cookies:
        """What the visitor's browser keeps."""
        return self._client.cookies

    async def begin(self, flow: str) -> str:
        """Begin a journey; the title of its first page."""
        await self.open(f"/start/{flow}")
        return await self.send(f"/start/{flow}")

    async def answer(self, fact: str, value: Any) -> str:
        """Answer one question."""
        return await self.send(f"{self.journey}/vraag/{fact}", **{fact: value})

    async def sign_in(self, account: str = "anna") -> str:
        """Sign in as a worker of the demo."""
        return await self.send("/werk/inloggen", account=account, password="wegwijzer")


class Product:
    """The app in demo mode with a clock of its own; `ring` does what is due."""

    def __init__(self, folder: Path, *flows: str, at: datetime = MONDAY, **settings: Any) -> None:
        self.clock = FrozenClock(at)
        self.flows = folder / "flows"
        for name in flows:
            (self.flows / name).mkdir(parents=True)
            copy(ROOT / "flows" / name / "flow.yaml", self.flows / name / "flow.yaml")
        self.settings = load({}, folder=folder, flows=self.flows, **settings)
        self.app = create_app(self.settings, clock=self.clock)

    def browser(self) -> Browser:
        """Somebody new."""
        return Browser(self)

    async def ring(self) -> None:
        """Carry out what is due, until nothing is."""
        while await self.app.state.timers.run_once():
            pass


@asynccontextmanager
async def product(folder: Path, *flows: str, **settings: Any) -> AsyncIterator[Product]:
    """The product with these example flows, between its start and its stop; its own loop of jobs stands still."""
    own = Product(folder, *flows, **settings)
    async with own.app.router.lifespan_context(own.app):
        await own.app.state.timers.stop()
        yield own

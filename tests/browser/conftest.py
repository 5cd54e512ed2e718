"""One chromium for all browser tests; without it they skip with one clear line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.chromium import MISSING, chromium_path, launch
from tests.browser.showcase import showcase
from tests.browser.site import Site

TIMEOUT = 20_000  # milliseconds: the machine may be busy


@pytest.fixture(scope="package")  # its event loop runs until it stops, and no other may run beside it
def chromium() -> Iterator[Browser]:
    """A running headless browser."""
    if chromium_path() is None:
        pytest.skip(MISSING)
    with sync_playwright() as play:
        browser = launch(play)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def samples() -> Iterator[str]:
    """The address of a server that draws the sample pages."""
    with showcase() as base:
        yield base


@pytest.fixture(scope="session")
def party(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product with a flow that has every kind of field, a list, a judgement and a remedy."""
    flows = Path(__file__).parent / "flows"
    own = Site(tmp_path_factory.mktemp("party") / "data", flows).start()
    yield own
    own.stop()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product itself, with demo accounts and the example flows."""
    own = Site(tmp_path_factory.mktemp("site") / "data").start()
    yield own
    own.stop()


@pytest.fixture
def context(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile; the parameter says whether JavaScript runs."""
    scripted = getattr(request, "param", True)
    made = chromium.new_context(java_script_enabled=scripted, locale="nl-NL", viewport={"width": 390, "height": 800})
    made.set_default_timeout(TIMEOUT)
    yield made
    made.close()

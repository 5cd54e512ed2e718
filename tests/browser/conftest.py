"""One chromium for all browser tests; without it they skip with one clear line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import MISSING, chromium_path, launch
from tests.browser.showcase import showcase
from tests.browser.site import Site


@pytest.fixture(scope="session")
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
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product itself, with demo accounts and the example flows."""
    own = Site(tmp_path_factory.mktemp("site") / "data").start()
    yield own
    own.stop()

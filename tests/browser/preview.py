"""Take pictures of the sample pages: `python -m tests.browser.preview [NAME ...]` writes test-output/pages/*.png.

Each page at 1280 light and dark and at 390; `--small` adds 320. Needs chromium (see tests/browser/chromium.py).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import launch
from tests.browser.showcase import EVERY, showcase

Scheme = Literal["light", "dark"]
OUT = Path("test-output/pages")
Look = tuple[str, int, Scheme]
LOOKS: tuple[Look, ...] = (("desktop", 1280, "light"), ("dark", 1280, "dark"), ("phone", 390, "light"))
SMALL: tuple[Look, ...] = (("small", 320, "dark"),)


def shoot(browser: Browser, base: str, name: str, looks: tuple[Look, ...]) -> None:
    """One picture of page `name` per look."""
    for look, width, scheme in looks:
        page = browser.new_page(viewport={"width": width, "height": 860}, color_scheme=scheme)
        page.goto(f"{base}/{name}")
        page.screenshot(path=OUT / f"{name}-{look}.png", full_page=True)
        page.close()


def main(arguments: list[str]) -> None:
    """Entry point of the module."""
    looks = LOOKS + (SMALL if "--small" in arguments else ())
    names = [name for name in arguments if not name.startswith("--")] or list(EVERY)
    OUT.mkdir(parents=True, exist_ok=True)
    with showcase() as base, sync_playwright() as play:
        browser = launch(play)
        for name in names:
            shoot(browser, base, name, looks)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])

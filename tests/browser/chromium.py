"""Finds and starts Debian's chromium for the browser tests; without one they skip with one clear line."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = "no chromium found: install it (Debian: apt-get install chromium) or set WEGWIJZER_CHROMIUM to its path"


def chromium_path() -> str | None:
    """The program to run, or None."""
    wished = os.environ.get("WEGWIJZER_CHROMIUM")
    return wished or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def launch(play: Playwright) -> Browser:
    """Start a headless browser. Raises RuntimeError where there is none."""
    path = chromium_path()
    if path is None:
        raise RuntimeError(MISSING)
    return play.chromium.launch(executable_path=path, args=list(FLAGS))

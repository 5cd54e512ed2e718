"""Every kind of page, from hand-made values: accessible, narrow enough, within its weight, and without inline code."""

from __future__ import annotations

import gzip
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from api.web.drawing import STATIC
from tests.browser.showcase import EVERY, sample_html
from ui_schema.page import Page as CitizenPage

NAMES = sorted(EVERY)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPEN_ALL = "document.querySelectorAll('details').forEach(fold => fold.open = true)"


DARK_RULES = ["color-contrast", "link-in-text-block"]  # structure is the same in the dark


def violations(page: Page, only: list[str]) -> list[str]:
    """What axe-core finds: rule and where."""
    found = Axe().run(page, options={"runOnly": only}).response["violations"]
    return [f"{item['id']}: {node['target']}" for item in found for node in item["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(chromium: Browser, samples: str, name: str, scheme: str) -> None:
    """With every fold opened axe-core has no violation, light and dark."""
    page = chromium.new_page(color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True)
    page.goto(f"{samples}/{name}")
    page.evaluate(OPEN_ALL)
    found = violations(page, DARK_RULES if scheme == "dark" else RULES)
    page.close()
    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_fits_in_320_pixels(chromium: Browser, samples: str, name: str) -> None:
    """At 320 pixels wide nothing scrolls sideways and what is to be pressed is at least 44 high."""
    page = chromium.new_page(viewport={"width": 320, "height": 700}, bypass_csp=True)
    page.goto(f"{samples}/{name}")
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    low = page.evaluate(
        "[...document.querySelectorAll('button, .nl-button, summary, .ww-option, .ww-quiet, .ww-chip')]"
        ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"
    )
    page.close()
    assert low == []


@pytest.mark.parametrize("name", NAMES)
def test_no_inline_code_and_no_console_error(chromium: Browser, samples: str, name: str) -> None:
    """Under `default-src 'self'` the page loads without one complaint of the browser."""
    complaints: list[str] = []
    page = chromium.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{samples}/{name}")
    page.close()
    assert complaints == []
    assert not re.search(r"<style|style=|onclick|javascript:|<script>", sample_html(name))


@pytest.mark.parametrize("name", [name for name in NAMES if EVERY[name].errors])
def test_errors_come_first(chromium: Browser, samples: str, name: str) -> None:
    """A page with errors says so in its title, gives the summary the focus, and its links lead to the fields."""
    page = chromium.new_page()
    page.goto(f"{samples}/{name}")
    assert page.title().startswith("Fout:")
    assert page.evaluate("document.activeElement.id") == "summary"
    page.click(".ww-summary a")
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    page.close()


def test_style_and_script_stay_light() -> None:
    """At most 25 KB of style and 10 KB of script, gzipped."""
    assert len(gzip.compress((STATIC / "wegwijzer.css").read_bytes(), 9)) <= 25 * 1024
    assert len(gzip.compress((STATIC / "wegwijzer.js").read_bytes(), 9)) <= 10 * 1024


def test_a_person_is_one_step_away() -> None:
    """Every citizen's page of the samples shows the way to a person."""
    for name in NAMES:
        page = EVERY[name]
        if isinstance(page, CitizenPage):
            assert page.contact is not None, name
            assert page.contact.action.label in sample_html(name), name

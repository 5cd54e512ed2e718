"""The developers' pages in a real browser: accessible, narrow enough, and following the file as it is saved."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import ROOT, Site
from tests.browser.test_samples import DARK_RULES, OPEN_ALL, RULES, violations

PAGES = {
    "board": "",
    "flow": "/boom-kappen",
    "source": "/boom-kappen/bron",
    "compare": "/boom-kappen/vergelijken?met=flow:boom-anders",
    "try": "/boom-kappen/proberen?m=spoed+%3D+no&m=werk+%3D+snoeien",
    "broken": "/stuk",
    "gone": "/weg",
}


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product with flows that may be edited; one of them is broken."""
    folder = tmp_path_factory.mktemp("workshop")
    for slug in ("boom-kappen", "rijbewijs-leeftijdspoort"):
        shutil.copytree(ROOT / "flows" / slug, folder / "flows" / slug)
    for slug in ("boom-anders", "stuk"):
        (folder / "flows" / slug).mkdir()
    other = (
        (ROOT / "flows" / "boom-kappen" / "flow.yaml")
        .read_text("utf-8")
        .replace("| -     | yes         |", "| -     | no          |")
        .replace('{working_hours: 4}, title: "Spoed', '{working_hours: 2}, title: "Spoed')
        .replace("U mag beginnen.", "Begin maar.")
    )
    (folder / "flows" / "boom-anders" / "flow.yaml").write_text(other, encoding="utf-8")
    good = (ROOT / "flows" / "rijbewijs-leeftijdspoort" / "flow.yaml").read_text("utf-8")
    (folder / "flows" / "stuk" / "flow.yaml").write_text(good.replace("goal:", "gaol:"), encoding="utf-8")
    own = Site(folder / "data", folder / "flows").start()
    yield own
    own.stop()


def opened(chromium: Browser, site: Site, name: str) -> Page:
    page = chromium.new_page(bypass_csp=True, locale="nl-NL")
    page.goto(f"{site.base}/ontwikkelen{PAGES[name]}")
    page.evaluate(OPEN_ALL)
    return page


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_accessible_and_narrow_enough(chromium: Browser, workshop: Site, name: str) -> None:
    """With every fold opened axe-core has no violation, light and dark; at 320 pixels nothing scrolls sideways."""
    page = opened(chromium, workshop, name)
    assert violations(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(400)  # colours change gently
    assert violations(page, DARK_RULES) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_the_page_follows_the_file(chromium: Browser, workshop: Site) -> None:
    """A fault that is saved stands on the page by itself, and is gone when it is mended."""
    path = workshop.flows / "boom-kappen" / "flow.yaml"
    good = path.read_text("utf-8")
    complaints: list[str] = []
    page = chromium.new_page(locale="nl-NL")
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{workshop.base}/ontwikkelen/boom-kappen")
    expect(page.locator("#main")).not_to_contain_text("gaol")
    try:
        path.write_text(good.replace("goal:", "gaol:"), encoding="utf-8")
        expect(page.locator("#main")).to_contain_text("gaol", timeout=10_000)
        expect(page.locator(".dev-code__line--here").filter(has_text="gaol").first).to_be_visible()
    finally:
        path.write_text(good, encoding="utf-8")
    expect(page.locator("#main")).not_to_contain_text("gaol", timeout=10_000)
    page.close()
    assert complaints == []


def test_what_was_opened_stays_open_and_a_flow_that_goes_comes_back(chromium: Browser, workshop: Site) -> None:
    """A save keeps the folds as they were; a file that is taken away and put back is followed too."""
    path = workshop.flows / "boom-kappen" / "flow.yaml"
    good = path.read_text("utf-8")
    page = chromium.new_page(locale="nl-NL")
    page.goto(f"{workshop.base}/ontwikkelen/boom-kappen")
    fold = page.locator("details.dev-decision").filter(has_text="Kleine boom").last
    fold.locator("summary").click()
    page.locator("details.dev-decision").first.locator("summary").click()
    try:
        path.write_text(good.replace("Mag ik deze boom", "Mag ik die boom"), encoding="utf-8")
        expect(page.locator("h1")).to_contain_text("Mag ik die boom", timeout=10_000)
        expect(fold).to_have_attribute("open", "")
        expect(page.locator("details.dev-decision").first).not_to_have_attribute("open", "")
        path.unlink()
        expect(page.locator("h1")).to_contain_text("Dit proces is er niet", timeout=10_000)
    finally:
        path.write_text(good, encoding="utf-8")
    expect(page.locator("h1")).to_contain_text("Mag ik deze boom", timeout=10_000)
    page.close()


@pytest.mark.parametrize("context", [True, False], indirect=True, ids=["js", "nojs"])
def test_trying_a_flow_with_and_without_javascript(context, workshop: Site) -> None:
    """The citizen's own page, with what each answer settles beside it; one step back; a list of moves."""
    page = context.new_page()
    page.goto(f"{workshop.base}/ontwikkelen/boom-kappen/proberen")
    for fact, value in (("spoed", "false"), ("werk", "snoeien")):
        page.locator(f'input[name="{fact}"][value="{value}"]').check()
        page.get_by_role("button", name="Verder", exact=True).click()
    panel = page.locator(".dev-bench")
    expect(panel).to_contain_text("Iepziekte")
    expect(panel.locator(".dev-list--moves")).to_contain_text('werk = "snoeien"')
    panel.get_by_role("link", name="Eén terug").click()
    expect(page.locator("h1")).to_contain_text("Wat gaat u doen?")
    page.get_by_label("Doe iets anders").fill("via phone")
    page.get_by_role("button", name="Doe", exact=True).click()
    expect(panel).to_contain_text("via de telefoon")
    page.close()

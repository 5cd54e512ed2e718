"""Steps that several browser tests take: begin, choose, sign in."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

from tests.browser.site import Site


def begin(context: BrowserContext, site: Site, question: str = "Mag ik deze boom kappen") -> Page:
    """From the home page to the first question."""
    page = context.new_page()
    page.goto(site.base)
    page.get_by_role("link", name=question).click()
    page.get_by_role("button", name="Beginnen").click()
    return page


def choose(page: Page, fact: str, value: str) -> None:
    """Tick an answer and go on."""
    page.locator(f'input[name="{fact}"][value="{value}"]').check()
    page.get_by_role("button", name="Verder", exact=True).click()


def title(page: Page) -> str:
    """The page's heading."""
    return page.locator("h1").inner_text()


def sign_in(context: BrowserContext, site: Site, account: str) -> Page:
    """A worker at the worklist."""
    page = context.new_page()
    page.goto(f"{site.base}/werk")
    page.get_by_label("Naam van uw account").fill(account)
    page.get_by_label("Wachtwoord").fill("wegwijzer")
    page.get_by_role("button", name="Inloggen").click()
    return page

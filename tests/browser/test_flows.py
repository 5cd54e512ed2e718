"""The example flows on a telephone, in both languages: straight, with a person halfway, and resumed elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from engine.graph.load import load_flow
from tests.browser.flow_walks import TOLD, answer, begin, follow, phone, walk, word
from tests.browser.site import ROOT, Site
from tests.browser.walking import title

ENDS = {
    "verkeersboete": "beroep", "paspoort": "gewoon", "omgevingsvergunning": "denk_mee", "dagopname": "kom_met_zorg",
    "boom-kappen": "vergunningplicht", "rijbewijs-leeftijdspoort": "door_naar_aanvraag",
}  # fmt: skip
WALKS = pytest.mark.parametrize(("slug", "language"), [(slug, own) for slug in TOLD for own in ("nl", "en")])


def said_at_the_end(slug: str, language: str) -> str:
    """The title of the outcome, or of the place where somebody assesses the application."""
    graph = load_flow((ROOT / "flows" / slug / "flow.yaml").read_text("utf-8"))
    text = graph.flow.outcomes[ENDS[slug]].title if slug in ENDS else graph.process.places["judging"].title
    assert text is not None
    return text.in_(language)


def to_the_end(page: Page, slug: str, language: str) -> None:
    """Every page from here on in the right language and within the width of the telephone, and then the outcome."""
    for own in walk(page, slug, language):
        own.wait_for_load_state()
        assert own.evaluate("document.documentElement.scrollWidth") <= 390, own.url
        assert own.locator("html").get_attribute("lang") == language
    assert title(page).replace("\n", " ") == said_at_the_end(slug, language)


@WALKS
def test_straight_through(chromium: Browser, site: Site, slug: str, language: str) -> None:
    """From the citizen's question to the end."""
    profile = phone(chromium, language)
    to_the_end(begin(profile, site, slug, language), slug, language)
    profile.close()


@WALKS
def test_with_a_person_halfway(chromium: Browser, site: Site, slug: str, language: str) -> None:
    """After the first question somebody is asked to call; the citizen goes on where the question stood."""
    profile = phone(chromium, language)
    page = begin(profile, site, slug, language)
    assert answer(page, TOLD[slug], language)
    journey, asked = page.url, title(page)
    follow(page, page.get_by_role("link", name=word(language, "contact.title")).first)
    follow(page, page.get_by_role("link", name=word(language, "contact.callback_do")))
    page.get_by_label(word(language, "contact.number")).fill("06 12345678")
    follow(page, page.get_by_role("button", name=word(language, "contact.callback_do")))
    expect(page.locator("main")).to_contain_text(word(language, "contact.asked"))
    page.goto(journey)
    assert title(page) == asked
    to_the_end(page, slug, language)
    profile.close()


@WALKS
def test_resumed_elsewhere(chromium: Browser, site: Site, slug: str, language: str) -> None:
    """With the code another telephone goes on at the same question, to the same end."""
    profile, elsewhere = phone(chromium, language), phone(chromium, language)
    page = begin(profile, site, slug, language)
    assert answer(page, TOLD[slug], language)
    asked = title(page)
    follow(page, page.get_by_role("button", name=word(language, "keep")))
    code = page.locator(".ww-code").inner_text()
    profile.close()
    other = elsewhere.new_page()
    other.goto(f"{site.base}/verder")
    other.get_by_label(word(language, "resume.code")).fill(code)
    follow(other, other.get_by_role("button", name=word(language, "on"), exact=True))
    assert title(other) == asked
    to_the_end(other, slug, language)
    elsewhere.close()

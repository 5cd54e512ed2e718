"""Whole journeys through a real browser, with and without JavaScript: the same pages, the same end."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.site import Site
from tests.browser.test_samples import RULES, violations
from tests.browser.walking import begin, choose, sign_in, title

FREE = {"spoed": "false", "werk": "snoeien", "vorm_verandert": "false"}
BOTH = pytest.mark.parametrize("context", [True, False], indirect=True, ids=["js", "nojs"])


@BOTH
def test_from_question_to_answer(context: BrowserContext, site: Site) -> None:
    """Three answers settle it; the outcome gives its reason and its sources."""
    page = begin(context, site)
    for fact, value in FREE.items():
        choose(page, fact, value)
    assert title(page) == "U hebt geen vergunning nodig"
    expect(page.locator("main")).to_contain_text("De reden: de boom houdt of krijgt zijn eigen vorm.")
    page.get_by_text("Alle regels en bronnen").click()
    expect(page.locator(".ww-reasons")).to_contain_text("artikel 4:2 lid 2")


@BOTH
def test_nothing_chosen_says_what_to_do(context: BrowserContext, site: Site) -> None:
    """An empty answer: title, summary and field say so; then it simply goes on."""
    page = begin(context, site)
    page.get_by_role("button", name="Verder", exact=True).click()
    assert page.title().startswith("Fout:")
    page.locator(".ww-summary a").click()
    assert page.url.endswith("#f-spoed")
    choose(page, "spoed", "false")
    assert title(page) == "Wat gaat u doen?"


@BOTH
def test_own_route_and_going_back_lose_nothing(context: BrowserContext, site: Site) -> None:
    """Another question first, back to change an answer: what was told stands there still."""
    page = begin(context, site)
    page.get_by_text("Liever eerst een andere vraag?").click()
    page.get_by_role("link", name="Wat gaat u doen?").click()
    choose(page, "werk", "snoeien")
    assert title(page) == "Is er spoed of direct gevaar?"
    page.get_by_role("link", name="Terug", exact=True).click()
    assert title(page) == "Wat gaat u doen?"
    expect(page.locator('input[name="werk"][value="snoeien"]')).to_be_checked()
    choose(page, "werk", "verplanten")
    choose(page, "spoed", "false")
    page.get_by_text("Uw antwoorden tot nu toe").click()
    expect(page.locator(".ww-answers")).to_contain_text("De boom ergens anders planten")


@BOTH
def test_citizen_person_worker_citizen(context: BrowserContext, chromium: Browser, site: Site) -> None:
    """The citizen asks for a person, a worker sees everything and finishes, the citizen's status page shows it."""
    page = begin(context, site)
    choose(page, "spoed", "false")
    page.get_by_role("link", name="Ik wil iemand spreken").first.click()
    page.get_by_role("link", name="Bel mij terug").click()
    page.get_by_label("Op welk nummer").fill("06 12345678")
    page.get_by_label("Waar gaat het over?").fill("Ik twijfel over de iep.")
    page.get_by_role("button", name="Bel mij terug").click()
    expect(page.locator("main")).to_contain_text("Een boomdeskundige belt u voor")
    reference = page.locator(".ww-reference strong").inner_text()
    address = page.url

    office = chromium.new_context(locale="nl-NL")
    work = sign_in(office, site, "anna")
    work.locator("tr", has_text=reference).get_by_role("button").click()
    expect(work.locator("main")).to_contain_text("Ik twijfel over de iep.")
    expect(work.locator("main")).to_contain_text("06 1234 5678")
    expect(work.locator(".ww-answers").first).to_contain_text("Is er spoed of direct gevaar?")
    work.get_by_label("Wat hebt u gedaan?").fill("Gebeld en uitgelegd.")
    work.get_by_role("button", name="Afronden", exact=True).click()
    expect(work.locator("main")).to_contain_text("De taak is afgerond")
    office.close()

    page.goto(address)
    expect(page.locator(".ww-timeline")).to_contain_text("Een medewerker heeft er iets voor gedaan")


@BOTH
def test_worker_fills_in_on_the_citizens_behalf(context: BrowserContext, chromium: Browser, site: Site) -> None:
    """By telephone, in the words to say; the citizen then goes on where the call ended."""
    page = begin(context, site)
    journey = page.url
    page.goto(f"{journey}/contact/phone")
    page.get_by_label("Op welk nummer").fill("06 12345678")
    page.get_by_role("button", name="Bel mij terug").click()
    reference = page.locator(".ww-reference strong").inner_text()

    office = chromium.new_context(locale="nl-NL")
    work = sign_in(office, site, "bram")
    work.locator("tr", has_text=reference).get_by_role("button").click()
    form = work.locator("form", has_text="Is er nu gevaar, bijvoorbeeld omdat de boom kan omvallen?")
    form.get_by_label("Nee").check()
    form.get_by_role("button", name="Antwoord vastleggen").click()
    expect(work.locator(".ww-answers").first).to_contain_text("Nee")
    office.close()

    page.goto(journey)
    assert title(page) == "Wat gaat u doen?"


def test_one_claim_wins_and_the_other_is_told_kindly(chromium: Browser, context: BrowserContext, site: Site) -> None:
    """Two workers press claim on the same task: one has it, the other reads who."""
    page = begin(context, site)
    choose(page, "spoed", "true")
    page.get_by_role("link", name="Hoe staat het ervoor?").click()
    reference = page.locator(".ww-reference strong").inner_text()
    first, second = chromium.new_context(locale="nl-NL"), chromium.new_context(locale="nl-NL")
    anna, chaima = sign_in(first, site, "anna"), sign_in(second, site, "chaima")
    anna.locator("tr", has_text=reference).get_by_role("button").click()
    expect(anna.locator("main")).to_contain_text("U werkt hieraan")
    chaima.locator("tr", has_text=reference).get_by_role("button").click()
    expect(chaima.locator("main")).to_contain_text("Anna de Vries was u net voor")
    first.close()
    second.close()


@BOTH
def test_save_and_resume_elsewhere(context: BrowserContext, chromium: Browser, site: Site) -> None:
    """The code opens the journey in another browser where it was; the address alone opens nothing."""
    page = begin(context, site)
    journey = page.url
    choose(page, "spoed", "false")
    page.get_by_role("button", name="Bewaren en later verder").click()
    assert title(page) == "Uw antwoorden zijn bewaard"
    code = page.locator(".ww-code").inner_text()
    elsewhere = chromium.new_context(locale="nl-NL")
    other = elsewhere.new_page()
    answer = other.goto(journey)
    assert answer is not None
    assert answer.status == 404
    expect(other.get_by_role("link", name="Ik wil iemand spreken").first).to_be_visible()
    other.goto(f"{site.base}/verder")
    other.get_by_label("Uw code").fill(code.lower())
    other.get_by_role("button", name="Verder").click()
    assert title(other) == "Wat gaat u doen?"
    elsewhere.close()


def test_english_all_the_way(context: BrowserContext, site: Site) -> None:
    """The switch changes the product's words and the flow's, and stays."""
    page = begin(context, site)
    page.get_by_role("link", name="English").click()
    assert title(page) == "Is it urgent, or is there immediate danger?"
    page.locator('input[name="spoed"][value="false"]').check()
    page.get_by_role("button", name="Continue").click()
    assert title(page) == "What are you going to do?"
    assert page.locator("html").get_attribute("lang") == "en"


def test_keyboard_alone_is_enough(context: BrowserContext, site: Site) -> None:
    """From the first page to the second question with Tab, arrows, Space and Enter; focus is always visible."""
    page = context.new_page()
    page.goto(site.base)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.get_by_role("link", name="Mag ik deze boom kappen").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Beginnen").focus()
    page.keyboard.press("Enter")
    page.locator('input[name="spoed"]').first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator('input[name="spoed"][value="false"]')).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wat gaat u doen?").first).to_be_visible()


def test_sending_twice_answers_once(context: BrowserContext, site: Site) -> None:
    """The same form sent again is the same command: no second event, no error."""
    page = begin(context, site)
    journey = page.url
    hidden = {name: page.locator(f'form.ww-form input[name="{name}"]').input_value() for name in ("_command", "_asked")}
    form: dict[str, str | float | bool] = {**hidden, "_revision": "", "spoed": "false"}
    for _ in range(2):
        answer = context.request.post(f"{journey}/vraag", form=form, max_redirects=0)
        assert answer.status == 303
    page.goto(journey)
    assert title(page) == "Wat gaat u doen?"


def test_kill_loses_nothing_acknowledged(chromium: Browser, tmp_path: Path) -> None:
    """After kill -9 the same browser goes on where it was."""
    own = Site(tmp_path / "data").start()
    profile = chromium.new_context(locale="nl-NL")
    try:
        page = begin(profile, own)
        choose(page, "spoed", "false")
        own.kill()
        own.start()
        page.reload()
        assert title(page) == "Wat gaat u doen?"
        choose(page, "werk", "snoeien")
        own.kill()
        own.start()
        page.goto(page.url)
        choose(page, "vorm_verandert", "false")
        assert title(page) == "U hebt geen vergunning nodig"
    finally:
        profile.close()
        own.stop()


def test_live_pages_are_accessible(context: BrowserContext, site: Site) -> None:
    """axe-core finds nothing on the real pages of a journey, and nothing scrolls sideways at 320 pixels."""
    page = begin(context, site)
    journey = page.url
    page.set_viewport_size({"width": 320, "height": 700})
    places = ("", "/vragen", "/stand", "/contact/phone", "/signaal", "/stap/withdraw")
    for address in (site.base, f"{site.base}/contact", f"{site.base}/verder", *(journey + place for place in places)):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert violations(page, RULES) == [], address

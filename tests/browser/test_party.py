"""A flow with everything: a page, a list, several choices, "weet ik niet", check, judgement, refusal, bezwaar."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.site import Site
from tests.browser.test_samples import RULES, violations
from tests.browser.walking import begin, sign_in, title

QUESTION = "Mag ik een straatfeest geven?"
BOTH = pytest.mark.parametrize("context", [True, False], indirect=True, ids=["js", "nojs"])


def go_on(page: Page) -> None:
    """The button below the question."""
    page.get_by_role("button", name="Verder", exact=True).click()


def tent(page: Page, name: str, length: str) -> None:
    """One item of the list, with its two questions."""
    page.get_by_label("Hoe noemt u deze tent?").fill(name)
    go_on(page)
    assert title(page) == f"Hoe lang is {name}?"
    page.locator("input.ww-input").fill(length)
    go_on(page)


def until_music(page: Page) -> None:
    """Guests and two tents, of which one is taken away again."""
    page.locator("input.ww-input").fill("heel veel")
    go_on(page)
    expect(page.locator(".ww-summary")).to_contain_text("Vul een getal in")
    expect(page.locator("input.ww-input")).to_have_value("heel veel")
    page.locator("input.ww-input").fill("50")
    go_on(page)
    assert title(page) == "Welke tenten zet u neer?"
    page.get_by_role("button", name="Toevoegen").click()
    tent(page, "Grote tent", "9,5")
    page.get_by_role("button", name="Nog een toevoegen").click()
    tent(page, "Kleine tent", "4")
    page.get_by_role("button", name="Haal weg: Grote tent").click()
    expect(page.locator(".ww-items")).to_contain_text("Kleine tent")
    expect(page.locator(".ww-items")).not_to_contain_text("Grote tent")
    page.get_by_role("button", name="Dat is alles").click()


@BOTH
def test_from_list_to_judgement_to_decision(context: BrowserContext, chromium: Browser, party: Site) -> None:
    """The citizen does not know one thing: a worker judges it, decides with a motive, and the citizen reads it."""
    page = begin(context, party, QUESTION)
    until_music(page)
    assert title(page) == "Welke muziek is er?"
    page.get_by_label("Een band").check()
    go_on(page)
    assert title(page) == "Is er stroom in de straat?"
    page.get_by_role("button", name="Weet ik niet").click()
    assert title(page) == "Kijk alles na"
    page.get_by_role("button", name="Versturen").click()
    assert title(page) == "Wij beoordelen uw aanvraag"
    reference = page.locator(".ww-reference strong").inner_text()
    journey = page.url

    office = chromium.new_context(locale="nl-NL")
    work = sign_in(office, party, "anna")
    work.locator("tr", has_text=reference).get_by_role("button").click()
    assert violations(work, RULES) == []
    form = work.locator("form", has_text="Is er stroom in de straat?")
    form.get_by_label("Nee").check()
    form.get_by_role("button", name="Oordeel vastleggen").click()
    expect(work.locator(".ww-summary")).to_contain_text("Vul hier iets in")
    form = work.locator("form", has_text="Is er stroom in de straat?")
    form.get_by_label("Motivering").fill("Er staat geen kast in deze straat.")
    form.get_by_role("button", name="Oordeel vastleggen").click()
    expect(work.locator("main")).to_contain_text("Uw feest mag niet doorgaan")
    office.close()
    page.goto(journey)
    assert title(page)


def test_check_page_change_returns_to_check(context: BrowserContext, party: Site) -> None:
    """After "Wijzig" and an answer the check page comes straight back; nothing else is lost."""
    page = begin(context, party, QUESTION)
    page.locator("input.ww-input").fill("50")
    go_on(page)
    page.get_by_role("button", name="Die zijn er niet").click()
    page.get_by_label("Geen muziek").check()
    go_on(page)
    assert title(page) == "Op welke dag is het?"
    for box, typed in (("Dag", "31"), ("Maand", "2"), ("Jaar", "2027")):
        page.get_by_label(box, exact=True).fill(typed)
    go_on(page)
    expect(page.locator(".ww-summary")).to_contain_text("Deze dag bestaat niet")
    page.get_by_label("Dag", exact=True).fill("27")
    go_on(page)
    assert title(page) == "Wie bent u?"
    page.get_by_label("Voornaam en achternaam").fill("Sem de Wit")
    go_on(page)
    assert title(page) == "Kijk alles na"
    assert violations(page, RULES) == []
    page.get_by_role("link", name="Wijzig: Op welke dag is het?").click()
    page.get_by_label("Dag", exact=True).fill("28")
    go_on(page)
    assert title(page) == "Kijk alles na"
    expect(page.locator(".ww-answers").first).to_contain_text("28 februari 2027")
    page.get_by_role("button", name="Versturen").click()
    assert title(page) == "Uw feest mag doorgaan"
    expect(page.locator("main")).to_contain_text("Veel plezier op 28 februari 2027.")


def test_refusal_names_its_remedy(context: BrowserContext, chromium: Browser, party: Site) -> None:
    """Too many guests: a worker judges and refuses, and the citizen can object until a date."""
    page = begin(context, party, QUESTION)
    page.locator("input.ww-input").fill("400")
    go_on(page)
    for box, typed in (("Dag", "27"), ("Maand", "2"), ("Jaar", "2027")):
        page.get_by_label(box, exact=True).fill(typed)
    go_on(page)
    page.get_by_label("Voornaam en achternaam").fill("Sem de Wit")
    go_on(page)
    page.get_by_role("button", name="Versturen").click()
    journey = page.url
    page.goto(f"{journey}/stand")
    reference = page.locator(".ww-reference strong").inner_text()
    office = chromium.new_context(locale="nl-NL")
    work = sign_in(office, party, "bram")
    work.locator("tr", has_text=reference).get_by_role("button").click()
    form = work.locator("form", has_text="Kan dit veilig?")
    form.get_by_label("Nee").check()
    form.get_by_label("Motivering").fill("De straat is te smal.")
    form.get_by_role("button", name="Oordeel vastleggen").click()
    form = work.locator("form", has_text="Welk besluit?")
    form.get_by_label("Motivering").fill("Te veel gasten voor deze straat.")
    form.get_by_role("button", name="Besluit vastleggen").click()
    expect(work.locator("main")).to_contain_text("Werkvoorraad")
    office.close()
    page.goto(journey)
    assert title(page) == "Uw feest mag niet doorgaan"
    expect(page.locator("main")).to_contain_text("Te veel gasten voor deze straat.")
    expect(page.locator(".ww-remedy")).to_contain_text("U kunt bezwaar maken")
    assert violations(page, RULES) == []
    page.get_by_role("link", name="Bezwaar maken").click()
    page.get_by_label("Waarom bent u het er niet mee eens?").fill("Er is wel stroom.")
    page.get_by_role("button", name="Versturen").click()
    page.goto(f"{journey}/stand")
    assert title(page) == "Uw bezwaar wordt bekeken"

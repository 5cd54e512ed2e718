"""Walks the example flows as a citizen on a phone: fills in whatever is asked, in Dutch or in English.

`TOLD` says what the citizen of each flow would answer, by fact, as one types it or ticks it; what is not asked is not
used. `python -m tests.browser.flow_walks [SLUG ...]` takes the pictures in flows/*/pictures. Used by
tests/browser/test_flows.py.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, FloatRect, Locator, Page, ViewportSize, sync_playwright

from api.clock import SystemClock
from tests.browser.chromium import launch
from tests.browser.site import ROOT, Site
from ui_schema.shape import Language
from ui_schema.texts import say

PHONE: ViewportSize = {"width": 390, "height": 780}
MOST_PAGES = 30
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
YES, NO = "true", "false"
TALLEST = 1150  # pixels of a picture of a whole page
TO_WEBP = """async address => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height});
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", 0.7);
}"""


def day(days: int) -> tuple[str, str, str]:
    """So many days from now, as one fills in a date."""
    then = SystemClock().now() + timedelta(days=days)
    return str(then.day), str(then.month), str(then.year)


Told = Mapping[str, str | tuple[str, ...]]
TOLD: Mapping[str, Told] = {
    "verkeersboete": {
        "wens": "niet_eens", "bedrag": "120", "verhoogd": "geen", "brief": day(-20), "reden": "niet_gedaan",
        "toelichting": "Mijn auto stond die dag bij de garage.", "belnummer": "06 12345678",
    },
    "paspoort": {
        "voor_wie": "mijzelf", "bewoner": "Sanne de Vries", "geboortedatum": ("17", "5", "1988"), "oude": "heb_ik",
        "spoed": NO, "loket": "zuid", "afspraak": day(9), "mobiel": "06 12345678",
    },
    "omgevingsvergunning": {
        "werk": ("dakkapel", "muur"), "monument": "geen", "beschermd": NO, "voorkant": YES, "dragend": YES,
        "bouwjaar": "1970", "meedenken": YES, "adres": ("Molenweg", "3", "", "1234 CD", "Voorbeeld"),
        "mail": "sanne@voorbeeld.nl", "belnummer": "06 12345678",
    },
    "dagopname": {
        "opnamedag": day(21), "gevoel": "bang", "medicijnen": ("andere",), "allergie": ("geen",), "ziek": NO,
        "taal": "nederlands", "naar_huis": NO, "nacht": YES, "belnummer": "06 12345678",
    },
    "bijstand": {
        "nood": NO, "namens": NO, "bewoner": "Sanne de Vries", "geboortedatum": ("17", "5", "1988"), "samen": NO,
        "huisgenoten": "0", "inkomsten": ("geen",), "vermogen": "500", "rekening": "NL91 ABNA 0417 1643 00",
    },
    "boom-kappen": {
        "spoed": NO, "werk": "verwijderen", "beheerplan": NO, "dunnen": NO, "iepziekte": NO, "omtrek_31_of_meer": YES,
        "herplant_boom": NO,
    },
    "rijbewijs-leeftijdspoort": {"geboortedatum": ("3", "4", "1990"), "naam": "Sanne", "achternaam": "de Vries"},
}  # fmt: skip
PICTURED = tuple(slug for slug in TOLD if (ROOT / "flows" / slug / "pictures").is_dir())
SAID = {"begin": "do.start", "on": "do.continue", "none": "do.none", "send": "step.submit", "keep": "do.save"}


def word(language: str, what: str) -> str:
    """What the product writes on a button or link; `what` is of SAID, or a name of its texts."""
    return say(Language(language), SAID.get(what, what))


def begin(context: BrowserContext, site: Site, slug: str, language: str) -> Page:
    """From the home page, in this language, to the first question of a flow."""
    page = context.new_page()
    page.goto(site.base)
    follow(page, page.locator(f'a[href*="{slug}"]').first)
    follow(page, page.get_by_role("button", name=word(language, "begin")))
    return page


def follow(page: Page, link: Locator) -> None:
    """Click, and go on once the next page is there: a click alone does not wait for what it leads to."""
    with page.expect_navigation():
        link.click()


def answer(page: Page, told: Told, language: str) -> bool:
    """Fill in what this page asks and go on; False when it asks nothing."""
    none = page.get_by_role("button", name=word(language, "none"))
    asked = page.locator('form.ww-form input[name="_asked"]')
    if none.count():
        follow(page, none)
        return True
    if not asked.count():
        return False
    for fact in asked.first.input_value().split():
        fill(page, fact, told[fact])
    follow(page, page.get_by_role("button", name=word(language, "on"), exact=True))
    return True


def fill(page: Page, fact: str, value: str | tuple[str, ...]) -> None:
    """One question, whatever kind of field it has."""
    boxes = page.locator(f'input[name^="{fact}."]')
    texts = page.locator(f'input[name="{fact}"]:is([type=text], [type=email]), textarea[name="{fact}"]')
    if page.locator(f'input[name="{fact}"][type=file]').count():
        page.set_input_files(f'input[name="{fact}"]', {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": PHOTO})
    elif boxes.count():
        for box, typed in zip(boxes.all(), (value,) if isinstance(value, str) else value, strict=False):
            box.fill(typed)
    elif texts.count():
        texts.fill(str(value))
    else:
        for option in (value,) if isinstance(value, str) else value:
            page.locator(f'input[name="{fact}"][value="{option}"]').check()


def walk(page: Page, slug: str, language: str) -> Iterator[Page]:
    """Every page of a whole walk, from the first question to where the citizen has nothing left to answer."""
    for _ in range(MOST_PAGES):
        yield page
        if not answer(page, TOLD[slug], language):
            break
    send = page.get_by_role("button", name=word(language, "send"), exact=True)
    if send.count():
        follow(page, send)
        yield page


def phone(chromium: Browser, language: str) -> BrowserContext:
    """A fresh profile on a telephone, whose owner reads this language."""
    return chromium.new_context(viewport=PHONE, locale={"nl": "nl-NL", "en": "en-GB"}[language])


def pictures(chromium: Browser, site: Site, slug: str, language: str) -> None:
    """The second question and the end, as one sees them on a telephone."""
    folder = ROOT / "flows" / slug / "pictures"
    folder.mkdir(exist_ok=True)
    profile = phone(chromium, language)
    for number, page in enumerate(walk(begin(profile, site, slug, language), slug, language)):
        if number == 1:
            picture(page, folder / f"question-{language}.webp", PHONE["height"])
    picture(page, folder / f"end-{language}.webp", TALLEST)
    profile.close()


def picture(page: Page, path: Path, height: int) -> None:
    """The top of a page, as WebP: the browser itself makes the small file."""
    whole: FloatRect = {"x": 0, "y": 0, "width": PHONE["width"], "height": height}
    png = base64.b64encode(page.screenshot(full_page=True, clip=whole)).decode()
    blank = page.context.new_page()
    webp = blank.evaluate(TO_WEBP, f"data:image/png;base64,{png}")
    blank.close()
    path.write_bytes(base64.b64decode(webp.partition(",")[2]))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as own, sync_playwright() as play:
        running, browser = Site(Path(own) / "data").start(), launch(play)
        try:
            for name in sys.argv[1:] or PICTURED:
                for spoken in ("nl", "en"):
                    pictures(browser, running, name, spoken)
        finally:
            browser.close()
            running.stop()

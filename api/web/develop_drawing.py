"""Draws the developers' pages, and a citizen's page with the panel beside it, in the environment of all pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from api.service.drafts import SLUG
from api.web.door import Visit
from api.web.drawing import TEMPLATES, environment
from ui_schema.develop import Bench, DevKind, DevPage, Gone
from ui_schema.page import Page
from ui_schema.scene import languages
from ui_schema.shape import Action, Language
from ui_schema.texts import say

DEVELOP = "/ontwikkelen"
PAGES: Mapping[DevKind, str] = {
    DevKind.BOARD: "develop/board.html",
    DevKind.FLOW: "develop/flow.html",
    DevKind.SOURCE: "develop/source.html",
    DevKind.COMPARE: "develop/compare.html",
    DevKind.GONE: "develop/gone.html",
}


def try_address(slug: str, moves: Sequence[str] = (), **more: str) -> str:
    """The try-out of a flow after these moves."""
    query = urlencode([*(("m", move) for move in moves), *more.items()])
    return f"{DEVELOP}/{slug}/proberen" + (f"?{query}" if query else "")


def show(own: Visit, page: DevPage, status: int = 200) -> Response:
    """A developers' page as HTML."""
    address = own.request.url.path
    made = (
        environment()
        .get_template(PAGES[page.kind])
        .render(
            page=page,
            body=page.body,
            t=partial(say, page.language),
            command=own.service.clock.new_id,
            in_language=lambda code: f"/taal/{code}?terug={address}",
            develop=DEVELOP,
            try_address=try_address,
            drawing=Markup,  # of `engine.graph.diagram`, which escapes every text of a flow
        )
    )
    return HTMLResponse(made, status)


def show_gone(own: Visit) -> Response:
    """There is no such flow, or no more; the page comes by itself once there is."""
    name = own.request.url.path.removeprefix(f"{DEVELOP}/").partition("/")[0]
    slug = name if SLUG.fullmatch(name) else ""
    title, house = say(own.language, "dev.gone.title"), own.house.organisation
    page = DevPage(DevKind.GONE, own.language, languages(own.language), title, house, Gone(slug), "", slug)
    return show(own, page, 404)


def show_tried(
    own: Visit,
    page: Page,
    bench: Bench,
    stamp: str,
    href: Callable[[Action], str],
    speak: Callable[[str], str],
    language: Language,
    status: int = 200,
) -> Response:
    """A citizen's page, exactly as the citizen sees it, with the panel beside it."""
    made = (
        environment()
        .get_template(TEMPLATES[page.kind])
        .render(
            page=page,
            t=partial(say, language),
            href=href,
            command=own.service.clock.new_id,
            in_language=speak,
            bench=bench,
            stamp=stamp,
            develop=DEVELOP,
            try_address=try_address,
        )
    )
    return HTMLResponse(made, status)

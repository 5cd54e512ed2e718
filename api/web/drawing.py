"""Draws a page with its template: Jinja2 with autoescape, and the few functions that templates may call.

Nothing here knows the engine: what is not on the page cannot be drawn.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from api.web.links import HOME, AnyPage, anchor, href
from ui_schema.fields import Field
from ui_schema.page import PageKind
from ui_schema.texts import say
from ui_schema.work import WorkKind

HERE = Path(__file__).parent
STATIC = HERE / "static"
STATIC_ADDRESS = "/static"
_BACKTICKED = re.compile(r"`([^`]+)`")

TEMPLATES: Mapping[str, str] = {
    PageKind.HOME: "citizen/home.html",
    PageKind.START: "citizen/start.html",
    PageKind.QUESTION: "citizen/question.html",
    PageKind.LIST: "citizen/list.html",
    PageKind.CHOOSE: "citizen/choose.html",
    PageKind.CHECK: "citizen/check.html",
    PageKind.OUTCOME: "citizen/outcome.html",
    PageKind.STATUS: "citizen/status.html",
    PageKind.CONTACT: "citizen/contact.html",
    PageKind.SAVED: "citizen/saved.html",
    PageKind.RESUME: "citizen/form.html",
    PageKind.DISPUTE: "citizen/form.html",
    PageKind.SIGNAL: "citizen/form.html",
    PageKind.CONFIRM: "citizen/error.html",
    PageKind.PAUSE: "citizen/form.html",
    PageKind.REACH: "citizen/form.html",
    PageKind.MANDATE: "citizen/mandate.html",
    PageKind.REMEDY: "citizen/remedy.html",
    PageKind.LETTER: "citizen/letter.html",
    PageKind.TAKE_IN: "citizen/form.html",
    PageKind.DEMO: "citizen/demo.html",
    PageKind.ERROR: "citizen/error.html",
}
WORK_TEMPLATES: Mapping[str, str] = {
    WorkKind.SIGN_IN: "work/sign_in.html",
    WorkKind.WORKLIST: "work/worklist.html",
    WorkKind.TASK: "work/task.html",
    WorkKind.TALK: "work/talk.html",
    WorkKind.ERROR: "work/error.html",
}
WIDTHS = (2, 4, 6, 10, 20, 30)


@cache
def environment() -> Environment:
    """The one Jinja environment of the process; templates are compiled once."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {
        "static": static,
        "anchor": anchor,
        "qr": qr_code,
        "chosen": chosen,
        "typed": typed,
        "wrong": wrong,
        "width": width,
        "home": HOME,
    }
    made.filters["coded"] = coded
    return made


def coded(text: str) -> Markup:
    """A sentence in which what stands between backticks is code."""
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part)
        for number, part in enumerate(_BACKTICKED.split(text))
    )


def draw(page: AnyPage, *, command: Callable[[], str], address: str = HOME, base: str = "") -> str:
    """The page as HTML. Every form carries a fresh `command` id; `address` is the page's own, `base` its journey's."""
    templates = TEMPLATES if hasattr(page, "cards") else WORK_TEMPLATES
    return (
        environment()
        .get_template(templates[page.kind])
        .render(
            page=page,
            t=partial(say, page.language),
            href=partial(href, page, base=base),
            command=command,
            in_language=lambda code: f"/taal/{code}?terug={address}",
        )
    )


@cache
def static(name: str) -> str:
    """The address of a file in static/, with its content's fingerprint, so that it may be cached for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"{STATIC_ADDRESS}/{digest}/{name}"


def qr_code(address: str, label: str) -> Markup:
    """An SVG of a QR code with its text alternative."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, nl=False)
    squares = Markup(out.getvalue().decode())  # noqa: S704 - made by segno: squares only, no text of anyone
    return Markup('<div role="img" aria-label="{}">{}</div>').format(label, squares)


def typed(field: Field) -> str:
    """What stands in a single box: the value as text, nothing when there is none."""
    return "" if field.value is None else str(field.value)


def chosen(field: Field, option: str) -> bool:
    """Whether `option` is (one of) the field's value."""
    value = field.value
    if isinstance(value, bool):
        return option == ("true" if value else "false")
    return option in value if isinstance(value, list) else option == value


def wrong(field: Field, part: str) -> bool:
    """Whether a message is about this part, or about the field as a whole."""
    return any(message.part in ("", part) for message in field.errors)


def width(size: int) -> int:
    """The nearest step of width that the style has, in characters."""
    return next((step for step in WIDTHS if size <= step), WIDTHS[-1])

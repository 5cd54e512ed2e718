"""How the pages beside this module are written: a row for each code. Why, in Dutch, stands in `dutch_whys`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.errors import Severity
from engine.lint.pages import dutch_whys, dutch_whys_found
from engine.lint.rule import Page, Two

NOTES = frozenset(("W-BUDGET-OPEN",))
WHYS: Final[Mapping[str, str]] = {**dutch_whys.WHYS, **dutch_whys_found.WHYS}
"""Code -> why, in Dutch, of the pages that do not bring it along."""


def page(
    code: str, en: str, nl: str, why: str, *, avoid: str = "", prefer: str = "", source: str = "", nl_why: str = ""
) -> Page:
    """A page of an error, of a warning for `W-`, of advice for `NOTES`."""
    severity = Severity.WARNING if code.startswith("W-") else Severity.ERROR
    severity = Severity.NOTE if code in NOTES else severity
    return Page(code, severity, Two(en, nl), Two(why, nl_why or WHYS.get(code, "")), avoid, prefer, source)

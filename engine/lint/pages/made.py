"""How the pages beside this module are written: a row for each code."""

from __future__ import annotations

from engine.errors import Severity
from engine.lint.rule import Page, Two


def page(
    code: str, en: str, nl: str, why: str, *, avoid: str = "", prefer: str = "", source: str = "", nl_why: str = ""
) -> Page:
    """A page of an error, of a warning for `W-`."""
    severity = Severity.WARNING if code.startswith("W-") else Severity.ERROR
    return Page(code, severity, Two(en, nl), Two(why, nl_why), avoid, prefer, source)

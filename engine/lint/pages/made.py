"""How the pages beside this module are written: a row for each code."""

from __future__ import annotations

from engine.errors import Severity
from engine.lint.rule import Page, Two

NOTES = frozenset(("W-BUDGET-OPEN",))


def page(
    code: str, en: str, nl: str, why: str, *, avoid: str = "", prefer: str = "", source: str = "", nl_why: str = ""
) -> Page:
    """A page of an error, of a warning for `W-`, of advice for `NOTES`."""
    severity = Severity.WARNING if code.startswith("W-") else Severity.ERROR
    severity = Severity.NOTE if code in NOTES else severity
    return Page(code, severity, Two(en, nl), Two(why, nl_why), avoid, prefer, source)

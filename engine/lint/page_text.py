"""A page as Markdown: what `wegwijzer lint --explain CODE` prints and what stands in docs/lint/."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import fill

from engine.errors import Severity
from engine.lint.pages.dutch_sources import SOURCES
from engine.lint.rule import Page, Two

WIDTH = 120
FAMILIES: Mapping[str, Two] = {
    "L-": Two("Rules: is the flow well made?", "Regels: is het proces goed gemaakt?"),
    "W-": Two("Warnings about tables", "Waarschuwingen over tabellen"),
    "E-": Two("Errors: what stops a flow from loading", "Fouten: waardoor een proces niet laadt"),
    "P-": Two("Findings of the proof", "Bevindingen van het bewijs"),
    "T-": Two("Findings of the scenarios", "Bevindingen van de scenario's"),
    "C-": Two("Differences between two versions", "Verschillen tussen twee versies"),
    "M-": Two("Mistakes that nobody would notice", "Fouten die niemand zou merken"),
}
"""What the first letters of a code say; in the order of the index."""

_SEVERITY: Mapping[Severity, Two] = {
    Severity.ERROR: Two("error", "fout"),
    Severity.WARNING: Two("warning", "waarschuwing"),
    Severity.NOTE: Two("note: advice, never fails a run", "tip: laat nooit iets mislukken"),
}
_HEADS: Mapping[str, Two] = {
    "avoid": Two("Avoid", "Liever niet"),
    "prefer": Two("Prefer", "Liever wel"),
    "why": Two("Why", "Waarom"),
    "source": Two("Source", "Bron"),
}


def page_text(page: Page, language: str = "en") -> str:
    """The page in a language; examples are what they are."""
    summary = page.summary.in_(language)
    lines = [f"# {page.code}", "", f"{summary[0].upper()}{summary[1:]}. ({_SEVERITY[page.severity].in_(language)})", ""]
    for key, example in (("avoid", page.avoid), ("prefer", page.prefer)):
        if example:
            lines += [f"## {_HEADS[key].in_(language)}", "", "```yaml", example.strip("\n"), "```", ""]
    lines += [f"## {_HEADS['why'].in_(language)}", "", fill(page.why.in_(language), WIDTH, break_on_hyphens=False), ""]
    if page.source:
        source = SOURCES.get(page.source, page.source) if language == "nl" else page.source
        lines += [f"{_HEADS['source'].in_(language)}: {source}.", ""]
    return "\n".join(lines)


def index_text(pages: Iterable[Page]) -> str:
    """The list of all pages, by family."""
    listed = list(pages)
    lines = [
        "# Codes",
        "",
        "Every code that a command or a page for authors can show, with what it means. Made by",
        "`python -m tests.engine.lint.test_pages`; a test compares. `wegwijzer lint --explain CODE` prints one.",
        "",
        "A rule (`L-`) or a warning (`W-`) can be set aside in writing, with a comment above the entry it is about:",
        "",
        "```yaml",
        "# lint: L-NEGATIVE: the law prescribes these words",
        'verklaring: {type: boolean, ask: "Bent u niet failliet?", why: "De wet vraagt dit."}',
        "```",
        "",
    ]
    for prefix, family in FAMILIES.items():
        own = [page for page in listed if page.code.startswith(prefix)]
        if own:
            lines += [f"## {family.en}", "", "| code | severity | what |", "|---|---|---|"]
            lines += [f"| [{page.code}]({page.code}.md) | {page.severity} | {page.summary.en} |" for page in own]
            lines.append("")
    return "\n".join(lines)

"""Every code has a page, and docs/lint/ is what the code says. Run this module to write the pages anew."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.graph.load import load_flow
from engine.harness.prove import prove
from engine.lint import pages
from engine.lint.linting import WAIVER, lint
from engine.lint.page_text import FAMILIES, index_text, page_text
from engine.lint.pages.dutch_sources import SOURCES
from engine.lint.pages.made import WHYS
from engine.lint.registry import PAGES
from engine.lint.rule import Page
from tests.engine.lint.flows import SOUND, laid_over
from tests.shared_material import ROOT

DOCS = ROOT / "docs" / "lint"
CODE = re.compile(r"[CELMPTW]-[A-Z][A-Z0-9]*(-[A-Z0-9]+)*")
NO_CODES = {"E-MAIL", "T-SHIRT"}


def written() -> dict[str, str]:
    """What docs/lint/ should hold: file name to text."""
    pages = {f"{code}.md": page_text(page) for code, page in PAGES.items()}
    return {"README.md": index_text(PAGES.values()), **pages}


def codes_in(path: Path) -> Iterator[str]:
    """Every code that stands as a string in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def test_every_code_that_can_be_seen_has_a_page():
    """Each code that stands in the engine or the commands is explained somewhere."""
    rooms = [path for room in ("engine", "api", "ui_schema") for path in (ROOT / room).rglob("*.py")]
    seen = {code for path in rooms for code in codes_in(path)} - NO_CODES
    assert len(seen) > 100
    assert sorted(seen - set(PAGES)) == []


def test_every_page_is_of_a_code_that_exists():
    """No page explains a code that nothing gives."""
    rooms = [path for room in ("engine", "api") for path in (ROOT / room).rglob("*.py") if "pages" not in path.parts]
    seen = {code for path in rooms for code in codes_in(path)}
    assert sorted(set(PAGES) - seen) == []


def test_the_pages_are_as_the_code_says():
    """docs/lint/ holds exactly these pages; `python -m tests.engine.lint.test_pages` writes them."""
    there = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert there == written()


def test_every_code_belongs_to_a_family():
    """The first letters of a code say where it comes from."""
    assert [code for code in PAGES if code[:2] not in FAMILIES] == []


def test_every_page_says_what_and_why():
    """A summary is one line in two languages, and the reason at least a sentence."""
    for code, page in PAGES.items():
        assert page.code == code
        assert 10 < len(page.summary.en) < 90, code
        assert 10 < len(page.summary.nl) < 90, code
        assert page.summary.en != page.summary.nl, code
        assert page.why.en.rstrip("`").endswith("."), code


def test_every_page_says_why_in_dutch():
    """The reason and its source stand there in Dutch too, and the tables hold nothing that no page needs."""
    assert [code for code, page in PAGES.items() if len(page.why.nl) < 15 or page.why.nl == page.why.en] == []
    assert sorted(set(WHYS) - set(PAGES)) == []
    assert set(SOURCES) == {page.source for page in PAGES.values() if page.source}
    assert "Bron: AVG artikel 5, eerste lid, onder c." in page_text(PAGES["P-USELESS"], "nl")


def found_in(code: str, example: str) -> set[str]:
    """The codes found in an example: at the end of a sound flow for the form of the file, else laid over it; what
    only a proof can find by the proof."""
    text = SOUND + example if code.startswith("E-YAML") or code == "E-TEXT-QUOTES" else laid_over(example)
    if code.startswith("P-"):
        return {own.problem.code for own in prove(load_flow(text)).findings}
    return {own.code for own in lint(text).problems}


@pytest.mark.parametrize(
    "page", [own for own in pages.PAGES if own.avoid and own.code != WAIVER], ids=lambda page: page.code
)
def test_an_example_does_what_its_page_says(page: Page):
    """The loader or the proof gives the code for what stands under Avoid, and not for what stands under Prefer."""
    assert page.code in found_in(page.code, page.avoid)
    assert page.code not in found_in(page.code, page.prefer)


if __name__ == "__main__":
    DOCS.mkdir(exist_ok=True)
    for old in DOCS.glob("*.md"):
        old.unlink()
    for name, text in written().items():
        (DOCS / name).write_text(text, encoding="utf-8")

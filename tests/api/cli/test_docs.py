"""`wegwijzer docs`: one page that asks nothing of the network, in both languages, with everything a reader needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from api.cli.docs import page
from api.cli.main import main
from engine.graph.load import load_flow
from tests.browser.chromium import MISSING, chromium_path, launch
from tests.browser.test_samples import DARK_RULES, RULES, violations
from ui_schema.shape import Language

FLOWS = Path(__file__).resolve().parents[3] / "flows"
TREE = FLOWS / "boom-kappen" / "flow.yaml"


@pytest.mark.parametrize("language", list(Language))
def test_the_page_says_everything(language: Language) -> None:
    """The question, every fact, outcome, source and reason of the flow, in the language that was asked for."""
    text = page(TREE, language)
    graph = load_flow(TREE.read_text("utf-8"))
    said = language.value
    for own in (graph.flow.question, *(fact.ask for fact in graph.flow.facts.values() if fact.ask is not None)):
        assert own.in_(said) in text
    for outcome in graph.flow.outcomes.values():
        assert outcome.title is not None
        assert outcome.title.in_(said) in text
    for source in graph.flow.sources.values():
        assert source.title.in_(said) in text
    assert f'<html lang="{said}">' in text
    assert graph.version[:12] in text


def test_every_part_is_in_its_language_and_as_an_author_writes_it(tmp_path: Path) -> None:
    """Promises as in a flow file, what no scenario reaches in Dutch, a question without a colon, no empty section."""
    path = tmp_path / "kraam" / "flow.yaml"
    path.parent.mkdir()
    path.write_text(
        "wegwijzer: 1\nflow: kraam\nlanguage: nl\nquestion: Mag het?\ngoal: mag\n"
        'facts: {dagen: {type: integer, ask: "Hoeveel dagen?", why: "Dat telt."}}\n'
        "decisions:\n  mag:\n    type: choice\n    options: [ja, nee]\n    hit: first\n    table: |\n"
        "      | dagen || mag |\n      | < 4   || ja  |\n      | -     || nee |\n"
        'outcomes: {ja: {kind: answer, text: "Ja."}, nee: {kind: answer, text: "Nee."}}\n'
        "promises: [{always: {fact: dagen, by: citizen}}]\n",
        encoding="utf-8",
    )
    (path.parent / "scenarios").mkdir()
    (path.parent / "scenarios" / "een.yaml").write_text(
        "citizen: {dagen: 1}\nscenarios: {Kort: {expect: {outcome: ja}}}", encoding="utf-8"
    )
    text = page(path, Language.NL)
    assert "always: {by: citizen, fact: dagen}" in text
    assert "Hoeveel dagen? minder dan 4" in text
    assert "dagen op 4" in text
    assert "Wat mensen doen" not in text


def test_nothing_is_asked_of_the_network() -> None:
    """No script, no picture, font or style from elsewhere; its own policy forbids it as well."""
    text = page(TREE, Language.NL)
    assert not re.search(r"<script|<link|<img|@import|url\((?!#)", text)
    assert "default-src 'none'" in text


def test_a_flow_text_cannot_break_the_page(tmp_path: Path) -> None:
    """What an author writes is text, also when it looks like HTML."""
    path = tmp_path / "x" / "flow.yaml"
    path.parent.mkdir()
    evil = TREE.read_text("utf-8").replace("question: Mag ik", 'question: "<script>alert(1)</script> Mag ik', 1)
    evil = re.sub(r'(question: "<script>.*)\n', r'\1"' + "\n", evil, count=1)
    path.write_text(evil, encoding="utf-8")
    text = page(path, Language.NL)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_it_is_written_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--output` writes; a flow with a fault is exit code 2 with its place."""
    out = tmp_path / "page.html"
    assert main(["docs", str(TREE), "--language", "nl", "--output", str(out)]) == 0
    assert out.read_text("utf-8").startswith("<!DOCTYPE html>")
    broken = tmp_path / "flow.yaml"
    broken.write_text(TREE.read_text("utf-8").replace("goal:", "gaol:"), encoding="utf-8")
    capsys.readouterr()
    assert main(["docs", str(broken)]) == 2
    assert "gaol" in capsys.readouterr().err


def test_axe_finds_nothing_and_it_fits(tmp_path: Path) -> None:
    """In a real browser, light and dark, wide and at 320 pixels; no request but the file itself."""
    if chromium_path() is None:
        pytest.skip(MISSING)
    out = tmp_path / "page.html"
    out.write_text(page(FLOWS / "bijstand" / "flow.yaml", Language.NL), encoding="utf-8")
    with sync_playwright() as play:
        browser = launch(play)
        shown = browser.new_page(bypass_csp=True)
        asked: list[str] = []
        shown.on("request", lambda request: asked.append(request.url))
        shown.goto(out.as_uri())
        assert violations(shown, RULES) == []
        shown.emulate_media(color_scheme="dark")
        assert violations(shown, DARK_RULES) == []
        shown.set_viewport_size({"width": 320, "height": 700})
        assert shown.evaluate("document.documentElement.scrollWidth") <= 320
        browser.close()
    assert asked == [out.as_uri()]

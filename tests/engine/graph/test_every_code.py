"""Every code that loading a flow or a DMN model can give is provoked by some test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.dmn import export_model, load_model
from engine.dmn.model import Definitions
from engine.errors import FlowError
from engine.graph.load import load_flow
from engine.lint.pages import PAGES
from tests.engine.dmn.models import definitions
from tests.engine.lint.flows import laid_over
from tests.shared_material import ROOT

CODE = re.compile(r"[EW]-[A-Z]+(-[A-Z]+)*")
ROOMS = ("engine/flow", "engine/graph", "engine/feel", "engine/dmn")
LIST = "type: list, ask: 'Welke?', why: Daarom., item: ding"
INNER = f"{{{LIST}, of: {{c: {{type: boolean, ask: 'Zo?', why: Daarom.}}}}}}"
BOX = '<decision id="d" name="D"><variable name="D"/>{}</decision>'

FLOWS = [
    ("E-LIST-IN-LIST", f"facts: {{a: {{{LIST}, of: {{b: {INNER}}}}}}}"),
    ("E-NEEDS", "facts: {leeftijd: {needs: [leeftijd]}}"),
    ("E-PAGE", "pages: {een: {title: Een, facts: [leeftijd]}, twee: {title: Twee, facts: [leeftijd]}}"),
    ("E-RANK", "promises: [{more: {fact: leeftijd, never: worse}}]"),
]
MODELS = [
    ("E-DMN-ROOT", "<definitions xmlns='urn:other' name='x' namespace='y'/>"),
    ("E-DMN-NAME", definitions("<inputData id='i'/>")),
    ("E-DMN-EXPRESSION", definitions(BOX.format("<decisionTable><input/><output/></decisionTable>"))),
]


def codes_in(path: Path) -> Iterator[str]:
    """Every code that stands as a text in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def given(text: str) -> set[str]:
    """The codes that loading a flow gives."""
    try:
        return {found.code for found in load_flow(text).findings}
    except FlowError as error:
        return {found.code for found in error.problems}


@pytest.mark.parametrize(("code", "piece"), FLOWS)
def test_a_fault_in_a_flow_has_its_code(code: str, piece: str) -> None:
    """Laid over a sound flow, the piece gives the code."""
    assert code in given(laid_over(piece + "\n"))


def test_a_file_that_yaml_cannot_read_at_all_has_a_code() -> None:
    """Where no better sentence fits, the place at least is told."""
    assert given("wegwijzer: 1\nflow: !]0a<#a\nx: y\n") == {"E-YAML"}


@pytest.mark.parametrize(("code", "xml"), MODELS)
def test_a_fault_in_a_model_has_its_code(code: str, xml: str) -> None:
    """With the line of the element."""
    with pytest.raises(FlowError) as caught:
        load_model(xml)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.where.line == 1


def test_a_character_that_xml_cannot_carry_has_a_code() -> None:
    """Exported, it would make a file that no other tool reads."""
    with pytest.raises(FlowError) as caught:
        export_model(Definitions(name="een\x01twee", namespace="urn:x"))
    assert [problem.code for problem in caught.value.problems] == ["E-XML-CHARACTER"]


def test_every_code_is_provoked_by_some_test() -> None:
    """By the page of the code, whose examples are tried, or by name in a test."""
    codes = {code for room in ROOMS for path in (ROOT / room).rglob("*.py") for code in codes_in(path)}
    assert len(codes) > 120
    tried = {page.code for page in PAGES if page.avoid}
    for path in (ROOT / "tests").rglob("*.py"):
        if "lint" not in path.parts:
            tried.update(re.findall(r"[EW]-[A-Z]+(?:-[A-Z]+)*", path.read_text(encoding="utf-8")))
    assert sorted(codes - tried) == []

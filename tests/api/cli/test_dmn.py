"""`wegwijzer dmn`: a model becomes a draft, a flow becomes a model, a decision becomes JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from api.cli.exits import FINDINGS, GOOD, UNUSABLE
from api.cli.main import main
from tests.engine.dmn.models import decision, definitions, input_element, literal
from tests.shared_material import ROOT

MODEL = definitions(
    input_element("Age", "number")
    + input_element("Born", "date")
    + decision("Route", literal('if Age < 18 then "jong" else "oud"'), "i_Age", "string")
    + decision("Jaar", literal("Born + duration(&quot;P1Y&quot;)".replace("&quot;", '"')), "i_Born", "date")
    + decision("Alles", literal('{getal: 1/3, lijst: [1, "é", null, @"P1D"]}'))
)


@pytest.fixture
def model(tmp_path: Path) -> str:
    path = tmp_path / "m.dmn"
    path.write_text(MODEL, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("name", "inputs", "expected"),
    [
        ("Route", {"Age": 17.5}, "jong"),
        ("Jaar", {"Born": "2024-02-29"}, "2025-02-28"),
        ("Alles", {}, {"getal": 1 / 3, "lijst": [1, "é", None, "P1D"]}),
    ],
)
def test_evaluate_prints_json(
    model: str, name: str, inputs: dict[str, object], expected: object, capsys: pytest.CaptureFixture[str]
):
    """Inputs are JSON, dates in it as the model declares them; so is the value."""
    assert main(["dmn", "evaluate", model, name, "--inputs", json.dumps(inputs)]) == GOOD
    assert json.loads(capsys.readouterr().out) == expected


def test_inputs_from_a_file_or_standard_input(
    model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """`@FILE` and `-` read the inputs from there."""
    (tmp_path / "in.json").write_text('{"Age": 40}', encoding="utf-8")
    assert main(["dmn", "evaluate", model, "Route", "--inputs", f"@{tmp_path / 'in.json'}"]) == GOOD
    monkeypatch.setattr("sys.stdin", io.StringIO('{"Age": 4}'))
    assert main(["dmn", "evaluate", model, "Route", "--inputs", "-"]) == GOOD
    assert capsys.readouterr().out == '"oud"\n"jong"\n'


def test_a_null_with_a_reason_is_a_finding(model: str, capsys: pytest.CaptureFixture[str]):
    """Why a value is null stands on standard error, and the exit code says so."""
    assert main(["dmn", "evaluate", model, "Route", "--inputs", '{"Age": "veel"}']) == FINDINGS
    shown = capsys.readouterr()
    assert "Age (line 1): The value is not of type `number`." in shown.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["Niets"], "It has: Age, Born, Route, Jaar, Alles."),
        (["Route", "--inputs", "{"], "not JSON"),
        (["Route", "--inputs", "[]"], "no object"),
        (["Route", "--inputs", "@/nowhere/in.json"], "No such file"),
    ],
)
def test_what_cannot_be_used_is_said(model: str, words: list[str], says: str, capsys: pytest.CaptureFixture[str]):
    """A wrong name or wrong inputs end in exit code 2 and a sentence."""
    assert main(["dmn", "evaluate", model, *words]) == UNUSABLE
    assert says in capsys.readouterr().err


def test_a_broken_model_is_said_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """XML that is no model is unusable, and the message says where."""
    path = tmp_path / "broken.dmn"
    path.write_text("<a>\n<b></a>", encoding="utf-8")
    assert main(["dmn", "import", str(path)]) == UNUSABLE
    assert "broken.dmn:2:" in capsys.readouterr().err


def test_imports_come_along(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """`--with` gives the models that the model imports."""
    other = tmp_path / "other.dmn"
    other.write_text(definitions(decision("one", literal("1")), "urn:other"), encoding="utf-8")
    asked = decision("two", literal("o.one + 1"), "d_one").replace('href="#', 'href="urn:other#')
    path = tmp_path / "m.dmn"
    path.write_text(
        definitions('<import name="o" namespace="urn:other" importType="urn:x"/>' + asked), encoding="utf-8"
    )
    assert main(["dmn", "evaluate", str(path), "two", "--with", str(other)]) == GOOD
    assert capsys.readouterr().out == "2\n"


def test_import_writes_a_draft_that_loads(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The draft goes to the file; what a flow has no form for is a finding."""
    draft = tmp_path / "flow.yaml"
    assert main(["dmn", "import", model, "--output", str(draft)]) in (GOOD, FINDINGS)
    assert "goal:" in draft.read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""


def test_export_and_evaluate_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A flow that was exported can be asked as a model."""
    path = tmp_path / "boom.dmn"
    words = ["dmn", "export", "boom-kappen", "--flows", str(ROOT / "flows"), "--output", str(path)]
    assert main(words) == GOOD
    assert main(["dmn", "evaluate", str(path), "toestemming", "--inputs", '{"spoed": true}']) in (GOOD, FINDINGS)
    assert json.loads(capsys.readouterr().out) == "neem_contact_op"

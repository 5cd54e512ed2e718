"""Every command on a project whose flows have a table with several outputs, as an author and a citizen see them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli.docs import page
from api.cli.main import main
from engine.flow.parse import parse_flow
from engine.graph.load import load_flow
from engine.graph.table_findings import problems
from engine.lint.linting import judged
from ui_schema.shape import Language

TEXT = (Path(__file__).parents[2] / "engine" / "graph" / "outputs.yaml").read_text("utf-8")
CHILDREN = """
wegwijzer: 1
flow: kinderen
language: nl
question: Hoeveel krijg ik voor mijn kinderen?
goal: recht
facts:
  kinderen:
    type: list
    max: 4
    ask: "Wie zijn uw kinderen?"
    why: "Per kind is er een bedrag."
    of:
      leeftijd: {type: integer, min: 0, max: 30, ask: "Hoe oud is {item}?", why: "Daarom."}
      thuis: {type: boolean, ask: "Woont {item} thuis?", why: "Daarom."}
decisions:
  per_kind:
    each: kinderen
    hit: first
    outputs: {telt: boolean, toeslag: {type: number, round: half_up 1}}
    table: |
      | leeftijd | thuis || telt | toeslag              |
      |----------|-------||------|----------------------|
      | >= 18    | -     || no   | 0                    |
      | < 12     | yes   || yes  | 100                  |
      | -        | -     || yes  | 100 + leeftijd * 1.5 |
  totaal: {type: number, is: sum(kinderen.toeslag)}
  recht: {type: choice, options: [ja, nee], is: 'if some k in kinderen satisfies k.telt then "ja" else "nee"'}
outcomes:
  ja: {kind: answer, text: "U krijgt {totaal}.", values: [totaal]}
  nee: {kind: answer, text: "Niets."}
"""


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    path = tmp_path / "toelage" / "flow.yaml"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    """What a command prints."""
    capsys.readouterr()
    main(list(command))
    return capsys.readouterr().out


def answered(capsys: pytest.CaptureFixture[str], flow: Path, answers: dict[str, Any]) -> dict[str, Any]:
    """The line for one citizen, with why."""
    citizens = flow.parent / "citizens.jsonl"
    citizens.write_text(json.dumps({"answers": answers, "as_of": "2026-03-01"}), "utf-8")
    found: dict[str, Any] = json.loads(said(capsys, "answer", str(flow), str(citizens), "--explain"))
    return found


def test_an_answer_asks_what_an_output_needs_and_says_which_row_it_was(
    flow: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever is too young is asked one thing; the table is named beside each of its outputs."""
    young = answered(capsys, flow, {"leeftijd": 12, "inkomen": 1, "bijzonder": False})
    assert (young["outcome"], young["asked"], young["values"]) == ("nee", ["leeftijd"], {})
    older = answered(capsys, flow, {"leeftijd": 30, "inkomen": 30000, "bijzonder": False})
    assert older["values"] == {"bedrag": 500, "maandbedrag": 41.67, "nodig": ["loonstrook"]}
    rows = {own["decision"]: (own.get("table"), own["row"]) for own in older["explanation"]["conclusions"]}
    assert rows == {
        "recht": ("beoordeling", 4),
        "bedrag": ("beoordeling", 4),
        "nodig": ("beoordeling", 4),
        "maandbedrag": (None, None),
    }


def test_fmt_lays_out_and_lint_and_prove_say_what_they_find_once(
    flow: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ragged table comes straight; a table that overlaps is told of at its rows."""
    flow.write_text(TEXT.replace("| < 18     | -              |", "| < 18 | - |"), "utf-8")
    said(capsys, "fmt", str(flow))
    assert flow.read_text("utf-8") == TEXT
    flow.write_text(TEXT.replace("hit: first", "hit: unique"), "utf-8")
    assert said(capsys, "lint", str(flow)).count("Rows 1 and 2 both hold") == 1
    assert said(capsys, "prove", str(flow)).count("Rows 1 and 2 of `beoordeling` both hold") == 1


def test_the_page_of_a_flow_has_one_table_with_all_it_concludes(flow: Path) -> None:
    """Under its own name, once, in both languages."""
    dutch, english = page(flow, Language.NL), page(flow, Language.EN)
    assert dutch.count("<h3>Beoordeling</h3>") == english.count("<h3>Beoordeling</h3>") == 1
    assert "Bedrag: (40000 - inkomen) * 0.05; Nodig: loonstrook" in dutch
    assert "Amount: (40000 - inkomen) * 0.05" in english
    assert english.count("because you are not 18 yet") == 1


def test_a_model_of_it_gives_the_same(flow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exported, evaluated, and imported again as a table with several outputs."""
    model = flow.parent / "model.dmn"
    model.write_text(said(capsys, "dmn", "export", str(flow)), "utf-8")
    inputs = '{"leeftijd": 30, "inkomen": 30000, "bijzonder": false}'
    whole = json.loads(said(capsys, "dmn", "evaluate", str(model), "beoordeling", "--inputs", inputs))
    assert whole == {"recht": "ja", "bedrag": 500, "nodig": ["loonstrook"]}
    assert json.loads(said(capsys, "dmn", "evaluate", str(model), "maandbedrag", "--inputs", inputs)) == 41.67
    assert "    outputs:\n" in said(capsys, "dmn", "import", str(model))


def test_items_have_a_value_of_every_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Per child whether it counts and for how much; only what matters is asked, and a model says the same."""
    flow = tmp_path / "flow.yaml"
    flow.write_text(CHILDREN, "utf-8")
    children = [{"leeftijd": 20, "thuis": False}, {"leeftijd": 9, "thuis": True}, {"leeftijd": 15, "thuis": False}]
    found = answered(capsys, flow, {"kinderen": children})
    assert (found["outcome"], found["values"]) == ("ja", {"totaal": 223})
    assert "kinderen[0].thuis" not in found["asked"]
    assert found["explanation"]["conclusions"][0]["facts"][0] == {
        "fact": "kinderen", "value": 3, "supplier": "citizen", "source": None, "on": "2026-03-01"
    }  # fmt: skip
    model = tmp_path / "model.dmn"
    model.write_text(said(capsys, "dmn", "export", str(flow)), "utf-8")
    inputs = json.dumps({"kinderen": children})
    assert json.loads(said(capsys, "dmn", "evaluate", str(model), "totaal", "--inputs", inputs)) == 223
    assert problems(load_flow(CHILDREN)) == []


def test_an_output_that_nothing_reads_is_said_to_be_unused(flow: Path) -> None:
    """Its column in the table is no use of it."""
    text = TEXT.replace("values: [bedrag, maandbedrag, nodig]", "values: [bedrag, maandbedrag]")
    found = judged(load_flow(text), parse_flow(text).positions, text, str(flow)).problems
    assert [str(own.message) for own in found if own.code == "L-UNUSED"] == ["Nothing uses `nodig` of `decisions`."]

"""Citizens in a file: how many of them a change in words or process touches, and what norms make of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from api.cli.main import main
from engine.graph.load import load_flow
from engine.harness.compare import compare
from engine.harness.compare_counted import Counting
from engine.harness.compare_sets import Sets

OLD = """
wegwijzer: 1
flow: proef
language: nl
question: Krijg ik geld?
goal: recht
facts:
  nood: {type: boolean, ask: "Hebt u haast?", why: "Daarom."}
  inkomen: {type: integer, min: 0, max: 100, ask: "Wat verdient u?", why: "Daarom."}
  huur: {type: integer, min: 0, max: 100, ask: "Wat is uw huur?", why: "Daarom."}
decisions:
  rest: {type: integer, is: inkomen - huur}
  recht:
    type: choice
    options: [hulp, wel, niet]
    hit: first
    table: |
      | nood | rest  || recht |
      | yes  | -     || hulp  |
      | -    | < 50  || wel   |
      | -    | -     || niet  |
outcomes:
  wel: {kind: grant, rank: 2, text: "U krijgt geld."}
  hulp: {kind: answer, rank: 1, text: "Wij bellen u."}
  niet: {kind: answer, rank: 0, text: ["U krijgt geen geld.", {when: huur > 20, text: "Kijk naar toeslag."}]}
"""
PEOPLE = [
    {"nood": True},
    {"nood": False, "inkomen": 90, "huur": 10},
    {"nood": False, "inkomen": 90, "huur": 30},
    {"nood": False, "inkomen": 20, "huur": 10},
    {"nood": False, "inkomen": 20, "huur": 10},
]


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Mapping[str, object]:
    """What the command says of a letter that changed, with a paragraph and a text for everybody."""
    new = OLD.replace("U krijgt geen geld.", "Helaas.").replace("Kijk naar toeslag.", "Vraag toeslag.")
    lines = "".join(json.dumps({"id": str(at), "answers": own}) + "\n" for at, own in enumerate(PEOPLE))
    for name, text in (("old.yaml", OLD), ("new.yaml", new), ("people.jsonl", lines)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    given = [str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml"), "--population", str(tmp_path / "people.jsonl")]
    main(["compare", *given, "--json"])
    found: Mapping[str, object] = json.loads(capsys.readouterr().out)["details"]
    return found


def test_a_change_of_words_has_the_share_of_the_citizens_in_the_file(told: Mapping[str, object]) -> None:
    """Of a letter, where a sum decides who gets it; of a paragraph under a figure that no rule knows, at most."""
    changes = told["changes"]
    assert isinstance(changes, list)
    shares = {own["whom"]: (own["people"], own["peopleAtMost"]) for own in changes}
    assert shares == {"whoever gets `niet`": (0.4, None), "whoever reads that of `niet`": (None, 0.2)}


def test_a_norm_on_what_is_taken_is_tested_on_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two of five have less time to object: the norm of a half is met, that of a third is missed."""
    remedy = 'remedy: {kind: bezwaar, at: "de gemeente", within: P6W}'
    old = OLD.replace("niet: {kind: answer,", f"niet: {{kind: refusal, {remedy},")
    new = old.replace("within: P6W", "within: P4W")
    lines = "".join(json.dumps({"id": str(at), "answers": own}) + "\n" for at, own in enumerate(PEOPLE))
    for name, text in (("old.yaml", old), ("new.yaml", new), ("people.jsonl", lines)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    given = [str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml"), "--population", str(tmp_path / "people.jsonl")]
    codes = {}
    for most in (50, 33):
        (tmp_path / "norms.yaml").write_text(f"norms: {{less_time_at_most: {most}}}\n", encoding="utf-8")
        codes[most] = main(["compare", *given, "--norms", str(tmp_path / "norms.yaml")])
    said = capsys.readouterr().out
    assert codes[33] == 1
    assert "✗ norm less_time_at_most 33: 40" in said
    assert "✓ norm less_time_at_most 50: 40" in said


def test_whose_answers_leave_it_open_is_counted_at_most() -> None:
    """Somebody who told nothing may be touched, and is not certainly."""
    old = load_flow(OLD)
    sets = Sets(old, load_flow(OLD.replace("Helaas", "x")))
    refused = sets.outcome(1, "hulp")
    counting = Counting(sets, [refused, sets.everybody])
    assert counting.of({}) == (0b10, 0b11)
    assert counting.of({"nood": True}) == (0b11, 0b11)
    assert counting.of({"nood": False}) == (0b10, 0b10)
    crowd = [(counting.of(own), many) for own, many in (({}, 2), ({"nood": True}, 3), ({"nood": False}, 4))]
    assert counting.counts(crowd) == ((3, 5), (9, 9))


def test_nothing_is_counted_where_nothing_differs() -> None:
    """And two changes about the same people are looked at once."""
    old = load_flow(OLD)
    assert compare(old, old).counting is None
    new = load_flow(
        OLD.replace("U krijgt geld.", "Ja.").replace("kind: grant, rank: 2,", "kind: grant, rank: 2, title: J,")
    )
    counting = compare(old, new).counting
    assert counting is not None
    assert (len(counting.founds), len(counting.numbers)) == (2, 1)

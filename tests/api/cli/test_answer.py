"""`wegwijzer answer --explain`: why, on every line, in the shape that docs/answer.md describes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli.exits import GOOD
from api.cli.main import main
from tests.engine.lint.flows import SOUND


def lines(tmp_path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    """What comes back for a young and an unreadable citizen."""
    flow, citizens = tmp_path / "flow.yaml", tmp_path / "citizens.jsonl"
    flow.write_text(SOUND, encoding="utf-8")
    citizens.write_text(
        '{"answers": {"leeftijd": 9}, "as_of": "2026-05-01"}\n{"answers": {"leeftijd": "x"}}\n', "utf-8"
    )
    assert main(["answer", str(flow), str(citizens), *options]) == GOOD
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_without_explain_nothing_is_added(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The line is what it always was."""
    assert all("explanation" not in line for line in lines(tmp_path, capsys))


def test_with_explain_a_line_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The rule, its source, the fact with its supplier, what did not apply, and what would lead elsewhere."""
    young, unreadable = lines(tmp_path, capsys, "--explain")
    (own,) = young["explanation"]["conclusions"]
    assert (own["decision"], own["value"], own["row"]) == ("gratis", "ja", 1)
    assert (own["because"], own["source"]) == ("u bent jong", {"id": "tarief", "title": "Tarieven zwembad Voorbeeld"})
    assert own["facts"] == [{"fact": "leeftijd", "value": 9, "supplier": "citizen", "source": None, "on": "2026-05-01"}]
    assert {"fact": "leeftijd", "value": 12, "outcome": "nee"} in young["explanation"]["what_if"]
    assert unreadable["explanation"] is None


def test_the_documented_keys_are_the_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """docs/answer.md names every key of a conclusion."""
    young, _ = lines(tmp_path, capsys, "--explain")
    page = (Path(__file__).parents[3] / "docs" / "answer.md").read_text(encoding="utf-8")
    (own,) = young["explanation"]["conclusions"]
    assert [key for key in own if f"`{key}`" not in page] == []

"""A list in the order of its rows, by the commands: what comes out, why, who notices another order, what it changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli.main import main
from tests.shared_material import ROOT

FLOW = (ROOT / "tests" / "engine" / "graph" / "in_order.yaml").read_text("utf-8")
SCENARIOS = """
citizen: {spoed: yes, partner: yes, loon: 200}
scenarios:
  Alles:
    expect: {outcome: iets, values: {papieren: [bewijs, strook, akte, id]}}
  Geen haast:
    with: {spoed: no, loon: 50}
    expect: {values: {papieren: [akte, strook, id]}, because: [u bent samen, het moet]}
"""


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    """The flow with its scenarios."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "mee.yaml").write_text(SCENARIOS, "utf-8")
    path = tmp_path / "flow.yaml"
    path.write_text(FLOW, "utf-8")
    return path


def answered(flow: Path, capsys: pytest.CaptureFixture[str], *answers: dict[str, Any]) -> list[dict[str, Any]]:
    """What `wegwijzer answer --explain` says of each."""
    citizens = flow.parent / "citizens.jsonl"
    citizens.write_text("".join(json.dumps({"answers": own}) + "\n" for own in answers), "utf-8")
    assert main(["answer", "--explain", str(flow), str(citizens)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_list_comes_out_in_the_order_of_the_rows_with_all_its_reasons(
    flow: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Facts of later rows are among the reasons too; a row that does not hold is none."""
    [all_, some] = answered(
        flow, capsys, {"spoed": True, "partner": True, "loon": 200}, {"spoed": False, "partner": True, "loon": 50}
    )
    assert all_["values"] == {"papieren": ["bewijs", "strook", "akte", "id"]}
    assert some["values"] == {"papieren": ["akte", "strook", "id"]}
    own = next(each for each in some["explanation"]["conclusions"] if each["decision"] == "papieren")
    assert (own["rows"], own["reasons"]) == ([3, 4], ["u bent samen", "het moet"])
    assert [used["fact"] for used in own["facts"]] == ["spoed", "partner", "loon"]
    assert [passed["row"] for passed in own["not_applied"]] == [1, 2]


def test_scenarios_hold_and_one_in_another_order_fails(flow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The order that a scenario names is the order that must come out."""
    assert main(["test", str(flow)]) == 0
    (flow.parent / "scenarios" / "mee.yaml").write_text(SCENARIOS.replace("[akte, strook, id]", "[strook, akte, id]"))
    capsys.readouterr()
    assert main(["test", str(flow), "--language", "en"]) == 1
    out = capsys.readouterr()
    assert "expected papieren to be strook, akte, id, got akte, strook, id" in out.out + out.err


def test_another_policy_or_order_of_rows_is_a_difference_and_a_fault_that_scenarios_notice(
    flow: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Told as another order; the scenarios notice it, so no such fault survives."""
    other = flow.parent / "other.yaml"
    other.write_text(FLOW.replace("rule order", "output order"), "utf-8")
    assert main(["compare", str(flow), str(other), "--language", "nl"]) == 1
    assert "andere volgorde: papieren: [akte, strook, id] -> [id, strook, akte]" in capsys.readouterr().out.lower()
    main(["mutate", str(flow), "--language", "en"])
    survived = capsys.readouterr().out
    assert "hit policy" not in survived
    assert "in the other order" not in survived
    assert "akte, strook -> strook, akte" not in survived


def test_the_flow_is_proven(flow: Path) -> None:
    """For everybody, in every order of answering."""
    assert main(["prove", str(flow)]) == 0

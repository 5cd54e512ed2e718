"""`wegwijzer stand`: evidence is recorded beside the flow, holds for that version alone, and an edit makes it stale."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from api.cli.main import main
from api.cli.stand import lines
from api.service.drafts import read_draft
from api.service.evidence import sound
from engine.harness.stand import Step, stand
from tests.api.cli.version_control import commit
from ui_schema.shape import Language

FLOWS = Path(__file__).resolve().parents[3] / "flows"
SLUG = "rijbewijs-leeftijdspoort"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one flow."""
    shutil.copytree(FLOWS / SLUG, tmp_path / "flows" / SLUG)
    (tmp_path / "flows" / SLUG / "evidence.json").unlink(missing_ok=True)
    return tmp_path / "flows"


def board(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, str], str]:
    """The exit code, the mark of each step, and how far it is."""
    capsys.readouterr()
    code = main(["stand", "--flows", str(folder), "--json", *more])
    own = json.loads(capsys.readouterr().out)[0]
    return code, {turn["step"]: turn["mark"] for turn in own["steps"]}, own["reached"]


def test_from_a_sketch_to_tried_and_stale_after_an_edit(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing recorded, recorded, edited, recorded again."""
    assert board(folder, capsys)[2] == "sketch"
    code, marks, reached = board(folder, capsys, "--record")
    assert (code, reached) == (0, "tried")
    assert marks["compared"] == "open"
    path = folder / SLUG / "flow.yaml"
    path.write_text(path.read_text("utf-8") + "# only a comment\n", encoding="utf-8")
    assert board(folder, capsys)[2] == "tried"
    path.write_text(path.read_text("utf-8").replace("question: ", "question: Toch, ", 1), encoding="utf-8")
    code, marks, reached = board(folder, capsys)
    assert (code, reached) == (1, "sketch")
    assert {marks["sound"], marks["proven"], marks["tried"]} == {"stale"}
    assert board(folder, capsys, "--record")[2] == "tried"


def test_another_scenario_makes_the_trial_stale(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what rests on the scenarios."""
    board(folder, capsys, "--record")
    shutil.copy(next((folder / SLUG / "scenarios").glob("*.yaml")), folder / SLUG / "scenarios" / "zz.yaml")
    code, marks, reached = board(folder, capsys)
    assert (code, reached, marks["tried"]) == (1, "proven", "stale")


def test_a_comparison_with_git_is_recorded(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The version before this one is compared with; that nobody loses is good."""
    commit(folder)
    path = folder / SLUG / "flow.yaml"
    path.write_text(path.read_text("utf-8").replace("question: ", "question: Toch, ", 1), encoding="utf-8")
    code, marks, reached = board(folder, capsys, "--record")
    assert (code, marks["compared"], reached) == (0, "good", "compared")


def test_norms_and_approvals_beside_the_flow_count(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A loss speaks against a version; accepted it does not, and norms decide where there are any."""
    commit(folder)
    path = folder / SLUG / "flow.yaml"
    old = path.with_name("old.yaml")
    shutil.copy(path, old)
    path.write_text(path.read_text("utf-8").replace(">= 18  ", ">= 19  ").replace("< 18 ", "< 19 "), "utf-8")
    assert path.read_text("utf-8") != old.read_text("utf-8")
    assert board(folder, capsys, "--record")[1]["compared"] == "bad"
    accepted = path.with_name("approved.json")
    main(["compare", str(old), str(path), "--approve", str(accepted)])
    capsys.readouterr()
    assert board(folder, capsys, "--record")[1]["compared"] == "undecided"  # the number of questions rests on a day
    path.with_name("norms.yaml").write_text("norms: {loses_at_most: 0}\n", encoding="utf-8")  # a loss, accepted or not
    board(folder, capsys, "--record")
    said = json.loads(path.with_name("evidence.json").read_text("utf-8"))["evidence"]["compared"]["said"]
    assert said.endswith("accepted; norms: drawing board")


def test_people_read_a_line_a_flow(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each step with its sign, and what the signs mean, in the language of the reader."""
    main(["stand", "--flows", str(folder), "--record", "--language", "nl"])
    said = capsys.readouterr().out
    assert f"{SLUG}  ✓ klopt  ✓ bewezen  ✓ beproefd  · vergeleken" in said
    assert "van een eerdere versie" in said


def test_it_fits_a_narrow_terminal(folder: Path) -> None:
    """At eighty columns nothing is cut off or folded by the terminal, however long a name is."""
    own = read_draft("lang", folder / SLUG / "flow.yaml", [])
    board = {"naam-" + "x" * 50: stand({Step.SOUND: sound(own, "2026-03-01")}, "an earlier one", "")}
    for language in Language:
        found = lines(board, language, dict.fromkeys(board, ()), 80)
        assert max(map(len, found)) <= 80
        assert found[0] == next(iter(board))
        assert sum(" · " in line for line in found) >= 1


def test_a_file_that_cannot_be_used_speaks_for_itself(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where nothing was recorded, and where what was recorded was good."""
    assert board(folder, capsys, "--record")[0] == 0
    (folder / SLUG / "flow.yaml").write_bytes(b"\x00\xff")
    code, marks, reached = board(folder, capsys)
    assert (code, marks["sound"], reached) == (1, "bad", "sketch")
    (folder / SLUG / "evidence.json").unlink()
    assert board(folder, capsys)[0] == 1


def test_a_broken_flow_and_a_broken_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A flow with a fault is recorded as such; evidence that cannot be read is never written over."""
    path = folder / SLUG / "flow.yaml"
    path.write_text(path.read_text("utf-8").replace("goal:", "gaol:"), encoding="utf-8")
    code, marks, _ = board(folder, capsys, "--record")
    assert (code, marks["sound"]) == (1, "bad")
    (folder / SLUG / "evidence.json").write_text("{", encoding="utf-8")
    assert main(["stand", "--flows", str(folder), "--record"]) == 2
    assert "restore it from git" in capsys.readouterr().err
    assert main(["stand", "--flows", str(folder / "nothing")]) == 2

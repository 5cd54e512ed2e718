"""`wegwijzer watch`: a verdict at each save, from a real process."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.cli.main import main
from tests.api.serving import running

FLOWS = Path(__file__).resolve().parents[3] / "flows"
SLUG = "rijbewijs-leeftijdspoort"


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    """A flow that may be edited."""
    shutil.copytree(FLOWS / SLUG, tmp_path / SLUG)
    return tmp_path / SLUG / "flow.yaml"


def test_one_verdict_ends_with_its_exit_code(flow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Good is 0; a finding is 1, with its place; a file that cannot be used, or that is not there, is 2."""
    assert main(["watch", str(flow), "--once", "--language", "en"]) == 0
    assert re.search(r"✓ 0 found, (\d+)/\1 scenarios good", capsys.readouterr().out)
    good = flow.read_text("utf-8")
    main(["new", "proef", "--question", "Mag dit?", "--flows", str(flow.parent)])
    begun = flow.parent / "proef" / "flow.yaml"
    assert main(["watch", str(begun), "--once", "--language", "nl"]) == 1  # how one knows is left to be told
    assert f"{begun}:" in capsys.readouterr().out
    flow.write_text(good.replace("goal:", "gaol:"), encoding="utf-8")
    assert main(["watch", str(flow), "--once", "--language", "nl"]) == 2
    told = capsys.readouterr().out
    assert f"{flow}:" in told
    assert "zo kan het bestand niet draaien" in told.splitlines()[-1]
    assert main(["watch", "nope", "--once"]) == 2


@pytest.mark.parametrize("place", ["scenarios/eerste.yaml", "scenarios.yaml"])
def test_a_fault_in_a_scenario_is_shown_where_it_stands(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file with the scenario is named and its line printed, that of a failed scenario too; not the flow's."""
    monkeypatch.chdir(tmp_path)
    main(["new", "proef", "--question", "Mag dit?", "--evidence", "geteld"])
    file = tmp_path / "flows" / "proef" / place
    text = (tmp_path / "flows/proef/scenarios/eerste.yaml").read_text("utf-8")
    (tmp_path / "flows/proef/scenarios/eerste.yaml").unlink()
    file.write_text(text.replace("outcome: ja,", "outcome: wel,"), encoding="utf-8")
    capsys.readouterr()
    assert main(["watch", "proef", "--once", "--language", "en"]) == 1
    told = capsys.readouterr().out
    assert f"{Path('flows/proef') / place}:4:14: error E-SCENARIO" in told
    assert "4 │     expect: {outcome: wel," in told
    file.write_text(text.replace("outcome: ja,", "outcome: nee,"), encoding="utf-8")
    assert main(["watch", "proef", "--once", "--language", "en"]) == 1
    assert f"✗ {Path('flows/proef') / place}:3: Wie hier woont" in capsys.readouterr().out


def test_each_save_gets_its_verdict(flow: Path) -> None:
    """A save with a fault, and the one that mends it; Ctrl-C ends it quietly."""
    command = [sys.executable, "-u", "-m", "api.cli.main", "watch", str(flow), "--language", "en"]
    good = flow.read_text("utf-8")
    with running(command) as process:
        wait_for("✓", process)
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Save the file")
        time.sleep(0.5)
        flow.write_text(good.replace("goal:", "gaol:"), encoding="utf-8")
        wait_for("✗", process)
        flow.write_text(good, encoding="utf-8")
        wait_for("✓", process)
        os.kill(process.pid, signal.SIGINT)
        rest = process.communicate(timeout=30)
        assert process.returncode == 0
        assert "Traceback" not in rest[1]


def wait_for(mark: str, process: subprocess.Popen[str]) -> None:
    """Read verdicts up to one with this mark: on a busy machine a file is seen half written first."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.rstrip().endswith(" ms") and line.startswith(mark):
            return
    raise AssertionError(f"watch ended without {mark}")

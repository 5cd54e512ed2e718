"""`wegwijzer watch`: a verdict at each save, from a real process."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.cli.main import main

FLOWS = Path(__file__).resolve().parents[3] / "flows"
SLUG = "rijbewijs-leeftijdspoort"


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    """A flow that may be edited."""
    shutil.copytree(FLOWS / SLUG, tmp_path / SLUG)
    return tmp_path / SLUG / "flow.yaml"


def test_one_verdict_ends_with_its_exit_code(flow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Good is 0; a finding is 1, with its place; a flow that is not there is 2."""
    assert main(["watch", str(flow), "--once", "--language", "en"]) == 0
    assert re.search(r"✓ 0 found, (\d+)/\1 scenarios good", capsys.readouterr().out)
    flow.write_text(flow.read_text("utf-8").replace("goal:", "gaol:"), encoding="utf-8")
    assert main(["watch", str(flow), "--once", "--language", "nl"]) == 1
    assert f"{flow}:" in capsys.readouterr().out
    assert main(["watch", "nope", "--once"]) == 2


def test_each_save_gets_its_verdict(flow: Path) -> None:
    """A save with a fault, and the one that mends it; Ctrl-C ends it quietly."""
    good = flow.read_text("utf-8")
    with watched(flow) as process:
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


@contextmanager
def watched(flow: Path) -> Iterator[subprocess.Popen[str]]:
    """The command; killed when a test goes wrong or takes two minutes, so that nothing waits for it."""
    command = [sys.executable, "-u", "-m", "api.cli.main", "watch", str(flow), "--language", "en"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    late = threading.Timer(120, process.kill)
    late.start()
    try:
        with process:
            try:
                yield process
            finally:
                process.kill()
    finally:
        late.cancel()


def wait_for(mark: str, process: subprocess.Popen[str]) -> None:
    """Read verdicts up to one with this mark: on a busy machine a file is seen half written first."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.rstrip().endswith(" ms") and line.startswith(mark):
            return
    raise AssertionError(f"watch ended without {mark}")

"""A terminal or pipe that has not every letter gets the nearest ones, and the command its own exit code."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

import pytest

from api.cli.main import main
from tests.api.serving import CLEAN, COMMAND

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-1", "cp1252"])
@pytest.mark.parametrize("words", [["stand"], ["diagram", "bijstand"], ["process", "bijstand"], ["--help"]])
def test_no_letter_ends_a_command(encoding: str, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it prints can be read there."""
    monkeypatch.chdir(ROOT)
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr("sys.stdout", out)
    assert main(words) == 0
    out.flush()
    assert out.buffer.getvalue().decode(encoding)


def test_signs_keep_their_meaning(tmp_path: Path) -> None:
    """Good, found and not yet can still be told apart."""
    command = [*COMMAND[:-1], "stand", "--language", "en", "--flows", str(ROOT / "flows")]
    environment = {**CLEAN, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert done.returncode in (0, 1), done.stderr
    assert "+ sound" in done.stdout
    assert "- piloted" in done.stdout
    assert "x something was found" in done.stdout
    assert os.linesep in done.stdout

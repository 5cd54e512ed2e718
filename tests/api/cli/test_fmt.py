"""`wegwijzer fmt`: writes, checks, and reads from standard input."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from api.cli.exits import FINDINGS, GOOD, UNUSABLE
from api.cli.main import main

CROOKED = "wegwijzer: 1\ndecisions:\n  a:\n    table: |\n      | x||a |\n      |---||---|\n      | < 12||  ja |\n"
STRAIGHT = (
    "wegwijzer: 1\ndecisions:\n  a:\n    table: |\n      | x    || a  |\n      |------||----|\n      | < 12 || ja |\n"
)


def test_a_file_is_laid_out_in_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """First time it is changed and named; the second time there is nothing to do."""
    path = tmp_path / "flow.yaml"
    path.write_text(CROOKED, encoding="utf-8")
    assert main(["fmt", "--check", str(path)]) == FINDINGS
    assert path.read_text(encoding="utf-8") == CROOKED
    assert "not laid out" in capsys.readouterr().out
    assert main(["fmt", str(path)]) == GOOD
    assert path.read_text(encoding="utf-8") == STRAIGHT
    assert main(["fmt", "--check", str(path)]) == GOOD
    assert capsys.readouterr().out == f"{path}: laid out\n"


def test_windows_line_ends_go(tmp_path: Path):
    """A file with carriage returns is laid out with line feeds."""
    path = tmp_path / "flow.yaml"
    path.write_bytes(STRAIGHT.replace("\n", "\r\n").encode())
    assert main(["fmt", "--check", str(path)]) == FINDINGS
    assert main(["fmt", str(path)]) == GOOD
    assert path.read_bytes() == STRAIGHT.encode()


def test_an_editor_can_pipe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """With `-` the text comes from standard input and goes to standard output."""
    monkeypatch.setattr("sys.stdin", io.StringIO(CROOKED))
    assert main(["fmt", "-"]) == GOOD
    assert capsys.readouterr().out == STRAIGHT


def test_a_broken_file_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """What is no YAML is not touched, and the place is told."""
    path = tmp_path / "flow.yaml"
    path.write_text("a: [1\n", encoding="utf-8")
    assert main(["fmt", str(path)]) == UNUSABLE
    assert path.read_text(encoding="utf-8") == "a: [1\n"
    assert f"{path}:" in capsys.readouterr().err

"""Versions to come on the board: norms that came first, the verdict on them, and when it holds no longer."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from api.cli.main import main
from tests.api.cli.version_control import commit

FLOW = Path(__file__).resolve().parents[3] / "flows" / "rijbewijs-leeftijdspoort"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A flow in git, with nothing recorded."""
    shutil.copytree(FLOW, tmp_path / "flows" / "poort", ignore=shutil.ignore_patterns("evidence.json", "versions"))
    commit(tmp_path)
    return tmp_path


def write_version(folder: Path, *, norms: bool) -> None:
    """The norms of version 2, or its flow file: 19 instead of 18."""
    own = folder / "flows" / "poort" / "versions" / "2"
    own.mkdir(parents=True, exist_ok=True)
    if norms:
        (own / "norms.yaml").write_text("norms:\n  loses_at_most: 0\n", encoding="utf-8")
    else:
        text = (FLOW / "flow.yaml").read_text(encoding="utf-8")
        (own / "flow.yaml").write_text(text.replace("| >= 18  ", "| >= 19  ").replace("| < 18  ", "| < 19  "), "utf-8")


def version(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, Any]]:
    """The exit code, and version 2 on the board."""
    capsys.readouterr()
    code = main(["stand", "--flows", str(folder / "flows"), "--json", *more])
    (own,) = json.loads(capsys.readouterr().out)[0]["versions"]
    return code, own


def test_norms_that_came_first_and_their_verdict(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Committed before the version: they were fixed; the verdict is recorded, and stale with other norms."""
    write_version(folder, norms=True)
    commit(folder)
    write_version(folder, norms=False)
    assert version(folder, capsys)[1]["fixed"] is True
    commit(folder)
    code, own = version(folder, capsys)
    assert (code, own["fixed"], own["turn"]["mark"]) == (0, True, "open")
    own = version(folder, capsys, "--record")[1]
    assert own["turn"]["mark"] in ("bad", "undecided")
    assert "norms: " in own["turn"]["said"]
    norms = folder / "flows" / "poort" / "versions" / "2" / "norms.yaml"
    norms.write_text("norms:\n  loses_at_most: 100\n", encoding="utf-8")
    code, own = version(folder, capsys)
    assert (code, own["fixed"], own["turn"]["mark"]) == (1, False, "stale")


def test_norms_that_came_with_the_version_were_not_fixed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In one commit nobody can see which came first; the board says so in words, in both languages."""
    write_version(folder, norms=True)
    write_version(folder, norms=False)
    commit(folder)
    assert version(folder, capsys)[1]["fixed"] is False
    assert main(["stand", "--flows", str(folder / "flows"), "--language", "nl"]) == 0
    assert "niet vastgelegd voor deze versie bestond" in capsys.readouterr().out

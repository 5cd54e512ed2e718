"""The import contracts hold, and each of them bites when somebody breaks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOMS, ROOT, python_files

LINTER = "from importlinter.cli import lint_imports_command; lint_imports_command()"

VIOLATIONS = [
    ("rooms", "ui_schema/planted.py", "import api"),
    ("rooms", "engine/feel/planted.py", "import ui_schema"),
    ("engine-strata", "engine/feel/planted.py", "import engine.journey.events"),
    ("engine-strata", "engine/planted.py", ""),
    ("api-strata", "api/store/planted.py", "import api.cli"),
    ("api-strata", "api/http/planted.py", "import api.web"),
    ("api-strata", "api/planted.py", ""),
    ("pure", "engine/journey/planted.py", "import pathlib"),
    ("pure", "ui_schema/planted.py", "import jinja2"),
    ("pure", "engine/terms/planted.py", "from time import monotonic"),
    ("one-machine", "engine/casework/planted.py", "import transitions"),
    ("one-store", "api/http/planted.py", "import sqlmodel"),
    ("one-store", "api/cli/planted.py", "from sqlalchemy import select"),
]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A throw-away copy of the three packages and their contracts."""
    for path in python_files(*ROOMS):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def lint(house: Path, contract: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run import-linter on a copy of the house, on all contracts or on one."""
    only = ["--contract", contract] if contract else []
    return subprocess.run(
        [sys.executable, "-c", LINTER, "--no-cache", "--no-logo", *only],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(house), "NO_COLOR": "1"},
    )


def test_all_contracts_are_kept(house: Path):
    """Nothing in the product imports what its room may not import."""
    outcome = lint(house)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert " 0 broken" in outcome.stdout


@pytest.mark.parametrize(
    ("contract", "file", "line"), VIOLATIONS, ids=lambda value: str(value).replace("/", ".") or "new"
)
def test_a_planted_violation_breaks_its_contract(house: Path, contract: str, file: str, line: str):
    """Each contract catches the import that it is there to catch."""
    (house / file).write_text(f"{line}\n", encoding="utf-8")
    outcome = lint(house, contract)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert "planted" in outcome.stdout

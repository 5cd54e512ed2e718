"""The first minute on somebody's machine: what is missing is one sentence, and a second start does nothing twice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

NO_VENV = """#!/bin/sh
case "$*" in
*ensurepip*) exit 1 ;;
*venv*) echo python3.11-venv ;;
*) exit 0 ;;
esac
"""
TOO_OLD = """#!/bin/sh
[ "$1" = --version ] || exit 1
echo "Python 3.9.2"
"""


@pytest.fixture
def empty_house(tmp_path: Path) -> Path:
    """The Makefile and its bootstrap in a folder of their own, with an account that is not root."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / "bin").mkdir()
    for name in ("Makefile", "uv.lock", "pyproject.toml", ".ci/bootstrap"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    program(tmp_path, "id", "#!/bin/sh\necho 1000\n")
    return tmp_path


def program(house: Path, name: str, text: str) -> Path:
    """A program that stands in front of the machine's own."""
    path = house / "bin" / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def make(house: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run make in the house."""
    environment = {"PATH": f"{house / 'bin'}:{os.environ['PATH']}", "HOME": str(house)}
    command = ["make", "--no-print-directory", *words]
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_a_python_that_is_too_old_is_one_sentence(empty_house: Path):
    """The sentence says which version is needed, which was found, and how to name another."""
    python = program(empty_house, "old-python", TOO_OLD)
    done = make(empty_house, "run", f"PYTHON={python}")
    assert done.returncode != 0
    said = [line for line in done.stderr.splitlines() if not line.startswith("make:")]
    assert len(said) == 1
    assert "needs Python 3.11 or newer and found Python 3.9.2" in said[0]


def test_a_python_without_venv_is_one_sentence(empty_house: Path):
    """Somebody who is not root is told which package to install."""
    python = program(empty_house, "bare-python", NO_VENV)
    done = make(empty_house, "run", f"PYTHON={python}")
    assert done.returncode != 0
    said = [line for line in done.stderr.splitlines() if not line.startswith("make:")]
    assert len(said) == 1
    assert "comes without venv; install it (on Debian and Ubuntu: sudo apt install python3.11-venv)" in said[0]


def test_make_alone_lists_the_commands(empty_house: Path):
    """`make` without a word makes nothing and lists everything that has a description."""
    done = make(empty_house)
    assert done.returncode == 0
    for name in ("run", "test", "check", "fmt"):
        assert f"  {name} " in done.stdout
    assert not (empty_house / ".venv").exists()


def test_an_environment_that_is_up_to_date_is_left_alone(empty_house: Path):
    """With a stamp newer than the lock file, `make run` goes straight to the server."""
    python = program(empty_house, "old-python", TOO_OLD)
    (empty_house / ".venv" / "bin").mkdir(parents=True)
    server = empty_house / ".venv" / "bin" / "wegwijzer"
    server.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    server.chmod(0o755)
    (empty_house / ".venv" / "stamp-run").touch()
    done = make(empty_house, "run", f"PYTHON={python}", "PORT=8123", "DATA=kept")
    assert done.stdout == "serve --host 127.0.0.1 --port 8123 --data kept --flows flows\n"

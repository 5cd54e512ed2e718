"""The repository as the architecture tests see it: its files as git knows them, its Python as syntax trees.

Called by the tests in this folder only.
"""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("engine", "ui_schema", "api")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git tracks or would track; in an unpacked archive every file outside hidden folders."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode == 0:
        names = [name for name in listing.stdout.split("\0") if name]
        return tuple(sorted(path for name in names if (path := ROOT / name).is_file()))
    shown = (path for path in ROOT.rglob("*") if path.is_file())
    return tuple(
        sorted(path for path in shown if not any(part.startswith(".") for part in path.relative_to(ROOT).parts))
    )


def python_files(*folders: str) -> list[Path]:
    """The tracked Python files, all or those in the named top folders."""
    files = [path for path in tracked() if path.suffix == ".py"]
    if folders:
        files = [path for path in files if path.relative_to(ROOT).parts[0] in folders]
    return files


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def shown(path: Path) -> str:
    """A path as a person writes it: from the root of the repository."""
    return path.relative_to(ROOT).as_posix()

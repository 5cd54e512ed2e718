"""What a test of the command line puts into git."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def commit(folder: Path) -> None:
    """Everything in the folder, as it is now, in one commit; skips where git is not."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed here")
    own = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "One"]):
        subprocess.run([*own, *words], cwd=folder, check=True, capture_output=True)

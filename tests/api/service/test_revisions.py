"""Earlier versions from git, without a shell and without a way to ask for anything else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from api.service.revisions import NoSuchVersion, revisions, source_at

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed here")


def git(folder: Path, *words: str) -> None:
    own = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *own, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    """A flow with two versions in git, edited since."""
    path = tmp_path / "flows" / "x" / "flow.yaml"
    path.parent.mkdir(parents=True)
    git(tmp_path, "init", "-q", "-b", "main")
    for text in ("one\n", "two\n"):
        path.write_text(text, encoding="utf-8")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-q", "-m", f"Version\t{text.strip()}")
    path.write_text("three\n", encoding="utf-8")
    return path


def test_versions_are_read_and_listed(flow: Path) -> None:
    """By name and by distance, newest first."""
    assert source_at(flow, "HEAD") == "two\n"
    assert source_at(flow, "main~1") == "one\n"
    listed = revisions(flow)
    assert [one.subject for one in listed] == ["Version\ttwo", "Version\tone"]
    assert source_at(flow, listed[1].name) == "one\n"


@pytest.mark.parametrize(
    "revision",
    ["", "--output=x", "-p", "HEAD:flow.yaml", "HEAD..main", "$(touch x)", "`x`", "HEAD; touch x", "a b", "HEAD\n",
     "x" * 101, ":/Version", "../../etc", "no-such-branch"],
)  # fmt: skip
def test_what_is_no_version_is_refused(flow: Path, revision: str) -> None:
    """Options, other paths, ranges and shell words never reach git as such."""
    with pytest.raises(NoSuchVersion):
        source_at(flow, revision)
    assert not (flow.parent / "x").exists()


def test_no_command_of_the_repository_is_run(flow: Path) -> None:
    """A text conversion that the repository configures is not carried out."""
    git(flow.parent, "config", "diff.evil.textconv", "touch evil; cat")
    (flow.parent / ".gitattributes").write_text("*.yaml diff=evil\n", encoding="utf-8")
    assert source_at(flow, "HEAD") == "two\n"
    assert not list(flow.parent.glob("evil*"))


def test_without_history_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    """A folder outside git, or a file that was never committed."""
    path = tmp_path / "flow.yaml"
    path.write_text("x", encoding="utf-8")
    assert revisions(path) == ()
    with pytest.raises(NoSuchVersion):
        source_at(path, "HEAD")

"""Earlier versions of a flow file, read from git without a shell.

    source_at(path, "HEAD~2") -> text      raises NoSuchVersion, a sentence
    revisions(path)           -> the latest commits that changed the file, newest first

git is started with a list of words, in the file's own folder, for the file's own name; a revision is letters, digits
and `._/~^-@{}`, does not begin with a dash, and is told apart from options and paths. Called by the developers' pages;
tests: tests/api/service/test_revisions.py.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from engine.errors import WegwijzerError

REVISION = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./~^@{}-]{0,99}")
SECONDS = 5
LARGEST = 1_000_000
MOST = 20


class NoSuchVersion(WegwijzerError):
    """There is no such version; `code` says why: spelling, missing, large, text."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(SENTENCES[code])


SENTENCES = {
    "spelling": "Write a version as git knows it: HEAD, main, HEAD~2, or the first letters of a commit.",
    "missing": "git has no file of this flow at that version.",
    "large": "That version is too large to be a flow file.",
    "text": "That version is not UTF-8 text.",
    "flow": "There is no process of that name in this folder.",
}


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit: its short name, the day, the subject line."""

    name: str
    day: str
    subject: str


def source_at(path: Path, revision: str) -> str:
    """The text of the file at a revision. Raises NoSuchVersion."""
    if not REVISION.fullmatch(revision) or ".." in revision:
        raise NoSuchVersion("spelling")
    done = _git(path, "cat-file", "blob", f"{revision}:./{path.name}")
    if done is None:
        raise NoSuchVersion("missing")
    if len(done) > LARGEST:
        raise NoSuchVersion("large")
    try:
        return done.decode("utf-8")
    except UnicodeDecodeError:
        raise NoSuchVersion("text") from None


def revisions(path: Path) -> tuple[Revision, ...]:
    """The latest commits that changed the file; () where there is no git or no history."""
    done = _git(path, "log", f"--max-count={MOST}", "--format=%h%x09%as%x09%s", "--", f"./{path.name}")
    lines = (done or b"").decode("utf-8", "replace").splitlines()
    return tuple(Revision(*line.split("\t", 2)) for line in lines if line.count("\t") >= 2)


def came_first(file: Path, then: Path) -> bool | None:
    """Whether git knew `file`, as it is now, before it first knew `then`; None where git cannot say."""
    if _git(file, "rev-parse", "--is-shallow-repository") != b"false\n":
        return None
    last = _commits(file, "--max-count=1")
    if not last or _git(file, "cat-file", "blob", f"{last[0]}:./{file.name}") != file.read_bytes():
        return False
    first = _commits(then, "--diff-filter=A")
    if not first:
        return True
    return last[0] != first[-1] and _git(file, "merge-base", "--is-ancestor", last[0], first[-1]) is not None


def _commits(path: Path, *which: str) -> list[str]:
    return (_git(path, "log", *which, "--format=%H", "--", f"./{path.name}") or b"").decode().split()


def _git(path: Path, *words: str) -> bytes | None:
    """What git prints; None when it refuses, is not there or takes too long."""
    program = shutil.which("git")
    if program is None:
        return None
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    own |= {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}
    command = [program, "--no-pager", "-c", "core.fsmonitor=false", "-C", str(path.resolve().parent), *words]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=SECONDS, env=own)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None

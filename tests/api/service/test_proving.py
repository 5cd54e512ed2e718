"""A process beside this one says of a flow what this one would say, and never outlives it."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.service.proving import Apart, Proving, Told
from api.service.warm import Warm
from tests.api.service.test_warm_same import FLOWS, sequence, verdict
from tests.api.serving import running

SLUG = "boom-kappen"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a process is split in two on Linux alone")


@pytest.fixture
def apart() -> Iterator[Apart]:
    """A process of its own."""
    own = Apart()
    yield own
    own.end()


def is_there(pid: int | None) -> bool:
    """Whether a process runs; one that ended and was not looked at yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def ends(pid: int | None) -> bool:
    """Whether it ends within a few seconds."""
    for _ in range(200):
        if not is_there(pid):
            return True
        time.sleep(0.05)
    return False


def said(told: Told | None) -> object:
    """What is read of it: the size of a proof counts what was looked at in that save."""
    assert told is not None
    return told.problems, None if told.proof is None else replace(told.proof, nodes=0, situations=0)


def test_it_says_what_is_said_here(apart: Apart) -> None:
    """A good flow, one with a finding, and one that cannot be read; also asked one after another without listening."""
    text = (FLOWS / SLUG / "flow.yaml").read_text("utf-8")
    wrong = text.replace("| -              | -             ||", "| yes            | -             ||")
    for own in (text, text.replace("goal:", "gaol:"), wrong, text):
        apart.ask(own, "f")
        assert said(apart.answer()) == said(Proving().told(own, "f"))
    apart.ask(text + "# a note\n", "f")
    apart.ask(text.replace("goal:", "gaol:"), "f")
    assert apart.answer() == ((), None)


def test_verdicts_with_it_are_verdicts_without(apart: Apart, tmp_path: Path) -> None:
    """Save after save, and also once it is gone."""
    assert sequence(SLUG, tmp_path / "first", 5, 3, Warm(apart))
    assert apart.pid is not None
    warm = Warm(apart)
    shutil.copytree(FLOWS / SLUG, tmp_path / SLUG)
    path = tmp_path / SLUG / "flow.yaml"
    told = verdict(warm, path)
    path.write_text(path.read_text("utf-8").replace("| yes ", "| no  ", 1), encoding="utf-8")
    os.kill(apart.pid, signal.SIGKILL)
    assert told != verdict(warm, path) == verdict(Warm(), path)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_who_made_it(by: signal.Signals, tmp_path: Path) -> None:
    """However `watch` ends, nothing of it stays behind."""
    shutil.copytree(FLOWS / SLUG, tmp_path / SLUG)
    program = "import os, sys; os.sched_getaffinity = lambda _: {0, 1}; from api.cli.main import main; sys.exit(main())"
    command = [sys.executable, "-u", "-c", program, "watch", str(tmp_path / SLUG / "flow.yaml"), "--language", "en"]
    with running(command) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Save the file")
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("utf-8").split()
        assert len(children) == 1
        assert is_there(int(children[0]))
        os.kill(process.pid, by)
        process.communicate(timeout=30)
    assert ends(int(children[0]))

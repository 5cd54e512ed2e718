"""`wegwijzer prove` as a stranger meets it: what it prints, and how it ends, for good flows and for bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

FLOWS = ROOT / "flows"


def prove(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command itself."""
    command = [sys.executable, "-c", "from api.cli.main import main; raise SystemExit(main())", "prove", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    """A copy of an example flow that may be broken."""
    copy = tmp_path / "flow.yaml"
    copy.write_text((FLOWS / "bijstand" / "flow.yaml").read_text("utf-8"), "utf-8")
    return copy


def test_a_proven_flow_ends_in_0():
    """The verdict, what was looked at, and on which reading of time it holds."""
    done = prove("bijstand", "--language", "en")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "proven" in done.stdout
    assert "every clock kept" in done.stdout


def test_a_broken_promise_ends_in_1_with_a_way(flow: Path):
    """The way begins at the start and names every step in a sentence."""
    flow.write_text(flow.read_text("utf-8").replace("passes: [second_look, objecting]", "passes: second_look"), "utf-8")
    done = prove(str(flow), "--language", "en")
    assert done.returncode == 1
    assert "1. The journey begins in `answering`" in done.stdout
    assert "The citizen takes `object`" in done.stdout


def test_the_report_for_machines_says_the_same(flow: Path):
    """`--json` has the finding with its way, the figures, and the exit code."""
    flow.write_text(flow.read_text("utf-8").replace("passes: [second_look, objecting]", "passes: second_look"), "utf-8")
    done = prove(str(flow), "--json")
    report = json.loads(done.stdout)
    assert report["exitCode"] == done.returncode == 1
    assert [own["code"] for own in report["parts"][0]["findings"]] == ["P-PROMISE"]
    assert report["parts"][0]["findings"][0]["way"][-1].startswith("A worker takes `propose` (the outcome is `geen`)")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"wegwijzer: 1\nfacts: [", "flow.yaml:"),
        (b"wegwijzer: 1\nflow: x\n", "flow.yaml:"),
        (b"", "flow.yaml"),
    ],
)
def test_a_file_that_is_no_flow_ends_in_2(tmp_path: Path, text: bytes, words: str):
    """A corrupt file is one sentence for each fault, never a trace."""
    path = tmp_path / "flow.yaml"
    path.write_bytes(text)
    done = prove(str(path))
    assert done.returncode == 2
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


LIMIT = """
wegwijzer: 1
flow: limit
language: nl
question: Raak?
goal: raak
facts:
  a: {type: integer, min: 2, max: 9999999, ask: "Hoeveel?", why: "Daarom."}
  b: {type: integer, min: 2, max: 9999999, ask: "Hoe vaak?", why: "Daarom."}
decisions:
  raak: {type: choice, options: [ja, nee], is: 'if CONDITION then "ja" else "nee"'}
outcomes:
  ja: {kind: answer, text: "Ja."}
  nee: {kind: answer, text: "Nee."}
"""


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("a * b = 1000036000099", "whether anybody can get `ja`: the solver used up its effort"),
        ("string length(string(a * b)) = 99", "no exact word for `string`"),
    ],
)
def test_what_goes_beyond_the_limits_ends_in_3(tmp_path: Path, condition: str, words: str):
    """A flow over the limit, and an expression that the solver does not have: named, and not passed off as proven."""
    path = tmp_path / "flow.yaml"
    path.write_text(LIMIT.replace("CONDITION", condition), "utf-8")
    done = prove(str(path), "--language", "en")
    assert done.returncode == 3
    assert words in done.stdout
    assert "Traceback" not in done.stderr

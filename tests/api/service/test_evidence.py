"""Evidence beside a flow: bound to its content, made to be committed, never written over when it cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.service.evidence import FILE, BrokenEvidence, read_evidence, record
from engine.harness.stand import Evidence, Step

PROVEN = {Step.PROVEN: Evidence(True, "v1", "10 facts", "2026-11-22")}


def test_what_is_recorded_is_read_back(tmp_path: Path) -> None:
    """All parts of the evidence, step by step."""
    tried = {Step.TRIED: Evidence(False, "v1", "2 of 3 citizens as expected", "2026-11-22", "s1", undecided=True)}
    assert record(tmp_path, PROVEN)
    assert record(tmp_path, tried)
    assert read_evidence(tmp_path) == {**PROVEN, **tried}


def test_the_same_evidence_on_another_day_changes_no_byte(tmp_path: Path) -> None:
    """Two people who prove the same version make no difference in git."""
    record(tmp_path, PROVEN)
    before = (tmp_path / FILE).read_bytes()
    assert not record(tmp_path, {Step.PROVEN: Evidence(True, "v1", "10 facts", "2026-12-01")})
    assert (tmp_path / FILE).read_bytes() == before


def test_each_step_has_a_line_of_its_own(tmp_path: Path) -> None:
    """So that a merge of two steps is no conflict of one long line."""
    record(tmp_path, {Step.TRIED: Evidence(True, "v1"), Step.SOUND: Evidence(True, "v1")})
    lines = (tmp_path / FILE).read_text("utf-8").splitlines()
    assert [line.split('"')[1] for line in lines[1:3]] == ["sound", "tried"]


def test_nothing_there_is_no_evidence(tmp_path: Path) -> None:
    """A flow without the file is a sketch."""
    assert read_evidence(tmp_path) == {}


@pytest.mark.parametrize(
    "wrong",
    [b"", b"{", b"[]", b'{"evidence": {"flown": {}}}', b'{"evidence": {"proven": {"good": 1}}}', b"\xff",
     b'{"evidence": {"proven": {"good": true, "flow": "v1", "by": "me"}}}', b"{" * 200_000],
)  # fmt: skip
def test_a_broken_file_is_neither_evidence_nor_written_over(tmp_path: Path, wrong: bytes) -> None:
    """It says what to do, and stays as it is."""
    (tmp_path / FILE).write_bytes(wrong)
    with pytest.raises(BrokenEvidence, match="restore it from git"):
        read_evidence(tmp_path)
    with pytest.raises(BrokenEvidence):
        record(tmp_path, PROVEN)
    assert (tmp_path / FILE).read_bytes() == wrong

"""The DMN Technology Compatibility Kit: at least what was reached before, in every group.

The kit is no part of the product. It is read from `WEGWIJZER_DMN_TCK`, else from the shared material beside the
repository, and the tests are skipped where it is absent. Run `python -m tests.conformance.tck -v` to see each miss.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.tck import Score, run
from tests.shared_material import tck_folder

FLOORS = {"level 2": 100.0, "all": 100.0, "non-null": 100.0}


@pytest.fixture(scope="module")
def score() -> Score:
    """The kit, scored once."""
    kit = tck_folder()
    if kit is None:
        pytest.skip("the DMN TCK is not here; set WEGWIJZER_DMN_TCK to its folder to run it")
    return run(kit)


@pytest.mark.parametrize("group", FLOORS)
def test_the_kit_is_met_as_before(score: Score, group: str, capsys: pytest.CaptureFixture[str]):
    """Each group of cases scores at least its floor; the figures stand beside those of an always-null engine."""
    with capsys.disabled():
        if group == "all":
            print(f"\n{score.table()}")  # noqa: T201 - the figures belong in the report of every run
    assert score.share(group) >= FLOORS[group], "\n".join(score.misses)


def test_the_always_null_engine_is_far_below(score: Score):
    """The baseline is what null alone would earn: everything but the cases that expect a value."""
    assert score.baseline["non-null"] == 0
    assert score.baseline["all"] + score.total["non-null"] == score.total["all"]


def test_an_empty_kit_scores_nothing(tmp_path: Path):
    """A folder without cases has no misses and no cases: it cannot pass for a good score unnoticed."""
    assert run(tmp_path).total == {"level 2": 0, "all": 0, "non-null": 0}

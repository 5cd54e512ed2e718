"""Where a flow stands: an unbroken row of good evidence of this very version."""

from __future__ import annotations

from engine.harness.stand import Evidence, Mark, Step, stand

GOOD = {
    Step.SOUND: Evidence(True, "v1"),
    Step.PROVEN: Evidence(True, "v1"),
    Step.TRIED: Evidence(True, "v1", scenarios="s1"),
}


def test_it_stands_at_the_last_step_of_the_row() -> None:
    """Sound, proven and tried: tried; comparing comes next."""
    own = stand(GOOD, "v1", "s1")
    assert own.reached is Step.TRIED
    assert own.next is Step.COMPARED


def test_nothing_recorded_is_a_sketch() -> None:
    """Without evidence a flow is a sketch that must first be sound."""
    own = stand({}, "v1", "s1")
    assert own.reached is Step.SKETCH
    assert own.next is Step.SOUND
    assert {turn.mark for turn in own.turns} == {Mark.OPEN}


def test_an_edit_makes_all_evidence_stale() -> None:
    """Evidence of another version counts no longer."""
    own = stand(GOOD, "v2", "s1")
    assert own.reached is Step.SKETCH
    assert [turn.mark for turn in own.turns[:3]] == [Mark.STALE] * 3


def test_another_scenario_makes_only_the_trial_stale() -> None:
    """What was proven of the flow does not rest on its scenarios."""
    own = stand(GOOD, "v1", "s2")
    assert own.reached is Step.PROVEN
    assert own.turns[2].mark is Mark.STALE


def test_a_gap_in_the_row_ends_it() -> None:
    """Tried, but with a finding in the proof: it stands at sound, and proving comes next."""
    own = stand({**GOOD, Step.PROVEN: Evidence(False, "v1")}, "v1", "s1")
    assert own.reached is Step.SOUND
    assert own.next is Step.PROVEN
    assert own.turns[1].mark is Mark.BAD
    partly = stand({**GOOD, Step.PROVEN: Evidence(False, "v1", undecided=True)}, "v1", "s1")
    assert partly.turns[1].mark is Mark.UNDECIDED

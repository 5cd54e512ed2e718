"""Each of these changes hurts or helps less than half a per cent, and is named: by which rule, who, and how many."""

from __future__ import annotations

from datetime import date

import pytest

from api.service.declared_file import declared_in
from engine.graph.load import load_flow
from engine.harness import compare_drawn, compare_solver
from engine.harness.compare import compare
from tests.engine.harness.rare_pairs import BASE, PAIRS, PEOPLE

OLD = load_flow(BASE)


@pytest.mark.parametrize("case", PAIRS)
def test_a_rare_group_is_named(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule as it was and is, who they are, a citizen, and an estimate of their share with its ends."""
    monkeypatch.setattr(compare_drawn, "MOST_DRAWN", 10_000)
    monkeypatch.setattr(compare_drawn, "TO_EXPLAIN", 2_000)
    monkeypatch.setattr(compare_solver, "MOST_ASKED", 1)  # the solver has tests of its own
    was, becomes, cause, who = PAIRS[case]
    new = load_flow(BASE.replace(was, becomes, 1))
    found = compare(OLD, new, declared_in(PEOPLE, "people.yaml", OLD, new, date(2026, 1, 1)), limits=False)
    assert found.shifts
    for shift in found.shifts:
        assert any(cause in own for own in shift.causes)
        assert shift.estimate is not None
        assert 0 <= shift.estimate.low <= shift.estimate.share <= shift.estimate.high
        assert shift.estimate.low < 0.005 or case == "rounding"  # rounding touches every other of those who get a part
        assert all(own.witness for own in shift.groups)
    assert any(who in group.rule for shift in found.shifts for group in shift.groups)
    if case not in ("a percentage", "rounding"):
        assert sum(shift.part or 0 for shift in found.shifts) < 0.005

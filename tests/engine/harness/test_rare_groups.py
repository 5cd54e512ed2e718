"""Each of these edits of an example flow touches fewer than half a per cent: who they are is told, with somebody of
them, and how many they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from api.service.declared_file import declared_in
from engine.graph.load import load_flow
from engine.harness import compare_drawn, estimates
from engine.harness.compare import Comparison, compare
from engine.harness.compare_shifts import Group
from tests.engine.harness.example_flows import graph_of, text_of
from tests.engine.harness.rare_groups import RARE


@pytest.mark.parametrize("case", RARE)
def test_a_rare_group_of_an_example_flow_is_named(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the rule that they share, whatever hurts them: a threshold, a date, an item, a row, a register, a step."""
    monkeypatch.setattr(compare_drawn, "MOST_DRAWN", 30_000)
    monkeypatch.setattr(estimates, "FEWEST_DRAWN", 6_000)
    rare = RARE[case]
    text = text_of(rare.flow)
    assert text.count(rare.was) >= 1
    old, new = graph_of(rare.flow), load_flow(text.replace(rare.was, rare.becomes, 1))
    found = compare(old, new, declared_in(rare.people, "people.yaml", old, new, date(2026, 1, 1)))
    shares = [
        share
        for told, share, groups in _told(found)
        if rare.told in told and any(rare.rule in own.words and own.witness for own in groups)
    ]
    assert shares, [(told, share, [own.words for own in groups]) for told, share, groups in _told(found)]
    assert min(shares) < 0.005


def _told(found: Comparison) -> Iterator[tuple[str, float, Sequence[Group]]]:
    """What is told of everything that differs: of what, the part of the population at most, and the groups."""
    for shift in found.all_shifts:
        part = shift.part if shift.part is not None else shift.people_at_most
        yield shift.of, 1.0 if part is None else part, shift.groups
    for change in found.changes:
        own = change.touched
        if own is not None:
            estimated = own.estimate.share if own.estimate is not None else None
            known = [own.people, estimated, own.people_at_most]
            yield change.what, next((part for part in known if part is not None), 1.0), own.groups

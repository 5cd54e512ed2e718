"""Within which answers a sum changes: the limits of a group are proven, and somebody stands at each of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.load import load_flow
from engine.graph.view import View
from engine.harness.compare import compare
from engine.harness.compare_shifts import Group
from tests.engine.harness.test_solver import GivesUp

pytest.importorskip("z3")

MOST = 6
TEXT = """
wegwijzer: 1
flow: proef
language: nl
question: Wat krijgt u?
goal: krijgt
facts:
  a: {{type: integer, min: 0, max: {most}, ask: "Hoeveel a?", why: "Dat bepaalt wat u krijgt."}}
  b: {{type: integer, min: 0, max: {most}, ask: "Hoeveel b?", why: "Dat bepaalt wat u krijgt."}}
  dag: {{type: date, min: 2026-01-01, max: 2026-12-31, ask: "Wanneer?", why: "Dat bepaalt wat u krijgt."}}
  soort: {{type: choice, options: [hout, riet, steen], ask: "Wat is het?", why: "Dat bepaalt wat u krijgt."}}
  prijs: {{type: money, min: 0, max: 1000000, ask: "Wat kost het?", why: "Dat bepaalt wat u krijgt."}}
decisions:
  som: {{type: money, is: '{som}'}}
  krijgt: {{type: choice, options: [ja, nee], is: 'if {when} then "ja" else "nee"'}}
outcomes:
  ja: {{kind: answer, rank: 1, values: [som], text: "U krijgt geld."}}
  nee: {{kind: answer, rank: 0, text: "U krijgt niets."}}
"""


def groups(before: str, now: str, when: str = "a >= 0", most: int = MOST) -> dict[str, Group]:
    """Whose sum is lower, higher, gone or new."""
    old, new = (load_flow(TEXT.format(som=own, when=when, most=most)) for own in (before, now))
    return {shift.new: group for shift in compare(old, new).shifts for group in shift.groups}


@pytest.mark.parametrize(
    ("now", "limits"),
    [
        ("if a >= 40 and a <= 60 then 0 else a + prijs", ("a >= 40 and <= 60",)),
        ("if a = 77 then 0 else a + prijs", ("a = 77",)),
        ("if prijs > 29700 then a + prijs - 0.5 else a + prijs", ("prijs >= 29700.01",)),
        ('if dag < @"2026-02-01" then 0 else a + prijs', ("dag <= 2026-01-31",)),
        ('if soort = "riet" then 0 else a + prijs', ("soort riet",)),
        ('if soort != "riet" then 0 else a + prijs', ("soort hout or steen",)),
        ("a + prijs - 1", ()),
    ],
)
def test_the_group_of_a_sum_that_changed_is_told_with_its_limits(now: str, limits: tuple[str, ...]) -> None:
    """Numbers to the last unit, money to the cent, days to the day; options that remain."""
    assert groups("a + prijs", now, most=1000)["lower"].limits == limits


def test_what_holds_for_everybody_with_the_outcome_is_not_said_again() -> None:
    """Only those from a = 30 on get anything."""
    assert groups("a + b", "a + b - 1", when="a >= 30", most=100)["lower"].limits == ()


def test_an_approval_names_the_rule_without_the_limits() -> None:
    """How far a solver got is no part of what a team accepts."""
    group = groups("a + b", "if a = 3 then 0 else a + b")["lower"]
    assert (group.rule, group.words) == ("krijgt ja", "krijgt ja, a = 3")


SUMS = st.sampled_from(
    ["a + b", "a - b", "max(a, b)", "if a > 2 then b else a", "if b = 3 then 1 else a", "if a < b then 0 else a + 1"]
)


@settings(max_examples=15, deadline=None)
@given(SUMS, SUMS, st.sampled_from(["a >= 0", "a > b", "b >= 2"]))
def test_nobody_who_is_touched_stands_beyond_a_limit_and_somebody_stands_at_it(
    before: str, now: str, when: str
) -> None:
    """Against trying everybody."""
    for how, group in groups(before, now, when).items():
        touched = [own for own in _everybody(before, now, when) if _changed(how, own["before"], own["now"])]
        for said in group.limits:
            fact, ends = said.split(" ", 1)
            values = [own[fact] for own in touched]
            for end in ends.split(" and "):
                sign, value = end.split(" ")
                assert {">=": min(values), "<=": max(values), "=": max(values)}[sign] == int(value), said
                assert sign != "=" or min(values) == max(values)


def _everybody(before: str, now: str, when: str) -> Iterator[dict[str, Any]]:
    graphs = [load_flow(TEXT.format(som=own, when=when, most=MOST)) for own in (before, now)]
    for a, b in product(range(MOST + 1), repeat=2):
        views = [View(graph, {"a": Decimal(a), "b": Decimal(b)}) for graph in graphs]
        if views[0].value("krijgt") == "ja":
            yield {"a": a, "b": b, "before": views[0].value("som"), "now": views[1].value("som")}


def _changed(how: str, before: Any, now: Any) -> bool:
    return bool(now < before if how == "lower" else now > before)


def test_limits_do_not_hang_on_what_was_compared_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """What z3 gives up is tried once more where it met nothing: the limits of a group are the same."""
    edit = "if a >= 40 and a <= 60 then 0 else a + prijs"
    alone = groups("a + prijs", edit, most=100)
    GivesUp.in_the_main_context(monkeypatch)
    again = groups("a + prijs", edit, most=100)
    assert [group.limits for group in again.values()] == [group.limits for group in alone.values()]

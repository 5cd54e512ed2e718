"""Shares of a declared population where a sum, a date or a list decides: what counting everybody gives."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.load import load_flow
from engine.harness import compare_drawn, estimates
from engine.harness.compare import Comparison, compare
from engine.harness.compare_shifts import Shift
from engine.harness.declared import Declared
from engine.harness.estimates import wilson

FLOW = """
wegwijzer: 1
flow: klein
language: nl
question: Mag dit?
goal: mag
facts:
  a: {{type: integer, min: 0, max: 12, ask: "A?", why: "D."}}
  b: {{type: integer, min: 0, max: 9, ask: "B?", why: "D."}}
  werk: {{type: boolean, ask: "Werkt u?", why: "D."}}
decisions:
  som: {{type: integer, is: "a * {times} + b"}}
  mag: {{type: choice, options: [ja, nee], is: 'if som > {most} and werk then "ja" else "nee"'}}
outcomes:
  ja: {{kind: answer, rank: 1, text: Ja}}
  nee: {{kind: answer, rank: 0, text: Nee}}
"""
SPREAD = {"a": {"0..3": 70.0, "4..12": 30.0}, "werk": {"yes": 5.0, "no": 95.0}}


def by_shift(found: Comparison) -> dict[tuple[str, str], Shift]:
    """Each shift of the outcome by what it was and is."""
    return {(own.old, own.new): own for own in found.shifts}


def counted(old: tuple[int, int], new: tuple[int, int]) -> dict[tuple[str, str], float]:
    """The share of each shift, by going through everybody."""
    shares = dict[tuple[str, str], float]()
    for a, b, works in product(range(13), range(10), (True, False)):
        weight = (0.7 / 4 if a <= 3 else 0.3 / 9) / 10 * (0.05 if works else 0.95)
        ends = ["ja" if a * times + b > most and works else "nee" for times, most in (old, new)]
        if ends[0] != ends[1]:
            shares[ends[0], ends[1]] = shares.get((ends[0], ends[1]), 0.0) + weight
    return shares


RULE = st.tuples(st.integers(1, 3), st.integers(0, 30))


@given(RULE, RULE)
@settings(max_examples=25, deadline=None)
def test_few_answers_are_all_listed(old: tuple[int, int], new: tuple[int, int]) -> None:
    """The share of those whose outcome changes is exactly the share found by going through everybody."""
    first, then = (load_flow(FLOW.format(times=times, most=most)) for times, most in (old, new))
    found = by_shift(compare(first, then, Declared(1000, SPREAD)))
    shares = counted(old, new)
    assert set(found) >= set(shares)
    for pair, shift in found.items():
        assert shift.people == pytest.approx(shares.get(pair, 0.0))


@given(RULE, RULE)
@settings(max_examples=10, deadline=None)
def test_a_draw_comes_close_and_says_how_close(old: tuple[int, int], new: tuple[int, int]) -> None:
    """Where not all are listed the counted share lies within the interval, or hardly beyond it (one in twenty may)."""
    first, then = (load_flow(FLOW.format(times=times, most=most)) for times, most in (old, new))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(estimates, "MOST_LISTED", 0)
        found = by_shift(compare(first, then, Declared(1000, SPREAD)))
    shares = counted(old, new)
    for pair, shift in found.items():
        assert shift.people is None
        assert shift.estimate is not None
        assert abs(shift.estimate.share - shares.get(pair, 0.0)) <= 2.2 * shift.estimate.margin
        assert shift.estimate.high <= 0.06  # of those who work


LISTS = """
wegwijzer: 1
flow: gezin
language: nl
question: Mag dit?
goal: mag
facts:
  kinderen:
    type: list
    item: kind
    max: 3
    ask: Welke?
    why: D.
    of:
      jaren: {type: integer, min: 0, max: 20, ask: "Hoe oud?", why: "D."}
decisions:
  telt: {each: kinderen, type: boolean, is: jaren < 18}
  jong: {type: integer, is: "count(telt[item = true])"}
  mag: {type: choice, options: [ja, nee], is: 'if jong >= 3 then "ja" else "nee"'}
outcomes:
  ja: {kind: answer, rank: 1, text: Ja}
  nee: {kind: answer, rank: 0, text: Nee}
"""


def test_lists_are_drawn_with_their_items() -> None:
    """Three children under 18 of whom one is 17: a share that can be worked out by hand."""
    old, new = load_flow(LISTS), load_flow(LISTS.replace("jaren < 18", "jaren < 17"))
    declared = Declared(1000, {"kinderen": {"0": 60.0, "1..2": 36.0, "3": 4.0}})
    (shift,) = compare(old, new, declared).shifts
    exact = 0.04 * ((18 / 21) ** 3 - (17 / 21) ** 3)
    assert shift.estimate is not None
    assert shift.estimate.drawn >= 10_000
    assert abs(shift.estimate.share - exact) < shift.estimate.margin
    assert shift.estimate.margin < exact / 4
    assert shift.groups[0].witness["kinderen"] == "3"


DAYS = """
wegwijzer: 1
flow: verhuisd
language: nl
question: Mag dit?
goal: mag
facts:
  dag: {type: date, min: 2026-01-01, max: 2026-12-31, from: [clock:start]}
  sinds: {type: date, min: 2020-01-01, max: 2025-12-31, ask: "Sinds wanneer?", why: "D."}
  geld: {type: money, min: 0, max: 1000, ask: "Hoeveel?", why: "D."}
decisions:
  lang: {type: boolean, is: 'dag - sinds >= duration("P365D")'}
  mag: {type: choice, options: [ja, nee], is: 'if lang and geld < 500 then "ja" else "nee"'}
outcomes:
  ja: {kind: answer, rank: 1, text: Ja}
  nee: {kind: answer, rank: 0, text: Nee}
"""


def test_a_changed_rule_that_touches_few_is_met_often_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exactly a year ago: one day of six years, found by drawing the days first and everything else again."""
    monkeypatch.setattr(compare_drawn, "MOST_DRAWN", 80_000)
    old, new = load_flow(DAYS), load_flow(DAYS.replace(">= dur", "> dur"))
    (shift,) = compare(old, new, Declared(1000, {})).shifts
    since = {date(2020, 1, 1) + timedelta(days=own) for own in range(2192)}
    today = [date(2026, 1, 1) + timedelta(days=own) for own in range(365)]
    exact = sum(own - timedelta(days=365) in since for own in today) / 365 / 2192 * 50_000 / 100_001
    assert shift.estimate is not None
    assert abs(shift.estimate.share - exact) < 1.5 * shift.estimate.margin
    assert shift.estimate.margin < exact
    assert shift.groups[0].witness["dag"]


def test_checks_leave_out_whom_they_refuse() -> None:
    """Shares are of those whose answers the flow takes."""
    text = FLOW.format(times=1, most=9) + 'checks:\n  - {must: a <= 3, say: "Dat kan niet."}\n'
    other = FLOW.format(times=1, most=10) + 'checks:\n  - {must: a <= 3, say: "Dat kan niet."}\n'
    (shift,) = compare(load_flow(text), load_flow(other), Declared(1000, {"werk": {"yes": 1.0, "no": 0.0}})).shifts
    exact = sum(a + b == 10 for a, b in product(range(4), range(10))) / 40
    assert shift.estimate is not None
    assert abs(shift.estimate.share - exact) < shift.estimate.margin


def test_nobody_among_many_is_still_a_bound() -> None:
    """Of what was never drawn it says how rare it must be."""
    own = wilson(0, 100_000, 0.5, 100_000)
    assert (own.share, own.low) == (0.0, 0.0)
    assert own.high == pytest.approx(0.5 * 3.84 / 100_000, rel=0.01)


def test_the_same_citizens_are_drawn_every_time() -> None:
    """Two runs say the same."""
    old, new = load_flow(LISTS), load_flow(LISTS.replace("jaren < 18", "jaren < 17"))
    first, then = (compare(old, new, Declared(1000, {})).shifts for _ in range(2))
    assert [own.estimate for own in first] == [own.estimate for own in then]


def test_a_decision_about_items_that_is_read_of_each_item_counts() -> None:
    """A sum over `kinderen.telt` is another sum where `telt` is another decision."""
    text = LISTS.replace("type: boolean, is: jaren", "type: integer, is: if jaren").replace(
        "< 18}", "< 18 then 1 else 0}"
    )
    text = text.replace('"count(telt[item = true])"', '"sum(kinderen.telt)"')
    (shift,) = compare(load_flow(text), load_flow(text.replace("< 18", "< 17"))).shifts
    assert (shift.old, shift.new) == ("ja", "nee")

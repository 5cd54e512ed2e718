"""What sums and days do to citizens in two versions: z3 finds one for whom it differs, or proves that nobody is."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.load import load_flow
from engine.graph.view import View
from engine.harness.compare import NO_QUESTIONS, Comparison, compare

pytest.importorskip("z3")

TEXT = """
wegwijzer: 1
flow: proef
language: nl
question: Mag dit?
goal: mag
facts:
  a: {{type: integer, min: 0, max: {most}, ask: "Hoeveel a?", why: "Dat bepaalt of het mag."}}
  b: {{type: integer, min: 0, max: {most}, ask: "Hoeveel b?", why: "Dat bepaalt of het mag."}}
  k:
    type: list
    item: kind
    max: 9
    ask: Welke kinderen?
    why: Dat bepaalt of het mag.
    of: {{oud: {{type: integer, min: 0, max: 17, ask: "Hoe oud?", why: "Daarom."}}}}
decisions:
  som: {{type: {type}, is: '{som}'}}
  mag: {{type: choice, options: [ja, nee], is: 'if {when} then "ja" else "nee"'}}
outcomes:
  ja: {{kind: answer, rank: 1, values: [som], text: "Het mag."}}
  nee: {{kind: answer, rank: 0, text: "Het mag niet."}}
"""


def found(old: dict[str, str], new: dict[str, str], most: int = 100_000) -> Comparison:
    """Two flows that differ in these places."""
    plain = {"som": "a + b", "when": "a >= 0", "type": "integer", "most": str(most)}
    return compare(load_flow(TEXT.format(**{**plain, **old})), load_flow(TEXT.format(**{**plain, **new})))


def told(own: Comparison) -> set[tuple[str, str, str]]:
    """What changes, from what, to what."""
    return {(shift.of, shift.old, shift.new) for shift in own.shifts}


def test_an_amount_that_is_lower_for_one_pair_of_answers_is_named_with_a_citizen() -> None:
    """One citizen among ten thousand million."""
    own = found({}, {"som": "if a * 3 + b = 290123 and a = 77777 then 0 else a + b"})
    assert told(own) == {("som", "as it was", "lower")}
    [group] = own.shifts[0].groups
    assert (group.rule, group.got) == ("mag ja", ("134569", "0"))
    assert {"a": group.witness["a"], "b": group.witness["b"]} == {"a": "77777", "b": "56792"}
    assert own.not_compared == ()


def test_the_same_sum_in_other_words_is_no_difference() -> None:
    """Proven, so that nothing is left uncompared."""
    own = found({}, {"som": "b + a + 1 - 1"})
    assert (own.keys(), own.not_compared) == ((), ())


def test_an_outcome_that_hangs_on_a_sum_is_named_where_trying_finds_nobody() -> None:
    """The goal itself, through a sum that holds for few."""
    own = found({}, {"when": "a * 7 + b * 11 != 54321"})
    assert told(own) == {("mag", "ja", "nee")}
    citizen = own.shifts[0].groups[0].witness
    assert int(citizen["a"]) * 7 + int(citizen["b"]) * 11 == 54321
    assert own.not_compared == (NO_QUESTIONS,)


def test_a_condition_in_other_words_moves_nobody() -> None:
    """What diagrams take for two different sums."""
    own = found({"when": "a + b > 10"}, {"when": "b > 10 - a"})
    assert (own.keys(), own.not_compared) == ((), (NO_QUESTIONS,))


def test_a_value_that_is_none_now_is_named() -> None:
    """And one that was none before, on the other side."""
    lost = found({}, {"som": "if a = 31 then null else a + b"})
    won = found({"som": "if a = 31 then null else a + b"}, {})
    assert told(lost) == {("som", "as it was", "none")}
    assert told(won) == {("som", "none", "something")}


def test_lists_are_compared_up_to_two_items_and_it_says_so() -> None:
    """A difference with two children is found; that nobody else differs is not claimed."""
    own = found({"som": "sum(for x in k return x.oud)"}, {"som": "sum(for x in k return min(x.oud, 16))"})
    assert told(own) == {("som", "as it was", "lower")}
    assert any("more than two items" in why for why in own.not_compared)


def test_flows_that_ask_otherwise_are_not_compared_by_guess() -> None:
    """Where the same name takes other answers nothing is claimed."""
    text = TEXT.format(som="a + b", when="a >= 0", type="integer", most="9")
    fewer = text.replace("max: 9\n    ask: Welke", "max: 1\n    ask: Welke")
    old, new = (own.replace("is: 'a + b'", "is: 'a + count(k)'") for own in (text, fewer))
    own = compare(load_flow(old), load_flow(new.replace("count(k)'", "count(k) + 1'")))
    assert not own.shifts
    assert any("other items" in why for why in own.not_compared)


SUMS = st.sampled_from(
    ["a + b", "a - b", "b - a", "a * b", "a * a", "max(a, b)", "if a > 2 then b else a", "if b = 3 then null else a"]
)


@settings(max_examples=25, deadline=None)
@given(SUMS, SUMS)
def test_ways_in_which_a_value_changes_agree_with_trying_everybody(first: str, then: str) -> None:
    """Lower, higher, gone and new are told exactly when some citizen shows it."""
    old, new = (load_flow(TEXT.format(som=own, when="a >= 0", type="integer", most="4")) for own in (first, then))
    ways = set()
    for a, b in product(range(5), repeat=2):
        known = {"a": Decimal(a), "b": Decimal(b)}
        before: Any = View(old, known).value("som")
        now: Any = View(new, known).value("som")
        if before is not None and now is not None and before != now:
            ways.add(("som", "as it was", "lower" if now < before else "higher"))
        elif before is None and now is not None:
            ways.add(("som", "none", "something"))
        elif before is not None and now is None:
            ways.add(("som", "as it was", "none"))
    own = compare(old, new)
    assert told(own) == ways
    assert own.not_compared == ()


def test_limits_with_longer_lists_than_were_looked_at_say_so() -> None:
    """What holds for all with up to two items is not said of those with more, where the items themselves count."""
    own = found({"som": "a + min(k.oud)"}, {"som": "a + min(k.oud) + (if a >= 4 then 1 else 0)"})
    groups = [group for shift in own.shifts for group in shift.groups]
    assert groups
    assert all(group.limits == ("a >= 4", "count(k) >= 1", "lists up to 2 items") for group in groups)
    assert any("more than two items" in why for why in own.not_compared)


def test_limits_that_hold_whatever_the_list_comes_to_hold_for_every_list() -> None:
    """A count that is the same in both versions: proven of every number of items, and so is that nobody loses."""
    own = found({"som": "a + count(k)"}, {"som": "a + count(k) + (if a >= 4 then 1 else 0)"})
    assert told(own) == {("som", "as it was", "higher")}
    groups = [group for shift in own.shifts for group in shift.groups]
    assert groups
    assert all(group.limits == ("a >= 4",) for group in groups)
    assert own.not_compared == ()

"""Lists and ages that come to anything at all: nobody then is nobody for every list; somebody then proves nothing."""

from __future__ import annotations

import pytest
import z3

from engine.feel.cells import Kind
from engine.graph.load import load_flow
from engine.harness.claims import is_value
from engine.harness.compare_solver import PairSolver
from engine.harness.shared_axes import Sides
from engine.harness.solver import Solver
from engine.harness.symbolic import symbols_of
from engine.harness.symbols_expr import symbol
from engine.harness.symbols_loose import Loose

FLOW = """
wegwijzer: 1
flow: proef
language: nl
question: Krijg ik geld?
goal: recht
facts:
  inkomen: {type: money, min: 0, max: 5000, ask: "Wat verdient u?", why: "Daarvan hangt het af."}
  geboren: {type: date, ask: "Wanneer bent u geboren?", why: "Daarom."}
  vandaag: {type: date, from: [clock:start]}
  kinderen:
    type: list
    item: kind
    max: 10
    ask: Hebt u kinderen?
    why: Daarvan hangt het af.
    of:
      oud: {type: integer, min: 0, max: 30, ask: "Hoe oud is {item}?", why: "Daarvan hangt het af."}
decisions:
  gezin: {type: boolean, is: "some k in kinderen satisfies k.oud < LIMIT"}
  veel: {type: boolean, is: "count(kinderen[oud < 18]) >= 3"}
  leeftijd: {type: integer, is: "years(geboren, vandaag)"}
  kosten: {type: number, is: "sum(kinderen.oud)"}
  grens: {type: money, is: "if gezin or veel then HIGH else 1000"}
  recht:
    type: choice
    options: [wel, niet]
    hit: first
    table: |
      | leeftijd | inkomen  || recht |
      | < 18     | -        || niet  |
      | -        | > grens  || niet  |
      | -        | -        || wel   |
outcomes:
  wel: {kind: answer, rank: 1, text: "U krijgt geld."}
  niet: {kind: answer, rank: 0, text: "U krijgt niets."}
"""


def flow(limit: str = "18", high: str = "2000") -> str:
    return FLOW.replace("LIMIT", limit).replace("HIGH", high)


OLD = load_flow(flow())


def pair(new: str) -> PairSolver:
    return PairSolver(Sides(OLD, load_flow(new)))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("gezin", Kind.BOOLEAN), ("veel", Kind.BOOLEAN), ("leeftijd", Kind.NUMBER), ("kosten", Kind.NUMBER)],
)
def test_a_decision_about_a_list_or_an_age_reads_none_of_it(name: str, kind: Kind) -> None:
    """It is one unknown of the right kind, without an item or a day."""
    own = symbols_of(z3, OLD, means=Loose(symbol, lambda expr: True))
    assert own.ruling(name).kind is kind
    assert (own.raw, own.lengths) == ({}, {})


def test_what_does_not_mean_the_same_in_both_is_read_as_it_is() -> None:
    """Else two versions of it could not be told apart."""
    own = symbols_of(z3, OLD, means=Loose(symbol, lambda expr: False))
    own.ruling("gezin")
    assert "kinderen[1].oud" in own.raw


def test_nobody_is_proven_for_lists_of_any_length() -> None:
    """A limit that only goes up takes nothing from anybody, with however many children."""
    asked = pair(flow(high="2001"))
    assert asked.goes(("recht", "recht"), ("wel", "niet"), {}).lists is False
    assert asked.goes(("recht", "recht"), ("wel", "niet"), {}).citizen is None


def test_somebody_is_shown_by_the_flows_as_they_are() -> None:
    """Whoever could be, if a list came to anything, is looked for with items and days."""
    found = pair(flow(high="2001")).goes(("recht", "recht"), ("niet", "wel"), {}).citizen
    assert found is not None
    assert found["inkomen"] > 2000
    assert found["kinderen"] >= 1


def test_a_list_that_is_read_otherwise_is_looked_at_item_by_item() -> None:
    """And then it is said that longer ones were not looked at."""
    changed = pair(flow(limit="17"))
    found = changed.goes(("gezin", "gezin"), (True, False), {}).citizen
    assert found is not None
    assert found["kinderen[0].oud"] == 17
    gains = changed.goes(("gezin", "gezin"), (False, True), {})
    assert (gains.citizen, gains.lists) == (None, True)


def test_what_is_impossible_whatever_lists_come_to_is_impossible() -> None:
    """The two ways agree on every claim that the loose one settles."""
    loose = Solver(OLD, means=Loose(symbol, lambda expr: True))
    plain = Solver(OLD)
    for name, value in (("recht", "wel"), ("recht", "niet"), ("recht", "anders"), ("gezin", True)):
        claim = is_value(name, value)
        if loose.nobody(claim) is not None:
            assert plain.ask(claim).citizen is None
    assert loose.nobody(is_value("recht", "anders")) is not None

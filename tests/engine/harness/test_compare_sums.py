"""Sums, ages and lists in two versions: what the solver is spared, and what is told of a decision that nobody sees."""

from __future__ import annotations

import pytest

from engine.graph.load import load_flow
from engine.harness import compare_solver, solver
from engine.harness.compare import Comparison, compare
from engine.harness.solver import Claim, Solver

FLOW = """
wegwijzer: 1
flow: delen
language: nl
question: Krijg ik geld?
goal: recht
facts:
  voor_wie: {type: choice, options: {mij: "Mij", kind: "Mijn kind"}, ask: "Voor wie is het?", why: "Daarom."}
  kind_geboren: {type: date, WHENask: "Wanneer is uw kind geboren?", why: "Daarom."}
  geboren: {type: date, ask: "Wanneer bent u geboren?", why: "Daarom."}
  vandaag: {type: date, from: [clock:start]}
  samen: {type: boolean, ask: "Woont u samen?", why: "Daarom."}
  huisgenoten: {type: integer, min: 0, max: 8, ask: "Hoeveel huisgenoten hebt u?", why: "Daarom."}
  inkomen: {type: money, min: 0, max: 100000, ask: "Wat is uw inkomen?", why: "Daarom."}
  kinderen:
    type: list
    item: kind
    max: 12
    ask: Welke kinderen wonen bij u?
    why: Daarom.
    of:
      oud: {type: integer, min: 0, max: 30, ask: "Hoe oud is {item}?", why: "Daarvan hangt het af."}
decisions:
  leeftijd: {type: integer, is: 'years(if voor_wie = "kind" then kind_geboren else geboren, vandaag)'}
  delers: {type: integer, is: if samen then 2 + huisgenoten else 1 + huisgenoten}
  gezin: {type: boolean, is: "some k in kinderen satisfies k.oud < 18"}
  norm: {type: money, round: ROUND, is: "(if gezin then 2000 else 1000) * (0.4 + FACTOR * delers) / delers"}
  aanvulling: {type: money, round: half_up 0.01, is: "max(0, norm - inkomen)"}
  recht:
    type: choice
    options: [wel, niet]
    hit: first
    table: |
      | leeftijd | inkomen || recht |
      | < 18     | -       || niet  |
      | -        | >= norm || niet  |
      | -        | -       || wel   |
outcomes:
  wel: {kind: answer, rank: 1, values: [aanvulling, norm], text: "U krijgt {aanvulling}, tot {norm}."}
  niet: {kind: answer, rank: 0, text: "U krijgt niets."}
"""
WHEN = "when: 'voor_wie = \"kind\"', otherwise: none, "


def flow(factor: str = "0.3", rounding: str = "half_up 0.01", when: str = WHEN, more: str = "") -> str:
    filled = FLOW.replace("FACTOR", factor).replace("ROUND", rounding).replace("WHEN", when)
    return filled.replace("outcomes:\n", more + "outcomes:\n", 1)


def found(new: str, old: str = flow()) -> Comparison:
    return compare(load_flow(old), load_flow(new))


def told(own: Comparison) -> set[tuple[str, str, str]]:
    return {(shift.of, shift.old, shift.new) for shift in own.shifts}


LOWER = {("recht", "wel", "niet"), ("aanvulling", "as it was", "lower"), ("norm", "as it was", "lower")}


@pytest.mark.parametrize("change", [{"factor": "0.29"}, {"rounding": "down 1"}, {"factor": "0"}])
def test_a_norm_that_is_shared_is_compared_to_the_end(change: dict[str, str]) -> None:
    """Another factor, a rounding down, an addend gone: who loses is told, and that nobody gains is proven."""
    own = found(flow(**change))
    assert told(own) == LOWER
    assert all(group.witness for shift in own.shifts for group in shift.groups)
    assert not [why for why in own.not_compared if "questions" not in why]


def test_nobody_is_drawn_for_what_is_ruled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be for anybody, whatever lists and ages come to, costs no question that looks for somebody."""
    asked: list[Claim] = []
    plain = Solver.ask

    def counted(self: Solver, claim: Claim) -> solver.Answer:
        asked.append(claim)
        return plain(self, claim)

    monkeypatch.setattr(Solver, "ask", counted)
    assert found(flow(when="")).shifts == ()
    assert asked == []


def test_a_day_that_is_chosen_alike_is_the_same_day() -> None:
    """The condition of a question is gone, the rule asks it itself: nobody is older or younger."""
    own = found(flow(when=""))
    assert told(own) == set()
    assert not [why for why in own.not_compared if "questions" not in why]


def test_effort_that_is_used_up_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no question left, what stays open is named and nothing is claimed."""
    monkeypatch.setattr(compare_solver, "MOST_ASKED", 0)
    monkeypatch.setattr(compare_solver, "MOST_RULED_OUT", 0)
    own = found(flow(when=""))
    assert told(own) == set()
    assert any("often enough" in why for why in own.not_compared)


def test_without_the_solver_whoever_was_drawn_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The groups stand without proven limits, and what only z3 can tell is named."""
    for module in (solver, compare_solver):
        monkeypatch.setattr(module, "available", lambda: False)
    own = found(flow(factor="0.2"))
    assert told(own) >= {("aanvulling", "as it was", "lower"), ("norm", "as it was", "lower")}
    assert not [limit for shift in own.shifts for group in shift.groups for limit in group.limits]
    assert any("verify" in why for why in own.not_compared)


STEERING = """\
  maanden: {type: integer, is: "12 * leeftijd + MORE"}
"""
READ = """niet: {kind: answer, rank: 0, text: ["U krijgt niets.", {when: maanden > 400, text: "Bel ons."}]}\n"""


def steered(more: str) -> str:
    plain = flow(more=STEERING.replace("MORE", more))
    return plain.replace('niet: {kind: answer, rank: 0, text: "U krijgt niets."}\n', READ)


def test_a_sum_that_only_steers_is_told() -> None:
    """By which paragraph somebody reads: that it is higher now, with a citizen and what it was and is."""
    own = found(steered("1"), steered("0"))
    shifts = [shift for shift in own.shifts if shift.of == "maanden"]
    assert [(shift.old, shift.new, shift.effect) for shift in shifts] == [("as it was", "higher", "changes")]
    (group,) = shifts[0].groups
    assert group.rule == "whoever it concerns"
    assert group.got is not None
    assert int(group.got[1]) == int(group.got[0]) + 1
    assert not [why for why in own.not_compared if "questions" not in why]


def test_a_sum_that_only_steers_and_is_the_same_is_no_difference() -> None:
    """However it is written."""
    own = found(steered("1 - 1"), steered("0"))
    assert own.shifts == ()

"""Faults that somebody else put into flows of other municipalities: each is named, what is right beside it passes."""

from __future__ import annotations

import pytest

import engine.harness.inquiry
from engine.flow.parse import parse_flow
from engine.graph.compile import compile_flow
from engine.graph.load import load_flow
from engine.harness.compare import Comparison, compare
from engine.harness.prove import Proof, prove
from engine.lint.rules import cents
from engine.lint.subject import Subject

BUS = """
wegwijzer: 1
flow: leerlingenvervoer
language: nl
question: Kan mijn kind met een busje naar school?
goal: vervoer
facts:
  kinderen:
    type: list
    item: kind
    ask: Voor welke kinderen?
    why: Elk kind kan een andere school hebben.
    of:
      afstand: {type: number, min: 0, max: 100, ask: "Hoe ver woont {item} van school?", why: "Dichtbij fietst het."}
      ziek: {type: boolean, ask: "Heeft {item} een beperking?", why: "Dan telt de afstand niet."}
decisions:
  mag:
    each: kinderen
    type: boolean
    hit: first
    table: |
      | ziek | afstand || mag |
      | yes  | -       || yes |
      | -    | FAR     || no  |
      | -    | -       || LAST |
  aantal: {type: integer, is: "count(mag[item = true])"}
  vervoer: {type: choice, options: [wel, niet], is: 'if aantal > 0 then "wel" else "niet"'}
outcomes:
  wel: {kind: answer, values: [aantal], text: "Er mogen {aantal} kinderen mee."}
  niet: {kind: answer, NEEDStext: "Wij regelen geen vervoer."}
"""


def bus(far: str, last: str = "yes", needs: str = "") -> Proof:
    """The proof of the flow about the school bus."""
    return prove(load_flow(BUS.replace("FAR", far).replace("LAST", last).replace("NEEDS", needs)))


def codes(proof: Proof) -> set[str]:
    """The codes of what was found."""
    return {own.problem.code for own in proof.findings}


def test_a_question_about_an_item_that_no_cell_asks_about_is_useless():
    """The column has `-` in every row, so the distance to school is asked of every child for nothing."""
    proof = bus("-", "no")
    found = [own.problem for own in proof.findings if own.problem.code == "P-USELESS"]
    assert [own.message.count("kinderen.afstand") for own in found] == [1]
    assert BUS.splitlines()[found[0].where.line - 1].strip().startswith("afstand:")


@pytest.mark.parametrize(("far", "needs"), [("< 6", ""), ("-", "needs: [kinderen], ")])
def test_a_question_about_an_item_matters_by_a_cell_or_because_the_list_is_needed(far: str, needs: str):
    """One cell that looks at the distance is enough, and so is somebody who needs the whole list."""
    assert "P-USELESS" not in codes(bus(far, needs=needs))


TWICE = """
wegwijzer: 1
flow: standplaats
language: nl
question: Mag ik hier staan?
goal: mag
facts:
  dagen: {type: integer, min: 1, max: 7, ask: "Hoeveel dagen wilt u staan?", why: "Wie vaak staat, betaalt meer."}
  vaak: {type: integer, min: 1, max: 7, ask: "Hoeveel dagen wilt u staan?", why: "Dat bepaalt het bedrag."}
decisions:
  mag: {type: choice, options: [ja, nee], is: 'if dagen > 3 and vaak > 2 then "nee" else "ja"'}
outcomes:
  ja: {kind: answer, text: "Het mag."}
  nee: {kind: answer, text: "Het mag niet."}
"""


def test_a_question_asked_twice_is_pointed_at():
    """The finding stands on the line of the second question."""
    (found,) = [own.problem for own in prove(load_flow(TWICE)).findings if own.problem.code == "P-ASKED-TWICE"]
    assert TWICE.splitlines()[found.where.line - 1].strip().startswith("vaak:")


CARD = """
wegwijzer: 1
flow: parkeerkaart
language: nl
question: Krijg ik een kaart?
goal: kaart
facts:
  hulp: {type: boolean, ask: "Hebt u hulp nodig?", why: "Dan krijgt u de kaart."}
  arts: {type: boolean, from: [worker], skill: s, ask: "Bevestigt de arts het?", why: "Een arts beoordeelt dit."}
decisions:
  kaart: {type: choice, options: [ja, nee], is: 'if hulp and arts then "ja" else "nee"'}
outcomes:
  ja: {kind: grant, text: "U krijgt de kaart."}
  nee: {kind: refusal, text: "U krijgt hem niet.", remedy: {kind: bezwaar, within: P6W}}
process:
  from: standard@1
  steps: |
    | from    | event   | by     | if                     | to      | do              |
    | judging | propose | worker | outcome.kind = "grant" | decided | publish outcome |
    | judging | propose | worker | SECOND                 | decided | publish outcome |
    | judging | propose | worker | else                   | decided | publish outcome |
"""


@pytest.mark.parametrize(
    ("second", "never"),
    [('outcome.kind = "grant" and hulp', True), ('outcome.kind = "refusal" and hulp', False), ("hulp", False)],
)
def test_a_row_below_one_that_takes_all_of_its_outcomes_is_never_taken(second: str, never: bool):
    """While the outcome is open no guard on it holds, so the row above has taken every grant."""
    assert ("P-STEP" in codes(prove(load_flow(CARD.replace("SECOND", second))))) is never


FEES = """
wegwijzer: 1
flow: leges
language: nl
question: Wat kost het?
goal: soort
facts:
  start: {type: date, from: [clock:start]}
  loon: {type: money, min: 0, ask: "Wat verdient u?", why: "Daar gaat iets van af."}
  uren: {type: number, min: 0, ask: "Hoeveel uur werkt u?", why: "Daar hangt het van af."}
  dagen: {type: integer, min: 0, ask: "Hoeveel dagen?", why: "Daar hangt het van af."}
parameters:
  tarief:
    by: from
    table: |
      | from       || heel | precies |
      | 2026-01-01 || 12.5 | 12.125  |
functions:
  per_dag: {given: {d: integer}, type: number, is: d * 0.5}
decisions:
  bedrag: {type: money, EXPRESSION}
  soort: {type: choice, options: [ja], is: '"ja"'}
outcomes: {ja: {kind: answer, values: [bedrag], text: "U betaalt {bedrag}."}}
"""


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("is: loon * 0.02", True),
        ("round: half_up 0.01, is: loon * 0.02", False),
        ("is: dagen * 52.25", False),
        ("is: dagen * 52.255", True),
        ("is: loon / 12", True),
        ("is: floor(loon / 12)", False),
        ("is: 'decimal(loon / 12, 2)'", False),
        ("is: uren * 3", True),
        ("is: floor(uren) * 3", False),
        ("is: dagen * tarief(start).heel", False),
        ("is: dagen * tarief(start).precies", True),
        ("is: per_dag(dagen) * 2", False),
        ("is: per_dag(dagen) * 0.25", True),
        ("is: 'max(0, loon - 100)'", False),
        ("is: 'if dagen > 2 then loon else -loon / 3'", True),
    ],
)
def test_an_amount_that_can_have_parts_of_a_cent_says_how_it_is_rounded(expression: str, found: bool):
    """Digits are counted through sums, products, functions and tables; what stays within cents is let be."""
    parsed = parse_flow(FEES.replace("EXPRESSION", expression))
    named = [own.message.en for own in cents.RULE.check(Subject(compile_flow(parsed), parsed.positions))]
    assert bool(named) is found
    assert all("`bedrag`" in own for own in named)


def test_a_flow_that_is_too_large_is_not_proven_and_says_so(monkeypatch: pytest.MonkeyPatch):
    """With hardly any effort left for diagrams and solver, the proof ends, and names what it left open, once."""
    monkeypatch.setattr(engine.harness.inquiry, "WORK", 1)
    monkeypatch.setattr("engine.harness.solver.ALL_EFFORT", 0)
    monkeypatch.setattr("engine.harness.witness.MOST_CONDITIONS", 0)
    proof = bus("< 6")
    assert proof.not_proven
    assert not proof.is_clean
    assert len([own for own in proof.not_proven if "all effort for one flow" in own]) == 1
    assert not [own for own in proof.findings if own.problem.code in ("P-OUTCOME", "P-ROW-IMPOSSIBLE")]


def compared(old: str, new: str) -> Comparison:
    """What differs between two versions."""
    return compare(load_flow(old), load_flow(new))


def test_who_is_hurt_by_a_third_item_is_shown():
    """One place less for whoever has three children or more: beyond the two that the solver unfolds, and named."""
    old = BUS.replace("FAR", "< 6").replace("LAST", "yes").replace("NEEDS", "")
    new = old.replace(
        'is: "count(mag[item = true])"', "is: 'count(mag[item = true]) - (if count(kinderen) > 2 then 1 else 0)'"
    )
    shown = [
        own for shift in compared(old, new).shifts if (shift.old, shift.new) == ("wel", "niet") for own in shift.groups
    ]
    assert shown
    assert all(int(own.witness["kinderen"]) >= 3 for own in shown)
    assert "(aantal, old) > 0" in shown[0].rule
    assert not compared(old, old).shifts


STEERED = """
wegwijzer: 1
flow: standplaats
language: nl
question: Mag ik hier staan?
goal: mag
facts:
  plein: {type: boolean, ask: "Staat u op het plein?", why: "Daar geldt een andere regel."}
  eten: {type: boolean, ask: "Verkoopt u eten?", why: "Daarvoor gelden andere regels."}
decisions:
  let_op: {type: boolean, is: RULE}
  mag: {type: choice, options: [ja, nee], is: 'if plein then "nee" else "ja"'}
outcomes:
  ja: {kind: answer, if_known: [], text: ["Het mag.", {when: let_op, text: "Denk aan de koeling."}]}
  nee: {kind: answer, text: "Het mag niet."}
"""


def test_a_decision_by_which_only_a_paragraph_comes_is_compared():
    """Some read another text with the same outcome: they are named. Other words for the same rule are not."""
    rule = "eten and not(plein)"
    changed = compared(STEERED.replace("RULE", rule), STEERED.replace("RULE", "eten"))
    assert [(own.of, own.old, own.new, own.groups[0].rule) for own in changed.shifts] == [
        ("let_op", "no", "yes", "plein yes, eten yes")
    ]
    same = compared(STEERED.replace("RULE", rule), STEERED.replace("RULE", "not(plein or not(eten))"))
    assert not same.keys()
    assert not same.not_compared


AGE = """
wegwijzer: 1
flow: rijbewijs
language: nl
question: Kan het al?
goal: kan
facts:
  vandaag: {type: date, from: [clock:start]}
  geboren: {type: date, ask: "Wanneer bent u geboren?", why: "U moet 18 zijn."}
decisions:
  kan:
    type: choice
    options: [ja, nee]
    table: |
      | years(geboren, vandaag) || kan |
ROWS
outcomes:
  ja: {kind: answer, text: "Het kan."}
  nee: {kind: answer, text: "Het kan nog niet."}
"""


def test_rows_in_another_order_leave_nothing_uncompared():
    """Where everybody gets the same outcome from the same facts, as many questions are expected too."""
    rows = ["      | >= 18 || ja |", "      | < 18 || nee |"]
    found = compared(AGE.replace("ROWS", "\n".join(rows)), AGE.replace("ROWS", "\n".join(reversed(rows))))
    assert not found.keys()
    assert not found.not_compared

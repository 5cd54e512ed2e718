"""What `prove` finds: each check has a flow that fails it, with a citizen who shows it, and one that passes."""

from __future__ import annotations

from typing import Any

import pytest

from engine.graph.load import load_flow
from engine.harness.prove import Proof, prove

HEAD = """
wegwijzer: 1
flow: proef
language: nl
question: Mag dit?
goal: mag
"""
FACTS = """
facts:
  volwassen: {type: boolean, ask: "Bent u 18?", why: "Dat bepaalt of het mag."}
  leeftijd: {type: integer, min: 0, max: 120, ask: "Hoe oud bent u?", why: "Dat bepaalt of het mag."}
  soort: {type: choice, options: {a: "A", b: "B"}, ask: "Welke soort?", why: "Daarvan hangt het af."}
"""
OUTCOMES = """
outcomes:
  ja: {kind: answer, rank: 1, text: "Het mag."}
  nee: {kind: answer, rank: 0, text: "Het mag niet."}
"""


CHILDREN = """
  kinderen:
    type: list
    item: kind
    ask: Hebt u kinderen?
    why: Daarvan hangt het af.
    of:
      oud: {type: integer, ask: "Hoe oud is {item}?", why: "Daarvan hangt het af."}
"""
PER_CHILD = """
  per_kind:
    each: kinderen
    type: integer
    hit: first
    table: |
      | oud || per_kind |
      | > 4 || 1        |
      | -   || 0        |
"""


def proven(table: str, hit: str = "first", more: str = "", facts: str = FACTS) -> Proof:
    rows = "\n".join(f"      {line.strip()}" for line in table.strip().splitlines())
    decisions = (
        f"\ndecisions:\n  mag:\n    type: choice\n    options: [ja, nee]\n    hit: {hit}\n    table: |\n{rows}\n"
    )
    return prove(load_flow(HEAD + facts + decisions + more + OUTCOMES))


def codes(proof: Proof) -> set[str]:
    return {finding.problem.code for finding in proof.findings}


def witness(proof: Proof, code: str) -> Any:
    return next(finding.witness for finding in proof.findings if finding.problem.code == code)


GOOD = """
| volwassen | leeftijd | soort || mag |
| yes       | >= 21    | a     || ja  |
| -         | -        | -     || nee |
"""


def test_a_sound_flow_is_proven():
    """Nothing wrong and nothing left unproven, over every partial answer set at once."""
    proof = proven(GOOD)
    assert proof.is_clean
    assert proof.situations == 3 * 4 * 3


def test_a_citizen_without_an_outcome():
    """A table without a last row leaves citizens without an outcome, and one of them is shown."""
    proof = proven("| volwassen | leeftijd | soort || mag |\n| yes | >= 21 | a || ja |\n| no | - | - || nee |")
    found = witness(proof, "P-NO-OUTCOME")
    assert found["volwassen"] == "yes"
    assert int(found.get("leeftijd", 0)) < 21 or found["soort"] == "b"


PRICED = """
wegwijzer: 1
flow: proef
language: nl
question: Wat kost het?
goal: doel
facts:
  soort: {type: choice, options: [groot, klein, kapot], ask: "Welke soort?", why: "Daarvan hangt het af."}
parameters:
  tarief:
    by: equal
    table: |
      | soort || prijs |
      | groot || 80    |
%s
decisions:
  prijs: {type: money, is: tarief(soort).prijs}
  doel: {type: choice, options: [ja, nee], is: 'if soort = "kapot" then "nee" else "ja"'}
outcomes:
  ja: {kind: answer, %s: [prijs], text: "Het mag."}
  nee: {kind: answer, text: "Het mag niet."}
"""


@pytest.mark.parametrize(
    ("row", "shown", "found"),
    [
        ("", "values", [{"soort": "klein"}]),
        ("      | klein || 60    |", "values", []),
        ("", "if_known", []),
    ],
)
def test_a_value_that_some_citizens_do_not_have(row: str, shown: str, found: list[dict[str, str]]):
    """A row that is missing from a table of amounts is found by who gets that outcome; who gets another needs none."""
    proof = prove(load_flow(PRICED % (row, shown)))
    own = [finding.witness for finding in proof.findings if finding.problem.code == "P-NO-VALUE"]
    assert [{"soort": witness["soort"]} for witness in own if witness] == found


def test_an_outcome_nobody_gets():
    """An outcome without a row is named."""
    proof = proven("| volwassen | leeftijd | soort || mag |\n| yes | > 3 | a || ja |\n| - | - | - || ja |")
    assert "P-OUTCOME" in codes(proof)


def test_a_row_that_is_overtaken():
    """A row below one that takes everything it matches can never decide."""
    proof = proven(
        "| volwassen | leeftijd | soort || mag |\n| yes | - | - || ja |\n"
        "| yes | > 65 | a || nee |\n| - | - | - || nee |"
    )
    assert "P-ROW-OVERTAKEN" in codes(proof)
    assert [finding.problem.where.line for finding in proof.findings if finding.problem.code == "P-ROW-OVERTAKEN"] == [
        21
    ]


def test_a_row_that_contradicts_itself():
    """Two columns over the same fact can make a row impossible."""
    proof = proven(
        "| leeftijd | leeftijd < 10 | volwassen | soort || mag |\n| > 20 | yes | - | - || ja |\n"
        "| - | - | yes | a || ja |\n| - | - | - | - || nee |"
    )
    assert "P-ROW-IMPOSSIBLE" in codes(proof)


def test_two_rows_that_hold_together():
    """Rows of a unique table that meet are shown with a citizen for whom both hold."""
    proof = proven(
        "| volwassen | leeftijd | soort || mag |\n| yes | - | - || ja |\n| - | > 65 | - || nee |\n"
        "| no | <= 65 | a || ja |\n| no | <= 65 | b || nee |",
        hit="unique",
    )
    found = witness(proof, "P-AMBIGUOUS")
    assert found["volwassen"] == "yes"
    assert int(found["leeftijd"]) > 65


def test_a_question_that_can_never_matter():
    """A question that no decision reads is data that may not be asked for."""
    proof = proven("| volwassen | leeftijd || mag |\n| yes | > 20 || ja |\n| - | - || nee |")
    assert "P-USELESS" in codes(proof)


def test_a_question_that_is_read_and_still_never_matters():
    """Being read is not enough: where every row says the same, the answer does not count."""
    proof = proven(
        "| volwassen | leeftijd | soort || mag |\n| yes | > 20 | a || ja |\n"
        "| yes | > 20 | b || ja |\n| - | - | - || nee |"
    )
    assert [f.problem.message for f in proof.findings if f.problem.code == "P-USELESS"] == [
        "The question `soort` can never matter."
    ]


def test_the_same_question_under_two_names():
    """Told once is told: two facts that ask the same are one fact."""
    twice = FACTS + '  ook_18: {type: boolean, ask: "Bent u 18", why: "Dat bepaalt of het mag."}\n'
    table = "| volwassen | leeftijd | soort | ook_18 || mag |\n| yes | > 20 | a | yes || ja |\n| - | - | - | - || nee |"
    assert codes(proven(table, facts=twice)) == {"P-ASKED-TWICE"}
    other = twice.replace('ask: "Bent u 18", why', 'ask: "Woont u hier?", why')
    assert codes(proven(table, facts=other)) == set()


def test_a_question_that_a_register_could_have_answered():
    """A register stands before the citizen; behind the citizen it is never asked."""
    asked = FACTS.replace('ask: "Bent u 18?"', 'from: [citizen, register:brp.leeftijd], ask: "Bent u 18?"')
    known = FACTS.replace('ask: "Bent u 18?"', 'from: [register:brp.leeftijd, citizen], ask: "Bent u 18?"')
    assert codes(proven(GOOD, facts=asked)) == {"P-ONCE-ONLY"}
    assert codes(proven(GOOD, facts=known)) == set()


def test_a_promise_that_is_broken():
    """A `never` that can happen is shown with a citizen."""
    proof = proven(GOOD, more="promises:\n  - never: {outcome: ja, when: leeftijd < 25}\n")
    found = witness(proof, "P-PROMISE")
    assert 21 <= int(found["leeftijd"]) < 25


def test_a_promise_that_is_kept():
    """A `never` that cannot happen is proven."""
    assert proven(GOOD, more="promises:\n  - never: {outcome: ja, when: not(volwassen)}\n").is_clean


def test_more_is_never_better():
    """A monotone promise is held against every step of the fact."""
    broken = proven(GOOD, more="promises:\n  - more: {fact: leeftijd, never_better_for_citizen: yes}\n")
    assert "P-PROMISE" in codes(broken)
    assert proven(GOOD, more="promises:\n  - more: {fact: leeftijd, never_worse_for_citizen: yes}\n").is_clean


def test_a_decision_about_items_is_proven_up_to_a_bound():
    """Lists are unfolded, and the bound is said."""
    proof = proven(GOOD, more=PER_CHILD, facts=FACTS + CHILDREN)
    assert proof.not_proven == ()
    assert {finding.problem.code for finding in proof.findings} == {"P-USELESS"}


def test_what_cannot_be_proven_is_named(monkeypatch):
    """Without the solver a decision about the items of a list is not proven in silence."""
    monkeypatch.setattr("engine.harness.solver.find_spec", lambda name: None)
    proof = proven(GOOD, more=PER_CHILD, facts=FACTS + CHILDREN)
    assert any("per_kind" in what and "verify" in what for what in proof.not_proven)
    assert not proof.is_clean


@pytest.mark.parametrize("hit", ["first", "unique", "any"])
def test_the_rows_are_exact_however_the_table_is_hit(hit):
    """A complete partition is clean under every hit policy that allows it."""
    table = """
| volwassen | leeftijd | soort || mag |
| yes       | > 20     | a     || ja  |
| yes       | > 20     | b     || nee |
| yes       | <= 20    | -     || nee |
| no        | -        | -     || nee |
"""
    assert proven(table, hit=hit).is_clean


def test_a_question_behind_the_when_of_what_is_needed_matters() -> None:
    """A fact that only decides whether something needed for handling is asked, is no useless question."""
    facts = (
        FACTS
        + """
  namens: {type: boolean, ask: "Voor een ander?", why: "Dan vragen we toestemming."}
  bewijs: {type: text, when: namens, ask: "Van wie?", why: "Dat schrijven we op."}
"""
    )
    table = "| volwassen || mag |\n| yes || ja |\n| - || nee |"
    flow = (
        HEAD
        + facts
        + _decided(table)
        + OUTCOMES.replace("kind: answer, rank: 1,", "kind: answer, rank: 1, needs: [bewijs],")
    )
    found = [own.problem.message for own in prove(load_flow(flow)).findings if own.problem.code == "P-USELESS"]
    assert not any("namens" in message for message in found)


def _decided(table: str) -> str:
    rows = "\n".join(f"      {line}" for line in table.splitlines())
    return f"\ndecisions:\n  mag:\n    type: choice\n    options: [ja, nee]\n    hit: first\n    table: |\n{rows}\n"

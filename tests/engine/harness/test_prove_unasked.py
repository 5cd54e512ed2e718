"""What an outcome shows or needs is asked before the worker judges who makes it certain."""

from __future__ import annotations

import pytest

from engine.graph.load import load_flow
from engine.graph.view import View
from engine.harness.prove import Proof, prove
from engine.journey.relevance import relevance

STALL = """
wegwijzer: 1
flow: kraam
language: nl
question: Mag ik met een kraam op de markt staan?
goal: plek
facts:
  schoon: {type: boolean, ask: "Hebt u een schone kraam?", why: "Alleen die mag er staan."}
  meters: {type: integer, min: 1, max: 12, ask: "Hoe breed is uw kraam?", why: "U betaalt per meter."}
  past:
    type: boolean
    from: [worker]
    skill: markt
    ask: Past deze kraam op de markt?
    why: Er staan er niet te veel.
decisions:
  marktgeld: {type: money, is: meters * 2.15}
  plek:
    type: choice
    options: [wel, niet]
    hit: first
    table: |
      | schoon | past || plek |
      | no     | -    || niet |
      | -      | no   || niet |
      | -      | -    || wel  |
outcomes:
  wel: {kind: answer, values: [marktgeld], text: "U betaalt {marktgeld}."}
  niet: {kind: answer, text: "U krijgt geen plek."}
"""
ASKED_FIRST = ("    skill: markt\n", "    skill: markt\n    needs: [marktgeld]\n")


def proven(*changes: tuple[str, str]) -> Proof:
    text = STALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return prove(load_flow(text))


def unasked(proof: Proof) -> list[str]:
    return [own.problem.message for own in proof.findings if own.problem.code == "P-UNASKED"]


def test_a_question_behind_a_value_that_a_judgement_comes_before():
    """Nobody asks how wide the stall is before somebody looks, and then the citizen reads a fee with a hole in it."""
    proof = proven()
    found = next(own for own in proof.findings if own.problem.code == "P-UNASKED")
    assert found.problem.message == ("`wel` comes after the judgement `past`, and nobody asks `meters` before it.")
    assert "Put `marktgeld` under `needs` of `past`" in found.problem.hint
    assert found.witness is not None
    assert (found.witness["schoon"], found.witness["past"]) == ("yes", "yes")


def test_the_engine_really_leaves_it_open():
    """With all told that is asked and the judgement made, the outcome is certain and its question still open."""
    graph = load_flow(STALL)
    before = relevance(graph, View(graph, {"schoon": True}))
    assert (before.askable, before.waiting) == ((), ("past",))
    after = relevance(graph, View(graph, {"schoon": True, "past": True}))
    assert (after.outcome, after.askable) == ("wel", ("meters",))


@pytest.mark.parametrize("need", ["marktgeld", "meters"])
def test_what_the_judgement_needs_is_asked(need: str):
    """The decision or the fact under `needs` of the judgement is enough."""
    assert proven(("    skill: markt\n", f"    skill: markt\n    needs: [{need}]\n")).is_clean


def test_a_fact_that_the_rules_ask_anyway():
    """Where the rules need the same answer before anybody looks, it is there."""
    asked = (
        "| schoon | past || plek |\n      | no     | -    || niet |",
        "| meters | schoon | past || plek |\n      | > 9 | - | - || niet |\n      | - | no     | -    || niet |",
    )
    rows = (
        "      | -      | no   || niet |\n      | -      | -    || wel  |",
        "      | - | -      | no   || niet |\n      | - | -      | -    || wel  |",
    )
    assert unasked(proven(asked, rows)) == []


def test_what_an_outcome_needs_counts_too():
    """A number to call that stands under `needs` of the outcome comes too late as well."""
    changed = proven(
        ASKED_FIRST,
        ("niet: {kind: answer, text", "niet: {kind: answer, needs: [nummer], text"),
        ("  past:\n", '  nummer: {type: phone, ask: "Wat is uw nummer?", why: "Dan bellen wij u."}\n  past:\n'),
    )
    assert unasked(changed) == ["`niet` comes after the judgement `past`, and nobody asks `nummer` before it."]


def test_an_outcome_that_no_worker_gives():
    """Where the process tells the citizen nothing after the judgement by itself, nothing is claimed."""
    alone = (
        STALL
        + """process:
  from: none
  places:
    vragen: {who: citizen, does: questions, within: P30D, title: "Vragen"}
    kijken: {who: worker, does: judge, within: P2W, skill: markt, title: "Wij kijken"}
    verder: {who: citizen, does: questions, within: P30D, title: "Nog iets"}
  ends: {klaar: "Klaar"}
  steps: |
    | from   | event        | by     | if | to     | do           |
    | vragen | settled      | engine | -  | klaar  | tell outcome |
    | vragen | needs_worker | engine | -  | kijken | task kijk    |
    | vragen | late         | clock  | -  | klaar  | -            |
    | kijken | ready        | worker | -  | verder | -            |
    | kijken | late         | clock  | -  | stay   | task kijk    |
    | verder | settled      | engine | -  | klaar  | tell outcome |
    | verder | late         | clock  | -  | klaar  | -            |
tasks: {kijk: {skill: markt, within: P2D, text: "Kijk mee."}}
"""
    )
    assert unasked(prove(load_flow(alone))) == []

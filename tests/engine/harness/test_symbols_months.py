"""A date so many months on is the same day to z3 and to the evaluator, at the end of a month and in leap years too."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from engine.graph.load import load_flow
from engine.graph.view import View
from engine.harness.prove import prove
from tests.engine.harness.citizens import Oracle

FLOW = """
wegwijzer: 1
flow: termijn
language: nl
question: Ben ik op tijd?
goal: antwoord
facts:
  betaald: {type: date, min: 1996-01-01, max: 2104-12-31, ask: "Wanneer betaalde u?", why: "Tot drie maanden erna kan het nog."}
  vandaag: {type: date, from: [clock:start]}
decisions:
  tot: {type: date, is: 'betaald + @"P3M"'}
  eerder: {type: date, is: 'betaald - @"P1M"'}
  jaar_later: {type: date, is: 'betaald + (if betaald < @"2020-01-01" then @"P1Y" else @"P13M")'}
  antwoord: {type: choice, options: [te_laat, op_tijd], is: 'if vandaag <= tot then "op_tijd" else "te_laat"'}
outcomes:
  te_laat: {kind: answer, rank: 0, text: "U bent te laat."}
  op_tijd: {kind: answer, rank: 1, text: "U bent op tijd."}
promises:
  - never: {outcome: te_laat, when: vandaag <= betaald + @"P89D"}
"""  # noqa: E501


def test_months_later_is_the_same_day_to_both() -> None:
    """For random days, and the last and first days of months."""
    graph = load_flow(FLOW)
    oracle, random = Oracle(graph, ["tot", "eerder", "jaar_later"]), Random(3)  # noqa: S311
    days = [date(2024, 2, 29), date(2023, 11, 30), date(2100, 1, 31), date(2000, 3, 31)]
    days += [date(1996, 1, 1) + timedelta(days=random.randrange(39_000)) for _ in range(60)]
    for day in days:
        known = {"betaald": day, "vandaag": day}
        view = View(graph, known)
        assert {name: view.value(name) for name in oracle.terms} == oracle.says(known), day


@pytest.mark.parametrize(("days", "holds"), [("P89D", True), ("P92D", False)])
def test_a_promise_about_months_is_decided(days: str, holds: bool) -> None:
    """Three months are 89 days at least, and not always 92."""
    proof = prove(load_flow(FLOW.replace("P89D", days)))
    assert not proof.not_proven
    assert [own.problem.code for own in proof.findings] == ([] if holds else ["P-PROMISE"])

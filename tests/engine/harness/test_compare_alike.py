"""A process that is written otherwise and means the same is no difference; one that nearly says the same is one."""

from __future__ import annotations

import pytest

from engine.graph.load import load_flow
from engine.harness.compare import compare

FLOW = """
wegwijzer: 1
flow: kraam
language: nl
question: Mag mijn kraam hier staan?
goal: mag
facts:
  meters: {type: integer, min: 1, max: 20, ask: "Hoe lang is de kraam?", why: "Lang past niet."}
  naam: {type: text, ask: "Hoe heet u?", why: "Voor de brief."}
  adres: {type: text, ask: "Waar woont u?", why: "Voor de brief."}
  betaald: {type: money, min: 0, max: 900, from: [payment]}
decisions:
  leges: {type: money, is: meters * 10}
  mag: {type: choice, options: [ja, nee], is: 'if meters > 12 then "nee" else "ja"'}
outcomes:
  ja: {kind: answer, needs: [naam, adres], text: "Het mag."}
  nee: {kind: answer, text: "Het mag niet."}
tasks: {kijk: {skill: markt, within: P2W, text: "Kijk."}}
process:
  from: standard@1
  terms: {tijd: {starts: ask, ends: [closed, answering], length: P8W}}
  places: {kijken: {who: worker, does: judge, under: tijd, skill: markt, title: "Wij kijken"}}
  steps: |
    | from     | event | by                | if                                   | to        | do              |
    | answered | pay   | payment           | betaald >= leges and meters < 12     | closed    | -               |
    | answered | pay   | payment           | else                                 | stay      | tell reminder   |
    | answered | ask   | citizen           | -                                    | kijken    | task kijk       |
    | kijken   | bel   | worker            | outcome.kind = "answer"              | stay      | tell reminder   |
    | kijken   | bel   | worker            | else                                 | closed    | -               |
    | kijken   | done  | worker not ask, x | -                                    | closed    | -               |
    | kijken   | x     | worker            | -                                    | answering | -               |
    | kijken   | late  | clock             | -                                    | stay      | task teamleider |
"""
GUARD = "betaald >= leges and meters < 12 "


def changes(old: str, new: str) -> int:
    """How many differences there are between the flow and the flow with one piece written otherwise."""
    assert FLOW.count(old) == 1
    return len(compare(load_flow(FLOW), load_flow(FLOW.replace(old, new))).changes)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (GUARD, "leges <= betaald and meters < 12 "),
        (GUARD, "meters < 12 and betaald >= leges "),
        (GUARD, "not(betaald < leges) and 12 > meters "),
        ("else                                 | stay", "-                                    | stay"),
        ("worker not ask, x", "worker not x, ask"),
        ("within: P2W, text", "within: P14D, text"),
        ("length: P8W", "length: P56D"),
        ("ends: [closed, answering]", "ends: [answering, closed]"),
        ("needs: [naam, adres]", "needs: [adres, naam]"),
        ('outcome.kind = "answer"              |', 'outcome.id = "ja" or outcome.id = "nee"|'),
    ],
)
def test_what_is_only_written_otherwise_is_no_difference(old: str, new: str) -> None:
    """Nobody notices it, so nobody has to approve it."""
    assert changes(old, new) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (GUARD, "betaald > leges and meters < 12 "),
        (GUARD, "leges >= betaald and meters < 12 "),
        (GUARD, "betaald >= leges or meters < 12 "),
        (GUARD, "not(betaald >= leges) and meters < 12 "),
        (GUARD, "betaald >= leges and meters < 13 "),
        ("worker not ask, x", "worker not ask   "),
        ("within: P2W, text", "within: P15D, text"),
        ("within: P2W, text", "within: {working_days: 14}, text"),
        ("length: P8W", "length: P2M"),
        ("ends: [closed, answering]", "ends: [closed, x]"),
        ("needs: [naam, adres]", "needs: [naam]"),
        ('outcome.kind = "answer"              |', 'outcome.id = "ja"                    |'),
    ],
)
def test_what_means_something_else_is_told(old: str, new: str) -> None:
    """However little it differs."""
    assert changes(old, new) > 0

"""A determination is read where it was published, on every way that leads there."""

from __future__ import annotations

import pytest

from engine.graph.load import load_flow
from engine.harness.prove import prove

FLOW = """
wegwijzer: 1
flow: kamer
language: nl
question: Mag ik verhuren?
goal: mag
facts:
  veilig: {type: boolean, ask: "Is het veilig?", why: "Anders mag het niet."}
decisions:
  mag: {type: choice, options: [ja, nee], is: 'if veilig then "ja" else "nee"'}
outcomes:
  ja: {kind: grant, text: "Het mag.", remedy: {kind: bezwaar, at: "de gemeente", within: P6W}}
  nee: {kind: refusal, text: "Het mag niet.", remedy: {kind: bezwaar, at: "de gemeente", within: P6W}}
process:
  from: standard@1
  places: {colleague: {who: worker, does: judge, under: decide, skill: behandelaar, title: "Een collega kijkt mee"}}
  steps: |
    | from      | event    | by                 | if | to        | do                            |
    | checking  | submit   | citizen            | -  | judging   | tell ontvangen                |
    | judging   | propose  | worker             | -  | colleague | task beoordelen               |
    | colleague | agree    | worker not propose | -  | decided   | publish outcome               |
    | colleague | disagree | worker not propose | -  | %s |
    | colleague | late     | clock              | -  | stay      | task teamleider; tell te_laat |
"""


@pytest.mark.parametrize(
    ("leads", "found"),
    [
        ("judging | task beoordelen", []),
        ("decided | publish outcome", []),
        ("closed  | tell ingetrokken", []),
        ("decided | task beoordelen", ["P-UNPUBLISHED"]),
    ],
)
def test_a_way_without_publishing_is_shown(leads: str, found: list[str]) -> None:
    """Where others publish and one row does not, the way by that row stands there; otherwise nothing does."""
    proof = prove(load_flow(FLOW % leads))
    assert [own.problem.code for own in proof.findings] == found
    for own in proof.findings:
        assert "disagree" in own.way[-1]
        assert "decided" in own.problem.message


def test_a_text_with_the_name_of_an_outcome_gives_nobody_that_outcome() -> None:
    """`tell te_laat` tells a text: who hears that we are late was not given the outcome of that name."""
    flow = (FLOW % "judging | task beoordelen").replace("nee", "te_laat")
    promise = "promises:\n  - every: {outcome: te_laat, passes: [colleague, objecting]}\n"
    assert prove(load_flow(flow + promise)).findings == ()

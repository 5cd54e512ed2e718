"""A determination stays open to objection for as long as its remedy says, or the proof shows the way that closes it."""

from __future__ import annotations

import pytest

from engine.graph.load import load_flow
from engine.harness.finding import Finding
from engine.harness.prove import prove

FLOW = """
wegwijzer: 1
flow: kamer
language: nl
question: Mag ik verhuren?
goal: mag
facts:
  veilig:
    {type: boolean, ask: "Is het veilig?", why: "Anders mag het niet.", retention: %(retention)s}
decisions:
  mag: {type: choice, options: [ja, nee], is: 'if veilig then "ja" else "nee"'}
outcomes:
  ja: {kind: answer, text: "Het mag."}
  nee: {kind: refusal, text: "Het mag niet.", remedy: {kind: bezwaar, at: "de gemeente", within: P6W}}
process:
  from: none
%(terms)s
  places:
    asking:  {who: citizen, does: questions, within: P30D, title: "Vragen"}
    judging: {who: worker, does: judge, within: P2W, skill: s, title: "Wij kijken"}
    decided: {who: citizen, does: outcome, %(clock)s, title: "Besluit"}
    longer:  {who: citizen, does: outcome, within: P3W, title: "Nog even"}
    again:   {who: worker, does: judge, within: P2W, skill: s, title: "Opnieuw"}
  ends: {closed: "Klaar", refused: "Afgewezen"}
  steps: |
    | from             | event   | by      | if | to        | do              |
    | asking           | settled | engine  | -  | judging   | -               |
    | asking           | late    | clock   | -  | closed    | -               |
    | judging          | decide  | worker  | -  | %(target)s | publish outcome |
    | judging, again   | late    | clock   | -  | stay      | task kijk       |
    | decided          | late    | clock   | -  | %(then)s  | -               |
    | longer           | late    | clock   | -  | closed    | -               |
    | decided, longer, refused | object | citizen | - | again  | task kijk     |
    | again            | done    | worker  | -  | closed    | -               |
    | asking           | one     | citizen | -  | longer    | -               |
    | asking           | two     | citizen | -  | refused   | -               |
    | asking           | three   | citizen | -  | %(three)s | -               |
    | decided | %(more)s |
tasks: {kijk: {skill: s, within: P1W, text: "Kijk."}}
"""
TERM = "  terms: {heroverwegen: {starts: decide, ends: [closed, longer, again, refused], length: %s}}"
SOUND = {
    "retention": "P1Y",
    "terms": "",
    "clock": "within: P6W",
    "target": "decided",
    "three": "longer",
    "then": "closed",
    "more": "accept | citizen | - | closed | - ",
}


def found(**parts: str) -> list[Finding]:
    proof = prove(load_flow(FLOW % {**SOUND, **parts}))
    return [own for own in proof.findings if own.problem.code == "P-REMEDY-SHORT"]


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"clock": "within: P42D"},
        {"clock": "within: P3W", "then": "longer"},
        {"clock": "under: heroverwegen", "terms": TERM % "P6W"},
        {"more": "redo | worker | - | again | -"},
        {"target": "refused", "three": "decided"},
    ],
)
def test_time_enough_is_no_finding(parts: dict[str, str]) -> None:
    """As long as the remedy, in one place or in two; what the citizen chooses ends nothing too soon."""
    assert found(**parts) == []


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"clock": "within: P5W"}, "after 35 days the journey can be in `closed`"),
        ({"clock": "within: P2W", "then": "longer"}, "after 35 days"),
        ({"clock": "within: P2W", "then": "again"}, "after 14 days the journey can be in `again`"),
        ({"clock": "under: heroverwegen", "terms": TERM % "P4W"}, "after 28 days"),
        ({"more": "file | worker | - | closed | -"}, "after 0 days"),
        ({"target": "refused", "three": "decided", "retention": "P2W"}, "14 days after `refused` the dossier goes"),
    ],
)
def test_a_journey_that_closes_too_soon_is_found(parts: dict[str, str], said: str) -> None:
    """By the clock, by a term, by a worker, or because the dossier is gone; with the way there."""
    (finding,) = found(**parts)
    assert said in finding.problem.message
    assert finding.way


STANDARD = """
wegwijzer: 1
flow: kamer
language: nl
question: Mag ik verhuren?
goal: mag
facts: {veilig: {type: boolean, ask: "Is het veilig?", why: "Anders mag het niet."}}
decisions: {mag: {type: choice, options: [ja, nee], is: 'if veilig then "ja" else "nee"'}}
outcomes:
  ja: {kind: answer, text: "Het mag."}
  nee: {kind: %s, text: "Het mag niet.", remedy: {kind: %s, at: "de gemeente", within: P6W}}
"""


@pytest.mark.parametrize(
    ("kind", "remedy", "found"),
    [("refusal", "bezwaar", 0), ("answer", "bezwaar", 1), ("answer", "none", 0)],
)
def test_a_remedy_that_nobody_can_use_is_found(kind: str, remedy: str, found: int) -> None:
    """An answer is no determination: to object to it there is nothing and no step."""
    proof = prove(load_flow(STANDARD % (kind, remedy)))
    assert [own.problem.code for own in proof.findings] == ["P-REMEDY"] * found

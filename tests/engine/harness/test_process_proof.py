"""Checks and promises of the explored process: for each a flow that fails it, with a way, and one that passes."""

from __future__ import annotations

import pytest

from engine.graph.load import load_flow
from engine.harness.finding import Finding
from engine.harness.prove import Proof, prove

FLOW = """
wegwijzer: 1
flow: proef
language: nl
question: Mag dit?
goal: mag
facts:
  haast: {type: boolean, ask: "Is er haast?", why: "Dan belt er iemand."}
  past: {type: boolean, ask: "Past het?", why: "Dat bepaalt of het mag."}
  oordeel: {type: boolean, from: [worker], skill: s, ask: "Is het goed?", why: "Dat ziet een mens."}
decisions:
  mag:
    type: choice
    options: [ja, nee]
    hit: first
    table: |
      | past | haast || mag |
      | yes  | -     || ja  |
      | -    | yes   || ja  |
      | -    | -     || nee |
outcomes:
  ja: {kind: grant, rank: 1, text: "Het mag."}
  nee: {kind: refusal, rank: 0, needs: [oordeel], text: "Het mag niet.", remedy: {kind: bezwaar, within: P6W}}
tasks:
  kijk: {skill: s, within: P1W, text: "Kijk hiernaar."}
process:
  from: none
  terms: {t: {starts: submit, ends: [decided, again], length: P4W}}
  places:
    asking:  {who: citizen, does: questions, within: P30D, title: "Vragen"}
    judging: {who: worker, does: judge, under: t, skill: s, title: "Wij kijken"}
    second:  {who: worker, does: judge, under: t, skill: s, title: "Een ander kijkt"}
    missing: {who: citizen, does: questions, within: P2W, suspends: t, title: "Nog iets nodig"}
    decided: {who: citizen, does: outcome, within: P6W, title: "Besluit"}
    again:   {who: worker, does: judge, within: P2W, skill: s, title: "Opnieuw"}
  ends: {closed: "Klaar"}
  steps: |
    | from             | event    | by      | if                     | to      | do              |
    | asking           | submit   | citizen | -                      | judging | task kijk       |
    | asking           | late     | clock   | -                      | closed  | -               |
    | judging          | propose  | worker  | outcome.kind = "grant" | decided | publish outcome |
    | judging          | propose  | worker  | else                   | second  | task kijk       |
    | judging          | ask_more | worker  | -                      | missing | -               |
    | missing          | submit   | citizen | -                      | judging | task kijk       |
    | missing          | late     | clock   | -                      | judging | task kijk       |
    | second           | agree    | worker  | -                      | decided | publish outcome |
    | judging, second  | late     | clock   | -                      | stay    | task kijk       |
    | decided          | object   | citizen | -                      | again   | task kijk       |
    | decided          | late     | clock   | -                      | closed  | -               |
    | again            | confirm  | worker  | -                      | closed  | -               |
    | again            | late     | clock   | -                      | closed  | -               |
promises:
  - PROMISE
"""
CLEAN = "every: {outcome: nee, passes: second}"


def proven(promise: str = CLEAN, changes: str = "") -> Proof:
    """The flow with this promise. In `changes` a line `WORDS =>` names the line that begins so; others replace it."""
    text = FLOW.replace("PROMISE", promise)
    for old, *new in _parts(changes):
        lines = [line for line in text.splitlines() if " ".join(line.split()).startswith(old)]
        assert len(lines) == 1, old
        indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
        text = text.replace(lines[0] + "\n", "".join(f"{indent}{part}\n" for part in new))
    return prove(load_flow(text))


def _parts(changes: str) -> list[list[str]]:
    parts: list[list[str]] = []
    for line in filter(None, map(str.strip, changes.splitlines())):
        if line.endswith("=>"):
            parts.append([line.removesuffix("=>").strip()])
        else:
            parts[-1].append(line)
    return parts


def found(proof: Proof, code: str) -> list[Finding]:
    return [own for own in proof.findings if own.problem.code == code]


def test_the_flow_is_proven():
    """So that each case below shows one thing."""
    proof = proven()
    assert proof.findings == ()
    assert proof.is_clean
    assert proof.states > 6


NEVER_TAKEN = """
    | asking | submit =>
    | asking | submit | citizen | haast and not(haast) | judging | - |
    | asking | submit | citizen | else | judging | task kijk |
"""
NO_OUTCOME_FITS = """
    | second | agree =>
    | second | agree | worker | outcome.id = "ja" and outcome.id = "nee" | closed | - |
    | second | agree | worker | else | decided | publish outcome |
"""
NEVER_REACHED = """
    | again | confirm =>
    | again | confirm | worker | past and not(past) | gone | - |
    | again | confirm | worker | else | closed | - |
    ends: { =>
    ends: {closed: "Klaar", gone: "Weg"}
"""
NO_WAY_OUT = """
    | again | confirm =>
    | again | confirm | worker | oordeel and not(oordeel) | closed | - |
    | again | confirm | worker | else | stay | task kijk |
    | again | late =>
    | again | late | clock | - | stay | task kijk |
"""
ONLY_AGAINST_A_GRANT = """
    | decided | object =>
    | decided | object | citizen | outcome.kind = "grant" | again | - |
    | decided | object | citizen | else | stay | task kijk |
"""
NOBODY_SAYS_YES = """
    | judging | propose | worker | outcome =>
    | judging | propose | worker | outcome.id = "ja" | decided | - |
    | second | agree =>
    | second | agree | worker | outcome.id = "nee" | decided | publish outcome |
    | second | agree | worker | else | judging | task kijk |
"""


@pytest.mark.parametrize(
    ("code", "changes", "names"),
    [
        ("P-STEP", NEVER_TAKEN, "submit"),
        ("P-STEP", NO_OUTCOME_FITS, "agree"),
        ("P-PLACE", NEVER_REACHED, "gone"),
        ("P-DEAD-END", NO_WAY_OUT, "again"),
        ("P-REMEDY", ONLY_AGAINST_A_GRANT, "nee"),
        ("P-UNTOLD", NOBODY_SAYS_YES, "ja"),
    ],
)
def test_each_check_finds_its_fault(code, changes, names):
    """A flow with one planted fault: the check names the place, row or outcome."""
    proof = proven(CLEAN, changes)
    assert any(names in own.problem.message for own in found(proof, code)), [str(own.problem) for own in proof.findings]


def test_a_dead_end_is_shown_by_a_way():
    """A stranger can follow the sentences from the first place to the place that cannot be left."""
    way = found(proven(CLEAN, NO_WAY_OUT), "P-DEAD-END")[0].way
    assert way[0] == "The journey begins in `asking` (Vragen)."
    assert way[-1].startswith("The citizen takes `object`: it goes to `again` (Opnieuw)")


KEPT = [
    "every: {outcome: nee, passes: second}",
    "every: {outcome: nee, passes: [again, second]}",
    "every: {outcome: ja, passes: [submit]}",
    "always: {event: object, reaches: worker}",
    "always: {event: object, reaches: again}",
    "always: {event: ask_person, reaches: worker}",
    "within: {from: submit, to: decided, length: P4W}",
    "within: {from: object, to: closed, length: P2W}",
    "within: {from: submit, to: closed, length: P12W}",
]
BROKEN = [
    ("every: {outcome: ja, passes: second}", "P-PROMISE", "without having passed `second`"),
    ("every: {outcome: nee, passes: nergens}", "P-PROMISE-EMPTY", "`nergens`"),
    ("every: {outcome: ja, passes: asking}", "P-PROMISE-EMPTY", "everybody has passed `asking`"),
    ("always: {event: confirm, reaches: worker}", "P-PROMISE", "nobody has the move or a task"),
    ("always: {event: object, reaches: closed}", "P-PROMISE", "not in `closed`"),
    ("always: {event: switch_channel, reaches: worker}", "P-PROMISE", "opens no task"),
    ("always: {event: nooit, reaches: worker}", "P-PROMISE-EMPTY", "`nooit`"),
    ("always: {event: object, reaches: nergens}", "P-PROMISE-EMPTY", "`nergens`"),
    ("within: {from: submit, to: decided, length: P3W}", "P-PROMISE", "can take 28 days, and P3W is 21 days"),
    ("within: {from: submit, to: closed, length: P11W}", "P-PROMISE", "can take 84 days"),
    ("within: {from: nooit, to: decided, length: P3W}", "P-PROMISE-EMPTY", "`nooit`"),
    ("within: {from: submit, to: nergens, length: P3W}", "P-PROMISE-EMPTY", "`nergens`"),
]


@pytest.mark.parametrize("promise", KEPT)
def test_a_promise_that_is_kept(promise):
    """Nothing is found, and nothing is left open."""
    assert proven(promise).is_clean


@pytest.mark.parametrize(("promise", "code", "words"), BROKEN)
def test_a_promise_that_is_broken(promise, code, words):
    """The finding says which promise, and shows a way where there is one."""
    only = found(proven(promise), code)
    assert len(only) == 1
    assert words in only[0].problem.message
    assert only[0].problem.where.line == 53
    assert bool(only[0].way) == (code == "P-PROMISE" and "no task" not in words)


GOES_ROUND = """
    | again | confirm =>
    | again | confirm | worker | haast | closed | - |
    | again | confirm | worker | else | decided | publish outcome |
"""


def test_a_wait_without_a_bound_is_named():
    """A round on which time passes and that no term ends can go on for ever."""
    proof = proven("within: {from: object, to: closed, length: P52W}", GOES_ROUND)
    assert "again and again" in found(proof, "P-PROMISE")[0].problem.message


def test_time_in_a_place_that_suspends_is_said_not_to_count():
    """The promise holds on a reading, and the reading is printed."""
    notes = proven("within: {from: submit, to: decided, length: P4W}").notes
    assert notes[0] == "promise 1 holds, every clock kept; days on which a term stands still are not counted"


def test_an_objection_may_not_slip_past_a_promise():
    """Granted, objected to, refused by one worker: the second look is missing, and the way shows it."""
    row = "| again | confirm"
    proof = proven(CLEAN, f"{row} =>\n{row} | worker | - | decided | publish outcome |")
    only = found(proof, "P-PROMISE")
    assert "without having passed `second`" in only[0].problem.message
    assert [line for line in only[0].way if "object" in line]
    assert "the outcome is `nee`" in only[0].way[-1]

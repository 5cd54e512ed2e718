"""Promises about what is given and by whom: paid, asked, apart, possible; and how far `within` reaches. For each a flow
that keeps it and a fault that breaks it."""

from __future__ import annotations

import pytest

from engine.errors import FlowError
from engine.graph.load import load_flow
from engine.harness.finding import Finding
from engine.harness.prove import Proof, prove

FLOW = """
wegwijzer: 1
flow: proef
language: nl
question: Krijg ik geld?
goal: krijgt
facts:
  haast: {type: boolean, ask: "Is er haast?", why: "Dan belt er iemand."}
  arm: {type: boolean, from: [register:inkomen.laag, citizen], ask: "Is het weinig?", why: "Daarvan hangt het af."}
  oud: {type: integer, min: 0, max: 120, ask: "Hoe oud bent u?", why: "Daarvan hangt het af."}
  rekening: {type: iban, ask: "Op welke rekening?", why: "Daar komt het geld.", unsure: worker}
  hard:
    {type: boolean, from: [worker], skill: s, when: not(arm), otherwise: no, ask: "Te hard?", why: "Dat ziet een mens."}
decisions:
  krijgt:
    type: choice
    options: [ja, nee, bel]
    hit: first
    table: |
      | oud | arm | hard || krijgt |
      | < 18 | - | - || bel |
      | - | yes | - || ja |
      | - | - | yes || ja |
      | - | - | - || nee |
outcomes:
  ja: {kind: grant, rank: 1, needs: [haast, rekening], text: "U krijgt geld.", remedy: {kind: bezwaar, within: P6W}}
  nee: {kind: refusal, rank: 0, needs: [haast], text: "Geen geld.", remedy: {kind: bezwaar, within: P6W}}
  bel: {kind: task, rank: 1, task: jong, text: "We bellen u."}
tasks:
  kijk: {skill: s, within: P1W, text: "Kijk hiernaar."}
  snel: {skill: s, within: {working_hours: 4}, text: "Bel nu."}
  jong: {skill: j, within: {working_days: 2}, text: "Bel deze jongere."}
process:
  from: none
  terms: {t: {starts: submit, ends: [decided], length: P4W}}
  places:
    asking:  {who: citizen, does: questions, within: P30D, title: "Vragen"}
    judging: {who: worker, does: judge, under: t, skill: s, title: "Wij kijken"}
    second:  {who: worker, does: judge, under: t, skill: s, title: "Een ander kijkt"}
    calling: {who: worker, does: judge, within: P1W, skill: j, title: "Wij bellen"}
    decided: {who: citizen, does: outcome, within: P6W, title: "Besluit"}
    again:   {who: worker, does: judge, within: P2W, skill: s, title: "Opnieuw"}
  ends: {closed: "Klaar", withdrawn: "Gestopt"}
  steps: |
    | from | event | by | if | to | do |
    | asking | settled | engine | outcome.kind = "task" | calling | tell outcome; task outcome |
    | asking | settled | engine | else | stay | - |
    | asking | submit | citizen | haast | judging | tell ontvangen; task snel |
    | asking | submit | citizen | else | judging | tell ontvangen; task kijk |
    | asking | late | clock | - | closed | - |
    | calling | helped | worker | - | closed | - |
    | calling | late | clock | - | closed | - |
    | judging | propose | worker | outcome.kind = "grant" | decided | publish outcome; pay geld |
    | judging | propose | worker | else | second | task kijk |
    | second | agree | worker not propose | outcome.kind = "grant" | decided | publish outcome; pay geld |
    | second | agree | worker not propose | else | decided | publish outcome |
    | judging, second, calling, again | withdraw | citizen | - | withdrawn | tell ingetrokken |
    | judging, second | advance | worker | - | stay | pay voorschot |
    | judging, second | late | clock | - | stay | task kijk; tell te_laat |
    | decided | object | citizen | - | again | task kijk |
    | decided | late | clock | - | closed | - |
    | again | propose | worker not propose, agree | outcome.kind = "grant" | decided | publish outcome; pay geld |
    | again | propose | worker not propose, agree | else | decided | publish outcome |
    | again | late | clock | - | stay | task kijk; tell te_laat |
texts: {ontvangen: "Binnen.", te_laat: "Het wordt later.", ingetrokken: "Gestopt."}
promises:
  - PROMISE
"""


def proven(promise: str, old: str = "", new: str = "") -> Proof:
    """The flow with this promise; `old` is replaced by `new` in it once, where it first stands."""
    text = FLOW.replace("PROMISE", promise)
    assert old in text
    return prove(load_flow(text.replace(old, new, 1) if old else text))


def broken(proof: Proof) -> list[Finding]:
    return [own for own in proof.findings if own.problem.code.startswith("P-PROMISE")]


CASES = [
    # a promise that is kept, the fault that breaks it, and what the finding then says
    ("every: {outcome: ja, does: pay geld}", "publish outcome; pay geld", "publish outcome", "without `pay geld`"),
    ("every: {outcome: [ja, nee], passes: judging}", "| judging | tell ontvangen; task kijk", "| second | task kijk",
     "without having passed `judging`"),
    ("every: {outcome: [ja, nee], passes: [propose, object]}", "| judging | tell ontvangen; task kijk",
     "| second | task kijk", "without having passed `propose` or `object`"),
    ("every: {outcome: [ja, nee], knows: haast}", "needs: [haast]", "needs: []", "`nee` without `haast`"),
    ("every: {outcome: ja, knows: [haast, rekening]}", "needs: [haast, rekening]", "needs: [haast]", "`rekening`"),
    ("every: {outcome: bel, knows: oud}", "| < 18 | - | - || bel |", "| - | no | - || bel |", "without `oud`"),
    ("always: {event: agree, apart_from: propose}", "worker not propose |", "worker |", "worker of `propose` again"),
    ("always: {event: propose, in: again, apart_from: [propose, agree]}", "worker not propose, agree",
     "worker not agree", "the worker of `propose` again"),
    ("always: {event: late, in: [judging, second], reaches: stay, does: tell te_laat}",
     "| stay | task kijk; tell te_laat", "| decided | task kijk; tell te_laat", "does not stay where it was"),
    ("always: {event: settled, outcome: bel, skill: j}", "tell outcome; task outcome", "tell outcome; task kijk",
     "it comes to `s`, not to `j`"),
    ("always: {event: propose, outcome: nee, in: judging, reaches: second}", 'outcome.kind = "grant"',
     'outcome.kind = "grant" or haast', "not in `second`"),
    ("may: {step: advance, by: worker, in: [judging, second]}", "judging, second | advance", "judging | advance",
     "in `second` there is no `advance` for everybody"),
    ("within: {from: submit, to: publish outcome, length: P4W}", "length: P4W", "length: P8W", "can take 56 days"),
    ("within: {from: submit, when: haast, to: worker, length: {working_hours: 4}}", "working_hours: 4",
     "working_hours: 8", "due within 8 working hours"),
    ("always: {fact: rekening, unsure: worker}", ", unsure: worker", "", "does not know `rekening` comes to no worker"),
    ("possible: 'oud = 18 and arm and krijgt = \"ja\"'", "| < 18 |", "| < 19 |", "for nobody"),
    ("always: (oud < 18) = (krijgt = \"bel\")", "| < 18 |", "| <= 18 |", "not for everybody"),
]  # fmt: skip


@pytest.mark.parametrize(("promise", "old", "new", "words"), CASES)
def test_a_promise_notices_the_fault_that_it_is_about(promise: str, old: str, new: str, words: str) -> None:
    """Kept by the flow as it is; broken by the fault, and said in words that name the matter."""
    assert proven(promise).is_clean
    assert words in broken(proven(promise, old, new))[0].problem.message


def test_a_row_whose_guard_waits_for_a_fact_is_passed_over() -> None:
    """The row below it is taken by who has a bank account that nobody asked for yet; needed before, it is known."""
    text = FLOW.replace("PROMISE", "never: {event: settled, does: task kijk, when: arm and oud >= 18}")
    else_row, known_row = (
        "| asking | settled | engine | else | stay |",
        "| asking | settled | engine | rekening != none | stay |",
    )
    text = text.replace("type: iban,", "type: iban, when: arm,").replace(
        else_row + " - |", f"{known_row} - |\n    {else_row} task kijk |"
    )
    assert prove(load_flow(text)).is_clean
    (found,) = broken(prove(load_flow(text.replace("needs: [haast, rekening]", "needs: [haast]"))))
    assert "with `task kijk`, although arm and oud >= 18" in found.problem.message


@pytest.mark.parametrize(
    ("promise", "words"),
    [
        ("every: {outcome: ja, does: pay alles}", "`pay alles`, which never comes"),
        ("every: {outcome: ja, does: pay geld, passes: nergens}", "`nergens`, which never comes"),
        ("within: {from: submit, to: [decided, pay alles], length: P4W}", "`pay alles`"),
    ],
)
def test_a_promise_about_nothing_is_said_to_say_nothing(promise: str, words: str) -> None:
    """A name that never comes in the process makes the promise empty, and the finding names it."""
    [found] = broken(proven(promise))
    assert found.problem.code == "P-PROMISE-EMPTY"
    assert words in found.problem.message


def test_an_end_that_nobody_chose_is_no_decision() -> None:
    """Withdrawing is the citizen's choice; a clock that closes the case before a decision is not."""
    promise = "within: {from: submit, to: publish outcome, length: P4W}"
    row = "| judging, second | late | clock | - | stay "
    found = broken(proven(promise, row, row.replace("stay ", "closed ")))
    assert "can end in `closed` without it" in found[0].problem.message
    assert found[0].way


def test_only_those_who_are_meant_count() -> None:
    """The time of the urgent task is promised to whoever is in a hurry, and to nobody else."""
    short = "within: {from: submit, to: worker, length: {working_hours: 4}}"
    assert "in the same unit" in broken(proven(short))[0].problem.message
    assert proven(short.replace("submit,", "submit, when: haast,")).is_clean


@pytest.mark.parametrize(
    ("promise", "code"),
    [
        ("every: {outcome: ja}", "E-ONE-OF"),
        ("every: {enters: again, knows: haast}", "E-ONE-OF"),
        ("always: {fact: haast}", "E-ONE-OF"),
        ("always: {event: submit, unsure: worker}", "E-ONE-OF"),
        ("every: {outcome: [ja, misschien], passes: judging}", "E-REFERENCE"),
        ("every: {outcome: ja, knows: niets}", "E-REFERENCE"),
        ("always: {fact: niets, unsure: worker}", "E-REFERENCE"),
        ("always: {event: submit, outcome: weg, reaches: worker}", "E-REFERENCE"),
    ],
)
def test_a_promise_that_cannot_be_read_is_refused(promise: str, code: str) -> None:
    """With a code, before anything is proven."""
    with pytest.raises(FlowError) as refused:
        proven(promise)
    assert code in {problem.code for problem in refused.value.problems}

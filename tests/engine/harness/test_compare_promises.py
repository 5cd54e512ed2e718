"""What a flow promises no longer, or less, is told in the author's words; what it promises besides is a note."""

from __future__ import annotations

import pytest

from api.cli.compare_lines import lines
from api.cli.compare_report import report_of
from engine.graph.load import load_flow
from engine.harness.compare import Comparison, compare
from engine.harness.compare_words import PROMISE

FLOW = """
wegwijzer: 1
flow: proef
language: nl
question: Krijg ik geld?
goal: recht
facts:
  nood: {type: boolean, ask: "Hebt u haast?", why: "Daarom."}
  inkomen: {type: integer, min: 0, max: 100, ask: "Wat verdient u?", why: "Daarom."}
decisions:
  recht:
    type: choice
    options: [wel, hulp, niet]
    hit: first
    table: |
      | nood | inkomen || recht |
      | yes  | -       || hulp  |
      | -    | < 50    || wel   |
      | -    | -       || niet  |
outcomes:
  wel: {kind: grant, rank: 2, text: "U krijgt geld."}
  hulp: {kind: task, rank: 1, task: bel, text: "Wij bellen u."}
  niet: {kind: refusal, rank: 0, text: "U krijgt geen geld."}
tasks:
  bel: {within: {working_hours: 4}, text: "Bel deze inwoner."}
promises:
  - possible: recht = "wel"
PROMISE
"""


def flow(*promises: str) -> str:
    return FLOW.replace("PROMISE\n", "".join(f"  - {own}\n" for own in promises))


def found(old: str, new: str) -> Comparison:
    return compare(load_flow(flow(*filter(None, [old]))), load_flow(flow(*filter(None, [new]))))


NEVER = "never: {outcome: niet, when: nood}"
PAIRS = {
    # what it was, what it is, how it is told
    "gone": (NEVER, "", "no longer promised"),
    "another condition": (NEVER, "never: {outcome: niet, when: nood and inkomen < 50}", "promised otherwise"),
    "fewer outcomes": (
        "every: {outcome: [wel, niet], knows: [nood, inkomen]}", "every: {outcome: wel, knows: [nood, inkomen]}",
        "promised less",
    ),
    "fewer facts": (
        "every: {outcome: [wel, niet], knows: [nood, inkomen]}", "every: {outcome: [wel, niet], knows: nood}",
        "promised less",
    ),
    "more time": (
        "within: {from: submit, to: publish outcome, length: P4W}",
        "within: {from: submit, to: publish outcome, length: P29D}", "promised less",
    ),
    "more ways out": (
        "every: {outcome: niet, passes: checking}", "every: {outcome: niet, passes: [checking, judging]}",
        "promised less",
    ),
    "only some": (
        "within: {from: submit, to: worker, length: {working_hours: 4}}",
        "within: {from: submit, when: nood, to: worker, length: {working_hours: 4}}", "promised less",
    ),
    "fewer suppliers who may not": (
        "always: {fact: inkomen, by: citizen}", "always: {fact: inkomen, by: [citizen, worker]}", "promised less",
    ),
    "fewer and longer": (
        "within: {from: [submit, object], to: worker, length: P1W}", "within: {from: submit, to: worker, length: P2W}",
        "promised less",
    ),
    "fewer but sooner": (
        "within: {from: [submit, object], to: worker, length: P2W}", "within: {from: submit, to: worker, length: P1W}",
        "promised otherwise",
    ),
}  # fmt: skip
MORE = {
    "besides": ("", NEVER),
    "sooner": (
        "within: {from: submit, to: publish outcome, length: P4W}",
        "within: {from: submit, to: publish outcome, length: P3W}",
    ),
    "for everybody": (
        "within: {from: submit, when: nood, to: worker, length: P1W}",
        "within: {from: submit, to: worker, length: P1W}",
    ),
}  # fmt: skip
SAME = {
    "turned": ("always: inkomen >= 0", "always: 0 <= inkomen"),
    "another order": ("every: {outcome: [wel, niet], knows: nood}", "every: {outcome: [niet, wel], knows: nood}"),
    "other units": (
        "within: {from: submit, to: publish outcome, length: P4W}",
        "within: {from: submit, to: publish outcome, length: P28D}",
    ),
}


@pytest.mark.parametrize("case", PAIRS)
def test_a_promise_that_is_gone_or_looser_is_a_difference(case: str) -> None:
    """With the promise as it was and is written; it counts until somebody accepts it, and takes nothing by itself."""
    old, new, words = PAIRS[case]
    own = found(old, new)
    (change,) = own.changes
    assert change.kind == PROMISE
    assert change.harm == ""
    assert change.what.startswith(f"{words}: {old}")
    assert change.what.endswith(new or old)
    assert own.keys() == (change.key,)
    assert own.notes == ()


@pytest.mark.parametrize("case", MORE)
def test_what_is_promised_besides_or_more_is_only_told(case: str) -> None:
    """Nobody has to accept it."""
    old, new = MORE[case]
    own = found(old, new)
    assert own.changes == ()
    (note,) = own.notes
    assert new in note
    assert note.startswith("promised more" if old else "now promised as well")


@pytest.mark.parametrize("case", SAME)
def test_the_same_promise_in_other_words_is_not_told(case: str) -> None:
    """Turned round, in another order, in other units."""
    own = found(*SAME[case])
    assert (own.changes, own.notes) == ((), ())


def test_it_names_whom_the_promise_was_about() -> None:
    """Whoever gets the outcome, with a citizen and the share; everybody where it names none."""
    (change,) = found(NEVER, "").changes
    assert change.touched is not None
    assert change.touched.whom == "whoever gets `niet`"
    assert [group.rule for group in change.touched.groups] == ["nood no, inkomen >= 50"]
    assert change.touched.share == pytest.approx(1 / 3)
    (change,) = found("within: {from: submit, to: worker, length: P1W}", "").changes
    assert change.touched is not None
    assert change.touched.whom == "everybody"


def test_a_reader_and_a_build_see_it_in_both_languages() -> None:
    """In one sentence, as a warning of its own."""
    own = found(NEVER, "")
    plain = {"verdict": None, "unapproved": list(own.keys()), "norms": None}
    said = {language: lines(own, None, None, plain, language)[0] for language in ("en", "nl")}
    assert said == {
        "en": "promise: no longer promised: never: {outcome: niet, when: nood}",
        "nl": "belofte: niet meer beloofd: never: {outcome: niet, when: nood}",
    }
    report = report_of(load_flow(flow()), own, plain, 1, "nl")
    (finding,) = report.parts[0].findings
    assert (finding.code, finding.severity) == ("C-PROMISE", "warning")
    assert finding.message.startswith("Belofte: niet meer beloofd")

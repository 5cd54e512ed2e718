"""What diagrams cannot tell: sums, dates, two facts against each other, lists. Each check fails once and passes once,
each witness is a citizen for whom the engine itself says so, and without z3 it is named as not proven."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import Any

import pytest

from engine.graph.load import load_flow
from engine.harness import solver
from engine.harness.prove import Proof, prove
from engine.harness.solver import Solver
from engine.harness.witness import Witnesses

FLOW = """
wegwijzer: 1
flow: proef
language: nl
question: Krijg ik geld?
goal: recht
facts:
  inkomen: {type: money, min: 0, max: 5000, ask: "Wat verdient u?", why: "Daarvan hangt het af."}
  huur: {type: money, min: 0, max: 3000, ask: "Wat is uw huur?", why: "Daarvan hangt het af."}
  geboren: {type: date, min: "1920-01-01", max: "2010-12-31", ask: "Wanneer bent u geboren?", why: "Daarom."}
  vertrek: {type: date, min: "2026-01-01", max: "2027-12-31", ask: "Wanneer vertrekt u?", why: "Daarom."}
  kinderen:
    type: list
    item: kind
    max: 10
    ask: Hebt u kinderen?
    why: Daarvan hangt het af.
    of:
      oud: {type: integer, min: 0, max: 30, ask: "Hoe oud is {item}?", why: "Daarvan hangt het af."}
ITEM_CHECKS
CHECKS
decisions:
  rest: {type: money, is: inkomen - huur}
  jong: {type: integer, is: "count(kinderen[oud < 18])"}
  leeftijd: {type: integer, is: "years(geboren, vertrek)"}
  bedrag: {type: money, round: half_up 0.01, is: "max(0, 1000 - rest / 2) + 100 * jong"}
  recht:
    type: choice
    options: [wel, niet]
    hit: HIT
    table: |
ROWS
outcomes:
  wel: {kind: answer, rank: 1, values: [bedrag], text: "U krijgt {bedrag}."}
  niet: {kind: answer, rank: 0, needs: [kinderen, vertrek], text: "U krijgt niets."}
PROMISES
"""
ROWS = """
| rest  | leeftijd || recht |
| > 800 | -        || niet  |
| -     | < 18     || niet  |
| -     | -        || wel   |
"""


def proven(rows: str = ROWS, promise: str = "", checks: str = "", hit: str = "first", items: str = "") -> Proof:
    text = (
        FLOW.replace("HIT", hit)
        .replace("ITEM_CHECKS\n", items and f"    checks: [{items}]\n")
        .replace("CHECKS\n", checks and f"checks:\n  - {checks}\n")
    )
    text = text.replace("ROWS\n", "".join(f"      {line}\n" for line in rows.strip().splitlines()))
    text = text.replace("PROMISES\n", promise and f"promises:\n  - {promise}\n")
    return prove(load_flow(text))


def told(proof: Proof) -> list[tuple[str, Any]]:
    return [(own.problem.code, own.witness) for own in proof.findings]


def test_the_flow_is_proven():
    """Sums, dates and lists, with nothing wrong and nothing left open."""
    proof = proven()
    assert (told(proof), proof.not_proven) == ([], ())


def test_without_the_extra_what_needs_it_is_named(monkeypatch):
    """The same flow without z3: trying finds citizens, and what trying cannot settle is said to need the extra."""
    monkeypatch.setattr("engine.harness.solver.find_spec", lambda name: None)
    proof = proven(promise="always: bedrag <= 5000")
    assert not proof.is_clean
    assert all("needs the extra `verify`" in what for what in proof.not_proven)
    assert any(what.startswith("promise 1") for what in proof.not_proven)


def test_what_few_tries_and_the_solver_leave_open_is_tried_at_length(monkeypatch):
    """A question matters when two likely citizens show it, however late, where z3 cannot say."""
    open_ = "whether the question `geboren` can matter"
    monkeypatch.setattr("engine.harness.solver.find_spec", lambda name: None)
    assert not [what for what in proven().not_proven if what.startswith(open_)]
    monkeypatch.setattr("engine.harness.prove_questions.FEW_TRIES", 0)
    assert not [what for what in proven().not_proven if what.startswith(open_)]
    monkeypatch.setattr(Witnesses, "differ", lambda *own: ())
    assert [what for what in proven().not_proven if what.startswith(open_)]


KEPT = [
    "always: bedrag >= 0",
    "always: bedrag <= 2700",
    "always: leeftijd >= 15",
    "never: {outcome: wel, when: inkomen - huur > 800.00}",
    "never: {outcome: wel, when: inkomen > huur + 900}",
    "more: {fact: huur, never_worse_for_citizen: yes}",
    "more: {fact: inkomen, never_better_for_citizen: yes}",
]
BROKEN = [
    "always: bedrag <= 2699.99",
    "always: bedrag < 100",
    "always: leeftijd >= 16",
    "never: {outcome: wel, when: inkomen - huur > 799.99}",
    "never: {outcome: niet, when: inkomen < huur}",
    "more: {fact: huur, never_better_for_citizen: yes}",
    "more: {fact: vertrek, never_better_for_citizen: yes}",
]


@pytest.mark.parametrize("promise", KEPT)
def test_a_promise_about_sums_and_dates_is_kept(promise):
    """Proven for every citizen; what reads the list is proven up to two items, and says so."""
    proof = proven(promise=promise)
    assert (told(proof), proof.not_proven) == ([], ())
    assert ("lists up to 2 items" in proof.notes) == ("bedrag <=" in promise)


@pytest.mark.parametrize("promise", BROKEN)
def test_a_promise_about_sums_and_dates_is_broken(promise):
    """One finding, with a citizen."""
    found = told(proven(promise=promise))
    assert [code for code, _ in found] == ["P-PROMISE"]
    assert found[0][1]


class GivesUp:
    """z3 after it met so many terms that it tells nothing any more; a new context knows none of them."""

    def check(self, *more: Any) -> Any:
        return import_module("z3").unknown

    @classmethod
    def in_the_main_context(cls, monkeypatch: pytest.MonkeyPatch) -> None:
        """From now on it is so; contexts of their own are as they were."""
        plain = solver.told_to
        monkeypatch.setattr(solver, "told_to", lambda *own: plain(*own) if len(own) > 3 else cls())


@pytest.mark.parametrize("promise", [*KEPT, *BROKEN])
def test_what_the_solver_gives_up_is_tried_once_more_where_it_met_nothing(promise, monkeypatch):
    """A verdict, its citizen too, is the same whatever else was proven in the same process."""
    alone = proven(promise=promise)
    GivesUp.in_the_main_context(monkeypatch)
    again = proven(promise=promise)
    assert again.not_proven == alone.not_proven == ()
    assert [code for code, _ in told(again)] == [code for code, _ in told(alone)]
    assert all(witness for _, witness in told(again))


@pytest.mark.parametrize("promise", [*KEPT, *BROKEN])
def test_contexts_made_ready_change_nothing_but_the_time(promise):
    """The same findings, with the same citizens."""
    alone = proven(promise=promise)
    solver.make_ready(2)
    assert proven(promise=promise) == alone


def test_what_needs_too_much_effort_alone_is_named(monkeypatch):
    """Where z3 gives up afresh too, the question is said to be open."""
    monkeypatch.setattr("engine.harness.inquiry.Solver", partial(Solver, effort=1))
    proof = proven(promise="always: bedrag <= 2700")
    assert "promise 1: the solver used up its effort" in proof.not_proven


def test_a_row_that_only_arithmetic_rules_out():
    """Two columns over sums of the same facts can contradict each other."""
    rows = "| rest | inkomen < huur || recht |\n| > 0 | yes || wel |\n| - | - || niet |"
    assert "P-ROW-IMPOSSIBLE" in [code for code, _ in told(proven(rows))]


def test_a_row_that_only_arithmetic_overtakes():
    """A row is overtaken when a sum above it takes all that it matches."""
    rows = "| rest | inkomen > huur || recht |\n| > 1 | - || wel |\n| - | yes || wel |\n| - | - || niet |"
    assert "P-ROW-OVERTAKEN" not in [code for code, _ in told(proven(rows))]
    assert "P-ROW-OVERTAKEN" in [code for code, _ in told(proven(rows.replace("> 1", "> 0")))]


def test_rows_over_sums_that_meet():
    """A unique table over two sums: where they meet stands a citizen."""
    rows = "| rest | leeftijd || recht |\n| > 10 | - || wel |\n| - | > 90 || niet |\n| <= 10 | <= 90 || niet |"
    found = dict(told(proven(rows, hit="unique")))
    assert set(found) == {"P-AMBIGUOUS", "P-NO-OUTCOME"}
    assert {"inkomen", "huur", "geboren", "vertrek"} <= found["P-AMBIGUOUS"].keys()


def test_nobody_without_an_outcome_when_sums_cover_everything():
    """Complete by arithmetic: rest > 0, or income at most the rent."""
    rows = "| rest | inkomen <= huur || recht |\n| > 0 | - || wel |\n| - | yes || niet |"
    assert "P-NO-OUTCOME" not in [code for code, _ in told(proven(rows))]
    gap = "| rest | inkomen < huur || recht |\n| > 0 | - || wel |\n| - | yes || niet |"
    found = dict(told(proven(gap)))
    assert found["P-NO-OUTCOME"]["inkomen"] == found["P-NO-OUTCOME"]["huur"]


def test_a_check_takes_citizens_away():
    """Answers that the flow refuses are nobody's, so they break no promise."""
    promise = "never: {outcome: wel, when: inkomen > huur}"
    assert "P-PROMISE" in [code for code, _ in told(proven(promise=promise))]
    checks = '{must: inkomen <= huur or inkomen - huur > 801, say: "Kijk dit na."}'
    assert told(proven(promise=promise, checks=checks)) == []


def test_a_check_of_items_takes_items_away():
    """No child under eighteen is an answer, so nobody gets anything for one."""
    assert [code for code, _ in told(proven(promise="always: bedrag <= 2500"))] == ["P-PROMISE"]
    items = '{must: oud >= 18, say: "Kijk dit na."}'
    assert told(proven(promise="always: bedrag <= 2500", items=items)) == []


def test_a_list_of_more_items_than_are_unfolded_is_named():
    """Three children at least: what reads the list is beyond two items, and that is said."""
    text = FLOW.replace("HIT", "first").replace("ITEM_CHECKS\n", "").replace("CHECKS\n", "")
    text = text.replace("    max: 10\n", "    min: 3\n    max: 10\n").replace(
        "PROMISES", "promises: [always: bedrag <= 2700]"
    )
    text = text.replace("ROWS\n", "".join(f"      {line}\n" for line in ROWS.strip().splitlines()))
    assert any("promise 1" in what and "3 items or more" in what for what in prove(load_flow(text)).not_proven)


def test_a_question_behind_a_sum_that_cannot_matter():
    """The rent is read, and whatever it is, the outcome is the same."""
    rows = "| inkomen + huur - huur || recht |\n| > 800 || niet |\n| - || wel |"
    found = [own.problem.message for own in proven(rows).findings]
    assert not any("huur" in message for message in found), "the amount is shown, so the rent matters for that"
    proof = prove(
        load_flow(
            FLOW.replace("HIT", "first").replace("ITEM_CHECKS\n", "").replace("CHECKS\n", "").replace("PROMISES\n", "")
            .replace("values: [bedrag], ", "").replace("{bedrag}", "iets")
            .replace("ROWS\n", "".join(f"      {line}\n" for line in rows.splitlines()))
        )
    )  # fmt: skip
    assert any("`huur` can never matter" in own.problem.message for own in proof.findings)


def test_a_budget_that_is_used_up_is_said_where_the_solver_cannot_help(monkeypatch):
    """No diagram fits and there is no solver: everything about the goal is named, and nothing is claimed."""
    monkeypatch.setattr("engine.harness.solver.find_spec", lambda name: None)
    monkeypatch.setattr("engine.harness.inquiry.OF_ONE", 2)
    proof = proven()
    assert any("always has an outcome" in what for what in proof.not_proven)
    assert not proof.is_clean


def test_a_budget_that_is_used_up_goes_to_the_solver(monkeypatch):
    """Where no diagram fits, z3 settles the same questions."""
    monkeypatch.setattr("engine.harness.inquiry.OF_ONE", 2)
    proof = proven()
    assert (told(proof), proof.not_proven) == ([], ())


def test_what_the_solver_has_no_word_for_is_named():
    """A built-in without a counterpart is named, with the question that it leaves open."""
    rows = "| string length(string(inkomen - huur)) > 3 || recht |\n| yes || wel |\n| - || niet |"
    proof = proven(rows, promise="never: {outcome: wel, when: inkomen = huur}")
    assert any("promise 1" in what and "no exact word for `string" in what for what in proof.not_proven)


@pytest.mark.parametrize("written", ['@"P14D"', 'duration("P14D")'])
def test_a_call_of_constants_is_its_value(written: str):
    """A length of time that is written as a call says the same to z3 as one that is written as itself."""
    text = (
        "wegwijzer: 1\nflow: proef\nlanguage: nl\nquestion: Is het op tijd?\ngoal: op_tijd\nfacts:\n"
        "  nu: {type: date, from: [clock:start]}\n"
        '  dag: {type: date, ask: "Welke dag?", why: "Wij hebben twee weken nodig."}\n'
        "decisions:\n  op_tijd:\n    type: choice\n    options: [ja, nee]\n"
        f'    is: \'if dag >= nu + {written} then "ja" else "nee"\'\n'
        'outcomes:\n  ja: {kind: answer, text: "Ja."}\n  nee: {kind: answer, text: "Nee."}\n'
        'promises:\n  - never: {outcome: ja, when: dag < nu + @"P14D"}\n'
    )
    assert prove(load_flow(text)).is_clean

"""Rules about time and turns: what a hand that does not know them planted, and what is right beside it."""

from __future__ import annotations

import pytest

from engine.flow.parse import parse_flow
from engine.graph.compile import compile_flow
from engine.lint.linting import lint
from engine.lint.registry import RULES
from engine.lint.subject import Subject
from tests.engine.lint.flows import laid_over
from tests.shared_material import ROOT

RULE_OF = {rule.page.code: rule for rule in RULES}
REFUSED = """
outcomes:
  nee: {kind: refusal, text: "%s", remedy: {kind: %s, at: "gemeente Voorbeeld", within: %s, source: tarief}}
"""


def found(code: str, piece: str) -> list[str]:
    """What one rule says of a piece laid over the sound flow."""
    parsed = parse_flow(laid_over(piece))
    return [own.message.en for own in RULE_OF[code].check(Subject(compile_flow(parsed), parsed.positions))]


@pytest.mark.parametrize(
    ("text", "kind", "within", "many"),
    [
        ("U betaalt. Binnen zes weken kunt u bezwaar maken.", "bezwaar", "P6W", 0),
        ("U betaalt. Binnen 42 dagen kunt u bezwaar maken.", "bezwaar", "P6W", 0),
        ("U betaalt. Dan kunt u binnen vier weken bezwaar maken.", "bezwaar", "P6W", 1),
        ("U betaalt. U kunt bezwaar maken binnen 6 dagen.", "bezwaar", "P6W", 1),
        ("U betaalt. U hoort binnen twaalf weken iets over uw bezwaar.", "bezwaar", "P6W", 0),
        ("U betaalt.", "bezwaar", "P6D", 1),
        ("U betaalt.", "beroep", "P4W", 1),
        ("U betaalt.", "bezwaar", "P12W", 0),
    ],
)
def test_the_letter_gives_the_time_of_the_law_and_of_the_remedy(text: str, kind: str, within: str, many: int):
    """Six weeks by the Awb, and the same in the words; a term for us is another."""
    assert len(found("L-REMEDY-WEEKS", REFUSED % (text, kind, within))) == many


STILL = """
process:
  places: {completing: {who: citizen, does: questions, within: %s, suspends: decide, title: "Nog iets"}}
  steps: |
    | from       | event | by    | if | to | do |
    | completing | late  | clock | -  | %s | task beoordelen |
"""


@pytest.mark.parametrize(
    ("within", "to", "said"), [("P8W", "judging", ""), ("P9W", "judging", "P9W"), ("P2W", "stay", "for ever")]
)
def test_a_term_stands_still_no_longer_than_it_lasts_and_never_without_an_end(within: str, to: str, said: str):
    """A clock that runs out and stays leaves the term standing."""
    told = found("L-STANDS-STILL", STILL % (within, to))
    assert len(told) == bool(said)
    assert all(said in own for own in told)


UNDER = """
process:
  places: {tweede: {who: worker, does: judge, under: decide, skill: zwembad, title: "Een collega kijkt mee"}}
  steps: |
    | from    | event   | by     | if | to      | do              |
    | judging | ask     | worker | -  | tweede  | task tweede     |
    | tweede  | done    | worker | -  | decided | publish outcome |
    | tweede  | late    | clock  | -  | stay    | task teamleider |
tasks: {tweede: {skill: zwembad, within: %s, text: "Kijk mee."}}
"""


@pytest.mark.parametrize(("within", "many"), [("P8W", 0), ("P10W", 1), ("{working_hours: 8}", 0)])
def test_work_under_a_term_is_due_within_it(within: str, many: int):
    """Of a place under a legal term the length of the term counts; hours of being open are told elsewhere."""
    assert len(found("L-TASK-TERM", UNDER % within)) == many


@pytest.mark.parametrize("folder", sorted(path.name for path in (ROOT / "flows").iterdir() if path.is_dir()))
def test_the_example_flows_give_no_alarm(folder: str):
    """What is sound stays sound."""
    text = (ROOT / "flows" / folder / "flow.yaml").read_text(encoding="utf-8")
    codes = {own.code for own in lint(text, f"flows/{folder}/flow.yaml").problems}
    assert not codes & {"L-CHECK", "L-KEPT", "L-WHOSE-MOVE", "L-GUARD-EARLY", "L-TASK-TERM", "L-STANDS-STILL"}
    assert not codes & {"L-REMEDY-WEEKS", "L-REMEDY"}


@pytest.mark.parametrize(("kind", "many"), [("refusal", 0), ("grant", 0), ("answer", 1)])
def test_a_remedy_is_against_a_determination(kind: str, many: int):
    """Against an answer nobody can object: either the remedy or the kind is a slip."""
    piece = REFUSED % ("U betaalt.", "bezwaar", "P6W")
    assert len(found("L-REMEDY", piece.replace("kind: refusal", f"kind: {kind}"))) == many

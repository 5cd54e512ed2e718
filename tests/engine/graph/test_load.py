"""Reading and compiling in one: faults of every kind in one go."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import FlowError
from engine.graph.load import load_flow

TREE = (Path(__file__).parents[3] / "flows" / "boom-kappen" / "flow.yaml").read_text("utf-8")

PLANTED = (
    ("question: Mag ik", "question: Mag: ik", "E-YAML-COLON"),
    ("goal: toestemming", "goal: toestming", "E-REFERENCE"),
    ("style: {bureaucraat: 60", "style: {bureaucraat: 70", "E-STYLE"),
    ("    why: Bij gevaar kijkt er meteen iemand met u mee.\n", "", "E-WHY"),
    ("      snoeien: Takken snoeien", "      spoed: Takken snoeien", "E-OPTION-NAME"),
    ("    say: Heeft de boom iepziekte", "    zeg: Heeft de boom iepziekte", "E-KEY"),
    ("dunnen and beheerplan, source", "dunnen and beheerpaln, source", "E-NAME"),
    ("| - " + " " * 11 + "|| neem_contact_op  | spoed  |", "| - " + " " * 11 + "|| bel_maar_even    | spoed  |", ""),
    ("{kind: answer,", "{kind: answer,", ""),
    ("    kind: task\n", "    kind: taak\n", "E-VALUE"),
    ('title: "Spoed bij een boom"', "title: Spoed bij een boom", "E-TEXT-QUOTES"),
    ("never: {outcome: vergunningplicht, when: not(omtrek", "never: {outcome: plicht, when: not(omtrek", "E-REFERENCE"),
)


def test_faults_of_the_reader_and_the_compiler_come_together() -> None:
    """Ten planted faults of ten kinds, in YAML, keys, names, expressions and cells: all on their own lines."""
    text, expected = TREE, []
    for old, new, code in PLANTED:
        if old != new and code:
            assert old in text, old
            text = text.replace(old, new, 1)
            expected.append((new, code))
    with pytest.raises(FlowError) as caught:
        load_flow(text, "f.yaml")
    found = {(problem.where.line, problem.code) for problem in caught.value.problems}
    for new, code in expected:
        line = (
            text[: text.index(new)].count("\n") + 1 if new else text[: text.index("  spoed:\n    type")].count("\n") + 1
        )
        assert (line, code) in found, (line, code, sorted(found))
    assert len(expected) == 10


def test_a_dropped_fact_brings_no_faults_of_its_own() -> None:
    """Whatever refers to a fact that could not be read is left alone."""
    with pytest.raises(FlowError) as caught:
        load_flow(TREE.replace("  iepziekte:\n    type: boolean", "  iepziekte:\n    type: bolean"))
    assert [problem.code for problem in caught.value.problems] == ["E-VALUE"]


def test_a_sound_flow_gives_its_graph() -> None:
    """Nothing is in the way of a sound flow."""
    assert load_flow(TREE).flow.flow == "boom-kappen"


@pytest.mark.parametrize("slot", ["wrk", "wrk:whole", "wrk.naam", "bedrag"])
@pytest.mark.parametrize("where", ["outcome", "part", "translated", "folded"])
def test_an_unknown_name_in_a_text_is_told_once(where: str, slot: str) -> None:
    """Reader and compiler both look at it; an author reads of it once, at its place."""
    texts = {
        "outcome": f'text: "Het mag {{{slot}}}."}}',
        "part": f'text: [Dit, {{when: werk, text: "Het mag {{{slot}}}."}}]}}',
        "translated": f'text: "Het mag."}}\nen: {{outcomes: {{ja: {{text: "You may {{{slot}}}."}}}}}}',
        "folded": f'text: "Het mag\n    {{{slot}}}."}}',
    }
    flow = (
        "wegwijzer: 1\nflow: proef\nlanguage: nl\nquestion: Mag dit?\ngoal: mag\n"
        'facts: {werk: {type: boolean, ask: "Werkt u?", why: "Dat bepaalt of het mag."}}\n'
        "decisions: {mag: {type: choice, options: [ja], rules: [{when: else, then: ja}]}}\n"
        f"outcomes:\n  ja: {{kind: answer, rank: 1, {texts[where]}\n"
    )
    with pytest.raises(FlowError) as wrong:
        load_flow(flow)
    assert [problem.code for problem in wrong.value.problems] == ["E-SLOT"]

"""What the harness makes of a table with several outputs: it is one table to whoever proves, compares or spoils it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from engine.errors import FlowError
from engine.flow.parse import parse_flow
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.answer import Citizen, answer
from engine.harness.answer_explained import explained
from engine.harness.compare import compare
from engine.harness.coverage import RULES, goals
from engine.harness.mutate import mutants
from engine.harness.mutate_same import same_for_everybody
from engine.harness.mutate_tree import Mutant
from engine.harness.prove import prove
from engine.harness.run import run
from engine.harness.scenario import read_scenarios
from engine.journey.explain import by_rule
from engine.lint.linting import judged

TEXT = (Path(__file__).parents[1] / "graph" / "outputs.yaml").read_text("utf-8")
COLUMNS = {
    "recht": "    type: choice\n    options: [ja, nee, hoorzitting]\n    label: Recht\n",
    "bedrag": "    type: number\n    unit: euro\n    round: half_up 1\n    label: Bedrag\n",
    "nodig": "    type: choices\n    options: [loonstrook, uitleg]\n",
}


@cache
def graph(text: str = TEXT) -> Graph:
    return load_flow(text)


def apart() -> str:
    """The same flow with a table for each output."""
    start, end = TEXT.index("  beoordeling:\n"), TEXT.index("  maandbedrag:")
    rows = [line.strip().strip("|").split("||") for line in TEXT[start:end].splitlines() if line.lstrip()[:1] == "|"]
    made = []
    for column, (name, keys) in enumerate(COLUMNS.items()):
        cells = [(left, *[cell.strip() for cell in right.split("|")]) for left, right in rows if "---" not in left]
        lines = [f"      |{row[0]}|| {row[column + 1]} | {row[4]} | {row[5]} |" for row in cells]
        made += [f"  {name}:\n{keys}    hit: first\n    source: wet\n    table: |\n", "\n".join(lines), "\n"]
    blocks = "\n".join(
        f'    {name}: {{{more}because: {{u bent nog geen 18: "you are not 18 yet"}}}}'
        for name, more in (("recht", ""), ("bedrag", 'label: "Amount", '), ("nodig", ""))
    )
    whole = TEXT[:start] + "".join(made) + TEXT[end:]
    return whole[: whole.index("    beoordeling:\n")] + blocks + "\n"


def test_a_flow_with_a_table_for_each_output_compares_as_the_same() -> None:
    """Both ways; nobody gets, is asked or is told anything else."""
    one, several = graph(), load_flow(apart())
    for old, new in ((one, several), (several, one)):
        found = compare(old, new)
        assert (found.shifts, found.changes, found.reasons, found.notes) == ((), (), (), ())
    assert same_for_everybody(one, several)


def test_another_reason_in_a_row_is_told_once_under_the_name_of_the_table() -> None:
    """Though every output gives it."""
    found = compare(graph(), graph(TEXT.replace("u verdient onder de 20.000 ", "u verdient te weinig    ")))
    assert [(own.of, own.effect) for own in found.reasons] == [("beoordeling", "another reason")]
    found = compare(graph(), graph(TEXT.replace("you are not 18 yet", "you are too young")))
    assert [own.what for own in found.changes] == [
        "`beoordeling`, “u bent nog geen 18” in en: “you are not 18 yet” -> “you are too young”"
    ]


def test_coverage_counts_a_row_once_and_a_scenario_may_name_the_table() -> None:
    """By the name of the table; an expectation takes that of an output too."""
    assert list(goals(graph())[RULES]) == [f"beoordeling row {number}" for number in range(1, 6)]
    scenario = read_scenarios(
        """
scenarios:
  Boven de 20.000:
    with: {leeftijd: 30, inkomen: 30000, bijzonder: no}
    expect: {outcome: ja, rule: {beoordeling: 4, bedrag: 4, recht: 4}, values: {bedrag: 500, nodig: [loonstrook]}}
""",
        "s.yaml",
    )[0]
    ran = run(graph(), scenario)
    assert ran.failures == ()
    assert ("beoordeling", 4) in ran.rows
    assert not {name for name, _ in ran.rows} & set(COLUMNS)


def test_one_rule_explains_all_that_it_concludes() -> None:
    """Conclusions of one row of one table stand together; what they are for themselves is there too."""
    who = Citizen({"leeftijd": 30, "inkomen": 30000, "bijzonder": False}, date(2026, 3, 1))
    told = explained(graph(), who, answer(graph(), who))
    groups = [[own.decision for own in group] for group in by_rule(told.conclusions)]
    assert groups == [["recht", "bedrag", "nodig"], ["maandbedrag"]]
    assert {(own.table, own.row) for own in told.conclusions[:2]} == {("beoordeling", 4)}


def test_it_is_proven_and_its_rows_are_looked_at_once() -> None:
    """A row that can never decide is found once, at its line."""
    assert [str(own.problem) for own in prove(graph()).findings] == []
    text = TEXT.replace("| -        | > 40000        |", "| < 12     | -              |")
    found = [own.problem for own in prove(graph(text)).findings]
    assert [(own.code, own.where.line) for own in found] == [("P-ROW-OVERTAKEN", 26)]
    assert "`beoordeling`" in str(found[0].message)


def test_lint_speaks_of_the_table() -> None:
    """A reason without translation, a row without source: once, under the name of the table."""
    bare = TEXT.replace("    source: wet\n", "")
    parsed = parse_flow(bare)
    found = judged(graph(bare), parsed.positions, bare, "flow.yaml").problems
    assert len([own for own in found if own.code == "L-SOURCE"]) == 1
    assert "Rows 2 of `beoordeling`" in str(next(own.message for own in found if own.code == "L-SOURCE"))
    lacking = [own for own in found if own.code == "L-TRANSLATION" and "because" in str(own.message)]
    assert [(own.where.line, str(own.message).partition(" ")[0]) for own in lacking] == [(15, "`beoordeling`")]


def named(what: str) -> Mutant:
    return next(own for own in mutants(TEXT, "flow.yaml") if own.what == what)


@pytest.mark.parametrize(
    "what",
    [
        "beoordeling row 1 is gone",
        "beoordeling row 4, recht: ja -> nee",
        "beoordeling row 4, bedrag: (40000 - inkomen) * 0.05 -> (40000 - inkomen) * 0.06",
        "beoordeling row 4, nodig: loonstrook -> []",
        "beoordeling row 2, inkomen: > 40000 -> >= 40000",
        "decisions.beoordeling.outputs.bedrag.round: half_up -> down 1",
        "decisions.beoordeling.hit: first -> unique",
    ],
)
def test_faults_stand_in_one_cell_one_row_or_the_whole_table(what: str) -> None:
    """A conclusion is named by its column; a row goes for all outputs at once."""
    assert named(what).line > 14


def test_a_fault_that_changes_nothing_in_any_output_is_none() -> None:
    """`inkomen` above 40.000 is taken by the second row: a wider limit in the fourth changes nobody's anything."""
    text = TEXT.replace("[20000..40000]", "[20000..50000]").replace("| -        | [20000", "| -        | [20000")
    assert same_for_everybody(graph(), graph(text)) is False  # a calculation has no diagram: never claimed wrongly
    plain = TEXT.replace("(40000 - inkomen) * 0.05", "700")
    assert same_for_everybody(graph(plain), graph(plain.replace("[20000..40000]", "[20000..50000]")))
    assert not same_for_everybody(graph(plain), graph(plain.replace("| 700 ", "| 701 ")))


def test_a_missing_row_is_told_once_for_all_outputs() -> None:
    """The reader points at one place of the table."""
    with pytest.raises(FlowError) as caught:
        load_flow(TEXT.replace("| > 40000 ", "| > veel  "))
    assert [(own.code, own.where.line) for own in caught.value.problems] == [("E-NAME", 26)]

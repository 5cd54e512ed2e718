"""Faults put into a flow: which there are, which change nothing, who notices them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.flow.parse import read_root
from engine.flow.yaml_nodes import Entries
from engine.flow.yaml_tree import read_tree
from engine.graph.graph import Graph
from engine.graph.load import load_flow, load_reading
from engine.harness import mutate_tree as tree
from engine.harness.driver import Trunk
from engine.harness.mutate import Judge, Verdict, mutants, score
from engine.harness.mutate_expressions import faults, steps
from engine.harness.mutate_same import same_for_everybody
from engine.harness.mutate_tables import Table
from engine.harness.run import run
from engine.harness.scenario import read_scenarios
from engine.harness.seed import seed

FLOWS = Path(__file__).resolve().parents[3] / "flows"
FILES = seed("hulp", "Kan ik hulp krijgen?", "", "")
FLOW = FILES["flow.yaml"]
SCENARIOS = read_scenarios(FILES["scenarios/eerste.yaml"], "s.yaml")
TABLE = """\
| leeftijd | lid || recht | source | because |
|----------|-----||-------|--------|---------|
| < 18     | -   || nee   | wet    | te jong |
| >= 18    | yes || ja    | wet    | lid     |
"""


def test_every_kind_of_fault_has_its_name_in_the_list() -> None:
    """Whoever tells of a fault in another language finds its kind there; the list holds no kind that is never made."""
    found = {own.operator for path in FLOWS.glob("*/flow.yaml") for own in mutants(path.read_text("utf-8"), str(path))}

    assert found <= set(tree.OPERATORS)
    assert set(tree.OPERATORS) - found <= {"count"}


def texts(expression: str) -> set[str]:
    return {new for _, new, _, _ in faults(expression)}


@cache
def verdicts(flow: str = FLOW, scenarios: str = FILES["scenarios/eerste.yaml"]) -> dict[str, Verdict]:
    judge = Judge(load_flow(flow), flow, "flow.yaml", read_scenarios(scenarios, "s.yaml"))
    return {own.name: judge.harmed(judge.verdict(own)) for own in mutants(flow, "flow.yaml")}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (">= 18", {"> 18", "< 18", ">= 19", ">= 17"}),
        ("a and b", {"a or b"}),
        ("not(a)", {"(a)"}),
        ("leeftijd between 3 and 5", {f"leeftijd between {x}" for x in ("4 and 5", "2 and 5", "3 and 6", "3 and 4")}),
        ("0.4 * n", {"0.5 * n", "0.3 * n", "0.4 / n"}),
        ("yes", {"no"}),
        ("a, b", {"a", "b"}),
        ('"geen"', set()),
    ],
)
def test_an_expression_has_the_faults_that_a_hand_makes(expression: str, expected: set[str]) -> None:
    """Limits, sides, connectives, figures: each once, and nothing inside a text."""
    assert texts(expression) == expected


@given(st.decimals(min_value=1, max_value=10**6, places=2))
def test_a_step_is_the_last_digit(value: object) -> None:
    """One step up and down again is the number itself."""
    up, down = steps(str(value))
    assert str(value) in (steps(up)[1], steps(down)[0])


def test_a_table_has_faults_in_cells_rows_and_reasons() -> None:
    """Every fault leaves a table with the same heads, and differs from it."""
    table = Table(TABLE)
    found = [*table.rows(), *table.cells(), *table.conclusions(), *table.reasons()]
    assert {own.operator for own in found} >= {
        "row dropped", "row twice", "rows swapped", "condition dropped", "conclusion", "reasons swapped", "threshold",
    }  # fmt: skip
    assert all(own.text != TABLE and Table(own.text).heads == table.heads for own in found)


def test_a_tree_changes_in_one_place() -> None:
    """Put, drop and swap leave everything else, and the tree they were given, as it was."""
    root, _ = read_tree("a: {b: 1, c: 2}\nd: [x, y]\n", "f")
    assert isinstance(root, Entries)
    assert tree.at(tree.drop(root, ("a", "b")), ("a", "b")) is None
    assert [own.node.text for own in tree.listed(tree.swap(root, ("d", 0), ("d", 1)), ("d",))] == ["y", "x"]
    assert [own.node.text for own in tree.listed(root, ("d",))] == ["x", "y"]
    assert "a" not in tree.drop(tree.drop(root, ("a", "b")), ("a", "c")).entries


def test_the_same_flow_is_the_same_for_everybody() -> None:
    """Comments, and rows of a unique table in another order, change nothing for anybody."""
    unique = FLOW.replace("hit: first", "hit: unique").replace("| -     | yes ", "| no    | yes ")
    unique = unique.replace("| -     | -          || nee ", "| no    | no         || nee ")
    lines = unique.splitlines()
    at = next(number for number, line in enumerate(lines) if "|| bel_mij" in line)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    assert "|| bel_mij" in lines[at + 1]
    assert same_for_everybody(load_flow(unique), load_flow("# words\n" + "\n".join(lines)))
    assert same_for_everybody(load_flow(FLOW), load_flow(unique))


ONE = "    | decided | one | citizen | - | closed | - |\n"
LATE = "    | decided | late | clock | - | expired | - |\n"
OTHER = "    | decided | other | citizen | - | closed | - |\n"
STEPS = "process:\n  steps: |\n    | from | event | by | if | to | do |\n"


def test_steps_have_an_order_only_where_somebody_chooses_among_them() -> None:
    """A clock's row may stand above or below a citizen's; two buttons of the citizen in another order are a change."""

    def flow(*rows: str) -> Graph:
        return load_flow(FLOW.replace("\nchannels:", "\n" + STEPS + "".join(rows) + "channels:", 1))

    assert same_for_everybody(flow(ONE, OTHER, LATE), flow(LATE, ONE, OTHER))
    assert not same_for_everybody(flow(ONE, OTHER, LATE), flow(OTHER, ONE, LATE))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| -     | yes ", "| -     | no  "),
        (
            "| -     | yes        || ja       | regel  | u woont in de gemeente ",
            "| -  | yes || nee | regel | u woont in de gemeente ",
        ),
        ("rank: 2", "rank: 3"),
        ("working_hours: 4}}\n\n", "working_hours: 5}}\n\n"),
        ("Haast\n", "Spoed\n"),
    ],
)
def test_what_somebody_notices_is_not_the_same(old: str, new: str) -> None:
    """Another row, reason, rank, promise or word is a difference."""
    changed = FLOW.replace(old, new, 1)
    if changed == FLOW:
        changed = FLOW.replace("within: {working_hours: 4}", "within: {working_hours: 5}", 1)
    assert not same_for_everybody(load_flow(FLOW), load_flow(changed))


def test_a_reason_that_only_a_translation_says_otherwise_is_not_the_same() -> None:
    """Translations of reasons stand by the place of their row: rows that change places take those of each other."""
    text = (FLOWS / "paspoort" / "flow.yaml").read_text("utf-8")
    swapped = next(own for own in mutants(text, "paspoort") if own.what == "meenemen rule 2 and the next swapped")
    changed = load_reading(read_root(swapped.root, [], text, "paspoort"))
    assert not same_for_everybody(load_flow(text, "paspoort"), changed)


SUMS = """
wegwijzer: 1
flow: sommen
language: nl
question: Krijg ik geld?
goal: recht
facts:
  loon: {type: money, min: 0, max: 5000, ask: "Wat verdient u?", why: "Daarvan hangt het af."}
  huur: {type: money, min: 0, max: 3000, ask: "Wat is uw huur?", why: "Daarvan hangt het af."}
decisions:
  over: {type: money, is: loon - huur}
  recht: {type: choice, options: [wel, niet], is: 'if RECHT then "niet" else "wel"'}
outcomes:
  wel: {kind: answer, rank: 1, values: [over], text: "U krijgt geld."}
  niet: {kind: answer, rank: 0, text: "U krijgt niets."}
"""


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("over > 800 and loon > 800", "over > 800", True),  # whoever has 800 left earns at least that
        ("over > 800 and loon > huur", "over > 800 or loon < huur - 3000", True),
        ("over > 800 and loon > 800", "over > 800 or loon > 800", False),
        ("over > 800 and loon > 801", "over > 800", False),
    ],
)
def test_at_length_sums_are_the_same_where_that_is_proven(old: str, new: str, same: bool) -> None:
    """What holds of no citizen makes no fault, also where it takes arithmetic to see; a cent makes one."""
    one, two = (load_flow(SUMS.replace("RECHT", own)) for own in (old, new))
    assert not same_for_everybody(one, two)
    assert same_for_everybody(one, two, at_length=True) is same


def test_a_sum_by_which_nobody_fares_otherwise_is_no_fault() -> None:
    """The judge takes it out where nobody noticed it."""
    flow = SUMS.replace("RECHT", "over > 800 and loon > 800")
    judge = Judge(load_flow(flow), flow, "flow.yaml", [])
    found = {own.what: judge.verdict(own) for own in mutants(flow, "flow.yaml") if own.kind == tree.RULES}
    same = {what.partition(" -> if ")[2].partition(" then ")[0] for what, own in found.items() if own.same}
    assert same == {"over > 800 and loon >= 800", "over > 800 and loon > 799"}
    assert [own for own in found.values() if own.survives]


def test_every_mutant_stands_at_its_line() -> None:
    """The line of a fault holds what the fault is about."""
    lines = FLOW.splitlines()
    for own in mutants(FLOW, "flow.yaml"):
        if own.operator == "threshold":
            assert any(character.isdigit() for character in lines[own.line - 1])
        if own.operator == "row dropped":
            assert lines[own.line - 1].lstrip().startswith("|")


def test_a_mutant_is_judged_by_the_first_that_notices() -> None:
    """A row that is gone is seen by the proof, a swapped reason by a scenario that expects it."""
    found = verdicts()
    gone = next(own for name, own in found.items() if "row 3, woont_hier" in name or "row 1, haast: yes -> no" in name)
    assert (gone.by, gone.same) == ("promises", False)
    swapped = next(own for name, own in found.items() if "reasons swapped" in name and "rows 2 and 3" in name)
    assert (swapped.by, "Wie hier woont" in swapped.how) == ("scenarios", True)
    assert any(own.survives and own.harm is not None for own in found.values())


def test_a_promise_notices() -> None:
    """Where a promise forbids it, a wrong conclusion is noticed before any scenario runs."""
    found = verdicts(scenarios="scenarios: {leeg: {expect: {}}}\n")
    wrong = next(own for name, own in found.items() if "conclusion: antwoord row 1" in name)
    assert wrong.by in ("prove", "promises")


def test_scenarios_are_not_alarmed_by_what_changes_nothing() -> None:
    """No scenario fails on a mutant that is the same for everybody."""
    same = [own.mutant for own in verdicts().values() if own.same]
    assert same
    for own in same:
        again = _graph(own)
        assert all(not run(again, scenario).failures for scenario in SCENARIOS)


def test_a_scenario_that_fails_by_itself_is_left_out() -> None:
    """It cannot notice anything, and is named."""
    judge = Judge(load_flow(FLOW), FLOW, "f", read_scenarios("scenarios: {mis: {expect: {outcome: ja}}}\n", "s.yaml"))
    assert judge.failing == ("mis",)


def test_the_score_counts_real_faults_only() -> None:
    """What changes nothing is in no share; the layers add up."""
    found = score(list(verdicts().values()))
    assert found.faults + found.same == found.judged
    assert found.noticed == round(found.percent * found.faults / 100)
    assert found.up_to("scenarios") == found.percent


def _graph(own: tree.Mutant) -> Graph:
    return load_reading(read_root(own.root, [], FLOW, "flow.yaml"))


class Plain(Judge):
    """Judges every mutant from nothing."""

    def _grown(self, graph: Graph, mutant: tree.Mutant) -> Trunk:
        return Trunk(graph)

    def _still_proven(self, graph: Graph, mutant: tree.Mutant) -> bool:
        return False


@pytest.mark.parametrize(("slug", "every"), [("boom-kappen", 12), ("verkeersboete", 90), ("bijstand", 150)])
def test_what_is_shared_with_the_flow_changes_no_verdict(slug: str, every: int) -> None:
    """Whoever judges every mutant from nothing comes to the same verdict, of the same layer with the same words."""
    text = (FLOWS / slug / "flow.yaml").read_text("utf-8")
    files = sorted((FLOWS / slug / "scenarios").glob("*.yaml"))
    scenarios = [own for file in files for own in read_scenarios(file.read_text("utf-8"), file.name)]
    judges = [kind(load_flow(text), text, "f", scenarios) for kind in (Judge, Plain)]
    for own in mutants(text, "f")[::every]:
        shared, plain = (judge.verdict(own) for judge in judges)
        assert shared == plain, own.name

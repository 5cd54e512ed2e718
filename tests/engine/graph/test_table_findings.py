"""The tables of a flow, checked when it is loaded: what is found, where, and with which values."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from engine.errors import Severity
from engine.flow.parse import parse_flow
from engine.graph.compile import compile_flow
from engine.graph.graph import Graph
from engine.graph.table_findings import findings, problems, table_of

FLOW = """\
wegwijzer: 1
flow: proef
language: nl
question: Mag dit?
owner: team
goal: besluit
facts:
  leeftijd: {type: integer, min: 16, max: 100, ask: "Hoe oud bent u?", why: "Daar hangt het van af."}
  bedrag: {type: money, ask: "Hoeveel?", why: "Daar hangt het van af."}
  werk: {type: choice, options: {kappen: "Kappen", snoeien: "Snoeien"}, ask: "Wat?", why: "Daar hangt het van af."}
  spoed: {type: boolean, ask: "Is er spoed?", why: "Daar hangt het van af."}
decisions:
  oud: {type: boolean, is: leeftijd >= 67}
  besluit:
    type: choice
    options: [ja, nee]
"""
REST = """\
outcomes:
  ja: {kind: answer, text: "Ja."}
  nee: {kind: answer, text: "Nee."}
"""


def graph(body: str) -> Graph:
    """The flow with this table or these rules as its goal."""
    return compile_flow(parse_flow(FLOW + indent(dedent(body), "    ") + REST, "flow.yaml"))


def found(body: str) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in problems(graph(body))]


def test_a_good_table_has_no_findings() -> None:
    """`min` and `max` count: nobody is younger than 16 here."""
    body = """\
    hit: unique
    table: |
      | leeftijd  || besluit |
      | [16..66]  || nee     |
      | [67..100] || ja      |
    """
    assert found(body) == []


def test_a_gap_names_values() -> None:
    """The sentence says for which values no row holds, and what the decision is then."""
    body = """\
    hit: unique
    table: |
      | werk   | spoed || besluit |
      | kappen | -     || nee     |
      | -      | yes   || ja      |
    """
    codes = dict(found(body))
    assert "werk is snoeien and spoed is no" in codes["W-TABLE-GAP"]
    assert "werk is kappen and spoed is yes" in codes["E-TABLE-OVERLAP"]


def test_a_last_row_that_concludes_nothing_is_no_gap() -> None:
    """An author who writes `none` has thought of it."""
    body = """\
    hit: first
    table: |
      | werk   | spoed || besluit |
      | kappen | -     || nee     |
      | -      | yes   || none    |
    """
    assert found(body) == []


def test_a_shadowed_row_points_at_its_line() -> None:
    """The problem stands at the row, and names the row that takes its place."""
    body = """\
    hit: first
    table: |
      | leeftijd || besluit |
      | < 67     || nee     |
      | < 30     || ja      |
      | -        || ja      |
    """
    (problem,) = problems(graph(body))
    assert problem.code == "W-TABLE-SHADOWED"
    assert "Row 2" in problem.message
    assert "row 1" in problem.message
    line = (FLOW + indent(dedent(body), "    ")).splitlines()[problem.where.line - 1]
    assert "< 30" in line


def test_overlap_is_an_error_and_disjoint_is_proven() -> None:
    """Rows of a `unique` table that hold together are an error; `disjoint` tells the engine which tables are safe."""
    body = """\
    hit: unique
    table: |
      | leeftijd || besluit |
      | < 67     || nee     |
      | >= 60    || ja      |
    """
    made = graph(body)
    (problem,) = problems(made)
    assert (problem.code, problem.severity) == ("E-TABLE-OVERLAP", Severity.ERROR)
    analysis = findings(made, made.rulings["besluit"])
    assert analysis is not None
    assert analysis.disjoint is False


def test_rules_are_checked_as_rows_are() -> None:
    """Conditions of `rules` are taken apart into columns; `else` leaves no gap."""
    body = """\
    hit: first
    rules:
      - {when: leeftijd < 30, then: nee}
      - {when: leeftijd < 20 and spoed, then: ja}
      - {when: else, then: ja}
    """
    made = graph(body)
    assert [column.head for column in table_of(made, made.rulings["besluit"]).columns] == ["leeftijd", "spoed"]
    assert [problem.code for problem in problems(made)] == ["W-TABLE-SHADOWED"]


def test_columns_over_the_same_fact_are_not_certain() -> None:
    """`oud` follows from `leeftijd`: the values of the gap cannot occur together, and the sentence says may."""
    body = """\
    hit: unique
    table: |
      | leeftijd | oud || besluit |
      | < 67     | no  || nee     |
      | >= 67    | yes || ja      |
    """
    made = graph(body)
    analysis = findings(made, made.rulings["besluit"])
    assert analysis is not None
    assert not analysis.certain
    assert all("may" in problem.message for problem in problems(made))
    assert all(problem.severity is Severity.WARNING for problem in problems(made))


def test_a_formula_has_no_rows_to_check() -> None:
    """Decisions without rows have no findings."""
    made = graph('is: if spoed then "ja" else "nee"\n')
    assert findings(made, made.rulings["oud"]) is None


@pytest.mark.parametrize(
    ("type_", "hit", "codes"),
    [
        ("choices", "collect", []),
        ("choices", "rule order", []),
        ("choices", "output order", []),
        ("number", "collect(count)", []),
        ("number", "collect(sum)", ["W-TABLE-GAP"]),
    ],
)
def test_no_row_is_a_gap_where_it_leaves_no_value(type_: str, hit: str, codes: list[str]) -> None:
    """A list is empty and a count 0; a sum of nothing has no value."""
    then = "1" if type_ == "number" else "ja"
    options = "" if type_ == "number" else ", options: [ja, nee]"
    extra = f"  meer: {{type: {type_}{options}, hit: {hit}, rules: [{{when: spoed, then: {then}}}]}}\n"
    made = compile_flow(parse_flow(FLOW + '    is: \'if spoed then "ja" else "nee"\'\n' + extra + REST, "flow.yaml"))
    assert [problem.code for problem in problems(made)] == codes

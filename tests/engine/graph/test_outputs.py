"""Tables with several outputs against the same tables written out, one for each output; and what is found in them."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import FlowError, Severity
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.table_findings import problems
from engine.graph.view import View
from engine.journey.relevance import relevance

HEAD = """wegwijzer: 1
flow: toelage
language: nl
question: Krijg ik een toelage?
goal: uitkomst
facts:
  kleur: {type: choice, options: [rood, groen, blauw], ask: "Welke kleur?", why: "Daarom."}
  groot: {type: boolean, ask: "Is het groot?", why: "Daarom."}
  aantal: {type: integer, min: 0, max: 3, ask: "Hoeveel?", why: "Daarom."}
outcomes:
  ja: {kind: answer, text: "Ja."}
  nee: {kind: answer, text: "Nee."}
decisions:
  uitkomst: {type: choice, options: [ja, nee], is: 'if recht = "ja" and bedrag > 1 then "ja" else "nee"'}
"""
OUTPUTS = {"recht": "{type: choice, options: [ja, misschien, nee]}", "bedrag": "number"}
ORDER = ("ja", "misschien", "nee", "none")

Row = tuple[str, str, str, str, str]

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["-", "rood", "groen, blauw", "not(rood)"]),
        st.sampled_from(["-", "yes", "no"]),
        st.sampled_from(["-", "< 2", ">= 1", "[1..2]", "3"]),
        st.sampled_from(ORDER),
        st.sampled_from(["0", "2", "none", "aantal * 2"]),
    ),
    min_size=1,
    max_size=5,
)


def together(rows: list[Row], hit: str) -> str:
    """One table for both."""
    lines = [f"      | {' | '.join(row[:3])} || {' | '.join(row[3:])} | rij {at} |" for at, row in enumerate(rows)]
    return "\n".join(
        [
            HEAD + "  samen:",
            f"    hit: {hit}",
            "    outputs:",
            *(f"      {name}: {spec}" for name, spec in OUTPUTS.items()),
            "    table: |",
            "      | kleur | groot | aantal || recht | bedrag | because |",
            *lines,
            "",
        ]
    )


def apart(rows: list[Row], hit: str) -> str:
    """A table for each, in the order of rank where that counts; then the first row that holds."""
    if hit == "priority":
        rows, hit = sorted(rows, key=lambda row: ORDER.index(row[3])), "first"
    parts = [HEAD.rstrip("\n")]
    for column, (name, spec) in enumerate(OUTPUTS.items(), 3):
        kind = spec.strip("{}") if "{" in spec else f"type: {spec}"
        parts += [f"  {name}:", *(f"    {part}" for part in kind.replace("], ", "]\n").split(", options", 1)[:1])]
        parts += [f"    options{kind.split(', options')[1]}"] if "options" in kind else []
        parts += [f"    hit: {hit}", "    table: |", f"      | kleur | groot | aantal || {name} |"]
        parts += [f"      | {' | '.join(row[:3])} || {row[column]} |" for row in rows]
    return "\n".join([*parts, ""])


def partial_answers() -> list[dict[str, object]]:
    """Every set of answers, complete or not."""
    values: dict[str, list[object]] = {
        "kleur": ["rood", "groen", "blauw"],
        "groot": [True, False],
        "aantal": [Decimal(number) for number in range(4)],
    }
    return [
        {name: value for name, value in zip(values, chosen, strict=True) if value is not None}
        for chosen in product(*([None, *own] for own in values.values()))
    ]


def loaded(text: str) -> Graph | None:
    """The graph; None where such a table is refused, under `any`, because its rows do not agree."""
    try:
        return load_flow(text)
    except FlowError as error:
        if {own.code for own in error.problems} != {"E-TABLE-OVERLAP"}:
            raise
        return None


@pytest.mark.parametrize("hit", ["first", "unique", "any", "priority"])
@given(rows=ROWS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_one_table_is_as_a_table_for_each_output(hit: str, rows: list[Row]) -> None:
    """What is known, what can still be and what is asked, for every set of answers, complete or not."""
    one = loaded(together(rows, hit))
    if one is None:
        assert hit == "any"
        return
    several = load_flow(apart(rows, hit))
    for known in partial_answers():
        views = [View(graph, dict(known)) for graph in (one, several)]
        for name in ("recht", "bedrag", "uitkomst"):
            assert views[0].value(name) == views[1].value(name)
            assert views[0].possible(name) == views[1].possible(name)
        assert relevance(one, views[0]) == relevance(several, views[1])


def of(rows: list[Row], hit: str, **known: Any) -> tuple[object, object]:
    """Both outputs for a citizen."""
    view = View(load_flow(together(rows, hit)), known)
    return view.value("recht"), view.value("bedrag")


def test_priority_chooses_one_row_for_all_outputs() -> None:
    """The row with the best first output gives the second one too, though another row has a better second."""
    rows: list[Row] = [("-", "yes", "-", "nee", "1"), ("rood", "-", "-", "ja", "2"), ("-", "-", "-", "misschien", "3")]
    assert of(rows, "priority", kleur="rood", groot=True, aantal=Decimal(1)) == ("ja", Decimal(2))
    assert of(rows, "priority", kleur="blauw", groot=True, aantal=Decimal(1)) == ("misschien", Decimal(3))


def test_priority_looks_at_the_next_output_and_then_at_the_order_of_rows() -> None:
    """Where the first outputs are alike."""
    text = together([("-", "-", "-", "ja", "1"), ("-", "-", "-", "ja", "2")], "priority")
    known = {"kleur": "rood", "groot": True, "aantal": Decimal(0)}
    assert View(load_flow(text), known).value("bedrag") == Decimal(1)
    ranked = text.replace("bedrag: number", "bedrag: {type: choice, options: [2, 1]}")
    ranked = ranked.replace("and bedrag > 1", "")
    assert View(load_flow(ranked), known).value("bedrag") == "2"


def test_priority_refuses_an_expression_in_the_place_of_an_option() -> None:
    """The order of rows could not be known beforehand."""
    with pytest.raises(FlowError) as caught:
        load_flow(together([("-", "-", "-", 'if groot then "ja" else "nee"', "1")], "priority"))
    assert [(own.code, own.where.line) for own in caught.value.problems] == [("E-CELL-VALUE", 22)]


def test_any_takes_rows_that_agree_in_every_output_alone() -> None:
    """Rows that differ in one output are refused, with values that show it, once."""
    agreeing: list[Row] = [("rood", "-", "-", "ja", "1"), ("-", "yes", "-", "ja", "1")]
    assert of(agreeing, "any", kleur="rood", groot=True, aantal=Decimal(0)) == ("ja", Decimal(1))
    with pytest.raises(FlowError) as caught:
        load_flow(together([agreeing[0], ("-", "yes", "-", "ja", "2")], "any"))
    assert [(own.code, str(own.message)) for own in caught.value.problems] == [
        ("E-TABLE-OVERLAP", "Rows 1 and 2 both hold when kleur is rood and groot is yes and aantal is 0.")
    ]


def test_collect_gives_each_output_the_options_of_all_rows() -> None:
    """Each for itself."""
    text = together([("rood", "-", "-", "a", "x"), ("-", "yes", "-", "a", "y"), ("-", "-", "-", "[]", "z")], "collect")
    text = text.replace("{type: choice, options: [ja, misschien, nee]}", "{type: choices, options: [a, b]}")
    text = text.replace("bedrag: number", "bedrag: {type: choices, options: [z, y, x]}")
    text = text.replace('recht = "ja" and bedrag > 1', 'list contains(bedrag, "x")')
    view = View(load_flow(text), {"kleur": "rood", "groot": True, "aantal": Decimal(0)})
    assert (view.value("recht"), view.value("bedrag")) == (["a"], ["z", "y", "x"])


def test_a_gap_an_overlap_and_a_row_without_use_are_found_once() -> None:
    """At the table or its row, whatever the number of outputs."""
    graph = load_flow(together([("rood", "-", "-", "ja", "1"), ("rood", "yes", "-", "nee", "2")], "unique"))
    found = problems(graph)
    assert [(own.code, own.where.line) for own in found] == [("W-TABLE-GAP", 15), ("E-TABLE-OVERLAP", 23)]
    assert "`samen` has no value" in str(found[0].message)
    shadowed = load_flow(together([("-", "-", "-", "ja", "1"), ("rood", "-", "-", "nee", "2")], "first"))
    assert [(own.code, own.where.line) for own in problems(shadowed)] == [("W-TABLE-SHADOWED", 23)]
    ranked = load_flow(together([("rood", "-", "-", "nee", "2"), ("-", "-", "-", "ja", "1")], "priority"))
    assert [str(own.message) for own in problems(ranked)] == ["Row 1 never counts: what it matches goes to row 2."]


def test_a_last_row_that_concludes_none_in_every_output_leaves_no_gap() -> None:
    """It says that nothing is known then; in one output only it does not."""
    whole = load_flow(together([("rood", "-", "-", "ja", "1"), ("blauw", "-", "-", "none", "none")], "first"))
    half = load_flow(together([("rood", "-", "-", "ja", "1"), ("blauw", "-", "-", "none", "1")], "first"))
    assert [problems(graph) == [] for graph in (whole, half)] == [True, False]
    assert all(own.severity is Severity.WARNING for own in problems(half))

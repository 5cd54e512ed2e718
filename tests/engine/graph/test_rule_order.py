"""Lists of options in the order of rows or options: one value from the evaluator, the diagrams, FEEL's tables and DMN.

Random tables over a few answers, of which some are known; every completion is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.dmn import export_model, load_model
from engine.dmn.reader import read_definitions
from engine.errors import FlowError
from engine.feel.cells import Anything, CellTest, ColumnType, Kind, OneOf
from engine.feel.table import Table
from engine.feel.table_hits import Policy
from engine.feel.table_model import Constant, InputColumn, TableModel, TableRule
from engine.feel.unknown import UNKNOWN
from engine.graph.from_dmn import from_dmn
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.to_dmn import to_dmn
from engine.graph.view import View
from engine.harness.mutate_same import same_for_everybody

OPTIONS = ("x", "y", "z")
FACTS: Mapping[str, tuple[Any, ...]] = {"a": (True, False), "b": (True, False), "soort": ("p", "q", "r")}
HITS = ("collect", "output order", "rule order")
FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
HEAD = """
wegwijzer: 1
flow: proef
language: nl
question: Wat?
goal: doel
facts:
  a: {type: boolean, ask: Vraag?, why: Daarom.}
  b: {type: boolean, ask: Vraag?, why: Daarom.}
  soort: {type: choice, options: [p, q, r], ask: Vraag?, why: Daarom.}
decisions:
"""
TAIL = """
  doel: {type: choice, options: [ja, nee], is: 'if wat = ["y", "x"] then "ja" else "nee"'}
outcomes:
  ja: {kind: answer, values: [wat], text: Klaar}
  nee: {kind: answer, values: [wat], text: Klaar}
"""
Row = tuple[str, str, str, tuple[str, ...]]
CELLS = (st.sampled_from(["yes", "no", "-"]), st.sampled_from(["yes", "-", "-"]), st.sampled_from(["p", "q", "r", "-"]))
GIVEN = st.sampled_from([("x",), ("y",), ("z",), ("y", "x"), ("z", "y", "x"), ("x", "x"), ()])
ROWS = st.lists(st.tuples(*CELLS, GIVEN), min_size=1, max_size=5)
SINGLE = st.lists(st.tuples(*CELLS, GIVEN.filter(lambda own: len(own) == 1)), min_size=1, max_size=5)
KNOWN = st.fixed_dictionaries({}, optional={name: st.sampled_from(of) for name, of in FACTS.items()})


def flow(hit: str, rows: Sequence[Row]) -> Graph:
    """A flow whose decision `wat` has these rows."""
    lines = ["| a | b | soort || wat |", "|---|---|---||---|"]
    lines += [f"| {a} | {b} | {soort} || {', '.join(given) or '[]'} |" for a, b, soort, given in rows]
    table = "\n".join(f"      {line}" for line in lines)
    head = f"{HEAD}  wat:\n    type: choices\n    options: [x, y, z]\n    hit: {hit}\n"
    return load_flow(f"{head}    table: |\n{table}{TAIL}")


def citizens(known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Everybody who has these answers."""
    for values in product(*((known[name],) if name in known else of for name, of in FACTS.items())):
        yield dict(zip(FACTS, values, strict=True))


def holds(row: Row, citizen: Mapping[str, Any]) -> bool:
    """Whether each cell is `-` or what the citizen says."""
    words = {True: "yes", False: "no"}
    said = (words[citizen["a"]], words[citizen["b"]], citizen["soort"])
    return all(cell in ("-", own) for cell, own in zip(row, said, strict=False))


def listed(hit: str, rows: Sequence[Row], citizen: Mapping[str, Any]) -> list[str]:
    """The law, written down: each option once, in the order of rows or of options."""
    found = list(dict.fromkeys(option for row in rows if holds(row, citizen) for option in row[3]))
    return found if hit == "rule order" else sorted(found, key=OPTIONS.index)


def matters(hit: str, rows: Sequence[Row], known: Mapping[str, Any], name: str) -> bool:
    """Whether two completions that differ in this answer alone get another list."""
    return any(
        listed(hit, rows, citizen) != listed(hit, rows, {**citizen, name: value})
        for citizen in citizens(known)
        for value in FACTS[name]
    )


@FEW
@given(st.sampled_from(HITS), ROWS, KNOWN)
def test_a_list_is_known_as_soon_as_every_completion_gives_the_same(
    hit: str, rows: list[Row], known: dict[str, Any]
) -> None:
    """The same options in the same order, and not before; nor is a question left that changes nothing."""
    graph = flow(hit, rows)
    values = [listed(hit, rows, citizen) for citizen in citizens(known)]
    view = View(graph, known)
    settled = all(value == values[0] for value in values)
    assert view.value("wat") == (values[0] if settled else UNKNOWN)
    needed: set[str] = set()
    view.needs("wat", needed)
    assert needed == {name for name in FACTS if name not in known and matters(hit, rows, known, name)}
    for citizen in citizens(known):
        wanted = listed(hit, rows, citizen)
        for own in (graph, replace(graph, diagram=None)):
            assert View(own, citizen).value("wat") == wanted
            assert View(own, citizen).value("doel") == ("ja" if wanted == ["y", "x"] else "nee")


@FEW
@given(st.sampled_from(HITS), SINGLE, KNOWN)
def test_a_table_of_feel_gives_the_same(hit: str, rows: list[Row], known: dict[str, Any]) -> None:
    """With the same policy and each conclusion once, also while answers are missing."""
    yes = ColumnType(Kind.BOOLEAN, nullable=False)
    columns = (
        InputColumn("a", yes), InputColumn("b", yes),
        InputColumn("soort", ColumnType(Kind.CHOICE, FACTS["soort"], nullable=False)),
    )  # fmt: skip
    read: dict[str, CellTest] = {"-": Anything(), "yes": OneOf((True,)), "no": OneOf((False,))}
    rules = tuple(
        TableRule(tuple(read.get(cell, OneOf((cell,))) for cell in row[:3]), (Constant(row[3][0]),)) for row in rows
    )
    model = TableModel(columns, ("wat",), rules, Policy(hit), (OPTIONS,), distinct=True)
    found = Table(model).evaluate(lambda column: known.get(columns[column].head, UNKNOWN))
    if hit == "collect" and found is not UNKNOWN:
        assert isinstance(found, list)
        found = sorted(found, key=OPTIONS.index)  # FEEL's table has no options to go by
    wanted = View(flow(hit, rows), known).value("wat")
    assert found == wanted or (hit == "collect" and found is UNKNOWN)


@settings(FEW, max_examples=25)
@given(st.sampled_from(HITS), ROWS)
def test_the_exported_model_gives_the_same_and_comes_back_as_the_same_table(hit: str, rows: list[Row]) -> None:
    """For everybody, and with the hit policy in the XML."""
    graph = flow(hit, rows)
    xml = export_model(to_dmn(graph))
    assert f'hitPolicy="{hit.upper()}"' in xml
    model, made = load_model(xml), from_dmn(read_definitions(xml))
    again = load_flow(made.text)
    assert f"hit: {hit}" in made.text
    for citizen in citizens({}):
        wanted = listed(hit, rows, citizen)
        assert model.evaluate("wat", citizen) == wanted
        assert View(again, {made.called[name]: own for name, own in citizen.items()}).value("wat") == wanted


@FEW
@given(ROWS.filter(lambda rows: len(rows) > 1), st.data())
def test_rows_exchanged_are_another_flow_only_where_somebody_sees_it(rows: list[Row], drawn: st.DataObject) -> None:
    """A neighbour moved up is the same for everybody when, and only when, nobody's list changes; by options: always."""
    at = drawn.draw(st.integers(0, len(rows) - 2))
    turned = [*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]]
    for hit in HITS:
        changed = any(listed(hit, rows, own) != listed(hit, turned, own) for own in citizens({}))
        assert same_for_everybody(flow(hit, rows), flow(hit, turned)) is not changed
        assert not changed or hit == "rule order"


@FEW
@given(ROWS)
def test_another_order_is_another_flow_only_where_somebody_sees_it(rows: list[Row]) -> None:
    """The hit policy changed is a fault when, and only when, somebody's list stands in another order."""
    changed = any(listed("rule order", rows, own) != listed("collect", rows, own) for own in citizens({}))
    assert same_for_everybody(flow("rule order", rows), flow("output order", rows)) is not changed
    assert same_for_everybody(flow("collect", rows), flow("output order", rows))


RULES = HEAD + (
    "  wat: {type: choices, options: [x, y, z], hit: HIT, rules: [{when: b, then: 'y, x'}, {when: a, then: x},"
    " {when: else, then: z}]}"
) + TAIL  # fmt: skip


@pytest.mark.parametrize("hit", HITS)
def test_else_holds_where_no_other_rule_does_in_the_model_too(hit: str) -> None:
    """The flow and its exported model, for everybody."""
    graph = load_flow(RULES.replace("HIT", hit))
    model = load_model(export_model(to_dmn(graph)))
    both = {"collect": ["x", "y"], "output order": ["x", "y"], "rule order": ["y", "x"]}[hit]
    for citizen in citizens({}):
        wanted = both if citizen["b"] else ["x"] if citizen["a"] else ["z"]
        assert View(graph, citizen).value("wat") == model.evaluate("wat", citizen) == wanted


@pytest.mark.parametrize("hit", HITS)
@pytest.mark.parametrize("kind", ["choice", "number", "text", "boolean"])
def test_a_list_at_another_type_is_refused(hit: str, kind: str) -> None:
    """With the hit policy, the type and what to write."""
    options = "options: [x, y, z], " if kind == "choice" else ""
    text = RULES.replace("HIT", hit).replace("type: choices, options: [x, y, z], ", f"type: {kind}, {options}")
    with pytest.raises(FlowError) as refused:
        load_flow(text)
    found = next(own for own in refused.value.problems if own.code == "E-KEY-TYPE")
    assert found.message == f"`hit: {hit}` gives a list of options; a {kind} is one value."
    assert "type: choices" in found.hint


PAGE = (Path(__file__).parents[3] / "docs" / "language" / "tables.md").read_text(encoding="utf-8")
LINE = re.compile(r"^\| (yes|no) \| (yes|no|\?) \| (\d+) \| ([\w, ?]+) \| ([\w, ?]+) \|$", re.MULTILINE)


@pytest.mark.parametrize("line", LINE.findall(PAGE), ids=" ".join)
def test_the_page_about_tables_shows_what_comes_out(line: tuple[str, ...]) -> None:
    """Each line of the example, with both orders."""
    block = PAGE.split("### Lists of options")[1].split("```yaml\n")[1].split("```")[0]
    facts = (
        "  haast: {type: boolean, ask: A?, why: B.}\n  partner: {type: boolean, ask: A?, why: B.}\n"
        "  loon: {type: number, ask: A?, why: B.}\ndecisions:\n"
    )
    text = (
        HEAD.partition("  a:")[0]
        + facts
        + block.removeprefix("decisions:\n")
        + TAIL.replace("wat", "papieren").replace('["y", "x"]', '["id", "akte"]')
    )
    told = {"yes": True, "no": False}
    known = {
        "haast": told[line[0]],
        "loon": Decimal(line[2]),
        **({"partner": told[line[1]]} if line[1] in told else {}),
    }
    for hit, wanted in (("rule order", line[3]), ("collect", line[4]), ("output order", line[4])):
        found = View(load_flow(text.replace("hit: rule order", f"hit: {hit}")), known).value("papieren")
        assert found == (UNKNOWN if wanted == "?" else wanted.split(", "))


def test_the_page_has_lines() -> None:
    """The example above is read at all."""
    assert len(LINE.findall(PAGE)) == 5

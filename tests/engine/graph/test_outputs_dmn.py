"""Tables with several outputs as DMN knows them: one table, which gives what the flow gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from engine.dmn import export_model, load_model
from engine.dmn.model import Decision, DecisionTable, HitPolicy
from engine.graph.from_dmn import from_dmn
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.to_dmn import to_dmn
from engine.graph.view import View
from tests.engine.graph.test_outputs import ROWS, Row, loaded, partial_answers, together

COMPLETE = [known for known in partial_answers() if len(known) == 3]
TEXT = (Path(__file__).parent / "outputs.yaml").read_text("utf-8")


def decisions(graph: Graph) -> dict[str, Decision]:
    return {own.name: own for own in to_dmn(graph).decisions}


@pytest.mark.parametrize("hit", ["first", "unique", "any", "priority"])
@given(rows=ROWS)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_exported_table_gives_what_the_flow_gives(hit: str, rows: list[Row]) -> None:
    """For everybody, in every output; under `priority` by DMN's own policy, which chooses one row."""
    graph = loaded(together(rows, hit))
    if graph is None:
        return
    table = decisions(graph)["samen"].expression
    assert isinstance(table, DecisionTable)
    assert table.hit_policy is HitPolicy(hit.upper())
    model = load_model(export_model(to_dmn(graph)))
    for known in COMPLETE:
        view = View(graph, dict(known))
        for name in ("recht", "bedrag", "uitkomst"):
            assert model.evaluate(name, known) == view.value(name)


def test_a_table_is_one_decision_and_each_output_reads_it() -> None:
    """Rounded where the output is; the table has sources and reasons of its rows."""
    found = decisions(load_flow(TEXT))
    assert list(found) == ["beoordeling", "recht", "bedrag", "nodig", "maandbedrag"]
    table = found["beoordeling"].expression
    assert isinstance(table, DecisionTable)
    assert [own.name for own in table.outputs] == ["recht", "bedrag", "nodig"]
    assert table.rules[0].annotations == ("wet", "u bent nog geen 18")
    assert [own.id for own in found["bedrag"].requires] == ["decision_beoordeling"]


def test_lists_and_items_keep_a_table_for_each_output() -> None:
    """DMN would list whole rows, and a function about an item gives one value."""
    text = together([("rood", "-", "-", "a", "x"), ("-", "yes", "-", "a", "y")], "rule order")
    text = text.replace("{type: choice, options: [ja, misschien, nee]}", "{type: choices, options: [a, b]}")
    text = text.replace("bedrag: number", "bedrag: {type: choices, options: [z, y, x]}")
    text = text.replace('recht = "ja" and bedrag > 1', 'list contains(bedrag, "x")')
    graph = load_flow(text)
    assert list(decisions(graph)) == ["uitkomst", "recht", "bedrag"]
    model = load_model(export_model(to_dmn(graph)))
    for known in COMPLETE:
        view = View(graph, dict(known))
        assert [model.evaluate(name, known) for name in ("recht", "bedrag")] == [
            view.value(name) for name in ("recht", "bedrag")
        ]


@pytest.mark.parametrize("hit", ["first", "unique", "priority"])
@given(rows=ROWS)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_goes_out_as_one_table_comes_in_as_one(hit: str, rows: list[Row]) -> None:
    """And gives the same; under `priority` where an order can be had, else a remark says what differs."""
    graph = load_flow(together(rows, hit))
    made = from_dmn(to_dmn(graph))
    again = load_flow(made.text)
    assert ("samen" in again.tables) or any("chooses for itself" in own for own in made.remarks)
    for known in COMPLETE if again.tables else ():
        views = View(graph, dict(known)), View(again, dict(known))
        assert views[0].value("recht") == views[1].value("recht")
        assert views[0].value("bedrag") == views[1].value("bedrag")


def test_the_imported_table_reads_as_an_author_would_write_it() -> None:
    """Outputs with their types, one table, and the decisions that read it."""
    made = from_dmn(
        to_dmn(
            load_flow(
                TEXT.replace("  maandbedrag:", "  # maandbedrag:")
                .replace(", maandbedrag", "")
                .replace(", {maandbedrag} in de maand", "")
            )
        )
    )
    decisions = made.text[made.text.index("decisions:") : made.text.index("outcomes:")]
    assert decisions.count("table: |") == 1
    assert "|| beoordeling_recht | beoordeling_bedrag" in decisions
    assert "is: beoordeling_recht" in decisions


def test_a_priority_without_an_order_of_options_says_what_differs() -> None:
    """Each output would choose a row of its own."""
    definitions = to_dmn(
        load_flow(together([("rood", "-", "-", "ja", "1"), ("-", "yes", "-", "nee", "2")], "priority"))
    )
    table = decisions(load_flow(together([("rood", "-", "-", "ja", "1")], "priority")))["samen"].expression
    assert isinstance(table, DecisionTable)
    loose = replace(table, outputs=tuple(replace(own, values=None) for own in table.outputs))
    changed = [replace(own, expression=loose) if own.name == "samen" else own for own in definitions.decisions]
    made = from_dmn(replace(definitions, decisions=tuple(changed)))
    assert [own for own in made.remarks if "chooses for itself" in own]
    assert not load_flow(made.text).tables

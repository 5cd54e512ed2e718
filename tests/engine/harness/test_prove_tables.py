"""Large tables: proven without looking at every pair of rows, and what is said is what looking at every pair says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from engine.graph import rows_at_once
from engine.graph.graph import Graph, Ruling
from engine.graph.load import load_flow
from engine.harness import prove_rows
from engine.harness.inquiry import Inquiry
from engine.harness.prove import Proof, prove
from engine.harness.prove_points import Points
from tests.bench.large_tables import NAMES, boxes, codes, tariff

SMALL = ("leeftijd", "bedrag", "soort", "partner")


def told(proof: Proof) -> list[tuple[str, int, str, bool]]:
    """What was found, without whom."""
    found = [(own.problem, own.witness is not None) for own in proof.findings]
    return [(own.code, own.where.line, str(own.message), shown) for own, shown in found]


def every_pair(graph: Graph, ruling: Ruling) -> Iterator[tuple[int, int]]:
    """The plain way."""
    return combinations(range(len(ruling.rows)), 2)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_said_is_what_every_pair_and_chain_says(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """A table with a gap, one with rows that meet, one with rows that never count: both ways say the same."""
    text = boxes(
        10 + seed,
        ("unique", "first", "any")[seed % 3],
        seed,
        SMALL,
        amounts=seed % 2 == 0,
        gap=seed % 4 in (1, 2),
        overlap=seed % 4 in (2, 3),
    )
    fast = prove(load_flow(text))
    monkeypatch.setattr(prove_rows, "pairs", every_pair)
    monkeypatch.setattr(prove_rows, "heads_of", lambda builder, rows: None)
    plain = prove(load_flow(text))
    assert told(fast) == told(plain)
    assert fast.not_proven == plain.not_proven


@pytest.mark.parametrize("amounts", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_boxes_say_what_diagrams_say(monkeypatch: pytest.MonkeyPatch, seed: int, amounts: bool) -> None:
    """Where there is no diagram of a table its rows are held against each other as boxes, with the same findings."""
    text = boxes(
        10 + seed,
        ("unique", "first")[seed % 2],
        seed,
        SMALL,
        amounts=amounts,
        gap=seed % 4 in (1, 2),
        overlap=seed % 4 in (2, 3),
    )
    graph = load_flow(text)
    by_diagram = prove(graph)
    monkeypatch.setattr(rows_at_once, "MOST_CELLS", 0)
    by_boxes = prove(graph)
    assert [(code, line, shown) for code, line, _, shown in told(by_boxes)] == [
        (code, line, shown) for code, line, _, shown in told(by_diagram)
    ]
    assert by_boxes.not_proven == by_diagram.not_proven


def test_a_table_without_a_diagram_is_proven_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Boxes cut without any order, over six columns: an outcome for everybody, somebody for each, no z3 needed."""
    monkeypatch.setattr(rows_at_once, "MOST_CELLS", 0)
    monkeypatch.setattr("engine.harness.solver.available", lambda: False)
    for hit in ("unique", "first"):
        proof = prove(load_flow(boxes(120, hit)))
        assert (proof.findings, proof.not_proven) == ((), ())


@pytest.mark.parametrize("text", [tariff(1_000), codes(1_002), boxes(200), boxes(200, "first")])
def test_large_tables_are_proven_whole(text: str) -> None:
    """Nothing is found, and nothing is left open."""
    proof = prove(load_flow(text))
    assert proof.findings == ()
    assert proof.not_proven == ()


def test_a_gap_of_a_large_table_is_shown() -> None:
    """One box of two hundred is missing: a citizen who lies in it is named, all answers given."""
    proof = prove(load_flow(boxes(200, amounts=True, gap=True)))
    (found,) = [own for own in proof.findings if own.problem.code == "P-GAP"]
    assert found.witness is not None
    assert set(found.witness) == set(NAMES)
    assert proof.not_proven == ()


def test_points_are_only_for_columns_that_are_facts() -> None:
    """A column that is a decision has no boxes: `Points` leaves it to others."""
    graph = load_flow(boxes(20, amounts=True))
    inquiry = Inquiry(graph)
    assert Points.of(inquiry, graph.rulings["tarief"]) is not None
    assert Points.of(inquiry, graph.rulings["mag"]) is None


@pytest.mark.parametrize(("hit", "given", "codes_found"), [
    ("unique", "bedrag * 0.05", []),
    ("any", "bedrag * 0.05", []),
    ("first", "if bedrag > 9000 then bedrag else null", ["P-NO-VALUE"]),
])  # fmt: skip
def test_what_a_large_table_shows_has_a_value_for_everybody(hit: str, given: str, codes_found: list[str]) -> None:
    """A figure that some rows work out has no diagram: that it is always there is told by the boxes, and where it is
    not a citizen is shown."""
    text = boxes(40, hit, amounts=True).replace("kind: answer,", "kind: answer, values: [tarief],")
    rows = [line for line in text.splitlines() if line.startswith("      | ") and " || " in line]
    proof = prove(load_flow(text.replace(rows[7], f"{rows[7].rpartition('||')[0]}|| {given} |")))
    assert sorted({own.problem.code for own in proof.findings}) == codes_found
    assert proof.not_proven == ()

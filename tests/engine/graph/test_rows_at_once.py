"""A table's diagram made from all rows at once is the one that chaining row by row gives."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine.graph.constants import Constants
from engine.graph.decide import Builder
from engine.graph.decide_values import finite
from engine.graph.fold import FOLDS
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.rows_at_once import heads_of
from engine.graph.view import View
from tests.bench.large_tables import boxes, codes, tariff

HEAD = """
wegwijzer: 1
flow: proef
language: nl
question: Mag het?
goal: mag
facts:
  ja_nee: {type: boolean, unsure: value, ask: Ja?, why: Daarom.}
  soort: {type: choice, options: [a, b, c], ask: Welke?, why: Daarom.}
  keuzes: {type: choices, options: [p, q, r], ask: Welke?, why: Daarom.}
  getal: {type: integer, min: 0, max: 20, ask: Hoeveel?, why: Daarom.}
  bedrag: {type: money, min: 0, ask: Hoeveel?, why: Daarom., when: ja_nee = yes, otherwise: 0}
  dag: {type: date, ask: Wanneer?, why: Daarom.}
decisions:
  klasse:
    type: choice
    options: [laag, hoog]
    hit: first
    table: |
      | getal | soort || klasse |
      | < 8   | a, b  || laag   |
      | > 12  | -     || hoog   |
      | -     | c     || none   |
      | -     | -     || laag   |
"""
CELLS = {
    "ja_nee": ("yes", "no", "unsure", "not(yes)"),
    "soort": ("a", "b, c", "not(a)"),
    "keuzes": ("has p", "all p, q", "only q, r"),
    "getal": ("< 5", "[5..12)", ">= 12", "3, 7", "not([6..9])"),
    "bedrag": ("0", "<= 10.50", "(10.50..100]", "> 100"),
    "dag": ("< 2026-01-01", "[2026-01-01..2026-07-01)", ">= 2026-07-01"),
    "klasse": ("laag", "hoog", "none"),
}
COUNT = "collect(count)"
OUTCOMES = "\noutcomes:\n" + "".join(f"  {own}: {{kind: answer, text: Klaar}}\n" for own in ("een", "twee", "drie"))


def flow_of(seed: int) -> str:
    """A table over some of the heads, under any hit policy; `first` decides what somebody gets."""
    chance = random.Random(seed)  # noqa: S311
    heads = chance.sample(list(CELLS), chance.randint(1, 4))
    hit = chance.choice(["first", "unique", "any", "collect", "rule order", "output order", COUNT])
    several = hit in ("collect", "rule order", "output order")
    kind = "type: integer" if hit == COUNT else "type: choices" if several else "type: choice"
    lines = ["  raad:", f"    {kind}", *([] if hit == COUNT else ["    options: [een, twee, drie]"])]
    lines += [f"    hit: {hit}", "    table: |", f"      | {' | '.join(heads)} || raad |"]
    said = ("1", "2") if hit == COUNT else ("een", "twee")
    for _ in range(chance.randint(1, 9)):
        cells = ["-" if chance.random() < 0.35 else chance.choice(CELLS[head]) for head in heads]
        lines.append(f"      | {' | '.join(cells)} || {chance.choice(said)} |")
    goal = "  mag:\n    type: choice\n    options: [een, twee, drie]\n    hit: first\n    rules:\n"
    goal += "      - when: raad = null\n        then: een\n      - when: else\n        then: twee\n"
    return HEAD + "\n".join(lines) + "\n" + goal + OUTCOMES


def builder_of(graph: Graph) -> Builder:
    """A builder with room."""
    builder = Builder(graph, Constants(graph.facts, graph.rulings, graph.parameters))
    for name in graph.rulings:
        builder.reads_decision(name)
    builder.forest.budget = 10**6
    return builder


@pytest.mark.parametrize("start", range(0, 160, 20))
def test_all_at_once_is_row_by_row(start: int) -> None:
    """Both ways give the same node of one forest, under every hit policy and for every kind of column."""
    for seed in range(start, start + 20):
        graph = load_flow(flow_of(seed))
        builder, ruling = builder_of(graph), graph.rulings["raad"]
        outputs = [own for row in ruling.rows if (own := finite(builder, row.output.expr)) is not None]
        chained = builder._rows(ruling, FOLDS[ruling.hit], outputs)
        assert heads_of(builder, ruling.rows) is not None
        assert builder._by_rows(ruling) == chained


def test_a_large_table_has_a_diagram_that_decides_as_the_engine_does() -> None:
    """Hundreds of rows, a choice of as many options: what diagrams say is what the rows say."""
    chance = random.Random(3)  # noqa: S311
    for text in (tariff(400), codes(600), boxes(120)):
        graph = load_flow(text)
        assert graph.diagram is not None
        for _ in range(60):
            known = _citizen(graph, chance)
            plain = View(without_diagrams(graph), known).value("mag")
            assert View(graph, known).value("mag") == plain


def without_diagrams(graph: Graph) -> Graph:
    """The same flow without diagrams: rows are looked at one by one."""
    return replace(graph, diagram=None, lane=None)


def _citizen(graph: Graph, chance: random.Random) -> dict[str, object]:
    """Answers to all questions."""
    kinds: dict[str, Callable[[], object]] = {
        "gemeente": lambda: chance.choice(list(graph.facts["gemeente"].spec.options)),
        "soort": lambda: chance.choice("abcd"),
        "partner": lambda: chance.random() < 0.5,
        "leeftijd": lambda: Decimal(chance.randrange(121)),
        "bedrag": lambda: Decimal(chance.randrange(10_001)),
        "dagen": lambda: Decimal(chance.randrange(10_001)),
        "datum": lambda: date(2020, 1, 1) + timedelta(days=chance.randrange(2_922)),
    }
    return {path: kinds[path]() for path in graph.facts}

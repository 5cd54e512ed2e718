"""Boxes that are apart: whether they fill the grid, and a cell that they leave open, against looking at every cell."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel.analysis_boxes import Boxes
from engine.feel.analysis_walk import OutOfSteps, Walker
from engine.feel.table import Table
from engine.feel.table_masks import Column
from engine.graph.load import load_flow
from engine.graph.table_findings import table_of
from tests.bench.large_tables import boxes


def grid_of(rows: int, seed: int, left_out: int) -> tuple[tuple[Column, ...], int]:
    """The columns of a table of boxes that fill its grid, and the rules that are left of it."""
    graph = load_flow(boxes(rows, seed=seed, heads=("leeftijd", "soort", "partner")))
    table = Table(table_of(graph, graph.goal))
    rules = table.all
    for bit in random.Random(seed).sample(range(len(table.order)), min(left_out, rows)):  # noqa: S311
        rules &= ~(1 << bit)
    return table.columns, rules


def open_cells(columns: tuple[Column, ...], rules: int) -> list[tuple[Any, ...]]:
    """Every cell of the grid in which none of the rules holds."""
    found = []
    for cell in product(*(column.classes for column in columns)):
        alive = rules
        for each in cell:
            alive &= each.mask
        if not alive:
            found.append(tuple(each.witness for each in cell))
    return found


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 24), st.integers(0, 10_000), st.integers(0, 3))
def test_counting_says_what_every_cell_says(rows: int, seed: int, left_out: int) -> None:
    """Full exactly where no cell is open; else one that is open is named."""
    columns, rules = grid_of(rows, seed, left_out)
    left, found = open_cells(columns, rules), Boxes([column.classes for column in columns], rules)
    assert found.are_full() == (not left)
    assert not left or found.outside() in left


def test_hundreds_of_boxes_need_no_search() -> None:
    """Whether they fill the grid is told with the first step, and so is a cell that is open without one of them."""
    graph = load_flow(boxes(600, "first"))
    table = Table(table_of(graph, graph.goal))
    assert list(Walker(table.columns, 600, 1).uncovered(table.all)) == []
    (values,) = Walker(table.columns, 600, 1).uncovered(table.all & ~1)
    assert all(column.mask(value) & 1 for column, value in zip(table.columns, values, strict=True))


def test_boxes_that_meet_are_searched() -> None:
    """What is not apart has no size to add up: with one step it cannot be told."""
    graph = load_flow(boxes(40, overlap=True, amounts=True))
    table = Table(table_of(graph, graph.rulings["tarief"]))
    with pytest.raises(OutOfSteps):
        list(Walker(table.columns, len(table.order), 1).uncovered(table.all))

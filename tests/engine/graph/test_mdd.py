"""Decision diagrams against truth tables: canonical, and right about what is left after restricting."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.graph.mdd import DiagramTooLarge, Forest

SIZES = (2, 3, 2)
CELLS = list(product(*(range(size) for size in SIZES)))
VALUES = ("a", "b", None, True)

tables = st.lists(st.sampled_from(VALUES), min_size=len(CELLS), max_size=len(CELLS))
masks = st.tuples(*(st.integers(1, (1 << size) - 1) for size in SIZES))


def forest() -> Forest:
    """Three variables of 2, 3 and 2 cells."""
    made = Forest()
    for size in SIZES:
        made.variable(size)
    return made


def planted(made: Forest, table: list[object]) -> int:
    """The diagram of a truth table."""
    value = dict(zip(CELLS, table, strict=True))

    def below(path: tuple[int, ...]) -> int:
        if len(path) == len(SIZES):
            return made.terminal(value[path])
        return made.node(len(path), [below((*path, cell)) for cell in range(SIZES[len(path)])])

    return below(())


def read(made: Forest, node: int, path: tuple[int, ...]) -> object:
    """The value of a diagram in one cell."""
    while not made.is_terminal(node):
        node = made.children[node][path[made.top[node]]]
    return made.value(node)


def within(mask: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The cells that a mask for each variable allows."""
    return (path for path in CELLS if all(own >> cell & 1 for own, cell in zip(mask, path, strict=True)))


@given(tables, tables)
def test_two_diagrams_are_the_same_number_exactly_when_they_are_the_same_function(one, two) -> None:
    """Canonical: equal truth tables give one node, different ones two."""
    made = forest()
    assert (planted(made, one) == planted(made, two)) == (
        [(type(own), own) for own in one] == [(type(own), own) for own in two]
    )


@given(tables, tables)
def test_combining_works_cell_by_cell(one, two) -> None:
    """`combine` gives in every cell the operation on the operands' values there."""
    made = forest()
    node = made.combine(lambda a, b: (a, b), planted(made, one), planted(made, two))
    assert [read(made, node, path) for path in CELLS] == list(zip(one, two, strict=True))


@given(tables, tables, tables)
def test_choosing_takes_the_other_where_the_condition_is_not_true(condition, one, two) -> None:
    """`choose` is `if`: null and anything else that is not true counts as not true."""
    made = forest()
    node = made.choose(planted(made, condition), planted(made, one), planted(made, two))
    expected = [a if test is True else b for test, a, b in zip(condition, one, two, strict=True)]
    assert [read(made, node, path) for path in CELLS] == expected


@given(tables, masks)
def test_allowing_cells_keeps_what_is_left_and_forgets_the_rest(table, mask) -> None:
    """After `allow` the diagram agrees on the allowed cells, and is a terminal exactly when these all agree."""
    made = forest()
    node = planted(made, table)
    for variable, cells in enumerate(mask):
        node = made.allow(node, variable, cells)
    value = dict(zip(CELLS, table, strict=True))
    left = {path: value[path] for path in within(mask)}
    assert {path: read(made, node, path) for path in left} == left
    assert made.is_terminal(node) == (len({(type(own), own) for own in left.values()}) == 1)


@given(tables, masks)
def test_support_is_what_can_still_make_a_difference(table, mask) -> None:
    """A variable is in the support exactly when two allowed cells that differ in it alone differ in value."""
    made = forest()
    node = planted(made, table)
    for variable, cells in enumerate(mask):
        node = made.allow(node, variable, cells)
    value = dict(zip(CELLS, table, strict=True))
    expected = 0
    for variable in range(len(SIZES)):
        seen: dict[tuple[int, ...], set[object]] = {}
        for path in within(mask):
            rest = path[:variable] + path[variable + 1 :]
            seen.setdefault(rest, set()).add((type(value[path]), value[path]))
        expected |= any(len(own) > 1 for own in seen.values()) << variable
    assert made.support(node) == expected


@given(tables, masks)
def test_values_are_those_of_the_cells_that_are_left(table, mask) -> None:
    """`values` lists what the allowed cells hold, each once."""
    made = forest()
    node = planted(made, table)
    for variable, cells in enumerate(mask):
        node = made.allow(node, variable, cells)
    value = dict(zip(CELLS, table, strict=True))
    found = made.values(node)
    assert len(found) == len(set(found))
    assert set(found) == {value[path] for path in within(mask)}


@given(tables, tables)
def test_forgetting_keeps_what_was_there_when_building_ended(one, two) -> None:
    """`forget` drops later nodes only, and building them again gives the same functions."""
    made = forest()
    kept = planted(made, one)
    made.freeze()
    before = len(made)
    later = planted(made, two)
    shown = [read(made, later, path) for path in CELLS]
    made.forget()
    assert len(made) == before
    assert [read(made, kept, path) for path in CELLS] == one
    again = planted(made, two)
    assert [read(made, again, path) for path in CELLS] == shown


def test_a_diagram_that_outgrows_its_budget_says_so() -> None:
    """Too large is an answer of its own, never a wrong diagram."""
    made = Forest(budget=3)
    variable = made.variable(4)
    with pytest.raises(DiagramTooLarge):
        made.node(variable, [made.terminal(number) for number in range(4)])


@given(tables, st.sets(st.integers(0, len(SIZES) - 1)))
def test_exists_is_true_where_some_cell_is(table: list[object], over: set[int]) -> None:
    """Against the truth table: the other variables stay what they are."""
    made = forest()
    value = dict(zip(CELLS, table, strict=True))
    found = made.exists(planted(made, table), over.__contains__)
    for cells in CELLS:
        alike = [own for own in CELLS if all(at in over or own[at] == cells[at] for at in range(len(SIZES)))]
        node = found
        for at, cell in enumerate(cells):
            node = made.pick(node, at, cell)
        assert (made.value(node) is True) is any(value[own] is True for own in alike)

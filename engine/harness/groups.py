"""From a set of situations (a diagram of true and false) to readable groups: rules over whole intervals and options.

    {leeftijd: cells 3..6, soort: cell 0}   ->   "leeftijd >= 18 and < 65, soort a"

Each path to true is a box; a box is widened as far as the set allows (a prime implicant, W.V. Quine 1952), boxes that
lie inside earlier ones are dropped, so that groups may overlap and together are the set exactly.
Called by `engine.harness.compare` only; tests: tests/engine/harness/test_compare.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from engine.errors import either, together, worded
from engine.flow.model import FactType
from engine.graph.axes import Axis, DecisionAxis, FactAxis, OptionAxis
from engine.graph.cells import OTHER, Cells, OrderedCells
from engine.graph.mdd import TERMINAL, Forest

Box = Mapping[int, int]
MOST_PATHS = 2_000


def share(forest: Forest, node: int) -> float:
    """The part of all situations in which `node` is true, every cell counting the same (0..1)."""
    memo: dict[int, float] = {}

    def walk(own: int) -> float:
        if forest.top[own] == TERMINAL:
            return 1.0 if forest.value(own) is True else 0.0
        if own not in memo:
            memo[own] = sum(walk(kid) for kid in forest.children[own]) / len(forest.children[own])
        return memo[own]

    return walk(node)


def boxes(forest: Forest, node: int, most: int = MOST_PATHS) -> tuple[list[Box], bool]:
    """Widened boxes that together are `node`, as many as `most`, and whether that is all of it."""
    paths = list(islice(_paths(forest, node), MOST_PATHS + 1))
    kept: list[Box] = []
    left = node
    for path in paths[:MOST_PATHS]:
        if len(kept) == most:
            return kept, left == forest.terminal(False)
        if not _meets(forest, left, path):
            continue
        box = _widened(forest, node, path)
        kept.append(box)
        left = forest.combine(lambda there, gone: there is True and gone is not True, left, node_of(forest, box))
    return kept, len(paths) <= MOST_PATHS


def _paths(forest: Forest, node: int) -> Iterator[dict[int, int]]:
    if forest.top[node] == TERMINAL:
        if forest.value(node) is True:
            yield {}
        return
    masks: dict[int, int] = {}
    for cell, kid in enumerate(forest.children[node]):
        masks[kid] = masks.get(kid, 0) | 1 << cell
    for kid, mask in masks.items():
        for rest in _paths(forest, kid):
            yield {forest.top[node]: mask, **rest}


def _within(forest: Forest, node: int, box: Box) -> int:
    for variable, mask in box.items():
        node = forest.allow(node, variable, mask)
    return node


def _meets(forest: Forest, node: int, box: Box) -> bool:
    return True in forest.values(_within(forest, node, box))


def _widened(forest: Forest, node: int, path: Box) -> Box:
    box = dict(path)
    for variable in sorted(path, reverse=True):
        without = {own: mask for own, mask in box.items() if own != variable}
        rest = _within(forest, node, without)
        if forest.values(rest) == (True,):
            box = without
            continue
        for cell in range(forest.sizes[variable]):
            if forest.values(forest.allow(rest, variable, 1 << cell)) == (True,):
                box[variable] |= 1 << cell
    return box


def node_of(forest: Forest, box: Box) -> int:
    """A box as a set of situations."""
    found = forest.terminal(True)
    for variable in sorted(box, reverse=True):
        kids = [
            found if box[variable] >> cell & 1 else forest.terminal(False) for cell in range(forest.sizes[variable])
        ]
        found = forest.node(variable, kids)
    return found


def rule(axes: Sequence[Axis], texts: Mapping[int, str], box: Box, taken: Mapping[int, int]) -> str:
    """A box in words: "leeftijd >= 18, soort a or b"; "everybody" for the empty one. `texts` names the terms.

    `taken`: the cells of an axis that are an answer to both flows, where not all are.
    """
    said: dict[object, str] = {}
    for own in sorted(box):
        axis = axes[own]
        name = _name(axis, texts.get(own, worded("a term")))
        if isinstance(axis, OptionAxis):
            said.setdefault(axis.node.path, worded("{name} {cells}", name=name, cells=_options(axes, box, name)))
        else:
            said[own] = worded("{name} {cells}", name=name, cells=_cells(axis, box[own], taken.get(own, -1)))
    return together(said.values()) if said else worded("everybody")


def _name(axis: Axis, term: str) -> str:
    if isinstance(axis, FactAxis | OptionAxis):
        return axis.node.path
    return axis.name if isinstance(axis, DecisionAxis) else worded("({term})", term=term)


def _options(axes: Sequence[Axis], box: Box, path: str) -> str:
    """What was chosen among the options of a fact that has a variable for each of them."""
    found: dict[int, list[str]] = {1: [], 2: []}
    for own in sorted(box):
        axis = axes[own]
        if isinstance(axis, OptionAxis) and axis.node.path == path:
            found.setdefault(box[own], []).append(axis.option)
    return _has(found[1], found[2])


def _has(always: Sequence[str], never: Sequence[str]) -> str:
    has = worded("has {options}", options=together(always, " and ")) if always else ""
    return together(filter(None, (has, worded("has not {options}", options=either(never)) if never else "")), " and ")


def _cells(axis: Axis, mask: int, taken: int) -> str:
    cells: Cells = axis.cells
    if isinstance(cells, OrderedCells):
        return either(_span(cells, *run) for run in _runs(mask, len(cells)))
    chosen = [cell for cell in range(len(cells)) if mask >> cell & 1]
    left = [cell for cell in range(len(cells)) if taken >> cell & 1 and cell not in chosen]
    if isinstance(axis, FactAxis) and axis.node.spec.type is FactType.CHOICES:
        inside, outside = ([cells.representative(cell) for cell in own] for own in (chosen, left))
        if all(isinstance(value, list | tuple) for value in (*inside, *outside)) and (said := _chosen(inside, outside)):
            return said
    named, missing = ([word(cells.representative(cell)) for cell in own] for own in (chosen, left))
    return one_of(named, missing)


def one_of(named: Sequence[str], missing: Sequence[str]) -> str:
    """As "a or b", or "not c" where that is shorter."""
    return worded("not {value}", value=missing[0]) if len(missing) == 1 and len(named) > 2 else either(named)


def _chosen(within: Sequence[Sequence[str]], beyond: Sequence[Sequence[str]]) -> str:
    """Sets of options as what they have in common, where that is all there is to it; else ""."""
    inside, outside = [set(value) for value in within], [set(value) for value in beyond]
    options = list(dict.fromkeys(option for value in sorted((*within, *beyond), key=len) for option in value))
    enough = [own for own in options if not any(own in value for value in outside)]
    if all(value & set(enough) for value in inside):
        return worded("has {options}", options=either(enough))
    always = [own for own in options if all(own in value for value in inside)]
    never = [own for own in options if not any(own in value for value in inside)]
    if any(value.issuperset(always) and not value & set(never) for value in outside):
        return ""
    return _has(always, never)


def _runs(mask: int, size: int) -> Iterator[tuple[int, int]]:
    start = None
    for cell in range(size + 1):
        inside = cell < size and mask >> cell & 1
        if inside and start is None:
            start = cell
        elif not inside and start is not None:
            yield start, cell - 1
            start = None


def _span(cells: OrderedCells, first: int, last: int) -> str:
    low, high = cells.slots[first], cells.slots[last]
    null = 2 * len(cells.cuts) + 1
    if low == null:
        return "none"
    if high == null:
        return either((_span_between(cells, low, null - 1, null), "none"))
    return _span_between(cells, low, high, null)


def _span_between(cells: OrderedCells, low: int, high: int, null: int) -> str:
    if low == high and low % 2:
        return f"= {word(cells.cuts[low // 2])}"
    parts = []
    if low > 0:
        parts.append((">= " if low % 2 else "> ") + word(cells.cuts[(low - 1) // 2 if not low % 2 else low // 2]))
    if high < null - 1:
        parts.append(("<= " if high % 2 else "< ") + word(cells.cuts[high // 2]))
    return together(parts, " and ") if parts else worded("any")


def word(value: Any) -> str:
    """A value in the author's words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "none"
    if value is OTHER:
        return worded("anything else")
    if isinstance(value, list | tuple):
        return "[" + ", ".join(word(own) for own in value) + "]"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else str(value)

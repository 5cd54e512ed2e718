"""Faults in decisions, functions, parameters, checks and promises of the tree. Which faults: the modules it calls.

    hit policy    first <-> unique, rule order <-> output order, collect -> another aggregation, the rest -> first
    round         half_up <-> down
    rules         a rule dropped, swapped with the next, with the next one's conclusion
    rule order    the options of one conclusion in the other order; the last two rules swapped too
    check         dropped
    promise       about another outcome, or in another direction

Called by `engine.harness.mutate`; tests: tests/engine/harness/test_mutate.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import worded
from engine.flow.model import Hit
from engine.flow.positions import Path
from engine.flow.yaml_nodes import Entries, Items
from engine.graph.compile_rulings import ELSE
from engine.harness import mutate_tree as tree
from engine.harness.mutate_expressions import faults
from engine.harness.mutate_tables import Table, told, turned
from engine.harness.mutate_tree import RULES, Mutant, Spot

HIT = {
    "first": "unique", "unique": "first", "any": "first", "priority": "first", "collect": "first",
    "rule order": "output order", "output order": "rule order",
    "collect(sum)": "collect(max)", "collect(count)": "collect(sum)", "collect(min)": "collect(max)",
    "collect(max)": "collect(min)",
}  # fmt: skip
ROUND = {"half_up": "down", "half_even": "down", "down": "half_up", "up": "down"}


def rule_faults(root: Entries) -> Iterator[Mutant]:
    """Every fault in what follows from what."""
    for section in ("decisions", "functions"):
        for name in tree.mapping(root, (section,)):
            yield from _ruling(root, (section, name))
    for name in tree.mapping(root, ("parameters",)):
        spot = tree.scalar(root, ("parameters", name, "table"))
        if spot is not None:
            yield from _table(root, spot, figures=True)
    yield from _checks(root)
    yield from _promises(root)


def expression_faults(root: Entries, spot: Spot | None, kind: str = RULES) -> Iterator[Mutant]:
    """Every fault in the expression at a spot."""
    if spot is None:
        return
    for operator, new, start, end in faults(spot.node.text):
        what = f"{spot.name}: {told(spot.node.text, new, start, end)}"
        yield Mutant(kind, operator, what, spot.line, tree.write(root, spot, new))


def _ruling(root: Entries, path: Path) -> Iterator[Mutant]:
    yield from expression_faults(root, tree.scalar(root, (*path, "is")))
    own = [(*path, "outputs", name, "round") for name in tree.mapping(root, (*path, "outputs"))]
    for at, others in (((*path, "hit"), HIT), *((at, ROUND) for at in ((*path, "round"), *own))):
        spot, key = tree.scalar(root, at), at[-1]
        if spot is not None:
            first, space, rest = spot.node.text.partition(" ") if key == "round" else (spot.node.text.strip(), "", "")
            if first in others:
                new = others[first] + space + rest
                operator = "hit policy" if key == "hit" else "rounding"
                yield Mutant(RULES, operator, f"{spot.name}: {first} -> {new}", spot.line, tree.write(root, spot, new))
    hit = tree.scalar(root, (*path, "hit"))
    in_rows = hit is not None and hit.node.text.strip() == Hit.RULE_ORDER
    spot = tree.scalar(root, (*path, "table"))
    if spot is not None:
        yield from _table(root, spot, in_rows=in_rows)
    yield from _rules(root, (*path, "rules"), in_rows=in_rows)


def _table(root: Entries, spot: Spot, *, figures: bool = False, in_rows: bool = False) -> Iterator[Mutant]:
    table = Table(spot.node.text)
    first = spot.line + (1 if spot.node.style in ("literal", "folded") else 0)
    found = [*table.rows(), *table.conclusions()]
    if not figures:
        found += [*table.cells(), *table.reasons(), *(table.turned() if in_rows else ())]
    for own in found:
        if figures and own.operator in ("conclusion", "rows swapped", "row twice"):
            continue
        what = worded("{name} {what}", name=str(spot.path[1]), what=own.what)
        yield Mutant(RULES, own.operator, what, first + own.line, tree.write(root, spot, own.text))


def _rules(root: Entries, path: Path, *, in_rows: bool) -> Iterator[Mutant]:
    node = tree.at(root, path)
    count = len(node.items) if isinstance(node, Items) else 0
    last = tree.scalar(root, (*path, count - 1, "when")) if in_rows else None
    fixed = 0 if last is not None and last.node.text.strip() != ELSE else 1  # rows at the end that stay where they are
    for number in range(count):
        own: Path = (*path, number)
        line = node.items[number].mark.line  # type: ignore[union-attr]
        name = worded("{name} rule {number}", name=str(path[1]), number=number + 1)
        yield from expression_faults(root, tree.scalar(root, (*own, "when")))
        yield from expression_faults(root, tree.scalar(root, (*own, "then")))
        yield from _turned(root, tree.scalar(root, (*own, "then")), line) if in_rows else ()
        if count > 1:
            yield Mutant(RULES, "row dropped", worded("{what} is gone", what=name), line, tree.drop(root, own))
        if number + 1 == count:
            continue
        then: Path = (*path, number + 1)
        for key, operator in (("then", "conclusion"), ("because", "reasons swapped")):
            mine, its = tree.scalar(root, (*own, key)), tree.scalar(root, (*then, key))
            if mine is not None and its is not None and mine.node.text != its.node.text:
                what = worded("{name} and the next have each other's `{key}`", name=name, key=key)
                yield Mutant(RULES, operator, what, line, tree.swap(root, mine.path, its.path))
        if number + 1 + fixed < count:
            yield Mutant(
                RULES,
                "rows swapped",
                worded("{name} and the next swapped", name=name),
                line,
                tree.swap(root, own, then),
            )


def _turned(root: Entries, spot: Spot | None, line: int) -> Iterator[Mutant]:
    """The options of a conclusion in the other order."""
    new = turned(spot.node.text) if spot is not None else ""
    if spot is not None and new:
        what = f"{spot.name}: {told(spot.node.text, new, 0, len(new))}"
        yield Mutant(RULES, "conclusion", what, line, tree.write(root, spot, new))


def _checks(root: Entries) -> Iterator[Mutant]:
    paths: list[Path] = [("checks",), *(("facts", name, "checks") for name in tree.mapping(root, ("facts",)))]
    for path in paths:
        node = tree.at(root, path)
        for number, item in enumerate(node.items if isinstance(node, Items) else ()):
            own: Path = (*path, number)
            what = f"{'.'.join(map(str, path))} {number + 1}"
            yield Mutant(
                RULES, "check dropped", worded("{what} is gone", what=what), item.mark.line, tree.drop(root, own)
            )
            yield from expression_faults(root, tree.scalar(root, (*own, "must")))


def _promises(root: Entries) -> Iterator[Mutant]:
    node = tree.at(root, ("promises",))
    outcomes = list(tree.mapping(root, ("outcomes",)))
    for number in range(len(node.items) if isinstance(node, Items) else 0):
        for key in ("never", "every"):
            spot = tree.scalar(root, ("promises", number, key, "outcome"))
            if spot is not None and spot.node.text in outcomes and len(outcomes) > 1:
                other = outcomes[(outcomes.index(spot.node.text) + 1) % len(outcomes)]
                what = worded("promise {number}: {what}", number=number + 1, what=f"{spot.node.text} -> {other}")
                yield Mutant(RULES, "promise", what, spot.line, tree.write(root, spot, other))

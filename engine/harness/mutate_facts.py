"""Faults in facts and outcomes of the tree: who is asked what and when, and what somebody gets.

    facts       when       dropped, or turned round, or a fault in its expression
                limit      min or max a step higher or lower, or gone
                supplier   one of several gone; the register, the worker or nobody instead of the citizen
                otherwise, unsure, alone, options, anew   another, or gone
    outcomes    value, need    gone            remedy     gone, or another term
                kind, rank, task  another      text part  its `when` gone or turned round

Called by `engine.harness.mutate`; tests: tests/engine/harness/test_mutate.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from engine.errors import worded
from engine.flow.positions import Path
from engine.flow.yaml_nodes import Entries, Items, Scalar
from engine.harness import mutate_tree as tree
from engine.harness.mutate_expressions import steps
from engine.harness.mutate_rules import expression_faults
from engine.harness.mutate_spans import other_span, spans
from engine.harness.mutate_tree import FACTS, OUTCOMES, Mutant

KIND = {"grant": "answer", "refusal": "answer", "answer": "task", "task": "answer", "handover": "answer"}


def fact_faults(root: Entries) -> Iterator[Mutant]:
    """Every fault in who is asked what, and when."""
    for name in tree.mapping(root, ("facts",)):
        yield from _fact(root, ("facts", name))
        for field in tree.mapping(root, ("facts", name, "of")):
            yield from _fact(root, ("facts", name, "of", field))


def _fact(root: Entries, path: Path) -> Iterator[Mutant]:
    yield from _when(root, path, FACTS)
    for key in ("min", "max"):
        spot = tree.scalar(root, (*path, key))
        if spot is None:
            continue
        yield _gone(root, spot.path, "limit", FACTS)
        for new in steps(spot.node.text) if spot.node.text.replace(".", "").isdigit() else ():
            if not new.startswith("-"):
                what = f"{spot.name}: {spot.node.text} -> {new}"
                yield Mutant(FACTS, "limit", what, spot.line, tree.write(root, spot, new))
    yield from _suppliers(root, (*path, "from"))
    for spot in tree.listed(root, (*path, "anew")):
        yield _gone(root, spot.path, "anew", FACTS)
    for key in ("otherwise", "unsure", "alone", "count"):
        if tree.at(root, (*path, key)) is not None:
            yield _gone(root, (*path, key), key, FACTS)
    for option in list(tree.mapping(root, (*path, "options"))):
        yield _gone(root, (*path, "options", option), "option", FACTS)


def _when(root: Entries, path: Path, kind: str) -> Iterator[Mutant]:
    spot = tree.scalar(root, (*path, "when"))
    if spot is None:
        return
    if tree.at(root, (*path, "otherwise")) is None:
        yield _gone(root, spot.path, "when", kind)
    else:
        without = tree.drop(tree.drop(root, spot.path), (*path, "otherwise"))
        yield Mutant(kind, "when", worded("{what} is gone", what=spot.name), spot.line, without)
    text = f"not({spot.node.text})"
    yield Mutant(kind, "when", worded("{what} turned round", what=spot.name), spot.line, tree.write(root, spot, text))
    yield from expression_faults(root, spot, kind)


def _suppliers(root: Entries, path: Path) -> Iterator[Mutant]:
    found = tree.listed(root, path)
    for spot in found if len(found) > 1 else ():
        yield _gone(root, spot.path, "supplier", FACTS)
    for spot in found:
        other = {"citizen": "worker", "worker": "citizen", "payment": "citizen"}.get(spot.node.text)
        if other is not None:
            what = f"{spot.name}: {spot.node.text} -> {other}"
            yield Mutant(FACTS, "supplier", what, spot.line, tree.write(root, spot, other))


def _gone(root: Entries, path: Path, operator: str, kind: str) -> Mutant:
    node = tree.at(root, path)
    assert node is not None
    own = f" {node.text}" if isinstance(node, Scalar) and isinstance(path[-1], int) else ""
    what = worded("{what} is gone", what=f"{'.'.join(str(step) for step in path)}{own}")
    return Mutant(kind, operator, what, node.mark.line, tree.drop(root, path))


def outcome_faults(root: Entries) -> Iterator[Mutant]:
    """Every fault in what somebody gets."""
    names = list(tree.mapping(root, ("outcomes",)))
    for name in names:
        path: Path = ("outcomes", name)
        for key, operator in (("values", "value"), ("if_known", "value"), ("needs", "need")):
            for spot in tree.listed(root, (*path, key)):
                yield _gone(root, spot.path, operator, OUTCOMES)
        yield from _remedy(root, path)
        yield from _kind(root, path)
        node = tree.at(root, (*path, "text"))
        for number in range(len(node.items) if isinstance(node, Items) else 0):
            yield from _when(root, (*path, "text", number), OUTCOMES)
    for first, then in pairwise(names):
        mine, its = (tree.scalar(root, ("outcomes", own, "rank")) for own in (first, then))
        if mine is not None and its is not None and mine.node.text != its.node.text:
            what = worded("{one} and {two} have each other's rank", one=first, two=then)
            yield Mutant(OUTCOMES, "rank", what, mine.line, tree.swap(root, mine.path, its.path))


def _remedy(root: Entries, path: Path) -> Iterator[Mutant]:
    if tree.at(root, (*path, "remedy")) is None:
        return
    yield _gone(root, (*path, "remedy"), "remedy", OUTCOMES)
    for spot in spans(root, (*path, "remedy", "within")):
        new = other_span(spot.node.text)
        what = f"{spot.name}: {spot.node.text} -> {new}"
        yield Mutant(OUTCOMES, "remedy", what, spot.line, tree.write(root, spot, new))


def _kind(root: Entries, path: Path) -> Iterator[Mutant]:
    spot = tree.scalar(root, (*path, "kind"))
    if spot is not None and spot.node.text in KIND:
        new = KIND[spot.node.text]
        what = f"{spot.name}: {spot.node.text} -> {new}"
        yield Mutant(OUTCOMES, "kind", what, spot.line, tree.write(root, spot, new))
    task = tree.scalar(root, (*path, "task"))
    others = [own for own in tree.mapping(root, ("tasks",)) if task is not None and own != task.node.text]
    if task is not None and others:
        what = f"{task.name}: {task.node.text} -> {others[0]}"
        yield Mutant(OUTCOMES, "task", what, task.line, tree.write(root, task, others[0]))

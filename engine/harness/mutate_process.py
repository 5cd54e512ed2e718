"""Faults in the process, tasks and contact of the tree: steps, guards, deadlines, promised times.

    step        gone, leading elsewhere, by another party, without its guard, four eyes gone, rows swapped
    action      one of `do` gone
    need        a question that a place asks gone
    deadline    twice as long, or gone; a term that no longer stands still, starts or ends elsewhere
    task        another skill, twice the time
    contact     twice the time, one channel less, gone

A step is a fault in one place, so it can only show there (`Mutant.places`). Called by `engine.harness.mutate`; tests:
tests/engine/harness/test_mutate.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import worded
from engine.feel.table_text import PipeRow, TextCell
from engine.flow.positions import Path
from engine.flow.yaml_nodes import Entries
from engine.harness import mutate_tree as tree
from engine.harness.mutate_expressions import faults
from engine.harness.mutate_spans import other_span, spans
from engine.harness.mutate_tables import Table, told
from engine.harness.mutate_tree import PROCESS, Mutant, Spot

PARTY = {"citizen": "worker", "worker": "citizen", "payment": "worker"}
STEPS: Path = ("process", "steps")


def process_faults(root: Entries) -> Iterator[Mutant]:
    """Every fault in how it goes."""
    spot = tree.scalar(root, STEPS)
    if spot is not None:
        yield from _Steps(root, spot).all()
    yield from _places(root)
    yield from _terms(root)
    yield from _people(root)


class _Steps:
    """The table of steps and its faults."""

    def __init__(self, root: Entries, spot: Spot) -> None:
        self.root = root
        self.spot = spot
        self.table = Table(spot.node.text, conclusions=False)
        self.first = spot.line + (1 if spot.node.style in ("literal", "folded") else 0)
        self.targets = list(
            dict.fromkeys(cells["to"].text for cells in map(self._cells, self.table.parsed.rows) if "to" in cells)
        )

    def all(self) -> Iterator[Mutant]:
        for own in self.table.rows():
            if own.operator == "row twice":
                continue
            operator = "step dropped" if own.operator == "row dropped" else "steps swapped"
            yield self._mutant(
                operator, worded("{name}: {what}", name=self._name(own.row), what=own.what), own.row, own.text
            )
        for row in self.table.parsed.rows:
            yield from self._row(row)

    def _cells(self, row: PipeRow) -> dict[str, TextCell]:
        return dict(zip(self.table.heads, row.left, strict=False))

    def _name(self, row: PipeRow) -> str:
        cells = {head: cell.text for head, cell in zip(self.table.heads, row.left, strict=False)}
        return worded("{event} from {place}", event=cells.get("event"), place=cells.get("from"))

    def _mutant(self, operator: str, what: str, row: PipeRow, text: str) -> Mutant:
        sources = next((c.text for h, c in zip(self.table.heads, row.left, strict=False) if h == "from"), "")
        places = frozenset(own.strip() for own in sources.split(",")) if operator != "steps swapped" else frozenset()
        line = self.first + row.line - 1
        return Mutant(PROCESS, operator, what, line, tree.write(self.root, self.spot, text), places)

    def _row(self, row: PipeRow) -> Iterator[Mutant]:
        name = self._name(row)
        for head, cell in zip(self.table.heads, row.left, strict=False):
            old = cell.text
            for operator, new in self._others(head, old):
                what = worded("{name}: {what}", name=name, what=f"{head}: {old} -> {new}")
                yield self._mutant(operator, what, row, self.table.cell(cell, new))
            if head == "if" and old not in ("-", "else"):
                for operator, new, start, end in faults(old):
                    what = worded("{name}: {what}", name=name, what=f"if: {told(old, new, start, end)}")
                    yield self._mutant(operator, what, row, self.table.cell(cell, new))

    def _others(self, head: str, old: str) -> Iterator[tuple[str, str]]:
        if head == "to":
            yield from (("step redirected", own) for own in self.targets if own not in (old, "remove"))
        elif head == "by":
            party, four, _ = old.partition(" not ")
            if four:
                yield "four eyes dropped", party
            elif old in PARTY:
                yield "party", PARTY[old]
        elif head == "if" and old not in ("-", "else"):
            yield "guard dropped", "-"
        elif head == "do" and old != "-":
            actions = [own.strip() for own in old.split(";")]
            for number in range(len(actions)):
                yield "action dropped", "; ".join(actions[:number] + actions[number + 1 :]) or "-"
        elif head == "from" and "," in old:
            places = [own.strip() for own in old.split(",")]
            for number in range(len(places)):
                yield "step dropped", ", ".join(places[:number] + places[number + 1 :])


def _longer(root: Entries, path: Path, operator: str) -> Iterator[Mutant]:
    for spot in spans(root, path):
        new = other_span(spot.node.text)
        if new != spot.node.text:
            what = f"{spot.name}: {spot.node.text} -> {new}"
            yield Mutant(PROCESS, operator, what, spot.line, tree.write(root, spot, new))


def _without(root: Entries, path: Path, operator: str) -> Iterator[Mutant]:
    node = tree.at(root, path)
    if node is not None:
        what = worded("{what} is gone", what=".".join(map(str, path)))
        yield Mutant(PROCESS, operator, what, node.mark.line, tree.drop(root, path))


def _places(root: Entries) -> Iterator[Mutant]:
    for name in tree.mapping(root, ("process", "places")):
        path: Path = ("process", "places", name)
        for key in ("within", "remind", "at_least"):
            yield from _longer(root, (*path, key), "deadline")
        for key in ("within", "until", "under", "remind", "suspends", "at_least"):
            yield from _without(root, (*path, key), "deadline")
        for spot in tree.listed(root, (*path, "needs")):
            what = worded("{what} is gone", what=f"{spot.name} {spot.node.text}")
            yield Mutant(PROCESS, "need", what, spot.line, tree.drop(root, spot.path))
        who = tree.scalar(root, (*path, "who"))
        if who is not None and who.node.text in PARTY:
            new = PARTY[who.node.text]
            turned = f"{who.name}: {who.node.text} -> {new}"
            yield Mutant(PROCESS, "party", turned, who.line, tree.write(root, who, new), frozenset({name}))


def _terms(root: Entries) -> Iterator[Mutant]:
    for name in tree.mapping(root, ("process", "terms")):
        path: Path = ("process", "terms", name)
        yield from _longer(root, (*path, "length"), "term")
        for spot in tree.listed(root, (*path, "ends")):
            what = worded("{what} is gone", what=f"{spot.name} {spot.node.text}")
            yield Mutant(PROCESS, "term", what, spot.line, tree.drop(root, spot.path))


def _people(root: Entries) -> Iterator[Mutant]:
    tasks = tree.mapping(root, ("tasks",))
    skills = {spot.node.text for name in tasks if (spot := tree.scalar(root, ("tasks", name, "skill")))}
    for name in tasks:
        yield from _longer(root, ("tasks", name, "within"), "task")
        spot = tree.scalar(root, ("tasks", name, "skill"))
        if spot is not None:
            other = min(skills - {spot.node.text}, default=f"{spot.node.text}_2")
            what = f"{spot.name}: {spot.node.text} -> {other}"
            yield Mutant(PROCESS, "task", what, spot.line, tree.write(root, spot, other))
    for name in tree.mapping(root, ("contact",)):
        yield from _longer(root, ("contact", name, "within"), "contact")
        for spot in tree.listed(root, ("contact", name, "over")):
            what = worded("{what} is gone", what=f"{spot.name} {spot.node.text}")
            yield Mutant(PROCESS, "contact", what, spot.line, tree.drop(root, spot.path))
    for name in tree.mapping(root, ("channels",)):
        yield from _without(root, ("channels", name), "channel")

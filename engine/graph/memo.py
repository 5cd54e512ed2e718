"""What a diagram remembers: `Memo` with one view, `Remembered` for all views of a flow.

Both hold numbers of nodes and are void once the forest has forgotten nodes (its `generation` says so). Called by
`engine.graph.diagrams` and `engine.graph.view` only; tests: tests/engine/journey/test_interview.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Plain(NamedTuple):
    """Facts in the author's order: all that are needed, those that a citizen can be asked, and the others."""

    needed: tuple[str, ...]
    asked: tuple[str, ...]
    other: tuple[str, ...]


First = tuple[int, int | None, bool]
"""A variable, the lead it would be, and whether it is a question; else nothing behind some decision comes before it."""


class Memo(dict[int, int]):
    """Diagram -> what is left of it with the facts of one view; void when the forest has forgotten nodes.

    `filled` is the same before decisions that stand apart and terms are looked at, ready for the next fact; `fresh` the
    variables of facts that came in since (absent: all); `bits` those that are known, -1 before anything was asked.
    `lead` is where the first question was found, None when anything beside it changed; `beside` what else could be
    first, and `bound` the lowest variable of those.
    """

    __slots__ = ("beside", "bits", "bound", "filled", "fresh", "generation", "lead")

    def __init__(self) -> None:
        super().__init__()
        self.generation = 0
        self.filled: dict[int, int] = {}
        self.fresh: dict[int, int] = {}
        self.bits = -1
        self.lead: int | None = None
        self.beside: list[First] = []
        self.bound = 0

    def restart(self, generation: int = -1) -> None:
        """Start again: the numbers of nodes, or the facts, no longer hold."""
        self.clear()
        self.filled.clear()
        self.fresh.clear()
        self.bits = -1
        self.lead = None
        self.generation = generation


class Remembered:
    """What holds for every view until nodes are forgotten.

    `merged`: per decision and grouping of its values its diagram with one value a group; `deep` what lies behind it;
    `starts` which of them a node needs of a variable; `apart` of decisions over facts alone the diagram of each of
    those, and of the decision itself, with the decision's.
    `masks`: per decision and what is left of it the cells of the values that it can still have.
    `plain`: per set of variables the facts that they are; numbers of variables always hold.
    """

    __slots__ = ("apart", "deep", "generation", "masks", "merged", "plain", "starts")

    def __init__(self) -> None:
        self.generation = -1
        self.merged: dict[tuple[int, tuple[int, ...]], int] = {}
        self.starts: dict[tuple[int, int], int] = {}
        self.deep: dict[int, int] = {}
        self.apart: dict[int, int] = {}
        self.masks: dict[tuple[int, int], int] = {}
        self.plain: dict[int, Plain] = {}

    def restart(self, generation: int, deep: Mapping[int, int], apart: Sequence[int]) -> None:
        self.generation = generation
        self.merged.clear()
        self.starts.clear()
        self.masks.clear()
        self.deep = dict(deep)
        self.apart = {root: root for root in apart}

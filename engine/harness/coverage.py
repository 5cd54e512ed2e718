"""What scenarios have been through: outcomes, rows of decisions, places. Called by `wegwijzer test`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.graph.graph import Graph
from engine.harness.run import Ran


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of coverage: how many of how many, and which are missing."""

    what: str
    seen: int
    total: int
    missing: tuple[str, ...]

    @property
    def share(self) -> int:
        """Whole percents, 100 when there is nothing to cover."""
        return 100 if not self.total else self.seen * 100 // self.total


def coverage(graph: Graph, runs: Iterable[Ran]) -> tuple[Part, ...]:
    """Coverage of outcomes and of the rows of every decision the goal rests on."""
    done = list(runs)
    outcomes = {outcome for ran in done for outcome in ran.outcomes}
    rows = {row for ran in done for row in ran.rows}
    all_rows = [
        (ruling.name, row.number) for ruling in graph.rulings.values() if not ruling.each for row in ruling.rows
    ]
    return (
        _part("outcomes", [(name, name in outcomes) for name in graph.flow.outcomes]),
        _part("rules", [(f"{name} row {number}", (name, number) in rows) for name, number in all_rows]),
    )


def _part(what: str, found: list[tuple[str, bool]]) -> Part:
    return Part(what, sum(seen for _, seen in found), len(found), tuple(name for name, seen in found if not seen))

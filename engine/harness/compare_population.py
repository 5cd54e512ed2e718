"""How much of a declared population each shift of outcome touches: every citizen through both flows' engine.

Called by `wegwijzer compare --population`; tests: tests/engine/harness/test_compare.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.graph.graph import Graph
from engine.harness.answer import Citizen, answer
from engine.harness.compare import Comparison


@dataclass(frozen=True, slots=True)
class Population:
    """How many citizens there are, how many go from one outcome to another, and for how many nothing was decided.

    `questions` is how many a citizen is asked on average, old and new, until nothing is left to ask, needs included;
    None where nobody was asked: a declared population.
    """

    size: int
    shifts: Mapping[tuple[str, str], int]
    undecided: int
    questions: tuple[float, float] | None

    def effects(self, found: Comparison) -> Mapping[str, float]:
        """Share (0..1) of the population per effect on the citizen."""
        effect = {(shift.old, shift.new): shift.effect for shift in found.shifts}
        total: Counter[str] = Counter()
        for pair, count in self.shifts.items():
            total[effect.get(pair, "changes")] += count
        return {name: count / max(1, self.size) for name, count in total.items()}


def count(old: Graph, new: Graph, citizens: Iterable[Citizen]) -> Population:
    """Put everybody through both flows: to the outcome, and once more to count every question."""
    shifts: Counter[tuple[str, str]] = Counter()
    size = undecided = first = then = 0
    for citizen in citizens:
        size += 1
        first += _questions(old, citizen)
        then += _questions(new, citizen)
        before = answer(old, citizen, decide_only=True)
        after = answer(new, citizen, decide_only=True)
        if before.status != "decided" or after.status != "decided":
            undecided += 1
        elif before.outcome != after.outcome:
            shifts[before.outcome, after.outcome] += 1
    return Population(size, dict(shifts), undecided, (first / max(1, size), then / max(1, size)))


def of_declared(found: Comparison, size: int, goals: tuple[str, str]) -> Population:
    """How many of a declared population of that size each shift of outcome touches."""
    shifts = {(own.old, own.new): round((own.people or 0) * size) for own in found.shifts if own.of in goals}
    return Population(size, {pair: many for pair, many in shifts.items() if many}, 0, None)


def _questions(graph: Graph, citizen: Citizen) -> int:
    """What is put to this citizen, whether the line has an answer or not."""
    found = answer(graph, citizen)
    return len(found.asked) + len(found.missing)

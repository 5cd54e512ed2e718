"""What a table with unknown columns can still come to, and which of those columns still matter: exactly.

Every column has finitely many classes of values (`engine.feel.table_masks`). For the unknown columns all their
combinations are walked, depth first, and each step ANDs one mask:

    outcomes   the outcomes of all combinations; one outcome means: decided, whatever the answers will be
    matters    is there a combination in which changing this column alone changes the outcome?

A column that no longer tells the live rules apart is skipped; where the lowest rule decides (first, priority), rules
below one that certainly matches are dead. Both keep the walk short; visited masks are not walked twice. Beyond
`BUDGET` steps, or when a column's classes cannot be listed, the answer is the safe one: undecided, and it matters.
Columns are taken as independent, so the walk may over-ask where they are not; it never errs the other way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.feel.table_hits import LEADING, Hits, Outcome
from engine.feel.table_masks import Column

BUDGET = 2_000
KEPT = 4_096


@dataclass(slots=True)
class Walk:
    """Walks one table. What was found is remembered: both questions are pure functions of their arguments."""

    columns: Sequence[Column]
    hits: Hits
    budget: int = BUDGET
    _outcomes: dict[tuple[int, tuple[int, ...], int], frozenset[Outcome] | None] = field(default_factory=dict)
    _matters: dict[tuple[int, tuple[int, ...], int], bool] = field(default_factory=dict)

    def live(self, may: int, unknown: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        """The rules that can still count, and the unknown columns that tell them apart."""
        if self.hits.policy in LEADING:
            certain = may
            for number in unknown:
                certain &= self.columns[number].always
            if certain:
                may &= ((certain & -certain) << 1) - 1
        return may, tuple(number for number in unknown if may & ~self.columns[number].always)

    def outcomes(self, may: int, unknown: Sequence[int], limit: int = 2) -> frozenset[Outcome] | None:
        """All outcomes, or at least `limit` of them when there are so many; None when the walk cannot tell."""
        may, left = self.live(may, unknown)
        key = (may, left, limit)
        if key not in self._outcomes:
            if len(self._outcomes) >= KEPT:
                self._outcomes.clear()
            self._outcomes[key] = self._walk(may, left, limit)
        return self._outcomes[key]

    def _walk(self, may: int, unknown: tuple[int, ...], limit: int) -> frozenset[Outcome] | None:
        found: set[Outcome] = set()
        seen: set[tuple[int, tuple[int, ...]]] = set()
        waiting = [(may, unknown)]
        steps = 0
        while waiting and len(found) < limit:
            state = waiting.pop()
            if state in seen:
                continue
            seen.add(state)
            steps += 1
            rules, left = state
            if not left:
                found.add(self.hits.outcome(rules))
                continue
            classes = self.columns[left[0]].classes
            if steps > self.budget or not classes:
                return None
            waiting.extend(self.live(rules & each.mask, left[1:]) for each in reversed(classes))
        return frozenset(found)

    def matters(self, may: int, unknown: Sequence[int], column: int) -> bool:
        """Whether `column`, one of `unknown`, can still change the outcome."""
        may, left = self.live(may, unknown)
        if column not in left:
            return False
        key = (may, left, column)
        if key not in self._matters:
            if len(self._matters) >= KEPT:
                self._matters.clear()
            self._matters[key] = self._changes(may, left, column)
        return self._matters[key]

    def _changes(self, may: int, unknown: tuple[int, ...], column: int) -> bool:
        classes = self.columns[column].classes
        seen: set[tuple[int, tuple[int, ...]]] = set()
        waiting = [(may, unknown)]
        steps = 0
        while waiting:
            state = waiting.pop()
            rules, left = state
            if column not in left or state in seen:
                continue
            seen.add(state)
            steps += 1
            if steps > self.budget or not classes:
                return True
            other = next((number for number in left if number != column), None)
            if other is None:
                if len({self.hits.outcome(rules & each.mask) for each in classes}) > 1:
                    return True
                continue
            rest = tuple(number for number in left if number != other)
            if not self.columns[other].classes:
                return True
            waiting.extend(self.live(rules & each.mask, rest) for each in reversed(self.columns[other].classes))
        return False

"""What an analysis of a decision table can find. Rules are numbered from the top, from 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from engine.feel.table import Table
from engine.feel.table_hits import LEADING, Policy

MOST = 5
"""Gaps that are listed at most."""

Witness = tuple[object, ...]
"""A value for each written column, in order."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Values for which no rule matches."""

    witness: Witness


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules that both match the witness."""

    first: int
    second: int
    witness: Witness


@dataclass(frozen=True, slots=True)
class Shadowed:
    """A rule that never counts. The witness matches it, but for all that it matches one of the rules `by` comes first.

    Without `by` no value satisfies its own cells, and there is no witness.
    """

    rule: int
    by: tuple[int, ...]
    witness: Witness | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """The verdicts; None where a verdict could not be reached within the budget."""

    gaps: tuple[Gap, ...] | None
    overlaps: tuple[Overlap, ...] | None
    shadowed: tuple[Shadowed, ...] | None
    method: Literal["walk", "z3"] = "walk"
    certain: bool = True
    note: str = ""

    @property
    def complete(self) -> bool | None:
        """Whether some rule matches whatever the values are; None when not decided."""
        return None if self.gaps is None else not self.gaps

    @property
    def disjoint(self) -> bool | None:
        """Whether no two rules match together (any: with different conclusions); None when not decided."""
        return None if self.overlaps is None else not self.overlaps

    @property
    def decided(self) -> bool:
        """Whether every verdict was reached."""
        return None not in (self.gaps, self.overlaps, self.shadowed)


def wanted_pairs(table: Table) -> Callable[[int, int], bool] | None:
    """Which pairs of bits may not match together; None where overlap is no fault of this hit policy."""
    conclusions = table.hits.conclusions
    if table.model.policy is Policy.UNIQUE:
        return lambda first, second: True
    if table.model.policy is Policy.ANY:
        return lambda first, second: conclusions[first] != conclusions[second]
    return None


def ranked(table: Table) -> bool:
    """Whether the hit policy puts one matching rule before another, so that a rule can be shadowed."""
    return table.model.policy in LEADING

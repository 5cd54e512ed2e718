"""Is a decision table complete, free of overlap, and is every row of use? Each finding comes with a witness.

    gap        values for which no row matches
    overlap    two rows that match the same values (unique: a fault; any: a fault where the conclusions differ)
    shadowed   a row that never counts: rows above it (priority: of higher rank) take everything that it matches;
               or no value at all satisfies its cells

Two methods give the same verdicts (a property test holds them to it). The walk over classes of values
(`engine.feel.analysis_walk`) is built in, takes milliseconds and has a budget of steps. z3
(`engine.feel.analysis_z3`, extra `verify`) takes over when the budget runs out, and where cells compare with
expressions: there columns depend on each other, which the walk does not see.

    certain = False     the walk alone looked at a table whose columns depend on each other: a gap or overlap may be of
                        values that cannot occur together, and a row that is not reported may still never count
    None for a verdict  the budget ran out and z3 is not installed; `note` says so in a sentence

Called by `engine.graph`, `engine.lint` and `engine.harness`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from engine.errors import worded
from engine.feel.analysis_model import MOST, Analysis, Gap, Overlap, Shadowed, Witness, ranked, wanted_pairs
from engine.feel.analysis_walk import OutOfSteps, Walker
from engine.feel.analysis_z3 import prove as proof_by_z3
from engine.feel.cells import ColumnType
from engine.feel.names import free_names
from engine.feel.table import Table
from engine.feel.table_hits import bits
from engine.feel.table_model import TableModel

__all__ = ["STEPS", "Analysis", "Gap", "Overlap", "Shadowed", "analyse"]

STEPS = 20_000

T = TypeVar("T")


def analyse(
    model: TableModel | Table,
    names: Mapping[str, ColumnType] | None = None,
    steps: int = STEPS,
    prove: bool = True,
    related: bool = False,
) -> Analysis:
    """Completeness, overlap and shadowed rules of a table.

    `names` are the types of the names in heads and cells, by which z3 sees how columns depend on each other. At most
    `MOST` gaps are listed. `prove=False` never starts z3, which takes some ten times as long. `related` says that
    columns depend on each other in a way that the table does not show (decisions over the same facts): then no
    finding is certain.
    """
    table = model if isinstance(model, Table) else Table(model)
    dependent = bool(table.extra) or _share_names(table.model)
    found = _walk(table, steps)
    if prove and (dependent or not found.decided):
        proven = proof_by_z3(table, names or {})
        if proven is not None and (proven.decided or not found.decided):
            return replace(proven, certain=proven.certain and not related)
    return _noted(found, dependent or related)


def _walk(table: Table, steps: int) -> Analysis:
    gaps = _within_budget(lambda: _gaps(table, Walker(table.columns, len(table.order), steps)))
    overlaps = _within_budget(lambda: _overlaps(table, Walker(table.columns, len(table.order), steps)))
    shadowed = _within_budget(lambda: _shadowed(table, Walker(table.columns, len(table.order), steps)))
    return Analysis(gaps, overlaps, shadowed)


def _within_budget(look: Callable[[], T]) -> T | None:
    try:
        return look()
    except OutOfSteps:
        return None


def _noted(found: Analysis, dependent: bool) -> Analysis:
    """With a sentence about what the walk could not decide."""
    if found.decided and not dependent:
        return found
    if not found.decided:
        note = worded(
            "This table is too intricate for the built-in check; install the extra `verify` to have z3 decide."
        )
    else:
        note = worded(
            "Columns of this table depend on each other; install the extra `verify` to have z3 look at that too."
        )
    return replace(found, certain=not dependent, note=note)


def _gaps(table: Table, walker: Walker) -> tuple[Gap, ...]:
    return tuple(Gap(_written(table, values)) for values in islice(walker.uncovered(table.all), MOST))


def _overlaps(table: Table, walker: Walker) -> tuple[Overlap, ...]:
    wanted = wanted_pairs(table)
    if wanted is None:
        return ()
    found: list[Overlap] = []
    for second, others in enumerate(walker.meets()):
        if not others >> second & 1:
            continue
        for first in bits(others & ((1 << second) - 1)):
            if wanted(first, second):
                witness = _written(table, walker.common(1 << first | 1 << second))
                found.append(Overlap(table.order[first], table.order[second], witness))
    return tuple(found)


def _shadowed(table: Table, walker: Walker) -> tuple[Shadowed, ...]:
    meets = walker.meets()
    found: list[Shadowed] = []
    for bit, rule in enumerate(table.order):
        earlier = meets[bit] & ((1 << bit) - 1)
        if not meets[bit] >> bit & 1:
            found.append(Shadowed(rule, (), None))
        elif earlier and ranked(table) and next(walker.uncovered(earlier, bit), None) is None:
            by = _needed_to_cover(walker, earlier, bit)
            witness = _written(table, walker.common(1 << bit | by & -by))
            found.append(Shadowed(rule, tuple(table.order[each] for each in bits(by)), witness))
    return tuple(sorted(found, key=lambda each: each.rule))


def _needed_to_cover(walker: Walker, rules: int, bit: int) -> int:
    """Fewer of `rules` that still cover the rule's box: each is left out in turn when the others suffice."""
    if walker.are_apart(rules):
        return rules  # what one of them covers no other does
    try:
        for each in list(bits(rules))[::-1]:
            fewer = rules & ~(1 << each)
            if fewer and next(walker.uncovered(fewer, bit), None) is None:
                rules = fewer
    except OutOfSteps:
        return rules
    return rules


def _written(table: Table, values: Witness) -> Witness:
    return values[: len(table.model.columns)]


def _share_names(model: TableModel) -> bool:
    """Whether two heads read the same name."""
    seen: set[str] = set()
    for column in model.columns:
        names = free_names(column.expr) if column.expr is not None else frozenset({column.head})
        if seen & names:
            return True
        seen |= names
    return False

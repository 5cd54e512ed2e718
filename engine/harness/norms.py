"""Norms for a new version, written down and hashed before it exists, and the verdict on a comparison.

    loses_at_most, gains_at_least, changes_at_most     per cent of the declared population
    questions_at_most                                  expected questions of the new version

    a norm missed -> drawing board;  one that cannot be tested, or something not compared -> undecided;  else go on

Called by `wegwijzer compare`; tests: tests/engine/harness/test_compare.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.harness.compare import GAINS, LOSES, Comparison

NORMS = ("loses_at_most", "gains_at_least", "changes_at_most", "questions_at_most")
GO_ON, BOARD, OPEN = "go on", "drawing board", "undecided"


@dataclass(frozen=True, slots=True)
class Tested:
    """One norm: what was asked, what was found (None: not measurable), whether it is met."""

    norm: str
    wanted: Decimal
    found: float | None
    met: bool | None


def measured(
    norms: Mapping[str, Decimal], found: Comparison, effects: Mapping[str, float] | None
) -> tuple[Tested, ...]:
    """Each norm against the comparison; `effects` is the share (0..1) of the population per effect."""
    return tuple(_one(name, wanted, found, effects) for name, wanted in norms.items())


def _one(name: str, wanted: Decimal, found: Comparison, effects: Mapping[str, float] | None) -> Tested:
    figure = found.questions[1] if name == "questions_at_most" else _share(name, found, effects)
    if figure is None:
        return Tested(name, wanted, None, None)
    met = figure >= float(wanted) if name.endswith("_at_least") else figure <= float(wanted)
    return Tested(name, wanted, figure, met)


def _share(name: str, found: Comparison, effects: Mapping[str, float] | None) -> float | None:
    """Per cent of the population; without one only that nobody is in it can be told."""
    word = name.partition("_")[0]
    kinds = {"loses": {LOSES}, "gains": {GAINS}}.get(word, {shift.effect for shift in found.shifts})
    if effects is None:
        nobody = not any(shift.effect in kinds for shift in found.shifts) and not found.not_compared
        return 0.0 if nobody else None
    return 100 * sum(part for effect, part in effects.items() if effect in kinds)


def verdict(tests: tuple[Tested, ...], found: Comparison) -> str:
    """`go on`, `drawing board` or `undecided`."""
    if any(own.met is False for own in tests):
        return BOARD
    return OPEN if found.not_compared or any(own.met is None for own in tests) else GO_ON

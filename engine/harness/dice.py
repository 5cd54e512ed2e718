"""Numbers that are spread as if they were drawn, and are the same at every run: D. Knuth's MMIX generator.

    follow(state)     the next state, 64 bits; the high bits are the best ones
    dice(seed)        a function that gives numbers from 0 up to 1, one after another

Called by `engine.harness.draws`, `witness` and `compare_witness`; tests: tests/engine/harness/test_estimates.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

MULTIPLIER: Final = 6_364_136_223_846_793_005
INCREMENT: Final = 1_442_695_040_888_963_407
WORD: Final = (1 << 64) - 1

Dice = Callable[[], float]


def follow(state: int) -> int:
    """The state after this one."""
    return (state * MULTIPLIER + INCREMENT) & WORD


def dice(seed: int = 1) -> Dice:
    """Numbers from 0 up to 1, the same ones for the same seed."""
    state = follow(seed)

    def throw() -> float:
        nonlocal state
        state = follow(state)
        return (state >> 11) / 9_007_199_254_740_992.0

    return throw

"""Timing of competitors side by side: every round runs each of them once, so that a busy machine is busy for all.

    pace = interleaved({"ours": run_ours, "theirs": run_theirs}, calls=2_000)
    pace.times("theirs", "ours")        how many times as long theirs takes: the median of the rounds' ratios

Figures are CPU seconds of this process for each call, all its threads together (zen-engine works in one of its own).
`on_one_processor` keeps threads from waking each other across processors; what a benchmark starts as a user would runs
`on_every_processor`. Used by every benchmark in this folder.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import process_time

ROUNDS = 15


def on_one_processor() -> None:
    """Keep this process on its first processor, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


@contextmanager
def on_every_processor() -> Iterator[None]:
    """Within it this process, and for good whatever it starts, may use every processor of the machine."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@dataclass(frozen=True)
class Pace:
    """Seconds for each call, by competitor and round."""

    rounds: Mapping[str, tuple[float, ...]]

    def seconds(self, name: str) -> float:
        """The median over the rounds."""
        return median(self.rounds[name])

    def micros(self, name: str) -> float:
        """The median over the rounds, in microseconds."""
        return self.seconds(name) * 1e6

    def times(self, slow: str, fast: str) -> float:
        """How many times as long `slow` takes as `fast`: the median of the ratios within a round."""
        return median(a / b for a, b in zip(self.rounds[slow], self.rounds[fast], strict=True))


def interleaved(
    competitors: Mapping[str, Callable[[], object]],
    calls: int | Mapping[str, int],
    rounds: int = ROUNDS,
    before: Callable[[], object] = lambda: None,
) -> Pace:
    """Run all competitors in turn, `rounds` times after one warm-up; each run makes `calls` calls.

    `before` runs before each competitor's run and is not timed: it can lay out fresh input.
    """
    taken: dict[str, list[float]] = {name: [] for name in competitors}
    per = {name: calls if isinstance(calls, int) else calls[name] for name in competitors}
    for run in competitors.values():
        run()
    collecting = gc.isenabled()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, run in competitors.items():
                before()
                start = process_time()
                run()
                taken[name].append((process_time() - start) / per[name])
            gc.collect()
    finally:
        if collecting:
            gc.enable()
    return Pace({name: tuple(times) for name, times in taken.items()})

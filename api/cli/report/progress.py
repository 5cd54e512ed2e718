"""A progress bar on standard error, for whatever takes longer than a second; nothing where nobody looks.

with working("prove", total=6, language="nl") as step:
    for flow in flows:
        ...
        step(flow)
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from api.cli.report.words import word

PATIENCE = 1.0
"""Seconds before the bar appears."""

Step = Callable[[str], None]


@contextmanager
def working(what: str, total: int | None = None, language: str = "en") -> Iterator[Step]:
    """Gives a function to call after each of `total` steps with what was done."""
    if not sys.stderr.isatty():
        yield _nothing
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),  # a scenario may be called [what it likes]
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    shown = Progress(*columns, console=Console(file=sys.stderr), transient=True)
    task = shown.add_task(f"{what}: {word('busy', language)}", total=total)
    timer = threading.Timer(PATIENCE, shown.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda done: shown.update(task, advance=1, description=f"{what}: {done}")
    finally:
        timer.cancel()
        timer.join()
        shown.stop()


def _nothing(_done: str) -> None:
    """Nobody looks."""

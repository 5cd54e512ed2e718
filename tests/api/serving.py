"""Real processes for tests: a server, as `wegwijzer serve` starts it, or any command to read from and to kill."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

COMMAND = [sys.executable, "-m", "api.cli.main", "serve"]
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("WEGWIJZER_")}
LATE = 120  # seconds


@contextmanager
def running(command: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """A command; killed when a test goes wrong or takes LATE seconds, so that nothing waits for it."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    late = threading.Timer(LATE, process.kill)
    late.start()
    with process:
        try:
            yield process
        finally:
            late.cancel()
            process.kill()


@contextmanager
def serving(
    *options: str | Path, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server and what it said at its start; killed at the end if it still runs."""
    command = [*COMMAND, "--port", "0", *map(str, options)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**CLEAN, **(environment or {})}
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith("Stop"):
            break
    try:
        yield process, said
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def port_of(said: str) -> int:
    """The port in what a server said at its start."""
    found = re.search(r"http://127\.0\.0\.1:(\d+)", said)
    assert found, said
    return int(found[1])

"""From a save to the verdict on the screen: a real `wegwijzer watch`, edited as an author edits.

python -m tests.bench watch
"""

from __future__ import annotations

import gc
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import count, takewhile
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time, sleep

from api.cli.main import SELDOM
from api.cli.watch import undisturbed
from api.service.drafts import scenario_files
from api.service.warm import Warm
from tests.bench.recorder import Row, Section, at_most, record
from tests.bench.stopwatch import on_every_processor

FLOWS = Path(__file__).parents[2] / "flows"
SLUGS = (
    *("boom-kappen", "verkeersboete", "dagopname", "paspoort", "omgevingsvergunning"),
    *("bijstand", "rijbewijs-leeftijdspoort"),
)
EDITS = 10  # of each kind, for each flow
GOAL = 150.0
FIGURE = re.compile(r"(?<![\w-])[1-9]\d*(?![\w-])")
REST = 0.12  # seconds between two saves

Edit = Callable[[str, int], str]


def comment(text: str, number: int) -> str:
    """An author's note."""
    return f"{text}\n# note {number}\n"


def words(text: str, number: int) -> str:
    """A sentence that people read."""
    return text.replace('notice: "', f'notice: "({number}) ', 1) if 'notice: "' in text else comment(text, number)


def rule(text: str, number: int) -> str:
    """Two rows of a decision that stand below each other change places: the next two, later two such pairs at once."""
    lines, rows = text.splitlines(keepends=True), _rows(text)
    pairs = [at for at in rows if at + 1 in rows]
    again, first = divmod(number, len(pairs))
    for at in (pairs[first], *(pairs[(first + step) % len(pairs)] for step in range(1, again + 1))):
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return "".join(lines)


def figure(text: str, number: int) -> str:
    """The first figure in a row of a decision, or else below it, never the same twice."""
    lines = text.splitlines(keepends=True)
    below = range(_decisions(lines)[0], len(lines))
    at = next(at for at in (*_rows(text), *below) if FIGURE.search(lines[at]))
    lines[at] = FIGURE.sub(lambda own: str(int(own[0]) + number + 1), lines[at], count=1)
    return "".join(lines)


def _rows(text: str) -> list[int]:
    """The lines that are rows of decisions."""
    lines = text.splitlines()
    start, end = _decisions(lines)
    rules = [at for at in range(start, end) if lines[at].lstrip().startswith("|--")]
    return [at for first in rules for at in takewhile(lambda at: lines[at].lstrip().startswith("|"), count(first + 1))]


def _decisions(lines: Sequence[str]) -> tuple[int, int]:
    """From which line to which the decisions stand."""
    start = next(at for at, line in enumerate(lines) if line.startswith("decisions:"))
    return start, next(at for at, line in enumerate(lines) if at > start and line[:1].isalpha())


KINDS: dict[str, Edit] = {"a comment": comment, "words": words, "a row of a decision": rule, "a figure": figure}


def measured(slug: str) -> dict[str, list[float]]:
    """Milliseconds from each save to its verdict, by kind of edit."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / slug
        shutil.copytree(FLOWS / slug, own)
        path = own / "flow.yaml"
        good = path.read_text("utf-8")
        command = [sys.executable, "-u", "-m", "api.cli.main", "watch", str(path), "--language", "en"]
        with on_every_processor():  # as an author's would
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        with process:
            assert process.stdout is not None
            _verdict(process)
            sleep(0.5)
            found = {kind: [_save(process, path, edit(good, n)) for n in range(EDITS)] for kind, edit in KINDS.items()}
            process.terminate()
        return found


def _save(process: subprocess.Popen[str], path: Path, text: str) -> float:
    began = perf_counter()
    path.write_text(text, encoding="utf-8")
    _verdict(process)
    took = (perf_counter() - began) * 1000
    sleep(REST)
    return took


def _verdict(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.rstrip().endswith(" ms"):
            return
    raise RuntimeError("watch ended")


def rows() -> list[Row]:
    """The 95th percentile by flow and kind of edit, and of all together."""
    found: list[Row] = []
    everything: list[float] = []
    for slug in SLUGS:
        for kind, times in measured(slug).items():
            everything += times
            found.append(Row(f"{slug}: {kind}", f"p50 {_part(times, 50):.0f} ms, p95 {_part(times, 95):.0f} ms"))
    cpu = work()
    return [
        at_most("save to verdict, all of them, p95", _part(everything, 95), GOAL, "ms"),
        at_most("CPU of a verdict, all of them, p95", _part(cpu, 95), GOAL, "ms"),
        Row("CPU of a verdict, all of them, p50", f"{_part(cpu, 50):.0f} ms"),
        *found,
    ]


def work() -> list[float]:
    """CPU milliseconds of each verdict in one warm process: what a save costs, however busy the machine is."""
    found: list[float] = []
    gc.set_threshold(*SELDOM)  # as the command does
    for slug in SLUGS:
        with tempfile.TemporaryDirectory() as folder:
            own = Path(folder) / slug
            shutil.copytree(FLOWS / slug, own)
            path, warm = own / "flow.yaml", Warm()
            good = path.read_text("utf-8")
            warm.verdict(warm.read(slug, path, scenario_files(own)))
            for edit in KINDS.values():
                for number in range(EDITS):
                    path.write_text(edit(good, number), encoding="utf-8")
                    with undisturbed():
                        began = process_time()
                        warm.verdict(warm.read(slug, path, scenario_files(own)))
                        found.append((process_time() - began) * 1000)
                    warm.make_ready()  # as the command does
    return found


def _part(times: list[float], percent: int) -> float:
    return quantiles(times, n=100, method="inclusive")[percent - 1]


def main() -> None:
    """Measure and record."""
    made = rows()
    load, processors = os.getloadavg()[0], os.cpu_count()
    notes = (
        "A real process, from the write to the line on its standard output; the wait for an editor to settle is in it.",
        "Every edit of a row or a figure is another one; garbage is looked for once the verdict is told.",
        f"Load average while measuring: {load:.1f} on {processors} processors.",
    )
    record(Section("watch", "Save to verdict", "make bench ONLY=watch", made, notes=notes))

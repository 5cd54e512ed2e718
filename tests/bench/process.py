"""The process as a state machine: compiling 200 places, one step against the bare library, what can be taken now.

python -m tests.bench process
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from statistics import median
from time import process_time

from transitions import Machine

from engine.feel.table_text import MAX_ROWS
from engine.flow.model import Process as FlowProcess
from engine.graph.process import By, Process
from engine.graph.process_checks import check_process
from engine.graph.process_resolve import resolve
from engine.journey.machine import Guard, ProcessMachine, compile_machine
from tests.bench.recorder import Row, Section, at_most, record
from tests.bench.stopwatch import interleaved

PLACES = 200
CALLS = 2_000
ROUNDS = 15


def guard(_text: str) -> Guard:
    """A guard that costs nothing: rules are measured elsewhere."""
    return lambda _context: True


def chain(places: int = PLACES) -> FlowProcess:
    """So many places in a row, each with a guarded step on, an `else`, and a clock."""
    assert places * 3 < MAX_ROWS
    place = {"who": "citizen", "does": "questions", "within": "P1D", "title": {"nl": "Plaats"}}
    rows = ["| from | event | by | if | to | do |"]
    for number in range(places):
        onward = f"p{number + 1}" if number + 1 < places else "done"
        rows.append(f"| p{number} | go | citizen | x > {number} | {onward} | tell hello |")
        rows.append(f"| p{number} | go | citizen | else | stay | tell wait |")
        rows.append(f"| p{number} | late | clock | - | done | - |")
    return FlowProcess.model_validate(
        {
            "from": "none",
            "places": {f"p{number}": place for number in range(places)},
            "ends": {"done": {"nl": "Klaar"}},
            "steps": "\n".join(rows),
        }
    )


def milliseconds(run: Callable[[], object]) -> float:
    """CPU milliseconds of one call, the median over the rounds."""
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        start = process_time()
        run()
        times.append((process_time() - start) * 1e3)
    return median(times)


def memory(process: Process) -> float:
    """Mebibytes that one compiled machine holds."""
    gc.collect()
    tracemalloc.start()
    kept = compile_machine(process, guard)
    gc.collect()
    size = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    assert kept.process is process
    return size


class Bare:
    """The smallest model that the library can work on."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


def bare_machine() -> Callable[[], None]:
    """The library alone: a shared machine, one condition, one transition, no model added."""
    machine = Machine(
        model=None,
        states=["a", "b"],
        initial="a",
        transitions=[{"trigger": "go", "source": "a", "dest": "b", "conditions": lambda _occurrence: True}],
        auto_transitions=False,
        queued=False,
        send_event=True,
    )
    event = machine.events["go"]

    def run() -> None:
        for _ in range(CALLS):
            event.trigger(Bare("a"))

    return run


def steps(machine: ProcessMachine) -> dict[str, Callable[[], None]]:
    """Our own runs: take a step, and list what can be taken."""

    def take() -> None:
        for _ in range(CALLS):
            machine.take("p7", "go", By.CITIZEN, None)

    def offered() -> None:
        for _ in range(CALLS):
            machine.offered("p7", None)

    return {"take": take, "offered": offered}


def main() -> None:
    """Measure and record."""
    written = chain()
    process = resolve(written)
    machine = compile_machine(process, guard)
    pace = interleaved({"bare": bare_machine(), **steps(machine)}, CALLS)
    compiling = milliseconds(lambda: compile_machine(process, guard))
    resolving = milliseconds(lambda: resolve(written))
    checking = milliseconds(lambda: check_process(process))
    rows = (
        at_most(f"compile a process of {PLACES} places, 600 steps", compiling, 10, "ms"),
        at_most("memory of that machine", memory(process), 1, "MiB"),
        at_most("take a step, against the bare library's trigger", pace.times("take", "bare"), 2),
        Row("take a step", f"{pace.micros('take'):.1f} µs"),
        Row("list what can be taken in a place", f"{pace.micros('offered'):.1f} µs"),
        Row(f"read and resolve {PLACES} places from their table", f"{resolving:.1f} ms"),
        Row(f"all process checks on {PLACES} places", f"{checking:.1f} ms"),
    )
    record(Section("process", "Process", "python -m tests.bench process", rows, peers=("transitions",)))


if __name__ == "__main__":
    main()

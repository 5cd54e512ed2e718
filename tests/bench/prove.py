"""Proving a flow for everybody: ten facts, and sixteen yes/no facts with 43 million partial answer sets.

python -m tests.bench prove
"""

from __future__ import annotations

import gc
import random
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from time import process_time

from engine.flow.parse import parse_flow
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.prove import Proof, prove
from engine.lint.linting import judged
from tests.bench.large_flows import large_flow
from tests.bench.large_tables import boxes, codes, tariff
from tests.bench.recorder import Row, Section, at_most, record

ROUNDS = 25
FEW = 3
ROWS = 14

TEN = [("boolean", 2)] * 7 + [("choice", 3)] * 2 + [("integer", 3)]
SIXTEEN = [("boolean", 2)] * 16
PEAK = """
import resource
from tests.bench.prove import SIXTEEN, flow_of
from engine.graph.load import load_flow
from engine.harness.prove import prove
graph = load_flow(flow_of(SIXTEEN, 1))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
prove(graph)
print(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def flow_of(facts: list[tuple[str, int]], seed: int) -> str:
    """A `first` table of random rows over all facts, of which each is tested somewhere; nothing is left open."""
    chance = random.Random(seed)  # noqa: S311
    lines = ["wegwijzer: 1", "flow: meting", "language: nl", "question: Mag het?", "goal: mag", "facts:"]
    heads, cells = [], list[list[str]]()
    for number, (kind, size) in enumerate(facts):
        more = ", options: [a, b, c]" if kind == "choice" else ", min: 0, max: 99" if kind == "integer" else ""
        lines.append(f'  f{number}: {{type: {kind}{more}, ask: "Vraag {number}?", why: "Daarom."}}')
        heads.append(f"f{number}")
        cuts = [f"< {20 * own}" for own in range(1, size)]
        cells.append(["yes", "no"] if kind == "boolean" else ["a", "b", "a, c"] if kind == "choice" else cuts)
    lines += ["decisions:", "  mag:", "    type: choice", "    options: [ja, nee, bel]", "    hit: first"]
    lines += ["    table: |", f"      | {' | '.join(heads)} || mag |"]
    for number in range(ROWS):
        tested = [chance.random() < 0.3 or at % ROWS == number for at in range(len(cells))]
        own = [chance.choice(each) if looks else "-" for looks, each in zip(tested, cells, strict=True)]
        lines.append(f"      | {' | '.join(own)} || {chance.choice(['ja', 'nee', 'bel'])} |")
    lines += [f"      | {' | '.join('-' for _ in heads)} || nee |", "outcomes:"]
    lines += [f"  {name}: {{kind: answer, text: Klaar}}" for name in ("ja", "nee", "bel")]
    return "\n".join(lines) + "\n"


def milliseconds(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """CPU milliseconds of one call: the least of the rounds, since others share the processor."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = process_time()
        run()
        times.append((process_time() - start) * 1e3)
    return min(times)


def peak() -> float:
    """Gibibytes at the peak of a process that proves sixteen facts."""
    done = subprocess.run([sys.executable, "-c", PEAK], capture_output=True, text=True, check=True)
    return int(done.stdout.split()[1]) / 2**20


def small() -> list[Row]:
    """Ten facts, everything from the text on and without reading it."""
    text = flow_of(TEN, 1)
    graph, positions = load_flow(text), parse_flow(text).positions

    def both() -> None:
        judged(graph, positions, text, "flow.yaml")
        prove(graph)

    proof = checked(graph)
    took = milliseconds(both)
    return [
        at_most(f"lint + prove, 10 facts, {proof.situations:,} partial sets", took, 20, "ms"),
        Row("of which prove", f"{milliseconds(lambda: prove(graph)):.1f} ms"),
        Row("reading and compiling that flow file", f"{milliseconds(lambda: load_flow(text)):.1f} ms"),
    ]


def large() -> list[Row]:
    """Sixteen yes/no facts."""
    graph = load_flow(flow_of(SIXTEEN, 1))
    proof = checked(graph)
    took, memory = milliseconds(lambda: prove(graph)) / 1e3, peak()
    what = f"prove, 16 yes/no facts, {proof.situations / 1e6:.0f} million partial sets"
    return [
        at_most(what, took, 4, "s"),
        at_most("the same, memory of the whole process at its peak", memory, 0.5, "GiB"),
    ]


def many_rows() -> list[Row]:
    """One table of 2,000 rows, and a hundred facts behind tables that read each other."""
    flows = {
        "prove, a tariff of 2,000 rows": tariff(2_000),
        "prove, 2,000 rows: a choice of 333 options, yes or no, three ages": codes(2_000),
        "prove, 2,000 rows: six columns cut at random": boxes(2_000),
        "prove, 100 facts behind tables that read each other": large_flow(100, 1, shared=0.3),
    }
    found = []
    for what, text in flows.items():
        graph = load_flow(text)
        checked(graph)
        found.append(Row(what, f"{milliseconds(partial(prove, graph), FEW) / 1e3:.2f} s"))
    return found


def checked(graph: Graph) -> Proof:
    """The proof, complete: nothing is measured that leaves something open."""
    proof = prove(graph)
    assert proof.not_proven == ()
    return proof


def main() -> None:
    """Measure and record."""
    note = (
        f"Random `first` tables of {ROWS} rows and a last one over all facts, standard process. Everything that "
        "`wegwijzer prove` does is in it, also the walk through the process; CPU time, the least of "
        f"{ROUNDS} rounds, of {FEW} from 2,000 rows on."
    )
    record(
        Section(
            "prove", "Proving a flow", "python -m tests.bench prove", [*small(), *large(), *many_rows()], notes=[note]
        )
    )


if __name__ == "__main__":
    main()

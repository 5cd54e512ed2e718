"""From the text of a flow file to its graph, or to everything that is wrong with it: reading and compiling in one.

A file with a fault in one place is compiled as far as it goes, so that an author sees a missing key, a misspelt name in
an expression and a broken table in one go. Of two problems at the same place the reader's is kept. Called by the doors;
tests: tests/engine/graph/test_load.py.
"""

from __future__ import annotations

from engine.errors import FlowError, Problem
from engine.flow.parse import Reading, read_flow
from engine.flow.yaml_tree import MAX_PROBLEMS
from engine.graph.compile import compile_flow, find_problems
from engine.graph.graph import Graph


def load_flow(text: str, file: str = "flow.yaml") -> Graph:
    """The graph of the flow in `text`. Raises FlowError with every problem found, in file order."""
    return load_reading(read_flow(text, file))


def load_reading(reading: Reading) -> Graph:
    """The graph of what was read. Raises FlowError with every problem found, in file order."""
    if reading.parsed is None:
        raise FlowError(reading.problems)
    if reading.problems:
        found = find_problems(reading.parsed, reading.dropped)
        raise FlowError(_merged(reading.problems, found))
    return compile_flow(reading.parsed)


def _merged(first: tuple[Problem, ...], then: tuple[Problem, ...]) -> tuple[Problem, ...]:
    places = {problem.where for problem in first}
    more = dict.fromkeys(problem for problem in then if problem.where not in places)
    return tuple(sorted((*first, *more)))[:MAX_PROBLEMS]

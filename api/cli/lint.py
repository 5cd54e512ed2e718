"""`wegwijzer lint FLOW...`: is the flow file sound? Structure, references, expressions, tables, texts and the process.

Every problem at once, with file, line, column, code, sentence and way out. Exit code 0: sound; 1: something was
found; 2: there is no such file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from api.cli.flow_files import FLOWS, find, read_text
from api.cli.report import Part, Report, add_output_options, finding_of, finish, language_of, working
from engine.errors import FlowError, Problem
from engine.graph.load import load_flow


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", nargs="+", help="a slug, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where slugs are looked up [flows]")
    add_output_options(parser)


def run(given: argparse.Namespace) -> int:
    """Print what was found. Raises Unusable when a file is not there."""
    parts = []
    with working("lint", len(given.flow), language_of(given)) as step:
        for flow in given.flow:
            path = find(flow, given.flows)
            found = problems(read_text(path), str(path))
            parts.append(Part(flow=flow, file=str(path), findings=tuple(finding_of(own) for own in found)))
            step(flow)
    return finish(Report(command="lint", parts=tuple(parts)), given)


def problems(text: str, file: str) -> list[Problem]:
    """Everything that is wrong with a flow file, in its order."""
    try:
        return sorted(load_flow(text, file).findings)
    except FlowError as error:
        return list(error.problems)

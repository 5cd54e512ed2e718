"""`wegwijzer lint FLOW...`: is the flow file sound? Structure, references, expressions, tables, texts and the process.

Every problem at once, with file, line, column, code, sentence and way out. Exit code 0: sound; 1: something was
found; 2: there is no such file.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from api.cli.exits import FINDINGS, GOOD
from api.cli.flow_files import FLOWS, find, read_text
from engine.errors import FlowError, Problem, Severity
from engine.flow.parse import parse_flow
from engine.graph.load import load_flow
from engine.graph.process_checks import check_process, problems_of


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", nargs="+", help="a slug, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where slugs are looked up [flows]")
    parser.add_argument("--json", action="store_true", help="print the problems as JSON")


def run(given: argparse.Namespace) -> int:
    """Print what was found. Raises Unusable when a file is not there."""
    found: list[Problem] = []
    for flow in given.flow:
        path = find(flow, given.flows)
        own = problems(read_text(path), str(path))
        found.extend(own)
        if not own and not given.json:
            print(f"{path}: sound")
    if given.json:
        print(json.dumps([_plain(problem) for problem in found], ensure_ascii=False, indent=1))
    else:
        for problem in found:
            print(_shown(problem))
    if found and not given.json:
        print(f"{len(found)} found", file=sys.stderr)
    return FINDINGS if found else GOOD


def problems(text: str, file: str) -> list[Problem]:
    """Everything that is wrong with a flow file, in its order."""
    try:
        graph = load_flow(text, file)
    except FlowError as error:
        return list(error.problems)
    positions = parse_flow(text, file).positions
    return sorted(problems_of(check_process(graph.process, graph.flow, positions)))


def _shown(problem: Problem) -> str:
    mark = "warning" if problem.severity is Severity.WARNING else "error"
    hint = f"\n    {problem.hint}" if problem.hint else ""
    return f"{problem.where}: {mark} {problem.code}: {problem.message}{hint}"


def _plain(problem: Problem) -> dict[str, object]:
    where = problem.where
    return {
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "code": problem.code,
        "severity": str(problem.severity),
        "message": problem.message,
        "hint": problem.hint,
    }

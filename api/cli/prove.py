"""`wegwijzer prove FLOW...`: does the flow hold for every citizen, in every order of answering? No scenarios needed.

Exit code 0: proven; 1: something is wrong, with a citizen or a way that shows it; 2: the flow cannot be used; 3:
nothing wrong was found, and something could not be proven: it says what. What each check means: docs/prove.md."""

from __future__ import annotations

import argparse
from pathlib import Path

from api.cli.flow_files import FLOWS, find, read_text
from api.cli.report import Part, Report, add_output_options, finding_of, finish, language_of, working
from engine.errors import worded
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.prove import Proof, prove
from engine.lint.dutch import told


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", nargs="+", help="a short name, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    add_output_options(parser)


def run(given: argparse.Namespace) -> int:
    """Print each finding with its witness, and what was not proven."""
    parts, language = [], language_of(given)
    with working("prove", len(given.flow), language) as step:
        for flow in given.flow:
            path = find(flow, given.flows)
            graph = load_flow(read_text(path), str(path))
            parts.append(part_of(graph, prove(graph), str(path), language))
            step(flow)
    return finish(Report(command="prove", parts=tuple(parts)), given)


def part_of(graph: Graph, proof: Proof, file: str, language: str) -> Part:
    """A proof as part of a report, told in a language."""
    figures = {
        "facts": proof.facts,
        "situations": proof.situations,
        "states": proof.states,
        "steps": proof.steps,
        "promises": len(graph.flow.promises),
    }
    looked_at = worded(
        "{facts} facts in {situations:,} situations; {states:,} states and {steps:,} steps of the process; "
        "promises: {promises}",
        facts=proof.facts,
        situations=proof.situations,
        states=proof.states,
        steps=proof.steps,
        promises=len(graph.flow.promises),
    )
    return Part(
        flow=graph.flow.flow,
        file=file,
        version=graph.version,
        findings=tuple(finding_of(own.problem, language, own.witness, own.way) for own in proof.findings),
        not_done=tuple(told(own, language) for own in proof.not_proven),
        said=tuple(told(own, language) for own in (looked_at, *proof.notes)),
        figures={**figures, "notes": [told(own, language) for own in proof.notes]},
    )

"""`wegwijzer prove FLOW...`: does the flow hold for every citizen, in every order of answering? No scenarios needed.

Exit code 0: proven; 1: something is wrong, with a citizen who shows it; 2: the flow cannot be used; 3: nothing wrong
was found, and something could not be proven: it says what."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from api.cli.exits import FINDINGS, GOOD, UNDECIDED
from api.cli.flow_files import FLOWS, load
from engine.errors import Severity
from engine.graph.graph import Graph
from engine.harness.prove import Finding, Proof, prove


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", nargs="+", help="a slug, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where slugs are looked up [flows]")
    parser.add_argument("--json", action="store_true", help="print what came out as JSON")


def run(given: argparse.Namespace) -> int:
    """Print each finding with its witness, and what was not proven."""
    code, told = GOOD, []
    for flow in given.flow:
        graph = load(flow, given.flows)
        proof = prove(graph)
        told.append(_plain(graph, proof))
        if not given.json:
            _show(graph, proof)
        own = FINDINGS if proof.findings else UNDECIDED if proof.not_proven else GOOD
        code = own if code == GOOD or own == FINDINGS else code
    if given.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    return code


def _show(graph: Graph, proof: Proof) -> None:
    for finding in proof.findings:
        problem = finding.problem
        mark = "!" if problem.severity is Severity.WARNING else "✗"
        print(f"{mark} {problem.where}: {problem.code}: {problem.message}")
        if finding.witness is not None:
            print(
                "    for example: "
                + (", ".join(f"{fact}: {value}" for fact, value in finding.witness.items()) or "anybody")
            )
        if problem.hint:
            print(f"    {problem.hint}")
    for what in proof.not_proven:
        print(f"? not proven: {what}")
    word = "✓ proven" if proof.is_clean else f"{len(proof.findings)} found, {len(proof.not_proven)} not proven"
    print(f"{graph.flow.flow}: {word}; {proof.facts} facts, {proof.situations:,} situations, {proof.nodes:,} nodes")


def _plain(graph: Graph, proof: Proof) -> dict[str, object]:
    return {
        "flow": graph.flow.flow,
        "version": graph.version,
        "proven": proof.is_clean,
        "findings": [_finding(own) for own in proof.findings],
        "notProven": list(proof.not_proven),
        "facts": proof.facts,
        "situations": proof.situations,
    }


def _finding(finding: Finding) -> dict[str, object]:
    problem = finding.problem
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "where": str(problem.where),
        "message": problem.message,
        "hint": problem.hint,
        "witness": dict(finding.witness) if finding.witness is not None else None,
    }

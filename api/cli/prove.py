"""`wegwijzer prove FLOW...`: does the flow hold for every citizen, in every order of answering? No scenarios needed.

Exit code 0: proven; 1: something is wrong, with a citizen or a way that shows it; 2: the flow cannot be used; 3:
nothing wrong was found, and something could not be proven: it says what. What each check means: docs/prove.md."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from api.cli.exits import FINDINGS, GOOD, UNDECIDED
from api.cli.flow_files import FLOWS, load
from engine.errors import Severity
from engine.graph.graph import Graph
from engine.harness.finding import Finding
from engine.harness.prove import Proof, prove


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
            print("\n".join(shown(graph, proof)))
        own = FINDINGS if proof.findings else UNDECIDED if proof.not_proven else GOOD
        code = own if code == GOOD or own == FINDINGS else code
    if given.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    return code


def shown(graph: Graph, proof: Proof) -> list[str]:
    """A proof for people: findings first, then what was left open, then what was looked at and the verdict."""
    lines: list[str] = []
    for finding in proof.findings:
        lines += _told(finding)
    lines += [f"? not proven: {what}" for what in proof.not_proven]
    lines += [f"  {note}" for note in proof.notes]
    if proof.is_clean:
        verdict = "✓ proven"
    else:
        verdict = f"{len(proof.findings)} found, {len(proof.not_proven)} not proven"
    lines.append(
        f"{graph.flow.flow}: {verdict}; {proof.facts} facts, {proof.situations:,} situations; "
        f"{proof.states:,} states and {proof.steps:,} steps of the process; {len(graph.flow.promises)} promises"
    )
    return lines


def _told(finding: Finding) -> list[str]:
    problem = finding.problem
    mark = "!" if problem.severity is Severity.WARNING else "✗"
    lines = [f"{mark} {problem.where}: {problem.code}: {problem.message}"]
    if finding.witness is not None:
        words = ", ".join(f"{fact}: {value}" for fact, value in finding.witness.items())
        lines.append(f"    for example: {words or 'anybody'}")
    lines += [f"    {number}. {line}" for number, line in enumerate(finding.way, 1)]
    return [*lines, f"    → {problem.hint}"] if problem.hint else lines


def _plain(graph: Graph, proof: Proof) -> dict[str, object]:
    return {
        "flow": graph.flow.flow,
        "version": graph.version,
        "proven": proof.is_clean,
        "findings": [_finding(own) for own in proof.findings],
        "notProven": list(proof.not_proven),
        "notes": list(proof.notes),
        "facts": proof.facts,
        "situations": proof.situations,
        "states": proof.states,
        "steps": proof.steps,
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
        "way": list(finding.way),
    }

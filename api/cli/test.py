"""`wegwijzer test FLOW...`: run the flow's scenarios; each twice, straight and with save and restore after every event.

Exit code 0: all hold; 1: some do not, or coverage is below `--min`; 2: the flow or a scenario file cannot be used.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from api.cli.exits import FINDINGS, GOOD, Unusable
from api.cli.flow_files import FLOWS, find, load, read_text
from engine.graph.graph import Graph
from engine.harness.coverage import Part, coverage
from engine.harness.run import Ran
from engine.harness.run import run as run_scenario
from engine.harness.scenario import Scenario, read_scenarios
from engine.journey.relevance import remembered


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", nargs="+", help="a slug, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where slugs are looked up [flows]")
    parser.add_argument("--min", type=int, default=0, metavar="PERCENT", help="least coverage of outcomes and rules")
    parser.add_argument("--json", action="store_true", help="print what came out as JSON")


def scenarios_of(path: Path) -> list[Scenario]:
    """All scenarios beside a flow file. Raises Unusable when there are none, FlowError for a faulty file."""
    files = scenario_files(path.parent)
    if not files:
        raise Unusable(f"{path.parent} has no scenarios; write one in {path.parent}/scenarios/.")
    return [own for file in files for own in read_scenarios(read_text(file), str(file))]


def scenario_files(folder: Path) -> list[Path]:
    """The files with scenarios in a flow's folder: `scenarios/*.yaml` and `scenarios*.yaml`."""
    return sorted({*(folder / "scenarios").glob("*.yaml"), *folder.glob("scenarios*.yaml")})


def run_flow(graph: Graph, path: Path) -> list[Ran]:
    """Run all scenarios beside a flow file. Raises as `scenarios_of`."""
    with remembered():
        return [run_scenario(graph, own) for own in scenarios_of(path)]


def run(given: argparse.Namespace) -> int:
    """Print each failure with its place, and what was covered."""
    good = True
    told = []
    for flow in given.flow:
        path = find(flow, given.flows)
        graph = load(flow, given.flows)
        runs = run_flow(graph, path)
        parts = coverage(graph, runs)
        good &= all(not ran.failures for ran in runs) and all(part.share >= given.min for part in parts)
        told.append(_plain(graph, runs, parts))
        if not given.json:
            _show(graph, runs, parts)
    if given.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    return GOOD if good else FINDINGS


def _show(graph: Graph, runs: list[Ran], parts: tuple[Part, ...]) -> None:
    failed = [ran for ran in runs if ran.failures]
    for ran in failed:
        print(f"✗ {ran.scenario.where}: {ran.scenario.title}")
        for failure in ran.failures:
            print(f"    {failure}")
    mark = "✗" if failed else "✓"
    covered = ", ".join(f"{part.what} {part.share} %" for part in parts)
    print(
        f"{mark} {graph.flow.flow}: {len(runs) - len(failed)} of {len(runs)} citizens as expected; covered: {covered}"
    )
    for part in parts:
        for name in part.missing:
            print(f"    never seen: {name}")


def _plain(graph: Graph, runs: list[Ran], parts: tuple[Part, ...]) -> dict[str, object]:
    return {
        "flow": graph.flow.flow,
        "version": graph.version,
        "scenarios": [
            {"name": ran.scenario.title, "where": str(ran.scenario.where), "failures": list(ran.failures)}
            for ran in runs
        ],
        "coverage": {part.what: {"percent": part.share, "missing": list(part.missing)} for part in parts},
    }

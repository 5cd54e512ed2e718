"""`wegwijzer mutate FLOW`: which mistakes would nobody notice?

Puts one fault at a time into the flow and looks who notices: loading, lint, prove, the promises, a scenario. Survivors
are listed with their line and the citizen who would suffer. Exit code 0: the score is at least `--min`; 1: it is not;
2: the flow or its scenarios cannot be used; 3: the budget was used up before every fault was judged.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from time import monotonic

from api.cli.exits import FINDINGS, GOOD, UNDECIDED, Unusable
from api.cli.flow_files import FLOWS, find, read_text
from api.cli.test import scenarios_of
from engine.graph.load import load_flow
from engine.harness.mutate import LAYERS, Judge, Verdict, mutants, score
from engine.harness.mutate_tree import KINDS, Mutant

BAR = 30
MOST_SHOWN = 40


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", help="a slug, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where slugs are looked up [flows]")
    parser.add_argument("--min", type=float, default=90, metavar="PERCENT", help="least score that is good [90]")
    parser.add_argument(
        "--only", choices=KINDS, action="append", default=[], help="only faults of this kind; repeatable"
    )
    parser.add_argument("--budget", type=float, default=300, metavar="SECONDS", help="how long it may take [300]")
    parser.add_argument("--all", action="store_true", help="list every survivor, however many")
    parser.add_argument("--json", action="store_true", help="print every verdict as JSON")


def run(given: argparse.Namespace) -> int:
    """Judge every fault within the budget. Raises Unusable, or FlowError for a faulty flow or scenario file."""
    path = find(given.flow, given.flows)
    text = read_text(path)
    graph = load_flow(text, str(path))
    scenarios = scenarios_of(graph, path)
    todo = [own for own in mutants(text, str(path)) if not given.only or own.kind in given.only]
    if not todo:
        raise Unusable("There is nothing of that kind in this flow to put a fault in.")
    judge = Judge(graph, text, str(path), scenarios)
    verdicts = _judged(judge, todo, given.budget)
    left = len(todo) - len(verdicts)
    if given.json:
        print(json.dumps(_plain(graph.flow.flow, verdicts, left, judge.failing), ensure_ascii=False, indent=1))
    else:
        _show(graph.flow.flow, path, verdicts, judge.failing, MOST_SHOWN if not given.all else len(verdicts))
        if left:
            print(f"? {left} of {len(todo)} faults were not judged within {given.budget:g} seconds; raise --budget.")
    if left:
        return UNDECIDED
    return GOOD if score(verdicts).percent >= given.min else FINDINGS


def _judged(judge: Judge, todo: list[Mutant], budget: float) -> list[Verdict]:
    """Verdicts until the budget is used up, with a bar where somebody looks on."""
    until = monotonic() + budget
    looks = sys.stderr.isatty()
    found: list[Verdict] = []
    for mutant in todo:
        if monotonic() > until:
            break
        found.append(judge.verdict(mutant))
        if looks:
            done = BAR * len(found) // len(todo)
            print(f"\r[{'#' * done}{'.' * (BAR - done)}] {len(found)} of {len(todo)}", end="", file=sys.stderr)
    if looks:
        print("\r" + " " * (BAR + 30) + "\r", end="", file=sys.stderr)
    return found


def _show(slug: str, path: Path, verdicts: list[Verdict], failing: tuple[str, ...], most: int) -> None:
    found = score(verdicts)
    for title in failing:
        print(f"! left out, because it fails without any fault: {title}")
    survivors = [own for own in verdicts if own.survives]
    if survivors:
        print("Mistakes that nobody would notice:")
    for own in survivors[:most]:
        print(f"  {path}:{own.mutant.line}: {own.mutant.operator}: {own.mutant.what}")
        if own.harm is not None:
            print(f"      {_harm(own)}")
    if len(survivors) > most:
        print(f"  ... and {len(survivors) - most} more; --all lists them")
    print()
    print(f"{'noticed by':<12}{'faults':>8}{'together':>10}")
    for layer in LAYERS:
        print(f"{layer:<12}{found.by.get(layer, 0):>8}{found.up_to(layer):>9.1f}%")
    print(f"{'nobody':<12}{len(survivors):>8}")
    print(f"{slug}: {found.noticed} of {found.faults} faults noticed, {found.percent:.1f} %", end="")
    print(f"; {found.same} more change nothing for anybody" if found.same else "")


def _harm(own: Verdict) -> str:
    assert own.harm is not None
    citizen = ", ".join(f"{fact}: {value}" for fact, value in own.harm.citizen.items())
    return f"{own.harm.what}" + (f"; a citizen with {citizen}" if citizen else "")


def _plain(slug: str, verdicts: list[Verdict], left: int, failing: tuple[str, ...]) -> dict[str, object]:
    found = score(verdicts)
    operators = Counter(own.mutant.operator for own in verdicts if not own.same)
    survivors = Counter(own.mutant.operator for own in verdicts if own.survives)
    return {
        "flow": slug,
        "score": round(found.percent, 1),
        "faults": found.faults,
        "same": found.same,
        "not_judged": left,
        "failing": list(failing),
        "noticed": {layer: found.by.get(layer, 0) for layer in LAYERS},
        "operators": {name: {"faults": count, "survive": survivors[name]} for name, count in sorted(operators.items())},
        "verdicts": [
            {
                "line": own.mutant.line,
                "kind": own.mutant.kind,
                "operator": own.mutant.operator,
                "what": own.mutant.what,
                "by": "same" if own.same else own.by or "nobody",
                "how": own.how,
                "harm": own.harm.what if own.harm else "",
                "citizen": dict(own.harm.citizen) if own.harm else {},
            }
            for own in verdicts
        ],
    }

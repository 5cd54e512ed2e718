"""`wegwijzer mutate FLOW`: which mistakes would nobody notice?

Puts one fault at a time into the flow and looks who notices: loading, lint, prove, the promises, a scenario. Survivors
are listed with their line and the citizen who would suffer. Exit code 0: the score is at least `--min`; 1: it is not;
2: the flow or its scenarios cannot be used; 3: the budget was used up before every fault was judged. Verdicts are kept
(`api.cli.mutate_kept`): a second run judges only what is new. Tests: tests/api/cli/test_mutate_kept.py.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from time import monotonic

from pydantic import JsonValue

from api.cli.exits import FINDINGS, GOOD, UNDECIDED, Unusable
from api.cli.flow_files import FLOWS, find, read_text
from api.cli.mutate_kept import read, write
from api.cli.report import Finding, Part, Report, add_output_options, finish, language_of, working
from api.cli.test import scenarios_of
from engine.errors import Said, worded
from engine.graph.load import load_flow
from engine.harness.mutate import LAYERS, NOTHING, Judge, Kept, Verdict, mutants, score
from engine.harness.mutate_tree import KINDS, Mutant
from engine.lint.dutch import told

MOST_SHOWN = 40
SURVIVES = "M-SURVIVES"
NEXT = worded("Add a scenario or a promise that would notice, or simplify the flow.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", help="a short name, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument("--min", type=float, default=90, metavar="PERCENT", help="least score that is good [90]")
    parser.add_argument("--only", choices=KINDS, action="append", default=[], help="only such faults; may be repeated")
    parser.add_argument("--budget", type=float, default=300, metavar="SECONDS", help="how long it may take [300]")
    parser.add_argument("--all", action="store_true", help="tell people about every survivor, however many")
    parser.add_argument(
        "--fresh", action="store_true", help="judge every fault anew, whatever was kept of the last run"
    )
    add_output_options(parser)


def run(given: argparse.Namespace) -> int:
    """Judge every fault within the budget. Raises Unusable, or FlowError for a faulty flow or scenario file."""
    if not 0 <= given.min <= 100:
        raise Unusable(worded("--min takes 0 to 100 per cent."))
    if not 0 <= given.budget < inf:
        raise Unusable(worded("--budget takes a number of seconds, 0 or more."))
    path, language = find(given.flow, given.flows), language_of(given)
    text = read_text(path)
    graph = load_flow(text, str(path))
    every = mutants(text, str(path))
    todo = [own for own in every if not given.only or own.kind in given.only]
    if not todo:
        raise Unusable(worded("There is nothing of that kind in this flow to put a fault in."))
    kept = NOTHING if given.fresh else read(path, text, every)
    judge = Judge(graph, text, str(path), scenarios_of(path, graph), kept)
    most = len(todo) if given.all or given.form else MOST_SHOWN
    verdicts = _judged(judge, todo, given, most)
    write(path, text, kept, verdicts, judge.scenarios)
    left = len(todo) - len(verdicts)
    good = score(verdicts).percent >= given.min
    part = Part(
        flow=graph.flow.flow,
        file=str(path),
        version=graph.version,
        findings=_findings(path, verdicts, language, good=good, most=most),
        not_done=tuple(told(own, language) for own in (*_left(left, len(todo)), *map(_failing, judge.failing))),
        said=tuple(told(own, language) for own in (*_table(verdicts, language), *_again(verdicts, kept))),
        figures=_figures(verdicts, left),
    )
    details: dict[str, JsonValue] = {"verdicts": [_plain(own) for own in verdicts]}
    code = UNDECIDED if part.not_done else GOOD if good else FINDINGS
    return finish(Report(command="mutate", parts=(part,), exit_code=code, details=details), given)


def _judged(judge: Judge, todo: list[Mutant], given: argparse.Namespace, most: int) -> list[Verdict]:
    """Verdicts until the budget is used up; the harm of those survivors that are told, so many at most."""
    until = monotonic() + given.budget
    found: list[Verdict] = []
    harmed, language = 0, language_of(given)
    with working("mutate", len(todo), language) as step:
        for mutant in todo:
            if monotonic() > until:
                break
            verdict = judge.verdict(mutant)
            if verdict.survives and harmed < most:
                verdict, harmed = judge.harmed(verdict), harmed + 1
            found.append(verdict)
            step(told(worded(mutant.operator), language))
    return found


def _again(verdicts: Sequence[Verdict], kept: Kept) -> tuple[str, ...]:
    """How many verdicts are those of an earlier run."""
    before = [(kept.verdicts.get(own.mutant.name), own) for own in verdicts]
    number = sum(old is not None and replace(old, harm=own.harm) == own for old, own in before)
    if not number:
        return ()
    return (worded("{count} of these verdicts were kept from an earlier run; --fresh judges them anew", count=number),)


def _failing(scenario: str) -> Said:
    return worded("{scenario}: this scenario fails without any fault", scenario=scenario)


def _left(left: int, todo: int) -> tuple[str, ...]:
    said = worded("{left} of {all} faults, since the budget was used up; raise --budget", left=left, all=todo)
    return (said,) if left else ()


def _findings(path: Path, verdicts: Sequence[Verdict], language: str, *, good: bool, most: int) -> tuple[Finding, ...]:
    """Survivors; only advice where the score is good."""
    found = []
    for own in [each for each in verdicts if each.survives][:most]:
        harm = own.harm
        found.append(
            Finding(
                code=SURVIVES,
                severity="note" if good else "warning",
                message=told(_unnoticed(own.mutant), language),
                hint=_begun(told(NEXT if harm is None else harm.what, language)),
                file=str(path),
                line=own.mutant.line,
                witness=dict(harm.citizen) if harm is not None and harm.citizen else None,
            )
        )
    return tuple(found)


def _unnoticed(own: Mutant) -> Said:
    return worded("Nobody would notice this: {operator}: {what}.", operator=worded(own.operator), what=own.what)


def _begun(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"


def _table(verdicts: Sequence[Verdict], language: str) -> list[str]:
    found = score(verdicts)
    survivors = sum(own.survives for own in verdicts)
    by, faults, so_far, nobody = (
        told(own, language) for own in (worded("noticed by"), worded("faults"), worded("so far"), worded("nobody"))
    )
    lines = [f"{by:<15}{faults:>8}{so_far:>10}"]
    for layer in LAYERS:
        name = told(worded(layer), language)
        lines.append(f"{name:<15}{found.by.get(layer, 0):>8}{_figure(found.up_to(layer), language):>8} %")
    more = worded("; {count} more change nothing for anybody", count=found.same) if found.same else ""
    last = worded(
        "{noticed} of {faults} faults noticed, {percent:.1f} %{more}",
        noticed=found.noticed, faults=found.faults, percent=found.percent, more=more,
    )  # fmt: skip
    shown = [worded("{count} survive; --all tells of each", count=survivors)] if survivors > MOST_SHOWN else []
    return [*lines, f"{nobody:<15}{survivors:>8}", last, *shown]


def _figure(share: float, language: str) -> str:
    return told(worded("{share:.1f}", share=share), language)


def _figures(verdicts: Sequence[Verdict], left: int) -> dict[str, JsonValue]:
    found = score(verdicts)
    operators = Counter(own.mutant.operator for own in verdicts if not own.same)
    survivors = Counter(own.mutant.operator for own in verdicts if own.survives)
    return {
        "score": round(found.percent, 1),
        "faults": found.faults,
        "same": found.same,
        "notJudged": left,
        "noticed": {layer: found.by.get(layer, 0) for layer in LAYERS},
        "operators": {name: {"faults": count, "survive": survivors[name]} for name, count in sorted(operators.items())},
    }


def _plain(own: Verdict) -> JsonValue:
    return {
        "line": own.mutant.line,
        "kind": own.mutant.kind,
        "operator": own.mutant.operator,
        "what": own.mutant.what,
        "by": "same" if own.same else own.by or "nobody",
        "how": own.how,
        "harm": own.harm.what if own.harm else "",
        "citizen": dict(own.harm.citizen) if own.harm else {},
    }

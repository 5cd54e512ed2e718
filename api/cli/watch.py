"""`wegwijzer watch FLOW`: lint, prove and the scenarios that an edit touches, at each save.

Stays until Ctrl-C; `--once` gives one verdict and ends with its exit code: 0 good, 1 something was found, 2 the file
cannot be used, 3 something could not be proven. What one save did not touch is not worked out again
(`api.service.warm`).
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from watchfiles import watch

from api.cli.exits import FINDINGS, GOOD, UNUSABLE, reason
from api.cli.flow_files import FLOWS, find
from api.cli.report import Part, Report, exit_code, finding_of, language_of
from api.cli.report.terminal import Terminal
from api.cli.test import case_of
from api.service.drafts import Draft, scenario_files
from api.service.library import FLOW_FILE
from api.service.proving import Apart
from api.service.warm import Verdict, Warm
from engine.errors import Severity
from engine.lint.dutch import told

SETTLE_MS = 20  # an editor may write a file in several goes
STEP_MS = 5
SAID = {
    "nl": (
        "gevonden",
        "niet bewezen",
        "scenario's goed",
        "opnieuw gelopen",
        "Bewaar het bestand; Ctrl-C stopt.",
        "zo kan het bestand niet draaien",
    ),
    "en": (
        "found",
        "not proven",
        "scenarios good",
        "run again",
        "Save the file; Ctrl-C stops.",
        "the file cannot run like this",
    ),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", help="a short name, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument("--once", action="store_true", help="one verdict, then stop with its exit code")
    parser.add_argument("--language", choices=("nl", "en"), help="language of the words [that of LANG, else en]")


def run(given: argparse.Namespace) -> int:
    """Print a verdict at each save. Raises Unusable when there is no such flow."""
    path = find(given.flow, given.flows)
    language = language_of(given)
    warm, terminal = Warm(None if given.once else Apart.where_it_helps()), Terminal(language)
    code = _tell(path, warm, terminal, language)
    if given.once:
        return code
    gc.freeze()  # the program and the first version: looking through them at every save would find nothing
    print(SAID[language][4], file=sys.stderr, flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        for _ in watch(path.parent, watch_filter=_is_ours, debounce=SETTLE_MS, step=STEP_MS, raise_interrupt=True):
            print()
            with undisturbed():
                _tell(path, warm, terminal, language)
            warm.make_ready()
    return GOOD


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Garbage is looked for when the verdict is told and somebody reads it, not on the way there."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def _is_ours(_change: object, name: str) -> bool:
    """Only what belongs to a flow; an editor's own files are none of ours."""
    return name.endswith(".yaml") and not Path(name).name.startswith(".")


def _tell(path: Path, warm: Warm, terminal: Terminal, language: str) -> int:
    """One verdict, from the files as they are now."""
    began = perf_counter()
    try:
        draft = warm.read(path.parent.name, path, scenario_files(path.parent))
    except OSError as gone:
        print(f"✗ {path}: {told(reason(gone), language)}", flush=True)
        return FINDINGS
    verdict = warm.verdict(draft)
    milliseconds = round((perf_counter() - began) * 1000)
    report = Report(command="watch", parts=(part_of(draft, verdict, path, language),))
    terminal.tell(terminal.lines(report))
    code = exit_code(report) if draft.graph is not None else UNUSABLE
    print(_line(verdict, code, milliseconds, language), flush=True)
    return code


def part_of(draft: Draft, verdict: Verdict, path: Path, language: str) -> Part:
    """A verdict as part of a report: what lint and prove found, and the scenarios that failed."""
    shown = {problem.code for problem in verdict.problems}
    proof = verdict.proof
    found = [finding_of(own, language) for own in verdict.problems]
    if proof is not None:
        own = [one for one in proof.findings if one.problem.code not in shown]
        found += [finding_of(one.problem, language, one.witness, one.way) for one in own]
    failed = [case_of(draft.graph, ran, language) for ran in verdict.failed] if draft.graph is not None else []
    return Part(
        flow=draft.slug,
        file=str(path),
        version=draft.graph.version if draft.graph is not None else "",
        findings=tuple(one.model_copy(update={"file": _named(one.file, draft, path)}) for one in found),
        cases=tuple(one.model_copy(update={"file": _named(one.file, draft, path)}) for one in failed),
        not_done=tuple(told(own, language) for own in proof.not_proven) if proof is not None else (),
    )


def _named(file: str, draft: Draft, path: Path) -> str:
    """A file of the flow as the command line names it; a draft calls it `SLUG/flow.yaml`, `SLUG/scenarios/NAME`."""
    slug, _, rest = file.partition("/")
    if slug != draft.slug:
        return file
    if rest in ("", FLOW_FILE):
        return str(path)
    inside = path.parent / rest
    return str(inside if inside.exists() else path.parent / inside.name)


def _line(verdict: Verdict, code: int, milliseconds: int, language: str) -> str:
    found, open_, good, again, _, cannot = SAID[language]
    proof = verdict.proof
    wrong = sum(problem.severity is not Severity.NOTE for problem in verdict.problems)
    if code == UNUSABLE:
        return f"✗ {wrong} {found}, {cannot}, {milliseconds} ms"
    wrong += len(proof.findings) if proof is not None else 0
    total, failed = len(verdict.runs), len(verdict.failed)
    mark = {GOOD: "✓", FINDINGS: "✗"}.get(code, "?")
    left = f", {len(proof.not_proven)} {open_}" if proof is not None and proof.not_proven else ""
    return f"{mark} {wrong} {found}{left}, {total - failed}/{total} {good} ({verdict.fresh} {again}), {milliseconds} ms"

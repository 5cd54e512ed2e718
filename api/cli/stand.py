"""`wegwijzer stand [FLOW...]`: the board: how far is each flow in the loop, and does its evidence still hold?

    sketch -> sound (lint) -> proven (prove) -> tried (test) -> compared (compare) -> simulated -> piloted

`--record` runs lint, prove, test and a comparison with the version in git, and writes what came out beside each flow
(`api.service.evidence`). Exit code 0: all evidence there is holds; 1: some speaks against its flow or is of an earlier
version; 2: unusable; 3: some step could not be judged to the end.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap

from api.cli import stand_versions
from api.cli.exits import FINDINGS, GOOD, UNDECIDED, Unusable
from api.cli.flow_files import FLOWS, find
from api.cli.report import language_of, working
from api.cli.stand_compared import against_before
from api.cli.stand_versions import Coming
from api.clock import SystemClock
from api.service import evidence
from api.service.drafts import Draft, read_draft, scenario_files
from api.service.drafts import test as run_scenarios
from engine.errors import worded
from engine.harness.evidence_words import evidence_told
from engine.harness.prove import prove
from engine.harness.stand import Evidence, Mark, Stand, Step, stand
from engine.journey.facts import day
from engine.lint.dutch import told
from ui_schema.shape import Language
from ui_schema.texts import say

Versions = Mapping[str, tuple[Coming, ...]]
SIGNS = {Mark.GOOD: "✓", Mark.BAD: "✗", Mark.UNDECIDED: "?", Mark.STALE: "~", Mark.OPEN: "·"}
_SIGN = re.compile(f"([{''.join(map(re.escape, SIGNS.values()))}]) ")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", nargs="*", help="a short name, a folder or a path; left out: all flows")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument("--record", action="store_true", help="run each step, and write what came out beside the flow")
    parser.add_argument("--json", action="store_true", help="print the board as JSON")
    parser.add_argument("--language", choices=("nl", "en"), help="language of the words [that of LANG, else en]")


def run(given: argparse.Namespace) -> int:
    """Print the board. Raises Unusable when there is no flow, BrokenEvidence for a file that cannot be read."""
    language = Language(language_of(given))
    paths = [find(flow, given.flows) for flow in given.flow] or sorted(given.flows.glob("*/flow.yaml"))
    if not paths:
        raise Unusable(worded("There are no flows in {folder}/; begin with: wegwijzer new SLUG.", folder=given.flows))
    drafts = [read_draft(path.parent.name, path, scenario_files(path.parent)) for path in paths]
    if given.record:
        with working("stand", len(drafts), language.value) as step:
            for draft in drafts:
                evidence.record(draft.path.parent, recorded(draft, _today()))
                stand_versions.record(draft, _today())
                step(draft.slug)
    board = {draft.slug: _stand(draft) for draft in drafts}
    versions = {draft.slug: stand_versions.coming(draft) for draft in drafts}
    if given.json:
        print(
            json.dumps([_plain(slug, own, versions[slug]) for slug, own in board.items()], ensure_ascii=False, indent=1)
        )
    else:
        for line in lines(board, language, versions, _columns()):
            print(line)
    return _code(board, versions)


def _today() -> str:
    return day(SystemClock().now()).isoformat()


def recorded(draft: Draft, today: str) -> dict[Step, Evidence]:
    """What each step comes to, as far as it can be taken."""
    found = {Step.SOUND: evidence.sound(draft, today)}
    if draft.graph is None:
        return found
    found[Step.PROVEN] = evidence.proven(draft.graph, prove(draft.graph), today)
    found[Step.TRIED] = evidence.tried(draft, run_scenarios(draft), today)
    compared = against_before(draft, today)
    return {**found, Step.COMPARED: compared} if compared is not None else found


def _stand(draft: Draft) -> Stand:
    told = evidence.read_evidence(draft.path.parent)
    if draft.graph is None:  # whatever was recorded: this file cannot be used, and who looks at the board must know
        told = {**told, Step.SOUND: evidence.sound(draft, _today())}
    return stand(told, evidence.version_of(draft), draft.scenarios_stamp)


def lines(board: dict[str, Stand], language: Language, versions: Versions, columns: int = 0) -> list[str]:
    """The board as text: a line a flow, one for each step whose evidence does not hold, one for a version to come.

    In so many `columns` (0: no end) a name that leaves too little room for the steps stands above them.
    """
    wide = max(len(slug) for slug in board)
    steps = {
        slug: "  ".join(f"{SIGNS[turn.mark]} {_name(turn.step, language)}" for turn in own.turns)
        for slug, own in board.items()
    }
    narrow = bool(columns) and wide + 2 + max(map(len, steps.values())) > columns
    found: list[str] = []
    for slug, own in board.items():
        below = _below(slug, own, language, versions)
        if narrow:
            found += [slug, f"  {steps[slug]}", *_folded(below, columns)]
        else:
            found += [f"{slug:{wide}}  {steps[slug]}", *(f"{'':{wide}}    {line}" for line in below)]
    return [*found, *_folded([say(language, "dev.stand.legend")], columns, "")]


def _below(slug: str, own: Stand, language: Language, versions: Versions) -> list[str]:
    """What is to be said of a flow below its steps."""
    found = []
    for turn in own.turns:
        if turn.mark in (Mark.BAD, Mark.STALE, Mark.UNDECIDED):
            mark = say(language, f"dev.mark.{turn.mark}")
            found.append(f"{_name(turn.step, language)}: {mark} ({evidence_told(turn.said, language)}, {turn.day})")
    for coming in versions[slug]:
        mark = say(language, f"dev.mark.{coming.turn.mark}")
        found.append(told(stand_versions.line(coming, SIGNS[coming.turn.mark], mark), language))
    return found


def _folded(found: list[str], columns: int, indent: str = "    ") -> list[str]:
    """These lines, folded at the edge of the terminal, if there is one; a sign stays with its word."""
    if not columns:
        return found
    folded = []
    for line in found:
        whole = _SIGN.sub("\\1\N{NO-BREAK SPACE}", line)
        folded += wrap(whole, columns, initial_indent=indent, subsequent_indent=f"{indent}  ")
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in folded]


def _columns() -> int:
    """How wide the terminal is; 0 for a pipe or file, where a flow is one line."""
    return max(get_terminal_size().columns, 40) if sys.stdout.isatty() else 0


def _name(step: Step, language: Language) -> str:
    return say(language, f"dev.step.{step}").lower()


def _plain(slug: str, own: Stand, versions: tuple[Coming, ...]) -> dict[str, object]:
    following = own.next
    return {
        "flow": slug,
        "reached": own.reached.value,
        "next": following.value if following is not None else None,
        "steps": [asdict(turn) for turn in own.turns],
        "versions": [asdict(coming) for coming in versions],
    }


def _code(board: dict[str, Stand], versions: Versions) -> int:
    marks = {turn.mark for own in board.values() for turn in own.turns}
    marks |= {coming.turn.mark for own in versions.values() for coming in own}
    if marks & {Mark.BAD, Mark.STALE}:
        return FINDINGS
    return UNDECIDED if Mark.UNDECIDED in marks else GOOD

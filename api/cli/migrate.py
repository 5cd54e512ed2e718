"""`wegwijzer migrate OLD NEW`: running journeys go on by a new version of their flow, those for which that is safe.

OLD and NEW are versions (as `wegwijzer publish` prints them) or flow files. With --dry-run nothing is changed. Every
journey is sorted: safe, needs an answer, needs a person; with the reasons, by reference, without a value. Those that
are not safe keep their version. Exit code 0: all are safe; 1: some are not; 2: a version is not known here.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections import Counter
from pathlib import Path

from api.cli.exits import FINDINGS, GOOD, Unusable
from api.cli.flow_files import FLOWS, read_text
from api.cli.language import language_of
from api.cli.publish import SHORT, store_options
from api.cli.store import Office, office
from api.service.migrating import Placed
from engine.errors import Said, worded
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.journey.moving import Needs, Reason
from engine.lint.dutch import told

SAYS = {
    "other_flow": "the new version is of another flow, {about}",
    "place_gone": "the place {about} is gone",
    "determined": "a determination was made already: {about}",
    "term_gone": "the legal term {about} runs and is gone",
    "outcome_gone": "the outcome {about} is gone",
    "fact_gone": "{about} was told and is gone; it is not dropped silently",
    "type_changed": "{about} has another type or unit",
    "supplier_changed": "{about} was told by the citizen, and the citizen does not supply it any more",
    "does_not_fit": "the answer to {about} does not fit any more",
    "history": "the new version cannot read all that happened",
    "check": "an answer goes against a check: {about}",
    "outcome_changes": "the outcome would change: {about}",
    "asked_anew": "{about} is asked now, and was not before",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """From which version to which."""
    parser.add_argument("old", metavar="OLD", help="a version, at least its first six characters, or a flow.yaml")
    parser.add_argument("new", metavar="NEW", help="a published version, or a flow.yaml of one")
    parser.add_argument("--dry-run", action="store_true", help="only sort them; change nothing")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument("--json", action="store_true", help="a line of JSON a journey")
    store_options(parser)


def run(given: argparse.Namespace) -> int:
    """Sort, move what is safe, and print every journey that stays."""
    found = asyncio.run(_migrate(given))
    if given.json:
        for own in found:
            print(json.dumps(_plain(own), ensure_ascii=False))
    else:
        language = language_of(given)
        print("\n".join(told(line, language) for line in _lines(found, dry_run=given.dry_run)))
    return GOOD if all(own.sorted.needs is Needs.NOTHING for own in found) else FINDINGS


async def _migrate(given: argparse.Namespace) -> list[Placed]:
    async with office(given.folder, given.database) as own:
        new = await _version(own, given.new, given.flows)
        old = await _version(own, given.old, given.flows)
        if not await own.library.is_published(new.version):
            raise Unusable(
                worded(
                    "Version {version} is not published yet; do that first: wegwijzer publish FLOW.",
                    version=new.version[:SHORT],
                )
            )
        return [placed async for placed in own.migrating.migrate(old, new, own.by, dry_run=given.dry_run)]


async def _version(own: Office, name: str, folder: Path) -> Graph:
    """The graph of a flow file, a slug's file, or a published version. Raises Unusable."""
    for path in (Path(name), Path(name) / "flow.yaml", folder / name / "flow.yaml"):
        if path.is_file():
            return load_flow(read_text(path), str(path))
    found = await own.migrating.versions_like(name) if len(name) >= 6 else ()
    if len(found) != 1:
        raise Unusable(
            worded(
                "`{name}` is no flow file, and more than one version begins so; write more of it."
                if found
                else "`{name}` is no flow file, and no version is published under it.",
                name=name,
            )
        )
    return await own.library.by_version(found[0])


def _plain(own: Placed) -> dict[str, object]:
    reasons = [{"needs": reason.needs, "code": reason.code, "about": reason.about} for reason in own.sorted.reasons]
    return {"reference": own.reference, "needs": own.sorted.needs, "reasons": reasons, "moved": own.moved}


def _lines(found: list[Placed], *, dry_run: bool) -> list[Said]:
    """The figures first, then each journey that is not safe."""
    counts = Counter(own.sorted.needs for own in found)
    moved = sum(own.moved for own in found)
    one = len(found) == 1
    said = [
        worded(
            "{count} running journey of the old version." if one else "{count} running journeys of the old version.",
            count=len(found),
        )
    ]
    said += [worded("  {count:>6}  {needs}", count=counts[needs], needs=worded(needs.value)) for needs in Needs]
    if dry_run:
        said.append(worded("Nothing was changed: this was a dry run."))
    else:
        said.append(worded("{moved} moved; the others keep their version.", moved=moved))
    for own in found:
        if own.sorted.reasons:
            said.append(worded("{reference}  {needs}", reference=own.reference, needs=worded(own.sorted.needs.value)))
            said += [worded("    {reason}", reason=_sentence(reason)) for reason in own.sorted.reasons]
    return said


def _sentence(reason: Reason) -> Said:
    return worded(SAYS[reason.code], about=reason.about)

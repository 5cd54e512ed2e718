"""What `wegwijzer stand --record` makes of the step `compared`: this version of a flow against the one before it.

    norms.yaml                       beside the flow: the verdict on them decides
    approved.json                    beside the flow: what was accepted (compare --approve) counts for no loss
    population.jsonl, .yaml          beside the flow: whom the norms are about

Without norms it is good when no group of citizens loses that was not accepted. Called by `api.cli.stand`; tests:
tests/api/cli/test_stand.py.
"""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from api.cli.compare import compared, read_accepted, read_norms
from api.service import revisions
from api.service.declared_file import BESIDE
from api.service.drafts import Draft, checked
from engine.graph.graph import Graph
from engine.harness.compare import Comparison
from engine.harness.compare_shifts import GAINS, LOSES
from engine.harness.norms import BOARD, GO_ON, measured, verdict
from engine.harness.stand import Evidence

NORMS, APPROVED, POPULATIONS = "norms.yaml", "approved.json", ("population.jsonl", BESIDE)


def against_before(draft: Draft, today: str) -> Evidence | None:
    """The latest other version in git against this one; None where there is none. Raises Unusable for a faulty file."""
    for own in revisions.revisions(draft.path):
        try:
            text = revisions.source_at(draft.path, own.name)
        except revisions.NoSuchVersion:
            continue
        old, _ = checked(text, f"{draft.slug}@{own.name}") if text != draft.text else (None, ())
        if old is None or draft.graph is None or old.version == draft.graph.version:
            continue
        return judged(old, draft.graph, draft.path.parent, own.name, today)
    return None


def judged(old: Graph, new: Graph, folder: Path, name: str, today: str) -> Evidence:
    """What a comparison of two versions comes to, by what lies in the folder. Raises Unusable for a faulty file."""
    crowd_file = next((folder / one for one in POPULATIONS if (folder / one).is_file()), None)
    norms = read_norms(folder / NORMS) if (folder / NORMS).is_file() else None
    found, crowd = compared(old, new, str(crowd_file) if crowd_file is not None else None, norms)
    accepted: Set[str] = read_accepted(folder / APPROVED) if (folder / APPROVED).is_file() else frozenset()
    loses = _left(found, accepted)
    gains = sum(shift.effect == GAINS for shift in found.shifts)
    said = f"with {name}: {gains} groups gain, {loses} lose, {len(found.changes)} changes in words or process"
    if accepted:
        said += f", {sum(key in accepted for key in found.keys())} accepted"  # noqa: SIM118  not a mapping
    good, undecided = not loses and not found.not_compared, not loses and bool(found.not_compared)
    if norms is not None:
        ruling = verdict(measured(norms, found, crowd), found)
        said += f"; norms: {ruling}"
        good, undecided = ruling == GO_ON, ruling not in (GO_ON, BOARD)
    return Evidence(good, new.version, said, today, undecided=undecided)


def _left(found: Comparison, accepted: Set[str]) -> int:
    """Shifts by which somebody loses, and changes that take something from people, with what nobody accepted."""
    worse = sum(bool(change.harm) and change.key not in accepted for change in found.changes)
    lost = (shift for shift in found.shifts if shift.effect == LOSES)
    return worse + sum(any(name not in accepted for name in shift.names()) for shift in lost)

"""Versions that are still to come, `flows/SLUG/versions/NAME/flow.yaml`, on the board of `wegwijzer stand`.

    norms      versions/NAME/norms.yaml, else versions/norms.yaml: their SHA-256, as `compare` prints it, and whether
               git knew them, as they are now, before it knew the version
    compared   with `--record`: against the version before it (by name; the first one against the flow itself), with the
               population beside the norms; kept in versions/NAME/evidence.json, and stale as soon as the version, the
               one before it, the norms or the population is another

Called by `api.cli.stand`; tests: tests/api/cli/test_stand_versions.py.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from api.cli.stand_compared import NORMS, POPULATIONS, judged
from api.service import evidence, revisions
from api.service.drafts import Draft, checked
from engine.errors import Said, worded
from engine.graph.graph import Graph
from engine.harness.evidence_words import recognised
from engine.harness.stand import Mark, Step, Turn, stand

FOLDER, FLOW = "versions", "flow.yaml"
SHORT = 12
FIXED = {
    True: worded("fixed before this version existed"),
    False: worded("not fixed before this version existed"),
    None: worded("git does not say when they were fixed"),
}


@dataclass(frozen=True, slots=True)
class Coming:
    """One version to come: its name, the hash of its norms ("": none), whether these came first, and its comparison."""

    name: str
    norms: str
    fixed: bool | None
    turn: Turn


@dataclass(frozen=True, slots=True)
class _Version:
    """A version with the one before it, and where its norms and population lie. `stamp` is what it is measured by."""

    path: Path
    new: Graph | None
    old: Graph | None
    before: str
    beside: Path
    stamp: str


def coming(draft: Draft) -> tuple[Coming, ...]:
    """The versions to come of one flow, as they stand. Raises BrokenEvidence."""
    return tuple(_stand(own) for own in _versions(draft))


def record(draft: Draft, today: str) -> None:
    """Compare each with the one before it, and keep what came out. Raises Unusable, BrokenEvidence, OSError."""
    for own in _versions(draft):
        if own.old is not None and own.new is not None and (own.beside / NORMS).is_file():
            found = judged(own.old, own.new, own.beside, own.before, today)
            evidence.record(own.path.parent, {Step.COMPARED: found.bound_to(own.stamp)})


def _versions(draft: Draft) -> list[_Version]:
    found: list[_Version] = []
    old, before = draft.graph, draft.slug
    for path in sorted((draft.path.parent / FOLDER).glob(f"*/{FLOW}"), key=lambda own: (len(own.parent.name), own)):
        name = path.parent.name
        new, _ = checked(path.read_text("utf-8", "replace"), f"{draft.slug}/{FOLDER}/{name}")
        beside = path.parent if (path.parent / NORMS).is_file() else path.parent.parent
        found.append(_Version(path, new, old, before, beside, _stamp(old, beside)))
        old, before = new, name
    return found


def _stamp(old: Graph | None, beside: Path) -> str:
    whole = hashlib.sha256((old.version if old is not None else "").encode())
    for name in (NORMS, *POPULATIONS):
        if (beside / name).is_file():
            whole.update(name.encode() + (beside / name).read_bytes())
    return whole.hexdigest()


def _stand(own: _Version) -> Coming:
    known = evidence.read_evidence(own.path.parent)
    board = stand(known, own.new.version if own.new is not None else "", own.stamp)
    turn = next(turn for turn in board.turns if turn.step is Step.COMPARED)
    norms = own.beside / NORMS
    if not norms.is_file():
        return Coming(own.path.parent.name, "", None, turn)
    hashed = hashlib.sha256(norms.read_bytes()).hexdigest()
    return Coming(own.path.parent.name, hashed, revisions.came_first(norms, own.path), turn)


def line(own: Coming, sign: str, mark: str) -> Said:
    """One version in words; `sign` and `mark` are those of the board."""
    norms = (
        worded("norms {hash}, {fixed}", hash=own.norms[:SHORT], fixed=FIXED[own.fixed])
        if own.norms
        else worded("no norms")
    )
    said = worded(" ({said}, {day})", said=recognised(own.turn.said), day=own.turn.day)
    return worded(
        "version {name}: {norms}; {sign} compared: {mark}{said}",
        name=own.name,
        norms=norms,
        sign=sign,
        mark=mark,
        said=said if own.turn.mark is not Mark.OPEN else "",
    )

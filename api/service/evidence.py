"""The evidence of a flow: `flows/SLUG/evidence.json`, beside the flow it is about, made to be committed.

    {"wegwijzer": 1, "evidence": {"proven": {"day": "2026-11-22", "flow": "9f2c...", "good": true, "said": "..."}}}

Keys in order, one step a line, and nothing is written when only the day would change: two people who prove the same
version make no difference in git. Only `--record` writes; a file that cannot be read counts as no evidence, and
recording then refuses to write over it. See docs/adr on evidence. Tests: tests/api/service/test_evidence.py.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from api.service.drafts import Draft, Tested
from engine.errors import Severity, WegwijzerError
from engine.graph.graph import Graph
from engine.harness.prove import Proof
from engine.harness.stand import Evidence, Step

FILE = "evidence.json"
LARGEST = 100_000
_KEYS = {"good": bool, "flow": str, "said": str, "day": str, "scenarios": str, "undecided": bool}


class BrokenEvidence(WegwijzerError):
    """The file is there and cannot be read; the message says what to do."""


def version_of(draft: Draft) -> str:
    """The content hash that evidence is bound to: that of the meaning, or of the text while there is none."""
    return draft.graph.version if draft.graph is not None else draft.flow_stamp


def read_evidence(folder: Path) -> Mapping[Step, Evidence]:
    """What is recorded for the flow in this folder. Raises BrokenEvidence."""
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError
        told = json.loads(path.read_text(encoding="utf-8"))["evidence"]
        return {Step(step): _evidence(own) for step, own in told.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise BrokenEvidence(f"{path} cannot be read; restore it from git, or remove it and record again.") from None


def _evidence(own: Mapping[str, Any]) -> Evidence:
    if set(own) - set(_KEYS) or not all(isinstance(value, _KEYS[key]) for key, value in own.items()):
        raise ValueError
    return Evidence(**own)


def record(folder: Path, found: Mapping[Step, Evidence]) -> bool:
    """Put these beside what is recorded; True when the file changed. Raises BrokenEvidence, OSError."""
    known = dict(read_evidence(folder))
    fresh = {step: own for step, own in found.items() if step not in known or not _same(known[step], own)}
    if not fresh:
        return False
    path = folder / FILE
    draft = path.with_name(f".{FILE}.new")
    draft.write_text(_written({**known, **fresh}), encoding="utf-8")
    os.replace(draft, path)
    return True


def _same(left: Evidence, right: Evidence) -> bool:
    return replace(left, day="") == replace(right, day="")


def _written(found: Mapping[Step, Evidence]) -> str:
    lines = []
    for step in Step:
        if step in found:
            own = found[step]
            plain = {
                key: getattr(own, key)
                for key in sorted(_KEYS)
                if getattr(own, key) != "" and (key != "undecided" or own.undecided)
            }
            lines.append(f"  {json.dumps(step.value)}: {json.dumps(plain, ensure_ascii=False)}")
    return '{"wegwijzer": 1, "evidence": {\n' + ",\n".join(lines) + "\n}}\n"


# -- what each turn comes to


def sound(draft: Draft, day: str) -> Evidence:
    """Of lint."""
    count = sum(problem.severity is not Severity.NOTE for problem in draft.problems)
    return Evidence(not count, version_of(draft), f"{count} found" if count else "nothing found", day)


def proven(graph: Graph, proof: Proof, day: str) -> Evidence:
    """Of prove. What is not proven is no proof."""
    said = f"{proof.facts} facts, {proof.situations:,} situations"
    if not proof.is_clean:
        said = f"{len(proof.findings)} found, {len(proof.not_proven)} not proven"
    undecided = not proof.findings and bool(proof.not_proven)
    return Evidence(proof.is_clean, graph.version, said, day, undecided=undecided)


def tried(draft: Draft, tested: Tested, day: str) -> Evidence:
    """Of test."""
    good = len(tested.runs) - len(tested.failed)
    said = f"{good} of {len(tested.runs)} citizens as expected" if tested.runs else "no scenarios"
    if tested.problems:
        said += f", {len(tested.problems)} problems in scenario files"
    return Evidence(tested.holds, version_of(draft), said, day, draft.scenarios_stamp)

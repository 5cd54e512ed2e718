"""Verdicts of `wegwijzer mutate` from one run to the next, so that a second run judges only what is new.

    .wegwijzer_cache/mutate/SLUG-....json     in the folder where the command runs; may be thrown away at any time

A verdict holds for one text of the flow and one version of the engine: what was kept for another is not read. Scenarios
may come and go (`engine.harness.mutate.Kept`). A file that cannot be read or written is as good as none. Called by
`api.cli.mutate`; tests: tests/api/cli/test_mutate_kept.py.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import engine
from engine.errors import Said
from engine.harness.mutate import NOTHING, Harm, Kept, Verdict
from engine.harness.mutate_tree import Mutant

FOLDER = Path(".wegwijzer_cache")
GITIGNORE = "# Made by wegwijzer. May be thrown away.\n*\n"


@cache
def _engine() -> str:
    """The content of the engine: another one may judge otherwise."""
    whole, root = hashlib.sha256(), Path(engine.__file__).parent
    for path in sorted(own for own in root.rglob("*") if own.is_file() and own.suffix != ".pyc"):
        whole.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return whole.hexdigest()


def _stamp(text: str) -> str:
    return hashlib.sha256(f"{_engine()}\0{text}".encode()).hexdigest()


def _file(path: Path, folder: Path) -> Path:
    where = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
    return folder / "mutate" / f"{path.resolve().parent.name}-{where}.json"


def read(path: Path, text: str, todo: Iterable[Mutant], folder: Path = FOLDER) -> Kept:
    """What is kept of the flow file at `path` with this text."""
    try:
        plain = json.loads(_file(path, folder).read_text("utf-8"))
        if plain["stamp"] != _stamp(text):
            return NOTHING
        verdicts = {own.name: _load(own, plain["verdicts"][own.name]) for own in todo if own.name in plain["verdicts"]}
        return Kept(verdicts, frozenset(plain["scenarios"]))
    except (OSError, ValueError, KeyError, TypeError):
        return NOTHING


def write(
    path: Path, text: str, kept: Kept, verdicts: Iterable[Verdict], scenarios: frozenset[str], folder: Path = FOLDER
) -> None:
    """Keep the verdicts, with those kept before that were not asked for now and still hold."""
    held = {name: own for name, own in kept.verdicts.items() if not own.survives or scenarios <= kept.scenarios}
    found = {name: _dump(own) for name, own in (held | {own.mutant.name: own for own in verdicts}).items()}
    plain = {"stamp": _stamp(text), "scenarios": sorted(scenarios), "verdicts": found}
    file = _file(path, folder)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text(GITIGNORE, "utf-8")
        part = file.with_suffix(".part")
        part.write_text(json.dumps(plain, ensure_ascii=False, separators=(",", ":")), "utf-8")
        part.replace(file)


def _dump(own: Verdict) -> dict[str, Any]:
    plain: dict[str, Any] = {"by": own.by, "how": own.how, "same": own.same, "scenario": own.scenario}
    if own.harm is not None:
        plain["harm"] = {"what": _dump_said(own.harm.what), "citizen": dict(own.harm.citizen)}
    return {key: value for key, value in plain.items() if value}


def _dump_said(own: object) -> Any:
    """A sentence with its template, so that another run can tell it in another language."""
    if isinstance(own, Said) and (own.params or own.others):
        params = {name: _dump_said(part) for name, part in own.params.items()}
        return {"template": own.template, "params": params, "others": dict(own.others), "text": str(own)}
    if isinstance(own, Said):
        return {"template": own.template, "text": str(own)}
    return own if isinstance(own, int | float) else str(own)


def _load_said(plain: Any) -> Any:
    if not isinstance(plain, Mapping):
        return plain
    params = {str(name): _load_said(part) for name, part in plain.get("params", {}).items()}
    return Said(str(plain["text"]), str(plain["template"]), params, plain.get("others", {}))


def _load(mutant: Mutant, plain: Mapping[str, Any]) -> Verdict:
    harm = plain.get("harm")
    citizen = {} if harm is None else {str(key): str(own) for key, own in harm["citizen"].items()}
    told = None if harm is None else Harm(_load_said(harm["what"]), citizen)
    by, how, same = str(plain.get("by", "")), str(plain.get("how", "")), bool(plain.get("same"))
    return Verdict(mutant, by, how, same, told, str(plain.get("scenario", "")))

"""`wegwijzer compare OLD NEW`: what a change does to every citizen, in groups, with a citizen who shows each.

OLD and NEW are flows, or `git:REV:path/flow.yaml`. Exit code 0: nothing changed, all of it is approved, or every norm
is met; 1: something changed, or a norm is missed; 2: unusable; 3: something could not be compared or tested.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from api.cli.answer import citizen_lines, read_citizen
from api.cli.compare_lines import lines
from api.cli.compare_report import report_of
from api.cli.exits import FINDINGS, GOOD, UNDECIDED, Unusable
from api.cli.flow_files import FLOWS, load, read_text
from api.cli.report import add_output_options, language_of, sent, working
from api.clock import SystemClock
from api.service.declared_file import BrokenPopulation, NoneTwice, declared_in
from engine.errors import worded
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.compare import Comparison, compare, way_of
from engine.harness.compare_population import Population, count, of_declared
from engine.harness.compare_shifts import Group, Shift
from engine.harness.compare_words import Change
from engine.harness.declared import NotSpread
from engine.harness.estimates import Estimate
from engine.harness.norms import BOARD, GO_ON, NORMS, Norms, Tested, measured, verdict
from engine.journey.facts import day


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help="a short name, a path, or git:REV:path/flow.yaml")
    parser.add_argument("new", metavar="NEW", help="the same, for the new version")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument(
        "--population", metavar="FILE", help="citizens line by line (.jsonl), or how they are spread (.yaml)"
    )
    parser.add_argument("--norms", type=Path, metavar="NORMS.yaml", help="norms to test; ends in a verdict")
    parser.add_argument("--approve", type=Path, metavar="FILE", help="store all differences found as accepted")
    parser.add_argument("--because", metavar="WHY", default="", help="why they are accepted, in words; for --approve")
    parser.add_argument("--approved", type=Path, metavar="FILE", help="differences accepted before; others fail")
    add_output_options(parser)


def run(given: argparse.Namespace) -> int:
    """Print the difference and the verdict. Raises Unusable, or FlowError for a flow."""
    old, new = _graph(given.old, given.flows), _graph(given.new, given.flows)
    norms = read_norms(given.norms) if given.norms else None
    with working("compare", language=language_of(given)):
        found, crowd = compared(old, new, given.population, norms)
    tests = measured(norms, found, crowd) if norms is not None else None
    if given.approve:
        _approve(given.approve, found, given.because)
    accepted = set(found.keys()) if given.approve else read_accepted(given.approved) if given.approved else None
    left = [key for key in found.keys() if accepted is None or key not in accepted]  # noqa: SIM118
    said = verdict(tests, found) if tests is not None else None
    told = _plain(found, crowd, tests, said, left)
    if given.norms:
        told["normsHash"] = hashlib.sha256(given.norms.read_bytes()).hexdigest()
    code = _code(found, said, left, by_approval=accepted is not None)
    language = language_of(given)
    if not sent(report_of(new, found, told, code, language), given):
        print("\n".join(lines(found, crowd, tests, told, language)))
    return code


def _approve(path: Path, found: Comparison, because: str) -> None:
    """Write down what is accepted, and why."""
    why = {"because": because} if because else {}
    plain = {**why, "accepted": sorted(found.keys())}
    path.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _code(found: Comparison, said: str | None, left: list[str], *, by_approval: bool) -> int:
    if said == BOARD or (left and (said is None or by_approval)):
        return FINDINGS
    return UNDECIDED if found.not_compared or (found.untold and said is None) or said not in (None, GO_ON) else GOOD


def _graph(flow: str, folder: Path) -> Graph:
    if not flow.startswith("git:"):
        return load(flow, folder)
    _, _, rest = flow.partition(":")
    revision, _, path = rest.partition(":")
    if not revision or revision.startswith("-") or not path:
        raise Unusable(
            worded("Write a version in git as git:REV:path/flow.yaml, for example git:main:flows/x/flow.yaml.")
        )
    done = subprocess.run(["git", "show", f"{revision}:{path}"], capture_output=True, check=False)  # noqa: S603, S607
    if done.returncode:
        raise Unusable(
            worded("git has no {path} at {revision}; look at `git log -- {path}`.", path=path, revision=revision)
        )
    try:
        return load_flow(done.stdout.decode("utf-8"), flow)
    except UnicodeDecodeError:
        raise Unusable(worded("{path} at {revision} is not UTF-8 text.", path=path, revision=revision)) from None


def compared(
    old: Graph, new: Graph, population: str | None, norms: Norms | None = None
) -> tuple[Comparison, Population | None]:
    """The comparison, with a population of citizens line by line or declared. Raises Unusable."""
    if population is None:
        return compare(old, new), None
    if population.endswith((".yaml", ".yml")):
        text, today = read_text(Path(population)), day(SystemClock().now())
        try:
            declared = declared_in(text, population, old, new, today)
            found = compare(old, new, declared)
        except BrokenPopulation as wrong:
            raise Unusable(wrong.args[0]) from None
        except NotSpread as wrong:
            raise Unusable(worded("{population}: {wrong}.", population=population, wrong=wrong.args[0])) from None
        return found, of_declared(found, declared.size, (old.flow.goal, new.flow.goal))
    found, today = compare(old, new), day(SystemClock().now())
    people = (read_citizen(line, number, today) for number, line in citizen_lines(population))
    crowd = count(old, new, people, tuple(norms.groups) if norms is not None else (), found.counting)
    found = found.touching(crowd.touched, crowd.size) if crowd.touched else found
    return (found.counted(crowd.questions) if crowd.questions else found), crowd


def read_norms(path: Path) -> Norms:
    """Norms by name, for everybody and by group. Raises Unusable."""
    try:
        plain = yaml.load(read_text(path), Loader=_Once)  # noqa: S506 - a safe loader
        norms = Norms(_numbers(plain["norms"]), {name: _numbers(own) for name, own in plain.get("groups", {}).items()})
    except (yaml.YAMLError, RecursionError, TypeError, KeyError, AttributeError, ValueError, InvalidOperation):
        raise Unusable(
            worded(
                "{path}: write `norms:` with a number from 0 for each norm, each once: {norms}.",
                path=path,
                norms=", ".join(NORMS),
            )
        ) from None
    named = [name for own in (norms.everybody, *norms.groups.values()) for name in own]
    if unknown := [name for name in named if name not in NORMS] or not named:
        raise Unusable(
            worded("{path}: {unknown} is no norm; use {norms}.", path=path, unknown=unknown, norms=", ".join(NORMS))
        )
    return norms


class _Once(NoneTwice, yaml.SafeLoader):
    """Takes no key twice."""


def _numbers(plain: Mapping[str, object]) -> Mapping[str, Decimal]:
    """Norms as figures. Raises ValueError for what nothing can be held against: no number, or without an end."""
    found = {name: Decimal(str(value)) for name, value in plain.items()}
    if any(not value.is_finite() or value < 0 for value in found.values()):
        raise ValueError(found)
    return found


def read_accepted(path: Path) -> set[str]:
    """Differences that were accepted, by their keys. Raises Unusable."""
    try:
        return set(json.loads(read_text(path))["accepted"])
    except (ValueError, TypeError, KeyError):
        raise Unusable(worded("{path} holds no accepted differences; make it with --approve.", path=path)) from None


def _plain(
    found: Comparison,
    crowd: Population | None,
    tests: tuple[Tested, ...] | None,
    said: str | None,
    left: list[str],
) -> dict[str, Any]:
    return {
        "shifts": [_plain_shift(shift, crowd) for shift in found.shifts],
        "reasons": [_plain_shift(shift, None) for shift in found.reasons],
        "changes": [_plain_change(own) for own in found.changes],
        "questions": {"old": found.questions[0], "new": found.questions[1], "fewest": list(found.fewest)},
        "population": None if crowd is None else _plain_crowd(crowd),
        "notCompared": list(found.open),
        "notes": list(found.notes),
        "norms": None if tests is None else [_plain_norm(own) for own in tests],
        "verdict": said,
        "unapproved": left,
    }


def _plain_crowd(crowd: Population) -> dict[str, Any]:
    return {
        "size": crowd.size, "undecided": crowd.undecided, "questions": list(crowd.questions or ()),
        "stuck": list(crowd.stuck or ()), "lacking": dict(crowd.lacking),
    }  # fmt: skip


def _plain_norm(own: Tested) -> dict[str, Any]:
    wanted = float(own.wanted)
    return {"norm": own.norm, "group": own.group, "wanted": wanted, "found": own.found, "met": own.met}


def _plain_group(own: Group) -> dict[str, Any]:
    return {
        "rule": own.rule,
        "share": own.share,
        "witness": dict(own.witness),
        "got": own.got and list(own.got),
        "limits": list(own.limits),
    }


def _plain_change(change: Change) -> dict[str, Any]:
    """A change in words or process, what it takes and whom it touches."""
    plain: dict[str, Any] = {"kind": change.kind, "what": change.what, "harm": change.harm}
    own = change.touched
    if own is None:
        return plain
    return plain | {
        "whom": own.whom, "share": own.share, "shareAtMost": own.at_most, "people": own.people,
        "peopleAtMost": own.people_at_most, "peopleEstimate": _plain_estimate(own.estimate),
        "groups": [_plain_group(one) for one in own.groups],
        "moreGroups": own.more,
    }  # fmt: skip


def _plain_estimate(own: Estimate | None) -> dict[str, Any] | None:
    if own is None or not own.drawn:
        return None
    return {"share": own.share, "low": own.low, "high": own.high, "drawn": own.drawn}


def _plain_shift(shift: Shift, crowd: Population | None) -> dict[str, Any]:
    groups = [_plain_group(own) for own in shift.groups]
    moved = 0 if crowd is None else crowd.moves.get((shift.of, way_of(shift)), 0)
    citizens = None if crowd is None else crowd.shifts.get((shift.old, shift.new), moved)
    return {
        "of": shift.of, "old": shift.old, "new": shift.new, "effect": shift.effect,
        "share": shift.share, "shareAtMost": shift.at_most, "people": shift.people,
        "peopleAtMost": shift.people_at_most, "citizens": citizens, "groups": groups,
        "peopleEstimate": _plain_estimate(shift.estimate), "causes": list(shift.causes),
    }  # fmt: skip

"""Which scenarios an edit touches, against a revision of git: for `wegwijzer test --changed`.

    a scenario of a file that changed        it is new, or stands otherwise
    facts, decisions or outcomes changed     its citizen is asked, or gets, something else
    process, tasks, contact, texts changed   every scenario

The old and the new flow are asked about each citizen (`engine.harness.answer`), which costs far less than a run. What
cannot be told apart is run. Tests: tests/api/cli/test_scenarios.py.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from api.cli.exits import Unusable
from engine.errors import FlowError, WegwijzerError, worded
from engine.flow.model import FactType
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.answer import Citizen, answer
from engine.harness.literals import canonical
from engine.harness.scenario import Scenario, read_scenarios

SECONDS = 20
DECIDING = frozenset({"facts", "decisions", "functions", "parameters", "outcomes", "checks"})


def touched(graph: Graph, path: Path, scenarios: Sequence[Scenario], since: str) -> tuple[list[Scenario], str]:
    """The scenarios to run, and a sentence. Raises Unusable outside git, or for a revision that is not there."""
    before = _at(path, since)
    if before is None:
        return list(scenarios), worded("The flow is not in {since}, so every scenario was run.", since=since)
    written = _unchanged(scenarios, since)
    try:
        old = load_flow(before, str(path))
    except FlowError:
        return list(scenarios), worded("The flow of {since} cannot be used, so every scenario was run.", since=since)
    found = [own for own in scenarios if own.content not in written or _is_touched(old, graph, own)]
    return found, worded(
        "{found} of {scenarios} citizens are touched by what changed since {since}.",
        found=len(found),
        scenarios=len(scenarios),
        since=since,
    )


def _is_touched(old: Graph, new: Graph, scenario: Scenario) -> bool:
    if old.version == new.version:
        return False
    exclude = set(DECIDING)
    if old.flow.model_dump(exclude=exclude) != new.flow.model_dump(exclude=exclude) or scenario.then or scenario.worker:
        return True
    if old.process.as_json() != new.process.as_json() or scenario.expect.reads_words:
        return True
    return _answered(old, scenario) != _answered(new, scenario)


def _answered(graph: Graph, scenario: Scenario) -> object:
    known = {fact: value for fact, value in scenario.registers.items() if value != "none"}
    try:
        citizen = Citizen(_json(graph, scenario.answers), scenario.as_of, prefill=_json(graph, known))
        found = answer(graph, citizen)
    except (WegwijzerError, KeyError, ValueError, TypeError):
        return object()  # equal to nothing: it is run
    refused = found.refused.fact if found.refused is not None else ""
    return (
        found.status,
        found.outcome,
        dict(found.values),
        found.asked,
        found.tasks,
        refused,
        _reasons(graph, found.outcome),
    )


def _reasons(graph: Graph, outcome: str) -> object:
    """Rows that lead to the outcome, with their reasons: which of them it was is not told apart."""
    return [(row.number, row.because) for row in graph.goal.rows if outcome and outcome in row.output.text]


def _json(graph: Graph, told: Mapping[str, Any], holder: str = "") -> dict[str, Any]:
    """An author's answers as JSON values; what is no fact of this version is left out."""
    found = {}
    for name, value in told.items():
        node = graph.facts.get(f"{holder}{name}")
        if node is not None and node.spec.type is FactType.LIST:
            found[name] = [_json(graph, item, f"{name}.") for item in value]
        elif node is not None:
            found[name] = canonical(node, value)
    return found


def _unchanged(scenarios: Sequence[Scenario], since: str) -> set[str]:
    """The scenarios as they stood in their files then."""
    found: set[str] = set()
    for file in sorted({own.where.file for own in scenarios}):
        text = _at(Path(file), since)
        try:
            found.update(own.content for own in read_scenarios(text or "", file))
        except FlowError:
            continue
    return found


def _at(path: Path, since: str) -> str | None:
    """The text of a file in a revision; None where it is not in there."""
    if since.startswith("-"):
        raise Unusable(worded("--since takes a revision of git, such as HEAD~3 or a tag."))
    _git(path.parent, "rev-parse", "--verify", "--quiet", f"{since}^{{commit}}")
    try:
        return _git(path.parent, "show", f"{since}:./{path.name}")
    except Unusable:
        return None


def _git(folder: Path, *words: str) -> str:
    command = ["git", "-C", str(folder), *words]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603  fixed words
    except (OSError, subprocess.TimeoutExpired):
        raise Unusable(worded("--changed needs git, and it does not answer.")) from None
    if done.returncode:
        raise Unusable(worded("--changed needs a folder in git, and a revision that is there."))
    return done.stdout

"""Which scenarios an edit touches, against a revision of git: for `wegwijzer test --changed`.

    a scenario of a file that changed          it is new, or stands otherwise
    words, promises or ranks changed           it expects to read something
    facts, decisions or outcomes changed       its citizen is asked, or gets, something else; it expects a reason, a
                                               row or a civil servant's work
    what is waited for changed (`needs`,       every scenario
      registers, judgements), or anything else

The old and the new flow are asked about each citizen (`engine.harness.answer`), which costs far less than a run. What
cannot be told apart is run. Tests: tests/api/cli/test_changed.py, test_scenarios.py.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from api.cli.exits import Unusable
from engine.errors import FlowError, WegwijzerError, worded
from engine.flow.model import FactType, SupplierKind
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.affected import WORDS, prints, sections
from engine.harness.answer import Citizen, answer
from engine.harness.literals import canonical
from engine.harness.scenario import Scenario, read_scenarios

SECONDS = 20
DECIDING = frozenset({"facts", "decisions", "functions", "parameters", "tables", "outcomes", "checks", "promises"})
WORD = re.compile(r"\w+")


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
    edit = Edit(old, graph)
    found = [own for own in scenarios if own.content not in written or edit.touches(own)]
    return found, worded(
        "{found} of {scenarios} citizens are touched by what changed since {since}.",
        found=len(found),
        scenarios=len(scenarios),
        since=since,
    )


class Edit:
    """What lies between two versions of a flow."""

    def __init__(self, old: Graph, new: Graph) -> None:
        self.old, self.new = old, new
        before, after = prints(old), prints(new)
        self.nothing = old.version == new.version
        self.only_words = before.walks == after.walks
        self.anything = any(said(old) != said(new) for said in (_beside, _waited))
        self.reasons = _below(old) != _below(new)

    def touches(self, scenario: Scenario) -> bool:
        """Whether what is expected of this citizen can come out otherwise."""
        if self.nothing or self.only_words:
            return not self.nothing and scenario.expect.reads_words
        if self.anything or scenario.then or scenario.worker or scenario.expect.reads_words:
            return True
        if self.reasons and (scenario.expect.because or scenario.expect.rule or scenario.expect.values):
            return True
        return _answered(self.old, scenario) != _answered(self.new, scenario)


def _beside(graph: Graph) -> object:
    """What neither asks nor decides: process, tasks, channels ..., without its words."""
    return sections(graph, DECIDING), graph.process.as_json()


def _waited(graph: Graph) -> object:
    """What somebody waits for besides the answer: who waits is not heard by asking each citizen."""
    flow = graph.flow
    needs = {fact for own in flow.outcomes.values() for fact in own.needs}
    needs.update(fact for own in flow.facts.values() for fact in own.needs)
    waits = {
        path: node
        for path, node in graph.facts.items()
        if path in needs or node.list in needs or {ref.kind for ref in node.spec.suppliers} != {SupplierKind.CITIZEN}
    }
    asked = [(path, node.spec.model_dump(exclude=set(WORDS))) for path, node in waits.items()]
    named = str([graph.process.as_json(), [node.spec.when for node in waits.values()]])
    return asked, flow.checks if needs else (), _rests(graph, named)


def _rests(graph: Graph, named: str) -> object:
    """The decisions, apart from the goal, that these words of the flow rest on, and all figures where there are any."""
    known = {name: str(own) for name, own in (*graph.flow.decisions.items(), *graph.flow.functions.items())}
    found: dict[str, str] = {}
    more = [named]
    while more:
        words = set(WORD.findall(more.pop()))
        fresh = {name: text for name, text in known.items() if name in words and name not in {graph.flow.goal, *found}}
        found |= fresh
        more += fresh.values()
    return found, [str(graph.flow.parameters), str(graph.flow.tables)] if found else []


def _below(graph: Graph) -> object:
    """The decisions under the goal, and their reasons."""
    return [own for name, own in graph.flow.decisions.items() if name != graph.flow.goal], graph.flow.tables


def _answered(graph: Graph, scenario: Scenario) -> object:
    known = {fact: value for fact, value in scenario.registers.items() if value != "none"}
    try:
        citizen = Citizen(_json(graph, scenario.answers), scenario.as_of, prefill=_json(graph, known))
        found = answer(graph, citizen)
    except (WegwijzerError, KeyError, ValueError, TypeError):
        return object()  # equal to nothing: it is run
    if not found.outcome:
        return object()  # something is waited for or was refused: how it goes on then is not told apart
    return (
        found.status,
        found.outcome,
        dict(found.values),
        found.asked,
        found.tasks,
        _reasons(graph, found.outcome),
        _outcome(graph, found.outcome),
    )


def _reasons(graph: Graph, outcome: str) -> object:
    """Rows that lead to the outcome, with their reasons: which of them it was is not told apart."""
    return [(row.number, row.because) for row in graph.goal.rows if outcome and outcome in row.output.text]


def _outcome(graph: Graph, outcome: str) -> object:
    own = graph.flow.outcomes.get(outcome)
    return own.model_dump(exclude={*WORDS, "rank", "text"}) if own is not None else None


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

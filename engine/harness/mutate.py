"""Which mistakes would nobody notice? One fault at a time is put into a flow; each is judged as a team would.

    load        the flow cannot be used any more
    lint        a finding that was not there
    prove       a finding of the proof that was not there, or something no longer proven
    promises    a promise of the flow, broken
    a scenario  that does not come out as expected any more

In this order; the first that notices has it. A mutant that is the same for everybody (`engine.harness.mutate_same`) is
taken out of the score; what nobody noticed is looked at once more at length. What is left are survivors, each with a
citizen who would suffer. A scenario that fails without any fault cannot notice one, and is left out. Verdicts on the
same flow that were kept (`Kept`) are not judged again: a survivor only meets the scenarios that are new, and one that a
scenario noticed is looked at anew when that scenario is gone. Called by `wegwijzer mutate`; tests:
tests/engine/harness/test_mutate.py.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.errors import FlowError, Problem, Severity, WegwijzerError, worded
from engine.flow.parse import Reading, read_root
from engine.flow.yaml_nodes import Entries
from engine.flow.yaml_tree import read_tree
from engine.graph.graph import Graph
from engine.graph.load import load_reading
from engine.harness.affected import prints
from engine.harness.compare import compare
from engine.harness.driver import Trunk
from engine.harness.earlier import Grown, around
from engine.harness.mutate_facts import fact_faults, outcome_faults
from engine.harness.mutate_process import process_faults
from engine.harness.mutate_rules import rule_faults
from engine.harness.mutate_same import same_for_everybody
from engine.harness.mutate_tree import PROCESS, RULES, WORDS, Mutant
from engine.harness.mutate_words import word_faults
from engine.harness.prove import prove
from engine.harness.run import Ran, run
from engine.harness.scenario import Scenario
from engine.lint.linting import judged

LOAD, LINT, PROVE, PROMISES, SCENARIOS = "load", "lint", "prove", "promises", "scenarios"
LAYERS = (LOAD, LINT, PROVE, PROMISES, SCENARIOS)
PROMISE = "PROMISE"
WHO = {
    "question": "whoever is asked this",
    "text": "whoever reads this",
    "check": "whoever answers so",
    "task": "whoever waits for this",
    "process": "whoever comes there",
}
SOMEBODY = "somebody"
OPERATORS: tuple[Callable[[Entries], Iterator[Mutant]], ...] = (
    rule_faults,
    fact_faults,
    outcome_faults,
    process_faults,
    word_faults,
)


@dataclass(frozen=True, slots=True)
class Harm:
    """What a survivor does: in words, and to whom (fact -> value in the author's words), where it is one citizen."""

    what: str
    citizen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`by` is the layer that noticed, "" for nobody; `how` the finding or the scenario. `same`: no fault at all.

    `scenario` is the fingerprint of the one that noticed. `harm` is told of survivors, by `Judge.harmed`.
    """

    mutant: Mutant
    by: str
    how: str = ""
    same: bool = False
    harm: Harm | None = None
    scenario: str = ""

    @property
    def survives(self) -> bool:
        """A real fault that nobody would notice."""
        return not self.same and not self.by


@dataclass(frozen=True, slots=True)
class Kept:
    """Verdicts on the faults of this very flow, by the names of the faults, and the scenarios that survivors met."""

    verdicts: Mapping[str, Verdict]
    scenarios: frozenset[str]


NOTHING = Kept({}, frozenset())


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found without any fault."""

    lint: frozenset[tuple[str, str]]
    prove: frozenset[tuple[str, str]]


def mutants(text: str, file: str) -> tuple[Mutant, ...]:
    """Every fault for a flow file, in the order of its lines. Raises FlowError when it cannot be read."""
    root, problems = read_tree(text, file)
    if problems or not isinstance(root, Entries):
        raise FlowError(problems)
    found: dict[str, Mutant] = {}
    for operator in OPERATORS:
        for own in operator(root):
            found.setdefault(own.name, own)
    return tuple(sorted(found.values(), key=lambda own: own.line))


class Judge:
    """Judges mutants of one flow. Remembers which scenarios notice most, and asks these first."""

    def __init__(self, graph: Graph, text: str, file: str, scenarios: Sequence[Scenario], kept: Kept = NOTHING) -> None:
        self.graph = graph
        self.text, self.file = text, file
        reading = self._reading(graph_root(text, file))
        self.known = _Known(frozenset(map(_key, _lint(graph, reading))), frozenset(_proof(graph)))
        self._trunk = Grown(graph)  # its `seen` holds for every mutant that leaves facts and rules as they are
        self._around, self._words = around(graph), _read(graph)
        runs = [run(graph, own, twice=False, trunk=self._trunk) for own in scenarios]
        self.failing = tuple(ran.scenario.title for ran in runs if ran.failures)
        self._runs = [ran for ran in runs if not ran.failures]
        self._names = {id(ran): fingerprint(ran.scenario) for ran in self._runs}
        self._kept = kept

    @property
    def scenarios(self) -> frozenset[str]:
        """The fingerprints of the scenarios that can notice something."""
        return frozenset(self._names.values())

    def _reading(self, root: Entries) -> Reading:
        return read_root(root, [], self.text, self.file)

    def verdict(self, mutant: Mutant) -> Verdict:
        """Who notices this fault."""
        kept = self._kept.verdicts.get(mutant.name)
        if kept is not None and (kept.same or kept.by in LAYERS[:-1] or kept.scenario in self.scenarios):
            return replace(kept, mutant=mutant)
        if kept is not None and kept.survives:
            return self._survivor(kept, mutant)
        return self._verdict(mutant)

    def _survivor(self, kept: Verdict, mutant: Mutant) -> Verdict:
        """Whoever survived before, before the scenarios that are new."""
        fresh = [ran for ran in self._runs if self._names[id(ran)] not in self._kept.scenarios]
        if not fresh:
            return replace(kept, mutant=mutant)
        graph = load_reading(self._reading(mutant.root))
        return self._tried(self._grown(graph, mutant), mutant, fresh) or replace(kept, mutant=mutant)

    def _grown(self, graph: Graph, mutant: Mutant) -> Trunk:
        """Where scenarios walk through a mutant, with what holds of the flow without the fault."""
        seen = self._trunk.seen if mutant.kind in (PROCESS, WORDS) else None
        alike = mutant.kind in (RULES, WORDS) and around(graph) == self._around
        return Grown(graph, self._trunk, seen) if alike else Trunk(graph, seen=seen)

    def harmed(self, verdict: Verdict) -> Verdict:
        """A survivor with the harm that it does."""
        if not verdict.survives or verdict.harm is not None:
            return verdict
        return replace(verdict, harm=harm(self.graph, load_reading(self._reading(verdict.mutant.root))))

    def _verdict(self, mutant: Mutant) -> Verdict:
        reading = self._reading(mutant.root)
        try:
            graph = load_reading(reading)
        except FlowError as error:
            return Verdict(mutant, LOAD, str(error.problems[0].message) if error.problems else "")
        if same_for_everybody(self.graph, graph):
            return Verdict(mutant, "", same=True)
        by, how = self._static(graph, reading, mutant)
        if by:
            return Verdict(mutant, by, how)
        noticed = self._tried(self._grown(graph, mutant), mutant, self._runs)
        return noticed or Verdict(mutant, "", same=same_for_everybody(self.graph, graph, at_length=True))

    def _static(self, graph: Graph, reading: Reading, mutant: Mutant) -> tuple[str, str]:
        """The layer that notices without a scenario, and what it says."""
        for problem in _lint(graph, reading):
            if _key(problem) not in self.known.lint:
                return LINT, problem.message
        if self._still_proven(graph, mutant):
            return "", ""
        new = [(code, said) for code, said in _proof(graph) if (code, said) not in self.known.prove]
        plain = [said for code, said in new if PROMISE not in code]
        return (PROVE, plain[0]) if plain else (PROMISES, new[0][1]) if new else ("", "")

    def _still_proven(self, graph: Graph, mutant: Mutant) -> bool:
        """Whether the proof of the flow holds for the mutant: without findings it reads no words but of questions."""
        return mutant.kind == WORDS and not self.known.prove and _read(graph) == self._words

    def _tried(self, trunk: Trunk, mutant: Mutant, runs: Sequence[Ran]) -> Verdict | None:
        """The first scenario that fails, None where none does; those that notice often are asked first."""
        for before in runs:
            failure = self._fails(trunk, before) if _might_notice(before, mutant) else ""
            if failure:
                self._runs.sort(key=lambda own: own is not before)
                told = f"{before.scenario.title}: {failure}"
                return Verdict(mutant, SCENARIOS, told, scenario=self._names[id(before)])
        return None

    def _fails(self, trunk: Trunk, before: Ran) -> str:
        try:
            failures = run(trunk.graph, before.scenario, twice=False, trunk=trunk).failures
        except (WegwijzerError, KeyError) as error:  # a fact that the scenario names is gone, say
            return f"it cannot be run any more ({type(error).__name__})"
        return failures[0] if failures else ""


def _read(graph: Graph) -> tuple[object, ...]:
    """What a proof without findings rests on: all but words, and the words of questions."""
    return prints(graph).words, [node.spec.ask for node in graph.facts.values()]


def _might_notice(before: Ran, mutant: Mutant) -> bool:
    """Words are noticed by scenarios that look at words, a step by those that come to its place."""
    if mutant.kind == WORDS:
        return before.scenario.expect.reads_words
    return not mutant.places or not mutant.places.isdisjoint(before.places)


def fingerprint(scenario: Scenario) -> str:
    """What a scenario says, wherever it stands."""
    return hashlib.sha256(scenario.content.encode()).hexdigest()[:16]


def graph_root(text: str, file: str) -> Entries:
    """The tree of a file that is known to load."""
    root, _ = read_tree(text, file)
    assert isinstance(root, Entries)
    return root


def _lint(graph: Graph, reading: Reading) -> Iterator[Problem]:
    """What lint finds, without advice."""
    assert reading.parsed is not None
    parsed = reading.parsed
    for problem in judged(graph, parsed.positions, parsed.text, parsed.positions.file).problems:
        if problem.severity is not Severity.NOTE:
            yield problem


def _key(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.message


def _proof(graph: Graph) -> list[tuple[str, str]]:
    proof = prove(graph)
    found = [_key(own.problem) for own in proof.findings]
    return [*found, *((PROMISE if said.startswith("promise") else "", said) for said in proof.not_proven)]


def harm(old: Graph, new: Graph) -> Harm:
    """Whom a fault that nobody noticed would hurt, and how."""
    found = compare(old, new, limits=False)
    for shift in found.shifts:
        of = "" if shift.of == new.flow.goal else worded(" for {name}", name=shift.of)
        what = worded("gets {new} instead of {old}{of}", new=shift.new, old=shift.old, of=of)
        return Harm(what, shift.groups[0].witness)
    for change in found.changes:
        return Harm(worded("{who}: {what}", who=worded(WHO.get(change.kind, SOMEBODY)), what=change.what), {})
    return Harm(worded("somebody is given another reason, or another figure"), {})


@dataclass(frozen=True, slots=True)
class Score:
    """How many faults were judged, how many are none, and who noticed the others."""

    judged: int
    same: int
    by: Mapping[str, int]

    @property
    def faults(self) -> int:
        """Real faults."""
        return self.judged - self.same

    @property
    def noticed(self) -> int:
        return sum(self.by.values())

    @property
    def percent(self) -> float:
        """The share of real faults that were noticed; 100 when there are none."""
        return 100.0 * self.noticed / self.faults if self.faults else 100.0

    def up_to(self, layer: str) -> float:
        """The share that this layer and those before it notice, in percents."""
        layers = LAYERS[: LAYERS.index(layer) + 1]
        return 100.0 * sum(self.by.get(own, 0) for own in layers) / self.faults if self.faults else 100.0


def score(verdicts: Sequence[Verdict]) -> Score:
    """The figures of some verdicts."""
    by = Counter(own.by for own in verdicts if own.by)
    return Score(len(verdicts), sum(own.same for own in verdicts), by)

"""One question about a flow at a time: is there a citizen for whom this is so? Diagrams first, then trying, then z3.

    the diagram has no path                 nobody: proven
    it was proven before (`proven`)         nobody, as long as everything that the question reads says the same; a whole
                                            part of the proof is looked at `once` the same way
    a path over answers alone               that citizen
    a path over sums, dates, lists ...      likely citizens are tried on the engine; when none fits, z3 is asked
    no diagram (too large, not finite)      z3 is asked

What comes out of it is a citizen who was tried on the engine, nobody (proven), or a line under `not_proven` that names
the question and why. Shared by all parts of `engine.harness.prove`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from engine.errors import Problem, Said, Severity, Where, worded
from engine.flow.fields import dump_value
from engine.flow.keys import read_key
from engine.flow.model import FactType
from engine.graph.constants import Constants
from engine.graph.decide import Builder
from engine.graph.graph import Graph, Ruling
from engine.graph.mdd import WORK, DiagramTooLarge
from engine.harness.figures import of_clock
from engine.harness.finding import Citizen, Finding
from engine.harness.proven import Cones, Proven
from engine.harness.solver import UP_TO, Answer, Claim, Solver, available
from engine.harness.witness import MOST_TRIES, Witnesses

BUDGET = 400_000  # nodes that one question may add to the diagrams; half as many after each that was too large
LEAST_BUDGET = 5_000
OF_ONE = 100_000  # nodes that one decision's own diagram may make here; where citizens are served it is far less
NOBODY = Answer()
FEW_TRIES = 200  # where z3 can be asked


class Inquiry:
    """What was found so far about one flow, and the means to ask."""

    def __init__(self, graph: Graph, budget: int = BUDGET, proven: Proven | None = None) -> None:
        self.graph = graph = of_clock(graph)
        self.budget = budget
        self.work = WORK
        self.proven = proven
        self.cones = Cones(graph)
        self.builder = Builder(graph, Constants(graph.facts, graph.rulings, graph.parameters), min(budget, OF_ONE))
        self.witnesses = Witnesses(graph, self.builder, self.cones)
        self.solver = Solver(graph)
        self.findings: list[Finding] = []
        self.not_proven: list[str] = []
        self.bounds: set[str] = set()

    def node(self, build: Callable[[], int | None]) -> int | None:
        """A diagram without what can never be, or None where it grows too large or is none."""
        forest = self.builder.forest
        forest.work = self.work
        try:
            forest.budget = len(forest.top) + self.budget
            found = build()
            return None if found is None else self.witnesses.real(found)
        except (DiagramTooLarge, RecursionError):
            self.budget = max(LEAST_BUDGET, self.budget // 2)  # where one is too large, the next is likely to be
            return None
        finally:
            self.work, forest.work = forest.work, WORK

    def ruling(self, ruling: Ruling) -> int | None:
        """The diagram of a decision."""
        return self.node(lambda: self.builder.ruling(ruling))

    def once(self, about: Hashable, names: Iterable[str], look: Callable[[], None]) -> None:
        """Let a part of the proof `look`, which reads nothing of the flow but what is behind `names` and `about`.

        Where it has found nothing before, and nothing was left open, it does not look again.
        """
        if self.proven is None:
            look()
            return
        rests_on = self.cones.of(frozenset(names))
        known = self.proven.find(about, rests_on)
        if isinstance(known, frozenset):
            self.bounds |= known
            return
        bounds, self.bounds, before = self.bounds, set[str](), (len(self.findings), len(self.not_proven))
        look()
        own, self.bounds = frozenset(self.bounds), bounds | self.bounds
        if before == (len(self.findings), len(self.not_proven)):
            self.proven.keep(about, rests_on, own)

    def anybody(
        self, question: str, claim: Claim, node: Callable[[], int | None] | int | None, tries: int = FEW_TRIES
    ) -> Citizen | None:
        """A citizen for whom `claim` is so (`node` is True for those citizens); None when there is nobody.

        None, too, when it could not be said: then `question` stands under `not_proven`. A `node` that has to be made is
        made only where it is looked at.
        """
        found = self._anybody(question, claim, node, tries)
        return None if found is None else self.shown(found)

    def is_anybody(self, question: str, claim: Claim, node: int | None) -> bool:
        """Whether there is such a citizen; False, too, when that could not be said. Whoever showed it last is tried
        first."""
        return self.shown_again(claim, lambda: self._just_one(question, claim, node))

    def shown_again(self, claim: Claim, look: Callable[[], tuple[Mapping[str, Any], ...]]) -> bool:
        """Whether the claim is so for whoever showed it last, or else for those whom `look` finds, if any."""
        if self.proven is None or not claim.about:
            return bool(look())
        key, somebody = (claim.about, self.cones.kinds), self.proven.somebody
        before = somebody.get(key)
        if before is not None and self.solver.is_so(claim, *before):
            return True
        found = look()
        if found:
            if len(somebody) >= self.proven.most:
                somebody.clear()
            somebody[key] = found
        return bool(found)

    def _just_one(self, question: str, claim: Claim, node: int | None) -> tuple[Mapping[str, Any], ...]:
        found = self._anybody(question, claim, node, FEW_TRIES)
        return () if found is None else (found,)

    def _anybody(
        self, question: str, claim: Claim, node: Callable[[], int | None] | int | None, tries: int
    ) -> Mapping[str, Any] | None:
        """The typed answers of such a citizen."""
        if self._known(question, claim):
            return None
        made = node() if callable(node) else node
        if made is not None:
            found, certain = None, self.witnesses.is_nobody(made)
            if not certain:
                found, certain = self.witnesses.of(made, tries if available() else MOST_TRIES)
            if certain and found is None:
                self._keep(claim, NOBODY)
                return None
            if found is not None:
                return found
        answer = self.solver.ask(claim)
        self._keep(claim, answer)
        return answer.citizen if self.said(question, answer) else None

    def _known(self, question: str, claim: Claim) -> bool:
        """Whether it was proven before that there is nobody, of a flow that says the same of what the claim reads."""
        if self.proven is None or not claim.about:
            return False
        known = self.proven.find(claim.about, self.cones.of(claim.reads))
        return isinstance(known, Answer) and self.said(question, known)

    def _keep(self, claim: Claim, answer: Answer) -> None:
        if self.proven is not None and claim.about and answer.citizen is None and not answer.reason:
            self.proven.keep(claim.about, self.cones.of(claim.reads), answer)

    def said(self, question: str, answer: Answer) -> bool:
        """Whether an answer is certain; names the question as not proven when it is not."""
        if answer.reason:
            self.not_proven.append(worded("{question}: {reason}", question=question, reason=answer.reason))
        elif answer.lists and answer.citizen is None:
            self.bounds.add(UP_TO)
        return not answer.reason

    def find(
        self,
        code: str,
        where: Where,
        message: Said,
        hint: Said,
        witness: Citizen | None = None,
        *,
        warning: bool = False,
    ) -> None:
        """Note something that is wrong."""
        severity = Severity.WARNING if warning else Severity.ERROR
        self.findings.append(Finding(Problem(where, code, message, hint, severity), witness))

    # -- diagrams of true and not true

    def true(self, node: int) -> int:
        """True where `node` is true, False elsewhere."""
        return self.builder.forest.combine(lambda value: value is True, node)

    def untrue(self, node: int) -> int:
        return self.builder.forest.combine(lambda value: value is not True, node)

    def both(self, left: int, right: int) -> int:
        """True where both are true, False elsewhere; where the first is not, the second is not looked at."""
        forest = self.builder.forest
        plain = all(isinstance(value, bool) for value in forest.values(right))
        return forest.choose(left, right if plain else self.true(right), forest.terminal(False))

    # -- in words

    def shown(self, known: Mapping[str, Any]) -> Citizen:
        """In the author's words, in the order of the flow."""
        return {key: self.word(key, value) for key, value in known.items()}

    def word(self, key: str, value: Any) -> str:
        """One answer as an author writes it."""
        parsed = read_key(key)
        spec = self.graph.facts[parsed.path if parsed is not None else key].spec
        if isinstance(value, bool):
            return "yes" if value else "no"
        if value is None or isinstance(value, list):
            return "none" if value is None else ", ".join(map(str, value)) or "[]"
        return worded("{count} items", count=value) if spec.type is FactType.LIST else str(dump_value(spec.type, value))

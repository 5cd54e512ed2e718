"""Two versions of a flow side by side, for every citizen at once: who gets another outcome or value.

    both flows' goals on shared variables (`engine.harness.shared_axes`)
      -> one diagram of pairs (old, new) -> a set of situations for each shift -> readable groups, each with a citizen

What depends on a term (a sum, a date against a date, a list) is claimed only with a citizen whom the rules themselves
put there. Where trying finds none, z3 finds one or proves that there is nobody (`engine.harness.compare_solver`); else
it is named under `not_compared`. `rank` says who gains and who loses; without a rank in both it is a change. Called by
`wegwijzer compare`; tests: tests/engine/harness/test_compare.py.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.errors import worded
from engine.flow.model import SupplierKind
from engine.graph.axes import FactAxis, OptionAxis, TermAxis
from engine.graph.graph import FactNode, Graph
from engine.graph.mdd import DiagramTooLarge
from engine.graph.view import View
from engine.harness.compare_solver import GONE, HIGHER, LOWER, NEW, OTHERWISE, PairSolver
from engine.harness.compare_witness import Candidates, Citizen, value_of
from engine.harness.compare_words import Change, changes
from engine.harness.declared import Declared
from engine.harness.groups import Box, boxes, rule, share, word
from engine.harness.optimum import fewest_questions
from engine.harness.shared_axes import Sides, same_meaning

NO_QUESTIONS = worded(
    "the expected number of questions, which depends on a sum, a list or a term; a population can tell it"
)
GAINS, LOSES, SAME, CHANGES = "gains", "loses", "same rank", "changes"
WORDS = {
    # how a value moves: what it was, what it is
    LOWER: (worded("as it was"), worded("lower")),
    HIGHER: (worded("as it was"), worded("higher")),
    OTHERWISE: (worded("as it was"), worded("another")),
    GONE: (worded("as it was"), "none"),
    NEW: ("none", worded("something")),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Citizens who share a rule and a shift, with one of them. `share` is of all situations (0..1), None with terms.

    `got` is what this citizen got and gets, where the shift itself does not say it.
    """

    rule: str
    witness: Citizen
    share: float | None
    box: Box
    got: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """What some citizens got, and what they get now. `of` is the goal or a value shown with an outcome.

    `people` is the part of the declared population (0..1); None without one, and where a term decides.
    """

    of: str
    old: str
    new: str
    effect: str
    groups: tuple[Group, ...]
    share: float | None
    people: float | None = None

    def names(self) -> Iterator[str]:
        """By what an approval knows each group."""
        for group in self.groups:
            yield f"{self.of}: {self.old} -> {self.new}: {group.rule}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs, and what could not be compared. `questions` is the expected number to the outcome, old, new.

    `fewest` is what no order of asking can do with less of, by these rules (`engine.harness.optimum`).
    """

    shifts: tuple[Shift, ...]
    changes: tuple[Change, ...]
    questions: tuple[float | None, float | None]
    not_compared: tuple[str, ...]
    fewest: tuple[float | None, float | None] = (None, None)

    def counted(self, questions: tuple[float, float]) -> Comparison:
        """With the questions counted over a population, where the rules alone could not tell how many there are."""
        left = tuple(own for own in self.not_compared if own != NO_QUESTIONS)
        return self if None not in self.questions else replace(self, questions=questions, not_compared=left)

    def keys(self) -> tuple[str, ...]:
        """Every difference, as an approval names it."""
        return (*(key for shift in self.shifts for key in shift.names()), *(change.key for change in self.changes))


def compare(old: Graph, new: Graph, declared: Declared | None = None) -> Comparison:
    """See the top of this module. What cannot be compared is named; raises only NotSpread, about `declared`."""
    return _Comparer(old, new, declared).comparison()


class _Comparer:
    def __init__(self, old: Graph, new: Graph, declared: Declared | None = None) -> None:
        self.old, self.new = old, new
        self.declared = declared
        self.sides = Sides(old, new)
        self.forest = self.sides.forest
        self.candidates = Candidates(self.sides)
        self.solver = PairSolver(self.sides)
        self.not_compared: list[str] = []

    def comparison(self) -> Comparison:
        """Run every part."""
        for path, node in self.old.facts.items():
            twin = self.new.facts.get(path)
            if twin is not None and twin.spec.type is not node.spec.type:
                said = worded("`{path}`: its type differs, so answers before and after are no pair", path=path)
                self.not_compared.append(said)
        shifts = [*self._guarded(worded("which outcome everybody gets"), self._outcomes)]
        for name in self._shown():
            shifts += self._guarded(worded("the value `{name}`", name=name), lambda name=name: self._value(name))
        asked = expected_questions(self.old), expected_questions(self.new)
        if None in asked and not self._same(self.old.flow.goal, self.new.flow.goal):
            self.not_compared.append(NO_QUESTIONS)
        missing = tuple(dict.fromkeys(self.not_compared))
        fewest = fewest_questions(self.old), fewest_questions(self.new)
        return Comparison(tuple(shifts), changes(self.old, self.new), asked, missing, fewest)

    def _guarded(self, what: str, part: object) -> list[Shift]:
        self.sides.give_room()
        try:
            return list(part())  # type: ignore[operator]
        except (DiagramTooLarge, RecursionError):
            self.not_compared.append(worded("{what}: the diagram grows too large", what=what))
            return []

    def _same(self, first: str, then: str) -> bool:
        return first == then and same_meaning(self.old, self.new, first)

    def _outcomes(self) -> Iterator[Shift]:
        pairs = self._pairs(self.old.flow.goal, self.new.flow.goal)
        if pairs is None:
            if not self._same(self.old.flow.goal, self.new.flow.goal):
                said = worded("which outcome everybody gets: the goal is a list, or too large for a diagram")
                self.not_compared.append(said)
            return
        yield from self._shifts(self.new.flow.goal, pairs, self.sides.possible)

    def _pairs(self, first: str, then: str) -> int | None:
        roots = self.sides.roots(first, then)
        return None if roots is None else self.forest.combine(lambda a, b: (a, b), *roots)

    def _shifts(self, of: str, pairs: int, where: int) -> Iterator[Shift]:
        found: list[Shift] = []
        for pair in self.forest.values(pairs):
            assert isinstance(pair, tuple)
            if _alike(*pair):
                continue
            self.sides.give_room()
            there = self.forest.combine(lambda own, inside, pair=pair: inside is True and _is(own, pair), pairs, where)
            there = self._real(there)
            if self.forest.values(there) != (False,):
                found += self._shift(of, pair, there)
        order = (LOSES, CHANGES, SAME, GAINS)
        yield from sorted(found, key=lambda shift: (order.index(shift.effect), -(shift.share or 0)))

    def _real(self, node: int) -> int:
        """Without what a term can never be."""
        for number, axis in enumerate(self.sides.axes):
            if isinstance(axis, TermAxis) and self.forest.support(node) >> number & 1:
                node = self.forest.allow(node, number, axis.mask(View(self.sides.owner[number], {})))
        return node

    def _shift(self, of: str, pair: tuple[Hashable, Hashable], there: int) -> Iterator[Shift]:
        found, complete = boxes(self.forest, there)
        old, new = _said(pair[0]), _said(pair[1])
        if not complete:
            said = worded("all groups of `{of}` from {old} to {new}: there are too many", of=of, old=old, new=new)
            self.not_compared.append(said)
        exact = self._exact(there)
        groups, missing = [], dict[str, None]()
        for box in found:
            citizen, why = self._somebody(there, box, of, pair)
            if citizen is not None:
                name = rule(self.sides.axes, self.sides.texts, box)
                groups.append(Group(name, citizen, self._share(box) if exact else None, box))
            elif why:
                missing[why] = None
        for why in missing:
            said = worded(
                "whether more citizens go from {old} to {new} in `{of}`: {why}", old=old, new=new, of=of, why=why
            )
            self.not_compared.append(said)
        if groups:
            effect = self._effect(of, pair)
            ordered = sorted(groups, key=lambda own: (-(own.share or 0), own.rule))
            part = share(self.forest, there) if exact else None
            yield Shift(
                of,
                old,
                new,
                effect,
                tuple(ordered),
                part,
                self._people(there, worded("{of}: {old} -> {new}", of=of, old=old, new=new)),
            )

    def _somebody(self, node: int, box: Box, of: str, pair: tuple[Hashable, Hashable]) -> tuple[Citizen | None, str]:
        """A citizen in a group, by trying or by z3; or why none can be shown, "" when there is nobody."""
        tried = self.candidates.find(node, box, of, pair)
        if tried is not None:
            return tried, ""
        answer = self.solver.goes(self.sides.names(of), pair, box)
        if answer.citizen is not None and self.solver.lies_in(answer.citizen, box):
            return self.candidates.words(answer.citizen), ""
        if answer.citizen is None and not answer.reason:
            return None, worded("a list of more than two items may") if answer.lists else ""
        why = answer.reason or worded("no citizen found")
        return None, worded("it depends on a sum, a date or a list ({why})", why=why)

    def _people(self, there: int, shift: str) -> float | None:
        """The part of the declared population."""
        if self.declared is None:
            return None
        part = self.declared.part(self.forest, self.sides.axes, there)
        if part is None:
            said = worded("how many of the population go {shift}: it depends on a sum, a date or a list", shift=shift)
            self.not_compared.append(said)
        return part

    def _exact(self, node: int) -> bool:
        support = self.forest.support(node)
        return all(
            isinstance(axis, FactAxis | OptionAxis)
            for number, axis in enumerate(self.sides.axes)
            if support >> number & 1
        )

    def _share(self, box: Box) -> float:
        part = 1.0
        for variable, mask in box.items():
            part *= mask.bit_count() / self.forest.sizes[variable]
        return part

    def _effect(self, of: str, pair: tuple[Hashable, Hashable]) -> str:
        if of != self.new.flow.goal:
            return CHANGES
        before, after = self.old.flow.outcomes.get(str(pair[0])), self.new.flow.outcomes.get(str(pair[1]))
        if before is None or after is None or before.rank is None or after.rank is None:
            return CHANGES
        return GAINS if after.rank > before.rank else LOSES if after.rank < before.rank else SAME

    # -- values shown with an outcome

    def _shown(self) -> Sequence[str]:
        names = [_values(graph, outcome) for graph in (self.old, self.new) for outcome in graph.flow.outcomes]
        both = [name for own in names for name in own if name in self.old.rulings and name in self.new.rulings]
        goals = (self.old.flow.goal, self.new.flow.goal)
        return [name for name in dict.fromkeys(both) if name not in goals]

    def _value(self, name: str) -> Iterator[Shift]:
        if self._same(name, name):
            return
        pairs, goals = self._pairs(name, name), self._pairs(self.old.flow.goal, self.new.flow.goal)
        if pairs is None or goals is None:
            yield from self._worked_out(name)
            return
        ends = [own for own in self.new.flow.outcomes if name in _values(self.new, own)]
        shown = self.forest.combine(lambda pair: _alike(*pair) and pair[1] in ends, goals)
        where = self.forest.choose(shown, self.sides.possible, self.forest.terminal(False))
        yield from self._shifts(name, pairs, where)

    def _worked_out(self, name: str) -> Iterator[Shift]:
        """A value that no diagram holds: whether it is lower, higher or another for somebody with the same outcome."""
        goal = self.new.flow.goal
        both = [
            own for own in self.new.flow.outcomes if name in _values(self.new, own) and own in self.old.flow.outcomes
        ]
        missing = dict[str, None]()
        for how in self.solver.ways(name):
            groups = []
            for outcome in both:
                answer = self.solver.differs(name, outcome, how)
                if answer.citizen is not None:
                    groups.append(self._changed(name, f"{goal} {outcome}", answer.citizen))
                elif answer.reason or answer.lists:
                    missing[answer.reason or worded("a list of more than two items may change it")] = None
            if groups:
                yield Shift(name, *WORDS[how], CHANGES, tuple(groups), None)
        for why in missing:
            said = worded("the value `{name}`, which is a sum, a date or a list: {why}", name=name, why=why)
            self.not_compared.append(said)

    def _changed(self, name: str, where: str, known: Mapping[str, Any]) -> Group:
        values = [value_of(graph, known, name) for graph in (self.old, self.new)]
        return Group(where, self.candidates.words(known), None, {}, (word(values[0]), word(values[1])))


def _values(graph: Graph, outcome: str) -> tuple[str, ...]:
    spec = graph.flow.outcomes[outcome]
    return (*spec.values, *spec.if_known)


def _alike(left: Hashable, right: Hashable) -> bool:
    return type(left) is type(right) and left == right


def _is(own: Hashable, pair: tuple[Hashable, Hashable]) -> bool:
    assert isinstance(own, tuple)
    return _alike(own[0], pair[0]) and _alike(own[1], pair[1])


def _said(value: Hashable) -> str:
    return worded("no outcome") if value is None else word(value)


def expected_questions(graph: Graph) -> float | None:
    """Questions to a citizen until the goal is certain, every cell counting the same; None where a term decides."""
    diagram = graph.diagram
    if diagram is None or diagram.forest.support(diagram.root) & (diagram.terms | diagram.decisions):
        return None
    forest, memo = diagram.forest, dict[int, float]()

    def walk(node: int) -> float:
        if forest.is_terminal(node):
            return 0.0
        if node not in memo:
            axis = diagram.axes[forest.top[node]]
            asked = isinstance(axis, FactAxis | OptionAxis) and _asked(axis.node)
            kids = forest.children[node]
            memo[node] = asked + sum(walk(kid) for kid in kids) / len(kids)
        return memo[node]

    return walk(diagram.root)


def _asked(node: FactNode) -> bool:
    return any(ref.kind is SupplierKind.CITIZEN for ref in node.spec.suppliers)

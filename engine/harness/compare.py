"""Two versions of a flow side by side, for every citizen at once: who gets another outcome or value.

    both flows' goals on shared variables (`engine.harness.shared_axes`)
      -> one diagram of pairs (old, new) -> a set of situations for each shift -> readable groups, each with a citizen

How the groups are made: `engine.harness.compare_shifts`; what cannot be told stands under `not_compared`. `rank` says
who gains and who loses; without a rank in both it is a change. Whoever keeps the outcome may get it for another reason
or on another legal basis: `engine.harness.compare_reasons`. Called by `wegwijzer compare`; tests:
tests/engine/harness/test_compare.py.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any

from engine.errors import worded
from engine.flow.model import SupplierKind
from engine.graph.axes import FactAxis, OptionAxis
from engine.graph.graph import FactNode, Graph
from engine.graph.mdd import DiagramTooLarge
from engine.harness.compare_counted import Counting
from engine.harness.compare_promises import Promises
from engine.harness.compare_reasons import Reasons
from engine.harness.compare_shifts import (
    CHANGES,
    GAINS,
    LOSES,
    MOVES,
    SAME,
    Draw,
    Group,
    Pair,
    Shift,
    Shifts,
    Subject,
    alike,
)
from engine.harness.compare_solver import (
    GONE,
    HIGHER,
    LOWER,
    MOVED,
    NEW,
    OTHERWISE,
    OUT_OF_EFFORT,
    REAL,
    WHOEVER,
    moved,
)
from engine.harness.compare_told import Told
from engine.harness.compare_whom import Whom
from engine.harness.compare_witness import value_of
from engine.harness.compare_words import Change, Touched, changes
from engine.harness.declared import Declared
from engine.harness.groups import word
from engine.harness.limits import Limits
from engine.harness.optimum import fewest_questions
from engine.harness.shared_axes import Sides, same_meaning
from engine.harness.solver import Answer

NO_QUESTIONS = worded(
    "the expected number of questions, which depends on a sum, a list or a term; a population can tell it"
)
WORDS = {
    # how a value moves: what it was, what it is
    LOWER: (worded("as it was"), worded("lower")),
    HIGHER: (worded("as it was"), worded("higher")),
    OTHERWISE: (worded("as it was"), worded("another")),
    MOVED: (worded("as it was"), worded("in another order")),
    GONE: (worded("as it was"), "none"),
    NEW: ("none", worded("something")),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs, and what could not be compared. `questions` is the expected number to the outcome, old, new.

    `fewest` is what no order of asking can do with less of, by these rules (`engine.harness.optimum`). `reasons` are
    shifts in what is told of the same outcome, `untold` what of these could not be compared; `notes`: what nobody
    notices, and what is promised besides; `harms`: whom all changes in words and process together take something from.
    """

    shifts: tuple[Shift, ...]
    changes: tuple[Change, ...]
    questions: tuple[float | None, float | None]
    not_compared: tuple[str, ...]
    fewest: tuple[float | None, float | None] = (None, None)
    reasons: tuple[Shift, ...] = ()
    untold: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    harms: Mapping[str, Touched] = field(default_factory=dict)
    counting: Counting | None = field(default=None, compare=False, repr=False)
    """To count whom the changes and harms touch, over citizens line by line."""

    @property
    def all_shifts(self) -> tuple[Shift, ...]:
        """Those of outcomes and values, then those of reasons and sources."""
        return (*self.shifts, *self.reasons)

    @property
    def open(self) -> tuple[str, ...]:
        """Everything that could not be compared."""
        return (*self.not_compared, *self.untold)

    def counted(self, questions: tuple[float, float]) -> Comparison:
        """With the questions counted over a population, where the rules alone could not tell how many there are."""
        left = tuple(own for own in self.not_compared if own != NO_QUESTIONS)
        return self if None not in self.questions else replace(self, questions=questions, not_compared=left)

    def touching(self, counts: Sequence[tuple[int, int]], size: int) -> Comparison:
        """With whom each change, and then each harm, touches of a population of this size, at least and at most."""
        changes = [
            replace(own, touched=own.touched and own.touched.counted(ends, size))
            for own, ends in zip(self.changes, counts, strict=False)
        ]
        harms = zip(self.harms.items(), counts[len(changes) :], strict=True)
        counted = {harm: own.counted(ends, size) for (harm, own), ends in harms}
        return replace(self, changes=tuple(changes), harms=counted)

    def keys(self) -> tuple[str, ...]:
        """Every difference, as an approval names it."""
        return (*(key for shift in self.all_shifts for key in shift.names()), *(change.key for change in self.changes))


def compare(old: Graph, new: Graph, declared: Declared | None = None, *, limits: bool = True) -> Comparison:
    """See the top of this module. What cannot be compared is named; raises only NotSpread, about `declared`.

    Without `limits` a group whose sum or day changed is told by its outcome alone, and a change in words without
    whom it touches, which takes less time.
    """
    return _Comparer(old, new, declared, limits).comparison()


class _Comparer:
    def __init__(self, old: Graph, new: Graph, declared: Declared | None, limits: bool) -> None:
        self.old, self.new, self.limits = old, new, limits
        self.told = Told(old, new)
        self.sides = Sides(self.told.old, self.told.new)
        self.forest = self.sides.forest
        self.declared = declared
        self.not_compared: list[str] = []
        self.shifts = Shifts(self.sides, declared, self.not_compared)

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
        for name in self._steering():
            shifts += self._guarded(worded("the decision `{name}`", name=name), lambda name=name: self._steers(name))
        asked = expected_questions(self.old), expected_questions(self.new)
        if None in asked and not self._asks_alike():
            self.not_compared.append(NO_QUESTIONS)
        missing = tuple(dict.fromkeys(self.not_compared))
        fewest, promises = (fewest_questions(self.old), fewest_questions(self.new)), Promises(self.old, self.new)
        changed = (*promises.changes, *changes(self.old, self.new))
        found = Comparison(tuple(shifts), changed, asked, missing, fewest, notes=tuple(promises.notes))
        found = self._with_reasons(found)
        return self._with_whom(found) if self.limits else found

    def _with_whom(self, found: Comparison) -> Comparison:
        """Whom the changes in words and process touch."""
        whom = Whom(self.old, self.new, self.declared)
        changed = whom.of(found.changes)
        return replace(found, changes=changed, harms=whom.harms(), counting=whom.counting())

    def _with_reasons(self, found: Comparison) -> Comparison:
        """What else is told of the same outcome; whatever of it stays open is no doubt about outcomes."""
        untold: list[str] = []
        self.sides.give_room()
        told = Reasons(self.told, Shifts(self.sides, self.declared, untold), is_quiet=not found.shifts)
        reasons = tuple(told.shifts())
        changed = (*found.changes, *told.changes)
        return replace(
            found,
            changes=changed,
            reasons=reasons,
            untold=tuple(dict.fromkeys(untold)),
            notes=(*found.notes, *told.notes),
        )

    def _guarded(self, what: str, part: object) -> list[Shift]:
        self.sides.give_room()
        try:
            return list(part())  # type: ignore[operator]
        except (DiagramTooLarge, RecursionError):
            self.not_compared.append(worded("{what}: the diagram grows too large", what=what))
            return []

    def _same(self, first: str, then: str) -> bool:
        return first == then and same_meaning(self.old, self.new, first)

    def _asks_alike(self) -> bool:
        """Whether as many questions are asked: the goal means the same, or is one diagram over equal facts."""
        old, new = self.old.flow, self.new.flow
        if self._same(old.goal, new.goal):
            return True
        roots = self.sides.roots(old.goal, new.goal) if old.facts == new.facts else None
        return roots is not None and roots[0] == roots[1]

    def _outcomes(self) -> Iterator[Shift]:
        pairs = self.shifts.pairs((self.old.flow.goal, self.new.flow.goal))
        if pairs is None:
            if not self._same(self.old.flow.goal, self.new.flow.goal):
                said = worded("which outcome everybody gets: the goal is a list, or too large for a diagram")
                self.not_compared.append(said)
            return
        yield from self._of(self.new.flow.goal, pairs, self.sides.possible)

    def _of(self, name: str, pairs: int, where: int, *, is_shown: bool = True) -> Iterator[Shift]:
        effect = partial(self._effect, name)
        subject = Subject(name, self.sides.names(name), _says, effect, is_shown=is_shown)
        return self.shifts.of(subject, pairs, where)

    def _effect(self, of: str, pair: Pair) -> str:
        if of != self.new.flow.goal:
            return MOVES if moved(*pair) else CHANGES
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
        pairs, goals = self.shifts.pairs((name, name)), self.shifts.pairs((self.old.flow.goal, self.new.flow.goal))
        if pairs is None or goals is None:
            yield from self._worked_out(name, [own for own in self._in_both() if name in _values(self.new, own)])
            return
        ends = [own for own in self.new.flow.outcomes if name in _values(self.new, own)]
        shown = self.forest.combine(lambda pair: alike(*pair) and pair[1] in ends, goals)
        where = self.forest.choose(shown, self.sides.possible, self.forest.terminal(False))
        yield from self._of(name, pairs, where)

    # -- decisions that steer the process, the texts and the questions, and are shown to nobody

    def _steering(self) -> Sequence[str]:
        """Decisions of both versions by which a step, a clock, a paragraph or a question comes."""
        read = {name for graph in (self.old, self.new) for name in _steered_by(graph)}
        shown = {self.old.flow.goal, self.new.flow.goal, *self._shown()}
        return [name for name in self.new.rulings if name in read and name in self.old.rulings and name not in shown]

    def _steers(self, name: str) -> Iterator[Shift]:
        if self._same(name, name):
            return
        pairs = self.shifts.pairs((name, name))
        if pairs is None and self.new.rulings[name].each:
            said = worded("the decision `{name}`, which steers the process, a text or a question", name=name)
            self.not_compared.append(worded("{what}: it is a sum, a date or a list", what=said))
            return
        if pairs is None:
            yield from self._worked_out(name, [WHOEVER])
            return
        yield from self._of(name, pairs, self.sides.possible, is_shown=False)

    def _in_both(self) -> Iterator[str]:
        yield from (own for own in self.new.flow.outcomes if own in self.old.flow.outcomes)

    def _worked_out(self, name: str, both: Sequence[str]) -> Iterator[Shift]:
        """A value that no diagram holds: whether it is lower, higher or another for somebody with one of the outcomes
        in both.
        """
        goal = self.new.flow.goal
        missing, ways = dict[str, None](), self.shifts.solver.ways(name)
        goals = self.old.flow.goal, goal
        drawn = cache(lambda: self.shifts.drawn_values(name, ways, goals, both))
        for how in ways:
            groups, limits = [], dict[str, Limits]()
            for outcome in both:
                known, limits_of = self._shown_by(name, outcome, how, drawn, missing)
                if known is not None:
                    limits[outcome] = limits_of
                    where = f"{goal} {outcome}" if outcome else worded("whoever it concerns")
                    groups.append(self._changed(name, where, known, limits_of))
            if groups:
                most = self.shifts.within(goals, limits)
                effect = MOVES if how == MOVED else CHANGES
                counted = drawn().of(*((outcome, how) for outcome in both)) if self.declared is not None else None
                exact = counted.share if counted is not None and not counted.drawn else None
                causes = self.shifts.causes((name, name))
                yield Shift(name, *WORDS[how], effect, tuple(groups), None, exact, *most, counted, causes)
        for why in missing:
            said = worded("the value `{name}`, which is a sum, a date or a list: {why}", name=name, why=why)
            self.not_compared.append(said)

    def _shown_by(
        self, name: str, outcome: str, how: str, drawn: Draw, missing: dict[str, None]
    ) -> tuple[Mapping[str, Any] | None, Limits]:
        """Somebody with this outcome for whom the value changed so, and within which limits all of them are."""
        if self.shifts.solver.never_differs(name, outcome, how):
            return None, Limits()
        met = drawn().citizens.get((outcome, how), ())
        known: Mapping[str, Any] | None = next((own.whole() for own in met), None)
        answer = Answer(known) if known is not None else self.shifts.solver.differs(name, outcome, how)
        if answer.citizen is not None:
            return answer.citizen, self._limits(name, outcome, how, answer.citizen)
        if answer.lists or answer.reason in OUT_OF_EFFORT:
            known = self.shifts.candidates.moved(name, outcome, REAL[how])
        if known is None and (answer.reason or answer.lists):
            missing[answer.reason or worded("a list of more than two items may change it")] = None
        return known, Limits()

    def _limits(self, name: str, outcome: str, how: str, citizen: Mapping[str, Any]) -> Limits:
        is_told = self.limits and outcome != WHOEVER  # of a decision that nobody sees it is worth less than it takes
        return self.shifts.solver.limits(name, outcome, how, citizen) if is_told else Limits()

    def _changed(self, name: str, where: str, known: Mapping[str, Any], limits: Limits) -> Group:
        values = [value_of(graph, known, name) for graph in (self.old, self.new)]
        got = word(values[0]), word(values[1])
        return Group(where, self.shifts.candidates.words(known), None, {}, got, tuple(limits.words()))


def way_of(shift: Shift) -> str:
    """How a value moves in a shift of a value that no diagram holds; "" for any other shift."""
    return next((how for how, words in WORDS.items() if words == (shift.old, shift.new)), "")


def _values(graph: Graph, outcome: str) -> tuple[str, ...]:
    spec = graph.flow.outcomes[outcome]
    listed = (part.show.name for part in spec.text if part.show is not None)
    return (*spec.values, *spec.if_known, *(name for name in listed if name in graph.rulings))


def _steered_by(graph: Graph) -> Iterator[str]:
    """Every name that a guard, a clock, a condition of a text or of a question reads."""
    formulas = [*graph.guards.values(), *(own for parts in graph.texts.values() for own in parts)]
    formulas += [own for node in graph.facts.values() for own in (node.when, node.count)]
    for own in formulas:
        yield from own.names if own is not None else ()


def _says(pair: Pair) -> tuple[str, str]:
    return _said(pair[0]), _said(pair[1])


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

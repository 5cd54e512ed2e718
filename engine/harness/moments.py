"""Which steps a promise is about, and for whom a step can be the one that is taken.

    Moment       the steps of an event, or into a place, or that do something, from some places or from any
    Fits.whom    a citizen for whom a step can be taken while an expression holds: its guard is true, no guard of a row
                 above it is, and the outcome with which it is taken is the citizen's own (unless a worker deviated)
    Fits.shut    a citizen for whom an expression holds and no row of a step that counts is the one that is taken

Used by `engine.harness.process_promises`; tests: tests/engine/harness/test_process_promises.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce

from engine.errors import Said, Where, either, together, worded
from engine.feel import tree as t
from engine.feel.evaluator import compile_expression
from engine.flow.model_process import Moments
from engine.graph.graph import Formula, Graph
from engine.graph.process import OUTCOME, By, Step, When
from engine.harness import claims
from engine.harness.explore import State, Taken
from engine.harness.finding import Citizen
from engine.harness.guards import OPEN, SETTLED, with_outcome
from engine.harness.inquiry import Inquiry
from engine.harness.solver import Claim

_YES = t.Literal(True, t.Kind.BOOLEAN)
TRUE = Formula("true", _YES, compile_expression(_YES), frozenset(), Where())
Case = tuple[tuple[Formula, ...], tuple[Formula, ...], str]
"""What is true, what is not, and the outcome that the rules give ("" for any)."""
TRIES = 20  # of likely citizens, before z3 is asked: a promise about a step is one question for each guard
Counts = Callable[[Step], bool]


@dataclass(frozen=True, slots=True)
class Moment:
    """Steps by what they are: no names at all is every step."""

    event: tuple[str, ...] = ()
    enters: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    does: tuple[str, ...] = ()

    @classmethod
    def of(cls, promise: Moments, does: tuple[str, ...] = ()) -> Moment:
        """The steps that a promise names."""
        return cls(promise.event, promise.enters, promise.sources, does)

    def is_at(self, step: Step) -> bool:
        """Whether this step is one of them."""
        return (
            (not self.event or step.event in self.event)
            and (not self.enters or (not step.internal and step.target in self.enters))
            and (not self.sources or step.source in self.sources)
            and all(does(step, wanted) for wanted in self.does)
        )

    @property
    def told(self) -> Said:
        """The steps, as part of a sentence."""
        parts = [_names(self.event)] if self.event else [worded("a step")]
        parts += [worded("into {places}", places=_names(self.enters))] if self.enters else []
        parts += [worded("from {places}", places=_names(self.sources))] if self.sources else []
        parts += [worded("with `{does}`", does="; ".join(self.does))] if self.does else []
        return together(parts, " ")


def _names(names: tuple[str, ...]) -> Said:
    return worded("`{names}`", names=either(names))


def does(step: Step, wanted: str) -> bool:
    """Whether a step does this: an action as it is written, or any of its kind."""
    return any(wanted in (str(action), action.kind.value) for action in step.do)


@dataclass(frozen=True, slots=True)
class Fits:
    """See the top of this module."""

    inquiry: Inquiry
    _asked: dict[Case, Citizen | None] = field(default_factory=dict)

    @property
    def graph(self) -> Graph:
        return self.inquiry.graph

    def _outcomes(self, state: State) -> frozenset[str]:
        """Every outcome with which somebody can be there."""
        names = tuple(self.graph.flow.outcomes)
        goal = self.inquiry.ruling(self.graph.goal)
        given = names if goal is None or state.deviated else tuple(self.inquiry.builder.forest.values(goal))
        return frozenset(name for name in names if name in given)

    def whom(self, question: str, state: State, own: Taken, when: Formula) -> Citizen | None:
        """A citizen for whom `when` holds as this step is taken; None when there is nobody."""
        rows = [row for row in self.graph.process.rows(state.place, own.step.event) if row.by is own.step.by]
        above = rows[: rows.index(own.step)] if own.step in rows else []
        free = state.deviated or own.step.by is By.WORKER
        cases = dict.fromkeys(
            case
            for outcome in sorted(own.outcomes)
            if (case := self._case((own.step,), above, outcome, free=free)) is not None
        )
        return self._first(question, (((when, *true), untrue, outcome) for true, untrue, outcome in cases))

    def shut(self, question: str, rows: Sequence[Step], state: State, when: Formula, counts: Counts) -> Citizen | None:
        """A citizen for whom `when` holds, and the row of one step that is taken does not count, or there is none."""
        ways: list[tuple[tuple[Step, ...], Sequence[Step]]] = [
            ((row,), rows[:number]) for number, row in enumerate(rows) if not counts(row)
        ]
        if all(row.when is When.IF for row in rows):
            ways.append(((), rows))
        cases = dict.fromkeys(
            case
            for outcome in sorted(self._outcomes(state))
            for taken, above in ways
            if (case := self._case(taken, above, outcome, free=state.deviated)) is not None
        )
        return self._first(question, (((when, *true), untrue, outcome) for true, untrue, outcome in cases))

    def _case(self, taken: Sequence[Step], above: Sequence[Step], outcome: str, *, free: bool) -> Case | None:
        """Who comes to these rows with this outcome; None where a guard on the outcome is not known to be true."""
        guarded = [row for row in (*taken, *above) if row.when is When.IF]
        reads = [row for row in guarded if OUTCOME in self.graph.guards[row.guard].names]
        if outcome == OPEN:
            if any(self.graph.guards[row.guard].names == {OUTCOME} for row in taken if row in reads):
                return None
            guarded = [row for row in guarded if row not in reads]
        true = tuple(self._guard(row.guard, outcome) for row in guarded if row in taken)
        untrue = tuple(self._guard(row.guard, outcome) for row in guarded if row not in taken)
        by_rules = outcome != OPEN and not free and (reads or any(row.event == SETTLED for row in taken))
        return true, untrue, outcome if by_rules else ""

    def _guard(self, text: str, outcome: str) -> Formula:
        """A guard in which the outcome is known."""
        formula = self.graph.guards[text]
        if outcome == OPEN or OUTCOME not in formula.names:
            return formula
        expr = with_outcome(formula.expr, outcome, str(self.graph.flow.outcomes[outcome].kind))
        return Formula(formula.text, expr, compile_expression(expr), formula.names - {OUTCOME}, formula.where)

    def _first(self, question: str, cases: Iterator[Case]) -> Citizen | None:
        for case in cases:
            if case not in self._asked:
                claim, node = self._claim(*case), self._node(*case)
                self._asked[case] = self.inquiry.anybody(question, claim, node, TRIES)
            found = self._asked[case]
            if found is not None:
                return found
        return None

    def _claim(self, true: tuple[Formula, ...], untrue: tuple[Formula, ...], outcome: str) -> Claim:
        parts = [claims.condition(own) for own in true] + [claims.not_true(own) for own in untrue]
        if outcome:
            parts.append(claims.is_value(self.graph.flow.goal, outcome))
        return reduce(claims.both, parts)

    def _node(self, true: tuple[Formula, ...], untrue: tuple[Formula, ...], outcome: str) -> int | None:
        inquiry, builder = self.inquiry, self.inquiry.builder

        def build() -> int | None:
            nodes = [inquiry.true(builder.condition(own.expr)) for own in true]
            nodes += [inquiry.untrue(builder.condition(own.expr)) for own in untrue]
            if outcome:
                goal = builder.ruling(self.graph.goal)
                if goal is None:
                    return None
                nodes.append(builder.forest.combine(lambda value: value == outcome, goal))
            return reduce(inquiry.both, nodes)

        return inquiry.node(build)

"""Which steps a promise is about, and for whom a step can be the one that is taken.

    Moment       the steps of an event, or into a place, or that do something, from some places or from any
    Fits.whom    a citizen for whom a step can be taken while an expression holds: its guard is true, no guard of a row
                 above it is, and the outcome with which it is taken is the citizen's own (unless a worker deviated)
    Fits.shut    a citizen for whom an expression holds and no row of a step that counts is the one that is taken

The expression is the promise's own `when`. Used by `engine.harness.process_steps` and `engine.harness.process_times`;
tests: tests/engine/harness/test_process_promises.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce

from engine.errors import Said, Where, either, together, worded
from engine.feel import tree as t
from engine.feel.evaluator import compile_expression
from engine.flow.model_process import Moments
from engine.graph.graph import Formula, Graph
from engine.graph.process import OUTCOME, By, Step, When
from engine.harness import claims
from engine.harness.explore import State, Taken
from engine.harness.finding import Citizen
from engine.harness.guards import OPEN, SETTLED, Guards, with_outcome
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
        parts = [one_of(self.event)] if self.event else [worded("a step")]
        parts += [worded("into {places}", places=one_of(self.enters))] if self.enters else []
        parts += [worded("from {places}", places=one_of(self.sources))] if self.sources else []
        parts += [worded("with `{does}`", does="; ".join(self.does))] if self.does else []
        return together(parts, " ")


def one_of(names: tuple[str, ...]) -> Said:
    """Names as one says them."""
    return either(f"`{name}`" for name in names)


def does(step: Step, wanted: str) -> bool:
    """Whether a step does this: an action as it is written, or any of its kind."""
    return any(wanted in (str(action), action.kind.value) for action in step.do)


@dataclass(frozen=True, slots=True)
class Fits:
    """See the top of this module. Of one promise: `number` counts from 1."""

    inquiry: Inquiry
    guards: Guards
    number: int
    _asked: dict[Case, Citizen | None] = field(default_factory=dict)
    _whom: dict[tuple[Step, frozenset[str], bool], Citizen | None] = field(default_factory=dict)
    _filled: dict[tuple[str, str], Formula] = field(default_factory=dict)

    @property
    def graph(self) -> Graph:
        return self.inquiry.graph

    @property
    def when(self) -> Formula | None:
        """For whom the promise is; None for everybody."""
        return self.graph.promises[self.number - 1]

    def whom(self, state: State, own: Taken) -> Citizen | None:
        """A citizen for whom `when` holds as this step is taken; None when there is nobody."""
        key = (own.step, own.outcomes, state.deviated)
        if key not in self._whom:
            self._whom[key] = self._taker(state, own)
        return self._whom[key]

    def _taker(self, state: State, own: Taken) -> Citizen | None:
        rows = [row for row in self.graph.process.rows(state.place, own.step.event) if row.by is own.step.by]
        above = rows[: rows.index(own.step)] if own.step in rows else []
        free = state.deviated or own.step.by is By.WORKER
        cases = dict.fromkeys(
            case
            for outcome in sorted(own.outcomes)
            if (case := self._case((own.step,), above, outcome, free=free)) is not None
        )
        return self._first(cases)

    def shut(self, rows: Sequence[Step], state: State, counts: Counts) -> Citizen | None:
        """A citizen for whom `when` holds, and the row of one step that is taken does not count, or there is none."""
        ways: list[tuple[tuple[Step, ...], Sequence[Step]]] = [
            ((row,), rows[:number]) for number, row in enumerate(rows) if not counts(row)
        ]
        if all(row.when is When.IF for row in rows):
            ways.append(((), rows))
        cases = dict.fromkeys(
            case
            for outcome in sorted(self.guards.by_worker if state.deviated else self.guards.by_rules)
            for taken, above in ways
            if (case := self._case(taken, above, outcome, free=state.deviated)) is not None
        )
        return self._first(cases)

    def _case(self, taken: Sequence[Step], above: Sequence[Step], outcome: str, *, free: bool) -> Case | None:
        """Who comes to these rows with this outcome; None where a guard on the outcome is not known to be true.

        A guard that waits for a fact is passed over as one that is false. So a row above counts as not true only where
        all that it reads is known: what the rows and `when` read, and what the outcome needs.
        """
        guarded = [row for row in (*taken, *above) if row.when is When.IF]
        reads = [row for row in guarded if OUTCOME in self.graph.guards[row.guard].names]
        if outcome == OPEN:
            if any(self.graph.guards[row.guard].names == {OUTCOME} for row in taken if row in reads):
                return None
            guarded = [row for row in guarded if row not in reads]
        true = tuple([self._guard(row.guard, outcome) for row in guarded if row in taken])
        passed = untrue = tuple([self._guard(row.guard, outcome) for row in guarded if row not in taken])
        if passed:
            known = set(self.graph.flow.outcomes[outcome].needs) if outcome and not free else set[str]()
            known.update(*(own.names for own in (*true, *((self.when,) if self.when else ()))))
            untrue = tuple([own for own in passed if own.names <= known])
        bound = reads or len(untrue) < len(passed) or any(row.event == SETTLED for row in taken)
        by_rules = outcome != OPEN and not free and bound
        return true, untrue, outcome if by_rules else ""

    def _guard(self, text: str, outcome: str) -> Formula:
        """A guard in which the outcome is known."""
        formula = self.graph.guards[text]
        if outcome == OPEN or OUTCOME not in formula.names:
            return formula
        if (text, outcome) not in self._filled:  # made once: a case is known again by what its guards are
            expr = with_outcome(formula.expr, outcome, str(self.graph.flow.outcomes[outcome].kind))
            filled = Formula(formula.text, expr, compile_expression(expr), formula.names - {OUTCOME}, formula.where)
            self._filled[text, outcome] = filled
        return self._filled[text, outcome]

    def _first(self, cases: Iterable[Case]) -> Citizen | None:
        """A citizen in the first of these cases in which there is one, and for whom `when` holds."""
        question, when = worded("promise {number}", number=self.number), self.when or TRUE
        for case in cases:
            if case not in self._asked:
                true, untrue, outcome = case
                parts = ((when, *true), untrue, outcome)
                self._asked[case] = self.inquiry.anybody(
                    question, self._claim(*parts), partial(self._node, *parts), TRIES
                )
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

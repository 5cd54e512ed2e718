"""Where a figure of the law that is not there changes something in silence: P-NO-FIGURE.

The flow is set beside itself with figures for the keys that have no row (`engine.harness.figures`): who then gets
another outcome, value, text, question or step is somebody for whom the rules went on without the figure. Where a row or
an `if` keeps those days apart, nothing changes, and nothing is said. What is null itself is told by P-NO-VALUE and
P-NO-OUTCOME.

    diagrams of both over the same cells (`engine.harness.shared_axes`)    no path: nobody, proven
    a path, or no diagram                                                  likely citizens, then z3 with both flows

Called by `engine.harness.prove`; tests: tests/engine/harness/test_prove_figures.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from engine.errors import Said, Where, together, worded
from engine.graph.evaluation import evaluate
from engine.graph.graph import Formula, Graph
from engine.graph.mdd import DiagramTooLarge
from engine.graph.possible import Between, settled
from engine.graph.process import OUTCOME
from engine.graph.view import View
from engine.harness.figures import Calls, Keys, LookUp, filled
from engine.harness.finding import Citizen
from engine.harness.inquiry import Inquiry
from engine.harness.shared_axes import Sides
from engine.harness.solver import Claim, Solver
from engine.harness.symbols import NOWHERE, Symbols
from engine.harness.symbols_compare import same
from engine.harness.witness import Witnesses

TRIES: Final = 400
YEARS: Final = range(1900, 2200)
"""Keys that may be years."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Something that a figure has a say in: a decision or a condition, of those with `outcome` where that is named."""

    place: Said
    where: Where
    decision: str = ""
    condition: Formula | None = None
    outcome: str = ""

    @property
    def names(self) -> frozenset[str]:
        return frozenset((self.decision,)) if self.condition is None else self.condition.names


def check_figures(inquiry: Inquiry) -> None:
    """Every parameter of which a citizen may have a key without a row."""
    graph = inquiry.graph
    if not graph.parameters:
        return
    asked = list(_asked(graph))
    names = {graph.flow.goal, *(name for own in asked for name in own.names)}
    about = ("figures", tuple((own.decision, own.condition and own.condition.expr, own.outcome) for own in asked))
    inquiry.once(about, names, lambda: _look(inquiry, asked))


def _look(inquiry: Inquiry, asked: list[_Asked]) -> None:
    calls = Calls(inquiry.graph)
    if calls.open:
        _Figures(inquiry, calls, asked).check()


def _asked(graph: Graph) -> Iterator[_Asked]:
    yield _Asked(worded("`{name}`", name=graph.flow.goal), graph.goal.where, graph.flow.goal)
    for outcome in graph.flow.outcomes:
        yield from _of_outcome(graph, outcome)
    for text, guard in graph.guards.items():
        if OUTCOME not in guard.names and any(step.guard == text for step in graph.process.steps):
            yield _Asked(worded("a step with `{text}`", text=text), guard.where, "", guard)
    for check in graph.checks:
        if not check.list:
            yield _Asked(worded("the check `{text}`", text=check.must.text), check.must.where, "", check.must)


def _of_outcome(graph: Graph, outcome: str) -> Iterator[_Asked]:
    """What somebody with this outcome gets to see and is asked."""
    spec = graph.flow.outcomes[outcome]
    for name in spec.values:
        if name in graph.rulings and not graph.rulings[name].each:
            yield _Asked(worded("`{name}`", name=name), graph.rulings[name].where, name, outcome=outcome)
    for own in graph.texts[outcome]:
        if own is not None:
            yield _Asked(worded("the text of `{name}`", name=outcome), own.where, "", own, outcome)
    for path in spec.needs:
        when = graph.facts[path].when if path in graph.facts else None
        if when is not None:
            yield _Asked(worded("the question `{name}`", name=path), when.where, "", when, outcome)


class _Figures:
    """What is asked of one flow; `told` are the parameters that were found already."""

    def __init__(self, inquiry: Inquiry, calls: Calls, asked: list[_Asked]) -> None:
        self.inquiry = inquiry
        self.calls = calls
        self.asked = asked
        self.graph = calls.graph
        self.open = frozenset(calls.open)

    def check(self) -> None:
        """Each thing that is asked, until it says the same with and without the figures."""
        for asked in self.asked:
            while self._on(asked) and (found := self._anybody(asked)) is not None:
                missing = list(self.calls.without_row(View(self.graph, found), self._on(asked)))
                self._tell(asked, found, missing)
                self._mend(asked, missing)

    def _on(self, asked: _Asked) -> frozenset[str]:
        """The open parameters on which it rests."""
        return self.inquiry.cones.behind(asked.names) & self.open

    def _mend(self, asked: _Asked, missing: list[tuple[LookUp, Keys]]) -> None:
        """What was told once is no longer looked for."""
        self.open -= frozenset(call.table.name for call, _ in missing) or self._on(asked)

    def _anybody(self, asked: _Asked) -> Mapping[str, Any] | None:
        """A citizen for whom it is otherwise with the figures; None for nobody, and where that is not proven."""
        question = worded("whether a figure that is not there matters to {place}", place=asked.place)
        for other in filled(self.graph, self._on(asked)):
            pair = _Pair(self.graph, other, asked)
            found, certain = pair.tried()
            if found is None and not certain:
                solver = Solver(self.graph, beside=other)
                answer = solver.ask(pair.claim)
                found = answer.citizen
                if not self.inquiry.said(question, answer):
                    return None
            if found is not None:
                return found
        return None

    def _tell(self, asked: _Asked, found: Mapping[str, Any], missing: list[tuple[LookUp, Keys]]) -> None:
        inquiry = self.inquiry
        own = [self._said(call, keys) for call, keys in missing]
        own = own or [worded("`{name}` has no figures for this citizen", name=name) for name in sorted(self._on(asked))]
        what = together(dict.fromkeys(own), " and ")
        message = worded("{what}, and {place} goes on without it.", what=what, place=asked.place)
        hint = worded(
            "Add the row, keep these keys apart in a row or an `if` of their own, or say with `min` and `max` at the "
            "fact which are counted with."
        )
        where = missing[0][0].where if missing else asked.where
        inquiry.find("P-NO-FIGURE", where, message, hint, self._shown(asked, found))

    def _said(self, call: LookUp, keys: Keys) -> Said:
        given = together(str(own) if not isinstance(own, bool) else ("yes" if own else "no") for own in keys)
        return worded("`{name}` has no figures for {keys}", name=call.table.name, keys=given)

    def _shown(self, asked: _Asked, found: Mapping[str, Any]) -> Citizen:
        """The answers that count: those behind what was asked, and behind the goal where an outcome is named."""
        names = asked.names | ({self.graph.flow.goal} if asked.outcome else frozenset())
        facts = self.inquiry.cones.facts(names)
        kept = found if facts is None else {path: own for path, own in found.items() if path in facts}
        return self.inquiry.shown(kept)


class _Pair:
    """The flow as it is and the flow with the figures, of which one thing is asked."""

    def __init__(self, old: Graph, new: Graph, asked: _Asked) -> None:
        self.old, self.new, self.asked = old, new, asked

    @property
    def claim(self) -> Claim:
        """It is otherwise, for z3 and of a real citizen."""
        return Claim(self._formula, self._real)

    def tried(self) -> tuple[Mapping[str, Any] | None, bool]:
        """Somebody for whom it is otherwise, and whether that is certain."""
        sides = Sides(self.old, self.new)
        node = self._node(sides)
        if node is not None and True not in sides.forest.values(node):
            return None, True
        witnesses = Witnesses(self.old, sides.builders[0])
        known = {} if node is None else witnesses.on_path(node)
        for citizen in self._citizens(witnesses, known):
            shows = self._counts(citizen) and self._real(View(self.old, citizen), View(self.new, citizen))
            if shows and not witnesses.refused(citizen):
                return citizen, True
        return None, False

    def _citizens(self, witnesses: Witnesses, known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Likely citizens, first those of the days next to the years of which there are figures."""
        for day in _next_to(self.new):
            clock = dict.fromkeys(self.old.clocks, day)
            yield from islice(witnesses.candidates({**clock, **known}), TRIES // 4)
        yield from islice(witnesses.candidates(known), TRIES)

    def _counts(self, citizen: Mapping[str, Any]) -> bool:
        """Whether the clock can come there, as far as the author says."""
        return all(_inside(self.old.facts[path].domain, citizen.get(path)) for path in self.old.clocks)

    def _node(self, sides: Sides) -> int | None:
        """True where it is otherwise; None where there is no diagram of it."""
        forest, asked = sides.forest, self.asked
        try:
            both = [self._side(sides, side) for side in (0, 1)]
            if None in both:
                return None
            test = _other_value if asked.condition is None else _other_truth
            sides.give_room()
            node = forest.combine(test, *(own for own in both if own is not None))
            for side in (0, 1) if asked.outcome else ():
                goal = sides.root(side, self.old.flow.goal)
                if goal is None:
                    return None
                node = forest.combine(lambda yes, own: yes is True and own == asked.outcome, node, goal)
            return forest.choose(sides.possible, node, forest.terminal(False))
        except (DiagramTooLarge, RecursionError):
            return None

    def _side(self, sides: Sides, side: int) -> int | None:
        if self.asked.condition is None:
            return sides.root(side, self.asked.decision)
        sides.give_room()
        return sides.builders[side].condition(self.asked.condition.expr)

    def _formula(self, old: Symbols, new: Symbols) -> Any:
        asked, z3 = self.asked, old.z3
        if asked.condition is None:
            before, after = old.ruling(asked.decision), new.ruling(asked.decision)
            found = z3.And(z3.Not(before.null), z3.Not(same(old, before, after)))
        else:
            expr = asked.condition.expr
            found = z3.Xor(*(own.true(own.expression_in(expr, NOWHERE)) for own in (old, new)))
        goal = self.old.flow.goal
        terms = [(own, own.ruling(goal)) for own in (old, new)] if asked.outcome else []
        return z3.And(found, *(z3.And(z3.Not(term.null), term.value == own.constant(asked.outcome, term.kind))
                               for own, term in terms))  # fmt: skip

    def _real(self, old: View, new: View) -> bool:
        asked, goal = self.asked, self.old.flow.goal
        if asked.outcome and (old.value(goal) != asked.outcome or new.value(goal) != asked.outcome):
            return False
        if asked.condition is None:
            return _other_value(old.value(asked.decision), new.value(asked.decision))
        formula = asked.condition
        return _other_truth(settled(evaluate(formula, old)), settled(evaluate(formula, new)))


def _next_to(graph: Graph) -> Iterator[date]:
    """The first day after the last year of a parameter that is filled in, and the last one before its first year."""
    keys = {key for table in graph.parameters.values() if table.beyond for row in table.rows for key in row[0]}
    years = [int(own) for own in keys if isinstance(own, Decimal) and own in YEARS]
    if years and graph.clocks:
        yield from (date(max(years) + 1, 1, 1), date(min(years) - 1, 12, 31))


def _other_value(before: object, after: object) -> bool:
    return before is not None and (type(before) is not type(after) or before != after)


def _other_truth(before: object, after: object) -> bool:
    return (before is True) is not (after is True)


def _inside(domain: object, value: Any) -> bool:
    if value is None or not isinstance(domain, Between):
        return True
    return (domain.low is None or value >= domain.low) and (domain.high is None or value <= domain.high)

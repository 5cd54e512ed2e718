"""What diagrams cannot set side by side of two flows, sums and days and lists, put to z3: a citizen, or nobody.

    differs(name, outcome, how)     with this outcome in both flows a value is now lower, higher, other, gone or new
    limits(name, outcome, how)      what everybody of these has in common: the answers that nobody of them gives
    goes(of, pair, box)             somebody with these answers got the first and gets the second

Both flows get the same citizen, and the engine runs both before anybody is shown (`engine.harness.solver`). Called by
`engine.harness.compare`; tests: tests/engine/harness/test_compare_solver.py.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, Final

from engine.errors import worded
from engine.feel.analysis_z3_terms import Term, Untranslatable
from engine.feel.cells import CellTest, Kind
from engine.feel.tree import Expr
from engine.flow.model import FactType
from engine.graph.axes import DecisionAxis, OptionAxis, TermAxis
from engine.graph.cells import OTHER, FiniteCells, OrderedCells
from engine.graph.frozen import FrozenList
from engine.graph.graph import FactNode, Graph
from engine.graph.view import View
from engine.harness.claims import is_ordered, is_value
from engine.harness.compare_witness import DAY, by_clock
from engine.harness.groups import Box
from engine.harness.limits import Limits, Search
from engine.harness.shared_axes import Sides
from engine.harness.solver import SPENT, USED_UP, Answer, Claim, Solver, available
from engine.harness.symbols import Symbols
from engine.harness.symbols_compare import same
from engine.harness.symbols_expr import symbol
from engine.harness.symbols_loose import Loose
from engine.harness.symbols_order import has_same

MOST_ASKED: Final = 24
"""Questions for one comparison to which somebody may be the answer; most take some tenths of a second."""

MOST_RULED_OUT: Final = 200
"""Questions whether nobody is, whatever lists and ages come to; each takes some hundredths of a second."""

ONE_EFFORT: Final = 2_000_000
"""z3's resource limit for one of them: a second. What it gives up is counted (`engine.harness.solver.ALL_EFFORT`)."""

MOST_TRIES: Final = 120
"""Tries for the limits of all groups of one comparison; each takes some hundredths of a second."""

ASKED_ENOUGH: Final = Answer(reason=worded("the solver was asked often enough"))
OUT_OF_EFFORT: Final = frozenset((ASKED_ENOUGH.reason, USED_UP, SPENT))
"""Why nothing was said, where trying may still show somebody."""

Names = tuple[str, str]
Pair = tuple[Hashable, Hashable]
Holds = Callable[[Any, Any], bool]
WHOEVER: Final = ""
"""Stands for whichever outcome."""
LOWER, HIGHER, OTHERWISE, MOVED, GONE, NEW = "lower", "higher", "other", "moved", "gone", "new"


def moved(before: object, now: object) -> bool:
    """Whether two lists differ in the order of their items alone."""
    if not isinstance(before, list | FrozenList) or not isinstance(now, list | FrozenList):
        return False
    return tuple(before) != tuple(now) and sorted(map(str, before)) == sorted(map(str, now))


REAL: Final[Mapping[str, Holds]] = {
    LOWER: lambda before, now: before is not None and now is not None and now < before,
    HIGHER: lambda before, now: before is not None and now is not None and now > before,
    OTHERWISE: lambda before, now: None not in (before, now) and now != before and not moved(before, now),
    MOVED: moved,
    GONE: lambda before, now: before is not None and now is None,
    NEW: lambda before, now: before is None and now is not None,
}


class PairSolver:
    """See the top of this module."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.solver = Solver(sides.old, ONE_EFFORT, beside=sides.new, is_likely=True)
        self.means = Loose(symbol, sides.is_alike)
        self.loose = Solver(sides.old, ONE_EFFORT, beside=sides.new, means=self.means)
        self.asked = self.ruled_out = 0
        self.tries = MOST_TRIES

    def differs(self, name: str, outcome: str, how: str) -> Answer:
        """A citizen with this outcome in both flows for whom the value changed so."""
        return self._ask(self._difference(name, outcome, how))

    def limits(self, name: str, outcome: str, how: str, citizen: Mapping[str, Any]) -> Limits:
        """What everybody has in common for whom it changed so, as far as it can be proven; `citizen` is one of them."""
        reads = frozenset(path for graph in (self.sides.old, self.sides.new) for path in graph.rulings[name].reads)
        if not available():
            return Limits()
        try:
            return self._limits(self._difference(name, outcome, how), self._there(outcome), reads, citizen)
        except (Untranslatable, RecursionError):
            return Limits()

    def _limits(self, claim: Claim, there: Claim, reads: frozenset[str], citizen: Mapping[str, Any]) -> Limits:
        found = Limits()
        for solver in (self.loose, self.solver):  # what holds whatever the lists come to holds for every list
            fits, among = solver.posed(claim, there)
            search = Search(fits, among, reads, self.tries)
            found, self.tries = search.limits(citizen), search.tries
            if any(found.words()) or not self.means.is_used:
                break
        return found

    def _there(self, outcome: str) -> Claim:
        if outcome == WHOEVER:
            return Claim(lambda old, new: old.z3.BoolVal(True), lambda old, new: True)
        return _gets((self.sides.old.flow.goal, self.sides.new.flow.goal), (outcome, outcome))

    def _difference(self, name: str, outcome: str, how: str) -> Claim:
        there = self._there(outcome)

        def formula(old: Symbols, new: Symbols) -> Any:
            return old.z3.And(there.formula(old, new), _changed(old, old.ruling(name), new.ruling(name), how))

        def real(old: View, new: View) -> bool:
            return there.real(old, new) and REAL[how](old.value(name), new.value(name))

        return Claim(formula, real)

    def goes(self, names: Names, pair: Pair, box: Box, alike: Names | None = None) -> Answer:
        """A citizen in the box, of whom one decision of each flow has these values.

        `alike`: one decision of each flow that must come out the same.
        """
        return self._ask(self._going(names, pair, box, alike))

    def never_goes(self, names: Names, pair: Pair, alike: Names | None = None) -> bool:
        """Whether it is proven with little effort that there is nobody of whom these decisions have these values."""
        return self._is_ruled_out(self._going(names, pair, {}, alike))

    def never_differs(self, name: str, outcome: str, how: str) -> bool:
        """Whether it is proven with little effort that nobody with this outcome has his value changed so."""
        return self._is_ruled_out(self._difference(name, outcome, how))

    def _is_ruled_out(self, claim: Claim) -> bool:
        nobody = self._nobody(claim)
        return nobody is not None and not nobody.lists

    def _nobody(self, claim: Claim) -> Answer | None:
        self.ruled_out += 1
        return self.loose.nobody(claim) if self.ruled_out <= MOST_RULED_OUT else None

    def _going(self, names: Names, pair: Pair, box: Box, alike: Names | None) -> Claim:
        there, equal = _gets(names, pair), [alike] if alike is not None else []

        def formula(old: Symbols, new: Symbols) -> Any:
            inside = (self._inside(number, mask, old, new) for number, mask in box.items())
            both = (same(old, old.ruling(first), new.ruling(then)) for first, then in equal)
            return old.z3.And(there.formula(old, new), *inside, *both)

        def real(old: View, new: View) -> bool:
            return there.real(old, new) and all(old.value(first) == new.value(then) for first, then in equal)

        return Claim(formula, real)

    def ways(self, name: str) -> tuple[str, ...]:
        """How a value of this kind can change; what has no order is only other."""
        types = {graph.rulings[name].type for graph in (self.sides.old, self.sides.new)}
        is_more = all(is_ordered(own) or own is FactType.DURATION for own in types)
        other = (OTHERWISE, MOVED) if types == {FactType.CHOICES} else (OTHERWISE,)
        return (*((LOWER, HIGHER) if is_more else other), GONE, NEW)

    def _ask(self, claim: Claim) -> Answer:
        """Somebody of today where that can be; days of the clock are free otherwise."""
        if (nobody := self._nobody(claim)) is not None:
            return nobody
        self.asked += 1
        if self.asked > MOST_ASKED:
            return ASKED_ENOUGH
        if not any(_by_clock(own) for own in (self.sides.old, self.sides.new)):
            return self.solver.ask(claim)
        now = self.solver.ask(
            Claim(lambda old, new: old.z3.And(claim.formula(old, new), *_today(old, new)), claim.real)
        )
        return now if now.citizen is not None else self.solver.ask(claim)

    def _inside(self, number: int, mask: int, old: Symbols, new: Symbols) -> Any:
        axis, symbols = self.sides.axes[number], old if self.sides.owner[number] is old.graph else new
        if isinstance(axis, DecisionAxis):
            return symbols.z3.BoolVal(True)
        cells = [cell for cell in range(len(axis.cells)) if mask >> cell & 1]
        key = self.sides.keys[number]
        assert isinstance(key, tuple)
        if key[0] == "cell":
            term = _truth(symbols, key[1], key[2])
        elif isinstance(axis, TermAxis):
            term = symbols.expression(key[1])
        else:
            term = symbols.answer(axis.node, axis.node.path)
            if isinstance(axis, OptionAxis):
                has = term.value.get(axis.option, symbols.z3.BoolVal(False))
                return symbols.z3.Or([has if cell == 0 else symbols.z3.Not(has) for cell in cells])
        return symbols.z3.Or([_in_cell(symbols, term, axis.cells, cell) for cell in cells])


def _gets(names: tuple[str, str], pair: tuple[Hashable, Hashable]) -> Claim:
    """One decision of each flow has its value."""
    before, now = is_value(names[0], pair[0]), is_value(names[1], pair[1])
    return Claim(
        lambda old, new: old.z3.And(before.formula(old), now.formula(new)),
        lambda old, new: before.real(old) and now.real(new),
    )


def _by_clock(graph: Graph) -> list[FactNode]:
    return [node for node in graph.facts.values() if not node.list and by_clock(node)]


def _today(*both: Symbols) -> Iterator[Any]:
    for symbols in both:
        for node in _by_clock(symbols.graph):
            term = symbols.answer(node, node.path)
            yield term.value == symbols.constant(DAY, term.kind)


def _changed(symbols: Symbols, before: Term, now: Term, how: str) -> Any:
    z3 = symbols.z3
    if how == GONE:
        return z3.And(z3.Not(before.null), now.null)
    if how == NEW:
        return z3.And(before.null, z3.Not(now.null))
    known = z3.And(z3.Not(before.null), z3.Not(now.null))
    if how in (OTHERWISE, MOVED):
        other = z3.And(known, z3.Not(same(symbols, before, now)))
        if before.kind is not Kind.CHOICES or now.kind is not Kind.CHOICES:
            return other
        alike = has_same(z3, before.value, now.value)
        return z3.And(other, alike if how == MOVED else z3.Not(alike))
    return z3.And(known, now.value < before.value if how == LOWER else now.value > before.value)


def _truth(symbols: Symbols, head: Expr, test: CellTest) -> Term:
    """A cell of a table as a condition."""
    term = symbols.expression(head)
    return symbols.truth(symbols.cells.holds(test, term), symbols.cells.fails(test, term))


def _in_cell(symbols: Symbols, term: Term, cells: FiniteCells | OrderedCells, cell: int) -> Any:
    """When a raw answer lies in a cell of its axis."""
    z3 = symbols.z3
    if isinstance(cells, FiniteCells):
        value = cells.values[cell]
        if value is OTHER:
            return z3.And([z3.Not(_is(symbols, term, own)) for own in cells.values if own is not OTHER])
        return _is(symbols, term, value)
    at, is_point = divmod(cells.slots[cell], 2)
    if is_point:
        return _is(symbols, term, cells.cuts[at] if at < len(cells.cuts) else None)
    known = z3.Not(term.null)
    low = [term.value > symbols.constant(cells.cuts[at - 1], term.kind)] if at > 0 else []
    high = [term.value < symbols.constant(cells.cuts[at], term.kind)] if at < len(cells.cuts) else []
    return z3.And(known, *low, *high)


def _is(symbols: Symbols, term: Term, value: Any) -> Any:
    options = tuple(term.value) if term.kind is Kind.CHOICES else ()
    return same(symbols, term, symbols.value(value, term.kind, options))

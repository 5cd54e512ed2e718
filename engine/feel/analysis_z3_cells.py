"""Cells as z3 formulas: when a cell is true and when it is false for a term; otherwise it is null.

The same meaning as `engine.feel.cells.holds`, which a property test compares. Called by `engine.feel.analysis_z3`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.feel import tree
from engine.feel.analysis_z3_terms import Term, Terms, Untranslatable
from engine.feel.cells import (
    All,
    AnyOf,
    Anything,
    CellTest,
    Compare,
    Has,
    Interval,
    Kind,
    Not,
    OneOf,
    Only,
    names_unsure,
)
from engine.feel.unsure import UNSURE

Truth = tuple[Any, Any]
"""When it is true, when it is false."""

_WORDS = frozenset({Kind.CHOICE, Kind.TEXT})
_UNORDERED = _WORDS | {Kind.BOOLEAN, Kind.CHOICES}


@dataclass(frozen=True, slots=True)
class Cells:
    """Translates cells with one set of terms."""

    z3: Any
    terms: Terms

    def holds(self, test: CellTest, term: Term) -> Any:
        """When the cell matches. Raises Untranslatable."""
        if isinstance(test, Anything):
            return self.z3.BoolVal(True)
        true, _ = self._truth(test, term)
        return self.z3.If(term.unsure, self.z3.BoolVal(names_unsure(test)), true)

    def fails(self, test: CellTest, term: Term) -> Any:
        """When the cell does not match; neither holds where that cannot be said of null. Raises Untranslatable."""
        _, false = self._truth(test, term)
        return self.z3.If(term.unsure, self.z3.BoolVal(not (isinstance(test, Anything) or names_unsure(test))), false)

    def _truth(self, test: CellTest, term: Term) -> Truth:
        """For a value that is not UNSURE."""
        if isinstance(test, Anything):
            return self.z3.BoolVal(True), self.z3.BoolVal(False)
        if isinstance(test, OneOf):
            true = self.z3.Or([self._equals(term, value) for value in test.values])
            return true, self.z3.Not(true)
        if isinstance(test, Interval):
            return self._unless_null(term, self._within(test, term))
        if isinstance(test, Not):
            true, false = self._truth(test.test, term)
            return false, true
        if isinstance(test, AnyOf):
            truths = [self._truth(each, term) for each in test.tests]
            return self.z3.Or([true for true, _ in truths]), self.z3.And([false for _, false in truths])
        if isinstance(test, Compare):
            return self._compared(test, term)
        return self._unless_null(term, self._chosen(test, term))

    def _unless_null(self, term: Term, true: Any) -> Truth:
        known = self.z3.Not(term.null)
        return self.z3.And(known, true), self.z3.And(known, self.z3.Not(true))

    def _equals(self, term: Term, value: object) -> Any:
        if value is None:
            return term.null
        if value is UNSURE:
            return self.z3.BoolVal(False)
        if term.kind is Kind.CHOICES:
            raise Untranslatable("a set as a constant")
        return self.z3.And(self.z3.Not(term.null), term.value == self.terms.constant(value, term.kind))

    def _within(self, test: Interval, term: Term) -> Any:
        if term.kind in _UNORDERED:
            raise Untranslatable("an order of texts")
        parts: list[Any] = []
        if test.low is not None:
            low = self.terms.constant(test.low, term.kind)
            parts.append(term.value >= low if test.low_closed else term.value > low)
        if test.high is not None:
            high = self.terms.constant(test.high, term.kind)
            parts.append(term.value <= high if test.high_closed else term.value < high)
        return self.z3.And(parts)

    def _compared(self, test: Compare, term: Term) -> Truth:
        assert isinstance(test.right, tree.Expr)
        right = self.terms.expression(test.right)
        if term.kind is not right.kind and not {term.kind, right.kind} <= _WORDS:
            raise Untranslatable(f"{term.kind} {test.order} {right.kind}")
        both = self.z3.And(self.z3.Not(term.null), self.z3.Not(right.null), self.z3.Not(right.unsure))
        if test.order in ("=", "!="):
            same = self.z3.Or(self.z3.And(term.null, right.null), self.z3.And(both, term.value == right.value))
            return (same, self.z3.Not(same)) if test.order == "=" else (self.z3.Not(same), same)
        if term.kind in _UNORDERED:
            raise Untranslatable("an order of texts")
        one, two = term.value, right.value
        orders = {"<": one < two, "<=": one <= two, ">": one > two, ">=": one >= two}
        true = orders[test.order]
        return self.z3.And(both, true), self.z3.And(both, self.z3.Not(true))

    def _chosen(self, test: CellTest, term: Term) -> Any:
        assert isinstance(test, Has | All | Only)
        if term.kind is not Kind.CHOICES:
            raise Untranslatable("a set of options")
        named = [term.value[option] for option in test.options if option in term.value]
        if isinstance(test, Has):
            return self.z3.Or(named)
        if isinstance(test, All):
            return self.z3.And(named) if len(named) == len(test.options) else self.z3.BoolVal(False)
        others = [bit for option, bit in term.value.items() if option not in test.options]
        return self.z3.And(self.z3.Or(named), *(self.z3.Not(bit) for bit in others))

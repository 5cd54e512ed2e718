"""Comparisons of two terms, with null and UNSURE as FEEL has them (DMN 1.5, 10.3.2.8). Used by other `symbols_*`."""

from __future__ import annotations

from typing import Any

from engine.errors import worded
from engine.feel.analysis_z3_terms import Term, Untranslatable
from engine.feel.cells import Kind
from engine.harness.symbols import Symbols
from engine.harness.symbols_order import equal

WORDS = frozenset({Kind.CHOICE, Kind.TEXT})


def compare(symbols: Symbols, op: str, left: Term, right: Term) -> Term:
    """`left op right` with null and UNSURE as FEEL has them."""
    z3 = symbols.z3
    known = z3.And(z3.Not(left.null), z3.Not(right.null), z3.Not(left.unsure), z3.Not(right.unsure))
    apart = left.kind is not right.kind and not {left.kind, right.kind} <= WORDS
    if op in ("=", "!="):
        if apart:  # only null and UNSURE can be equal
            alike = z3.Or(z3.And(left.null, right.null), z3.And(left.unsure, right.unsure))
            if not (_empty(symbols, left) or _empty(symbols, right)):
                raise Untranslatable(f"{left.kind} {op} {right.kind}")
        else:
            alike = same(symbols, left, right)
        return symbols.truth(alike, z3.Not(alike)) if op == "=" else symbols.truth(z3.Not(alike), alike)
    if apart:
        if symbols.is_nothing(left) or symbols.is_nothing(right):
            return symbols.value(None, Kind.BOOLEAN)
        raise Untranslatable(f"{left.kind} {op} {right.kind}")
    if left.kind in (*WORDS, Kind.BOOLEAN, Kind.CHOICES):
        raise Untranslatable(worded("an order of texts"))
    one, two = left.value, right.value
    true = {"<": one < two, "<=": one <= two, ">": one > two, ">=": one >= two}[op]
    return symbols.truth(z3.And(known, true), z3.And(known, z3.Not(true)))


def _empty(symbols: Symbols, term: Term) -> bool:
    """Always null, or always UNSURE."""
    return symbols.is_nothing(term) or bool(symbols.z3.is_true(symbols.z3.simplify(term.unsure)))


def same(symbols: Symbols, left: Term, right: Term) -> Any:
    """When two terms of one kind have the same value, or both are null."""
    z3 = symbols.z3
    alike = equal(z3, left.value, right.value) if left.kind is Kind.CHOICES else left.value == right.value
    known = z3.And(z3.Not(left.null), z3.Not(right.null), z3.Not(z3.Xor(left.unsure, right.unsure)))
    return z3.Or(z3.And(left.null, right.null), z3.And(known, z3.Or(left.unsure, alike)))

"""Lists of options as z3 terms: which options are in it, and in what order they stand.

    plain dict      option -> whether it is in the list; those that are stand in the order of the dict
    Listed          the same, and for each option its place: of two that are in the list the lower one stands first

Two lists are equal when they hold the same options in the same order (FEEL, DMN 1.5, 10.3.2.13). Only rules of `hit:
rule order`, and choices between differently written lists, make a `Listed`: everything else keeps the options' order
and costs no place. Used by `engine.harness.symbols`, `symbols_compare`, `symbols_rows` and `compare_solver`; tests:
tests/engine/harness/test_lists_in_order.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from engine.feel.analysis_z3_terms import Term
from engine.feel.cells import Kind

Bits = Mapping[str, Any]


class Listed(dict[str, Any]):
    """See the top of this module. Every place is at least 0 and below `most`."""

    def __init__(self, bits: Bits, places: Mapping[str, Any], most: int) -> None:
        super().__init__(bits)
        self.places = places
        self.most = most


def places(z3: Any, bits: Bits) -> tuple[Mapping[str, Any], int]:
    """The place of each option, and what every place is below."""
    if isinstance(bits, Listed):
        return bits.places, bits.most
    return {name: z3.IntVal(at) for at, name in enumerate(bits)}, len(bits)


def _in_order(names: Sequence[str], bits: Bits) -> bool:
    """Whether the names stand in the order in which a plain list has them."""
    return not isinstance(bits, Listed) and [name for name in names if name in bits] == list(bits)


def has_same(z3: Any, left: Bits, right: Bits) -> Any:
    """When two lists have the same options, in whatever order."""
    return z3.And([left.get(name, False) == right.get(name, False) for name in dict.fromkeys((*left, *right))])


def equal(z3: Any, left: Bits, right: Bits) -> Any:
    """When two lists have the same options in the same order."""
    names = tuple(dict.fromkeys((*left, *right)))
    alike = has_same(z3, left, right)
    if _in_order(names, left) and _in_order(names, right):
        return alike
    one, two = (places(z3, bits)[0] for bits in (left, right))
    common = [name for name in names if name in left and name in right]
    ordered = [
        z3.Implies(z3.And(left[a], left[b]), (one[a] < one[b]) == (two[a] < two[b])) for a, b in combinations(common, 2)
    ]
    return z3.And(alike, *ordered)


def either(z3: Any, condition: Any, then: Bits, otherwise: Bits) -> Bits:
    """The one list where the condition is true, else the other."""
    names, never = tuple(dict.fromkeys((*then, *otherwise))), z3.BoolVal(False)
    bits = {name: z3.If(condition, then.get(name, never), otherwise.get(name, never)) for name in names}
    if _in_order(names, then) and _in_order(names, otherwise):
        return bits
    (one, most), (two, more) = (places(z3, own) for own in (then, otherwise))
    nought = z3.IntVal(0)
    found = {name: z3.If(condition, one.get(name, nought), two.get(name, nought)) for name in names}
    return Listed(bits, found, max(most, more))


def in_rows(z3: Any, bits: Bits, holds: Sequence[Any], outputs: Sequence[Term], gives: Sequence[Bits]) -> Bits:
    """The options in the order of the rows: each where the first row stands that holds and gives it (`gives`)."""
    inner = [places(z3, own.value) if own.kind is Kind.CHOICES else ({}, 1) for own in outputs]
    width = max((most for _, most in inner), default=1)
    found: dict[str, Any] = {}
    for name in bits:
        place = z3.IntVal(0)
        for row in range(len(holds) - 1, -1, -1):
            own = row * width + inner[row][0].get(name, z3.IntVal(0))
            place = z3.If(z3.And(holds[row], gives[row][name]), own, place)
        found[name] = place
    return Listed(bits, found, max(1, width * len(holds)))

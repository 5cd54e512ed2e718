"""Formulas for z3 kept linear where they can be: z3 decides those quickly and surely, and gives up on others.

    times, divided      one side can only be a few figures: each case apart, in which it is a constant
                        2 * x / people, people 1..10  ->  2 * x / 1 where people = 1, 2 * x / 2 where people = 2, ...
    each_case           a rounding of "this or that": this rounded or that rounded
    is_on_grid          what is a multiple of the unit already: nothing to round

The terms stay equal; only their shape differs. Called by `engine.harness.symbols` and the modules beside it; tests:
tests/engine/harness/test_symbols_linear.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any, Final

MOST: Final = 16
"""Figures that are told apart one by one."""
MOST_CASES: Final = 64
"""Cases of one term that are rounded one by one."""

Figures = frozenset[Fraction]


def few_steps(name: str, low: Decimal | None, high: Decimal | None, step: Decimal) -> dict[str, Figures]:
    """What a variable can be that counts steps from 0, where that is no more than `MOST` figures."""
    if low is None or high is None or (high - low) / step >= MOST:
        return {}
    return {name: frozenset(map(Fraction, range(int(low / step), int(high / step) + 1)))}


def times(z3: Any, few: Mapping[str, Figures], left: Any, right: Any) -> Any:
    """`left * right`. `few`: what a variable can be, by its name."""
    left, right = _plain(z3, left), _plain(z3, right)
    if not (is_number(z3, left) or is_number(z3, right)):
        for one, other in ((left, right), (right, left)):
            figures = figures_of(z3, few, one)
            if figures:
                return _by_case(z3, one, {own: _scaled(z3, _where(z3, other, one, own), own) for own in figures})
    return left * right


def divided(z3: Any, few: Mapping[str, Figures], left: Any, right: Any) -> Any:
    """`left / right`; where `right` is nought, anything."""
    right = _plain(z3, right)
    figures = None if is_number(z3, right) else figures_of(z3, few, right)
    cases = {own: _scaled(z3, _where(z3, left, right, own), 1 / own) for own in figures or () if own}
    return _by_case(z3, right, cases) if cases else left / right


def _where(z3: Any, term: Any, one: Any, figure: Fraction) -> Any:
    """What a term comes to where another one is this figure."""
    return z3.substitute(term, (one, number(z3, figure)))


def _scaled(z3: Any, term: Any, by: Fraction) -> Any:
    return each_case(z3, term, lambda own: own * number(z3, by))


def _by_case(z3: Any, term: Any, cases: Mapping[Fraction, Any]) -> Any:
    *rest, last = sorted(cases)
    found = cases[last]
    for own in reversed(rest):
        found = z3.If(term == number(z3, own), cases[own], found)
    return found


def _plain(z3: Any, term: Any) -> Any:
    """A term that comes to a constant as that one; any other as it is, so that what stands in it is found."""
    found = z3.simplify(term)
    return found if is_number(z3, found) else term


def is_number(z3: Any, term: Any) -> bool:
    """Whether a term is a constant as it stands."""
    return bool(z3.is_rational_value(term) or z3.is_int_value(term))


def number(z3: Any, figure: Fraction) -> Any:
    """A constant."""
    return z3.RealVal(f"{figure.numerator}/{figure.denominator}")


def _figure(z3: Any, term: Any) -> Fraction:
    found: Fraction = term.as_fraction() if z3.is_rational_value(term) else Fraction(term.as_long())
    return found


def figures_of(z3: Any, few: Mapping[str, Figures], term: Any) -> Figures | None:
    """What a term can be at most; None where that is more than `MOST`."""
    known: dict[int, Figures | None] = {}

    def found(own: Any) -> Figures | None:
        key = own.get_id()
        if key not in known:
            known[key] = made(own)
        return known[key]

    def made(own: Any) -> Figures | None:
        if is_number(z3, own):
            return frozenset((_figure(z3, own),))
        kind, parts = own.decl().kind(), own.children()
        if not parts:
            return few.get(own.decl().name())
        if kind == z3.Z3_OP_ITE:
            return _together(found(parts[1]), found(parts[2]))
        if kind == z3.Z3_OP_TO_REAL:
            return found(parts[0])
        return _computed(z3, kind, [found(part) for part in parts])

    return found(term)


def _together(one: Figures | None, two: Figures | None) -> Figures | None:
    return None if one is None or two is None else _bounded(one | two)


def _bounded(figures: Figures) -> Figures | None:
    return figures if len(figures) <= MOST else None


def _computed(z3: Any, kind: int, parts: list[Figures | None]) -> Figures | None:
    """Sums, differences and products of a few figures."""
    ways: dict[int, Callable[[Fraction, Fraction], Fraction]] = {
        z3.Z3_OP_ADD: lambda one, two: one + two,
        z3.Z3_OP_SUB: lambda one, two: one - two,
        z3.Z3_OP_MUL: lambda one, two: one * two,
    }
    found, rest = parts[0], parts[1:]
    if kind == z3.Z3_OP_UMINUS and found is not None:
        return frozenset(-own for own in found)
    if kind not in ways:
        return None
    for part in rest:
        if found is None or part is None:
            return None
        found = _bounded(frozenset(ways[kind](*both) for both in product(found, part)))
    return found


# -- roundings


def each_case(z3: Any, term: Any, change: Callable[[Any], Any]) -> Any:
    """`change` of a term, taken into its cases; of the whole where there are too many of them."""
    if _cases(z3, term, MOST_CASES) > MOST_CASES:
        return change(term)

    def made(own: Any) -> Any:
        if z3.is_app_of(own, z3.Z3_OP_ITE):
            condition, then, otherwise = own.children()
            return z3.If(condition, made(then), made(otherwise))
        return _plain(z3, change(_plain(z3, own)))

    return made(term)


def is_choice(z3: Any, term: Any) -> bool:
    """Whether a term is one variable or constant or another, by cases that are few."""
    if not z3.is_app_of(term, z3.Z3_OP_ITE) or _cases(z3, term, MOST_CASES) > MOST_CASES:
        return False
    waiting = [term]
    while waiting:
        own = waiting.pop()
        if z3.is_app_of(own, z3.Z3_OP_ITE):
            waiting += own.children()[1:]
        elif not (is_number(z3, own) or z3.is_const(own)):
            return False
    return True


def _cases(z3: Any, term: Any, most: int) -> int:
    """How many cases a term has, no further than just above `most`."""
    waiting, found = [term], 0
    while waiting and found <= most:
        own = waiting.pop()
        if z3.is_app_of(own, z3.Z3_OP_ITE):
            waiting += own.children()[1:]
        else:
            found += 1
    return found


def is_on_grid(z3: Any, term: Any, unit: Fraction) -> bool:
    """Whether it is plain that a term is always a multiple of the unit."""
    if is_number(z3, term):
        return (_figure(z3, term) / unit).denominator == 1
    kind, parts = term.decl().kind(), term.children()
    if kind == z3.Z3_OP_TO_REAL:
        return (1 / unit).denominator == 1
    if kind == z3.Z3_OP_MUL and len(parts) == 2 and z3.is_app_of(parts[1], z3.Z3_OP_TO_REAL):
        return is_number(z3, parts[0]) and is_on_grid(z3, parts[0], unit)
    if kind == z3.Z3_OP_MUL and len(parts) == 2 and z3.is_app_of(parts[0], z3.Z3_OP_TO_REAL):
        return is_number(z3, parts[1]) and is_on_grid(z3, parts[1], unit)
    if kind in (z3.Z3_OP_ADD, z3.Z3_OP_SUB, z3.Z3_OP_UMINUS):
        return all(is_on_grid(z3, own, unit) for own in parts)
    return kind == z3.Z3_OP_ITE and all(is_on_grid(z3, own, unit) for own in parts[1:])

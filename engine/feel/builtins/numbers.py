"""Numeric functions (DMN 1.5, 10.3.4.5). Rounding takes a number of decimals, negative for tens and hundreds."""

from __future__ import annotations

from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from functools import lru_cache
from typing import Final

from engine.feel.arithmetic import finite
from engine.feel.decimals import FEEL_CONTEXT
from engine.feel.registry import built_in
from engine.feel.run import Run
from engine.feel.values import YearsMonths

_SCALES: Final = range(-6111, 6177)
_WIDE: Final = Context(prec=12_500, Emin=-999_999, Emax=999_999, traps=[])


def rounded(run: Run, number: Decimal, scale: int, rounding: str) -> object:
    """`number` with `scale` decimals; null where FEEL has no such number."""
    if scale not in _SCALES:
        return run.null("The number of decimals lies between -6111 and 6176.")
    if not number.is_finite():
        return run.null("This is no number.")
    if scale == 0:
        return FEEL_CONTEXT.plus(number.to_integral_value(rounding))
    made = number.quantize(_unit(scale), rounding, FEEL_CONTEXT)
    if made.is_nan():
        made = FEEL_CONTEXT.plus(number.quantize(_unit(scale), rounding, _WIDE))
    return finite(made)


@lru_cache(maxsize=64)
def _unit(scale: int) -> Decimal:
    return Decimal((0, (1,), -scale))


@built_in("decimal", "number", "integer")
def decimal(run: Run, number: Decimal, scale: int) -> object:
    return rounded(run, number, scale, ROUND_HALF_EVEN)


@built_in("floor", "number", "integer")
@built_in("floor", "number")
def floor(run: Run, number: Decimal, scale: int = 0) -> object:
    return rounded(run, number, scale, ROUND_FLOOR)


@built_in("ceiling", "number", "integer")
@built_in("ceiling", "number")
def ceiling(run: Run, number: Decimal, scale: int = 0) -> object:
    return rounded(run, number, scale, ROUND_CEILING)


@built_in("round up", "number", "integer")
def round_up(run: Run, number: Decimal, scale: int) -> object:
    return rounded(run, number, scale, ROUND_UP)


@built_in("round down", "number", "integer")
def round_down(run: Run, number: Decimal, scale: int) -> object:
    return rounded(run, number, scale, ROUND_DOWN)


@built_in("round half up", "number", "integer")
def round_half_up(run: Run, number: Decimal, scale: int) -> object:
    return rounded(run, number, scale, ROUND_HALF_UP)


@built_in("round half down", "number", "integer")
def round_half_down(run: Run, number: Decimal, scale: int) -> object:
    return rounded(run, number, scale, ROUND_HALF_DOWN)


@built_in("abs", "number")
def absolute_number(_: Run, number: Decimal) -> object:
    return FEEL_CONTEXT.abs(number)


@built_in("abs", "length")
def absolute_length(_: Run, length: timedelta | YearsMonths) -> object:
    return YearsMonths(abs(length.months)) if isinstance(length, YearsMonths) else abs(length)


@built_in("modulo", "number", "number")
def modulo(run: Run, dividend: Decimal, divisor: Decimal) -> object:
    """dividend - divisor * floor(dividend / divisor): takes the sign of the divisor."""
    if not divisor or not dividend.is_finite() or not divisor.is_finite():
        return run.null("Nothing can be divided by zero.")
    if abs(dividend.adjusted() - divisor.adjusted()) > 6000:
        return run.null("These numbers are too far apart.")
    rest = _WIDE.remainder(dividend, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = _WIDE.add(rest, divisor)
    return finite(FEEL_CONTEXT.plus(rest))


@built_in("sqrt", "number")
def sqrt(run: Run, number: Decimal) -> object:
    root = finite(FEEL_CONTEXT.sqrt(number))
    return root if root is not None else run.null("This number has no square root.")


@built_in("log", "number")
def log(run: Run, number: Decimal) -> object:
    logarithm = finite(FEEL_CONTEXT.ln(number))
    return logarithm if logarithm is not None else run.null("Only a number above zero has a logarithm.")


@built_in("exp", "number")
def exp(run: Run, number: Decimal) -> object:
    power = finite(FEEL_CONTEXT.exp(number))
    return power if power is not None else run.null("This power is too large.")


def _halves(run: Run, number: Decimal) -> Decimal | None:
    if not number.is_finite() or number != number.to_integral_value():
        return run.null("Only whole numbers are odd or even.")
    return Decimal(0) if number.adjusted() > 34 else _WIDE.remainder(number, Decimal(2))


@built_in("odd", "number")
def odd(run: Run, number: Decimal) -> object:
    rest = _halves(run, number)
    return None if rest is None else rest != 0


@built_in("even", "number")
def even(run: Run, number: Decimal) -> object:
    rest = _halves(run, number)
    return None if rest is None else rest == 0

"""Inputs as callers give them, made into the values FEEL works on, and found under any of their names.

    int, float, Decimal                        number: 34 digits; what is none (infinity, NaN, too large) is null
    subclasses of str, date, time ...          the plain kind
    a mapping, list or tuple                   context or list, deeply; deeper than MAX_DEPTH null
    what FEEL has itself (`engine.feel.values`) as it is
    anything else                              null

Caller: `engine.dmn.evaluation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from engine.feel.decimals import FEEL_CONTEXT
from engine.feel.functions import Function
from engine.feel.names_in_scope import normal
from engine.feel.registry import BuiltIn
from engine.feel.values import FarDate, FarDateTime, FineDateTime, FineTime, Range, YearsMonths

MAX_DEPTH: Final = 200
_PLAIN: Final = frozenset((type(None), bool, str, date, datetime, time, timedelta))
_KEPT: Final = (FarDate, FarDateTime, FineTime, FineDateTime, Range, YearsMonths, Function, BuiltIn)


def plain(inputs: object) -> dict[str, object]:
    """The inputs with their names in normal spelling and their values as FEEL has them; none of what is no mapping."""
    if not isinstance(inputs, Mapping):
        return {}
    return {normal(str(name)): feel_value(value) for name, value in inputs.items()}


def feel_value(value: object, depth: int = 0) -> object:
    """The FEEL value of a Python value, as the table above says."""
    if type(value) in _PLAIN or isinstance(value, _KEPT):
        return value
    if depth > MAX_DEPTH:
        return None
    if isinstance(value, Mapping):
        return {str(key): feel_value(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [feel_value(item, depth + 1) for item in value]
    return next((made(value) for kind, made in _MADE if isinstance(value, kind)), None)


def _number(value: int | float | Decimal) -> Decimal | None:
    """The decimal that a number is written as."""
    written = repr(value) if isinstance(value, float) else value
    number = FEEL_CONTEXT.create_decimal(written)
    return number if number.is_finite() else None


def _moment(value: datetime) -> datetime:
    return datetime.combine(date(value.year, value.month, value.day), value.timetz())


def _clock(value: time) -> time:
    return time(value.hour, value.minute, value.second, value.microsecond, value.tzinfo, fold=value.fold)


_MADE: Final[tuple[tuple[type | tuple[type, ...], Callable[[Any], object]], ...]] = (
    (str, str.__str__),
    ((int, float, Decimal), _number),
    (datetime, _moment),
    (date, lambda value: date(value.year, value.month, value.day)),
    (time, _clock),
    (timedelta, lambda value: timedelta(value.days, value.seconds, value.microseconds)),
)
"""The more particular kind first: a datetime is a date."""


def found_input(inputs: Mapping[str, object], paths: Sequence[tuple[str, ...]], names: Iterable[str]) -> object:
    """The value given for an element: as `prefix.name`, inside a context `prefix`, or by its bare name; else null."""
    for name in map(normal, names):
        for path in paths:
            dotted = ".".join((*path, name))
            if dotted in inputs:
                return inputs[dotted]
            below = _inside(inputs, path)
            if below is not None and name in below:
                return below[name]
        if name in inputs:
            return inputs[name]
    return None


def _inside(inputs: Mapping[str, object], path: tuple[str, ...]) -> Mapping[str, object] | None:
    level: Mapping[str, object] = inputs
    for step in path:
        below = level.get(step)
        if not isinstance(below, dict):
            return None
        level = below
    return level

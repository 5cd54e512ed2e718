"""Inputs as callers give them, made into the values FEEL works on, and found under any of their names.

Caller: `engine.dmn.evaluation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from engine.feel.names_in_scope import normal


def plain(inputs: Mapping[str, object]) -> dict[str, object]:
    """The inputs with their names in normal spelling and every number a Decimal."""
    return {normal(name): feel_value(value) for name, value in inputs.items()}


def feel_value(value: object) -> object:
    """An int or float becomes the Decimal that it is written as; a tuple a list, a mapping a dict; all deeply.

    What is no number (infinity, NaN) becomes null.
    """
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, int | float | Decimal):
        number = value if isinstance(value, Decimal) else Decimal(repr(value))
        return number if number.is_finite() else None
    if isinstance(value, Mapping):
        return {str(key): feel_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [feel_value(item) for item in value]
    return value


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

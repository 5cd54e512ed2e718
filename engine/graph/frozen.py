"""FEEL values as hashable ones and back: what a diagram's terminal can hold.

    [1, 2]     -> FrozenList((1, 2))             {"a": 1}  -> FrozenContext((("a", 1),))            others as they are

Called by `engine.graph.decide` and its siblings only.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any


class FrozenList(tuple[Any, ...]):
    """A list as a hashable value."""

    __slots__ = ()


class FrozenContext(tuple[Any, ...]):
    """A context as a hashable value: its pairs in order."""

    __slots__ = ()


class Unfreezable(Exception):
    """A value that no terminal can hold, such as a function."""


def freeze(value: Any) -> Hashable:
    """The hashable twin of a value. Raises Unfreezable where there is none."""
    if isinstance(value, list):
        return FrozenList(freeze(item) for item in value)
    if isinstance(value, dict):
        return FrozenContext((key, freeze(own)) for key, own in value.items())
    if not isinstance(value, Hashable) or callable(value):
        raise Unfreezable
    return value


def thaw(value: Any) -> Any:
    """The value whose twin this is."""
    if isinstance(value, FrozenList):
        return [thaw(item) for item in value]
    if isinstance(value, FrozenContext):
        return {key: thaw(own) for key, own in value}
    return value

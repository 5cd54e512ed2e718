"""What the model expects at each place of the tree, read off the pydantic models themselves.

So there is one truth: which keys exist, which of them are texts (translatable, quoted inside `{ }`), which are
lists or names. Used by `engine.flow.merge` (translations), `engine.flow.sentences` (did you mean) and the docs test.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from engine.flow.model_base import Frozen, Text


@dataclass(frozen=True, slots=True)
class Leaf:
    """Text that is no text for people: an id, a number, an expression."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text for people, one per language."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Any number of the same."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Named:
    """Any number of the same, by name."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Keyed:
    """A model with keys of its own."""

    model: type[Frozen]

    def fields(self) -> Mapping[str, Shape]:
        """Every key as it stands in the file, with the shape of its value."""
        return _fields(self.model)


Shape = Leaf | Words | Listed | Named | Keyed


@cache
def _fields(model: type[Frozen]) -> Mapping[str, Shape]:
    return {field.alias or name: shape_of(field.annotation) for name, field in model.model_fields.items()}


def shape_of(annotation: Any) -> Shape:
    """The shape of what an annotation describes."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape_of(arguments[0])
    if origin in (Union, types.UnionType):
        return shape_of(next(part for part in arguments if part is not type(None)))
    if origin is tuple:
        return Listed(shape_of(arguments[0]))
    if origin in (dict, Mapping):
        return Named(shape_of(arguments[1]))
    if isinstance(annotation, type) and issubclass(annotation, Text):
        return Words()
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return Keyed(annotation)
    return Leaf()


def key_of(shape: Shape | None, path: tuple[str | int, ...]) -> Shape | None:
    """The shape at the end of a path below `shape`; None where the path leaves the model."""
    for step in path:
        if isinstance(shape, Keyed):
            shape = shape.fields().get(str(step))
        elif isinstance(shape, Listed | Named):
            shape = shape.item if isinstance(shape, Named) or isinstance(step, int) else key_of(shape.item, (step,))
        else:
            return None
    return shape

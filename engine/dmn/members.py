"""The names that may follow a dot or stand in a filter somewhere in a set of models.

FEEL names may hold spaces, so a parser must know them beforehand: components of types, entries of contexts, columns
of relations and outputs of tables, parameters, and the elements of the models themselves (behind an import's name).
Caller: `engine.dmn.library`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from engine.dmn.model import (
    ContextEntry,
    Definitions,
    Element,
    ItemDefinition,
    OutputClause,
    Variable,
)

NAMED = (ContextEntry, ItemDefinition, OutputClause, Variable, Element)


def member_names(models: Iterable[Definitions]) -> frozenset[str]:
    """Every such name in the models."""
    return frozenset(name for model in models for name in _names(model) if name)


def _names(root: object) -> Iterator[str]:
    waiting: list[object] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            waiting.extend(item)
            continue
        if isinstance(item, NAMED):
            yield item.name
        if is_dataclass(item):
            waiting.extend(getattr(item, part.name) for part in fields(item))

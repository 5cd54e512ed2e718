"""The names that may follow a dot or stand in a filter somewhere in a set of models.

FEEL names may hold spaces, so a parser must know such names beforehand: components of types, entries of contexts,
columns of relations and outputs of tables, parameters, and the elements of imported models (behind the import's name).
A name of one word needs no announcing. Callers: `engine.dmn.library`, `engine.graph.from_dmn`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Final

from engine.dmn.model import (
    ContextEntry,
    Definitions,
    Element,
    ItemDefinition,
    OutputClause,
    Variable,
)

NAMED: Final = (ContextEntry, ItemDefinition, OutputClause, Variable)
WORD: Final = re.compile(r"\w+")


def member_names(models: Iterable[Definitions]) -> frozenset[str]:
    """Every such name in the models, those of elements only where one model may import another."""
    all_models = tuple(models)
    found = (name for model in all_models for name in _names(model, elements=len(all_models) > 1))
    return frozenset(name for name in found if name and not WORD.fullmatch(name))


def _names(root: object, elements: bool) -> Iterator[str]:
    waiting: list[object] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            waiting.extend(item)
            continue
        if isinstance(item, NAMED):
            yield item.name
        if is_dataclass(item):
            own = isinstance(item, Element) and not elements
            waiting.extend(getattr(item, part.name) for part in fields(item) if not (own and part.name == "variable"))

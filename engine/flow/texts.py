"""Every text of a flow with its path, as the file writes it, for checks and rules that look at all of them.

A part of a flow is searched once for all versions in which it says the same (`engine.flow.parts`). Tests:
tests/engine/flow/test_texts.py.
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from engine.flow.model import Flow
from engine.flow.model_base import Text
from engine.flow.outputs import written
from engine.flow.parts import PerPart
from engine.flow.positions import Path

Placed = tuple[Path, Text]
_WITHOUT: Final = (str, bool, int, Enum, type(None))


def texts_of(value: Any, path: Path = ()) -> list[Placed]:
    """The texts in a part of a flow, in the order of its model."""
    found: list[Placed] = []
    _collect(written(value) if isinstance(value, Flow) else value, path, found)
    return found


def _collect(value: Any, path: Path, found: list[Placed]) -> None:
    if isinstance(value, _WITHOUT):
        return
    if isinstance(value, Text):
        found.append((path, value))
    elif isinstance(value, Flow):
        _fields(value, path, found)
    elif isinstance(value, BaseModel):
        found += [((*path, *within), text) for within, text in _PARTS.of(value)]
    elif isinstance(value, dict):
        for key, part in value.items():
            _collect(part, (*path, key), found)
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            _collect(part, (*path, number), found)


def _fields(value: BaseModel, path: Path, found: list[Placed]) -> None:
    own = value.__dict__
    for name, key in keys_of(type(value)):
        part = own[name]
        if part is not None:
            _collect(part, (*path, key), found)


def _alone(part: BaseModel) -> tuple[Placed, ...]:
    """The texts of a part, by their paths within it."""
    found: list[Placed] = []
    _fields(part, (), found)
    return tuple(found)


_PARTS: Final = PerPart(_alone)


@cache
def keys_of(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a model, each with its key in the file."""
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())

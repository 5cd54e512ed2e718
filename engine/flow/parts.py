"""What is worked out of one part of a flow, once for all parts that say the same: of versions most parts are equal.

    said = PerPart(make)
    said.of(fact)               make(fact), or what came out of it for an equal part of this or another version

A part is known by what its model says, every text and figure of it; `make` must look at nothing else. Used by
`engine.flow.versions` and `texts`, `engine.harness.affected` and `engine.lint.rules.unused`; tests:
tests/engine/flow/test_parts.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from pydantic import BaseModel

MOST = 4_096
"""Parts that are remembered; when there are more, all are forgotten."""

Found = TypeVar("Found")


class PerPart(Generic[Found]):
    """See the top of this module. Shared by threads: at worst something is worked out twice."""

    def __init__(self, make: Callable[[BaseModel], Found], most: int = MOST) -> None:
        self._make = make
        self._most = most
        self._found: dict[tuple[type, str], Found] = {}

    def __len__(self) -> int:
        return len(self._found)

    def of(self, part: BaseModel) -> Found:
        """What is made of this part."""
        key = (type(part), part.model_dump_json())
        found = self._found.get(key)
        if found is None:
            found = self._make(part)
            if len(self._found) >= self._most:
                self._found.clear()
            self._found[key] = found
        return found

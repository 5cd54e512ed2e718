"""Keys of facts: `spoed`, `kinderen[0].geboren`, and `kinderen` itself (known once the list is closed).

The same spelling everywhere: events, API, `wegwijzer answer`, form fields. `path_of` gives the name under
which the flow declares the fact: `kinderen.geboren`. Called by graph, journey, ui_schema and api; tests:
tests/engine/flow/test_keys.py.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_KEY = re.compile(r"([A-Za-z][A-Za-z0-9_]*)(?:\[(0|[1-9]\d{0,4})\]\.([A-Za-z][A-Za-z0-9_]*))?")


class FactKey(NamedTuple):
    """`name`, and for a list's item also `at` (0-based, -1 for none) and `field`."""

    name: str
    at: int = -1
    field: str = ""

    @property
    def path(self) -> str:
        """`kinderen.geboren`: the declaration, whichever item."""
        return f"{self.name}.{self.field}" if self.field else self.name

    def __str__(self) -> str:
        return f"{self.name}[{self.at}].{self.field}" if self.field else self.name


@lru_cache(maxsize=20_000)
def read_key(text: str) -> FactKey | None:
    """The key that `text` spells, or None when it spells none."""
    match = _KEY.fullmatch(text)
    if match is None:
        return None
    name, index, field = match.groups()
    return FactKey(name) if index is None else FactKey(name, int(index), field)


def path_of(text: str) -> str:
    """The name under which the flow declares what this key is of; a text that spells no key is its own."""
    return (read_key(text) or FactKey(text)).path


def item_key(name: str, index: int, field: str) -> str:
    """`kinderen[0].geboren`."""
    return f"{name}[{index}].{field}"

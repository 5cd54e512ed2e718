"""Names of a DMN model as names of a flow: letters, digits and `_`, unique, no reserved word. Caller: `from_dmn*`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import fields, is_dataclass

from engine.dmn.model import Literal, UnaryTests
from engine.feel.signatures import ALL
from engine.flow.model_base import RESERVED

_QUOTED = re.compile(r'"([^"\\]*)"')
_OTHER = re.compile(r"[^a-z0-9]+")


def identifier(name: str) -> str:
    """The name in lower case, without accents, words joined by `_`; `x` where nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    joined = _OTHER.sub("_", plain).strip("_") or "x"
    return joined if joined[0].isalpha() else f"x{joined}"


def texts_of(root: object) -> set[str]:
    """Every text between quotes in the expressions of a model: each may become an option, and no name may be one."""
    found: set[str] = set()
    waiting = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            waiting.extend(item)
        elif isinstance(item, Literal | UnaryTests):
            found.update(_QUOTED.findall(item.text))
        elif is_dataclass(item):
            waiting.extend(getattr(item, part.name) for part in fields(item))
    return found


class Names:
    """Gives out names; `taken` are those that mean something else already, such as options."""

    def __init__(self, taken: Collection[str] = ()) -> None:
        self.taken = {*RESERVED, *ALL, *taken}

    def fresh(self, wanted: str) -> str:
        """A name nobody has yet, as near to `wanted` as can be."""
        base = identifier(wanted)
        name, count = base, 1
        while name in self.taken:
            count += 1
            name = f"{base}_{count}"
        self.taken.add(name)
        return name

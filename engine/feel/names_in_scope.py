"""Names with spaces and symbols, found in the text by longest match against what is in scope.

FEEL allows `date of birth`, `pre-tax`, `paid?` and `a+b` as names (DMN 1.5, 10.3.1.2 rules 27-31), so whether
`pre-tax` is one name or a subtraction depends on the scope. Names are cut into parts (words and
symbols) and kept in a tree of parts; the parser only asks where a known name ends.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from engine.feel.lexer import NAME_PART, NAME_START, SPACE, skip_blank

_PART: Final = re.compile(rf"[{NAME_PART}]+|[-+*/.'?]")
_GAP: Final = re.compile(rf"[{SPACE}]+")
KEY: Final = re.compile(rf"([{NAME_START}](?:[{NAME_PART}]|[{SPACE}]|[-+*/.'?])*+):")
"""A name followed by a colon: a context key or a named argument."""


def normal(name: str) -> str:
    """`name` with white space trimmed and made single spaces."""
    return _GAP.sub(" ", name).strip()


def parts(name: str) -> tuple[str, ...]:
    """The words and symbols of a name; equal parts mean the same name."""
    return tuple(_PART.findall(name))


@dataclass(slots=True)
class _Branch:
    below: dict[str, _Branch] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)


class NamesInScope:
    """The names in scope; the innermost declaration of the same parts gives the spelling."""

    def __init__(self, names: Collection[str] = ()) -> None:
        self._root = _Branch()
        for name in names:
            self.declare(name)

    def declare(self, name: str) -> None:
        """Brings `name` into scope; each call needs its own `forget`."""
        branch = self._root
        for part in parts(name):
            branch = branch.below.setdefault(part, _Branch())
        branch.names.append(normal(name))

    def forget(self, name: str) -> None:
        """Takes the innermost declaration of `name` out of scope again."""
        branch = self._root
        for part in parts(name):
            branch = branch.below[part]
        branch.names.pop()

    def __contains__(self, name: str) -> bool:
        branch: _Branch | None = self._root
        for part in parts(name):
            branch = branch.below.get(part) if branch else None
        return bool(branch and branch.names)

    def longest(self, text: str, offset: int) -> tuple[str, int] | None:
        """The longest known name that starts at `offset`, and where it ends; None when there is none."""
        found: tuple[str, int] | None = None
        branch: _Branch | None = self._root
        while match := _PART.match(text, offset):
            branch = branch.below.get(match[0]) if branch else None
            if branch is None:
                break
            if branch.names:
                found = (branch.names[-1], match.end())
            offset = skip_blank(text, match.end())
        return found

"""What the parser and all readers of the tree share: profiles, budgets and the syntax error."""

from __future__ import annotations

from enum import Enum
from typing import Final

from engine.errors import UNSAID, Said, WegwijzerError

MAX_TEXT: Final = 50_000
"""Longest expression that is read, in characters."""

MAX_NESTING: Final = 70
"""Deepest nesting of brackets, `if`, `for` and the like."""

MAX_DEPTH: Final = 150
"""Deepest tree; also bounds the terms of `a + b + c ...` (`and`/`or` are flat and do not count)."""

FLOW_WORDS: Final = frozenset(("yes", "no", "none", "unsure"))
CELL_WORDS: Final = frozenset(("ja", "nee"))


class Profile(Enum):
    """Which words and forms are read.

    DMN   the standard, nothing else
    FLOW  also `yes`, `no`, `none` (null) and `unsure`
    CELL  as FLOW, also bare dates (`2026-04-06`) and `ja`, `nee`: for the cells of decision tables
    """

    DMN = "dmn"
    FLOW = "flow"
    CELL = "cell"


class FeelSyntaxError(WegwijzerError):
    """A text that is no FEEL. `offset` points into the text, `hint` says what to do (may be empty)."""

    def __init__(self, message: Said, offset: int, hint: Said = UNSAID) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()

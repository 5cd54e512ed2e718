"""UNSURE: the citizen answered "I do not know" where the flow counts that as an answer (`unsure: value`).

It is a known value, equal to itself alone, and has no order: not UNKNOWN (not answered yet), not null.
"""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal


class Unsure(Enum):
    """Type of the one value UNSURE."""

    UNSURE = "unsure"

    def __repr__(self) -> str:
        return "UNSURE"


UNSURE: Final = Unsure.UNSURE
UnsureType = Literal[Unsure.UNSURE]

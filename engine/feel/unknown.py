"""UNKNOWN: the fact has not been supplied yet. It is not null (`None`: supplied, and there is none).

Operators treat it as Kleene's third value; nothing ever turns it into a default.
"""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal


class Unknown(Enum):
    """Type of the one value UNKNOWN (an enum member, so that type checkers narrow `is UNKNOWN`)."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        raise TypeError("UNKNOWN is neither true nor false; compare with `is UNKNOWN`")


UNKNOWN: Final = Unknown.UNKNOWN
UnknownType = Literal[Unknown.UNKNOWN]

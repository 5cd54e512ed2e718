"""Words that are constants: `true`, `false`, `null` and what the flow profile adds to them."""

from __future__ import annotations

import re
from typing import Final

from engine.errors import worded
from engine.feel import tree
from engine.feel.cursor import Cursor
from engine.feel.lexer import Token
from engine.feel.lexical import read_temporal
from engine.feel.syntax import Profile
from engine.feel.unsure import UNSURE

_MEANING: Final[dict[str, tuple[object, tree.Kind]]] = {
    "true": (True, tree.Kind.BOOLEAN),
    "false": (False, tree.Kind.BOOLEAN),
    "null": (None, tree.Kind.NULL),
    "yes": (True, tree.Kind.BOOLEAN),
    "no": (False, tree.Kind.BOOLEAN),
    "none": (None, tree.Kind.NULL),
    "unsure": (UNSURE, tree.Kind.UNSURE),
    "ja": (True, tree.Kind.BOOLEAN),
    "nee": (False, tree.Kind.BOOLEAN),
}

_BARE_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")


def constant(at: Cursor) -> tree.Literal | None:
    """Takes the constant word, or in a cell the bare date, that stands here; None when there is none."""
    here = at.here
    if here.token is Token.NUMBER:
        return _bare_date(at) if at.profile is Profile.CELL else None
    if here.text not in at.reserved or here.text not in _MEANING:
        return None
    meaning = _MEANING[here.text]
    at.advance()
    return tree.Literal(meaning[0], meaning[1], start=here.start, end=here.end)


def _bare_date(at: Cursor) -> tree.Literal | None:
    start = at.here.start
    match = _BARE_DATE.match(at.text, start)
    if match is None:
        return None
    value = read_temporal(match[0])
    if value is None:
        raise at.error(
            worded("{match} is not a date in the calendar.", match=match[0]),
            worded("Write year-month-day, such as 2026-04-06."),
        )
    at.jump(match.end())
    return tree.Literal(value, tree.Kind.TEMPORAL, start=start, end=match.end())

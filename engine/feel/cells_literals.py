"""A literal in a table cell: its text and the type of its column give a value, or a sentence why not.

Called by `engine.feel.cells_read` only. `literal` raises `Unreadable`, which its caller turns into a Problem or, where
an expression may stand, into an attempt to read one (`certain` says that it cannot be one either).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.errors import UNSAID, Said, WegwijzerError, together, worded
from engine.feel.cells import ColumnType, Kind
from engine.feel.lexer import unescape
from engine.feel.lexical import read_temporal
from engine.feel.nearest import nearest
from engine.feel.unsure import UNSURE
from engine.feel.values import YearsMonths

MAX_SHOWN = 6

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NAME = re.compile(r"[^\W\d]\w*(?:[- ]\w+)*")
_TEMPORAL_LIKE = re.compile(r"[0-9][\w:.+-]*|P[0-9]\w*")
_MONEY_LIKE = re.compile(r"[€$£]?\s*-?[0-9][0-9.,\s]*%?\s*€?")
_NO_SECONDS = re.compile(r"(?:^|T)[0-9]{2}:[0-9]{2}$")
_BOOLEANS = {"yes": True, "ja": True, "true": True, "no": False, "nee": False, "false": False}
TEMPORAL: dict[Kind, tuple[type, str, str]] = {
    Kind.DATE: (date, "a date as year-month-day", "2026-04-06"),
    Kind.TIME: (time, "a time as hours and minutes", "14:30"),
    Kind.DATE_TIME: (datetime, "a date and time", "2026-04-06T14:30"),
    Kind.DAYS: (timedelta, "a duration in weeks, days or hours", "P6W, P42D, PT12H"),
    Kind.MONTHS: (YearsMonths, "a duration in years and months", "P1Y6M"),
}


class Unreadable(WegwijzerError):
    """No literal of this column's type. `certain`: it cannot be meant as an expression either."""

    def __init__(self, message: Said, hint: Said = UNSAID, certain: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.certain = certain


def literal(text: str, kind: ColumnType) -> object:
    """The value that `text` stands for in a column of this type. Raises Unreadable."""
    if text in ("none", "null"):
        return None
    if text == "unsure":
        if not kind.unsure:
            hint = worded("Give the fact `unsure: value`, or remove the word.")
            raise Unreadable(worded("This column can never be `unsure`."), hint, certain=True)
        return UNSURE
    if kind.kind in (Kind.CHOICE, Kind.CHOICES):
        return _option(text, kind)
    if kind.kind is Kind.BOOLEAN:
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        raise Unreadable(
            worded("This is neither yes nor no."), worded("A boolean column has `yes`, `no` or `-`."), text.isdigit()
        )
    if kind.kind is Kind.NUMBER:
        return _number(text)
    if kind.kind is Kind.TEXT:
        if _QUOTED.fullmatch(text):
            return unescape(text)
        raise Unreadable(worded("A text stands between double quotes."), worded('Write `"..."`.'), text.startswith('"'))
    return _temporal(text, kind.kind)


def near(text: str, options: Collection[str]) -> Said:
    """A hint that names the options, the likeliest first when there is one."""
    close = nearest(text, options)
    if close:
        return worded("Did you mean `{close}`?", close=close[0])
    shown = together(f"`{option}`" for option in list(options)[:MAX_SHOWN])
    return (
        worded("{shown} and {more} more", shown=shown, more=len(options) - MAX_SHOWN)
        if len(options) > MAX_SHOWN
        else shown
    )


def looks_like_name(text: str) -> bool:
    """Whether the text is one bare word or a few: a misspelled option sooner than an expression."""
    return _NAME.fullmatch(text) is not None


def _option(text: str, kind: ColumnType) -> object:
    quoted = _QUOTED.fullmatch(text) is not None
    option = unescape(text) if quoted else text
    if option in kind.options:
        return option
    hint = near(option, kind.options)
    if kind.kind is Kind.CHOICES and re.match(r"(has|all|only)\b", text):
        hint = worded("One of has, all, only stands at the start of the cell.")
    elif not hint.startswith("Did"):
        hint = worded("The options are {known}.", known=hint) if hint else worded("This column has no options.")
    raise Unreadable(worded("This is not one of the options."), hint, quoted)


def _number(text: str) -> Decimal:
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    if _MONEY_LIKE.fullmatch(text):
        hint = worded("Write digits with a point, without sign, unit or thousands separators: 1234.50.")
        raise Unreadable(worded("This number cannot be read."), hint, certain=True)
    quoted = _QUOTED.fullmatch(text) is not None
    raise Unreadable(worded("This is not a number."), worded("Write digits, an interval or a comparison."), quoted)


def _temporal(text: str, kind: Kind) -> object:
    wanted, what, example = TEMPORAL[kind]
    bare = text[2:-1] if text.startswith('@"') and text.endswith('"') else text
    value = read_temporal(bare + ":00" if _NO_SECONDS.search(bare) else bare, weeks=True)
    if type(value) is wanted:
        return value
    certain = bare != text or _TEMPORAL_LIKE.fullmatch(bare) is not None
    raise Unreadable(
        worded("This is not {what}.", what=worded(what)),
        worded("Write {what}: {example}.", what=worded(what), example=example),
        certain,
    )

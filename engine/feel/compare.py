"""Equality and order of FEEL values, with null and UNKNOWN.

    equality   null = null is true, null = x false; two kinds of value give null (DMN 1.5, 10.3.2.13, table 42);
               lists and contexts element by element, as a Kleene conjunction; UNSURE equals itself alone
    order      numbers, strings, dates, times, moments, both durations; everything else gives null
    UNKNOWN    gives UNKNOWN, unless the other side already decides

Fractions of a second take no part in equality of times and moments, as the DMN TCK has it (0068).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from engine.errors import Said, worded
from engine.feel.moments import absolute, comparable, time_key
from engine.feel.run import Run
from engine.feel.unknown import UNKNOWN, Unknown
from engine.feel.unsure import Unsure
from engine.feel.values import FarDate, FarDateTime, FineDateTime, FineTime, OpenList, Range, YearsMonths

Truth = bool | None | Unknown

ORDERED: Final = frozenset((Decimal, str, date, timedelta, YearsMonths, FarDate))
_PLAIN: Final = ORDERED | {bool, Unsure}
_MOMENTS: Final = (datetime, FarDateTime)
_DAYS: Final = (date, FarDate)
OPERATORS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

PLAIN_OPERATORS: Final = OPERATORS | {"=": operator.eq, "!=": operator.ne}


def equal(one: object, two: object, run: Run) -> Truth:
    """`one = two`: True, False, None for values that cannot be compared, or UNKNOWN."""
    kind = type(one)
    if kind is type(two) and kind in _PLAIN:
        return _compared(operator.eq, one, two, run)
    if one is UNKNOWN or two is UNKNOWN:
        return UNKNOWN
    if one is None or two is None:
        return one is two
    if kind is Unsure or type(two) is Unsure:
        return False
    return _equal_kinds(one, two, run)


def _equal_kinds(one: object, two: object, run: Run) -> Truth:
    if isinstance(one, list) and isinstance(two, list):
        return _equal_lists(one, two, run)
    if isinstance(one, dict) and isinstance(two, dict):
        return _equal_contexts(one, two, run)
    if isinstance(one, Range) and isinstance(two, Range):
        if (one.op, one.low_closed, one.high_closed) != (two.op, two.low_closed, two.high_closed):
            return False
        return conjunction((equal(one.low, two.low, run), equal(one.high, two.high, run)))
    if one is two:
        return True
    keys = keys_of(one, two, whole_seconds=True)
    if keys is None:
        if callable(one) and callable(two):
            return False
        return run.null(worded("{one} and {two} cannot be compared.", one=kind_name(one), two=kind_name(two)))
    return _compared(operator.eq, *keys, run)


def _compared(compare: Callable[..., Truth], one: object, two: object, run: Run) -> Truth:
    """Of two values that Python compares as FEEL does; null for a signalling NaN, which Python refuses."""
    try:
        return compare(one, two)
    except ArithmeticError:
        return run.null("A number that is not a number cannot be compared.")


def _equal_lists(one: list[object], two: list[object], run: Run) -> Truth:
    run.spend(min(len(one), len(two)))
    if isinstance(one, OpenList) or isinstance(two, OpenList):
        return UNKNOWN
    if len(one) != len(two):
        return False
    return conjunction(equal(a, b, run) for a, b in zip(one, two, strict=True))


def _equal_contexts(one: dict[str, object], two: dict[str, object], run: Run) -> Truth:
    run.spend(min(len(one), len(two)))
    if one.keys() != two.keys():
        return False
    return conjunction(equal(value, two[key], run) for key, value in one.items())


def conjunction(truths: Iterable[Truth]) -> Truth:
    """Kleene's `and` of many; stops at the first False."""
    unknown = null = False
    for truth in truths:
        if truth is False:
            return False
        unknown = unknown or truth is UNKNOWN
        null = null or truth is None
    return UNKNOWN if unknown else None if null else True


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Kleene's `or` of many; stops at the first True."""
    unknown = null = False
    for truth in truths:
        if truth is True:
            return True
        unknown = unknown or truth is UNKNOWN
        null = null or truth is None
    return UNKNOWN if unknown else None if null else False


def negation(truth: object) -> Truth:
    if truth is UNKNOWN:
        return UNKNOWN
    return (not truth) if isinstance(truth, bool) else None


def ordered(op: str, one: object, two: object, run: Run) -> Truth:
    """`one op two` for `< <= > >=`; None for values without an order between them."""
    if one is None or two is None:
        return run.null("Nothing can be compared with null.")
    if one is UNKNOWN or two is UNKNOWN:
        return UNKNOWN
    keys = keys_of(one, two)
    if keys is None:
        return run.null(worded("{one} and {two} have no order.", one=kind_name(one), two=kind_name(two)))
    return _compared(OPERATORS[op], *keys, run)


def keys_of(one: object, two: object, *, whole_seconds: bool = False) -> tuple[object, object] | None:
    """Two Python values that compare as the FEEL values do; None when FEEL does not compare them."""
    kinds = (type(one), type(two))
    if kinds[0] is kinds[1] and kinds[0] in ORDERED:
        return one, two
    if isinstance(one, time) and isinstance(two, time):
        return _cut(time_key(one), time_key(two), whole_seconds) if comparable(one, two) else None
    if isinstance(one, _MOMENTS) and isinstance(two, _MOMENTS):
        return _cut(absolute(one), absolute(two), whole_seconds) if comparable(one, two) else None
    if isinstance(one, _DAYS) and isinstance(two, _DAYS):
        mixed = isinstance(one, _MOMENTS) or isinstance(two, _MOMENTS)
        return None if mixed else (absolute(one), absolute(two))
    if all(kind is int or kind is Decimal for kind in kinds):
        return one, two
    return None


def _cut(one: int, two: int, whole_seconds: bool) -> tuple[int, int]:
    return (one // 1_000_000, two // 1_000_000) if whole_seconds else (one, two)


def within(value: object, span: Range, run: Run) -> Truth:
    """Whether `value` lies in a range."""
    if span.op == "!=":
        return negation(equal(value, span.low, run))
    if span.op == "=":
        return equal(value, span.low, run)
    ends: list[Truth] = []
    if not span.op.startswith("<"):
        ends.append(ordered(">=" if span.low_closed else ">", value, span.low, run))
    if not span.op.startswith(">"):
        ends.append(ordered("<=" if span.high_closed else "<", value, span.high, run))
    return conjunction(ends)


def identical(one: object, two: object) -> bool:
    """Whether two values are one and the same known value; for `if` with an UNKNOWN condition."""
    if one is two:
        return one is not UNKNOWN
    kind = type(one)
    if kind is not type(two):
        return False
    if kind is Decimal:
        return str(one) == str(two)
    if kind in _PLAIN:
        return bool(one == two)
    return False


KINDS: Final[dict[type, str]] = {
    Decimal: "a number",
    int: "a number",
    str: "a text",
    bool: "a boolean",
    date: "a date",
    FarDate: "a date",
    time: "a time",
    FineTime: "a time",
    datetime: "a date and time",
    FineDateTime: "a date and time",
    FarDateTime: "a date and time",
    timedelta: "a days-and-time duration",
    YearsMonths: "a years-and-months duration",
    list: "a list",
    OpenList: "a list",
    dict: "a context",
    Range: "a range",
    type(None): "null",
    Unsure: "an answer `unsure`",
}


def kind_name(value: object) -> Said:
    """How a sentence names the kind of a value."""
    return worded(KINDS.get(type(value), "a function" if callable(value) else "a foreign value"))

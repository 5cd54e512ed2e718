"""The line of an ordered column: where on it a test holds, and a value for each of its pieces.

A cut (value, side) lies just before a value (side 0) or just after it (side 1). A test holds on stretches of the line:
`line` gives whether it does at the far left, and the sorted cuts at which that changes. Where values can be counted
(whole numbers, dates) every cut is put just before a value, so that `<= 22` and `< 23` are the same cut.

`witness` finds some value of the column's type between two cuts, or NOTHING when there is none: between 22 and 23
lies no whole number, below `minimum` lies nothing. Called by `engine.feel.table_masks` only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.feel.cells import AnyOf, Anything, CellTest, ColumnType, Interval, Kind, Not, OneOf
from engine.feel.unsure import UNSURE
from engine.feel.values import YearsMonths

Cut = tuple[Any, int]

NOTHING = object()


def line(test: CellTest, kind: ColumnType) -> tuple[bool, list[Cut]]:
    """Where on the line the test holds: whether it does at the far left, and the cuts at which that changes."""
    if isinstance(test, Anything):
        return True, []
    if isinstance(test, Interval):
        return _line_of_interval(test, kind)
    if isinstance(test, OneOf):
        points = [value for value in test.values if value is not None and value is not UNSURE]
        return _union([_line_of_interval(Interval(point, point), kind) for point in points])
    if isinstance(test, Not):
        begins, cuts = line(test.test, kind)
        return not begins, cuts
    if isinstance(test, AnyOf):
        return _union([line(each, kind) for each in test.tests])
    raise TypeError(f"{type(test).__name__} has no place on a line")


def _line_of_interval(test: Interval, kind: ColumnType) -> tuple[bool, list[Cut]]:
    low = None if test.low is None else _cut(test.low, 0 if test.low_closed else 1, kind)
    high = None if test.high is None else _cut(test.high, 1 if test.high_closed else 0, kind)
    if low is not None and high is not None and high <= low:
        return False, []
    return low is None, [cut for cut in (low, high) if cut is not None]


def _union(lines: Sequence[tuple[bool, list[Cut]]]) -> tuple[bool, list[Cut]]:
    depth = sum(begins for begins, _ in lines)
    begins = depth > 0
    changes: dict[Cut, int] = {}
    for inside, cuts in lines:
        for place, cut in enumerate(cuts):
            changes[cut] = changes.get(cut, 0) + (-1 if inside != bool(place % 2) else 1)
    found: list[Cut] = []
    for cut in sorted(changes):
        before, depth = depth, depth + changes[cut]
        if (before > 0) != (depth > 0):
            found.append(cut)
    return begins, found


def _cut(value: Any, side: int, kind: ColumnType) -> Cut:
    """The cut just before (side 0) or after (side 1) a value; where values are countable, always just before one."""
    if kind.integer and isinstance(value, Decimal):
        floor = value.to_integral_value("ROUND_FLOOR")
        return (floor + 1 if side or floor < value else floor, 0)
    if not side or not (kind.integer or kind.kind in (Kind.DATE, Kind.MONTHS)):
        return (value, side)
    following = _next(value)
    return (value, 1) if following is None else (following, 0)


def _next(value: Any) -> Any:
    """The next whole number, date or month, None at the end of the calendar."""
    if isinstance(value, YearsMonths):
        return YearsMonths(value.months + 1)
    try:
        return value + 1 if isinstance(value, int) else value + timedelta(days=1)
    except (OverflowError, TypeError):
        return None


def witness(kind: ColumnType, low: Cut | None, high: Cut | None) -> Any:
    """Some value of the type between two cuts, or NOTHING when there is none."""
    if kind.minimum is not None:
        bound = _cut(kind.minimum, 0, kind)
        low = bound if low is None or low < bound else low
    if kind.maximum is not None:
        bound = _cut(kind.maximum, 1, kind)
        high = bound if high is None or bound < high else high
    if low is not None and high is not None and high <= low:
        return NOTHING
    if low is None and high is None:
        return _ORIGIN[kind.kind]
    if low is not None and low[1] == 0:
        return low[0]
    if high is not None and high[1] == 1:
        return high[0]
    return _inside(kind, low, high)


_ORIGIN: Mapping[Kind, Any] = {
    Kind.NUMBER: Decimal(0),
    Kind.DATE: date(2000, 1, 1),
    Kind.TIME: time(0),
    Kind.DATE_TIME: datetime(2000, 1, 1),
    Kind.DAYS: timedelta(0),
    Kind.MONTHS: YearsMonths(0),
    Kind.TEXT: "",
}


def _inside(kind: ColumnType, low: Cut | None, high: Cut | None) -> Any:
    """Strictly between two values, or beyond one of them."""
    if kind.kind is Kind.TEXT:
        return _text_inside(low, high)
    if kind.kind is Kind.TIME:
        return _time_inside(low, high)
    try:
        if low is None:
            assert high is not None
            return YearsMonths(high[0].months - 1) if kind.kind is Kind.MONTHS else high[0] - _step(high[0])
        return low[0] + (_step(low[0]) if high is None else (high[0] - low[0]) / 2)
    except OverflowError:
        return NOTHING


def _step(value: Any) -> Any:
    return Decimal(1) if isinstance(value, Decimal | int) else timedelta(days=1)


def _text_inside(low: Cut | None, high: Cut | None) -> Any:
    found = "" if low is None else low[0] + "\x00"
    return found if high is None or found < high[0] else NOTHING


def _time_inside(low: Cut | None, high: Cut | None) -> Any:
    """Half way, to the microsecond; the day runs from 00:00 to its last microsecond."""
    start = -1 if low is None else _micros(low[0])
    end = _micros(time.max) + 1 if high is None else _micros(high[0])
    middle = (start + end) // 2
    if not start < middle < end:
        return NOTHING
    zone = next(cut[0].tzinfo for cut in (low, high) if cut is not None)
    return (datetime(2000, 1, 1) + timedelta(microseconds=middle)).time().replace(tzinfo=zone)


def _micros(moment: time) -> int:
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
    return seconds * 1_000_000 + moment.microsecond

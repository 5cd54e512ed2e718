"""What may follow a dot: entries of contexts, and the parts of dates, times, durations and ranges.

DMN 1.5, 10.3.2.5 (lists: the property of every item), 10.3.2.3.4-8 (tables 57-59) and 10.3.2.7.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from engine.errors import worded
from engine.feel.compare import kind_name
from engine.feel.moments import number_of, offset
from engine.feel.run import Run
from engine.feel.unknown import UNKNOWN
from engine.feel.values import FarDate, FarDateTime, FineDateTime, FineTime, Range, YearsMonths

Property = Callable[[Any], object]


def _number(part: str) -> Property:
    return lambda value: Decimal(getattr(value, part))


def _weekday(value: Any) -> object:
    return Decimal((number_of(value) + 3) % 7 + 1)


def _timezone(value: Any) -> object:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def _seconds(value: timedelta) -> int:
    return abs(value) // timedelta(seconds=1)


def _signed(value: timedelta, number: int) -> Decimal:
    return Decimal(-number if value < timedelta(0) else number)


def _part_of_months(part: Callable[[int], int]) -> Property:
    return lambda value: Decimal(part(abs(value.months)) * (-1 if value.months < 0 else 1))


_OF_DAY: Final[dict[str, Property]] = {part: _number(part) for part in ("year", "month", "day")} | {"weekday": _weekday}
_OF_CLOCK: Final[dict[str, Property]] = {part: _number(part) for part in ("hour", "minute", "second")} | {
    "time offset": offset,
    "timezone": _timezone,
}
_OF_LENGTH: Final[dict[str, Property]] = {
    "days": lambda value: _signed(value, _seconds(value) // 86_400),
    "hours": lambda value: _signed(value, _seconds(value) // 3600 % 24),
    "minutes": lambda value: _signed(value, _seconds(value) // 60 % 60),
    "seconds": lambda value: _signed(value, _seconds(value) % 60),
}
_OF_MONTHS: Final[dict[str, Property]] = {
    "years": _part_of_months(lambda months: months // 12),
    "months": _part_of_months(lambda months: months % 12),
}
_OF_RANGE: Final[dict[str, Property]] = {
    "start": lambda value: value.low,
    "end": lambda value: value.high,
    "start included": lambda value: value.low_closed,
    "end included": lambda value: value.high_closed,
}
PROPERTIES: Final[dict[type, dict[str, Property]]] = {
    date: _OF_DAY,
    FarDate: _OF_DAY,
    datetime: _OF_DAY | _OF_CLOCK,
    FarDateTime: _OF_DAY | _OF_CLOCK,
    FineDateTime: _OF_DAY | _OF_CLOCK,
    time: _OF_CLOCK,
    FineTime: _OF_CLOCK,
    timedelta: _OF_LENGTH,
    YearsMonths: _OF_MONTHS,
    Range: _OF_RANGE,
}


def property_of(value: object, key: str, run: Run) -> object:
    """`value.key`; null with a diagnostic when `value` has no such part."""
    if value is UNKNOWN:
        return UNKNOWN
    if isinstance(value, list):
        run.spend(len(value))
        return type(value)(property_of(item, key, run) for item in value)
    if isinstance(value, dict):
        return value[key] if key in value else run.null(worded("This context has no `{key}`.", key=key))
    found = PROPERTIES.get(type(value), {}).get(key)
    if found is None:
        return run.null(worded("{base} has no `{name}`.", base=kind_name(value), name=key))
    return found(value)

"""FEEL values as text, as the built-in `string` gives them (DMN 1.5, table 73); also how traces show values."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from engine.feel.compare import kind_name
from engine.feel.moments import MICROSECOND
from engine.feel.run import Run
from engine.feel.unknown import UNKNOWN
from engine.feel.unsure import UNSURE
from engine.feel.values import FarDate, FarDateTime, Range, YearsMonths, finer_digits

_FIXED: Final = ((None, "null"), (True, "true"), (False, "false"), (UNKNOWN, "unknown"), (UNSURE, "unsure"))
_WIDEST: Final = 7000


def text_of(value: object, run: Run) -> str:
    """`value` as FEEL writes it; a string as it is, strings inside lists and contexts between quotes."""
    if isinstance(value, str):
        return value
    written = _written(value, run)
    run.grow_text(len(written))
    return written


def _written(value: object, run: Run) -> str:
    run.spend()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return "[" + ", ".join(_sized(item, run) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_sized(item, run)}" for key, item in value.items()) + "}"
    if isinstance(value, Range):
        return _range_text(value, run)
    return _scalar(value)


def _sized(value: object, run: Run) -> str:
    written = _written(value, run)
    run.grow_text(len(written))
    return written


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _key(key: object) -> str:
    text = str(key)
    return text if text.replace(" ", "_").isidentifier() else _quoted(text)


def _range_text(span: Range, run: Run) -> str:
    if span.op:
        return f"({span.op} {_written(span.high if span.low is None else span.low, run)})"
    opening, closing = "[" if span.low_closed else "(", "]" if span.high_closed else ")"
    return f"{opening}{_written(span.low, run)}..{_written(span.high, run)}{closing}"


def _scalar(value: object) -> str:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return number_text(Decimal(value))
    if isinstance(value, datetime | FarDateTime):
        return f"{date_text(value)}T{time_text(value)}"
    if isinstance(value, date | FarDate):
        return date_text(value)
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, YearsMonths):
        return str(value)
    return next((text for fixed, text in _FIXED if value is fixed), kind_name(value).removeprefix("a "))


def number_text(number: Decimal) -> str:
    """A number without exponent and without zeros at the end of its fraction."""
    if not number.is_finite() or abs(number.adjusted()) > _WIDEST:
        return str(number)
    written = f"{number:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def date_text(day: date | FarDate | FarDateTime) -> str:
    sign = "-" if day.year < 0 else ""
    return f"{sign}{abs(day.year):04d}-{day.month:02d}-{day.day:02d}"


def time_text(clock: time | datetime | FarDateTime) -> str:
    finer = finer_digits(clock)
    fraction = f".{clock.microsecond:06d}{finer}".rstrip("0") if clock.microsecond or finer else ""
    zone = "" if clock.tzinfo is None else zone_text(clock.tzinfo)
    return f"{clock.hour:02d}:{clock.minute:02d}:{clock.second:02d}{fraction}{zone}"


def zone_text(zone: tzinfo) -> str:
    """`Z`, `+01:00` or `@Europe/Amsterdam`."""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    away = zone.utcoffset(None) or timedelta(0)
    if not away:
        return "Z"
    minutes, seconds = divmod(abs(away) // timedelta(seconds=1), 60)
    tail = f":{seconds:02d}" if seconds else ""
    return f"{'-' if away < timedelta(0) else '+'}{minutes // 60:02d}:{minutes % 60:02d}{tail}"


def duration_text(length: timedelta) -> str:
    """ISO 8601, such as `P1DT2H`; nothing at all is `PT0S`."""
    seconds, micros = divmod(abs(length) // MICROSECOND, 1_000_000)
    days, hours, minutes = seconds // 86_400, seconds // 3600 % 24, seconds // 60 % 60
    fraction = f".{micros:06d}".rstrip("0") if micros else ""
    clock = f"{hours}H" if hours else ""
    clock += f"{minutes}M" if minutes else ""
    clock += f"{seconds % 60}{fraction}S" if seconds % 60 or micros else ""
    written = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-P" if length < timedelta(0) else "P") + (written or "T0S")

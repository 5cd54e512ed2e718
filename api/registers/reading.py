"""From the body of a register's answer to what a fact can be: pointers, kinds, and nothing guessed.

    nothing at the pointer          the register does not know it (None): the next supplier is asked
    something of another kind       Unreadable: the register counts as down, never a wrong fact
    `as: known`                     true or false only when what stands above the pointer is there; else not known
    a part of a person or address   left out when it is not there; without the first part, nothing is known

Whether the value is one of the fact's own type is for the engine, which refuses it otherwise. Pure; called by
`api.registers.guarded`; tests: tests/api/registers/test_reading.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from api.registers.declared import Kind, Part, Told
from api.registers.port import Found

_DIGITS = re.compile(r"-?[0-9]{1,15}")
_COMPACT = re.compile(r"[0-9]{8}")
_ABSENT: Final = object()
_BLANK: Final[tuple[object, ...]] = (None, "", [], {})


class Unreadable(Exception):
    """The answer is not what the file of registers says it is. No value is in it."""


def body_of(content: bytes) -> Any:
    """The JSON of an answer; numbers with a point stay text, so that no cent gets lost. Raises Unreadable."""
    try:
        return json.loads(content, parse_float=str, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Unreadable from None


def _no_number(text: str) -> Any:
    raise ValueError


def read(told: Told, body: Any) -> Found | None:
    """What the answer says about the fact; None when it does not know. Raises Unreadable."""
    parts = {name: _value(own, body) for name, own in told.value.items()}
    known = {name: value for name, value in parts.items() if value is not _ABSENT}
    if next(iter(parts)) not in known:
        return None
    return Found(known.get("", known), _day_it_holds(told, body))


def _value(part: Part, body: Any) -> Any:
    *above, last = part.at.split("/")[1:]
    holder = _at(body, above)
    found = _step(holder, last) if holder is not _ABSENT else _ABSENT
    if part.kind is Kind.KNOWN:
        return _ABSENT if holder is _ABSENT or holder is None else not (found is _ABSENT or found in _BLANK)
    if found is _ABSENT or found is None or found == "":
        return _ABSENT
    return _worded(part.words, _converted(part.kind, found))


def _at(body: Any, steps: list[str]) -> Any:
    for step in steps:
        body = _step(body, step)
    return body


def _step(holder: Any, token: str) -> Any:
    """One step of a JSON Pointer (RFC 6901, section 4)."""
    name = token.replace("~1", "/").replace("~0", "~")
    if isinstance(holder, Mapping):
        return holder.get(name, _ABSENT)
    if isinstance(holder, list) and name.isascii() and name.isdecimal() and int(name[:9]) < len(holder):
        return holder[int(name[:9])]
    return _ABSENT


def _converted(kind: Kind, found: Any) -> Any:
    if kind is Kind.TEXT:
        return _text(found)
    if kind is Kind.WHOLE:
        return _whole(found)
    return _day(found) if kind is Kind.DATE else found


def _text(found: Any) -> str:
    if isinstance(found, bool) or not isinstance(found, int | str):
        raise Unreadable
    return str(found)


def _whole(found: Any) -> int:
    if isinstance(found, bool) or not _DIGITS.fullmatch(str(found)):
        raise Unreadable
    return int(found)


def _day(found: Any) -> str:
    text = str(found)
    if _COMPACT.fullmatch(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Unreadable from None


def _worded(words: Mapping[str, Any] | None, value: Any) -> Any:
    """What the operator says that the register's word stands for. A word that is not listed is not guessed at."""
    if words is None:
        return value
    key = str(value).lower() if isinstance(value, bool) else str(value)
    if isinstance(value, list | dict) or key not in words:
        raise Unreadable
    return words[key]


def _day_it_holds(told: Told, body: Any) -> str:
    """The date for which the answer holds, "" when it does not say."""
    if told.on is None:
        return ""
    found = _at(body, told.on.split("/")[1:])
    try:
        return _day(found) if isinstance(found, str) else ""
    except Unreadable:
        return ""

"""Reads JSON strictly (RFC 8259 and I-JSON, RFC 7493): what two readers could understand differently is refused.

Refused: anything but UTF-8, NaN and Infinity, a name twice in one object, NUL and lone surrogates in any text, nesting
beyond DEPTH, numbers too long or too large to be meant. Numbers with a fraction or an exponent become Decimal, so
no amount of money ever passes through a float. Called by `api.security.routes`; raises Refusal without echo.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from api.problems import Fault, Refusal

DEPTH = 32
NUMBER_LENGTH = 64
EXPONENT = 400
UNFIT = re.compile("[\x00\ud800-\udfff]")


def refuse(code: str, detail: str, pointer: str = "") -> NoReturn:
    """Refuse the body as a whole, with one fault."""
    raise Refusal("invalid", faults=[Fault("body", pointer, f"json.{code}", detail)])


def parse(body: bytes) -> Any:
    """The value of a JSON text. Raises Refusal (400) for what is not strictly JSON."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        refuse("encoding", "The body is not UTF-8.")
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        refuse("syntax", f"The body is not JSON; the fault is at line {error.lineno}, column {error.colno}.")
    except RecursionError:
        refuse("depth", f"The body is nested more than {DEPTH} deep.")
    check(value)
    return value


def check(value: object) -> None:
    """Refuse texts that cannot be stored and nesting that cannot be meant, anywhere in a value."""
    level = [value]
    for _ in range(DEPTH + 1):
        deeper: list[object] = []
        for item in level:
            if isinstance(item, str):
                check_text(item)
            elif isinstance(item, dict):
                for name in item:
                    check_text(name)
                deeper.extend(item.values())
            elif isinstance(item, list):
                deeper.extend(item)
        if not deeper:
            return
        level = deeper
    refuse("depth", f"The body is nested more than {DEPTH} deep.")


def exact(value: Any) -> Any:
    """The value with its fractions as text: canonical JSON, as events keep it, knows no other exact way."""
    match value:
        case Decimal():
            return format(value, "f")
        case dict():
            return {name: exact(inner) for name, inner in value.items()}
        case list():
            return [exact(inner) for inner in value]
        case _:
            return value


def check_text(text: str) -> None:
    """Refuse NUL and lone surrogates: no database keeps them."""
    if UNFIT.search(text):
        refuse("text", "A text holds a character that cannot be stored (NUL or half a surrogate pair).")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        refuse("duplicate", "A name stands twice in one object.")
    return members


def _whole(text: str) -> int:
    if len(text) > NUMBER_LENGTH:
        refuse("number", f"A number is longer than {NUMBER_LENGTH} characters.")
    return int(text)


def _decimal(text: str) -> Decimal:
    if len(text) > NUMBER_LENGTH:
        refuse("number", f"A number is longer than {NUMBER_LENGTH} characters.")
    try:
        number = Decimal(text)
    except InvalidOperation:
        refuse("number", "A number is out of range.")
    if abs(number.adjusted()) > EXPONENT:
        refuse("number", "A number is out of range.")
    return number


def _constant(_text: str) -> NoReturn:
    refuse("number", "NaN and Infinity are no JSON.")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_int=_whole, parse_float=_decimal, parse_constant=_constant)
